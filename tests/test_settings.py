"""What `corpus.yml` may say of a corpus, and what is said of a mistake in it."""

import pytest

from helpers import settings, tables
from helpers.paths import CorpusError

ALL = """collected by: the harbour archive
query: '"Port Ellery" AND breakwater'
period: 1 to 14 February 2026
rule: every hit that tells of the vote
"""


def written(folder, text):
    (folder / "corpus.yml").write_text(text, encoding="utf-8")
    return folder


def stated(source):
    table = tables.check("collection", settings.collection(source))
    return table.set_index("field").value.to_dict()


def test_what_a_corpus_states_of_how_it_came_together_is_kept_as_written(tmp_path):
    assert stated(written(tmp_path, ALL)) == {
        "collected by": "the harbour archive",
        "query": '"Port Ellery" AND breakwater',
        "period": "1 to 14 February 2026",
        "rule": "every hit that tells of the vote",
    }


@pytest.mark.parametrize("text", ["", "query: ''\nrule:\n", "columns: {text: Volltext}\n"])
def test_what_is_not_stated_is_missing(tmp_path, text):
    table = settings.collection(written(tmp_path, text))
    assert table.field.tolist() == ["collected by", "query", "period", "rule"]
    assert table.value.isna().all()


def test_a_corpus_without_the_file_states_nothing(tmp_path):
    assert settings.collection(tmp_path).value.isna().all()


def test_the_file_beside_a_table_counts_for_it(tmp_path):
    (tmp_path / "news.csv").touch()
    assert stated(written(tmp_path, ALL) / "news.csv")["collected by"] == "the harbour archive"


def test_the_key_of_two_words_may_have_an_underscore(tmp_path):
    assert stated(written(tmp_path, "collected_by: the archive\n"))["collected by"] == "the archive"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "query: harbour\nrules: all\n",
            "line 2: rules: unknown key; known here: columns, collected by, query",
        ),
        ("query: harbour\nperiod: 2026\n", "line 2: period: .* numbers, in quotes"),
        ("query: a\nquery: b\n", "line 2: query is there twice"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, text, message):
    with pytest.raises(CorpusError, match=message):
        settings.collection(written(tmp_path, text))
