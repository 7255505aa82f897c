"""A folder becomes tables: everything is read or named, nothing stops the rest."""

import pytest

from helpers import settings, tables
from helpers.ingestion import missing, overruled, read_folder, read_manifest, reasons, stated, words_by_fate
from helpers.paths import CorpusError

TEXT = "The harbour council approved the new breakwater on Thursday.\nWork is to begin in spring, it said.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.txt").write_text("Council approves breakwater\n" + TEXT)
    return tmp_path


def read(folder):
    return {name: tables.check(name, table) for name, table in read_folder(folder).items()}


def status(folder):
    files = read(folder)["files"].set_index("file")
    return files.status.to_dict(), files.message.to_dict()


def test_what_is_no_article_is_skipped_and_what_cannot_be_read_fails_without_stopping_the_rest(folder):
    (folder / "notes.odt").write_bytes(b"PK")
    (folder / "sheet.xlsx").touch()
    (folder / "broken.docx").write_bytes(b"PK")
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(b"\x00\x01")
    state, message = status(folder)
    assert state == {
        "one.txt": "read",
        "notes.odt": "skipped",
        "sheet.xlsx": "failed",
        "broken.docx": "failed",
        "empty.txt": "failed",
        "binary.txt": "failed",
    }
    assert message["notes.odt"].startswith("notes.odt is none of .txt, .html")
    assert message["notes.odt"].endswith("Save it as one of these; unpack an archive into the folder")
    assert message["sheet.xlsx"] == message["empty.txt"].replace("empty.txt", "sheet.xlsx")
    assert message["empty.txt"] == "empty.txt is empty. Save the article again"
    assert message["broken.docx"].startswith("broken.docx is damaged or no office file")
    assert message["binary.txt"].startswith("binary.txt is not a text file")


def test_a_file_without_an_article_keeps_its_ledger(folder):
    (folder / "menu.txt").write_text("Home\nSport\n")
    ledger = read(folder)["ledger"]
    assert ledger[ledger.article_id == "menu"].text.tolist() == ["Home", "Sport"]


def test_the_corpus_s_own_files_are_no_articles(folder):
    for name in ("README.md", "codebook.yml", "manifest.csv", "corpus.yml", ".hidden.txt"):
        (folder / name).write_text("" if name.endswith(".yml") else "file\n")
    (folder / "manifest.csv").write_text("file\none.txt\n")
    assert read(folder)["files"].file.tolist() == ["one.txt"]


def test_what_a_saved_page_loads_is_one_row_and_a_folder_of_that_name_without_a_page_is_read(folder):
    page = "<html><body><article><p>" + TEXT.replace("\n", "</p><p>") * 3 + "</article></body></html>"
    for name, text in {"page.html": page, "page_files/a.txt": TEXT, "my_files/b.txt": TEXT}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    state, message = status(folder)
    assert state == {
        "my_files/b.txt": "read",
        "one.txt": "read",
        "page.html": "read",
        "page_files/": "skipped",
    }
    assert message["page_files/"].endswith("holds what the page beside it loads, no article")


def test_nested_folders_are_read_and_give_different_ids(folder):
    (folder / "more").mkdir()
    (folder / "more" / "one.txt").write_text(TEXT)
    assert read(folder)["articles"].article_id.tolist() == ["more-one", "one"]


def test_two_files_with_one_id_are_told_apart_by_a_message(folder):
    (folder / "one.html").write_text("<html><body><p>" + TEXT + "</p></body></html>")
    state, message = status(folder)
    assert state == {"one.html": "read", "one.txt": "failed"}
    assert "same name as one.html. Rename" in message["one.txt"]


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text(TEXT)
    (folder / "link.txt").symlink_to(outside)
    state, message = status(folder)
    assert state["link.txt"] == "failed"
    assert "leads out of the folder" in message["link.txt"]


def test_links_to_nothing_and_to_a_folder_are_named(folder):
    (folder / "inner").mkdir()
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "twice.txt").symlink_to(folder / "inner")
    state, message = status(folder)
    assert state == {"one.txt": "read", "gone.txt": "failed", "twice.txt": "failed"}
    assert "gone.txt leads to no file" in message["gone.txt"]


def test_a_file_name_that_is_no_text_is_read_and_shown_with_a_mark(folder):
    import os

    with open(os.path.join(os.fsencode(folder), b"caf\xe9.txt"), "w") as file:  # noqa: PTH118, PTH123
        file.write(TEXT)
    assert "caf\ufffd.txt" in status(folder)[0]


def test_an_article_beyond_all_measure_is_refused_at_once(folder):
    (folder / "line.txt").write_text("word " * 600_000)
    state, message = status(folder)
    assert state == {"one.txt": "read", "line.txt": "failed"}
    assert message["line.txt"].startswith("line.txt has 3,000,000 characters, more than an article has")


