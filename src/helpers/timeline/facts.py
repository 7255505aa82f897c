"""Values that sentences give: figures and what they count, ages, names of those in an office.

A fact is found in one sentence alone; which facts are of one thing, `values` tells.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

import pandas as pd

from helpers import clauses
from helpers.names import fold, proper_names
from helpers.numbers_and_dates import beginning, numbered, numbers
from helpers.spelling import key
from helpers.timeline.alike import Likeness, stems
from helpers.timeline.dates import TimeExpression, find
from helpers.words import any_of, matched, read_rows, spans_by_sentence, tokens

NEAR = 4  # words on either side of a figure that say of what it is one
RECENT = pd.Timedelta(days=7)  # before publication: the time of a sentence without a date

_ROWS = read_rows(__file__, "values.tsv")
LISTS = {row[0]: frozenset(row[1].split()) for row in _ROWS if len(row) == 2}
_STEMS = {name: frozenset(stems(" ".join(words).replace("_", " "))) for name, words in LISTS.items()}
_RELATIONS = {word: row[1] for row in _ROWS if len(row) == 3 for word in row[2].split()}
MEASURES = {beginning(key(word)): word for word in LISTS["measure"]}
_AGE = beginning(key("year-old"))

_BEFORE = 60  # characters that show what stands before a figure or a name: an office or what rounds

_SPAN = rf"(?:\d\S*|{any_of(LISTS['few'])})\s(?:to|or|and)\s"  # "five or six"
_ROUNDED = re.compile(rf"(?i:\b(?:{any_of(LISTS['rounded'])})[\s-](?:an?\s)?|{_SPAN})$")
_OR_SO = re.compile(r"(?:[\s-](?:or (?:so|more|fewer|less)|plus|odd)\b|\s?(?:to|or|and|[-–])\s?[$€£]?\d)")
_NAMED = re.compile(r"\S\s(?:[A-Z][\w’'.-]* |No\. |#)$")  # "Flight 12", where no sentence begins
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\b")
_VERBAL = re.compile(r"\w(?:ed|ing)$")
_AGED = re.compile(r", (?:now |aged )?(\d{1,3})(?=[,.](?!\d))|, an? (\d{1,3})-year-old| \((\d{1,3})\)")
_OLD = re.compile(r"(\d{1,3})-year-old (?:[a-z]\w+ ){0,2}$")

_ANY_AGE = r"(?:, (?:now |aged |an? )?| \()\p{Nd}{1,3}(?:[,.)]|-year-old)|\p{Nd}-year-old "  # RE2, as below

_OF = r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}"
_HELD = rf"((?i:{any_of(LISTS['held'])}))\b"
_TITLE = re.compile(rf"(?:[a-z’'-]+\s)?({_OF})\s{_HELD}\.?\s$")
_ENDING = re.compile(rf"\s{_HELD}\.?\s$")
_ANY_OFFICE = rf"(?i)(?:{any_of(LISTS['held'])})".replace(r"\s", r"[\s\pZ]")
_WHOSE = rf"(?:\s(?:of|for|at)\s(?:the\s)?({_OF}))?"
_APPOSED = re.compile(rf", (?:the |a )?(?:[a-z’'-]+\s)?(?:({_OF})\s)?{_HELD}{_WHOSE}")


class Fact(NamedTuple):
    """A value that a sentence gives for something."""

    sentence_id: str
    article_id: str
    start: int
    end: int
    thing: str  # what is counted, whose age it is or whose office, in the form that is compared
    about: str  # the same in words
    value: float | str
    exact: bool = True  # whether it can differ from another
    at: int = 0  # where the figure stands, without the word that rounds it
    relation: str = ""  # what befalls those counted


class Around(NamedTuple):
    """What stands around a figure."""

    relation: str  # what befalls those counted
    scope: frozenset  # words beside it that say of what it is one
    names: frozenset  # beginnings of the names in its clause, or sentence if that has none
    stems: frozenset  # of its clause


class Known:
    """What is known of sentences: asked for once, for figures and names alike.

    Parameters
    ----------
    sentences
        Columns `sentence_id`, `article_id`, `heading`, `text`.
    articles
        Columns `article_id`, `published`.
    dates
        Table `dates` of these sentences, if it is at hand.
    """

    def __init__(
        self, sentences: pd.DataFrame, articles: pd.DataFrame, dates: pd.DataFrame | None = None
    ) -> None:
        self.rows = sentences.sort_values("sentence_id")
        self.published = dict(zip(articles.article_id, articles.published, strict=True))
        self.texts = dict(zip(self.rows.sentence_id, self.rows.text, strict=True))
        self._taken = None if dates is None else spans_by_sentence(dates[dates.type != "DURATION"])
        # After a date in another sentence "two days later" is a date; by itself it is an amount of days.
        told = None if dates is None else dates[dates.anchor.eq("date mentioned before")]
        self._apart = frozenset() if told is None else frozenset(told.sentence_id)
        self._times: dict[str, list[TimeExpression]] = {}

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that the texts write in small letters: no names."""
        return frozenset(filter(str.islower, {*chain.from_iterable(map(tokens, self.texts.values()))}))

    @cached_property
    def like(self) -> Likeness:
        """The likeness of passages in these sentences."""
        return Likeness(self.texts.values())

    @cached_property
    def names(self) -> pd.DataFrame:
        """The names in sentences."""
        return proper_names(self.rows)

    def names_beside(self, pattern: str) -> pd.DataFrame:
        """The names in sentences that match a pattern (RE2), each with its sentence."""
        some = self.rows.loc[matched(self.rows.text, pattern), ["sentence_id", "text"]]
        return self.names[self.names.sentence_id.isin(some.sentence_id)].merge(some, on="sentence_id")

    @cached_property
    def times(self) -> dict[str, int]:
        """When each text of a known day was published, as a number; 0 where the time is not known."""
        days = pd.Series(self.published, dtype="datetime64[ns]").dropna()
        timed = days.astype("int64").where(days != days.dt.normalize(), 0)
        return timed.to_dict()

    def taken(self, sentence_id: str, article_id: str) -> list[list[int]]:
        """Where the dates of a sentence stand: a figure there counts nothing."""
        if self._taken is not None and sentence_id not in self._apart:
            return self._taken.get(sentence_id, [])
        return [
            [one.start, one.end] for one in self._found(sentence_id, article_id) if one.type != "DURATION"
        ]

    def days(self, fact: Fact) -> list[tuple[date, date]]:
        """First and last days of the times in a fact's sentence, as it says them by itself."""
        days = [(one.earliest, one.latest) for one in self._found(*fact[:2]) if one.earliest]
        last = self.published[fact.article_id]
        return days or ([] if pd.isna(last) else [((last - RECENT).date(), last.date())])

    def _found(self, sentence_id: str, article_id: str) -> list[TimeExpression]:
        if sentence_id not in self._times:
            day = self.published[article_id]
            self._times[sentence_id] = find(self.texts[sentence_id], None if pd.isna(day) else day.date())
        return self._times[sentence_id]

    def around(self, fact: Fact) -> Around:
        """What stands around a figure."""
        text, at = self.texts[fact.sentence_id], fact.at
        taken = self.taken(*fact[:2])
        read = clauses.read(text, self.small)
        token = bisect_right(read.ends, at)
        inside = [n for n, clause in enumerate(read.clause) if clause == read.clause[token]]
        related = [n for n in inside if read.words[n] in _RELATIONS]
        nearest = min(related, key=lambda n: abs(n - token), default=None)
        relation = "" if nearest is None else _RELATIONS[read.words[nearest]]
        near = range(max(0, token - NEAR), min(token + NEAR, len(read.words)))
        undated = [n for n in near if not any(a <= read.starts[n] < b for a, b in taken)]
        scope = {read.words[n] for n in undated} & LISTS["scope"]
        scope |= {read.words[n] for n in undated if n < token} & LISTS["part"]
        named = [n for n in inside if read.name[n]] or [n for n, one in enumerate(read.name) if one]
        names = frozenset(read.words[n][:4] for n in named)  # Norway, Norwegian
        clause = " ".join(read.words[n] for n in inside)
        return Around(relation, frozenset(scope), names, frozenset(stems(clause)))


