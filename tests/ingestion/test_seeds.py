"""The five seeds: what a careful reader keeps of each, and what its page says of itself."""

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from helpers import paths
from helpers.ingestion import extract

GOLD = json.loads((Path(__file__).parent / "seeds_gold.json").read_text())
SEEDS = [name for name in GOLD if name != "about"]


def seed(name):
    return (paths.DATA / "seeds" / f"{name}.txt").read_bytes()


def shingles(text):
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))


@pytest.mark.parametrize("name", SEEDS)
def test_the_body_is_what_a_careful_reader_keeps(name):
    lines = seed(name).decode().splitlines()
    kept = "\n".join("\n".join(lines[first - 1 : last]) for first, last in GOLD[name])
    got, wanted = shingles(extract(seed(name)).text), shingles(kept)
    shared = sum((got & wanted).values())
    f1 = 2 * shared / (sum(got.values()) + sum(wanted.values()))
    assert f1 >= 0.97


@pytest.mark.parametrize(
    ("start", "outlet", "authors", "editors", "published", "basis", "credits"),
    [
        ("000", "PRAVDA.Ru", [], ["Dmitry Sudakov"], None, "not stated", ["APA"]),
        ("001", None, [], [], datetime(2026, 2, 11, 22, 25), "stated", []),
        ("002", "UNN", ["Stepan Haftko"], [], datetime(2026, 2, 10), "page header", ["Reuters", "UNN"]),
        ("003", "Caliber.az", ["Teymur Atayev"], [], datetime(2026, 2, 11, 10, 18), "stated", []),
        ("004", None, [], [], datetime(2026, 2, 10), "dateline, year inferred", ["Reuters"]),
    ],
)
def test_metadata_is_right_or_missing(start, outlet, authors, editors, published, basis, credits):
    document = extract(seed(next(name for name in SEEDS if name.startswith(start))))
    assert (document.outlet, document.authors, document.editors) == (outlet, authors, editors)
    assert document.published == published
    assert document.published_basis.startswith(basis)
    assert document.credits == credits


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("000", "Strategic Pact"),
        ("001", "milestone"),
        ("002", "Vance's visit"),
        ("003", "ahead"),
        ("004", "States"),
    ],
)
def test_the_headline_is_the_articles_own(start, words):
    document = extract(seed(next(name for name in SEEDS if name.startswith(start))))
    assert document.title.endswith(words)


def test_a_body_that_stands_twice_is_kept_once():
    document = extract(seed("004_c69a405a41c4fe30"))
    paragraphs = document.text.split("\n\n")
    assert len(paragraphs) == len(set(paragraphs)) == 23


def test_the_files_are_those_that_were_given_byte_for_byte():
    import hashlib

    digests = {name: hashlib.sha256(seed(name)).hexdigest()[:12] for name in SEEDS}
    assert digests == {
        "000_7aa847f5428a567a": "f23b55644bec",
        "001_dbb721b923b9f5f2": "ff32b637c887",
        "002_e8b19121654e4dd4": "7444f55d063d",
        "003_391f118a3ae962ac": "64bce3a81ad7",
        "004_c69a405a41c4fe30": "eba53ff4ecee",
    }


def test_no_rule_or_list_knows_a_seed():
    package = Path(extract.__globals__["__file__"]).parents[1]
    sources = [
        p for p in package.rglob("*") if p.suffix in {".py", ".tsv", ".txt"} and p.name != "lexicon.tsv"
    ]
    names = re.compile(
        r"aliyev|azerb|baku|\bvance|caliber\.|pravda|unn\b|haftko|atayev|sudakov|zangezur", re.IGNORECASE
    )
    assert not [p.name for p in sources if names.search(p.read_text(encoding="utf-8"))]
