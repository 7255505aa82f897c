"""The benchmarks: the figures of extraction on small texts, and runs on folders of a few files."""

import gzip
import importlib
import json
import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import PackageNotFoundError

import lxml.html
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from helpers import ingestion, paths, stats

FOLDER = paths.ROOT / "benchmarks"
TITLE = "Ostby closes its ferry terminal"
STORY = (
    "The council of Ostby voted on Monday to close the old ferry terminal.\n\n"
    "Mayor Ida Falk said that the new bridge carries more people in a day than the ferry did in a week.\n\n"
    "The last boat will leave the harbour on the first Sunday of May."
)
KNOWN = {
    "lang": "en",
    "gold_text": STORY,
    "gold_title": TITLE,
    "gold_date": "2021-03-02",
    "gold_author": ["Nils Berg"],
}


@pytest.fixture(scope="module")
def scripts():
    """What imports a script by its name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(FOLDER)
        patch.setenv("OMP_NUM_THREADS", "1")  # the scripts set it; here it must not outlive the tests
        yield importlib.import_module


@pytest.fixture(scope="module")
def extraction(scripts):
    return scripts("extraction")


@pytest.fixture(scope="module")
def tone(scripts):
    return scripts("tone")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """What is printed and written for one story, saved and dumped, where readability-lxml is missing."""
    folder = tmp_path_factory.mktemp("benchmark")
    lines = STORY.split("\n\n")
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><head><title>{TITLE}</title></head><body><article>{body}</article></body></html>"
    dump = "\n".join(["Menu", TITLE, "By Nils Berg", "2 March 2021", *lines, "All rights reserved"])
    other = {"lang": "other", "gold_text": STORY, "gold_title": None, "text_dump": dump}
    write(folder / "extract" / "html_dev_news.jsonl.gz", [KNOWN | {"html": page}] * 2)
    write(folder / "extract" / "text_para_dev.jsonl.gz", [KNOWN | {"text_dump": dump}, other])
    write(folder / "extract" / "text_insc_dev.jsonl.gz", [other])
    (folder / "readability.py").write_text("raise ModuleNotFoundError('hidden for a test')")
    command = [sys.executable, FOLDER / "extraction.py", "--data", folder, "--csv", folder / "out.csv"]
    environment = os.environ | {"PYTHONPATH": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout, pd.read_csv(folder / "out.csv")


def write(target, pages):
    target.parent.mkdir(exist_ok=True)
    with gzip.open(target, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(page) + "\n" for page in pages)


@pytest.mark.parametrize(
    ("text", "gold", "expected"),
    [
        ("a b c d e", "a b c d e", (1.0, 1.0)),
        ("a b c d e", "b c d e f", (1 / 2, 1 / 2)),
        ("a b c d", "a b c d e f g", (1.0, 1 / 4)),
        ("a b c d a b c d", "a b c d", (1 / 5, 1.0)),  # what is said twice is right once
        ("a b", "a b", (1.0, 1.0)),  # shorter than a run
        ("", "a b c d", (0.0, 0.0)),
        ("", "", (1.0, 1.0)),
        ("A b, c. d", "A b c d", (1.0, 1.0)),
        ("a b c d", "A b c d", (0.0, 0.0)),
    ],
)
def test_overlap_counts_runs_of_four_tokens(extraction, text, gold, expected):
    assert extraction.overlap(text, gold) == pytest.approx(expected)


def test_a_dump_becomes_html_that_says_the_same(extraction, tmp_path):
    write(tmp_path / "extract" / "dump.jsonl.gz", [KNOWN | {"text_dump": "One & two\n\n<b>three"}] * 3)
    pages = extraction.extractors.read(tmp_path / "extract" / "dump.jsonl.gz", 2)
    assert [page["media_type"] for page in pages] == ["text/plain"] * 2
    assert lxml.html.fromstring(pages[0]["html"]).xpath("//p/text()") == ["One & two", "<b>three"]


def test_told_counts_right_given_and_known_values(extraction):
    found = {"title": f"{TITLE}!", "date": "2021-03-03T08:00", "author": "nils berg; Reuters"}
    assert extraction.told(found, KNOWN) == {
        "title": (1, 1, 1), "date": (1, 1, 1), "author": (1, 1, 1), "names": (1, 2, 1)
    }  # fmt: skip
    wrong = {"title": "Weather", "date": "2021-03-05", "author": ["Ida Falk", "Jon Li and Mia Ek"]}
    assert extraction.told(wrong, KNOWN) == {
        "title": (0, 1, 1), "date": (0, 1, 1), "author": (0, 1, 1), "names": (0, 3, 1)
    }  # fmt: skip
    nothing = {"title": None, "date": None, "author": []}
    assert extraction.told(nothing, KNOWN) == {
        "title": (0, 0, 1), "date": (0, 0, 1), "author": (0, 0, 1), "names": (0, 0, 1)
    }  # fmt: skip
    assert extraction.told(found, {"gold_title": None, "gold_date": None, "gold_author": None}) == {}


def test_summary_makes_f1_of_the_means_and_its_standard_error(extraction):
    pages = pd.DataFrame(
        {
            "precision": [1.0, 0.5, 0.9, 0.6],
            "recall": [1.0, 0.8, 0.7, 1.0],
            "f1": [1.0, 0.96, 0.94, 0.75],
            "empty": [False, False, False, True],
            "seconds": [0.1, 0.1, 0.1, 0.2],
            "title": [(1, 1, 1), (0, 1, 1), (0, 0, 1), None],
            "names": [(1, 2, 1), (0, 0, 2), (1, 1, 1), None],
        }
    )
    figures = extraction.summary(pages)
    precision, recall = 0.75, 0.875
    assert figures["f1"] == pytest.approx(2 * precision * recall / (precision + recall))
    assert (figures["n"], figures["f1>=.95"], figures["empty"]) == (4, 0.5, 1)
    assert figures["pages/s"] == pytest.approx(4 / 0.5)
    titles = (figures["title n"], figures["title recall"], figures["title prec"])
    assert titles == pytest.approx((3, 1 / 3, 1 / 2))
    assert (figures["names recall"], figures["names prec"]) == pytest.approx((2 / 4, 2 / 3))
    assert figures["names f1"] == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert "date n" not in figures
    # Four pages are few, but a jackknife, which knows nothing of the formula, must come near.
    without = [extraction.summary(pages.drop(page))["f1"] for page in pages.index]
    mean = sum(without) / 4
    jackknife = (3 / 4 * sum((f1 - mean) ** 2 for f1 in without)) ** 0.5
    assert figures["se"] == pytest.approx(jackknife, rel=0.1)


def test_a_run_scores_every_tool_and_names_what_is_missing(run):
    shown, table = run
    assert "readability-lxml is left out" in shown
    assert "Not in the folder: extract/text_flat_dev.jsonl.gz" in shown
    assert "optimistic" in shown and "tools/train_lines.py DIR" in shown
    tools = {name: set(rows["tool"].str.split().str[0]) for name, rows in table.groupby("input")}
    assert tools["html_dev_news"] >= {"Parallax", "trafilatura"} and "sentence" not in tools["html_dev_news"]
    assert tools["text_para_dev"] >= {"Parallax", "trafilatura", "sentence", "keep"}
    numbers = table[table["tool"] == "Parallax"].set_index(["input", "pages"])["n"]
    assert numbers.to_dict() == {
        ("html_dev_news", "English"): 2, ("html_dev_news", "all"): 2, ("text_para_dev", "English"): 1,
        ("text_para_dev", "all"): 2, ("text_insc_dev", "all"): 1,
    }  # fmt: skip
    assert all(line.isascii() and len(line) <= 130 for line in shown.splitlines())


def test_a_run_gives_the_figures_that_can_be_told_by_hand(run):
    _, table = run
    dumps = table[(table["input"] == "text_para_dev") & (table["pages"] == "all")].set_index("tool")
    assert dumps.loc["keep everything", "recall"] == 1 and dumps.loc["keep everything", "precision"] < 1
    assert dumps.loc["sentence rule", ["precision", "recall", "f1>=.95"]].tolist() == [1, 1, 1]
    told = dumps.loc["Parallax", ["title n", "title recall", "date recall", "names f1"]]
    assert told.tolist() == [1, 1, 1, 1]
    assert dumps.loc["keep everything", "se"] == 0  # both pages are the same
    assert (table["pages/s"] > 0).all()


def test_a_run_on_pairs_of_copies_counts_labels_families_and_independent_texts(tmp_path):
    event = tmp_path / "corpora" / "town" / "ferry"
    event.mkdir(parents=True)
    texts = {"a": STORY, "b": STORY, "c": STORY[::-1]}
    for name, text in texts.items():
        (event / f"{name}.txt").write_text(f"{TITLE}\n\n{text}")
    files = pd.DataFrame({"file": [f"ferry/{name}.txt" for name in texts]})
    files.to_csv(event.parent / "manifest.csv", index=False)
    told = [("a", "b", 1.0, "same_copy"), ("a", "c", 0.0, "independent"), ("b", "c", 0.3, "partial")]
    pairs = pd.DataFrame(told, columns=["a", "b", "containment", "label"])
    (tmp_path / "copies").mkdir()
    where = "town/ferry/" + pairs[["a", "b"]] + ".txt"
    pairs.assign(**where).to_json(tmp_path / "copies" / "pairs_dev.jsonl", orient="records", lines=True)
    command = [sys.executable, FOLDER / "copies.py", "--data", tmp_path, "--scale", "400"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in shown.splitlines()]
    assert ["same_copy", "1", "1.000", "1.000"] in rows and ["independent", "1", "0.500", "1.000"] in rows
    assert ["partial", "1", "NaN", "0.000"] in rows
    assert "precision 1.000, recall 1.000" in shown
    assert "town: 3 articles -> 2 independent texts" in shown
    assert "found in parts: 0, run together: 0" in shown


PRAISED = "The harbour master won praise for her courage"
TARGETS = [  # text, target, label
    (f"{PRAISED}.", "harbour master", "positive"),
    ("The council condemned the corrupt ferry company.", "ferry company", "negative"),
    (f"{PRAISED}, but the pilot was blamed.", "harbour master", "positive"),
    (f"{PRAISED}, but the pilot was blamed.", "pilot", "negative"),
    ("The pilot left the harbour at nine.", "pilot", "neutral"),
]
LOADED = ["A disgraceful, utterly cynical farce.", "Their shameful betrayal of the harbour beggars belief."]
PLAIN = ["He said the ships came on Monday.", "The council meets at 10, according to the clerk."]


@pytest.fixture(scope="module")
def toned(tmp_path_factory):
    """A folder with a few sentences for tone.py."""
    folder = tmp_path_factory.mktemp("tone")
    spans = [(text, text.index(target), len(target), label) for text, target, label in TARGETS]
    rows = [
        {"text": text, "start": start, "end": start + length, "label": label, "part": "mt"}
        for text, start, length, label in spans
    ]
    write(folder / "tone" / "dev.jsonl.gz", [*rows, rows[0] | {"part": "rw"}])
    told = [{"text": text, "label": "biased", "link": f"l{n}"} for n, text in enumerate(LOADED)]
    told += [{"text": text, "label": "non-biased", "link": ""} for text in PLAIN]
    write(folder / "tone" / "loaded_dev.jsonl.gz", told)
    return folder


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("The mayor won, but the council lost.", "council", "the council lost."),
        ("The mayor won, but the council lost.", "mayor", "The mayor won"),
        ("The mayor won.", "mayor", "The mayor won."),
        ("The mayor, Jr., won 1,000 votes at 10:30 and left", "1,000 votes", "won 1,000 votes at 10:30"),
        ("Land and Sea, the firm, failed", "Land and Sea", "Land and Sea"),  # nothing within the target cuts
        ("The ANDES island ferry who left", "ferry", "The ANDES island ferry"),  # whole words alone
        ("Ships left;crews stayed", "crews", "crews stayed"),
        ("Those who left AND stayed", "left", "left"),
    ],
)
def test_a_peer_reads_the_clause_that_a_target_stands_in(tone, text, target, expected):
    start = text.index(target)
    assert tone.window(text, start, start + len(target)) == expected


def test_a_peer_is_neutral_below_its_threshold_and_reads_a_text_once(tone):
    told, read = {"a": 0.05, "b": 0.04, "c": 0.0, "d": -0.04, "e": -0.05}, []
    vader = tone.Peer(lambda text: read.append(text) or told[text], 0.05, abs, "")
    by_sign = vader._replace(least=0)
    assert tone.labelled(vader, list("abcdea")).tolist() == [
        "positive", "neutral", "neutral", "neutral", "negative", "positive"
    ]  # fmt: skip
    assert read == list("abcde")
    assert tone.labelled(by_sign, list("bcd")).tolist() == ["positive", "neutral", "negative"]


def test_macro_f1_counts_a_label_that_is_never_right_as_nothing(tone):
    gold, said = (
        ["negative", "negative", "neutral", "positive"],
        ["negative", "neutral", "neutral", "negative"],
    )
    assert tone.macro_f1(gold, said) == pytest.approx([(2 / 4 + 2 / 3 + 0) / 3])
    assert tone.macro_f1(["neutral"], ["neutral"]) == pytest.approx([1 / 3])


def test_a_row_that_is_drawn_twice_counts_twice(tone):
    times = np.array([[2.0, 1.0, 0.0, 1.0], [1.0, 0.0, 3.0, 1.0]])
    gold, said = np.array([True, False, True, False]), np.array([True, True, False, False])
    strength = np.array([0.9, 0.9, 0.1, 0.3])
    for weights, count in zip(times, times.astype(int), strict=True):
        again = [np.repeat(values, count) for values in (gold, said, strength)]
        f1 = tone.macro_f1(gold, said, (True, False), weights[None])
        assert f1 == pytest.approx(tone.macro_f1(*again[:2], (True, False)))
        assert tone.auc(gold, strength, weights[None]) == pytest.approx(tone.auc(again[0], again[2]))
    assert tone.auc(gold, strength) == pytest.approx([(1.5 + 0) / 4])  # a tie is half


def test_sentences_are_drawn_whole(tone):
    weights = tone.drawn(pd.Series(["a", "b", "a", "c"]))
    assert weights.shape == (tone.DRAWS, 4) and (weights[:, 0] == weights[:, 2]).all()
    assert (weights[:, [0, 1, 3]].sum(axis=1) == 3).all()
    assert weights.mean(axis=0) == pytest.approx(1, abs=0.1) and len(np.unique(weights[:, 0])) > 2


def test_quality_counts_reversals_and_pairs_in_order(tone):
    texts = ["a", "a", "a", "b", "b", "c"]
    gold = ["negative", "neutral", "positive", "positive", "positive", "negative"]
    said = ["negative", "neutral", "negative", "negative", "positive", "neutral"]
    found = tone.quality(pd.DataFrame({"text": texts, "label": gold}), np.array(said))
    assert found["reversed"] == 2 / 4  # what is or is read as neutral is no reversal
    assert (found["pairs"], found["in order"]) == (3, 1 / 3)
    assert found["low"] < found["f1"] < found["high"]
    single = tone.quality(pd.DataFrame({"text": "a", "label": gold}), np.array(said))
    assert single["low"] == pytest.approx(single["high"])  # one sentence can only be drawn whole


def test_the_surer_half_is_taken_within_a_part(tone, monkeypatch):
    gold = ["negative", "neutral", "positive"] * 4
    said = pd.Series([*gold[:3], "neutral", "positive", "neutral"] * 2)
    confidence = [0.9, 0.8, 0.9, 0.5, 0.6, 0.7, 0.5, 0.5, 0.5, 0.3, 0.4, 0.4]
    monkeypatch.setattr(tone, "score", lambda rows: pd.DataFrame({"label": said, "confidence": confidence}))
    rows = pd.DataFrame({"text": list("abcdefghijkl"), "start": 0, "end": 1, "label": gold})
    table = tone.toward_targets(rows.assign(part=["mt"] * 6 + ["rw"] * 6), {}).set_index("part")
    assert table["surer half"][["mt", "rw"]].tolist() == [1, 1] and (table.f1 < 1).all()
    assert table["surer half"]["all"] < 1 and table.n.to_dict() == {"mt": 6, "rw": 6, "all": 12}


def test_reliability_sets_confidence_beside_the_share_that_is_right(tone):
    rows = pd.DataFrame({"label": ["neutral", "neutral", "positive"]})
    found = pd.DataFrame({"label": ["neutral", "positive", "positive"], "confidence": [0.62, 0.68, 1.0]})
    table = tone.reliability(rows, found)
    assert table.confidence.tolist() == ["to 0.7", "to 1.0"] and table.n.tolist() == [2, 1]
    assert table["mean"].tolist() == pytest.approx([0.65, 1.0]) and table.right.tolist() == [0.5, 1.0]
    low, high = stats.wilson(1, 2)
    assert (table.low[0], table.high[0]) == (low, high)


def test_loaded_sentences_are_drawn_by_page_or_alone_if_none_is_known(tone):
    rows = pd.DataFrame({"text": [*LOADED, *PLAIN], "label": ["biased", "non-biased"] * 2})
    ends = ["auc low", "auc high", "f1 low", "f1 high"]
    low, high, least, most = tone.loaded(rows.assign(link="one"), {}).loc[0, ends]
    assert low == pytest.approx(high) and least == pytest.approx(most)
    low, high, least, most = tone.loaded(rows.assign(link=""), {}).loc[0, ends]
    assert low < high and least < most


def test_the_cut_that_suits_a_peer_best_is_found(tone):
    assert tone.best_cut(np.array([False, False, True, True]), np.array([0.0, 0.0, 0.2, 0.9])) == 0.2
    assert tone.best_cut(np.array([False, False, False, True]), np.array([0.0, 0.2, 0.3, 0.9])) == 0.9


def test_tone_goes_on_without_its_peers_but_stores_nothing_then(toned, tmp_path):
    for name in ("vaderSentiment", "textblob", "afinn"):
        (tmp_path / f"{name}.py").write_text("raise ModuleNotFoundError('hidden for a test')")
    command = [sys.executable, FOLDER / "tone.py", "--data", toned]
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines() if " is left out: " in line] == [
        "vaderSentiment", "textblob", "afinn"
    ]  # fmt: skip
    assert (
        "fitted on none of these sentences" in done.stdout and "tools/train_targets.py --check" in done.stdout
    )
    rows = [line.split() for line in done.stdout.splitlines()]
    (mt,) = (row for row in rows if row[:2] == ["Parallax", "mt"])
    assert mt[2:4] == ["5", "1.000"] and mt[6:9] == ["0.000", "1", "1.000"]
    (loaded,) = (row for row in rows if row[:2] == ["Parallax", "strength"])
    assert loaded[5:7] == ["4", "1.000"] and (loaded[9], loaded[12]) == ("1.000", "0.500")  # f1, cut
    stored = subprocess.run([*command, "--write"], env=environment, capture_output=True, text=True)
    assert stored.returncode == 1 and "install" in stored.stderr


def test_tone_sets_peers_beside_parallax_and_stores_the_loaded_part(tone, toned, tmp_path, monkeypatch):
    def by_length(text):
        return len(text) / 100

    def first(text):
        return 1.0 if text.startswith("The harbour") else -1.0

    names = ["one 1.0", "two 2.0", "three 3.0"]
    peers = {name: tone.Peer(first, 0.05, by_length, "length") for name in names}
    monkeypatch.setattr(tone, "installed", lambda: peers)
    monkeypatch.setattr(tone, "MEASURED", tmp_path / "measured.tsv")
    done = CliRunner().invoke(tone.main, ["--data", str(toned), "--write"], catch_exceptions=False)
    rows = [line.split() for line in done.output.splitlines()]
    shown = {(row[2], row[3]): row[4:] for row in rows if row[:2] == ["one", "1.0,"]}
    assert list(shown) == [(how, part) for part in ("mt", "rw", "all") for how in ("sentence", "clause")]
    assert shown["sentence", "mt"][4:7] == ["0.250", "1", "0.000"]
    assert shown["clause", "mt"][4:7] == ["0.000", "1", "1.000"]
    assert all(row[7] == "-" and int(row[8]) > 0 for row in shown.values())
    table = pd.read_csv(tmp_path / "measured.tsv", sep="\t", comment="#")
    ends = [f"{name}{end}" for name in ("auc", "f1") for end in ("", "_low", "_high")]
    assert table.columns.tolist() == ["who", "what", "n", *ends]
    assert table.who.tolist() == ["Parallax", *names] and table.n.eq(4).all()
    assert table.auc[0] == 1 and table.auc[1] < 1
    assert (tmp_path / "measured.tsv").read_text().startswith("# How well loaded")


def test_a_run_on_events_sets_dates_and_pairs_beside_simple_rules(tmp_path):
    texts = {
        "a": ["Pier gone", "The old pier of Ellery collapsed on Sunday.", "The town sold it in 2019."],
        "b": ["The collapse of the old pier of Ellery cost one life."],
    }
    mentions = [
        ("1", 0, 1, "2021-03-07", "a", 1, "collapsed"),
        ("2", 0, 1, "2021-03-XX", "b", 0, "collapse"),
        ("3", 0, 2, "2019-XX-XX", "a", 2, "sold"),
        ("4", 0, 3, "XXXX-XX-XX", "a", 0, "gone"),
    ]
    docs = pd.DataFrame({"id": texts.keys(), "dct": "2021-03-09", "sentences": texts.values()})
    gold = pd.DataFrame(mentions, columns=["id", "corpus", "line", "date", "doc", "sent", "word"])
    (tmp_path / "events").mkdir()
    for kind, rows in (("docs", docs), ("gold", gold.assign(entity="ellery"))):
        rows.to_json(tmp_path / "events" / f"{kind}_dev.jsonl", orient="records", lines=True)
    command = [sys.executable, FOLDER / "events.py", "--data", tmp_path]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in shown.splitlines()]
    assert ["all", "publication", "date", "3", "0.333"] in [row[:5] for row in rows]
    assert ["all", "nearest", "expression", "3", "1.000"] in [row[:5] for row in rows]
    assert ["0", "Parallax", "3", "1.000", "1.000", "1.000", "1.000"] in rows
    assert ["0", "Parallax", "1", "1", "1.000", "1.000", "1.000"] in [row[:7] for row in rows]
    assert ["0", "same", "stem", "1", "1", "1.000"] in [row[:6] for row in rows]
    assert ["0", "stem", "and", "true", "date", "1", "0", "0.000"] in [row[:8] for row in rows]
    assert "4 mentions in 2 texts" in shown


def test_dates_take_the_overlap_that_is_largest_and_count_days_by_kind(scripts):
    dates = scripts("dates")
    found = [{"start": 0, "end": 6, "value": "2026-02-09"}, {"start": 7, "end": 12, "value": None}]
    assert dates.overlapping(found, {"start": 3, "end": 9}) == "2026-02-09"
    assert (
        dates.overlapping(found, {"start": 8, "end": 12})
        == dates.overlapping([], {"start": 0, "end": 1})
        == ""
    )
    assert dates.overlapping(found, {"start": 6, "end": 7}) == ""
    right, wrong = ("Monday", "2026-02-09", "2026-02-09"), ("Feb. 9", "2026-02-09T10:00", "2026-02-10T10:00")
    others = [("last Monday", "2026-02-09", ""), ("Monday", "PXD", "PXD")]
    assert dates.kinds([right, wrong, *others]) == {
        "weekday": 1, "weekday n": 1, "month day": 0, "month day n": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("readings", "value"),
    [
        ([("1998", "1998-01-01")], "1998"),
        ([("XXXX-WXX-5", "2026-02-06"), ("XXXX-WXX-5", "2026-02-13")], "2026-02-06"),
        ([("XXXX-02-20", "2025-02-20"), ("XXXX-02-20", "2026-02-20")], "2026-02-20"),
        ([("XXXX-03", "2025-03-01"), ("XXXX-03", "2026-03-01")], "2026-03"),
        ([("XXXX-WXX-1T17", "2026-02-09 17:00:00")], "2026-02-09T17:00"),
        ([("T17", "17:00:00")], "2026-02-11T17"),
    ],
)
def test_dates_fill_in_what_a_timex_leaves_open(scripts, readings, value):
    values = [{"timex": timex, "value": moment} for timex, moment in readings]
    assert scripts("dates").full_timex(values, date(2026, 2, 11)) == value


def test_made_up_corpora_are_the_same_bytes_again_with_lengths_languages_and_copies_as_told(
    scripts, tmp_path
):
    made = scripts("made")
    for name, form in (("one", "mixed"), ("two", "mixed"), ("text", "text")):
        made.write(tmp_path / name, 60, form)
    one, two = (
        {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*.*")}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    endings = [file.suffix for file in one]
    assert [endings.count(ending) for ending in (".txt", ".html", ".jsonl")] == [36, 6, 1]
    sizes = [file.stat().st_size for file in (tmp_path / "text").rglob("*.txt")]
    assert len(sizes) == 60 and 4000 < np.mean(sizes) < 6000
    assert {made.article(number)["language"] for number in range(200)} == {"en", "de", "fr", "es"}
    articles = ingestion.read_folder(tmp_path / "text")["articles"]
    story = articles.article_id.str[-6:].astype(int) // made.STORY
    copied = articles.article_id.str[-6:].astype(int) % 6 == 5
    assert articles[copied].groupby(story).family.nunique().eq(1).all()
    assert articles[~copied].family.is_unique


def cells(results: str) -> list[list[str]]:
    """The rows of the tables in results, without heads."""
    rows = [line.strip("|").split("|") for line in results.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in row] for row in rows]
    heads = {number - 1 for number, row in enumerate(rows) if row[0] == "---"}
    return [row for number, row in enumerate(rows) if number not in heads and row[0] != "---"]


def test_a_run_on_speed_has_a_row_for_each_stage_and_command_with_finite_numbers(
    scripts, tmp_path, monkeypatch
):
    speed, out = scripts("speed"), tmp_path / "RESULTS.md"
    stages, measured = scripts("stages"), speed.measured

    def measured_here(command, *folder, **environment):  # to start a process takes seconds: one stage has one
        if command[1] != FOLDER / "stages.py" or command[2] == "reading":
            return measured(command, *folder, **environment)
        told = json.dumps(stages.main(*command[2:]))
        return scripts("processes").Cost(0, 0, 0, 0, told)

    monkeypatch.setattr(speed, "measured", measured_here)
    few = ["--sizes", "20", "--report-size", "0", "--rounds", "0", "--peers"]
    speed.main([*few, "--work", str(tmp_path / "work"), "--out", str(out)])
    text = out.read_text(encoding="utf-8")
    rows = cells(text)
    together = ", ".join(speed.PARTS) + " together"
    named = {"reading dumps", "reading HTML", *speed.STAGES, *speed.PEERS, together, "scale --jobs 2"}
    assert [row[0] for row in rows] == list(dict.fromkeys(row[0] for row in rows))
    assert {row[0] for row in rows} == named - {"reading"}
    numbers = [float(cell.replace(",", "")) for row in rows for cell in row[1:] if cell != "–"]
    assert np.isfinite(numbers).all() and min(numbers) > 0
    assert "- reading: " in text and f"{os.cpu_count()} cores" in text
    assert platform.node() not in text and str(tmp_path) not in text


def test_speed_sets_peers_beside_the_stages_and_reports(scripts, tmp_path, monkeypatch):
    speed, peers = scripts("speed"), scripts("peers")
    step = {"stage": "tone", "step": "VADER", "wall": 10.0, "cpu": 8.0, "within": 1.0, "peak": 50.0}
    monkeypatch.setattr(speed.peers, "measure", lambda *_: ([step], ["dateparser: left out"]))
    monkeypatch.setattr(speed, "chain", lambda *_: {"tone": {"articles": 5, "cpu": 2.0}})
    monkeypatch.setattr(
        speed, "whole_report", lambda *_: {"wall": 20.0, "cpu": 30.0, "largest": 300.0, "together": 400.0}
    )
    monkeypatch.setattr(speed, "corpus", lambda work, *_: work)
    more = speed.STAGES["tone"].more
    told = speed.beside(tmp_path, speed.options(["--peers", "10"]))
    assert told[-2:] == ["dateparser: left out", f"- tone: takes 4.0 times as long as VADER. {more}"]
    rows = {row[0]: row[1:] for row in cells("\n".join(told))}
    assert rows["VADER"] == rows["all of these"] == ["10", "10", "8", "1", "50", "1", "–"]
    assert rows["helpers report --jobs 2"] == ["10", "20", "30", "0.5", "300", "–", "2"]

    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.undo()
    monkeypatch.setattr(peers, "version", missing)
    rows, told = peers.measure(tmp_path, 1, tmp_path / "work", None)
    assert rows == [] and len(told) == len(peers.STEPS) and "dateparser is not installed" in told[-1]


def test_speed_tells_how_cost_grows_and_what_a_process_and_those_it_starts_take(scripts):
    speed, processes = scripts("speed"), scripts("processes")
    rows = [
        {"stage": "a", "articles": articles, "cpu": cpu} for articles, cpu in ((10, 1), (100, 10), (200, 40))
    ]
    assert [speed.slope(rows, row, "stage") for row in rows] == [None, pytest.approx(1), pytest.approx(2)]
    assert (
        speed.versus(rows[0], rows[1] | {"cpu": 20}, "tone", "VADER") == "- tone: 2.0 times as fast as VADER."
    )
    inner = "held = bytearray(200 << 20); sum(range(10**6)); import time; time.sleep(1.2)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}]); print('done')"
    cost = processes.measured(["python", "-c", outer])
    assert cost.told == "done\n" and cost.wall > 1.2 and cost.cpu > 0 and cost.largest > 200
    assert cost.together == 0 or cost.together > 200  # 0 where there is no /proc
    with pytest.raises(RuntimeError, match="no such thing"):
        processes.measured(["python", "-c", "raise SystemExit('no such thing')"])
