"""What a saved page says about its article: who wrote it, when, where, for whom, and whom it credits.

Everything here is read from the page's own words and says on what ground (`..._basis`). What the page does
not say stays missing.
"""

import re
from datetime import datetime

_NAME = r"[A-Z][\w'’.-]+(?:\s+(?:[A-Z][\w'’.-]+|de|da|van|von|der|al|bin|la)){1,4}"
_NAMES = rf"{_NAME}(?:\s*(?:,|and|&)\s*{_NAME})*"
_BYLINE = re.compile(
    rf"^(?:(?:(?:[Ww]ritten|[Rr]eport(?:ed|ing)|[Tt]ext|[Aa]nalysis|[Oo]pinion|[Ss]tory)\s+)?[Bb]y"
    rf"|[Aa]uthors?)\s*:?\s+({_NAMES})$"
)
_EDITOR = re.compile(rf"^(?:[Ee]ditors?|[Ee]dit(?:ed|ing)\s+by)\s*:?\s+({_NAMES})$")
_TITLE_BYLINE = re.compile(rf"\s+(?:(Analysis|Opinion|Comment|Interview|Review)\s+by|By)\s+({_NAMES})$")
_NAME_ALONE = re.compile(rf"^{_NAME}$")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
_TIME = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?\s*([ap]\.?m\.?)?", re.I)
_FULL_DATES = [
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b", re.I),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.I),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)\b"),
]
_DATE_WORDS = re.compile(
    r"\b(?:published|posted|updated|modified|created|date|on|at|first|last|mon|tues?|wed(?:nes)?|thur?s?|fri"
    r"|satur|sun)(?:day)?\b|\b(?:utc|gmt|bst|[ecmp][sd]?t|am|pm)\b",
    re.I,
)

_PLACE = r"[A-Z][\w'’.-]*(?:[ /][A-Z][\w'’.-]*){0,3}"
_COUNTRY = rf"(?!{_MONTH.replace('?P<month>', '?:')}\s)[A-Z][\w. ]+?"
_DATELINE = re.compile(
    rf"^(?P<place>{_PLACE})(?:, {_COUNTRY})?"
    rf"(?:, {_MONTH}\s+{_DAY}(?:,\s+{_YEAR})?)?\s*\((?P<agency>[A-Z][\w .&-]+)\)\s*[–—-]+\s"
)
_DATELINE_ALONE = re.compile(rf"^(?P<place>{_PLACE})\s*[•|·—–]\s*(?P<outlet>[A-Z][\w.]*(?: [A-Z][\w.]*)?)$")
_AGENCY = r"((?:[A-Z]{2,8}|[A-Z][a-z]+)(?:\s(?:[A-Z]{2,8}|[A-Z][a-z]+)){0,2})"
_CREDITS = [
    re.compile(rf"\b[Rr]eported by {_AGENCY}"),
    re.compile(rf"(?:,|”|\") (?:writes|wrote) {_AGENCY}"),
    re.compile(rf", {_AGENCY} (?:reports|reported|writes)\b"),
    re.compile(rf"\b(?:[Tt]old|[Aa]ccording to) {_AGENCY} (?:news )?agency\b"),
]
_RIGHTS = [
    re.compile(
        r"(?:©|\(c\)|copyright)[\s©]*(?:\d{4}(?:\s*[-–]\s*\d{4})?,?\s*)?(?:by\s+)?"
        r"[«“\"']?([A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})",
        re.I,
    ),
    re.compile(r"^([A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})\s*©"),
]


def split_byline(title: str) -> tuple[str, str | None, list[str]]:
    """Part a headline from a byline run into it.

    Returns
    -------
    title, label, authors
        The headline; "Analysis", "Opinion" … where the byline says so; the names.

    Examples
    --------
    >>> split_byline("A bridge too dear Analysis by Ann Lee and Bo Ek")
    ('A bridge too dear', 'Analysis', ['Ann Lee', 'Bo Ek'])
    """
    found = _TITLE_BYLINE.search(title)
    if not found:
        return title, None, []
    return title[: found.start()], found[1], _people(found[2])


def authors(lines: list) -> list[str]:
    """The names in byline lines, a name alone below the article included."""
    bylines = [line.text for line in lines if line.reason == "byline" and not _EDITOR.search(line.text)]
    named = [m[1] for text in bylines if (m := _BYLINE.search(text))] or list(filter(is_name, bylines))
    return list(dict.fromkeys(person for names in named for person in _people(names)))


def is_name(text: str) -> bool:
    """Whether a line holds a person's name and nothing else, by its form."""
    return bool(_NAME_ALONE.search(text))


def editors(lines: list) -> list[str]:
    """Names in editor lines."""
    named = [m[1] for line in lines if (m := _EDITOR.search(line.text))]
    return list(dict.fromkeys(person for names in named for person in _people(names)))


