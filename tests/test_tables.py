import datetime

import numpy as np
import pandas as pd
import pytest

from helpers import paths, tables
from helpers.tables import TableError


def mentions(**changes):
    row = {"sentence_id": "a:s001", "kind": "topic", "code": "x", "term": "x", "start": 0, "end": 1}
    row |= {"place": "text", "voice": "own"}
    return pd.DataFrame([row | changes])


def test_a_missing_and_an_unknown_column_are_named():
    with pytest.raises(TableError, match=r"missing columns \['code'\], unknown columns \['kode'\]"):
        tables.check("mentions", mentions().rename(columns={"code": "kode"}))


def test_a_value_out_of_its_range_is_shown():
    with pytest.raises(TableError, match="table mentions .*kind.*'person'"):
        tables.check("mentions", mentions(kind="person"))


def test_a_key_may_not_occur_twice():
    with pytest.raises(TableError, match="table mentions"):
        tables.check("mentions", pd.concat([mentions(), mentions()]))


def test_an_unknown_table_lists_the_real_ones():
    with pytest.raises(TableError, match="The tables are: files, collection, articles"):
        tables.check("article", mentions())


def test_rows_are_sorted_by_key_whatever_their_order():
    frame = pd.concat([mentions(sentence_id=f"a:s00{n}") for n in (3, 1, 2)])
    assert tables.check("mentions", frame).sentence_id.tolist() == ["a:s001", "a:s002", "a:s003"]


def test_the_thousandth_sentence_comes_after_the_hundredth():
    frame = pd.concat([mentions(sentence_id=f"a:s{n}") for n in (1000, 101, 100)])
    assert tables.check("mentions", frame).sentence_id.tolist() == ["a:s100", "a:s101", "a:s1000"]


def test_days_far_from_ours_are_kept():
    days = pd.Series([datetime.date(1492, 10, 12), None, datetime.date(2998, 1, 1)], dtype=object)
    rows = {"sentence_id": ["a:s001", "a:s002", "a:s003"], "start": 0, "end": 1, "text": "x", "type": "DATE"}
    frame = pd.DataFrame(rows).assign(value=None, anchor="stated", event_id=None, earliest=days, latest=days)
    checked = tables.check("dates", frame)
    assert checked.earliest.dt.year.tolist()[::2] == [1492, 2998]
    assert pd.isna(checked.earliest[1])


def test_missing_text_stays_missing():
    frame = pd.DataFrame({"file": ["a.txt"], "articles": [0], "status": ["failed"], "message": [np.nan]})
    checked = tables.check("files", frame)
    assert checked.message.isna().all()


def test_numbers_keep_nine_significant_digits():
    tone = pd.DataFrame({"sentence_id": ["a:s001"], "score": [1 / 3], "label": ["positive"]})
    tone = tone.assign(start=0, end=5, actor="mayor", voice="own", confidence=0.5, event=0.0, evaluation=0.0)
    assert tables.check("tone", tone).score.item() == 0.333333333


def test_an_empty_table_can_be_stored_and_read_back(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "INTERIM", tmp_path)
    tables.write("mentions", mentions().iloc[:0], "some")
    assert tables.read("mentions", "some").empty


def test_the_same_rows_give_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "INTERIM", tmp_path)
    frame = pd.concat([mentions(sentence_id=f"a:s00{n}") for n in (1, 2, 3)])
    tables.write("mentions", frame, "one")
    tables.write("mentions", frame.iloc[::-1], "two")
    assert tables.path("mentions", "one").read_bytes() == tables.path("mentions", "two").read_bytes()


def test_a_table_that_is_not_there_names_the_notebook_that_writes_it(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "INTERIM", tmp_path)
    with pytest.raises(TableError, match="02_topics writes it.*report .*data/seeds"):
        tables.read("rates", "seeds")


def test_of_a_table_that_another_version_wrote_it_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "INTERIM", tmp_path)
    tables.write("mentions", mentions(), "some")
    mentions().drop(columns="voice").to_parquet(tables.path("mentions", "some"))
    with pytest.raises(TableError, match=r"missing columns \['voice'\].*python -m helpers report CORPUS"):
        tables.read("mentions", "some")


def test_a_mention_without_its_sentence_is_found():
    sentences = pd.DataFrame(
        {"sentence_id": ["a:s002"], "article_id": ["a"], "text": ["."], "start": [0], "end": [0]}
    )
    with pytest.raises(TableError, match="mentions: sentence_id 'a:s001' is not in table sentences"):
        tables.check_links({"mentions": mentions(), "sentences": sentences})


def test_a_sentence_that_is_not_where_it_says_is_found():
    articles = pd.DataFrame({"article_id": ["a"], "file": ["a.txt"], "text": ["One. Two."]})
    sentences = pd.DataFrame({"article_id": ["a"], "text": ["Two."], "start": [4], "end": [8]})
    with pytest.raises(TableError, match=r"'Two\.' is not at 4-8 of a"):
        tables.check_links({"articles": articles, "sentences": sentences})


def test_text_in_a_csv_cannot_run_as_a_formula(tmp_path):
    frame = pd.DataFrame({"text": ["=1+1", "plain", "@x", None]}, dtype="str")
    (tmp_path / "t.csv").write_text(tables.csv_text(frame))
    assert (tmp_path / "t.csv").read_text().splitlines() == ["text", "'=1+1", "plain", "'@x", '""']
