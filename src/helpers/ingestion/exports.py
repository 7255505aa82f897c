"""Files that a database exported: many articles in one text, each among its fields.

Nexis (two layouts), Factiva (tagged, and as displayed) and ProQuest set fixed marks between articles and
fixed labels around their text (`fields.tsv`). Only a text that has both is split: an article that merely
contains such a word is none of theirs. The body field is the article; every other line is kept for the
ledger.
"""

import re
from dataclasses import replace
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from helpers.ingestion.bylines import is_name
from helpers.ingestion.formats import WHOLE, Item, paragraphs
from helpers.ingestion.stated import day, meanings, value

_CLOSING = ("nexis uni", "factiva")  # these set the mark below an article
_COUNT = re.compile(r"\s*[\d.,]+ (?:words|Wörter|mots|palabras|parole|woorden)\s*")
_RESERVED = "all rights reserved|alle rechte vorb|tous droits"
_RIGHTS = re.compile(rf"(?im)^\s*(?:copyright|©|\(c\)|page \d+ of|_{{5,}})|{_RESERVED}")
_ANYTHING = ("genre", "news")  # what a section of that name holds
_HEADER = 14  # lines: a displayed Factiva header has title, byline, words, day, hour, outlet, code, page, …
_DATE_LINE = 8  # words: "Monday, 3 May 2021, Late Edition - Final"


class _Part(NamedTuple):
    """A paragraph or a field: its first line, what its label means ("" without one), whether such a label
    ends a body, what follows the label on its line, all its lines."""

    first: int
    meaning: str
    sure: bool
    said: str
    lines: list[str]

    def words(self) -> list[str]:
        """Its lines without the label of a field; inside the text such a label is a word of it."""
        return [self.said, *self.lines[1:]]


def split(text: str) -> list[Item] | None:
    """The articles of a database export; None if the text is none.

    Examples
    --------
    >>> text = "Document 1 of 1\\n\\nFull text: The council met.\\n\\nTitle: A breakwater\\n\\nPages: 3\\n"
    >>> [(item.content, item.stated) for item in split(text)]
    [('The council met.', {'title': 'A breakwater'})]
    """
    lines = text.splitlines()
    if not any(map(_any_mark().fullmatch, lines)):
        return None
    for written, database in meanings("mark").items():
        mark = re.compile(rf"\s*(?:{written})\s*")
        marks = [number for number, line in enumerate(lines) if mark.fullmatch(line)]
        if not marks or not _has_fields(database, lines):
            continue
        cuts = [number + 1 for number in marks[:-1]] if database in _CLOSING else marks[1:]
        blocks = [lines[start:end] for start, end in pairwise([0, *cuts, len(lines)])]
        items = [_item(database, block, mark, n) for n, block in enumerate(blocks, 1)]
        return items if len(items) > 1 else [replace(items[0], number=None)]
    return None


@cache
def _any_mark() -> re.Pattern:
    return re.compile(rf"\s*(?:{'|'.join(meanings('mark'))})\s*")


def _has_fields(database: str, lines: list[str]) -> bool:
    label, known = _labels(database)
    found = (known[match["label"]] for match in map(label.fullmatch, lines) if match)
    return bool({"text", "length"} & set(found)) or any(map(_COUNT.fullmatch, lines))


def _item(database: str, block: list[str], mark: re.Pattern, position: int) -> Item:
    """One article of an export; where no body field is found the rules for lines take the block."""
    at, found = next((n, match) for n, line in enumerate(block) if (match := mark.fullmatch(line)))
    head, end = (0, at) if database in _CLOSING else (at + 1, len(block))
    parts = _parts(database, block, head, end)
    start, stop = _body(parts)
    fields = [part for part in parts[:start] + parts[stop:] if part.meaning]
    told = [(field.meaning, " ".join(field.words())) for field in fields]
    inside = (part.words() if part.meaning == "text" else part.lines for part in parts[start:stop])
    body = list(chain.from_iterable(inside))
    first, last = (parts[n].first if n < len(parts) else end for n in (start, stop))
    if database.startswith("nexis") and fields:
        told = _masthead(block[head : fields[0].first], database == "nexis") + told
    elif database == "factiva" and not body:
        first, told = _displayed(block[:end])
        body, last = block[first:end], end
    stated = _stated(told)
    number = stated.pop("number", None) or found.groupdict().get("number") or f"{position:03d}"
    if not body:
        return Item("\n".join(block), "text/plain", stated, number, basis="export header")
    around = "\n".join(block[:first]), "\n".join(block[last:])
    return Item("\n\n".join(paragraphs("\n".join(body))), WHOLE, stated, number, *around, "export header")


