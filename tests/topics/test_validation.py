import numpy as np
import pandas as pd
import pytest

from helpers import stats
from helpers.paths import CorpusError
from helpers.topics import validation
from helpers.topics.validation import accuracy, agreement

CODES = pd.DataFrame(
    {"kind": ["topic", "actor"], "code": ["harbour", "mayor"], "label": ["Harbour", "The mayor"]}
)
ENDS = ["precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high", "f1"]


def corpus(length, matched, code="harbour", articles="a"):
    """Tables of articles of so many sentences, a paragraph each; of each the first so many are matched."""
    rows = [(f"{a}:s{n:03d}", a, n) for a in articles for n in range(1, length + 1)]
    sentences = pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph"])
    kind = dict(zip(CODES.code, CODES.kind, strict=True))[code]
    hits = sentences.sentence_id[sentences.paragraph <= matched]
    return sentences, pd.DataFrame({"sentence_id": hits, "kind": kind, "code": code})


def answers(said, code="harbour", coder="1", article="a"):
    """Labels of the sentences of an article in order: + is yes, - is no, anything else no answer."""
    rows = [(f"{article}:s{n:03d}", sign == "+") for n, sign in enumerate(said, 1) if sign in "+-"]
    return pd.DataFrame(rows, columns=["sentence_id", "label"]).assign(code=code, coder=coder)


def one(labels, sentences, mentions):
    return accuracy(labels, mentions, sentences, CODES).iloc[0]


def test_of_texts_labelled_whole_precision_and_recall_are_plain_shares():
    row = one(answers("++++-" + "+----"), *corpus(10, 5))
    assert (row.kind, row.code, row.label, row.basis) == ("topic", "harbour", "Harbour", validation.WHOLE)
    assert (row.sentences, row.yes, row.matched, row.disputed) == (10, 5, 5, 0)
    assert (row.precision, row.recall, row.f1) == pytest.approx((0.8, 0.8, 0.8))
    low, high = stats.wilson(4, 5)
    assert (row.precision_low, row.precision_high) == (row.recall_low, row.recall_high) == (low, high)


def test_texts_without_labels_do_not_make_a_sample_of_texts_labelled_whole():
    row = one(answers("++++-" + "+----"), *corpus(10, 5, articles="abc"))
    assert row.basis == validation.WHOLE and row.recall == 0.8


def test_a_balanced_sample_does_not_flatter_recall():
    row = one(answers("+" * 9 + "-" + " " * 40 + "+" + "-" * 9), *corpus(1050, 50))
    found, missed = 50 * 0.9, 1000 * 0.1
    assert row.precision == 0.9
    assert row.recall == pytest.approx(found / (found + missed))  # not .9, as among the labels
    assert row.f1 == pytest.approx(2 * 0.9 * row.recall / (0.9 + row.recall))
    assert row.basis == "a sample: 10 of 50 matched and 10 of 1000 other sentences"


def test_the_ends_of_a_weighted_recall_take_the_worse_end_of_both_strata():
    row = one(answers("+" * 9 + "-" + " " * 40 + "+" + "-" * 9), *corpus(1050, 50))
    (found_low, found_high), (missed_low, missed_high) = stats.wilson(9, 10), stats.wilson(1, 10)
    assert row.recall_low == pytest.approx(50 * found_low / (50 * found_low + 1000 * missed_high))
    assert row.recall_high == pytest.approx(50 * found_high / (50 * found_high + 1000 * missed_low))


def test_a_sample_that_found_nothing_missed_is_not_sure_of_it():
    row = one(answers("+" * 10 + " " * 40 + "-" * 10), *corpus(1050, 50))
    assert row.recall == 1 and row.recall_high == 1 and row.recall_low < 0.2


