"""Who wrote an article, from the bylines of its page: names after "By", names alone beside headline and date.

In go judged lines, out come names in the order of the page. A name alone is taken only when something else
bears it out: a date in the same line, the name again elsewhere, a word about the person below the article.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from helpers.ingestion import page_dates
from helpers.ingestion.headline import span
from helpers.words import read_list

LONGEST = 120  # characters of a byline
NAME = 40  # characters of one name
ABOVE, BELOW = 3, 25  # lines about the headline in which a byline stands
HEADER = 600  # characters of the article: a byline may stand below a first paragraph set apart
TAIL = 8  # lines below the article
BORNE_OUT = 2.5  # points of witnesses a name without "By" needs: on 174 pages 88 % of those given are right

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĹĻŃŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚА-ЯЁЄІЇҐ"
_WORD = re.compile(rf"[{_UPPER}][\w'’.-]*$")
_INITIAL = re.compile(rf"(?:[{_UPPER}]\.)+$")
_AGO = re.compile(r"\bago\b|^vor \d|^il y a \d|^hace \d|^\d+ \w+ fa$", re.IGNORECASE)
_TIDY = re.compile(r"\d.*$|\s[-–—|•·/]\s.*$|[|•·@(\[].*$|\s*[-–—:;/]\s*$")
_GLUED = re.compile(rf"[^\W\d_]{{3,}}(?<=[a-zà-ÿа-яё])[{_UPPER}]")
_BIO = re.compile(
    r"^(?P<name>.{5,40}?)(?:,| is | was | covers | reports | writes | has | joined | ist | est )"
)


def authors(lines: list) -> list[str]:
    """The names of who wrote the article, as its bylines give them.

    Parameters
    ----------
    lines
        Judged lines; the headline bears the reason "title".

    Examples
    --------
    >>> from helpers.ingestion.lines import judge
    >>> authors(judge("A bridge opens\\nBy ANN LEE and Bo Ek in Port Town\\nThe bridge is open now."))
    ['Ann Lee', 'Bo Ek']
    """
    start, end = span(lines)
    places = _titles(lines, start)
    title = places[-1] if places else None
    header, tail = (
        _header(lines, places[0] if places else None, start),
        range(end, min(end + TAIL, len(lines))),
    )
    for places in (header, tail):
        for place in places:
            if len(lines[place].text) <= LONGEST and (names := _after_opener(lines, place)):
                return names
    return _borne_out(lines, header, title if title is not None else start - 1) or _below(lines, tail)


def editors(lines: list) -> list[str]:
    """Names in lines that begin with "Editor" or "Edited by".

    Examples
    --------
    >>> from helpers.ingestion.lines import judge
    >>> editors(judge("The bridge was opened on Monday.\\nEditor Ann Lee"))
    ['Ann Lee']
    """
    opener = _opener("editor")
    found = [
        name
        for line in lines
        if len(line.text) <= LONGEST and (match := opener.match(line.text))
        for name in people(line.text[match.end() :])
    ]
    return list(dict.fromkeys(found))


def people(text: str) -> list[str]:
    """The names a byline lists, up to the first thing that is none: a role, a place, a date.

    Examples
    --------
    >>> people("Ann Lee, Bo Ek and Eva van der Berg, Political Editor")
    ['Ann Lee', 'Bo Ek', 'Eva van der Berg']
    >>> people("Ann LeeStaff Writer"), people("Ann B. Lee Senior Reporter"), people("the council")
    (['Ann Lee'], ['Ann B. Lee'], [])
    """
    return _names(text)[0]


def is_name(text: str) -> bool:
    """Whether a text holds a person's name and nothing else, by its form: two to five words in capitals.

    Examples
    --------
    >>> is_name("Ann van der Lee"), is_name("Ann"), is_name("Latest News"), is_name("The harbour opens")
    (True, False, False, False)
    """
    words = text.split()
    if not 2 <= len(words) <= 5 or len(text) > NAME or any(map(_is_role, words)):
        return False
    if words[0].lower() in _words("never first"):
        return False
    capitals = [word for word in words if _WORD.match(word)]
    small = [word for word in words if word not in capitals]
    return (
        len(capitals) >= 2 and words[-1] in capitals and all(w.lower() in _words("particle") for w in small)
    )


def _names(text: str) -> tuple[list[str], str]:
    """The names at the start of a line, and what is left of it when they are taken."""
    parts = _splitter().split(_tidy(text))
    found: list[str] = []
    for n, part in enumerate(parts):
        name, role = _before_role(part.strip(" .,"))
        if not is_name(name) and (n or not _is_single(name)):
            return found, " ".join(parts[n:]).strip()
        found.append(" ".join(map(_cased, name.split())) if name.isupper() and " " in name else name)
        if role:
            return found, role
    return found, ""


def _before_role(text: str) -> tuple[str, str]:
    """Part "Ann B. Lee Senior Reporter": before a role or an outlet stand a first and a last name."""
    words = text.split()
    if not any(_is_role(word) for word in words):
        return text, ""
    size = 2 + sum(bool(_INITIAL.match(word)) or word.lower() in _words("particle") for word in words[:4])
    role = next(n for n, word in enumerate(words) if _is_role(word))
    return " ".join(words[: min(role, size)]), " ".join(words[min(role, size) :])


def _after_opener(lines: list, place: int) -> list[str]:
    """Names after "By", in the same line or, where it stands alone, in the lines below."""
    text = lines[place].text
    opener = _opener("opener").match(text)
    if not opener and len(text) < LONGEST and next(page_dates.dates(text), None):
        opener = _inside().search(text)
    if not opener or lines[place].reason == "caption":
        return []
    rest = text[opener.end() :].strip()
    if rest:
        staff = _tidy(rest).strip(" .,-")  # "By Harbour News Staff" has no person, yet says who
        capitals = staff.split() and all(_WORD.match(word) for word in staff.split())
        return people(rest) or ([staff] if capitals and len(staff) < NAME else [])
    found: list[str] = []
    for line in lines[place + 1 : place + 10]:
        names, _ = _names(line.text) if len(line.text) <= LONGEST else ([], "")
        if not names and line.text.strip().lower() not in _words("and") | {","}:
            break
        found += names
    return list(dict.fromkeys(found))


def _borne_out(lines: list, header: list[int], title: int) -> list[str]:
    """Names without "By" below the headline that something else bears out; the best line's names."""
    pages = Counter(line.text.casefold() for line in lines if len(line.text) <= NAME)
    bios = {m["name"].casefold() for line in lines[title + 1 :] if (m := _BIO.match(line.text[:80]))}
    found = {place: _names(lines[place].text) for place in header if place > title and _may_be(lines[place])}
    found = {
        place: (names, rest)
        for place, (names, rest) in found.items()
        if names and (not rest or any(map(_is_role, rest.split())))
    }
    best, given = BORNE_OUT, []
    for place, (names, rest) in found.items():
        said, text = [name.casefold() for name in names], lines[place].text
        points = 2.0 * any(name in bios for name in said)
        points += 1.0 * any(pages[name] > (text.casefold() == name) for name in said)
        points += 0.5 * bool(rest) + 0.5 * (len(names) > 1)
        points += 1.0 * is_name(names[0]) + 0.5 * (len({tuple(names) for names, _ in found.values()}) == 1)
        points += _beside(lines, place, title)
        if points >= best and (points > best or not given):
            best, given = points, names
    return given


