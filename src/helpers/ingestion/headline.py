"""Which line of a dump is its headline: a small ranker over the lines above the article.

In go judged lines (`lines.judge`; `text`, `kept` and `reason` of each are used), out comes one of them or
None. A line that could be a headline gets a score: what it looks like and where it stands, each times a
weight from `headline_weights.tsv`. A line that stands several times counts once, with all its scores; "no
headline here" competes with a score of its own.
"""

import math
import re
from collections import Counter

from helpers.ingestion.layout import stretch
from helpers.words import read_pairs, read_rows

# Probability. On English pages of other sites 80 to 91 % of the headlines given are right, 58 to 71 % on
# pages in other languages; 0.5 would add 1 to 6 points and lose 4 to 13 of recall (tools/train_headline.py).
SURE = 0.35
BELOW = 10  # lines: how far below the article's supposed start a headline is still sought
ABOVE = 4  # lines above the headline that may belong to it; twice as many where none was found
HEADER = 600  # characters of the article: its date and byline may stand below a first paragraph set apart
SHORTEST, LONGEST = 12, 200  # characters
SHARED = 0.2  # share of a line's words that the article must have; they must be two
GAP, LONG = 60, 400  # characters that one dropped line takes from a run, and that one kept line adds at most
LONG_LINE = 20  # characters of a line that says something, unlike a menu's
OPENING, WHOLE = 900, 3000  # characters of the article that a headline is compared with

_STEM = re.compile(r"([^\W\d_]{4})\w*")  # four letters cut off most endings of the European languages
_SUFFIX = re.compile(r"\s(?P<mark>[|•·–—-]|::|»)\s(?P<outlet>[^|•·–—»]{2,40})$")
_NAMED = ("menu", "share bar", "legal", "caption", "byline", "date line", "teaser", "view counter")
_WORDS = read_pairs(__file__, "headline.tsv")
_CAPTION = set(_WORDS["caption"].split("|"))
_ELSE, _BYLINE = (re.compile(rf"(?:{_WORDS[kind]})\b|\d+[.)] ") for kind in ("other", "byline"))
_WEIGHTS = {name: float(weight) for name, weight in read_rows(__file__, "headline_weights.tsv")}


def find(lines: list) -> object | None:
    """The line that is the headline, None where none is likely enough.

    Examples
    --------
    >>> from helpers.ingestion.lines import judge
    >>> page = "Menu\\nA bridge opens over the river today\\n3 May 2021\\nThe bridge was opened on Monday."
    >>> find(judge(page)).text
    'A bridge opens over the river today'
    """
    strengths, together = {}, Counter()
    for place, features in describe(lines).items():
        strengths[place] = math.exp(sum(_WEIGHTS[name] * value for name, value in features.items()))
        together[lines[place].text.casefold()] += strengths[place]
    if not together:
        return None
    words, best = max(together.items(), key=lambda item: item[1])
    if best / (sum(together.values()) + math.exp(_WEIGHTS["none"])) < SURE:
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
    head, sides = title[: suffix.start()], {title[: suffix.start()].casefold(), suffix["outlet"].casefold()}
    said = suffix["mark"] in ("|", "::", "»") or any(line.text.casefold() in sides for line in lines)
    return head if said else title


def suffix(lines: list) -> str | None:
    """The outlet that a line names behind the page's headline ("A bridge opens | Harbour News")."""
    title = next((line.text for line in lines if line.reason == "title"), None)
    found = _SUFFIX.search(title or "")
    head = title[: found.start()] if found else title
    same = [line.text for line in lines if line.text.startswith(head)] if head else []
    behind = [found["outlet"] for text in same if text != head and (found := _SUFFIX.match(text, len(head)))]
    alone = {line.text for line in lines} if behind and head in same else ()
    # one word that also stands alone may be a section
    return next((name for name in behind if head in alone and (" " in name or name not in alone)), None)


def span(lines: list) -> tuple[int, int]:
    """First and last place (exclusive) of the article: the run of lines in which the kept ones weigh most.

    A kept line far from the others (a notice that reads like a sentence) is thus not taken for its start.
    """
    start, end = stretch([min(len(line.text), LONG) if line.kept else -GAP for line in lines])
    return (start, end) if end else (len(lines), len(lines))


def around(lines: list) -> tuple[int, int, int, list[int]]:
    """Where a page speaks about its article.

    Given are the place of the headline (where none was found, of the line above the article), the article's
    first and last place, and the places about the headline and the article's beginning.
    """
    start, end = span(lines)
    title = next((n for n, line in enumerate(lines) if line.reason == "title"), None)
    if title is None:
        title, top = start - 1, start - 3 * ABOVE
    else:
        near = range(max(0, title - BELOW), title + 1)
        top = min(start, *(n for n in near if lines[n].text == lines[title].text)) - ABOVE
    seen, header = 0, []
    for place in range(max(0, top), end):
        header.append(place)
        seen += len(lines[place].text) if lines[place].kept and place >= start else 0
        if seen > HEADER:
            break
    return title, start, end, header


def describe(lines: list) -> dict[int, dict[str, float]]:
    """The lines that could be a headline, by place, with what `headline_weights.tsv` weighs of each."""
    start, end = span(lines)
    body = " ".join(line.text for line in lines[start:end] if line.kept)[:WHOLE].lower()
    opening = set(_STEM.findall(body[:OPENING]))
    article = opening.union(_STEM.findall(body[OPENING:]))
    folded = [line.text.lower() for line in lines]
    page, times, found = "\n".join(folded), Counter(folded), {}
    for place, line in enumerate(lines[: start + BELOW]):
        text, words, above = line.text, folded[place], start - place
        if not SHORTEST <= len(text) <= LONGEST or text[-1] == "." or text[0].islower():
            continue
        latin = text.isascii()  # other scripts may have no spaces, and no words to compare
        spaces = text.count(" ")
        if (latin and spaces < 2) or line.reason in _NAMED:
            continue
        stems = set(_STEM.findall(words))
        known, size = len(stems & article), len(stems) + 2
        if (latin and (known < 2 or known < SHARED * size)) or _ELSE.match(words) or _BYLINE.match(words):
            continue
        suffix = _SUFFIX.search(text)
        after = lines[place + 1 : place + 4]
        found[place] = {
            "share of words in the opening": len(stems & opening) / size,
            "share of words in the article": known / size,
            "under 30 characters": len(text) < 30,
            "over 20 words": spaces >= 20,
            "caption": not _CAPTION.isdisjoint(stems) or "©" in text or text[text.rfind(" ") + 1] == "(",
            "kept": line.kept,
            "up to 19 above": 0 < above < 20,
            "below the start": math.log(1 - above) if above <= 0 else 0,
            "repeated": min(times[words], 3) - 1,
            "inside other lines": min(page.count(words) - times[words], 2),
            "another line and a suffix": bool(suffix) and words[: suffix.start()] in times,
            "byline follows": any(len(x.text) < 80 and bool(_BYLINE.match(x.text.lower())) for x in after),
            "two long lines before": place > 1 and _is_long(lines[place - 1]) and _is_long(lines[place - 2]),
            "long line after": bool(after) and _is_long(after[0]),
        }
    return found


def _is_long(line: object) -> bool:
    return len(line.text) >= LONG_LINE and line.text.count(" ") >= 3
