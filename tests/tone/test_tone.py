import numpy as np
import pandas as pd
import pytest

from helpers import tables, tone
from helpers.paths import CorpusError

NOTHING = pd.DataFrame({"sentence_id": [], "start": [], "end": []})


def score(*texts, mentions=NOTHING, **options):
    ids = [f"a:s{number:03d}" for number in range(1, len(texts) + 1)]
    frame = pd.DataFrame({"sentence_id": ids, "text": texts})
    return tables.check("tone", tone.score(frame, mentions, **options))


def test_praise_blame_and_neither_are_told_apart():
    assert score("A great honour.", "A terrible failure.", "A table.").label.tolist() == [
        "positive",
        "negative",
        "neutral",
    ]


def test_the_words_behind_a_score_are_shown_with_what_they_counted_for():
    assert score("It was not good.").words.item() == "good -1.4"
    assert score("It was a table.").words.isna().item()


def test_a_negation_turns_a_word_within_three_words():
    plain, negated, far = score("good", "not so good", "not one of them was ever good").score
    assert negated < 0 < plain
    assert far == plain


def test_a_published_normalisation_is_met():
    assert score("good").score.item() == pytest.approx(1.9 / np.sqrt(1.9**2 + 15))


def test_the_name_of_a_topic_is_not_counted():
    mentions = pd.DataFrame({"sentence_id": ["a:s001"], "start": [0], "end": [8]})
    assert score("Security is a table.").score.item() > 0
    assert score("Security is a table.", mentions=mentions).score.item() == 0


def test_the_neutral_band_is_a_parameter():
    assert score("good", neutral=0.9).label.item() == "neutral"


def test_what_the_scores_rest_on_is_counted_word_by_word():
    table = tone.contributions(score("good, good", "bad", "not good"))
    assert table.word.tolist() == ["bad", "good"]
    assert table["count"].tolist() == [1, 3]
    assert table.share.sum() == pytest.approx(1)
    assert tone.contributions(score("A table.")).empty


def test_the_words_that_a_codebook_takes_out_are_shown():
    sentences = pd.DataFrame(
        {"sentence_id": ["a:s001", "b:s001"], "text": ["A disgrace, a good disgrace.", "good"]}
    )
    mentions = pd.DataFrame({"sentence_id": ["a:s001"] * 3, "start": [2, 2, 19], "end": [10, 10, 27]})
    table = tone.left_out(sentences, mentions)
    assert (table.word.tolist(), table["count"].tolist()) == (["disgrace"], [2])
    assert tone.left_out(sentences, mentions.iloc[:0]).empty


def test_fragments_are_not_read_for_tone():
    sentences = pd.DataFrame(
        {
            "text": ["Head", "Sub", "• an item", "2. an item", "A sentence.", "— he said."],
            "paragraph": range(6),
        }
    ).assign(heading=[True, True, False, False, False, False])
    assert tone.running(sentences).text.tolist() == ["A sentence.", "— he said."]


def frame(values, paragraphs, article="a"):
    ids = [f"{article}:s{number:03d}" for number in range(1, len(values) + 1)]
    sentences = pd.DataFrame(
        {"sentence_id": ids, "article_id": article, "paragraph": paragraphs, "text": "x"}
    )
    return pd.DataFrame({"sentence_id": ids, "score": values, "valence": values}), sentences.assign(
        n_words=10
    )


def test_a_text_of_few_paragraphs_has_a_mean_but_no_interval():
    row = tone.means(*frame([0.1, 0.2, 0.3], [1, 1, 1])).iloc[0]
    assert row["mean"] == pytest.approx(0.2)
    assert np.isnan(row.low) and np.isnan(row.high)
    assert row.per_1000 == pytest.approx(20)


def test_a_text_that_does_not_vary_has_no_interval_of_width_zero():
    row = tone.means(*frame([0.0] * 6, range(6))).iloc[0]
    assert np.isnan([row.low, row.high]).all()


def test_a_neutral_band_out_of_its_range_is_refused():
    with pytest.raises(CorpusError, match="neutral is -1"):
        score("good", neutral=-1)


def test_an_interval_stays_within_the_scale():
    row = tone.means(*frame([1, 1, 1, 1, -1.0], range(5))).iloc[0]
    assert (row.low, row.high) == (pytest.approx(-0.5106, abs=1e-3), 1.0)


def test_two_texts_are_apart_only_if_both_measures_say_so():
    groups = pd.DataFrame(
        {
            "article_id": ["a", "b", "c", "d", "e"],
            "mean": [0.1, 0.4, 0.25, 0.3, 0.9],
            "low": [0.0, 0.3, 0.1, np.nan, 0.8],
            "high": [0.2, 0.5, 0.4, np.nan, 1.0],
            "per_1000": [10, 20, 15, 15, 5],
        }
    )
    pairs = tone.pairs(groups)
    assert len(pairs) == 10
    assert pairs[pairs.verdict == "apart"][["low_id", "high_id"]].values.tolist() == [["a", "b"]]
    assert pairs.verdict.value_counts().to_dict() == {"overlap": 5, "not compared": 4, "apart": 1}
    assert tone.pairs(groups.iloc[:0]).empty


def test_actors_in_fewer_than_three_sentences_have_no_row():
    scores, sentences = frame([0.1, 0.2, 0.3, 0.4], range(4))
    mentions = pd.DataFrame({"sentence_id": scores.sentence_id, "kind": "actor", "code": list("xxxy")})
    entries = pd.DataFrame({"kind": "actor", "code": ["y", "x"], "label": ["Y", "X"]})
    assert tone.near_actors(scores, sentences, mentions, entries).label.tolist() == ["X"]


def test_extremes_run_from_high_to_low_and_leave_out_zero():
    scores, sentences = frame([0.5, -0.5, 0.0, 0.9], range(4))
    assert tone.extremes(scores, sentences, 1).score.tolist() == [0.9, -0.5]


def test_of_many_negative_sentences_the_most_negative_is_shown():
    scores, sentences = frame([-0.1, -0.9, -0.5], range(3))
    assert tone.extremes(scores, sentences, 1).score.tolist() == [-0.9]
