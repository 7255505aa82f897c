"""What makes a notebook stale, and what does not."""

import os
from pathlib import Path

import pytest

from helpers import paths
from helpers.reporting.record import Record, _code, load_json


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "INTERIM", tmp_path / "interim")
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    corpus = tmp_path / "data" / "some"
    corpus.mkdir(parents=True)
    (corpus / "a.txt").write_text("text")
    for name in ("01_ingestion", "02_topics", "06_more"):
        (tmp_path / f"{name}.ipynb").write_text(name)
        (tmp_path / "interim" / "some" / "notebooks").mkdir(parents=True, exist_ok=True)
        (tmp_path / "interim" / "some" / "notebooks" / f"{name}.ipynb").write_text(name)
    (tmp_path / "interim" / "some" / "articles.parquet").write_text("table")
    run(tmp_path)
    return tmp_path


def record(root, **given):
    notebooks = {path.stem: path for path in sorted(root.glob("*.ipynb"))}
    return Record("some", notebooks, dict.fromkeys(notebooks, given))


def run(root):
    past = record(root)
    for wave in past.waves():
        past.note({notebook: past.key(notebook) for notebook in wave})


def stale(root, **given):
    now = record(root, **given)
    return [notebook for notebook in now.notebooks if not now.is_fresh(notebook)]


def test_nothing_changed_nothing_is_stale(project):
    assert stale(project) == []


def test_a_changed_article_concerns_the_first_notebook_alone_until_its_tables_change(project):
    (project / "data" / "some" / "a.txt").write_text("other")
    assert stale(project) == ["01_ingestion"]
    (project / "interim" / "some" / "articles.parquet").write_text("other table")
    assert stale(project) == ["01_ingestion", "02_topics", "06_more"]


def test_a_renamed_article_counts_as_changed_and_a_note_for_people_does_not(project):
    (project / "data" / "some" / "README.md").write_text("note")
    assert stale(project) == []
    (project / "data" / "some" / "a.txt").rename(project / "data" / "some" / "b.txt")
    assert stale(project) == ["01_ingestion"]


def test_an_article_whose_name_is_no_text_counts_as_any_other(project):
    file = Path(os.fsdecode(os.fsencode(project / "data" / "some") + b"/caf\xe9.txt"))
    file.write_text("text")
    assert stale(project) == ["01_ingestion"]
    run(project)
    assert stale(project) == []


def test_a_changed_notebook_or_parameter_is_stale(project):
    (project / "02_topics.ipynb").write_text("other")
    assert stale(project) == ["02_topics"]
    assert stale(project, kind="actor") == ["01_ingestion", "02_topics", "06_more"]


def test_changed_code_makes_all_stale(project, monkeypatch):
    monkeypatch.setattr("helpers.reporting.record._code", lambda: {"new": project / "01_ingestion.ipynb"})
    assert stale(project) == ["01_ingestion", "02_topics", "06_more"]


def test_the_code_is_the_package_with_its_lists_and_the_lock():
    assert {
        "stats.py",
        "ingestion/furniture.tsv",
        "reporting/template/style.css",
        "requirements.lock",
    } <= set(_code())


def test_the_state_of_the_pages_changes_with_the_code(project, monkeypatch):
    before = record(project).state()
    monkeypatch.setattr("helpers.reporting.record._code", lambda: {"new": project / "01_ingestion.ipynb"})
    assert record(project).state() != before


def test_the_state_of_the_pages_changes_with_a_table(project):
    before = record(project).state()
    (project / "interim" / "some" / "articles.parquet").write_text("other table")
    assert record(project).state() != before


def test_a_lost_table_or_executed_notebook_is_made_again(project):
    (project / "interim" / "some" / "articles.parquet").unlink()
    assert "01_ingestion" in stale(project)
    run(project)
    (project / "interim" / "some" / "notebooks" / "02_topics.ipynb").unlink()
    assert stale(project) == ["02_topics"]


def test_a_record_that_was_cut_off_makes_all_stale(project):
    (project / "interim" / "some" / "run.json").write_text('{"01_inge')
    assert stale(project) == ["01_ingestion", "02_topics", "06_more"]


def test_a_notebook_waits_for_all_that_it_reads(project):
    assert list(record(project).waves()) == [["01_ingestion"], ["02_topics"], ["06_more"]]


@pytest.mark.parametrize("content", [b"", b'{"key": "K\xc3', b'{"key": ', b"[1]", b"null"])
def test_a_file_that_was_cut_off_or_holds_no_object_is_as_good_as_none(content, tmp_path):
    file = tmp_path / "run.json"
    file.write_bytes(content)
    assert load_json(file) == load_json(tmp_path / "none.json") == {}
