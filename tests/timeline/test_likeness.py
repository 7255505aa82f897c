import numpy as np
import pandas as pd
import pytest

from helpers.timeline.likeness import LEAST, pairs, vectors

PIER = "The old pier of Port Ellery collapsed in the storm."
FILLERS = ["Rain fell inland.", "Bread got dearer.", "A choir sang.", "Trains ran late."]


def corpus(*told):
    """Statements and sentences of texts a, b, …, each a sentence with its event word in brackets."""
    rows, texts = [], []
    for article, text in zip("abcdef", told, strict=False):
        start, plain = text.index("["), text.replace("[", "").replace("]", "")
        rows.append((f"{article}:s001", start, plain[start : text.index("]") - 1]))
        texts.append((f"{article}:s001", plain))
    texts += [(f"z:s{number:03d}", text) for number, text in enumerate(FILLERS)]
    statements = pd.DataFrame(rows, columns=["sentence_id", "start", "word"])
    return statements.astype({"start": int}), pd.DataFrame(
        texts, columns=["sentence_id", "text"], dtype="str"
    )


def likeness(*told):
    x = vectors(*corpus(*told))
    return float((x[[0]] @ x[[1]].T).toarray()[0, 0])


def found(*told):
    return pairs(*corpus(*told))[["one", "other", "phrases"]].values.tolist()


TOLD = "The old pier of Port Ellery [collapsed] in the storm."


def test_the_same_words_are_wholly_alike_and_others_not_at_all():
    assert likeness(TOLD, TOLD) == pytest.approx(1)
    assert likeness(TOLD, "Bread got dearer [slowly].") == 0


def test_words_for_one_action_are_one_word():
    assert likeness("They [purchased] it.", "He [bought] one.") == pytest.approx(1)


def test_days_and_figures_count_as_no_words():
    assert likeness("It [fell] on Monday, 9 February.", "It [fell] on Tuesday.") == pytest.approx(1)


def test_words_near_the_event_word_count_more_than_far_ones():
    rest = "among many boats, barges, tugs and other craft of a quiet northern harbour beside Moss Sound"
    near = likeness(f"A crane [fell], {rest}.", "The crane [fell].")
    far = likeness(f"It [fell], {rest}, and a crane.", "The crane [fell].")
    assert near > far


def test_pairs_share_an_action_and_come_in_both_orders():
    other = "The old pier of Port Ellery [opened] in the storm."
    assert [row[:2] for row in found(TOLD, TOLD)] == [[0, 1], [1, 0]]
    assert found(TOLD, other) == []


def test_pairs_that_are_hardly_alike_are_left_out():
    other = "Far inland two barns, a chapel, one bakery, [collapsed] slowly, quietly, gently, neatly."
    assert 0 < likeness(TOLD, other) < LEAST
    assert found(TOLD, other) == []


def test_words_side_by_side_are_counted_without_the_event_word():
    assert found("It [sank] near Port Ellery.", "It [sank] near Port Ellery.")[0][2] == 1
    assert found("Boats [sank].", "Boats [sank].")[0][2] == 0


def test_words_parted_by_the_event_word_do_not_stand_side_by_side():
    assert found("Boats [sank] slowly.", "Boats [sank] slowly.")[0][2] == 0


def test_the_order_of_rows_changes_nothing():
    statements, sentences = corpus(TOLD, TOLD.replace("storm", "fog"), "Its pier [collapsed].")
    table, mixed = (
        pairs(statements, sentences),
        pairs(statements[::-1].reset_index(drop=True), sentences[::-1]),
    )
    mixed = mixed.assign(one=2 - mixed.one, other=2 - mixed.other).sort_values(["one", "other"])
    first = table.sort_values(["one", "other"])
    assert (
        mixed[["one", "other", "phrases"]].values.tolist()
        == first[["one", "other", "phrases"]].values.tolist()
    )
    np.testing.assert_allclose(mixed.likeness, first.likeness)


@pytest.mark.parametrize("text", ["… [—]", "[of] the"])
def test_sentences_without_words_are_like_none(text):
    statements, sentences = corpus(text, text)
    assert pairs(statements, sentences[:2]).empty


def test_no_statements_make_no_pairs():
    statements, sentences = corpus(TOLD)
    assert pairs(statements[:0], sentences).empty
    assert pairs(statements[:0], sentences[:0]).empty


def test_of_more_statements_of_an_action_than_a_block_those_of_near_days_are_compared(monkeypatch):
    statements, sentences = corpus(TOLD, TOLD.replace("storm", "fog"), TOLD)
    days = pd.to_datetime(["2026-02-01", "2026-02-03", "2026-02-02"])
    assert len(pairs(statements.assign(earliest=days), sentences)) == 6
    monkeypatch.setattr("helpers.timeline.windows.BLOCK", 2)
    monkeypatch.setattr("helpers.timeline.windows.NEAREST", 1)
    found = pairs(statements.assign(earliest=days), sentences)
    assert found[["one", "other"]].values.tolist() == [[0, 2], [1, 2], [2, 0], [2, 1]]
