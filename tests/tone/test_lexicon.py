import numpy as np
import pandas as pd
import pytest

from helpers.tone.lexicon import listed

NOTHING = pd.DataFrame({"sentence_id": [], "start": [], "end": []})


def score(*texts, mentions=NOTHING):
    ids = [f"a:s{number:03d}" for number in range(1, len(texts) + 1)]
    return listed(pd.DataFrame({"sentence_id": ids, "text": texts}), mentions)


def test_scores_stand_by_sentence():
    assert np.sign(score("A great honour.", "A terrible failure.", "A table.")).to_dict() == {
        "a:s001": 1,
        "a:s002": -1,
        "a:s003": 0,
    }


def test_a_negation_turns_a_word_within_three_words():
    plain, negated, far = score("good", "not so good", "not one of them was ever good")
    assert negated < 0 < plain
    assert far == plain


def test_a_published_normalisation_is_met():
    assert score("good").item() == pytest.approx(1.9 / np.sqrt(1.9**2 + 15))


def test_the_name_of_a_topic_is_not_counted():
    mentions = pd.DataFrame({"sentence_id": ["a:s001"], "start": [0], "end": [8]})
    assert score("Security is a table.").item() > 0
    assert score("Security is a table.", mentions=mentions).item() == 0
