"""Temporal expressions as TimeML, the annotation that other programs read and write."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from helpers.timeline.dates import TimeExpression
from helpers.timeline.dates_relative import modifier

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_timeml(
    text: str,
    expressions: Sequence[TimeExpression],
    published: date | None = None,
    name: str = "document",
) -> str:
    """A text with its temporal expressions as a TimeML document.

    Parameters
    ----------
    text : str
        Any text. A character that XML cannot hold becomes U+FFFD, so that all places stay.
    expressions : sequence of TimeExpression
        What :func:`helpers.timeline.dates.find` found in the text: in order, not overlapping.
    published : date, optional
        Day of publication, the document creation time `t0`.
    name : str
        The document's id.

    Returns
    -------
    str
        A well-formed document. TIMEX3 have `tid`, `type`, `value` if resolved, `mod` if the first words say
        one, and `anchorTimeID` if counted from publication or from an expression before.

    Notes
    -----
    TimeML 1.2.1 (Pustejovsky et al. 2005), in the layout of TempEval-3: DOCID, DCT and TEXT.

    Examples
    --------
    >>> from helpers.timeline.dates import find
    >>> text = "Early 1999 & later."
    >>> print(to_timeml(text, find(text)).splitlines()[3])
    <TEXT><TIMEX3 tid="t1" type="DATE" value="1999" mod="START">Early 1999</TIMEX3> &amp; later.</TEXT>
    """
    parts, end = [], 0
    starts = [one.start for one in expressions]
    for number, one in enumerate(expressions, start=1):
        attributes = {
            "tid": f"t{number}",
            "type": one.type,
            "value": one.value,
            "mod": modifier(one.text),
            "anchorTimeID": _anchor(one, starts, published),
        }
        parts += [_plain(text[end : one.start]), _timex(attributes, one.text)]
        end = one.end
    parts.append(_plain(text[end:]))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<TimeML>", f"<DOCID>{_plain(name)}</DOCID>"]
    if published:
        day = published.isoformat()[:10]
        created = {"tid": "t0", "type": "DATE", "value": day, "temporalFunction": "false"}
        created["functionInDocument"] = "CREATION_TIME"
        lines.append(f"<DCT>{_timex(created, day)}</DCT>")
    return "\n".join([*lines, f"<TEXT>{''.join(parts)}</TEXT>", "</TimeML>", ""])


def _anchor(one: TimeExpression, starts: list[int], published: date | None) -> str | None:
    """The tid of what an expression was counted from: t0, or the last that starts up to its origin."""
    if one.origin is not None:
        return f"t{bisect_right(starts, one.origin)}"
    return "t0" if published and one.anchor in ("publication date", "approximate") else None


def _timex(attributes: dict[str, str | None], text: str) -> str:
    said = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value)
    return f"<TIMEX3{said}>{_plain(text)}</TIMEX3>"


def _plain(text: str) -> str:
    """Text as XML holds it; carriage returns as references, or a reader would make them line feeds."""
    return escape(_NOT_XML.sub("�", text), {"\r": "&#13;"})
