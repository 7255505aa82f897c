import numpy as np
import pandas as pd
import pytest
from scipy.stats import t, ttest_ind

from helpers import clusters, tables, tone
from helpers.reporting import evidence
from helpers.tone import compare

EVEN = [0.6, 0.2, -0.2, 0.4, 0.0, 0.5]


def corpus(said, genre="news"):
    """Tables tone, sentences and groups: text → (voice → scores, a paragraph and a sentence each)."""
    rows = [
        (f"{text}:s{10 * v + n:03d}", text, 10 * v + n, voice, score)
        for text, voices in said.items()
        for v, (voice, scores) in enumerate(voices.items())
        for n, score in enumerate(scores, 1)
    ]
    table = pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph", "voice", "score"])
    table = table.assign(start=4, end=9, actor="mayor", confidence=0.9, event=0.0, evaluation=0.0)
    labels = np.select([table.score < -0.3, table.score > 0.3], ["negative", "positive"], "neutral")
    groups = pd.DataFrame({"by": "article_id", "group": [*said], "article_id": [*said]})
    sentences = table[["sentence_id", "article_id", "paragraph"]]
    return table.assign(label=labels, text="The mayor came."), sentences, groups


def read(said):
    """`corpus` with table tone as 03 writes it."""
    table, sentences, groups = corpus(said)
    return table.drop(columns=["article_id", "paragraph", "text"]), sentences, groups


def means(said, threshold=0.5, **options):
    found = tables.check("tone_means", tone.means(*read(said), threshold, **options))
    return found.set_index(["group", "voice"])


def compared(said, threshold=0.5, **options):
    return checked(tone.contrasts(*read(said), threshold, **options))


def checked(found):
    added = {"read_a": 0, "read_b": 0, "corrected": None, "corrected_low": None, "corrected_high": None}
    return tables.check("contrasts", found.assign(**added, corrected_p=None, corrected_q=None, finding=False))


def several(texts, scores, shift=0.0, prefix="t"):
    return {f"{prefix}{n:02d}": {"own": np.array(scores) + shift + 0.01 * (n % 3)} for n in range(texts)}


def test_voices_are_never_mixed():
    found = means({"a": {"own": [0.5, 0.7], "quoted": [-0.5]}})
    assert found["mean"].to_dict() == {("a", "own"): 0.6, ("a", "quoted"): -0.5}
    assert set(compared({"a": {"own": EVEN}, "b": {"quoted": EVEN}}).voice) == set()


def test_a_mention_in_no_known_voice_counts_nowhere():
    table, sentences, groups = read({"a": {"own": EVEN}})
    found = tone.means(table.assign(voice=[None] + ["own"] * 5), sentences, groups, 0.5)
    assert found.mentions.tolist() == [5]


def test_unsure_mentions_are_counted_and_left_out_of_the_mean():
    table, sentences, groups = read({"a": {"own": [0.8, 0.6, -0.9]}, "b": {"own": [0.5]}})
    table["confidence"] = [0.7, 0.9, 0.4, 0.1]
    found = tables.check("tone_means", tone.means(table, sentences, groups, 0.7)).set_index("group")
    assert found.loc["a", ["mentions", "sure", "negative", "neutral", "positive", "mean"]].tolist() == [
        3, 2, 0, 0, 2, pytest.approx(0.7),
    ]  # fmt: skip
    assert found.loc["b", ["mentions", "sure"]].tolist() == [1, 0] and np.isnan(found.loc["b", "mean"])
    assert found.loc["b"].basis == "no mention surely read"


def test_below_ten_texts_paragraphs_are_the_draws_and_the_basis_says_so():
    found = means({"a": {"own": EVEN}, "b": {"own": EVEN[:4]}})
    assert found.basis.tolist() == [
        "6 paragraphs of this article",
        "4 paragraphs of this article: too few for an interval",
    ]
    own = clusters.means(EVEN, range(6), [0] * 6)
    assert found.loc[("a", "own"), ["low", "high"]].tolist() == pytest.approx(own[["low", "high"]].iloc[0])
    assert found.loc[("b", "own"), ["low", "high"]].isna().all() and found.loc[("b", "own")]["mean"] == 0.25


