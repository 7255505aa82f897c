"""Distinctive words: the figures of other programs, the shuffling, and texts too small for either."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from helpers.topics.distinct import stability
from helpers.topics.keyness import (
    ARTICLES,
    NOTHING,
    PARAGRAPHS,
    PRIOR_SHARE,
    by_group,
    chance,
    count_terms,
    keyness,
)

# Four sentences made up for this comparison, two a side, and what was computed from their counts.
CHARTER = {
    "A": "the charter opens a new corridor the corridor links asia and europe "
    "leaders hail the historic charter and the historic visit",
    "B": "reuters reports the charter covers arms sales and energy "
    "the arms deal angers moscow and tehran the charter tests moscow",
}
CONVOKIT = {"the": 0.371467, "and": -0.049038, "corridor": 0.954737, "a": 0.725999, "arms": -0.983016,
            "deal": -0.753049, "charter": -0.049038, "historic": 0.954737, "moscow": -0.983016}  # fmt: skip
SCATTERTEXT = {"the": 0.341675, "and": -0.046744, "corridor": 0.950601, "a": 0.723046, "arms": -0.97874,
               "deal": -0.74998, "charter": -0.046744, "historic": 0.950601, "moscow": -0.97874}  # fmt: skip
LETTERS = {"A": [3, 2, 6, 1, 1, 1, 1, 2], "B": [2, 1, 2, 4, 1, 1, 0, 1]}
QUANTEDA = {
    ("chi2", "none"): [0.004739, 0.089304, 1.221872, -3.715033, -0.065813, -0.065813, 0.731092, 0.089304],
    ("chi2", "yates"): [0.004739, 0.089304, 0.467298, -2.040247, -0.065813, -0.065813, 0.731092, 0.089304],
    ("g2", "none"): [0.004751, 0.091242, 1.274238, -3.779441, -0.064901, -0.064901, 1.093291, 0.091242],
    ("g2", "yates"): [0.004751, 0.091242, 0.477347, -2.028084, -0.064901, -0.064901, 1.093291, 0.091242],
}


def z_of(group, counts, **options):
    table = keyness(counts, **options)
    return table[table.group == group].set_index("term").z


def squared(z):
    return (z * z.abs()).tolist()


def texts(**paragraphs):
    """Sentences of articles, a list of paragraphs each; every article is its own group."""
    rows = [
        (article_id, number, number == 0, text)
        for article_id, told in paragraphs.items()
        for number, text in enumerate(["A headline about the lighthouse", *told])
    ]
    sentences = pd.DataFrame(rows, columns=["article_id", "paragraph", "heading", "text"])
    return sentences.astype({"heading": bool}), pd.Series({name: name for name in paragraphs}, dtype=str)


def dealt(number, of, seed=0, words=None):
    """`number` articles of five paragraphs, sixty words each at random out of a hundred, in `of` groups.

    In the first group every paragraph has `words` as well.
    """
    draw = np.random.default_rng(seed)
    vocabulary = np.array([f"w{n:02d}" for n in range(100)])
    groups = {f"t{n:02d}": "abcdefgh"[n % of] for n in range(number)}
    told = {
        name: [
            " ".join(draw.choice(vocabulary, 60)) + (f" {words}" if words and group == "a" else "")
            for _ in range(5)
        ]
        for name, group in groups.items()
    }
    return texts(**told)[0], pd.Series(groups)


@pytest.fixture(scope="module")
def charter():
    counts = {group: pd.Series(text.split()).value_counts() for group, text in CHARTER.items()}
    return pd.DataFrame(counts).fillna(0).astype(int)


@pytest.mark.parametrize(("variance", "expected"), [("two_term", CONVOKIT), ("four_term", SCATTERTEXT)])
def test_log_odds_agree_with_convokit_and_scattertext(charter, variance, expected):
    z = z_of("A", charter, prior=0.1, variance=variance)
    assert len(z) == 25
    assert z[list(expected)].to_dict() == pytest.approx(expected, abs=1e-6)
    assert np.allclose(z_of("B", charter, prior=0.1, variance=variance), -z)


@pytest.mark.parametrize(("method", "correction"), QUANTEDA)
def test_chi2_and_g2_agree_with_quanteda(method, correction):
    counts = pd.DataFrame(LETTERS, index=list("abcdefgh"))
    z = z_of("A", counts, method=method, correction=correction)
    assert squared(z) == pytest.approx(QUANTEDA[method, correction], abs=1e-6)


@pytest.mark.parametrize(
    ("method", "correction", "expected"),
    [
        ("chi2", "none", -4.33716),
        ("chi2", "yates", -2.632438),
        ("g2", "none", -4.534939),
        ("g2", "yates", -2.702844),
        ("g2", "williams", -4.200833),
    ],
)
def test_each_correction_gives_the_figure_of_quanteda(method, correction, expected):
    counts = pd.DataFrame({"A": [2, 7], "B": [7, 3]}, index=["a", "b"])
    assert squared(z_of("A", counts, method=method, correction=correction))[0] == pytest.approx(
        expected, abs=1e-6
    )


def test_the_informative_prior_spreads_its_mass_like_all_words():
    counts = pd.DataFrame({"A": [30, 10], "B": [20, 40]}, index=["ferry", "bridge"])
    alpha = 10 * np.array([50, 50]) / 100
    ferry = np.log((30 + alpha[0]) / (10 + alpha[1])) - np.log((20 + alpha[0]) / (40 + alpha[1]))
    table = keyness(counts, prior_mass=10)
    assert table.effect[0] == pytest.approx(ferry)
    assert table.effect[0] < keyness(counts, prior_mass=1).effect[0]
    assert keyness(counts).equals(keyness(counts, prior_mass=PRIOR_SHARE * 100))


def test_a_group_is_compared_with_all_the_others():
    counts = pd.DataFrame({"A": [9, 40], "B": [1, 30], "C": [2, 20]}, index=["ferry", "town"])
    pair = pd.DataFrame({"A": counts.A, "rest": counts.B + counts.C})
    assert z_of("A", counts).equals(z_of("A", pair))
    table = keyness(counts)
    assert table.group.tolist() == ["A", "A", "B", "B", "C", "C"]
    assert table["count"].tolist() == [9, 40, 1, 30, 2, 20]
    assert table.rate[0] == pytest.approx(1000 * 9 / 49)


def test_the_log_ratio_of_a_word_twice_as_frequent_is_one():
    counts = pd.DataFrame({"A": [8, 92, 0, 4], "B": [4, 92, 8, 0]}, index=["ferry", "town", "quay", "pier"])
    effect = keyness(counts, method="g2").effect[:4].tolist()
    assert effect == pytest.approx([1, 0, -4, 3])  # a count of 0 is read as one half


def test_rare_words_are_described_and_not_tested():
    counts = pd.DataFrame({"A": [2, 9, 40], "B": [0, 1, 50]}, index=["quay", "ferry", "town"])
    quay, ferry, town = keyness(counts)[:3].itertuples()
    assert quay.z > 0 and np.isnan([quay.p, quay.q]).all()
    assert town.p < ferry.p < 0.05
    assert (town.q, ferry.q) == pytest.approx((2 * town.p, ferry.p))  # two tests, not three


def test_p_is_two_sided():
    counts = pd.DataFrame({"A": [20, 80], "B": [8, 92]}, index=["ferry", "town"])
    p = chi2_contingency(counts, correction=False).pvalue
    assert keyness(counts, method="chi2").p.tolist() == pytest.approx([p] * 4)


@pytest.mark.parametrize("wrong", [{"method": "tfidf"}, {"variance": "2"}, {"correction": "fisher"}])
def test_an_unknown_option_is_refused_with_those_that_are_known(wrong):
    with pytest.raises(ValueError, match="unknown here; known are"):
        keyness(pd.DataFrame({"A": [1], "B": [2]}), **wrong)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"prior": "uninformative"}, "prior is 'uninformative'; give \"informative\" or a number above 0"),
        ({"prior": 0}, "prior is 0"),
        ({"prior": -1.0}, "prior is -1.0"),
        ({"prior": np.inf}, "prior is inf"),
        ({"prior": np.nan}, "prior is nan"),
        ({"prior_mass": 0}, "prior_mass is 0; give a number above 0"),
        ({"prior_mass": -5}, "prior_mass is -5"),
        ({"prior_mass": np.nan}, "prior_mass is nan"),
        ({"prior": 0.1, "prior_mass": 500}, "prior_mass is 500; .* with an informative prior"),
        ({"method": "g2", "prior": 0.1}, "g2 has no prior"),
        ({"method": "chi2", "prior_mass": 500}, "chi2 has no prior"),
        ({"method": "chi2", "variance": "two_term"}, "chi2 has no .* variance"),
        ({"correction": "yates"}, "log_odds has no correction"),
    ],
)
def test_an_option_that_would_give_nonsense_or_do_nothing_is_refused(wrong, told):
    with pytest.raises(ValueError, match=told):
        keyness(pd.DataFrame({"A": [1, 3], "B": [2, 1]}), **wrong)


@pytest.mark.parametrize("method", ["log_odds", "g2", "chi2"])
def test_a_group_without_words_has_no_keyness(method):
    table = keyness(pd.DataFrame({"A": [4, 5], "B": [0, 0]}, index=["ferry", "town"]), method=method)
    assert table[["effect", "z", "p", "q"]].isna().all(axis=None)


def test_terms_are_counted_by_paragraph_without_headlines():
    sentences, groups = texts(b=["The ferry sank.", "An old ferry, the old pier."], a=["A pier."])
    heading = pd.DataFrame([("b", 3, True, "What the mayor knew")], columns=sentences.columns)
    counted = count_terms(pd.concat([sentences, heading]), groups)
    assert counted.units.values.tolist() == [["a", 1, "a"], ["b", 1, "b"], ["b", 2, "b"]]
    assert counted.terms.tolist() == ["ferry", "old", "pier", "sank"]
    assert counted.matrix.toarray().tolist() == [[0, 0, 1, 0], [1, 0, 0, 1], [1, 2, 1, 0]]
    assert by_group(counted).loc["ferry"].to_dict() == {"a": 0, "b": 2}


def test_an_article_without_a_group_is_not_counted():
    sentences, groups = texts(a=["A ferry."], b=["A pier."], c=["A crane."])
    counted = count_terms(sentences, groups.drop("a").replace("c", np.nan))
    assert counted.terms.tolist() == ["pier"] and counted.units.article_id.tolist() == ["b"]


def test_the_order_of_sentences_changes_nothing():
    sentences, groups = dealt(4, of=2, words="lighthouse ferry")
    shuffled = sentences.sample(frac=1, random_state=1)
    first, second = (chance(count_terms(given, groups), draws=20) for given in (sentences, shuffled))
    assert first[0].equals(second[0]) and first[1].equals(second[1])


def test_a_word_in_every_paragraph_of_one_text_survives_and_others_do_not():
    counted = count_terms(*dealt(5, of=5, words="lighthouse ferry lighthouse ferry"))
    terms, groups = chance(counted)
    assert terms[["group", "term"]].equals(keyness(by_group(counted))[["group", "term"]])
    survive = terms[(terms.group == "a") & (terms.q_chance <= 0.05)]
    assert survive.term.tolist() == ["ferry", "lighthouse"]
    assert terms.q_chance.between(1 / 401, 1).all()
    first = groups.set_index("group").loc["a"]
    assert (first.articles, first.paragraphs, first.tested) == (1, 5, 102)
    assert first.beyond > first.expected and groups.basis.eq(PARAGRAPHS).all()


def test_texts_dealt_at_random_show_as_many_words_as_chance_and_one_page_in_twenty_a_survivor():
    found = [chance(count_terms(*dealt(5, of=5, seed=seed)), draws=100) for seed in range(40)]
    pages = [(terms.q_chance <= 0.05).any() for terms, _ in found]
    assert np.mean(pages) <= 0.1
    beyond, expected = (sum(groups[name].sum() for _, groups in found) for name in ("beyond", "expected"))
    assert beyond == pytest.approx(expected, rel=0.15)


def test_whole_articles_are_shuffled_where_each_group_has_ten():
    many, few = (chance(count_terms(*dealt(number, of=2)), draws=5)[1] for number in (20, 19))
    assert many.basis.eq(ARTICLES).all() and few.basis.eq(PARAGRAPHS).all()
    assert many[["articles", "paragraphs"]].to_numpy().tolist() == [[10, 50], [10, 50]]


def test_a_lone_text_does_not_keep_articles_of_other_groups_from_being_shuffled():
    sentences, groups = dealt(21, of=2)
    sentences.loc[sentences.article_id.isin(["t00", "t02"]) & ~sentences.heading, "text"] += " ferry ferry"
    sentences.loc[sentences.article_id.eq("t20") & ~sentences.heading, "text"] += " crane crane crane"
    groups["t20"] = "lone"
    terms, summary = chance(count_terms(sentences, groups))
    assert summary.basis.tolist() == [ARTICLES, ARTICLES, PARAGRAPHS]
    q = terms.set_index(["group", "term"]).q_chance
    assert q[[("a", "ferry"), ("b", "ferry")]].gt(0.2).all()
    assert q["lone", "crane"] <= 0.05
    assert q[[("a", "crane"), ("b", "crane")]].gt(0.2).all()  # the lone text stays where it is


def test_one_large_group_is_shuffled_with_all_others_if_they_have_as_many_articles():
    sentences, groups = dealt(20, of=2, words="lighthouse")
    sentences.loc[sentences.article_id.isin(["t00", "t02"]) & ~sentences.heading, "text"] += " ferry ferry"
    others = groups[groups == "b"].index
    terms, summary = chance(count_terms(sentences, groups.mask(groups == "b", groups.index.to_series())))
    assert summary.basis.tolist() == [ARTICLES] + [PARAGRAPHS] * 10
    q = terms.set_index(["group", "term"]).q_chance
    assert q["a", "lighthouse"] <= 0.05 and q["a", "ferry"] > 0.2
    few = chance(count_terms(sentences, groups.drop(others[0])), draws=5)[1]
    assert few.basis.eq(PARAGRAPHS).all()
    assert chance(count_terms(sentences, groups.drop(others)), draws=5)[1].basis.tolist() == [NOTHING]


def test_the_rate_is_that_of_one_list_of_all_groups():
    counted = count_terms(*dealt(6, of=3, words="lighthouse"))
    table = keyness(by_group(counted)).assign(q_chance=chance(counted, draws=50)[0].q_chance)
    assert table.assign(far=table.z.abs()).sort_values("far").q_chance.is_monotonic_decreasing


def test_words_of_two_articles_do_not_survive_the_shuffling_of_articles():
    sentences, groups = dealt(20, of=2)
    sentences.loc[sentences.article_id.isin(["t00", "t02"]) & ~sentences.heading, "text"] += " ferry ferry"
    terms, _ = chance(count_terms(sentences, groups))
    assert terms.set_index(["term", "group"]).q_chance.loc["ferry"].gt(0.2).all()
    paragraphs, _ = chance(count_terms(sentences, groups.drop("t19")))
    assert paragraphs.set_index(["term", "group"]).q_chance.loc["ferry"].lt(0.05).all()


def test_the_rate_falls_with_distance_and_equal_counts_share_it():
    counted = count_terms(*dealt(6, of=2, words="lighthouse ferry"))
    table = keyness(by_group(counted)).assign(q_chance=chance(counted, draws=50)[0].q_chance)
    for _, rows in table.assign(far=table.z.abs().round(9)).groupby("group"):
        assert rows.sort_values("far").q_chance.is_monotonic_decreasing
        assert rows.groupby("far").q_chance.nunique().eq(1).all()


def test_two_articles_that_can_be_shuffled_in_few_orders_show_nothing():
    told = ["ferry ferry ferry", "ferry ferry ferry"], ["bridge bridge bridge", "bridge bridge bridge"]
    terms, groups = chance(count_terms(*texts(a=told[0], b=told[1])))
    assert groups.basis.eq(PARAGRAPHS).all() and groups.beyond.tolist() == [2, 2]
    assert terms.q_chance.to_numpy() == pytest.approx(1 / 3, abs=0.06)  # two of six orders are as far apart


def test_a_text_of_one_paragraph_is_not_shuffled():
    told = ["the ferry sank near the ferry pier", "a ferry"], ["the bridge", "old bridge"], ["ferry " * 30]
    terms, groups = chance(count_terms(*texts(a=told[0], b=told[1], c=told[2])), draws=20)
    assert groups.basis.tolist() == [PARAGRAPHS, PARAGRAPHS, NOTHING]
    assert groups.expected.isna().tolist() == [False, False, True]
    assert terms[terms.group == "c"].q_chance.isna().all()
    ferry = terms[terms.term == "ferry"].set_index("group").q_chance
    assert ferry.notna().tolist() == [True, True, False]


def test_a_text_of_one_paragraph_stays_in_its_group_when_others_are_shuffled():
    told = texts(a=["ferry " * 20] * 2, b=["ferry " * 20] * 8, c=["crane " * 9])
    terms, groups = chance(count_terms(*told), draws=20)
    assert groups.beyond.tolist() == [0, 2, 2] and groups.expected.tolist()[:2] == [0, 2]
    assert terms.q_chance[terms.group != "c"].eq(1).all()


def test_a_lone_text_stays_in_its_group_when_articles_of_others_are_shuffled():
    articles = {f"t{number}": ["ferry " * 20] for number in range(50)}
    sentences, _ = texts(lone=["crane " * 9], **articles)
    groups = pd.Series(["a"] * 10 + ["b"] * 40 + ["lone"], [*articles, "lone"])
    terms, summary = chance(count_terms(sentences, groups), draws=20)
    assert summary.basis.tolist() == [ARTICLES, ARTICLES, NOTHING]
    assert summary.beyond.tolist() == [0, 2, 2] and summary.expected.tolist()[:2] == [0, 2]
    assert terms.q_chance[terms.group != "lone"].eq(1).all()


def test_rare_words_are_not_asked_for_after_shuffling():
    counted = count_terms(*texts(a=["ferry ferry pier", "ferry pier"], b=["bridge bridge", "bridge"]))
    terms, groups = chance(counted, draws=20)
    assert groups.tested.tolist() == [2, 2]
    assert (terms.q_chance.isna() == (terms.term == "pier")).all()


def test_nothing_is_shuffled_beside_a_text_of_one_paragraph_alone():
    terms, groups = chance(count_terms(*texts(a=["a ferry", "the ferry", "ferry"], b=["the bridge"])))
    assert groups.basis.eq(NOTHING).all() and groups.expected.isna().all() and terms.q_chance.isna().all()
    alone, groups = chance(count_terms(*texts(a=["a ferry", "the ferry", "ferry"])))
    assert groups.basis.tolist() == [NOTHING] and alone.q_chance.isna().all()


def test_an_empty_corpus_gives_empty_tables():
    sentences, groups = texts()
    counted = count_terms(sentences, groups)
    table = keyness(by_group(counted))
    terms, summary = chance(counted)
    assert table.empty and list(table) == ["group", "term", "count", "rate", "effect", "z", "p", "q"]
    assert terms.empty and list(terms) == ["group", "term", "q_chance"]
    assert summary.empty and summary.columns[-1] == "basis"
    assert stability(counted, table).empty


def test_a_word_of_one_article_is_less_stable_than_one_of_all():
    sentences, groups = dealt(8, of=2, words="lighthouse")
    sentences.loc[sentences.article_id.eq("t00") & ~sentences.heading, "text"] += " ferry ferry"
    counted = count_terms(sentences, groups)
    table = keyness(by_group(counted)).query("group == 'a' and term in ('ferry', 'lighthouse')")
    assert (table.z > 1.96).all()
    assert stability(counted, table).to_dict() == dict(zip(table.index, [7 / 8, 1.0], strict=True))


def test_stability_is_what_counting_without_the_article_gives():
    sentences, groups = dealt(5, of=2, words="lighthouse")
    counted = count_terms(sentences, groups)
    table = keyness(by_group(counted))
    kept = [
        table.merge(keyness(by_group(count_terms(sentences, groups.drop(left)))), "left", ["group", "term"])
        .eval("z_x * z_y > 0 and abs(z_y) > 1.96")
        for left in groups.index
    ]  # fmt: skip
    assert stability(counted, table).tolist() == pytest.approx(np.mean(kept, axis=0).tolist())


def test_the_only_article_of_a_group_is_never_left_out():
    sentences, groups = dealt(3, of=2, words="lighthouse lighthouse")
    lone = count_terms(sentences, groups.drop("t02"))
    assert stability(lone, keyness(by_group(lone))).isna().all()
    counted = count_terms(sentences, groups)
    table = keyness(by_group(counted)).query("term == 'lighthouse'")
    assert stability(counted, table).tolist() == [1, 1]
