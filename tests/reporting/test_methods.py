"""How the numbers were made, in sentences: from the tables, the constants and what was measured."""

import pandas as pd
import pytest
import yaml

from helpers import __version__, ingestion, paths, tables, timeline, tone, topics
from helpers.ingestion import copies
from helpers.reporting import methods

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c"],
        "outlet": ["A", "B", None],
        "published": pd.to_datetime(["2026-02-10", None, "2026-02-12"]),
        "genre": ["news", "news", "analysis"],
        "lang": ["en", None, "de"],
        "family": ["a", "a", "c"],
        "n_words": [1200, 300, 10],
    }
)
CODEBOOK = pd.DataFrame({"kind": ["topic", "actor"], "code": ["x", "y"], "source": "codebook.yml"})
STORED = {
    "articles": ARTICLES,
    "codebook": CODEBOOK,
    "groups": pd.DataFrame({"article_id": ["a"]}),
    "files": pd.DataFrame({"status": ["read", "failed"]}),
}
NO_LABELS = pd.DataFrame(columns=["kind", "precision", "recall"])


@pytest.fixture
def stages():
    return [*ingestion.methods(), *topics.methods(NO_LABELS), *tone.methods(), *timeline.methods()]


def test_the_table_holds_the_corpus_the_stages_versions_and_how_to_cite(stages):
    table = tables.check("methods", methods.methods_table(STORED, stages))
    assert table.part.unique().tolist() == methods._ORDER
    assert table.text[0] == (
        "3 articles (1,510 words; 2 known outlets; published from 2026-02-10 to 2026-02-12, 1 undated; "
        "genres: "
        "1 analysis, 2 news; languages: 1 de, 1 en, 1 unknown), among them 2 independent texts; 1 were "
        "compared. Supported languages: en."
    )
    assert table.text[1] == "Files that were not read: 1."
    assert methods.digest(CODEBOOK) in table.text[2]


def test_how_the_corpus_came_together_is_told_where_it_is_stated(stages):
    collection = pd.DataFrame({"field": ["query", "rule"], "value": ["harbour OR pier.", None]})
    told = methods.methods_table(STORED | {"collection": collection}, stages).text.tolist()
    assert "Query: harbour OR pier." in told and "Rule: not stated." in told


def test_a_corpus_without_articles_has_a_method_too(stages):
    empty = {name: table[:0] for name, table in STORED.items()}
    table = methods.methods_table(empty, stages)
    assert table.text[0].startswith("0 articles (0 words; 0 known outlets; without a day of publication")


def test_thresholds_are_those_in_force(monkeypatch):
    monkeypatch.setattr("helpers.ingestion.measured.COPY", copies.COPY + 0.11)
    assert any("share 61% or more" in sentence for _, sentence in ingestion.methods())


def test_labels_of_these_texts_count_before_those_of_others():
    mean = {"kind": ["topic", "macro"], "precision": 0.91, "precision_low": 0.8, "precision_high": 0.95}
    mean |= {"recall": 0.7, "recall_low": 0.5, "recall_high": 0.85}
    told = " ".join(sentence for _, sentence in topics.methods(pd.DataFrame(mean)))
    assert "over 1 codes was: precision 0.91 [0.80, 0.95], recall 0.70 [0.50, 0.85]" in told
    assert "how often a match is right is not known" in " ".join(s for _, s in topics.methods(NO_LABELS))


def test_the_file_has_prose_settings_and_how_to_cite(stages):
    text = methods.as_markdown(
        methods.methods_table(STORED, stages), "pier", {"by": "outlet", "threshold": 1}
    )
    assert text.startswith("# Methods: pier\n\n**Corpus.** 3 articles (1,510 words;")
    assert "## Settings\n\n- by = outlet\n- threshold = 1\n\nComputed with Parallax" in text
    assert "## How to cite\n\nThe Parallax contributors" in text and "“pier”" in text


def test_no_machine_or_patch_of_python_is_told():
    found = methods.versions()
    assert found["Python"].count(".") == 1 and found["Parallax"] == __version__
    assert {"numpy", "pandas", "scipy", "trafilatura"} <= found.keys()


def test_the_citation_is_that_of_the_project():
    cited = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text())
    assert methods.CITED.startswith(
        f"{cited['authors'][0]['name']}. {cited['title']} (version {cited['version']})"
    )
    assert cited["license"] in methods.CITED
