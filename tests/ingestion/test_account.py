"""What ingestion did, as small tables."""

import pandas as pd

from helpers import ingestion

LONG = "A line of more than forty characters, so that it makes a difference."


def test_the_lines_the_model_was_least_sure_of_come_first_and_sure_ones_not_at_all():
    rows = [("a", 1, 1, LONG, True, 0.7), ("a", 2, 1, LONG, False, 0.55), ("b", 1, 1, LONG, True, 0.99)]
    rows += [("b", 2, 1, "Short", False, 0.51)]
    ledger = pd.DataFrame(rows, columns=["article_id", "line", "part", "text", "kept", "confidence"])
    doubt = ingestion.unsure(ledger)
    assert doubt[["article_id", "kept", "confidence"]].to_numpy().tolist() == [
        ["a", False, 0.55],
        ["a", True, 0.7],
    ]


def test_the_models_figures_are_shares_for_every_style_of_dump():
    scores = ingestion.line_scores()
    assert {"para", "insc", "bs4", "twice", "flat", "blogs"} == set(scores.dump)
    assert scores[["precision", "recall", "f1", "pages_95"]].stack().between(0, 1).all()
    assert (scores.pages > 200).all()


def test_a_date_that_was_only_inferred_counts_as_a_gap():
    bases = {"a": "stated", "b": "page header", "c": "dateline, year inferred from “May 2021” in the text"}
    articles = pd.DataFrame({"article_id": list(bases), "published_basis": list(bases.values())})
    articles = articles.assign(
        published=pd.Timestamp("2021-05-03"), outlet="Harbour News", title="A", lang="en"
    )
    told = ingestion.missing(articles).set_index("article_id").missing
    assert told.to_dict() == {one: f"publication date only inferred ({bases[one]})" for one in ("b", "c")}