def test_errors_that_fill_a_paragraph_widen_the_interval():
    sentences, mentions = corpus(24, 24)
    in_runs = sentences.assign(paragraph=(sentences.paragraph - 1) // 4)
    labels = answers("----" + "++++" * 5)
    alone, clustered = one(labels, sentences, mentions), one(labels, in_runs, mentions)
    assert alone.precision == clustered.precision
    assert clustered.precision_low < alone.precision_low


def test_the_majority_of_coders_counts_and_a_tie_is_left_out():
    three = pd.concat([answers("++-+", coder=who) for who in "12"] + [answers("--+-", coder="3")])
    row = one(pd.concat([three, answers("   -", coder="4")]), *corpus(4, 4))
    assert (row.sentences, row.yes, row.disputed) == (3, 2, 1)
    assert row.precision == pytest.approx(2 / 3)
    assert row.basis == validation.WHOLE  # a disputed sentence was labelled


def test_without_a_yes_there_is_no_recall():
    for length in (4, 100):
        row = one(answers("----"), *corpus(length, 2))
        assert row.precision == 0 and row[["recall", "recall_low", "recall_high", "f1"]].isna().all()


@pytest.mark.parametrize("length", [4, 100])
def test_a_code_that_never_matched_has_no_precision_and_finds_nothing(length):
    sentences, mentions = corpus(length, 0)
    row = one(answers("+---"), sentences, mentions)
    assert row[["precision", "precision_low", "precision_high"]].isna().all()
    assert (row.recall, row.f1) == (0, 0)


def test_a_sample_without_a_sentence_of_a_stratum_tells_nothing_of_recall():
    assert np.isnan(one(answers("++"), *corpus(10, 5)).recall)
    assert np.isnan(one(answers("     ++"), *corpus(10, 5)).recall)
    assert one(answers("++"), *corpus(10, 10)).recall == 1  # nothing else was there to be missed


def test_only_disputed_sentences_leave_everything_missing():
    row = one(pd.concat([answers("++"), answers("--", coder="2")]), *corpus(2, 1))
    assert row.disputed == 2 and row.sentences == 0 and row[ENDS].isna().all()


def test_a_mention_counts_for_its_own_kind():
    sentences, mentions = corpus(4, 2)
    other = mentions.assign(sentence_id="a:s004", kind="actor", code="harbour")
    assert one(answers("++--"), sentences, pd.concat([mentions, other])).matched == 2


def test_the_last_row_is_the_mean_over_codes_with_a_value():
    sentences, mentions = corpus(10, 5)
    labels = pd.concat([answers("++++-" + "+----"), answers("-" * 9 + "+", "mayor")])
    harbour, mayor, macro = accuracy(labels, mentions, sentences, CODES).itertuples(index=False)
    assert (macro.kind, macro.code, macro.sentences, macro.yes) == ("macro", "all", 20, 6)
    assert macro.basis == "mean over codes: precision of 1, recall of 2"
    assert (macro.precision, macro.precision_low) == (harbour.precision, harbour.precision_low)
    assert macro.recall == pytest.approx((harbour.recall + mayor.recall) / 2)
    assert macro.f1 == pytest.approx((harbour.f1 + 0) / 2)
    below = np.hypot(harbour.recall - harbour.recall_low, mayor.recall - mayor.recall_low)
    assert macro.recall_low == pytest.approx(macro.recall - below / 2)


def test_accuracy_does_not_depend_on_the_order_of_the_tables():
    sentences, mentions = corpus(40, 9, articles="ab")
    labels = pd.concat([answers("++-+" + " " * 8 + "-+-"), answers("+---", "mayor", article="b")])
    table = accuracy(labels, mentions, sentences, CODES)
    pd.testing.assert_frame_equal(table, accuracy(labels[::-1], mentions[::-1], sentences[::-1], CODES))


def test_without_labels_accuracy_and_agreement_are_empty():
    sentences, mentions = corpus(2, 1)
    table = accuracy(answers(""), mentions, sentences, CODES)
    assert table.empty and set(ENDS) < set(table.columns)
    assert agreement(answers("")).empty


def test_a_labelled_code_of_a_topic_and_an_actor_is_refused():
    sentences, mentions = corpus(2, 1)
    both = pd.concat([CODES, CODES.assign(kind="actor", code="harbour")[:1]])
    with pytest.raises(CorpusError, match="'harbour' is a topic and an actor"):
        accuracy(answers("+-"), mentions, sentences, both)
    assert len(accuracy(answers("+-", "mayor"), mentions, sentences, both)) == 2


def coders(*said):
    return agreement(pd.concat([answers(signs, coder=str(n)) for n, signs in enumerate(said)])).iloc[0]


def test_agreement_is_alpha_over_the_sentences_answered_twice():
    row = coders("++++++----+-", "+++++-----+ ", "          - ")
    assert (row.code, row.coders, row.pairs) == ("harbour", 3, 11)
    counts = [[2, 0]] * 5 + [[1, 1]] + [[0, 2]] * 4 + [[2, 1]]
    assert (row.alpha, row.alpha_low, row.alpha_high) == stats.krippendorff_alpha(counts)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (["+-+-"], "one coder"),
        (["++  ", "  --"], "no sentence answered twice"),
        (["++++++", "++++++"], "all answers alike"),
        (["+-+-", "+---"], "fewer than 5 sentences"),
        (["+-+-+-", "+-+-+-"], "no disagreement"),
        (["+-" * 60, "+-" * 58 + "++--"], "reliable"),
        (["+-" * 60, "+-" * 48 + "++--" * 6], "for tentative conclusions"),
        (["+-" * 6, "+-" * 5 + "++"], "not settled by so few sentences"),
        (["+-" * 6, "++--" + "+-" * 3 + "++"], "not settled by so few sentences"),
        (["+-" * 20, "++--" * 10], "unreliable"),
    ],
)
def test_the_verdict_goes_by_the_whole_interval(said, verdict):
    assert coders(*said).verdict == verdict


def test_agreement_does_not_depend_on_the_order_of_the_labels():
    labels = pd.concat([answers("++-+--+-", coder="1"), answers("+--+-++-", coder="2")])
    pd.testing.assert_frame_equal(agreement(labels), agreement(labels[::-1]))
