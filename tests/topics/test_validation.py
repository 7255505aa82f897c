import numpy as np
import pandas as pd
import pytest

from helpers import stats
from helpers.paths import CorpusError
from helpers.topics import validation
from helpers.topics.labels import sample
from helpers.topics.validation import accuracy, agreement

CODES = pd.DataFrame(
    {"kind": ["topic", "actor"], "code": ["harbour", "mayor"], "label": ["Harbour", "The mayor"]}
).assign(position=[0, 1], definition="")
ENDS = ["precision", "precision_low", "precision_high", "recall", "recall_low", "recall_high", "f1"]


def corpus(length, matched, code="harbour", articles="a"):
    """Tables of articles of so many sentences, a paragraph each; of each the first so many are matched."""
    rows = [(f"{a}:s{n:03d}", a, n) for a in articles for n in range(1, length + 1)]
    sentences = pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph"])
    sentences = sentences.assign(start=0, text="Words.")
    kind = dict(zip(CODES.code, CODES.kind, strict=True))[code]
    hits = sentences.sentence_id[sentences.paragraph <= matched]
    return sentences, pd.DataFrame({"sentence_id": hits, "kind": kind, "code": code})


def answers(said, code="harbour", coder="1", article="a"):
    """Labels of the sentences of an article in order: + is yes, - is no, anything else no answer."""
    rows = [(f"{article}:s{n:03d}", sign == "+") for n, sign in enumerate(said, 1) if sign in "+-"]
    return pd.DataFrame(rows, columns=["sentence_id", "label"]).assign(code=code, coder=coder, draw="")


def drawn(sentences, mentions, right, missed, per_code=20):
    """A sample on the harbour: a yes for the first so many of those matched, and of the others."""
    asked = sample(sentences, mentions, CODES[:1], per_code)
    hit = asked.sentence_id.isin(mentions.sentence_id)
    return asked.assign(label=asked.groupby(hit).cumcount() < np.where(hit, right, missed), coder="1")


def one(labels, sentences, mentions):
    return accuracy(labels, mentions, sentences, CODES).iloc[0]


def test_of_texts_labelled_whole_precision_and_recall_are_plain_shares():
    row = one(answers("++++-" + "+----"), *corpus(10, 5))
    assert (row.kind, row.code, row.label, row.basis) == ("topic", "harbour", "Harbour", validation.WHOLE)
    assert (row.sentences, row.yes, row.matched, row.disputed) == (10, 5, 5, 0)
    assert (row.precision, row.recall, row.f1) == pytest.approx((0.8, 0.8, 0.8))
    low, high = stats.wilson(4, 5)
    assert (row.precision_low, row.precision_high) == (row.recall_low, row.recall_high) == (low, high)


def test_labels_that_were_not_drawn_weigh_the_same_whatever_was_left_blank():
    row = one(answers("++++-" + "+--- "), *corpus(10, 5, articles="abc"))
    assert row.basis == validation.WHOLE and row.sentences == 9 and row.recall == 0.8


def test_a_balanced_sample_does_not_flatter_recall():
    tables = corpus(1050, 50)
    row = one(drawn(*tables, 9, 1), *tables)
    found, missed = 50 * 0.9, 1000 * 0.1
    low, high = stats.wilson(9, 10)
    assert (row.precision, row.precision_low, row.precision_high) == (0.9, low, high)
    assert row.recall == pytest.approx(found / (found + missed))  # not .9, as among the labels
    assert row.f1 == pytest.approx(2 * 0.9 * row.recall / (0.9 + row.recall))
    assert row.basis == "a sample: 10 of 50 sentences then matched and 10 of 1000 others"


def test_the_ends_of_a_weighted_recall_take_the_worse_end_of_both_strata():
    tables = corpus(1050, 50)
    row = one(drawn(*tables, 9, 1), *tables)
    (found_low, found_high), (missed_low, missed_high) = stats.wilson(9, 10), stats.wilson(1, 10)
    assert row.recall_low == pytest.approx(50 * found_low / (50 * found_low + 1000 * missed_high))
    assert row.recall_high == pytest.approx(50 * found_high / (50 * found_high + 1000 * missed_low))


def test_a_sample_that_found_nothing_missed_is_not_sure_of_it():
    tables = corpus(1050, 50)
    row = one(drawn(*tables, 10, 0), *tables)
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
    tables = corpus(100, 2)
    for row in (one(answers("----"), *corpus(4, 2)), one(drawn(*tables, 0, 0), *tables)):
        assert row.precision == 0 and row[["recall", "recall_low", "recall_high", "f1"]].isna().all()


