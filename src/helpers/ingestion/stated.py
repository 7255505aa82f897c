"""What tables and database exports state of an article, put in this project's terms (`fields.tsv`)."""

import re
from datetime import UTC, datetime
from functools import cache

from helpers.ingestion import page_dates
from helpers.schemas import GENRES
from helpers.words import read_rows

_NOTHING = {"none", "nan", "nat", "null", "n/a", "na", "unknown", "none available", "anonymous"}
_BY = re.compile(r"^(?:by|von|par|por|door|di|от)\s+", re.I)
_OFFICE = "editor|correspondent|reporter|writer|staff|bureau|columnist"
_ROLE = re.compile(rf"@|\d|\b(?:{_OFFICE}|in [A-Z])\b|^for\b", re.I)


@cache
def meanings(where: str) -> dict[str, str]:
    """What is written → what it means, for one part of `fields.tsv`."""
    rows = read_rows(__file__, "fields.tsv")
    return {written: meaning for part, written, meaning in rows if part == where}


def value(field: str, text: str) -> str | None:
    """The value of a field as this project writes it; None where it is empty or cannot be used.

    Examples
    --------
    >>> value("published", "May 3, 2021 Monday"), value("genre", "Opinion; Pg. 3")
    ('2021-05-03', 'opinion')
    >>> value("authors", "By Ann Lee and Bo Ek"), value("published", "03/05/2021")
    ('Ann Lee; Bo Ek', None)
    """
    text = " ".join(text.split())
    if not text or text.lower().rstrip(".") in _NOTHING:
        return None
    if field == "published":
        found = day(text)
        return found and found.isoformat(timespec="minutes").removesuffix("T00:00")
    if field == "language":
        return meanings("language").get(re.split(r"\W", text)[0].lower()) or language(text)
    if field == "genre":
        words = [part.strip().lower() for part in re.split(r"[;/,|]", text)]
        known = (meanings("genre").get(word, word) for word in words)
        return next((genre for genre in known if genre in GENRES), None)
    return _people(text) if field == "authors" else text


def day(text: str) -> datetime | None:
    """A day, with its time where that is told; an offset from UTC is left aside.

    What can be read as two days (03/05/2021) is none.

    Examples
    --------
    >>> day("3. Mai 2021 Montag"), day("2021-05-03T10:15:00.000Z")
    (datetime.datetime(2021, 5, 3, 0, 0), datetime.datetime(2021, 5, 3, 10, 15))
    """
    text = text.strip()
    try:
        if text.isdecimal() and len(text) in (10, 13):  # seconds or milliseconds since 1970
            found = datetime.fromtimestamp(int(text[:10]), UTC)
        else:
            found = datetime.fromisoformat(text)
        return found.replace(tzinfo=None, second=0, microsecond=0)
    except (ValueError, OverflowError):
        found = page_dates.dates(text)
        return found[0].when if found else None


def language(text: str) -> str | None:
    """The two-letter code in "en", "EN" or "en-GB"; None where there is none."""
    found = re.fullmatch(r"([A-Za-z]{2})(?:[-_][A-Za-z]{2,4})?", text)
    return found and found[1].lower()


def _people(text: str) -> str | None:
    """Names joined by "; ": "Lee, Ann" is turned round, offices and addresses are left out."""
    text = _BY.sub("", text)
    if ";" not in text and text.count(",") == 1 and any(" " not in part.strip() for part in text.split(",")):
        text += ";"  # one name, its last part first
    parts = text.split(";") if ";" in text else re.split(r",| and | und | et | y |&", text)
    turned = (" ".join(reversed(part.split(",", 1))) if part.count(",") == 1 else part for part in parts)
    names = (" ".join(_BY.sub("", part.strip()).split()) for part in turned)
    return "; ".join(dict.fromkeys(name for name in names if name and not _ROLE.search(name))) or None