@pytest.mark.parametrize(
    ("texts", "basis"), [(9, "54 paragraphs of these 9 texts"), (10, "10 texts, each a draw")]
)
def test_from_ten_texts_on_whole_texts_are_the_draws(texts, basis):
    table, sentences, groups = read(several(texts, EVEN))
    (row,) = tone.means(table, sentences, groups.assign(by="outlet", group="Quay"), 0.5).to_dict("records")
    own = table.merge(sentences)
    unit = own.article_id if texts == 10 else own.sentence_id
    expected = clusters.means(own.score, unit, ["Quay"] * len(own)).iloc[0]
    assert (row["low"], row["high"]) == pytest.approx((expected.low, expected.high))
    assert (row["basis"], row["n_texts"]) == (basis, texts)


def test_texts_whose_mentions_are_all_unsure_are_no_draws():
    table, sentences, groups = read(several(10, EVEN))
    table.loc[table.sentence_id.str.startswith("t09"), "confidence"] = 0.1
    (row,) = tone.means(table, sentences, groups.assign(by="outlet", group="Quay"), 0.5).to_dict("records")
    assert (row["basis"], row["n_texts"]) == ("54 paragraphs of these 9 texts", 10)


def test_mentions_of_one_paragraph_are_one_draw():
    table, sentences, groups = read({"a": {"own": EVEN}})
    twice = pd.concat([table, table.assign(start=20, end=25)])
    once, again = (tone.means(one, sentences, groups, 0.5).iloc[0] for one in (table, twice))
    assert (again.low, again.high) == pytest.approx((once.low, once.high)) and again.sure == 12


def test_readings_all_alike_have_no_interval_and_the_basis_says_why():
    row = means({"a": {"own": [0.2] * 6}}).iloc[0]
    assert np.isnan(row.low) and row.basis == "6 paragraphs of this article: all read alike, so no interval"


def test_an_interval_stays_within_the_scale():
    said = {"a": {"own": [1, 1, 1, 1, -1.0]}, "b": {"own": [-1, -1, -1, -1, 1.0]}}
    row = means(said).iloc[0]
    assert row.high == 1.0 and -1 < row.low < row["mean"]
    pair = compared(said).iloc[0]
    assert pair.high == 2.0 and pair.low < 0


def test_the_address_of_a_row_leads_to_its_sentences():
    table, sentences, groups = read({"a": {"own": EVEN, "quoted": [0.1]}, "b": {"own": EVEN}})
    pooled = groups.assign(by="outlet", group="Quay, news")
    stored = {"tone": table, "sentences": sentences, "groups": pd.concat([groups, pooled])}
    found = tone.means(table, sentences, stored["groups"], 0.5).set_index(["group", "voice"]).evidence
    assert found["a", "quoted"] == "tone?actor=mayor&article_id=a&voice=quoted"
    assert evidence.sentences(found["a", "quoted"], stored) == ["a:s011"]
    assert found["Quay, news", "own"] == "tone?actor=mayor&by=outlet&group=Quay%2C+news&voice=own"
    assert len(evidence.sentences(found["Quay, news", "own"], stored)) == 12


def carrying(sentences, *codes):
    rows = [(one, code) for code, ids in codes for one in ids]
    return pd.DataFrame(rows, columns=["sentence_id", "code"]).assign(kind="topic")


def test_a_topic_counts_the_sentences_that_carry_it_where_two_groups_can_be_compared():
    table, sentences, groups = read({"a": {"own": [*EVEN, 0.9]}, "b": {"own": [*EVEN, 0.9]}})
    ids = sentences.sentence_id
    some = ids[~ids.str.endswith("7")]
    topics = carrying(sentences, ("harbour", [*some, *some]), ("fish", ids[:7]))
    topics = pd.concat([topics, topics.assign(kind="actor", code="rival")])
    found = tables.check("tone_means", tone.means(table, sentences, groups, 0.5, topics))
    assert found.groupby("topic").mentions.agg(list).to_dict() == {"": [7, 7], "harbour": [6, 6]}
    assert found[found.topic == "harbour"]["mean"].tolist() == pytest.approx([0.25, 0.25])
    address = found[found.topic == "harbour"].evidence.iloc[0]
    stored = {"tone": table, "sentences": sentences, "mentions": topics}
    assert evidence.sentences(address, stored) == some[:6].tolist()
    pairs = checked(tone.contrasts(table, sentences, groups, 0.5, topics))
    assert pairs.topic.tolist() == ["", "harbour"]