def figures(known: Known) -> Iterator[Fact]:
    """The figures of sentences that count or measure."""
    rows = known.rows[numbered(known.rows.text)]
    columns = (rows[name].tolist() for name in ("sentence_id", "article_id", "heading", "text"))
    for sentence_id, article_id, heading, text in zip(*columns, strict=True):
        for start, end, value, units in _figures(text, known.taken(sentence_id, article_id)):
            written, place = text[start:end], (text, max(0, start - _BEFORE), start)
            thing, label = _noun(written, units)
            if not thing:
                continue
            rounded = _ROUNDED.search(*place)
            title = written[0].isdigit() and (_NAMED.search(*place) or _YEAR.match(written))
            loose = rounded or title or heading or _OR_SO.match(text, end)
            first = rounded.start() if rounded else start
            yield Fact(sentence_id, article_id, first, end, thing, label, value, not loose, at=start)


def _figures(text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int, float, frozenset]]:
    """The numbers of a text that have a value: start, end, value and units."""
    end = 0
    for written, (value, units) in numbers(text, taken):
        start = text.find(written, end)
        while any(a <= start < b for a, b in taken):
            start = text.find(written, start + 1)
        if start >= 0:
            end = start + len(written)
            if re.fullmatch(r"[\d.e+]+", value):
                yield start, end, float(value), units