@cache
def _labels(database: str) -> tuple[re.Pattern, dict[str, str]]:
    """A line with a label, and what the labels mean: one without a colon stands apart from its value."""
    known = meanings(database)
    labels = "|".join(map(re.escape, known))
    rest = r"(?:(?:(?<=:)\s+|[|\t]|\s{2,})(?P<said>.*)|\s*)"
    return re.compile(rf"\s*(?P<label>{labels}){rest}"), known


def _parts(database: str, block: list[str], head: int, end: int) -> list[_Part]:
    """The lines from `head` to `end` in paragraphs and fields.

    A label with a colon begins a field in the header, below a blank line and below another field; elsewhere
    it is a word of the text.
    """
    label, known = _labels(database)
    spaced = not all(map(str.strip, block[head:end]))
    parts: list[_Part] = []
    is_open, in_header, filled = False, True, False
    for n, line in enumerate(block[head:end], head):
        found = label.fullmatch(line)
        sure = bool(found) and not found["label"].endswith(":")
        if found and (sure or in_header or not is_open or parts[-1].meaning not in ("", "text")):
            parts.append(_Part(n, known[found["label"]], sure, found["said"] or "", [line]))
            in_header = in_header and parts[-1].meaning not in ("text", "length")
            filled = bool(parts[-1].said.strip())
        else:
            if parts and (is_open or not line.strip()):
                parts[-1].lines.append(line)
            else:
                parts.append(_Part(n, "", False, line, [line]))
            filled = filled or bool(line.strip())
        is_open = not filled or (spaced and bool(line.strip()) and parts[-1].meaning != "length")
    return parts


def _body(parts: list[_Part]) -> tuple[int, int]:
    """Which parts are the text: from its label, or below the field of its length, to the last paragraph."""
    texts = [n for n, part in enumerate(parts) if part.meaning == "text"]
    unmarked = (n for n, part in enumerate(parts) if not part.meaning)
    plain = [n for n in unmarked if not _RIGHTS.search("\n".join(parts[n].lines))]
    length = next((n for n, part in enumerate(parts) if part.meaning == "length"), len(parts))
    start = next(iter(texts or (n for n in plain if n > length)), None)
    if start is None:
        return 0, 0
    ends = (n for n, part in enumerate(parts) if n > start and part.sure and part.meaning != "text")
    return start, min(next(ends, len(parts)), max(texts + plain) + 1)


def _stated(told: list[tuple[str, str]]) -> dict[str, str]:
    """The values of fields; of one that is told twice the first."""
    stated: dict[str, str] = {}
    for field, text in told:
        words = text.split(";")[0] if field == "outlet" else text
        found = value(field, words.strip(" |"))
        if found and field not in ("-", "length", "text") and (field, found) != _ANYTHING:
            stated.setdefault(field, found)
    return stated


def _masthead(head: list[str], classic: bool) -> list[tuple[str, str]]:
    """What stands above a Nexis article: outlet, day, title in one layout, title, outlet, day in the other,
    where a cover page may stand before the first."""
    lines = [line.strip() for line in head]
    dated = [n for n, line in enumerate(lines) if len(line.split()) <= _DATE_LINE and day(line)]
    if not dated:
        return []
    at = dated[0 if classic else -1]
    above = ["", "", *(line for line in lines[:at] if line and not _RIGHTS.search(line))]
    below = "\n".join(lines[at:]).strip().split("\n\n")[1:] or lines[at + 1 :] or [""]
    return [("published", lines[at]), ("outlet", above[-1]), ("title", below[-1] if classic else above[-2])]


def _displayed(block: list[str]) -> tuple[int, list[tuple[str, str]]]:
    """Where the text of Factiva's article without tags begins, and what stands above it: title, byline,
    words, day, hour, outlet, code, page, language, rights."""
    lines = [(n, line.strip()) for n, line in enumerate(block) if line.strip()]
    at = next((k for k, (_, line) in enumerate(lines) if _COUNT.fullmatch(line)), None)
    if not at or at + 1 == len(lines):
        return len(block), []
    above, below = [line for _, line in lines[:at]], lines[at + 1 : at + _HEADER]
    signed = at > 1 and (above[-1].lower().startswith("by ") or is_name(above[-1]))
    dated = next((k for k, (_, line) in enumerate(below) if day(line)), 0)
    names = [line for _, line in below[dated + 1 :] if not re.match(r"\d\d?:\d\d", line)]
    spoken = next((k for k, (_, line) in enumerate(below) if line.lower() in meanings("language")), dated)
    rights = next((k for k, (_, line) in enumerate(below) if _RIGHTS.match(line)), spoken)
    told = [("title", above[-1 - signed]), ("authors", above[-1] * signed), ("published", below[dated][1])]
    told += [("outlet", "".join(names[:1])), ("language", below[spoken][1])]
    return below[rights][0] + 1, told
