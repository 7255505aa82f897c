import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from helpers import clusters, significance, tables, tone
from helpers.tone.correction import prediction_powered

NAN = float("nan")
LABELS = np.array(["negative", "neutral", "positive"])


def texts(readings, scores, paragraph=4):
    """Tables tone, sentences, groups and tone_labels: text → people's and the machine's numbers."""
    rows, said = [], []
    for text, read in readings.items():
        for n, (reading, score) in enumerate(zip(read, scores[text], strict=True)):
            rows.append((f"{text}:s{n + 1:03d}", text, n // paragraph + 1, score))
            if not np.isnan(reading):
                size = f"{np.isfinite(read).sum()}/{len(read)} 0123abcd"
                said.append((f"{text}:s{n + 1:03d}", LABELS[int(reading) + 1], size))
    sentences = pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph", "score"])
    machine = sentences[["sentence_id", "score"]].assign(start=0, end=9, actor="mayor", voice="own")
    machine["label"] = LABELS[np.sign(machine.score.round()).astype(int) + 1]
    groups = pd.DataFrame({"by": "article_id", "group": [*readings], "article_id": [*readings]})
    labels = pd.DataFrame(said, columns=["sentence_id", "label", "draw"]).assign(
        start=0, actor="mayor", coder="1"
    )
    return machine.assign(confidence=0.9), sentences.drop(columns="score"), groups, labels


def corrected(machine, sentences, groups, labels, topics=None, threshold=0.5):
    found = tone.contrasts(machine, sentences, groups, threshold, topics)
    return tables.check("contrasts", tone.corrected(found, machine, sentences, groups, labels, topics))


def drawn(seed, shift=0.0, n=80):
    """Readings of two texts and a machine that sees a part of them; the second text lies lower by `shift`."""
    random = np.random.default_rng(seed)
    said = {
        name: random.choice([-1, 0, 1], n, p=p)
        for name, p in (("a", [0.2, 0.3, 0.5]), ("b", [0.2 + shift, 0.3, 0.5 - shift]))
    }
    return said, {name: (0.6 * part + random.normal(0, 0.2, n)).clip(-1, 1) for name, part in said.items()}


def part(readings, n, seed=0):
    random, kept = np.random.default_rng(seed), {}
    for name, read in readings.items():
        some = random.permutation(len(read))[:n]
        kept[name] = np.where(np.isin(np.arange(len(read)), some), read, NAN)
    return kept


def test_where_all_was_read_the_machine_does_not_matter():
    read, score = drawn(1)
    first = corrected(*texts(read, score))
    second = corrected(*texts(read, {name: -one[::-1] for name, one in score.items()}))
    columns = ["corrected", "corrected_low", "corrected_high", "corrected_p"]
    assert first[columns].iloc[0].tolist() == pytest.approx(second[columns].iloc[0].tolist())
    people = [clusters.means(read[name], np.arange(80) // 4, [0] * 80).iloc[0] for name in "ab"]
    assert first.corrected.item() == pytest.approx(people[0]["mean"] - people[1]["mean"])
    error, freedom = significance.welch(*(one[end] for one in people for end in ("error", "freedom")))
    half = (first.corrected_high - first.corrected_low).item() / 2
    assert half == pytest.approx(t.ppf(0.975, freedom) * error)
    found = prediction_powered(score["a"], read["a"], [1] * 80, np.arange(80) // 4, [0] * 80).iloc[0]
    assert found[["error", "freedom"]].tolist() == pytest.approx(people[0][["error", "freedom"]].tolist())


def test_a_machine_that_errs_one_way_in_one_group_is_set_right():
    read, score = drawn(2, n=400)
    score["b"] = (score["b"] - 0.5).clip(-1, 1)
    row = corrected(*texts(part(read, 60), score)).iloc[0]
    assert row["diff"] > 0.4 and row.q < 0.001 and row.verdict == "higher"
    truth = read["a"].mean() - read["b"].mean()
    assert row.corrected_low < truth < row.corrected_high and abs(row.corrected - truth) < 0.25
    assert (row.read_a, row.read_b) == (60, 60) and not row.finding


def test_a_good_machine_narrows_the_interval_and_a_useless_one_does_no_harm():
    read, score = drawn(3, n=400)
    some, random = part(read, 60), np.random.default_rng(9)
    noise = {name: random.uniform(-1, 1, 400) for name in "ab"}
    widths = []
    for machine in (score, noise, {name: -one for name, one in score.items()}):
        row = corrected(*texts(some, machine)).iloc[0]
        widths.append(row.corrected_high - row.corrected_low)
    alone = [one[np.isfinite(one)] for one in some.values()]
    assert widths[0] < 0.75 * widths[1]
    people = np.mean(alone[0]) - np.mean(alone[1])
    assert row.corrected == pytest.approx(people)  # a machine that reads the wrong way round: lambda is 0


def test_a_difference_that_holds_after_correction_is_a_finding():
    read, score = drawn(4, shift=0.2, n=300)
    row = corrected(*texts(part(read, 80), score)).iloc[0]
    assert row.finding and row.corrected_q < 0.05 and row.corrected_low > 0


def test_fewer_than_fifty_read_of_either_group_make_no_finding():
    read, score = drawn(4, shift=0.3, n=300)
    some = part(read, 50)
    assert corrected(*texts(some, score)).finding.item()
    some["b"][np.flatnonzero(np.isfinite(some["b"]))[0]] = NAN
    row = corrected(*texts(some, score)).iloc[0]
    assert (row.read_a, row.read_b) == (50, 49) and not row.finding
    assert np.isnan([row.corrected, row.corrected_low, row.corrected_p, row.corrected_q]).all()


def test_a_difference_that_people_turn_round_is_no_finding():
    read, score = drawn(5, shift=0.3, n=300)
    row = corrected(*texts(part(read, 80), {name: -one for name, one in score.items()})).iloc[0]
    assert row.verdict == "lower" and row.corrected_q < 0.05 and row.corrected > 0 and not row.finding


def test_pairs_that_nobody_read_count_in_the_correction_for_many():
    read, score = drawn(6, shift=0.1, n=200)
    _, theirs = drawn(7, n=200)
    read |= {"c": np.full(200, NAN)}
    some = part({"a": read["a"], "b": read["b"]}, 80) | {"c": read["c"]}
    rows = corrected(*texts(some, score | {"c": theirs["a"]}))
    told = rows.set_index(["group_a", "group_b"])
    assert told.corrected_p.notna().tolist() == [True, False, False]
    assert told.loc[("a", "b"), "corrected_q"] == pytest.approx(
        min(1, 3 * told.loc[("a", "b"), "corrected_p"])
    )


def test_answers_that_no_sample_drew_do_not_count():
    read, score = drawn(4, shift=0.3, n=100)
    *found, labels = texts(read, score)
    row = corrected(*found, labels.assign(draw=None)).iloc[0]
    assert (row.read_a, row.read_b) == (0, 0) and not row.finding
    assert not corrected(*found, labels[:0]).finding.any()


def test_of_several_coders_the_mean_counts_and_a_mention_counts_once():
    read, score = drawn(8, n=100)
    *found, labels = texts(read, score)
    other = labels.assign(coder="2", label=labels.label.replace({"neutral": "positive"}))
    row = corrected(*found, pd.concat([labels, other])).iloc[0]
    raised = [np.where(one == 0, 0.5, one).mean() for one in read.values()]
    assert row.corrected == pytest.approx(raised[0] - raised[1]) and row.read_a == 100


def test_what_was_drawn_from_many_weighs_more_than_what_was_drawn_from_few():
    read = {"a": np.repeat([1, 0], 30), "b": np.repeat([0, -1], 30)}
    flat = {name: np.zeros(60) for name in "ab"}
    machine, sentences, groups, labels = texts(read, flat)
    machine["score"] = np.tile([0.1, -0.1, -0.1, 0.1], 30)  # nothing to do with what people read
    upper = (labels.sentence_id < "b") & (labels.label == "positive")
    labels["draw"] = np.where(upper, "20/60 0123abcd", "60/60 0123abcd")
    row = corrected(machine, sentences, groups, labels).iloc[0]
    assert row.corrected == pytest.approx(3 / 4 + 1 / 2)


def test_mentions_of_one_paragraph_hang_together_in_the_corrected_interval_too():
    random = np.random.default_rng(3)
    read = np.repeat(random.choice([-1, 0, 1], 30), 4).astype(float)
    score = (0.5 * read + random.normal(0, 0.3, 120)).clip(-1, 1)
    seen = np.where(random.random(120) < 0.5, read, NAN)
    apart, together = (
        prediction_powered(score, seen, np.ones(120), parts, np.zeros(120)).error.item()
        for parts in (np.arange(120), np.arange(120) // 4)
    )
    assert together > 1.2 * apart


def test_the_error_is_that_of_many_draws():
    random, runs = np.random.default_rng(11), 800
    level = np.repeat(random.normal(0, 0.6, (runs, 30)), 5, axis=1)
    read = np.sign(level + random.normal(0, 0.8, level.shape)) * (random.random(level.shape) < 0.8)
    score = 0.6 * np.where(random.random(level.shape) < 0.7, read, 1) + random.normal(0, 0.1, level.shape)
    seen = np.where(random.permuted(np.tile(np.arange(150), (runs, 1)), axis=1) < 60, read, NAN)
    paragraphs, groups = np.tile(np.arange(150) // 5, runs), np.repeat(range(runs), 150)
    found = prediction_powered(score.ravel(), seen.ravel(), np.ones(150 * runs), paragraphs, groups)
    assert found["mean"].mean() == pytest.approx(0, abs=0.02)
    assert np.sqrt((found.error**2).mean()) == pytest.approx(found["mean"].std(), rel=0.08)


def test_where_people_read_all_alike_or_in_few_paragraphs_there_is_no_corrected_interval():
    score = np.linspace(-1, 1, 60)
    alike = prediction_powered(score, np.zeros(60), np.ones(60), np.arange(60) // 4, np.zeros(60))
    assert alike["mean"].item() == 0 and alike.error.isna().item()
    few = np.where(np.arange(60) < 16, np.arange(60) % 2, NAN)  # of 4 paragraphs among 15
    assert prediction_powered(score, few, np.ones(60), np.arange(60) // 4, np.zeros(60)).error.isna().item()


def test_topics_are_corrected_by_what_was_read_of_them():
    read, score = drawn(4, shift=0.3, n=200)
    machine, sentences, groups, labels = texts(read, score)
    ids = sentences.sentence_id[sentences.sentence_id.str[-1].isin(list("1234"))]
    topics = pd.DataFrame({"sentence_id": ids, "kind": "topic", "code": "harbour"})
    rows = corrected(machine, sentences, groups, labels, topics)
    assert rows.topic.tolist() == ["", "harbour"] and rows.read_a.tolist() == [200, 80]
    picked = [one[np.isin((np.arange(200) + 1) % 10, [1, 2, 3, 4])].mean() for one in read.values()]
    assert rows.corrected[1] == pytest.approx(picked[0] - picked[1])
