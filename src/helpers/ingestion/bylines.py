"""Who wrote an article, from the bylines of its page: names after "By", names alone beside headline and date.

In go judged lines, out come names in the order of the page. A name alone is taken only when something else
bears it out: a date in the same line, the name again elsewhere, a word about the person below the article.
"""

import re

from helpers.ingestion import headline, page_dates
from helpers.words import any_of, filled, read_pairs

LONGEST = 120  # characters of a byline
NAME = 40  # characters of one name
TAIL = 8  # lines below the article
BORNE_OUT = 1.5  # points a name without "By" needs: 89 % of the pages given authors then have a right one

_ROWS = read_pairs(__file__, "bylines.tsv")
_LISTS = {name: words.split("|") for name, words in _ROWS.items() if name.islower()}
_WORDS = {name: frozenset(map(str.lower, words)) for name, words in _LISTS.items()}
_PARTS = _ROWS | {name: any_of(words) for name, words in _LISTS.items()}
_WORD, _INITIAL, _AGO, _TIDY, _GLUED, _BIO, _OPENER, _INSIDE, _EDITOR, _AND, _PLACE = (
    re.compile(filled(f"@{name}", _PARTS))
    for name in "WORD INITIAL AGO TIDY GLUED BIO OPENER INSIDE EDITOR AND PLACE".split()
)


def authors(lines: list) -> list[str]:
    """The names of who wrote the article, as its bylines give them.

    Examples
    --------
    >>> from helpers.ingestion.lines import judge
    >>> authors(judge("A bridge opens\\nBy ANN LEE and Bo Ek in Port Town\\nThe bridge is open now."))
    ['Ann Lee', 'Bo Ek']
    """
    title, start, end, header = headline.around(lines)
    header = [n for n in header if n < start + headline.BELOW and lines[n].reason != "caption"]
    tail = range(end, min(end + TAIL, len(lines)))
    for place in (*header, *tail):
        if names := _after_opener(lines, place):
            return names
    borne_out = _borne_out(lines, [n for n in header if n > title], title)
    alone = {lines[n].text for n in tail if is_name(lines[n].text)} if tail.stop == len(lines) else set()
    return borne_out or (people(alone.pop())[0] if len(alone) == 1 else [])


def editors(lines: list) -> list[str]:
    """Names in lines that begin with "Editor" or "Edited by".

    Examples
    --------
    >>> from helpers.ingestion.lines import judge
    >>> editors(judge("The bridge was opened on Monday.\\nEditor Ann Lee"))
    ['Ann Lee']
    """
    texts = [line.text for line in lines if len(line.text) <= LONGEST and _EDITOR.match(line.text)]
    return list(dict.fromkeys(name for text in texts for name in people(_EDITOR.sub("", text, count=1))[0]))


def people(text: str) -> tuple[list[str], str]:
    """The names a byline lists, and what follows them: a role, a place, anything else.

    Examples
    --------
    >>> people("Ann Lee, Bo Ek and Eva van der Berg, Political Editor")
    (['Ann Lee', 'Bo Ek', 'Eva van der Berg'], 'Political Editor')
    >>> people("Ann LeeStaff Writer"), people("Ann B. Lee Senior Reporter"), people("the council")
    ((['Ann Lee'], ''), (['Ann B. Lee'], 'Senior Reporter'), ([], 'the council'))
    """
    parts = _AND.split(_tidy(text))
    found: list[str] = []
    for n, part in enumerate(parts):
        words = part.strip(" .,").split()
        role = next((place for place, word in enumerate(words) if _is_role(word)), len(words))
        if role < len(words):  # before a role or an outlet stand a first and a last name
            between = [w for w in words[:4] if _INITIAL.match(w) or w.lower() in _WORDS["particle"]]
            role = min(role, 2 + len(between))
        name = " ".join(words[:role])
        if not is_name(name) and (n or not _is_single(name)):
            return found, " ".join(parts[n:]).strip()
        found.append(name.title() if name.isupper() and " " in name else name)
        if words[role:]:
            return found, " ".join(words[role:])
    return found, ""


