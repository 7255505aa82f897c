"""`helpers.load`: by name or by path, made first where nothing is there, and described."""

import subprocess
import sys
import warnings

import pandas as pd
import pytest

import helpers
from helpers import paths, tables
from helpers.paths import CorpusError
from helpers.reporting import run
from helpers.reporting.record import Record


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A project with one corpus; a run of the notebooks only writes empty tables."""
    for name, folder in {"DATA": "data", "INTERIM": "data/interim", "REPORTS": "reports"}.items():
        monkeypatch.setattr(paths, name, tmp_path / folder)
    (tmp_path / "data" / "harbour").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    made = []

    def refresh(source, name):
        made.append((source, name))
        for table in tables.SCHEMAS:
            tables.write(table, pd.DataFrame(columns=list(tables.SCHEMAS[table].schema.columns)), name)

    monkeypatch.setattr(run, "refresh", refresh)
    monkeypatch.chdir(tmp_path)
    return made


def test_a_corpus_without_tables_is_run_once(home):
    assert list(helpers.load("harbour")) == list(tables.SCHEMAS)
    assert helpers.load("harbour").mentions.empty
    assert home == [(paths.DATA / "harbour", "harbour")]


def test_a_table_that_is_missing_makes_a_run(home):
    helpers.load("harbour")
    tables.path("findings", "harbour").unlink()
    assert "findings" in helpers.load("harbour") and len(home) == 2


def test_a_folder_is_a_corpus_by_its_path(home, tmp_path):
    assert len(helpers.load(tmp_path / "elsewhere")) == len(tables.SCHEMAS)
    assert len(helpers.load("elsewhere")) == len(tables.SCHEMAS)  # by now its name
    assert [name for _, name in home] == ["elsewhere"]


def test_a_known_name_is_meant_before_a_folder_that_lies_here(home, tmp_path):
    (tmp_path / "harbour").mkdir()
    helpers.load("harbour")
    assert home == [(paths.DATA / "harbour", "harbour")]


def test_a_table_among_the_projects_data_has_the_name_that_a_report_gives_it(home, tmp_path):
    (tmp_path / "data" / "quay.csv").write_text("text\nThe quay.\n")
    helpers.load("quay.csv")
    assert home == [(paths.DATA / "quay.csv", "quay")]


def test_a_notebook_run_by_itself_since_is_told(home, monkeypatch):
    helpers.load("harbour")
    monkeypatch.setattr(paths, "NOTEBOOKS", paths.ROOT / "notebooks")
    notebooks = {path.stem: path for path in sorted(paths.NOTEBOOKS.glob("[0-9]*.ipynb"))}
    ran = Record("harbour", notebooks, {name: {} for name in notebooks})
    ran.note({name: ran.key(name) for name in notebooks})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        helpers.load("harbour")
    rows = pd.DataFrame([{"field": field, "value": None} for field in ("query", "rule")])
    tables.write("collection", rows, "harbour")
    with pytest.warns(
        UserWarning, match="since the last run of all: 01_ingestion. .*helpers report .*harbour"
    ):
        helpers.load("harbour")


@pytest.mark.parametrize("corpus", ["nowhere", "no/where"])
def test_what_is_no_corpus_is_said_so(home, corpus):
    with pytest.raises(CorpusError):
        helpers.load(corpus)


def test_tables_are_had_by_attribute_and_an_unknown_one_lists_the_real_ones(home):
    loaded = helpers.load("harbour")
    assert loaded.rates is loaded["rates"] and "rates" in dir(loaded)
    with pytest.raises(AttributeError, match="no table 'rate'. The tables are: files, collection"):
        _ = loaded.rate


def test_every_column_of_every_table_is_described(home):
    loaded = helpers.load("harbour")
    everything = repr(loaded.describe())
    for table, columns in tables.SCHEMAS.items():
        for name, column in columns.schema.columns.items():
            assert name in everything and column.description in everything, table
    one = repr(loaded.describe("mentions"))
    assert "own|direct|indirect" in one and "→ sentences" in one and "0.." in one
    assert "article_id" not in one
    with pytest.raises(CorpusError, match="There is no table 'mention'"):
        loaded.describe("mention")


def test_the_overview_has_a_row_a_table(home):
    shown = repr(helpers.load("harbour"))
    assert all(f"{name} " in shown and table.row in shown for name, table in tables.SCHEMAS.items())


def test_the_package_is_imported_without_pandas_and_names_what_it_has():
    code = (
        "import helpers, sys; print('pandas' in sys.modules, hasattr(helpers, 'lode'), helpers.load.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False", "load"]