def test_an_encoding_and_a_repair_are_told_of_a_file_that_was_read(folder):
    (folder / "two.txt").write_bytes(
        "Der Rat hat die neue Mole am Montag beschlossen, für immer.".encode("cp1252")
    )
    assert status(folder)[1]["two.txt"] == "two.txt was read as cp1252"


def test_a_file_without_a_row_is_noted_where_there_is_a_manifest(folder):
    (folder / "two.txt").write_text(TEXT)
    state, message = status(manifest(folder, "file,outlet", "one.txt,Harbour News"))
    assert state["two.txt"] == "read" and message["two.txt"] == "two.txt has no row in manifest.csv"


def test_what_manifest_table_and_text_state_is_kept_and_the_first_of_them_counts(folder):
    (folder / "one.txt").unlink()
    (folder / "t.csv").write_text(
        'title,outlet,date,text\nA breakwater,Outlet T,2021-05-04,"' + TEXT.strip() + '"\n'
    )
    manifest(folder, "file,outlet", "t.csv,Outlet M")
    tables_read = read(folder)
    article = tables_read["articles"].iloc[0]
    assert (article.article_id, article.outlet, article.outlet_basis) == ("t-001", "Outlet M", "manifest")
    assert (article.title, article.published_basis) == ("A breakwater", "table")
    stated = tables_read["fields"].query("field == 'outlet'").set_index("source")
    assert stated.value.to_dict() == {"manifest": "Outlet M", "table": "Outlet T"}
    assert stated.in_force.to_dict() == {"manifest": True, "table": False}
    tables.check_links(tables_read)
    assert overruled(tables_read["fields"]).to_dict("records") == [
        {
            "article_id": "t-001",
            "field": "outlet",
            "value": "Outlet M",
            "stated_by": "manifest",
            "other": "Outlet T",
            "other_stated_by": "table",
        }
    ]


def test_rows_without_an_article_are_named_and_do_not_lose_the_others(folder):
    rows = ["id,text", f'a,"{TEXT.strip()}"', "b,", f'c,"{TEXT.strip()}"']
    (folder / "t.csv").write_text("\n".join(rows))
    state, message = status(folder)
    assert state["t.csv"] == "read" and message["t.csv"] == "t.csv has no text in 1 row (b)"
    assert read(folder)["files"].set_index("file").articles.to_dict() == {"one.txt": 1, "t.csv": 2}


def test_a_table_alone_is_a_corpus_with_what_lies_beside_it(folder):
    (folder / "t.csv").write_text(f'Volltext,Datum\n"{TEXT.strip()}",3. Mai 2021\n')
    with pytest.raises(CorpusError, match=r"t\.csv has no column of texts. Its columns: Volltext, Datum"):
        read(folder / "t.csv")
    (folder / "corpus.yml").write_text("columns: {text: volltext, published: DATUM}\n")
    manifest(folder, "file,outlet", "t.csv,Harbour News", "other.txt,Outlet B")
    found = read(folder / "t.csv")
    assert found["files"].file.tolist() == ["t.csv"]
    article = found["articles"].iloc[0]
    assert (article.outlet, str(article.published.date())) == ("Harbour News", "2021-05-03")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("columns: {txt: a}", r"corpus\.yml, line 1: columns.txt: Input should be 'text', 'title'"),
        ("column: {text: a}", r"line 1: column: unknown key; known here: columns"),
        ("columns: [", "is not valid YAML"),
        ("columns:\n  text: a\n  text: b", "line 3: text is there twice"),
    ],
)
def test_a_mistake_in_corpus_yml_is_told_with_its_line(folder, text, message):
    (folder / "corpus.yml").write_text(text)
    with pytest.raises(CorpusError, match=message):
        read_folder(folder)


def test_corpus_yml_knows_the_fields_that_tables_have():
    from typing import get_args

    assert set(get_args(settings.Field)) == set(stated.meanings("column").values())


def test_a_folder_without_articles_says_what_it_holds(tmp_path):
    (tmp_path / "notes.odt").write_bytes(b"PK")
    with pytest.raises(CorpusError, match=r"no article that could be read: notes\.odt is none of"):
        read_folder(tmp_path)


def manifest(folder, *lines):
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return folder


def test_the_manifest_wins_over_the_page_and_says_so(folder):
    manifest(folder, "file,outlet,genre,published", "one.txt,Harbour News,opinion,2021-05-03")
    article = read(folder)["articles"].iloc[0]
    assert (article.outlet, article.outlet_basis) == ("Harbour News", "manifest")
    assert (article.genre, str(article.published.date())) == ("opinion", "2021-05-03")


def test_a_time_zone_and_a_way_of_writing_a_language_do_not_disturb(folder):
    (folder / "two.txt").write_text(TEXT)
    manifest(folder, "file,published,language", "one.txt,2026-02-11T23:30:00Z,EN", "two.txt,2026-02-11,en-GB")
    articles = read(folder)["articles"]
    assert articles.published.astype("str").tolist() == ["2026-02-11 23:30:00", "2026-02-11 00:00:00"]
    assert articles.lang.tolist() == ["en", "en"]