def test_a_difference_is_the_first_group_less_the_second_with_welchs_test():
    (row,) = compared({"b": {"own": np.array(EVEN) - 0.6}, "a": {"own": EVEN}}).to_dict("records")
    found = ttest_ind(EVEN, np.array(EVEN) - 0.6, equal_var=False)
    ends = found.confidence_interval(0.95)
    assert (row["group_a"], row["group_b"]) == ("a", "b") and row["diff"] == pytest.approx(0.6)
    assert (row["p"], row["q"]) == pytest.approx((found.pvalue, found.pvalue))
    assert (row["low"], row["high"]) == pytest.approx((ends.low, ends.high))
    error = 0.6 / found.statistic
    assert row["smallest_detectable"] == pytest.approx((t.ppf(0.975, 10) + t.ppf(0.8, 10)) * error)
    assert row["verdict"] == "higher"


def test_a_verdict_is_by_the_corrected_p_value_and_can_go_either_way():
    wide = {
        name: {"own": np.array(EVEN) + shift} for name, shift in zip("abcd", (0, 0.5, 0, 0.02), strict=True)
    }
    found = compared(wide).set_index(["group_a", "group_b"])
    assert found.loc[("a", "b"), "p"] < 0.05 < found.loc[("a", "b"), "q"]
    assert set(found.verdict) == {"not distinguishable"}
    assert found.q.min() == pytest.approx(found.p.min() * 6)
    assert compared({"a": {"own": EVEN}, "b": {"own": np.array(EVEN) + 0.6}}).verdict.item() == "lower"


def test_a_pair_of_which_one_has_no_interval_is_too_little_text_and_no_test():
    found = compared({"a": {"own": EVEN}, "b": {"own": np.array(EVEN) - 0.6}, "c": {"own": EVEN[:4]}})
    assert found.verdict.tolist() == ["higher", "too little text", "too little text"]
    assert found.q.tolist()[0] == found.p.tolist()[0] and found.p[1:].isna().all()
    assert found["diff"].notna().all() and found[["low", "smallest_detectable"]][1:].isna().all(axis=None)


def test_the_smallest_difference_is_the_one_found_with_the_promised_probability():
    table, sentences, groups = read({"a": {"own": [0.0] * 12}, "b": {"own": [0.0] * 12}})
    runs = pd.concat([table.assign(actor=f"{n:03d}") for n in range(600)], ignore_index=True)
    runs["score"] = np.random.default_rng(5).normal(0, 0.25, len(runs))
    alike = tone.contrasts(runs, sentences, groups, 0.5)
    assert (alike.p < 0.05).mean() == pytest.approx(0.05, abs=0.02)
    runs.loc[runs.sentence_id.str.startswith("a"), "score"] += alike.smallest_detectable.mean()
    apart = tone.contrasts(runs, sentences, groups, 0.5)
    assert (apart.p < 0.05 / 600).mean() == pytest.approx(0.8, abs=0.05)


def test_splitting_by_topic_does_not_weigh_on_the_comparison_as_a_whole():
    said = {name: {"own": np.array(EVEN) + shift} for name, shift in zip("abc", (0, 0.5, 0.1), strict=True)}
    table, sentences, groups = read(said)
    topics = carrying(sentences, *((code, sentences.sentence_id) for code in ("one", "two")))
    alone, split = (tone.contrasts(table, sentences, groups, 0.5, some) for some in (None, topics))
    assert split[split.topic == ""].q.tolist() == pytest.approx(alone.q.tolist())
    assert split[split.topic != ""].q.min() == pytest.approx(6 * split.p.min())


