import pandas as pd
import pytest

from helpers import codebook, tables, topics
from helpers.codebook import Codebook

BOOK = Codebook.model_validate(
    {
        "topics": {
            "pact": {"label": "The pact", "variants": ["pact", "deal", "quay deal"], "terms": ["paper"]},
            "sea": {"label": "Sea", "terms": ["sea"]},
        }
    }
)


def choices(*texts, voice="own"):
    ids = [f"{article}:s001" for article in "abc"[: len(texts)]]
    frame = pd.DataFrame({"sentence_id": ids, "article_id": list("abc"[: len(texts)]), "text": texts})
    frame = frame.assign(paragraph=1, heading=False)
    found = codebook.match(frame, BOOK).assign(voice=voice)
    return tables.check("choices", topics.choices(frame, found, BOOK.frame()))


def test_each_variant_is_counted_beside_the_others():
    table = choices("The pact, the pact and the quay deal.", "The deal.")
    found = {(row.article_id, row.term): row.mentions for row in table.itertuples()}
    assert found == {
        ("a", "deal"): 0, ("a", "pact"): 2, ("a", "quay deal"): 1,
        ("b", "deal"): 1, ("b", "pact"): 0, ("b", "quay deal"): 0,
    }  # fmt: skip
    assert table.groupby("article_id").share.sum().tolist() == pytest.approx([1, 1])


def test_terms_that_are_no_variants_and_texts_without_the_referent_are_left_out():
    table = choices("The pact and the paper.", "The paper by the sea.")
    assert table[["article_id", "term"]].values.tolist() == [["a", "pact"]]


def test_a_word_that_may_name_something_else_is_counted_as_doubtful():
    table = choices("They signed a pact. A new quay deal, another old pact; the pact, a text of the pact.")
    assert table.set_index("term").doubtful.to_dict() == {"pact": 1, "quay deal": 1}
    assert choices("The pact. After another meeting, pact and “not another,” pact").doubtful.sum() == 0
    assert choices("Any delay to the pact; no one disputes the pact.").doubtful.sum() == 0


def test_the_voice_of_each_choice_is_told():
    assert choices("The pact.", voice="indirect")[["own", "quoted"]].values.tolist() == [[0, 1]]


def test_a_term_with_signs_can_be_found_again_from_its_row():
    (evidence,) = choices("The quay deal.").evidence
    assert evidence == "mentions?kind=topic&code=pact&article_id=a&term=quay+deal"
