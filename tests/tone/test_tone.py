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


def test_a_neutral_band_out_of_its_range_is_refused():
    with pytest.raises(CorpusError, match="neutral is -1"):
        score("good", neutral=-1)
