"""Two briefings of one corpus side by side: which findings went, came or changed, and by which sentences.

Findings are the same if group and `subject` are. A change of p, q or effect alone is counted, not listed:
every test added or taken away moves those of all others, and where that turns a verdict its sentence differs.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher
from html import escape
from typing import NamedTuple

import pandas as pd

from helpers.briefing.findings import GROUPS
from helpers.briefing.wording import REST, count, enumerate_names

_KEY = ["group", "subject", "nth"]
_SAID = ["text", "value", "low", "high", "unit", "basis"]
_TESTED = ["p", "q", "effect"]
_ORDER = ("gone", "added", "changed")
_SHOWN = 10  # sentences of a finding, gained and lost together: more are counted
_LONG = 160  # characters of a sentence: enough to know it by, and all of them stand in both reports
_ALIKE = 0.5  # share of words in common; below, two sentences side by side read better than their difference
_SIDES = ("before", "after")
# What is more than a sign in Markdown, beside < > and &; GitHub makes links of "https://" and "www.".
_SIGNS = re.compile(r"([\\`*_\[\]~$|@#]|:(?=//)|(?<=\bwww)\.)")


class _Form(NamedTuple):
    """How changes are written: what makes a text harmless, what stands before lines and around words."""

    clean: Callable[[str], str]
    heading: str
    finding: str
    detail: str
    strong: str
    went: str
    came: str


class Side(NamedTuple):
    """One of two reports.

    `findings` is the table with a column `sentence_ids` (lists), `texts` the sentences by their id.
    """

    findings: pd.DataFrame
    texts: dict[str, str]


def compared(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The findings that two briefings do not share.

    Parameters
    ----------
    before, after
        Table `findings` with a column `sentence_ids` (lists).

    Returns
    -------
    DataFrame
        A row a finding that is gone, added or changed (in its text, number, interval, unit, basis or set of
        sentences), by group in the order of the briefing, then in the order of these words, then as they
        stand there: `group`, `subject`, `change`; `text`, `value`, `low`, `high`, `unit` and `basis`, each
        with `_before` and `_after`, missing where the finding is; the lists `sentences_gained` and
        `sentences_lost`; `cut`: whether the list that a finding left or joined is one that shows only its
        first findings, so that it may still be, or have been, among the rest.

    Examples
    --------
    >>> columns = ["group", "subject", *_SAID, *_TESTED, "sentence_ids"]
    >>> row = ["Tone", "opening", "1 pair.", 1, None, None, "pairs", None, None, None, None, ["a:s001"]]
    >>> one = pd.DataFrame([row], columns=columns)
    >>> other = one.assign(text="2 pairs.", value=2, sentence_ids=[["a:s001", "b:s004"]])
    >>> compared(one, other)[["change", "value_before", "value_after", "sentences_gained"]].values.tolist()
    [['changed', 1, 2, ['b:s004']]]
    >>> len(compared(one, one))
    0
    """
    return _listed(_paired(before, after))


def changes_text(before: Side, after: Side, markdown: bool = False) -> str:
    """What :func:`compared` finds, for a reviewer: as plain text, or as Markdown.

    Articles are foreign: what would be more than a sign in the text of either form is none there.
    """
    pairs, form = _paired(before.findings, after.findings), _MARKDOWN if markdown else _TEXT
    rows = _listed(pairs)
    lines = [_summary(rows, len(pairs)), *_beside(pairs, rows), *_otherwise(before.texts, after.texts)]
    lines = [form.clean(line) for line in lines]
    for group, part in rows.groupby("group", sort=False):
        lines += ["", form.heading + form.clean(group), ""]
        for row in part.itertuples():
            lines.append(f"{form.finding}{form.strong.format(row.change)} {_sentence(row, form)}")
            details = [form.clean(line) for line in (_number(row), _place(row)) if line]
            sentences = [
                *_quoted("+", row.sentences_gained, after.texts, form),
                *_quoted("-", row.sentences_lost, before.texts, form),
            ]
            if (more := len(sentences) - _SHOWN) > 0:
                sentences[_SHOWN:] = [f"… and {count(more, 'sentence')} more"]
            lines += [form.detail + line for line in [*details, *sentences]]
    return "\n".join(lines) + "\n"