def test_a_name_written_in_another_unicode_form_is_the_same_file(folder):
    (folder / "cafe\u0301.txt").write_text(TEXT)
    manifest(folder, "file,outlet", "caf\u00e9.txt,Harbour News")
    articles = read(folder)["articles"].set_index("file")
    assert articles.outlet["caf\u00e9.txt"] == "Harbour News"


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_manifest_that_a_spreadsheet_saved_with_other_signs_is_read(folder, sign):
    manifest(folder, sign.join(["file", "outlet"]), sign.join(["one.txt", "News, Harbour"]))
    assert read_manifest(folder)[0] == {"one.txt": {"outlet": "News, Harbour"}}


def test_what_a_spreadsheet_does_to_a_manifest_is_put_up_with(folder):
    manifest(folder, "file;genre;outlet", "one.txt;News;Harbour News", ";;", "two.txt;Press release;", " ;;")
    stated, _ = read_manifest(folder)
    assert stated["one.txt"] == {"genre": "news", "outlet": "Harbour News"}
    assert stated == {"one.txt": stated["one.txt"], "two.txt": {"genre": "press release"}}


def test_an_empty_field_of_the_manifest_states_nothing(folder):
    manifest(folder, "file,outlet,published", "one.txt,,")
    article = read(folder)["articles"].iloc[0]
    assert (article.outlet_basis, article.published_basis) == ("not stated", "not stated")


def test_a_manifest_row_without_its_file_is_named(folder):
    manifest(folder, "file,outlet", "two.txt,Harbour News")
    state, message = status(folder)
    assert state["two.txt"] == "failed"
    assert "lists two.txt, which is not in the folder" in message["two.txt"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["outlet", "x"], "no column 'file'"),
        (["file,genre", "one.txt,blog"], "line 2: genre 'blog' is not one of: news"),
        (["file,published", "one.txt,yesterday"], "line 2: published 'yesterday' is not a day"),
        (["file,note", "one.txt,a", "one.txt,b"], "line 3: one.txt is listed twice"),
        (["file,note", ",a"], "line 2: no file is named"),
        (["file,note", "one.txt,b,c,d"], "line 2 has more fields than there are columns"),
        (["file,note", '"one.txt'], "cannot be read as CSV"),
        (["file,published", "one.txt,2026-02"], "line 2: published '2026-02' is not a day"),
        (["file,published", "one.txt,2026-02-30"], "line 2: published '2026-02-30' is not a day"),
        (["file,language", "one.txt,English"], "line 2: language 'English' is not a code"),
    ],
)
def test_a_mistake_in_the_manifest_is_told_with_its_line(folder, lines, message):
    with pytest.raises(CorpusError, match=r"manifest\.csv.*" + message):
        read_manifest(manifest(folder, *lines))


def test_columns_that_a_manifest_has_of_its_own_are_kept_and_named(folder):
    manifest(folder, "file,outlet,outelt,lean", "one.txt,,Harbour News,left")
    state, message = status(folder)
    assert state == {"one.txt": "read", "manifest.csv": "noted"}
    assert message["manifest.csv"].endswith("columns of its own, by which 02 can compare: outelt, lean")
    fields = read(folder)["fields"]
    assert fields[fields.field == "lean"][["source", "value"]].values.tolist() == [["manifest", "left"]]


def test_a_title_and_authors_in_the_manifest_are_stated_once(folder):
    manifest(folder, "file,title,authors", "one.txt,A new breakwater,Staff")
    tables = read(folder)
    assert tables["articles"].title.tolist() == ["A new breakwater"]
    fields = tables["fields"]
    assert not fields.duplicated(["article_id", "field", "source"]).any()


def test_what_articles_lack_is_listed(folder):
    manifest(folder, "file,outlet", "one.txt,Harbour News")
    gaps = missing(read(folder)["articles"])
    assert gaps.missing.tolist() == ["no publication date: nothing relative in it can be dated"]


def test_the_ledger_adds_up_in_words_and_reasons(folder):
    (folder / "one.txt").write_text("Home\nCouncil approves breakwater\n" + TEXT + TEXT)
    ledger = read(folder)["ledger"]
    fate = words_by_fate(ledger).loc["one"]
    assert fate.to_dict() == {"article": 17, "headline, byline, date, caption": 3, "repeated": 17, "other": 1}
    assert reasons(ledger).reason.tolist() == ["repeated", "title", "menu"]


def test_a_text_that_states_nothing_leaves_the_fields_empty(folder):
    (folder / "one.txt").write_text("A storm came.\n")
    assert tables.check("fields", read(folder)["fields"]).empty