def outlet(lines: list) -> tuple[str | None, str]:
    """The outlet and where the page names it: its dateline or its copyright notice."""
    for line in lines:
        if not line.kept and (found := _DATELINE_ALONE.search(line.text)):
            return found["outlet"], "dateline"
    for line in lines:
        for pattern in _RIGHTS:
            if not line.kept and (found := pattern.search(line.text)):
                return found[1].rstrip("."), "copyright notice"
    return None, "not stated"


def published(lines: list, body: str) -> tuple[datetime | None, str]:
    """When the page says the article was published, and on what ground.

    A line above the article that holds nothing but a date is a statement; a date among other things above it
    is the page header's; a dateline's month and day get the year of the first such day on or after the latest
    full date the article tells.
    """
    first = next((position for position, line in enumerate(lines) if line.kept), len(lines))
    header = None
    for line in reversed(lines[:first]):
        when, rest = _date(line.text)
        if when and line.reason not in ("teaser", "legal"):
            if _is_bare(rest):
                return when, "stated"
            header = header or when
    dateline = _DATELINE.search(body)
    if dateline and dateline["month"]:
        return _from_dateline(dateline, body)
    return (header, "page header") if header else (None, "not stated")


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and nothing else, or a place and an outlet and nothing else."""
    when, rest = _date(text)
    return bool(_DATELINE_ALONE.search(text)) or (when is not None and _is_bare(rest))


def dateline(body: str) -> tuple[str | None, str | None]:
    """Place and agency of a dateline such as "PARIS, May 3 (Reuters) –"."""
    found = _DATELINE.search(body)
    return (found["place"], found["agency"]) if found else (None, None)


def place_alone(lines: list) -> str | None:
    """The place in a line that holds only place and outlet."""
    found = (_DATELINE_ALONE.search(line.text) for line in lines if not line.kept)
    return next((m["place"] for m in found if m), None)


def credits(body: str) -> list[str]:
    """Agencies and outlets the text says it has its news from, in order."""
    _, agency = dateline(body)
    found = [(0, agency)] if agency else []
    found += [(m.start(), m[1]) for pattern in _CREDITS for m in pattern.finditer(body)]
    return list(dict.fromkeys(name for _, name in sorted(found)))


def genre(lines: list, body: str, title: str | None) -> tuple[str, str]:
    """News genre where the page says it: a labelled analysis or opinion, or an agency's dateline."""
    labels = [split_byline(line.text)[1] for line in lines]
    labels += [
        m[1]
        for line in lines
        if (m := re.match(r"(analysis|opinion|interview)\b", line.text, re.I))
        and len(line.text.split()) <= 6
        and not line.kept
    ]
    label = next((label.lower() for label in labels if label), None)
    if label in ("analysis", "opinion", "interview"):
        return label, f"labelled {label}"
    if title and re.search(r"\b(live updates|live blog)\b|: LIVE$", title, re.I):
        return "live", "headline"
    _, agency = dateline(body)
    return ("agency", f"dateline of {agency}") if agency else ("unknown", "not stated")


def _people(names: str) -> list[str]:
    return [name.strip() for name in re.split(r"\s*(?:,|\band\b|&)\s*", names) if name.strip()]


def _date(text: str) -> tuple[datetime | None, str]:
    """The first full date in a line, with its time of day, and what else the line holds."""
    for pattern in _FULL_DATES:
        if found := pattern.search(text):
            rest = text[: found.start()] + " " + text[found.end() :]
            clock = _TIME.search(rest)
            hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
            if clock and clock[3]:
                hour = hour % 12 + (12 if clock[3][0] in "pP" else 0)
            try:
                return datetime(*_ymd(found), hour, minute), _TIME.sub(" ", rest)
            except ValueError:
                continue
    return None, text


def _is_bare(rest: str) -> bool:
    """Whether beside a date there are only words such as "Published on Monday"."""
    return not re.search(r"\w{2}", _DATE_WORDS.sub("", rest))


def _ymd(found: re.Match) -> tuple[int, int, int]:
    month = found["month"]
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    return int(found["year"]), number, int(found["day"])


def _from_dateline(found: re.Match, body: str) -> tuple[datetime | None, str]:
    month, day = MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"])
    try:
        if found["year"]:
            return datetime(int(found["year"]), month, day), "dateline"
        told = [(when, m[0]) for p in _FULL_DATES for m in p.finditer(body) if (when := _date(m[0])[0])]
        if not told:
            return None, "dateline without a year"
        latest, words = max(told)
        when = datetime(latest.year, month, day)
        if when < latest:
            when = when.replace(year=latest.year + 1)
        return when, f"dateline, year inferred from “{words}” in the text"
    except ValueError:
        return None, "dateline with an impossible day"