def test_groupings_are_families_of_their_own():
    table, sentences, groups = read({"a": {"own": EVEN}, "b": {"own": np.array(EVEN) + 0.5}})
    both = pd.concat([groups, groups.assign(by="outlet", group=["Paper, news", "Other, news"])])
    found = tone.contrasts(table, sentences, both, 0.5)
    assert found.by.tolist() == ["article_id", "outlet"] and found.q.tolist() == found.p.tolist()


def test_two_texts_that_stand_for_themselves_in_a_grouping_are_compared_once():
    table, sentences, each = read({"a": {"own": EVEN}, "b": {"own": EVEN}, "c": {"own": EVEN}})
    outlets = each.assign(by="outlet", group=["a", "Paper, news", "c"])
    found = tone.contrasts(table, sentences, pd.concat([outlets, each]), 0.5)
    pairs = list(zip(found.by, found.group_a, found.group_b, strict=True))
    assert pairs.count(("article_id", "a", "c")) == 1 and ("outlet", "a", "c") not in pairs
    assert pairs.count(("outlet", "Paper, news", "a")) == 1
    assert len(tone.contrasts(table, sentences, outlets, 0.5)) == 3


def test_with_many_groups_those_with_most_text_are_paired_whatever_their_tone():
    said = several(compare.MOST + 5, EVEN)
    said |= {name: {"own": [*one["own"], 0.1]} for name, one in list(said.items())[5:]}
    found = compared(said)
    assert len(found) == 190 and set(found.group_a) | set(found.group_b) == set([*said][5:])
    assert len(means(said)) == compare.MOST + 5


def test_only_texts_of_one_genre_are_paired_where_genres_are_given():
    said = several(4, EVEN)
    genres = pd.Series(["news", "analysis", "news", "analysis"], [*said])
    found = compared(said, genres=genres)
    assert found[["group_a", "group_b"]].values.tolist() == [["t00", "t02"], ["t01", "t03"]]
    table, sentences, groups = read(said)
    groups["group"] = ["mixed", "mixed", "t02", "t03"]
    assert tone.contrasts(table, sentences, groups, 0.5, genres=genres).empty


def test_comparisons_do_not_depend_on_the_order_of_rows():
    table, sentences, groups = read(several(4, EVEN) | {"u": {"own": EVEN, "quoted": EVEN}})
    for function in (tone.means, tone.contrasts):
        again = function(table[::-1], sentences[::-1], groups[::-1], 0.5)
        pd.testing.assert_frame_equal(function(table, sentences, groups, 0.5), again)


def test_without_mentions_there_is_nothing_to_compare():
    table, sentences, groups = read({"a": {"own": EVEN}})
    assert tables.check("tone_means", tone.means(table[:0], sentences, groups, 0.5)).empty
    assert checked(tone.contrasts(table[:0], sentences, groups, 0.5)).empty
    assert checked(tone.contrasts(table, sentences, groups, 0.95)).empty


def test_extremes_are_sure_mentions_in_the_texts_own_voice_from_high_to_low():
    table, _, _ = corpus({"a": {"own": [0.5, -0.5, 0.0, 0.9, -0.9, 0.95], "quoted": [1.0, -1.0]}})
    table["confidence"] = np.where(table.score == 0.95, 0.2, 0.9)
    sentences = table[["sentence_id", "article_id", "paragraph", "text"]]
    scored = table.drop(columns=["article_id", "paragraph", "text"])
    found = tone.extremes(scored, sentences, 1, 0.5)
    assert found.score.tolist() == [0.9, -0.9]
    assert [row.text[row.start : row.end] for row in found.itertuples()] == ["mayor", "mayor"]
    assert tone.extremes(scored, sentences, 9, 0.5).score.tolist() == [0.9, 0.5, -0.5, -0.9]
    both = pd.concat([scored.assign(actor="town"), scored])  # the mayor counts for the town as well
    assert tone.extremes(both, sentences, 2, 0.5).actor.tolist() == ["mayor"] * 4
