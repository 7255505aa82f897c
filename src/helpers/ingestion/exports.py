"""Files that a database exported: many articles in one text, each among its fields.

Nexis (two layouts), Factiva (tagged, and as displayed) and ProQuest set fixed marks between articles and
fixed labels around their text (`fields.tsv`). Only a text that has both is split: an article that merely
contains such a word is none of theirs. The body field is the article; every other line is kept for the
ledger.
"""

import re
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from helpers.ingestion.formats import WHOLE, Item, paragraphs
from helpers.ingestion.metadata import is_name
from helpers.ingestion.stated import day, meanings, value

_COUNT = r"[\d.,]+ (?:words|Wörter|mots|palabras|parole|woorden)"
_ACCESSION = r"(?:AN[\s|]+)?Do[ck]ument[eo]? (?P<number>[A-Z]\w{2,}\d{8}\w{3,})(?: \(.*\))?\|?"


class _Layout(NamedTuple):
    """What parts the articles of a file (and whether it closes them), what else such a file has, and how a
    label stands on its line: a "sure" one always begins a field, any other only below a blank line."""

    mark: str
    closes: bool
    proof: str
    label: str


_LAYOUTS = {
    "nexis": _Layout(
        r"(?:FOCUS - )?\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+",
        False,
        r"(?:LENGTH|LÄNGE|LONGUEUR):",
        r"\s*(?P<label>{}):(?:\s+(?P<said>.*))?(?P<sure>)",
    ),
    "nexis uni": _Layout(
        r"End of Document",
        True,
        r"Body$|Length:",
        r"\s*(?:(?P<label>{}):(?:\s+(?P<said>.*))?|(?P<sure>Body|Classification|Graphic|Notes)\s*)",
    ),
    "factiva": _Layout(
        _ACCESSION,
        True,
        rf"{_COUNT}$|HD(?:[|\t]|  |$)",
        r"\s*(?P<sure>{})(?:(?:[|\t]|\s{{2,}})(?P<said>.*)|\s*)(?P<label>)",
    ),
    "proquest": _Layout(
        r"Document \d+ of \d+", False, r"Full text:", r"(?P<label>{}):(?:\s+(?P<said>.*))?(?P<sure>)"
    ),
}
_RIGHTS = re.compile(
    r"copyright|©|\(c\)|all rights reserved|alle rechte|tous droits|^page \d+ of|^_{5,}", re.I
)
_HEADER = 14  # lines: a displayed Factiva header has title, byline, words, day, hour, outlet, code, page, …
_DATE_LINE = 8  # words: "Monday, 3 May 2021, Late Edition - Final"


class _Field(NamedTuple):
    """A label of an export: what it means, its value, and where what stands below the value begins."""

    meaning: str
    sure: bool
    first: int
    value: str
    below: int
    rest: int  # characters below the value, rights notices aside


def split(text: str) -> list[Item] | None:
    """The articles of a database export; None if the text is none.

    Examples
    --------
    >>> text = "Document 1 of 1\\n\\nFull text: The council met.\\n\\nTitle: A breakwater\\n\\nPages: 3\\n"
    >>> [(item.content, item.stated) for item in split(text)]
    [('The council met.', {'title': 'A breakwater'})]
    """
    lines = text.splitlines()
    for database, layout in _LAYOUTS.items():
        mark, proof = re.compile(rf"\s*(?:{layout.mark})\s*"), re.compile(rf"\s*(?:{layout.proof})")
        marks = [number for number, line in enumerate(lines) if mark.fullmatch(line)]
        if not marks or not any(map(proof.match, lines)):
            continue
        cuts = [number + 1 for number in marks[:-1]] if layout.closes else marks[1:]
        blocks = [lines[start:end] for start, end in pairwise([0, *cuts, len(lines)])]
        items = [_item(database, block, mark, n) for n, block in enumerate(blocks, 1)]
        return items if len(items) > 1 else [replace(items[0], number=None)]
    return None


def _item(database: str, block: list[str], mark: re.Pattern, position: int) -> Item:
    """One article of an export; where no body field is found the rules for lines take the block."""
    at, found = next((n, match) for n, line in enumerate(block) if (match := mark.fullmatch(line)))
    end = at if _LAYOUTS[database].closes else len(block)
    fields = _fields(database, block[:end])
    start, stop, stated = _body(fields, end)
    if not stop and database == "factiva":
        start, stop, stated = _displayed(block[:end])
    elif database.startswith("nexis") and fields:
        classic = database == "nexis"
        stated = _masthead(block[at + 1 if classic else 0 : fields[0].first], classic) | stated
    number = stated.pop("number", None) or found.groupdict().get("number") or f"{position:03d}"
    if not stop:
        return Item("\n".join(block), "text/plain", stated, number, basis="export header")
    label = re.compile(_label(database))
    labels = {field.first for field in fields if field.meaning == "text"}
    body = [
        (label.fullmatch(line)["said"] or "") if n in labels else line
        for n, line in enumerate(block[start:stop], start)
    ]
    content = "\n\n".join(paragraphs("\n".join(body)))
    return Item(
        content, WHOLE, stated, number, "\n".join(block[:start]), "\n".join(block[stop:]), "export header"
    )


