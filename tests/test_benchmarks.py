"""The benchmarks: the figures of extraction on small texts, and runs on folders of a few files."""

import gzip
import importlib
import json
import os
import subprocess
import sys

import lxml.html
import pandas as pd
import pytest

from helpers import paths

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
def extraction():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(FOLDER)
        patch.setenv("OMP_NUM_THREADS", "1")  # the script sets it; here it must not outlive the tests
        yield importlib.import_module("extraction")


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
