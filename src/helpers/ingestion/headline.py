"""Which line of a dump is its headline: a small ranker over the lines above the article.

In go judged lines (`lines.judge`), out comes one of them or None. Every line that could be a headline gets a
score, the sum of what it looks like and where it stands, each times a weight from `headline.tsv`; a line that
stands several times counts once, with all its scores. "No headline here" competes with a score of its own,
so that a page without one gets none.
"""

import math
import re
from collections import Counter
from functools import cache
from pathlib import Path

from helpers.words import read_list

# Probability. On English pages of other sites 87 to 92 % of the headlines given are right, 69 % on pages in
# other languages; 0.5 would add 3 points and lose 6 of recall (tools/train_headline.py).
SURE = 0.35
BELOW = 10  # lines: how far below the article's supposed start a headline is still sought
SHORTEST, LONGEST = 12, 260  # characters
GAP, LONG = 60, 400  # characters that one dropped line takes from a run, and that one kept line adds at most
LONG_LINE = 20  # characters of a line that says something, unlike a menu's
FIRST, WHOLE = 900, 6000  # characters of the article that a headline is compared with

_WORD = re.compile(r"[^\W\d_]{4,}")
_SUFFIX = re.compile(r"\s(?P<mark>[|•·–—-]|::|»)\s(?P<outlet>[^|•·–—»]{2,40})$")
_DATE = re.compile(r"\b(?:19|20)\d\d|\d[:.]\d\d\b|\bago\b|\b\d{1,2}[./]\d{1,2}[./]\d\d", re.IGNORECASE)
_ELSE = ("menu", "share bar", "legal", "caption", "byline", "date line", "teaser", "view counter")


def find(lines: list) -> object | None:
    """The line that is the headline, None where none is likely enough.

    Parameters
    ----------
    lines
        Judged lines: objects with `text`, `kept` and `reason`.

    Examples
    --------
    >>> from helpers.ingestion.lines import judge
    >>> page = "Menu\\nA bridge opens over the river\\n3 May 2021\\nThe bridge was opened on Monday."
    >>> find(judge(page)).text
    'A bridge opens over the river'
    """
    candidates = describe(lines)
    weights = _weights()
    strengths = {
        place: math.exp(min(30.0, sum(weights.get(name, 0.0) * value for name, value in features.items())))
        for place, features in candidates.items()
    }
    together = Counter()
    for place, strength in strengths.items():
        together[lines[place].text.casefold()] += strength
    if not together:
        return None
    words, best = together.most_common(1)[0]
    if best / (sum(together.values()) + math.exp(weights["none"])) < SURE:
        return None
    return lines[max((p for p in strengths if lines[p].text.casefold() == words), key=strengths.get)]


def clean(title: str, lines: list) -> str:
    """A headline without the outlet's name behind it.

    What follows a bar goes; what follows a dash goes only when the page says it elsewhere on its own.

    Examples
    --------
    >>> clean("A bridge opens | Harbour News", [])
    'A bridge opens'
    >>> clean("A bridge opens - at last", [])
    'A bridge opens - at last'
    """
    suffix = _SUFFIX.search(title)
    if not suffix or suffix.start() < SHORTEST:
        return title
    head = title[: suffix.start()]
    alone = {line.text.casefold() for line in lines}
    said = suffix["mark"] in ("|", "::", "»") or {head.casefold(), suffix["outlet"].casefold()} & alone
    return head if said else title


def suffix(lines: list) -> str | None:
    """The outlet that a line names behind the page's headline ("A bridge opens | Harbour News")."""
    title = next((line.text for line in lines if line.reason == "title"), None)
    alone = {line.text.casefold() for line in lines}
    for line in lines:
        found = _SUFFIX.search(line.text) if title and len(line.text) <= LONGEST else None
        head = line.text[: found.start()].casefold() if found else ""
        if head not in alone or title.casefold() not in (head, line.text.casefold()):
            continue
        if " " in found["outlet"] or found["outlet"].casefold() not in alone:  # else it may be a section
            return found["outlet"]
    return None


def span(lines: list) -> tuple[int, int]:
    """First and last place (exclusive) of the article: the run of lines in which the kept ones weigh most.

    A kept line far from the others (a notice that reads like a sentence) is thus not taken for its start.
    """
    best, run, total, start = 0, (len(lines), len(lines)), 0, 0
    for place, line in enumerate(lines):
        total += min(len(line.text), LONG) if line.kept else -GAP
        if total <= 0:
            total, start = 0, place + 1
        elif total > best:
            best, run = total, (start, place + 1)
    return run