def _may_be(line: object) -> bool:
    return not line.kept and line.reason not in ("caption", "legal") and " / " not in line.text


def _beside(lines: list, place: int, title: int) -> float:
    """Points for a date in or beside the line, and for only dates and summaries above it."""
    if _is_dated(lines[place].text):
        return 2.5
    near = [line.text for line in lines[max(0, place - 1) : place + 2] if line is not lines[place]]
    between = [line.text for line in lines[title + 1 : place]]
    follows = all(len(text) > LONGEST / 2 or _is_dated(text) for text in between)
    return 1.0 * follows + 1.0 * any(map(_is_dated, near))


def _is_dated(text: str) -> bool:
    return len(text) <= LONGEST and bool(page_dates.first(text)[0] or _AGO.search(text))


def _below(lines: list, tail: range) -> list[str]:
    """Without a byline: a person presented below the article, or a name alone at the page's end."""
    for place in tail:
        bio = _BIO.match(lines[place].text[:80])
        if bio and is_name(bio["name"]) and any(map(_is_role, lines[place].text[bio.end() :].split()[:12])):
            return [bio["name"]]
    alone = {lines[place].text for place in tail if is_name(lines[place].text)}
    last = bool(tail) and len(lines) - tail[0] <= TAIL
    return people(alone.pop()) if last and len(alone) == 1 else []


