"""A table of articles is read by the names of its columns, whatever wrote it."""

import csv
import io
import json
import re
import zipfile
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.ingestion import stated, tabular
from helpers.ingestion.formats import WHOLE
from helpers.paths import CorpusError

TEXT = "The harbour council approved the new breakwater on Thursday. Work is to begin in spring."


def rows(content, ending=".csv", **columns):
    raw = content if isinstance(content, bytes) else content.encode()
    return tabular.items(raw, ending, columns)


def test_columns_are_known_by_name_whatever_their_case_and_signs():
    (item,), notes = rows(
        "Full Text;HEADLINE;publish_date;Media_Name;By-line;Lang\n"
        f"{TEXT};A breakwater;2021-05-03T10:15:00Z;The Post;By Ann Lee and Bo Ek;EN-gb\n"
    )
    assert (item.content, item.media_type, item.number, notes) == (TEXT, WHOLE, "001", [])
    assert item.stated == {
        "title": "A breakwater",
        "published": "2021-05-03T10:15",
        "outlet": "The Post",
        "authors": "Ann Lee; Bo Ek",
        "language": "en",
    }


def test_newsapi_json_loads_as_it_comes_and_says_what_is_cut_off():
    article = {
        "source": {"id": None, "name": "The Post"},
        "author": "Ann Lee",
        "title": "A breakwater",
        "url": "https://example.org/a",
        "publishedAt": "2021-05-03T10:15:00Z",
        "content": TEXT[:60] + "… [+1234 chars]",
    }
    (item,), notes = rows(json.dumps({"status": "ok", "totalResults": 1, "articles": [article]}), ".json")
    assert item.stated["outlet"] == "The Post" and item.stated["published"] == "2021-05-03T10:15"
    assert item.content == TEXT[:60] + " …"
    assert item.stated["note"] == "cut off by its database: 1234 characters are missing"
    assert notes == ["is cut off by its database in 1 row (1)"]


def test_media_cloud_s_columns_need_no_mapping():
    (item,), notes = rows(
        "id,indexed_date,language,media_name,media_url,publish_date,title,url,text\n"
        f"a1,2021-05-04,en,post.example,post.example,2021-05-03,A breakwater,https://x.example,{TEXT}\n"
    )
    assert item.number == "a1" and item.stated["outlet"] == "post.example"
    assert notes == ["has columns that nothing reads: indexed_date, media_url"]


def test_a_table_of_addresses_without_texts_says_what_to_do():
    with pytest.raises(
        CorpusError, match=r"no column of texts. Its columns: title, url. Name it in corpus.yml"
    ):
        rows("title,url\na,https://x.example\n")


def test_corpus_yml_names_a_column_and_what_it_names_in_vain_is_told():
    (item,), notes = rows(f"Artikel,Tag\n{TEXT},3.5.2021\n", text="ARTIKEL", published="Tag", outlet="Blatt")
    assert item.stated == {"published": "2021-05-03"}
    assert notes == ["has no column 'Blatt', which corpus.yml gives for outlet"]


def test_ids_that_cannot_tell_rows_apart_give_way_to_numbers():
    items, _ = rows(f"id,text\na,{TEXT}\na,{TEXT}\n")
    assert [item.number for item in items] == ["001", "002"]
    items, _ = rows(f"id,text\nx/1,{TEXT}\ny:2,{TEXT}\n")
    assert [item.number for item in items] == ["x-1", "y-2"]


def test_a_cell_that_holds_a_page_or_a_copied_page_goes_through_the_rules():
    page = f"<html><body><p>{TEXT}</p></body></html>"
    menu = "\n".join(["Home", "Sport", "Politics", "Weather", "Sign in", TEXT])
    items, _ = tabular.items(pd.DataFrame({"text": [page, menu, TEXT]}).to_csv().encode(), ".csv", {})
    assert [item.media_type for item in items] == ["text/html", "text/plain", WHOLE]


def test_marked_up_text_is_taken_block_by_block():
    (item,), _ = rows(
        json.dumps([{"body": f"<p>{TEXT}<br>It&#39;s <b>dear</b>.</p><ul><li>One.</li></ul>"}]), ".json"
    )
    assert item.content == f"{TEXT}\n\nIt's dear.\n\nOne."


def test_an_article_in_a_json_file_of_its_own_needs_no_number():
    (item,), _ = rows(json.dumps({"headline": "A", "text": TEXT}), ".json")
    assert item.number is None


def test_a_list_of_objects_inside_an_article_is_no_list_of_articles():
    article = {"tags": [{"name": "ports"}], "text": TEXT}
    for content, ending in ((json.dumps(article), ".json"), (f"{json.dumps(article)}\n" * 2, ".jsonl")):
        items, _ = rows(content, ending)
        assert {item.content for item in items} == {TEXT}


def test_a_row_with_too_many_fields_is_left_out_and_its_line_named():
    items, notes = rows(f'text,title\n"{TEXT}\n{TEXT}",a\n{TEXT},b,c\n{TEXT},d\n')
    assert [item.stated["title"] for item in items] == ["a", "d"]
    assert notes == ["has more fields than columns in line 4, which is left out: put text in quotes"]