def _paired(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """A row a finding of either; of several with one subject, which should not be, each with its like."""
    sides = [
        table[["group", "subject", *_SAID, *_TESTED, "sentence_ids"]].assign(
            nth=table.groupby(["group", "subject"]).cumcount(), place=range(len(table))
        )
        for table in (before, after)
    ]
    pairs = sides[0].merge(sides[1], "outer", _KEY, suffixes=("_before", "_after"), indicator="change")
    names = {"left_only": "gone", "right_only": "added", "both": "changed"}
    return pairs.assign(change=pairs.change.astype("str").map(names))


def _listed(pairs: pd.DataFrame) -> pd.DataFrame:
    """The rows and columns of :func:`compared`."""
    ids = [pairs[f"sentence_ids_{side}"].map(_as_list).tolist() for side in _SIDES]
    gained = [[one for one in new if one not in old] for old, new in zip(*ids, strict=True)]
    lost = [[one for one in old if one not in new] for old, new in zip(*ids, strict=True)]
    rest = pairs.subject.str.startswith(REST)
    listed = pairs.subject.str.contains("=", regex=False) & ~rest  # a sentence that stands alone has no "="
    cut = pd.Series(False, pairs.index)
    for change in ("gone", "added"):  # the list of the other side is the one that matters
        groups = pairs.group[rest & (pairs.change != change)]
        cut |= (pairs.change == change) & pairs.group.isin(groups) & listed
    parts = list(dict.fromkeys([*GROUPS, *pairs.group]))
    rows = pairs.assign(
        sentences_gained=gained,
        sentences_lost=lost,
        cut=cut,
        part=pairs.group.map(parts.index),
        kind=pairs.change.map(_ORDER.index),
        place=pairs.place_after.fillna(pairs.place_before),
    )
    rows = rows[_differ(pairs, _SAID) | rows.sentences_gained.map(bool) | rows.sentences_lost.map(bool)]
    said = [f"{name}_{side}" for name in _SAID for side in _SIDES]
    columns = ["group", "subject", "change", *said, "sentences_gained", "sentences_lost", "cut"]
    return rows.sort_values(["part", "kind", "place"], ignore_index=True)[columns]


def _as_list(ids: object) -> list[str]:
    return ids if isinstance(ids, list) else []  # missing where the finding is


def _differ(pairs: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Whether any of these differs; what is missing on both sides does not."""
    differ = pd.Series(False, pairs.index)
    for name in columns:
        old, new = (pairs[f"{name}_{side}"] for side in _SIDES)
        differ |= (old != new) & ~(old.isna() & new.isna())
    return differ


def _summary(rows: pd.DataFrame, of: int) -> str:
    if rows.empty:
        return "No finding differs."
    kinds = rows.change.value_counts()
    parts = [f"{kinds.get(kind) or 'none'} {kind}" for kind in _ORDER]
    same = of - len(rows)
    return f"Findings: {enumerate_names(parts)}; {same or 'none'} {'is' if same == 1 else 'are'} as before."


def _beside(pairs: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """How many findings say the same while what tests and orders them is another number."""
    listed = pd.MultiIndex.from_frame(rows[["group", "subject"]])
    others = pairs[~pd.MultiIndex.from_frame(pairs[["group", "subject"]]).isin(listed)]
    if not (moved := int(_differ(others, _TESTED).sum())):
        return []
    what = "the same with another p-value, correction or effect, by which they are ordered"
    return [f"{count(moved, 'other finding')} {'says' if moved == 1 else 'say'} {what}."]


def _otherwise(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Texts of one side alone, and sentences that keep their id and not their text: ids say less then."""
    old, new = ({one.rsplit(":", 1)[0] for one in side} for side in (before, after))
    other = [one for one, text in before.items() if after.get(one, text) != text]
    differ = "has another text" if len(other) == 1 else "have another text"
    told = [
        (sorted(old - new), "text", "only before"), (sorted(new - old), "text", "only after"),
        (other, "sentence", f"{differ} under the same id"),
    ]  # fmt: skip
    return [
        f"{count(len(ids), one)} {what}: {', '.join(ids[:_SHOWN])}{', …' * (len(ids) > _SHOWN)}."
        for ids, one, what in told
        if ids
    ]


def _sentence(row: tuple, form: _Form) -> str:
    """The text of a finding; of a changed one with the words that went and came."""
    if row.change != "changed" or row.text_before == row.text_after:
        return form.clean(row.text_before if row.change == "gone" else row.text_after)
    old, new = row.text_before.split(), row.text_after.split()
    steps = SequenceMatcher(None, old, new, autojunk=False)
    codes = steps.get_opcodes()
    if steps.ratio() < _ALIKE:
        codes = [("replace", 0, len(old), 0, len(new))]
    words = []
    for code, a, b, c, d in codes:
        if code == "equal":
            words.append(form.clean(" ".join(new[c:d])))
            continue
        words += [form.went.format(form.clean(" ".join(old[a:b])))] * (b > a)
        words += [form.came.format(form.clean(" ".join(new[c:d])))] * (d > c)
    return " ".join(words)


def _number(row: tuple) -> str:
    """Number, interval, unit and basis before and after, if one of them differs."""
    if row.change != "changed":
        return ""
    parts = []
    for digits in (4, 9):  # 9 are stored
        ends = [[getattr(row, f"{name}_{side}") for name in _SAID[1:4]] for side in _SIDES]
        old, new = (_interval(*values, digits) for values in ends)
        if old != new:
            same = pd.notna(row.unit_after) and row.unit_after == row.unit_before
            parts.append(f"{old} → {new}{f' {row.unit_after}' * same}")
            break
    for old, new in ((row.unit_before, row.unit_after), (row.basis_before, row.basis_after)):
        old, new = ("none" if pd.isna(one) else one for one in (old, new))
        parts += [f"{old} → {new}"] * (old != new)
    return "; ".join(parts)


def _interval(value: float, low: float, high: float, digits: int) -> str:
    if pd.isna(value):
        return "none"
    known = [one for one in (value, low, high) if pd.notna(one)]
    shown = [f"{one:,.0f}" if one == round(one) else f"{one:.{digits}g}" for one in known]
    return f"{shown[0]} [{', '.join(shown[1:])}]" if shown[1:] else shown[0]


def _place(row: tuple) -> str:
    there = {"gone": "may still be", "added": "may have been"}.get(row.change)
    return f"It {there} among those that this part counts without listing them." if row.cut else ""


def _quoted(sign: str, ids: list[str], texts: dict[str, str], form: _Form) -> list[str]:
    """Sentences with their sign; one of which nothing but the id is known with that alone."""
    shown = {one: textwrap.shorten(texts.get(one) or "", _LONG, placeholder=" …") for one in ids}
    said = {one: f" “{form.clean(text)}”" if text else "" for one, text in shown.items()}
    return [f"{form.strong.format(sign)} {form.clean(one)}{text}" for one, text in said.items()]


def _plain(text: str) -> str:
    """One line of visible characters: none moves the cursor, colours, or turns the direction of writing."""
    return "".join(one for one in " ".join(text.split()) if not unicodedata.category(one).startswith("C"))


def _escaped(text: str) -> str:
    return escape(_SIGNS.sub(r"\\\1", _plain(text)), quote=False)


_TEXT = _Form(_plain, "", "  ", "      ", "{}", "[-{}-]", "{{+{}+}}")
_MARKDOWN = _Form(_escaped, "### ", "- ", "  - ", "**{}**", "<del>{}</del>", "<ins>{}</ins>")