def test_a_code_that_never_matched_has_no_precision_and_finds_nothing():
    tables = corpus(100, 0)
    for row in (one(answers("+---"), *tables), one(drawn(*tables, 0, 1), *tables)):
        assert row[["precision", "precision_low", "precision_high"]].isna().all()
        assert (row.recall, row.f1) == (0, 0)


def test_a_sample_without_a_sentence_of_a_stratum_tells_nothing_of_recall():
    tables = corpus(10, 5)
    labels = drawn(*tables, 10, 10)
    hit = labels.sentence_id.isin(tables[1].sentence_id)
    assert np.isnan(one(labels[hit], *tables).recall) and one(labels[hit], *tables).precision == 1
    assert np.isnan(one(labels[~hit], *tables).recall)
    assert (
        one(drawn(*corpus(10, 10), 10, 0), *corpus(10, 10)).recall == 1
    )  # nothing else was there to be missed


@pytest.mark.parametrize("now", [50, 100, 150])
def test_mended_terms_are_judged_by_what_they_match_now(now):
    """The first 100 of 1,000 were matched and right, nothing else is: by now so many of the first are."""
    sentences, mentions = corpus(1000, 100)
    labels = drawn(sentences, mentions, 100, 0, per_code=200)
    row = one(labels, *corpus(1000, now))
    assert row.precision == pytest.approx(min(100 / now, 1), abs=0.04)
    assert row.recall == pytest.approx(min(now / 100, 1), abs=0.04)
    assert row.precision_low <= min(100 / now, 1) <= row.precision_high


def test_no_more_is_found_than_is_matched_now_though_the_sample_saw_nothing_go():
    sentences, mentions = corpus(1000, 50)
    labels = drawn(sentences, mentions, 2, 1, per_code=4)
    seen = mentions.sentence_id.isin(labels.sentence_id)
    row = one(labels, sentences, pd.concat([mentions[seen], mentions[~seen][:28]]))
    assert row.recall == pytest.approx(30 / (30 + 970 / 2))


def test_the_intervals_of_mended_terms_cover_the_truth():
    """60 matches, all right; mending adds 140, of which 42 are right, and 20 are never found."""
    random, told = np.random.default_rng(0), []
    sentences, _ = corpus(1600, 0)
    for _ in range(100):
        ids = random.permutation(sentences.sentence_id)
        before, now = (
            pd.DataFrame({"sentence_id": ids[:n], "kind": "topic", "code": "harbour"}) for n in (60, 200)
        )
        labels = sample(sentences, before, CODES[:1]).assign(coder="1")
        yes = labels.sentence_id.isin([*ids[:102], *ids[-20:]])
        told.append(one(labels.assign(label=yes), sentences, now))
    told = pd.DataFrame(told)
    for name, truth in (("precision", 102 / 200), ("recall", 102 / 122)):
        assert told[name].mean() == pytest.approx(truth, abs=0.1)
        assert told[f"{name}_low"].le(truth).mul(told[f"{name}_high"].ge(truth)).sum() >= 90


def test_of_a_code_with_drawn_labels_the_others_are_left_out():
    tables = corpus(1050, 50)
    sample_alone, both = drawn(*tables, 9, 1), answers("+" * 3)
    row = one(pd.concat([sample_alone, both[~both.sentence_id.isin(sample_alone.sentence_id)]]), *tables)
    assert row.precision == one(sample_alone, *tables).precision and row.sentences == 20
    assert row.basis.endswith("others; left out: 3 labelled sentences that were not drawn")


def test_labels_of_two_draws_count_by_their_own_strata():
    first, second = corpus(1000, 50), corpus(1000, 100)
    labels = pd.concat([drawn(*first, 10, 0), drawn(*second, 5, 0)]).drop_duplicates("sentence_id")
    assert one(labels, *second).basis.count("then matched") == 2


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
    labels = pd.concat([drawn(sentences, mentions, 7, 2), answers("+---", "mayor", article="b")])
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


def test_of_a_sample_the_page_says_what_was_labelled_and_of_a_whole_reading_nothing_more():
    sentences, mentions = corpus(60, 20)
    told = validation.trust_in_words(
        validation.trust(drawn(sentences, mentions, 8, 1), mentions, sentences, CODES)
    )
    assert told.labelled.iloc[0] == "a sample: 10 of 20 sentences then matched and 10 of 40 others"
    whole = answers("+" * 20 + "-" * 40)
    told = validation.trust_in_words(validation.trust(whole, mentions, sentences, CODES))
    assert "labelled" not in told
