"""Quotation marks → the spans they enclose, whatever the marks, whether or not they are closed.

A quotation ends with its paragraph: one that goes on opens again in the next (`continued`).
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

_DOUBLE = {'"': '"”“', "“": '”"‟', "„": '“”"‟', "‟": '”"', "«": "»", "»": "«»", "”": "”"}
_SINGLE = {"‘": "’", "‚": "‘’", "'": "'", "‹": "›"}
_MARK = re.compile("[" + "".join(_DOUBLE) + "]")
_LONE = re.compile(
    r"['‘‚‹](?<![\w'].)(?=[^\W_]|[“\"])(?!\d0s\b|n['’])"
)  # not that of the '90s, rock 'n' roll
_WORD = re.compile(r"\w")  # marks around nothing quote nothing
_PARAGRAPH = re.compile(r"[^\n]+")
_NEXT = re.compile(r"\s*(\S)")
_SINGLE_CLOSES = {
    sign: re.compile(rf"(?<=[.,!?…])[{closes}](?![^\W_])|(?<!\s)[{closes}](?=[\s.,;:!?)\]—–-]|$)")
    for sign, closes in _SINGLE.items()
}
_BEFORE_CLOSE = frozenset(".,;!?…%)")


@dataclass(slots=True)
class Span:
    """A quoted stretch, its marks included; `flags`: unclosed, continued, single."""

    start: int
    end: int
    flags: tuple[str, ...] = ()


def spans(text: str) -> list[Span]:
    """Quoted stretches in order, none inside another.

    Single marks count only where no double marks are around them. Marks that are none are passed over: inches
    after a number, values of attributes (`name="x"`).

    Examples
    --------
    >>> text = 'It is "late,” he said; „spät“, «tard».'
    >>> [text[one.start : one.end] for one in spans(text)]
    ['"late,”', '„spät“', '«tard»']
    """
    found: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        first, last = paragraph.span()
        inside = _double(text, first, last)
        if inside and inside[-1].end == last and "unclosed" in inside[-1].flags:
            following = _NEXT.match(text, last)
            inside[-1].flags = ("continued",) if following and following[1] in _DOUBLE else ("unclosed",)
        alone = _single(text, first, last, inside)
        inside = [one for one in inside if not _inside(alone, one.start)]
        told = [one for one in inside + alone if one.flags or _WORD.search(text, one.start, one.end)]
        found += sorted(told, key=lambda span: span.start)
    return found


def _double(text: str, first: int, last: int) -> list[Span]:
    found, opened, depth = [], -1, 0
    for mark in _MARK.finditer(text, first, last):
        at, sign = mark.start(), mark[0]
        before = text[at - 1] if at > first else " "
        after = text[at + 1] if at + 1 < last else " "
        opens = not (before.isalnum() or before in _BEFORE_CLOSE) and not after.isspace()
        spaced = opened >= 0 and text[opened] == "«" and text[opened + 1].isspace()  # « as in French »
        closes = (spaced or not before.isspace()) and not after.isalnum()
        if opened < 0:
            inch = sign == '"' and before.isdigit() and not after.isalnum()
            if opens or not (inch or (closes and sign in '"”»')):
                opened = at
        elif sign == "“" and text[opened] in '"“' and opens:
            depth += 1
        elif sign == "”" and depth:
            depth -= 1
        elif sign in _DOUBLE[text[opened]] and (closes or not opens):
            if text[opened - 1 : opened] != "=":
                found.append(Span(opened, at + 1))
            opened = -1
        elif sign == text[opened] and opens:
            found.append(Span(opened, at - (before == " "), ("unclosed",)))
            opened = at
    if opened >= 0:
        found.append(Span(opened, last, ("unclosed",)))
    return found


def _single(text: str, first: int, last: int, taken: list[Span]) -> list[Span]:
    """Stretches between single marks, none of which ends inside those `taken`; an apostrophe is no mark."""
    found: list[Span] = []
    position = first
    unmatched, unpointed = set(), set()  # signs that no mark closes from here on, or none behind a full stop
    for mark in _LONE.finditer(text, first, last):
        at, sign = mark.start(), mark[0]
        if at < position or sign in unmatched or _inside(taken, at):
            continue
        closes = (close.end() for close in _SINGLE_CLOSES[sign].finditer(text, at + 2, last))
        ends = (end for end in closes if not _inside(taken, end))
        end = next(ends, None)
        if end is None:
            unmatched.add(sign)
            continue
        if sign not in unpointed and _plural(text, end):
            later = next((later for later in ends if text[later - 2] in ".,!?…"), None)
            unpointed |= {sign} if later is None else set()
            end = later or end
        found.append(Span(at, end, ("single",)))
        position = end
    return found


def _inside(taken: list[Span], at: int) -> bool:
    """Whether a place lies behind the start and before the end of a stretch."""
    before = bisect_left(taken, at, key=lambda one: one.start)
    return before > 0 and at < taken[before - 1].end


def _plural(text: str, end: int) -> bool:
    """Whether a mark may be the apostrophe of a plural ("the workers' rights")."""
    return text[end - 2 : end - 1] == "s" and text[end : end + 1] == " " and text[end + 1 : end + 2].islower()