def test_a_date_that_may_be_two_stays_missing_and_is_told():
    items, notes = rows(f"text,date\n{TEXT},03/05/2021\n{TEXT},13/05/2021\n{TEXT},\n")
    assert [item.stated.get("published") for item in items] == [None, "2021-05-13", None]
    assert notes == ["has a date that may be no day or two in 1 row (001). Write it like 2021-05-03"]


def test_lines_of_json_are_read_and_a_cut_off_one_is_named():
    line = json.dumps({"text": TEXT})
    items, notes = rows(f"{line}\n\n{line}\n{line[:20]}", ".jsonl")
    assert len(items) == 2 and notes == ["has no JSON in 1 row (003)"]


def test_a_spreadsheet_is_read_with_its_days_and_other_sheets_are_named():
    book = openpyxl.Workbook()
    for row in ([], ["Date", "Text", None], [datetime(2021, 5, 3), TEXT, 7], [None, None], [20210504, TEXT]):
        book.active.append(row)
    book.create_sheet("Notes").append(["x"])
    book.save(whole := io.BytesIO())
    raw = io.BytesIO()
    with zipfile.ZipFile(whole) as made, zipfile.ZipFile(raw, "w") as changed:
        for part in made.namelist():  # some programs write wrong dimensions
            content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A1"', made.read(part))
            changed.writestr(part, content)
    items, notes = rows(raw.getvalue(), ".xlsx")
    assert [item.stated["published"] for item in items] == ["2021-05-03", "2021-05-04"]
    assert notes == ["has sheets that nothing reads: 'Notes'"]


def test_parquet_is_read_with_what_is_nested_in_it():
    frame = pd.DataFrame(
        {"content": [TEXT], "source": [{"name": "The Post"}], "authors": [["Ann Lee", "Bo Ek"]]}
    )
    frame.to_parquet(raw := io.BytesIO())
    (item,), _ = rows(raw.getvalue(), ".parquet")
    assert item.stated == {"outlet": "The Post", "authors": "Ann Lee; Bo Ek"}


def test_an_article_longer_than_csv_allows_by_itself_is_read():
    (item,), _ = rows(f'text\n"{"A sentence of the article. " * 10_000}"\n')
    assert len(item.content) > 200_000


def test_a_short_table_does_not_lower_the_limit_that_csv_has_for_all_of_python():
    rows(f"text\n{TEXT}\n")
    assert csv.field_size_limit() >= 2**20


@pytest.mark.parametrize(
    ("content", "ending", "message"),
    [
        ("text,title\n", ".csv", "has no rows"),
        (f"text,title\n{TEXT},a,b\n", ".csv", "more fields than columns in line 2"),
        ('text\n"open', ".csv", "is no table in line 1: unexpected end"),
        ("not json", ".json", "is no JSON"),
        ("[" * 100_000, ".json", "nested too deeply"),
        ('"text"', ".json", "has no rows"),
        (b"PK\x03\x04", ".xlsx", "is damaged or no office file"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content, ending, message):
    with pytest.raises(CorpusError, match=message):
        rows(content, ending)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021-05-03", "2021-05-03"),
        ("2021-05-03 10:15:42.123+02:00", "2021-05-03T10:15"),
        ("20210503T101500Z", "2021-05-03T10:15"),
        ("Mon, 03 May 2021 10:15:00 GMT", "2021-05-03T10:15"),
        ("May 3rd, 2021, 1:05 p.m.", "2021-05-03T13:05"),
        ("3 de mayo de 2021", "2021-05-03"),
        ("1620036900", "2021-05-03T10:15"),
        ("05/13/2021", "2021-05-13"),
        ("03.05.2021", "2021-05-03"),
        ("05/03/2021", None),  # May or March
        ("2021-02-30", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_where_it_can_be_but_one_day(written, iso):
    assert stated.value("published", written) == iso


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Lee, Ann", "Ann Lee"),
        ("Lee, Ann; Ek, Bo", "Ann Lee; Bo Ek"),
        ("Ann Lee, Bo Ek and Cy Orr", "Ann Lee; Bo Ek; Cy Orr"),
        ("By Ann Lee, Political Editor", "Ann Lee"),
        ("ann@post.example", None),
        ("nan", None),
    ],
)
def test_names_are_read_in_the_ways_databases_write_them(written, names):
    assert stated.value("authors", written) == names


@given(st.binary(max_size=200), st.sampled_from(tabular.ENDINGS[:2] + tabular.ENDINGS[3:6]))
@example(b'{"text":"\\ud800 \\u0000 a"}', ".json")
def test_any_bytes_are_a_table_or_refused(raw, ending):
    try:
        items, _ = rows(raw, ending)
    except CorpusError:
        return
    for item in items:
        item.content.encode()


@given(st.text(max_size=60))
def test_any_statement_is_read_or_left_out(text):
    for field in ("published", "authors", "genre", "language", "outlet"):
        assert stated.value(field, text) != ""