def is_name(text: str) -> bool:
    """Whether a text holds a person's name and nothing else, by its form: two to five words in capitals.

    Examples
    --------
    >>> is_name("Ann van der Lee"), is_name("Ann"), is_name("Latest News"), is_name("The harbour opens")
    (True, False, False, False)
    """
    words = text.split() if len(text) <= NAME else []
    if not 2 <= len(words) <= 5 or words[0].lower() in _WORDS["never_first"] or any(map(_is_role, words)):
        return False
    small = {word for word in words if not _WORD.match(word)}
    known = {word.lower() for word in small} <= _WORDS["particle"]
    return known and len(words) - len(small) >= 2 and words[-1] not in small


def _after_opener(lines: list, place: int) -> list[str]:
    """Names after "By", in the same line or, where it stands alone, in the lines below."""
    text = lines[place].text
    opener = len(text) <= LONGEST and _OPENER.match(text)
    opener = opener or (_is_dated(text) and _INSIDE.search(text))
    if not opener:
        return []
    if rest := text[opener.end() :].strip():
        staff = _tidy(rest).strip(" .,-")  # "By Harbour News Staff" has no person, yet says who
        capitals = staff and len(staff) < NAME and all(map(_WORD.match, staff.split()))
        return people(rest)[0] or ([staff] if capitals else [])
    found: list[str] = []
    for line in lines[place + 1 : place + 10]:
        names, _ = people(line.text[:LONGEST])
        if not names and line.text.lower() not in _WORDS["and"] | {","}:
            break
        found += names
    return list(dict.fromkeys(found))


def _borne_out(lines: list, places: list[int], title: int) -> list[str]:
    """Names without "By" below the headline for which most else speaks."""
    candidates = []
    for place in places:
        text = lines[place].text
        if lines[place].kept or len(text) > LONGEST or " / " in text or text == lines[title].text:
            continue
        names, rest = people(text)
        told = names and (not rest or any(map(_is_role, rest.split())))
        if told and (is_name(names[0]) or _is_dated(text)):
            candidates.append((place, text, names, rest))
    best, given = BORNE_OUT - 0.5, []
    for place, text, names, rest in candidates:
        again = [line.text for line in lines if line.text.startswith(names[0]) and line is not lines[place]]
        points = 0.5 * bool(rest) + 0.5 * (len(names) > 1) + (names[0] in again)
        points += 2 * any((bio := _BIO.match(other)) and bio["name"] == names[0] for other in again)
        points += 0.5 * all(names == other for _, _, other, _ in candidates)
        if _is_dated(text):
            points += 2.5
        else:  # a date beside it; nothing but dates and summaries between it and the headline
            points += any(_is_dated(line.text) for line in lines[max(0, place - 1) : place + 2])
            between = [line.text for line in lines[title + 1 : place]]
            points += all(len(other) > LONGEST / 2 or _is_dated(other) for other in between)
        if points > best:
            best, given = points, names
    return given


def _is_dated(text: str) -> bool:
    return len(text) <= LONGEST and bool(page_dates.dates(text) or " ago" in text or _AGO.match(text))


def _tidy(text: str) -> str:
    """A byline without date, handle, place, a role glued to a name, and what follows a bar."""
    for when in page_dates.dates(text)[:1]:
        text = text[: when.start] if when.start > 4 else text[when.end :]
    text = _TIDY.sub("", text.strip())
    glued = _GLUED.search(text)
    if glued and any(map(_is_role, text[glued.end() - 1 :].split())):
        text = text[: glued.end() - 1]
    return _PLACE.sub("", text).strip()


def _is_role(word: str) -> bool:
    return word.strip(".,:").lower() in _WORDS["role"]


def _is_single(name: str) -> bool:
    """Whether one word in capitals may say who: "Reuters", not "Monday" or "Politics"."""
    return bool(_WORD.match(name)) and len(name) > 1 and not _is_role(name) and not page_dates.is_bare(name)