def _titles(lines: list, start: int) -> list[int]:
    """Where the headline stands above the article, repetitions near one another included."""
    text = next((line.text for line in lines if line.reason == "title"), None)
    places = [n for n, line in enumerate(lines[: start + BELOW]) if line.text == text]
    above = [n for n in places if n < start] or places[:1]
    return [n for n in above if above[-1] - n <= BELOW]


def _header(lines: list, title: int | None, start: int) -> list[int]:
    top = start - BELOW // 2 if title is None else min(title, start) - ABOVE
    seen, places = 0, []
    for place in range(max(0, top), len(lines)):
        if seen > HEADER or (place > start + BELOW):
            break
        if lines[place].kept and place >= start:
            seen += len(lines[place].text)
        if len(lines[place].text) <= LONGEST and lines[place].reason != "title":
            places.append(place)
    return places


def _tidy(text: str) -> str:
    """A byline without date, handle, place, a role glued to a name, and what follows a bar."""
    when = next(page_dates.dates(text), None)
    if when:
        text = text[: when.start] if when.start > 4 else text[when.end :]
    text = _TIDY.sub("", text.strip())
    glued = _GLUED.search(text)
    if glued and any(map(_is_role, text[glued.end() - 1 :].split())):
        text = text[: glued.end() - 1]
    return _places().sub("", text).strip()


def _cased(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def _is_role(word: str) -> bool:
    return word.strip(".,:").lower() in _words("role")


def _is_single(name: str) -> bool:
    """Whether one word in capitals may say who: "Reuters", not "Monday" or "Politics"."""
    return bool(_WORD.match(name)) and len(name) > 1 and not _is_role(name) and not page_dates.is_bare(name)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for word in _kinds()[kind].lower().split("|"))


@cache
def _opener(kind: str) -> re.Pattern:
    """ "By" and its like; glued to a name ("byAnn Lee") only before a capital."""
    words = "|".join(sorted(map(re.escape, _kinds()[kind].split("|")), key=len, reverse=True))
    return re.compile(rf"(?i:{words})(?:\s*:\s*|\s+|$|(?=[{_UPPER}][a-zà-ÿ]))(?=[{_UPPER}]|$)")


@cache
def _splitter() -> re.Pattern:
    return re.compile(rf"\s*[,&;/]\s*(?:(?:{_kinds()['and']})\s+)?|\s+(?:{_kinds()['and']})\s+")


@cache
def _places() -> re.Pattern:
    return re.compile(rf"\s+(?:{_kinds()['place']})\s+[{_UPPER}\w].*$|\s+on$")


@cache
def _inside() -> re.Pattern:
    """ "By" further on in a line, as in "3 May 2021 by Ann Lee"."""
    return re.compile(rf"\b(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor)\s+(?=[{_UPPER}])")


@cache
def _kinds() -> dict[str, str]:
    rows = (line.split("\t") for line in read_list(Path(__file__).parent / "bylines.tsv"))
    return dict(rows)