@lru_cache(100_000)
def _noun(written: str, units: frozenset) -> tuple[str, str]:
    """The stem of what is counted, of two words the noun, and that noun; empty for ages and times of day."""
    words = {beginning(key(word)): word for word in tokens(written) if not _VERBAL.search(word)}
    nouns = [one for one in (*sorted(units & MEASURES.keys(), reverse=True), *words) if one in units]
    if not nouns or _AGE in units or units & _STEMS["clock"]:
        return "", ""
    noun = nouns[0] if nouns[0] in MEASURES else nouns[-1]
    return "people" if noun in _STEMS["people"] else noun, words.get(noun) or MEASURES[noun]


def ages(known: Known) -> Iterator[Fact]:
    """Ages of named persons."""
    for row in known.names_beside(_ANY_AGE).itertuples():
        for hit in (_AGED.match(row.text, row.end), _OLD.search(row.text[: row.start])):
            if hit:
                place = (row.sentence_id, row.article_id, *hit.span(hit.lastindex))
                yield Fact(*place, f"age of {row.key}", f"age of {row.name}", float(hit[hit.lastindex]))


def offices(known: Known) -> Iterator[Fact]:
    """Who holds an office that one person holds at a time, and of what ("Port Ellery’s mayor")."""
    names = known.names_beside(_ANY_OFFICE)
    for row in names[names.name.str.contains(" ", regex=False)].itertuples():
        before = _ENDING.search(row.text, max(0, row.start - _BEFORE), row.start)
        before = before and _TITLE.search(row.text[: row.start])
        for hit in filter(None, (before, _APPOSED.match(row.text, row.end))):
            words = {*hit[0].lower().replace("-", " ").split()}
            office = " ".join(part for part in hit.groups() if part)
            thing = {*stems(office)}
            if not words & LISTS["not_now"] and thing - _STEMS["held"]:
                place = (row.sentence_id, row.article_id, row.start, row.end)
                yield Fact(*place, " ".join(sorted(thing)), office, row.key)


def first_names(known: Known) -> Iterator[Fact]:
    """First names of persons in running text, with their sentence, of surnames that have several."""
    headings = known.rows.sentence_id[known.rows.heading.astype(bool)]
    names = known.names[~known.names.sentence_id.isin(headings)]
    folded = {name: tuple(fold(name).split()) for name in names.name.unique()}
    persons = {name: one for name, one in folded.items() if len(one) == 2 and len(one[0]) > 1}
    persons = {name: one for name, one in persons.items() if known.small.isdisjoint(one)}
    several = Counter(last for _, last in {*persons.values()})
    persons = {name: one for name, one in persons.items() if several[one[1]] > 1}
    for row in names[names.name.isin(persons.keys())].itertuples():
        first, last = persons[row.name]
        place = (row.sentence_id, row.article_id, row.start, row.end)
        yield Fact(*place, last, f"first name of {row.name.split()[-1]}", first)