def describe(lines: list) -> dict[int, dict[str, float]]:
    """The lines that could be a headline, by place, with the features of each."""
    start, end = span(lines)
    body = " ".join(line.text for line in lines[start:end] if line.kept)[:WHOLE]
    first, whole = _stems(body[:FIRST]), _stems(body)
    page = "\n".join(["", *(line.text.casefold() for line in lines), ""])
    found = {}
    for place, line in enumerate(lines[: start + BELOW]):
        if not SHORTEST <= len(line.text) <= LONGEST:
            continue
        other_script = not line.text.isascii()  # may have no spaces, and no words to compare
        if line.text.count(" ") < 2 and not other_script:
            continue
        stems = _stems(line.text)
        if other_script or not stems.isdisjoint(whole):
            found[place] = {
                **_looks(line),
                **_stands(lines, place, start),
                **_repeated(line.text, page),
                "share of words in the opening": len(stems & first) / (len(stems) + 2),
                "share of words in the article": len(stems & whole) / (len(stems) + 2),
                "every word in the opening": float(bool(stems) and stems <= first),
                "first candidate": float(not found),
            }
    return found


def _looks(line: object) -> dict[str, float]:
    words = line.text.split()
    opens = [word for word in words if word[0].isalpha()]
    kinds = {f"looks like {kind}": float(bool(p.search(line.text))) for kind, p in _patterns().items()}
    return {
        **kinds,
        "under 4 words": float(len(words) < 4),
        "4 or 5 words": float(4 <= len(words) <= 5),
        "over 20 words": float(len(words) > 20),
        "over 30 words": float(len(words) > 30),
        "full stop": float(line.text[-1] == "."),
        "three dots": float(line.text.endswith(("…", "..."))),
        "lower case first": float(line.text[0].islower()),
        "share of capitals": sum(word[0].isupper() for word in opens) / max(1, len(opens)),
        "kept": float(line.kept),
        "furniture": float(line.reason in _ELSE),
        "date": float(bool(_DATE.search(line.text))),
    }


def _stands(lines: list, place: int, start: int) -> dict[str, float]:
    above, after = start - place, lines[place + 1 : place + 4]
    steps = {1: above == 1, 3: 1 < above <= 3, 5: 3 < above <= 5, 9: 5 < above <= 9, 19: 9 < above <= 19}
    byline = _patterns()["a byline"]
    before = lines[max(0, place - 2) : place]
    return {
        **{f"up to {most} above": float(true) for most, true in steps.items()},
        "20 or more above": float(above > 19),
        "below the start": math.log(1 - above) if above <= 0 else 0.0,
        "byline follows": float(any(len(x.text) < 80 and byline.search(x.text) for x in after)),
        "date follows": float(any(len(x.text) < 90 and _DATE.search(x.text) for x in after)),
        "article follows": float(bool(after) and after[0].kept),
        "date before": float(
            bool(before) and len(before[-1].text) < 60 and bool(_DATE.search(before[-1].text))
        ),
        "long line before": float(bool(before) and _is_long(before[-1].text)),
        "two long lines before": float(len(before) == 2 and all(_is_long(x.text) for x in before)),
        "long line after": float(bool(after) and _is_long(after[0].text)),
    }


def _repeated(text: str, page: str) -> dict[str, float]:
    folded = text.casefold()
    same = page.count(f"\n{folded}\n")
    suffix = _SUFFIX.search(text)
    head = folded[: suffix.start()] if suffix else ""
    return {
        "repeated": float(min(same, 3) - 1),
        "inside other lines": float(min(page.count(folded) - same, 2)) if len(text) >= LONG_LINE else 0.0,
        "another line and a suffix": float(len(head) >= SHORTEST and f"\n{head}\n" in page),
    }


def _is_long(text: str) -> bool:
    return len(text) >= LONG_LINE and text.count(" ") >= 3


def _stems(text: str) -> set[str]:
    """Four letters stand for a word: most endings of the European languages are cut off."""
    return {word[:4] for word in _WORD.findall(text.lower())}


@cache
def _patterns() -> dict[str, re.Pattern]:
    rows = (line.split("\t") for line in read_list(Path(__file__).parent / "headline.tsv"))
    return {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in rows}


@cache
def _weights() -> dict[str, float]:
    rows = (line.split("\t") for line in read_list(Path(__file__).parent / "headline_weights.tsv"))
    return {name: float(weight) for name, weight in rows}