def _label(database: str) -> str:
    return _LAYOUTS[database].label.format("|".join(map(re.escape, meanings(database))))


def _fields(database: str, block: list[str]) -> list[_Field]:
    label, known = re.compile(_label(database)), meanings(database)
    spaced = any(not line.strip() for line in block)
    starts: dict[int, re.Match] = {}
    opened = database != "nexis uni"  # its header stands on lines without a blank one between
    below = False
    for n, line in enumerate(block):
        if found := label.fullmatch(line):
            apart = not spaced or n == 0 or not block[n - 1].strip() or (n - 1 in starts and not below)
            if found["sure"] or apart or not opened:
                starts[n] = found
                below = known.get(found["label"] or found["sure"]) == "text"
                opened = opened or below
    fields = []
    for first, end in pairwise([*starts, len(block)]):
        found = starts[first]
        meaning = known.get(found["label"] or found["sure"], "-")
        told = [found["said"] or "", *block[first + 1 : end]]
        skipped = next((n for n, line in enumerate(told) if line.strip()), 0)
        length = next((n for n, line in enumerate(told) if n > skipped and not line.strip()), len(told))
        length = skipped + 1 if meaning == "length" else length
        words = " ".join(" ".join(told[:length]).strip(" |").split())
        rest = sum(len(line.strip()) for line in told[length:] if not _RIGHTS.search(line.strip()))
        fields.append(_Field(meaning, bool(found["sure"]), first, words, first + length, rest))
    return fields


def _body(fields: list[_Field], end: int) -> tuple[int, int, dict[str, str]]:
    """The lines of the body (`stop` is 0 without one), and what the other fields state.

    The body is a field of its own, or it stands below the last label of the header. It ends where only fields
    follow that have nothing below their value: a label inside the body has, and is text.
    """
    at = next((n for n, field in enumerate(fields) if field.meaning == "text"), None)
    if at is None:
        at = max(range(len(fields)), key=lambda n: fields[n].rest, default=None)
        if at is None or not fields[at].rest:
            return 0, 0, {}
    start = fields[at].first if fields[at].meaning == "text" else fields[at].below
    after = at + 1
    while after < len(fields) and fields[after].meaning == "text":
        after += 1
    while after < len(fields) and not fields[after].sure and any(field.rest for field in fields[after:]):
        after += 1
    stop = fields[after].first if after < len(fields) else end
    stated: dict[str, str] = {}
    for field in fields[: at + 1] + fields[after:]:
        if field.meaning not in ("-", "length", "text"):
            told = field.value.split(";")[0] if field.meaning == "outlet" else field.value
            found = value(field.meaning, told) if field.meaning != "number" else told
            if found and (field.meaning, found) != ("genre", "news"):  # a section called News holds anything
                stated.setdefault(field.meaning, found)
    return start, stop, stated


def _masthead(head: list[str], classic: bool) -> dict[str, str]:
    """Title, outlet and day above a Nexis article: outlet, day, title in one layout, title, outlet, day in
    the other, where a cover page may stand before the first."""
    lines = [line.strip() for line in head]
    dated = [n for n, line in enumerate(lines) if len(line.split()) <= _DATE_LINE and day(line)]
    if not dated:
        return {}
    at = dated[0] if classic else dated[-1]
    above = [line for line in lines[:at] if line and not _RIGHTS.search(line)]
    title = above[-2] if len(above) > 1 else None
    if classic:
        below = "\n".join(lines[at:]).strip().split("\n\n")[1:] or lines[at + 1 :] or [""]
        title = " ".join(below[-1].split())
    told = {
        "published": value("published", lines[at]),
        "outlet": above[-1] if above else None,
        "title": title,
    }
    return {field: text for field, text in told.items() if text}


def _displayed(block: list[str]) -> tuple[int, int, dict[str, str]]:
    """Factiva's article without tags: title, byline, words, day, hour, outlet, code, language, rights."""
    lines = [(n, line.strip()) for n, line in enumerate(block) if line.strip()]
    at = next((k for k, (_, line) in enumerate(lines) if re.fullmatch(_COUNT, line)), None)
    if not at:
        return 0, 0, {}
    above, below = [line for _, line in lines[:at]], lines[at + 1 : at + _HEADER]
    signed = len(above) > 1 and (above[-1].lower().startswith("by ") or is_name(above[-1]))
    dated = next((k for k, (_, line) in enumerate(below) if day(line)), 0)
    names = [line for _, line in below[dated + 1 :] if not re.match(r"\d\d?:\d\d", line)]
    spoken = next((k for k, (_, line) in enumerate(below) if line.lower() in meanings("language")), dated)
    rights = next((k for k, (_, line) in enumerate(below) if _RIGHTS.match(line)), spoken)
    told = {
        "title": above[-2] if signed else above[-1],
        "authors": value("authors", above[-1]) if signed else None,
        "published": value("published", below[dated][1]) if below else None,
        "outlet": names[0] if names else None,
        "language": value("language", below[spoken][1]) if below else None,
    }
    start = below[rights][0] + 1 if below else lines[at][0] + 1
    return start, len(block), {field: text for field, text in told.items() if text}
