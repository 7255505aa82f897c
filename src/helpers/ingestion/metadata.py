"""What a saved page says about its article: who wrote it, when, where, for whom, and whom it credits.

Everything here is read from the page's own words and says on what ground (`..._basis`). What the page does
not say stays missing.
"""

import re
from datetime import datetime

from helpers.ingestion import headline, page_dates
from helpers.ingestion.bylines import people
from helpers.ingestion.chain import DATELINE, PLACE
from helpers.words import filled, read_rows

_ROWS = read_rows(__file__, "metadata.tsv")
_PARTS = dict(_ROWS) | {"PLACE": PLACE}
_FORMS = {name: re.compile(filled(form, _PARTS)) for name, form in _ROWS if name != "rights"}
_RIGHTS = [re.compile(filled(form, _PARTS)) for name, form in _ROWS if name == "rights"]


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
    found = _FORMS["title byline"].search(title)
    if not found:
        return title, None, []
    return title[: found.start()], found[1], people(found[2])[0]


def outlet(lines: list) -> tuple[str | None, str]:
    """The outlet and where the page names it: its dateline, behind its headline, or its copyright notice.

    A notice names an owner; one that is a company by its form ("Inc", "Media Group") is not taken for the
    outlet, nor is a photo's credit, which has no year.

    Examples
    --------
    >>> from helpers.ingestion.lines import judge
    >>> outlet(judge("The bridge was opened on Monday.\\n© 2021 Harbour News. All rights reserved."))
    ('Harbour News', 'copyright notice')
    """
    if found := _place_line(lines):
        return found["outlet"], "dateline"
    if name := headline.suffix(lines):
        return name, "page title"
    for text in (line.text for line in lines if not line.kept and len(line.text) <= 2 * page_dates.LONGEST):
        signed = "©" in text or "opyright" in text or "(c)" in text
        for found in (pattern.search(text) for pattern in (_RIGHTS if signed else ())):
            name = _FORMS["no outlet"].split(found["owner"])[0].strip(" .,–-") if found else ""
            if name and not _FORMS["company"].search(name):
                return name, "copyright notice"
    return None, "not stated"


def published(lines: list, body: str) -> tuple[datetime | None, str]:
    """When the page says the article was published, and on what ground.

    A date that is labelled or stands alone near the headline is a statement; without one a dateline's month
    and day get the year of the first such day on or after the latest full date the article tells; last come
    a day of updating and a date among other things in the page's header.
    """
    when, basis = page_dates.best(lines)
    found = DATELINE.match(body) if basis != "stated" else None
    day = _FORMS["month and day"].search((found and found["rest"]) or "")
    if day and page_dates.month_number(day["word"]):
        told, on_what = _from_dateline(day, body)
        return (told, on_what) if told or not when else (when, basis)
    return when, basis


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and nothing else, or a place and an outlet and nothing else."""
    if len(text) > page_dates.LONGEST:
        return False
    found = page_dates.dates(text)
    bare = found and page_dates.is_bare(page_dates.without(text, found[:1]))
    return bool(bare or _FORMS["place and outlet"].match(text))


def place(lines: list, body: str) -> str | None:
    """The place of a dateline ("PARIS, May 3 (Reuters) –"), else of a line above that is place and outlet."""
    found = DATELINE.match(body) or _place_line(lines)
    return found["place"] if found else None


def genre(lines: list, body: str, title: str | None) -> tuple[str, str]:
    """News genre where the page says it: an analysis or opinion by its header, or an agency's dateline.

    "Opinion" among other sections of the paper is an entry of its menu, and says nothing of the article.
    """
    named = [_FORMS["section"].fullmatch(line.text) is not None for line in lines]
    menu = [sum(named[n : n + 3]) == 3 for n in range(len(lines))]  # the first of three in a row
    places = [n for n in headline.around(lines)[-1] if not any(menu[max(0, n - 2) : n + 1])]
    header = [lines[n].text for n in places if not lines[n].kept]
    labels = [split_byline(text)[1] or ((m := _FORMS["label"].match(text)) and m[1]) for text in header]
    label = next(filter(None, labels), "").lower()
    if label in ("analysis", "opinion", "interview"):
        return label, f"labelled {label}"
    if title and re.search(r"\b(live updates|live blog)\b|: LIVE$", title, re.I):
        return "live", "headline"
    found = DATELINE.match(body)
    return ("agency", f"dateline of {found['agency']}") if found else ("unknown", "not stated")


def _place_line(lines: list) -> re.Match | None:
    start, _ = headline.span(lines)
    near = [line.text for line in lines[max(0, start - 3 * headline.ABOVE) : start] if not line.kept]
    return next(filter(None, map(_FORMS["place and outlet"].match, near)), None)


def _from_dateline(found: re.Match, body: str) -> tuple[datetime | None, str]:
    month, day = page_dates.month_number(found["word"]), int(found["day"])
    try:
        if found["year"]:
            return datetime(int(found["year"]), month, day), "dateline"
        told = [(one.when, body[one.start : one.end]) for one in page_dates.dates(body)]
        if not told:
            return None, "dateline without a year"
        latest, words = max(told)
        latest = latest.replace(hour=0, minute=0)
        when = datetime(latest.year, month, day)
        when = when if when >= latest else when.replace(year=latest.year + 1)
        return when, f"dateline, year inferred from “{words}” in the text"
    except ValueError:
        return None, "dateline with an impossible day"
