"""Figures and names in which accounts of one event differ.

Sentences of several texts go in; out comes a row a difference, with the best two sentences for it. The rules
would rather miss a difference than make one, for nearly all unlike figures in like sentences are of
different things: a figure of another time of publication is an update; a rounded one, one of a part or of
another day is compatible. Nothing is resolved or averaged.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from helpers import clauses
from helpers.names import any_of, fold, proper_names
from helpers.numbers_and_dates import beginning, numbers
from helpers.spelling import key
from helpers.timeline.alike import Likeness, stems
from helpers.timeline.dates import find
from helpers.words import read_rows, tokens

# Likeness (0 to 1) from which clauses are of one thing: of those that count people to whom the same happened,
# that count other things, that measure; and of sentences that name somebody.
PEOPLE, COUNTED, MEASURED, NAMED = 0.15, 0.25, 0.4, 0.45
RATIO = 3  # figures further apart are of different things
EXACT = 20  # up to it a number of things is counted, not rounded
NEAR = 4  # words on either side of a figure that say of what it is one
RECENT = pd.Timedelta(days=7)  # before publication: the time of a sentence without a date
MOST = 500  # facts of one thing (and day) that are compared with one another; 100 articles have up to 81
ONE_NAME = 0.75  # likeness of letters (0 to 1) from which two names are spellings of one

COLUMNS = ["kind", "about", "value_a", "value_b", "sentence_id_a", "sentence_id_b"]
COLUMNS += ["start_a", "end_a", "start_b", "end_b"]

_ROWS = read_rows(__file__, "values.tsv")
_LISTS = {row[0]: frozenset(row[1].split()) for row in _ROWS if len(row) == 2}
_STEMS = {name: frozenset(stems(" ".join(words).replace("_", " "))) for name, words in _LISTS.items()}
_RELATIONS = {word: row[1] for row in _ROWS if len(row) == 3 for word in row[2].split()}
_MEASURES = {beginning(key(word)): word for word in _LISTS["measure"]}
_AGE = beginning(key("year-old"))

_SPAN = rf"(?:\d\S*|{any_of(_LISTS['few'])})\s(?:to|or|and)\s"  # "five or six"
_ROUNDED = re.compile(rf"(?i:\b(?:{any_of(_LISTS['rounded'])})[\s-](?:an?\s)?|{_SPAN})$")
_OR_SO = re.compile(r"(?:[\s-](?:or (?:so|more|fewer|less)|plus|odd)\b|\s?(?:to|or|and|[-–])\s?[$€£]?\d)")
_NAMED = re.compile(r"\S\s(?:[A-Z][\w’'.-]* |No\. |#)$")  # "Flight 12", where no sentence begins
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\b")
_VERBAL = re.compile(r"\w(?:ed|ing)$")
_AGES = r"\d(?:[,.)]|-year-old)"  # no groups: where an age may stand
_AGED = re.compile(r", (?:now |aged )?(\d{1,3})(?=[,.](?!\d))|, an? (\d{1,3})-year-old| \((\d{1,3})\)")
_OLD = re.compile(r"(\d{1,3})-year-old (?:[a-z]\w+ ){0,2}$")

_OF = r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}"
_HELD = rf"((?i:{any_of(_LISTS['held'])}))\b"
_TITLE = re.compile(rf"(?:[a-z’'-]+\s)?({_OF})\s{_HELD}\.?\s$")
_WHOSE = rf"(?:\s(?:of|for|at)\s(?:the\s)?({_OF}))?"
_APPOSED = re.compile(rf", (?:the |a )?(?:[a-z’'-]+\s)?(?:({_OF})\s)?{_HELD}{_WHOSE}")


class _Fact(NamedTuple):
    """A value that a sentence gives for something."""

    sentence_id: str
    article_id: str
    start: int
    end: int
    thing: str  # what is counted, whose age it is or whose office, in the form that is compared
    about: str  # the same in words
    value: float | str
    exact: bool = True  # whether it can differ from another
    relation: str = ""  # what befalls those counted
    scope: frozenset = frozenset()  # words beside it that say of what it is one
    names: frozenset = frozenset()  # beginnings of the names in its clause, or sentence if that has none
    times: tuple = ()  # first and last days of the times in its sentence
    clause: str = ""
    stems: frozenset = frozenset()  # of its clause


def numbers_differ(
    sentences: pd.DataFrame, articles: pd.DataFrame, like: Likeness | None = None
) -> pd.DataFrame:
    """Figures that texts of one day give differently for the same thing.

    Two figures are of one thing if they count the same, nobody else and nothing else is named in their
    clauses, the same befalls those counted, and the clauses are alike; or if they are ages of one person.
    They are compatible if one is rounded ("about", or 40 beside 38), converts the one before it, or is more
    than `RATIO` times the other, and if either text gives the other's value for what is called the same.

    Parameters
    ----------
    sentences
        Table `sentences`, of independent English articles; columns `sentence_id`, `article_id`, `heading`,
        `text`.
    articles
        `article_id`, `published`. Figures of different days are updates, as are those of different times of
        one day where both are known. Without a date it cannot be told, so such a text differs from none.
    like
        The likeness of passages in these sentences, if it is at hand.

    Returns
    -------
    DataFrame
        `kind` ("number"), `about` ("people killed", "age of …"), `value_a` and `value_b` as written, with the
        word that rounds them, their sentences `sentence_id_a`, `sentence_id_b` and their places there
        (`start_a`, `end_a`, `start_b`, `end_b`, characters from 0): each two values for one thing once, in
        the sentences most alike, the likest first. a is the text published first.

    Examples
    --------
    >>> said = ["The fire on the quay killed five people.", "Seven people died in the quay fire."]
    >>> table = pd.DataFrame({"sentence_id": ["a:s001", "b:s001"], "article_id": ["a", "b"], "text": said})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "published": pd.Timestamp("2026-02-10")})
    >>> numbers_differ(table.assign(heading=False), articles)[["about", "value_a", "value_b"]].values.tolist()
    [['people killed', 'five people', 'Seven people']]
    """
    published = dict(zip(articles.article_id, articles.published, strict=True))
    rows = sentences.sort_values("sentence_id")
    small, like = _small(rows), like or Likeness(rows.text)
    narrow = rows[["sentence_id", "article_id", "heading", "text"]]
    facts = [fact for row in narrow.itertuples() for fact in _facts(row, published[row.article_id], small)]
    ages = list(_ages(_named(rows[rows.text.str.contains(_AGES)])))
    told = {(fact.article_id, fact.thing, fact.value) for fact in facts + ages}
    pairs = [(1.0, *pair) for block in _blocks(ages, published) for pair in combinations(block, 2)]
    for block in _blocks(facts, published):
        least = MEASURED if block[0].thing in _MEASURES else PEOPLE if block[0].thing == "people" else COUNTED
        pairs += [pair for pair in _alike(block, like, least) if _one_thing(*pair[1:])]
    return _table("number", [pair for pair in pairs if _differ(*pair[1:], told, published)], rows, published)


def names_differ(
    sentences: pd.DataFrame, articles: pd.DataFrame, like: Likeness | None = None
) -> pd.DataFrame:
    """Different persons whom texts name in the same office, or with the same surname in like sentences.

    The office is one that a person holds alone and now, with what it is of ("the mayor of Port Ellery").
    Neither text may name the other's person anywhere, and no text may have two first names with the surname
    (a family). Names that are spelt nearly alike, begin alike or may stand for each other ("Bill", "William")
    are one person's.

    Parameters and result are those of :func:`numbers_differ`; `kind` is "name", `about` the office or "first
    name of …", and texts of any time of publication are compared.
    """
    published = dict(zip(articles.article_id, articles.published, strict=True))
    rows = sentences.sort_values("sentence_id")
    said = {one: {*map(key, tokens(" ".join(texts)))} for one, texts in rows.groupby("article_id").text}
    names, like = _named(rows), like or Likeness(rows.text)
    held = (part for block in _blocks(_offices(names)) for part in _parts(block))
    pairs = [(1.0, *pair) for block in held for pair in combinations(block, 2)]
    for block in _blocks(_first_names(names[~names.heading.astype(bool)], _small(rows))):
        persons = {(fact.article_id, fact.value) for fact in block}
        family = len(persons) > len({article_id for article_id, _ in persons})
        alike = (pair for part in _parts(block) for pair in _alike(part, like, NAMED) if not family)
        pairs += [pair for pair in alike if not _nickname(*pair[1:])]
    return _table("name", [pair for pair in pairs if _two_persons(*pair[1:], said)], rows, published)


def _named(sentences: pd.DataFrame) -> pd.DataFrame:
    """The names in sentences, each with its sentence."""
    return proper_names(sentences).merge(sentences[["sentence_id", "heading", "text"]], on="sentence_id")


def _small(sentences: pd.DataFrame) -> frozenset[str]:
    """The words that the texts write in small letters: no names."""
    return frozenset(word for text in sentences.text for word in tokens(text) if word.islower())


def _blocks(facts: Iterable[_Fact], published: dict | None = None) -> Iterable[list[_Fact]]:
    """The exact values for what is called the same; where days of publication are given, of one day each."""
    blocks = defaultdict(list)
    for fact in facts:
        if fact.exact and published is None:
            blocks[fact.thing].append(fact)
        elif fact.exact and pd.notna(day := published[fact.article_id]):
            blocks[fact.thing, day.date()].append(fact)
    if published is None:
        return blocks.values()
    parts = (part for block in blocks.values() for part in _parts(block))
    return [part for part in parts if len({fact.article_id for fact in part}) > 1]


def _parts(block: list[_Fact]) -> Iterator[list[_Fact]]:
    """A block, `MOST` facts at a time, in the order in which they were found."""
    return (block[start : start + MOST] for start in range(0, len(block), MOST))


def _alike(block: list[_Fact], like: Likeness, least: float) -> Iterator[tuple[float, _Fact, _Fact]]:
    """Pairs of a block with like clauses, and their likeness."""
    for one, other, score in like.pairs([fact.clause for fact in block], least):
        yield score, block[one], block[other]


def _at_once(one: pd.Timestamp, other: pd.Timestamp) -> bool:
    """Whether both are known, of one day, and of one time where both have one (midnight is none)."""
    if pd.isna(one) or pd.isna(other):
        return False
    timed = one != one.normalize() and other != other.normalize()
    return one == other if timed else one.normalize() == other.normalize()


def _one_thing(one: _Fact, other: _Fact) -> bool:
    """Whether nothing in two like clauses says that their figures are of different things."""
    people = one.thing == "people"
    if one.relation != other.relation and (people or (one.relation and other.relation)):
        return False
    strangers = one.names and other.names and not one.names & other.names
    shared = (one.stems & other.stems) - {one.thing}
    if strangers or one.scope != other.scope or len(shared) < (1 if people and one.relation else 2):
        return False
    return any(a[0] <= b[1] and b[0] <= a[1] for a in one.times for b in other.times)


def _differ(one: _Fact, other: _Fact, told: set[tuple], published: dict) -> bool:
    """Whether texts of one time give two values, each none but its own."""
    crossed = {(one.article_id, one.thing, other.value), (other.article_id, one.thing, one.value)} & told
    if crossed or not _at_once(published[one.article_id], published[other.article_id]):
        return False
    low, high = sorted((one.value, other.value))
    return max(_step(low), _step(high)) <= high - low and high <= RATIO * low


def _step(value: float) -> float:
    """The unit of a figure's last digit that is no zero: what rounding to it can change.

    >>> _step(2300.0), _step(229.6), _step(10.0)
    (100.0, 0.1, 1.0)
    """
    if value <= EXACT and value == int(value):
        return 1.0
    digits, _, power = f"{value:.9e}".partition("e")
    return float(f"1e{int(power) - len(digits.replace('.', '').rstrip('0')) + 1}")


def _facts(row: NamedTuple, published: pd.Timestamp, small: frozenset) -> Iterator[_Fact]:
    """The figures of a sentence that count or measure."""
    # Most sentences count nothing, and dates take longest.
    if not any(_noun(written, units)[0] for written, (_, units) in numbers(row.text, [])):
        return
    found = find(row.text, None if pd.isna(published) else published.date())
    taken = [(one.start, one.end) for one in found if one.type != "DURATION"]
    times = tuple((one.earliest, one.latest) for one in found if one.earliest)
    if not times and pd.notna(published):
        times = (((published - RECENT).date(), published.date()),)
    read = clauses.read(row.text, small)
    for start, end, value, units in _figures(row.text, taken):
        written, before = row.text[start:end], row.text[:start]
        thing, label = _noun(written, units)
        if not thing:
            continue
        rounded = _ROUNDED.search(before)
        title = written[0].isdigit() and (_NAMED.search(before) or _YEAR.match(written))
        loose = rounded or title or row.heading or _OR_SO.match(row.text, end)
        token = sum(one <= start for one in read.ends)
        inside = [n for n, clause in enumerate(read.clause) if clause == read.clause[token]]
        nearest = sorted(inside, key=lambda n: abs(n - token))
        relation = next((_RELATIONS[read.words[n]] for n in nearest if read.words[n] in _RELATIONS), "")
        near = range(max(0, token - NEAR), min(token + NEAR, len(read.words)))
        undated = [n for n in near if not any(a <= read.starts[n] < b for a, b in taken)]
        scope = {read.words[n] for n in undated} & _LISTS["scope"]
        scope |= {read.words[n] for n in undated if n < token} & _LISTS["part"]
        named = [n for n in inside if read.name[n]] or [n for n, one in enumerate(read.name) if one]
        clause, start = " ".join(read.words[n] for n in inside), rounded.start() if rounded else start
        place = (row.sentence_id, row.article_id, start, end, thing, f"{label} {relation}".strip())
        names = frozenset(read.words[n][:4] for n in named)  # Norway, Norwegian
        yield _Fact(
            *place,
            value,
            not loose,
            relation,
            frozenset(scope),
            names,
            times,
            clause,
            frozenset(stems(clause)),
        )


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


def _noun(written: str, units: frozenset) -> tuple[str, str]:
    """The stem of what is counted, of two words the noun, and that noun; empty for ages and times of day."""
    words = {beginning(key(word)): word for word in tokens(written) if not _VERBAL.search(word)}
    nouns = [one for one in (*sorted(units & _MEASURES.keys(), reverse=True), *words) if one in units]
    if not nouns or _AGE in units or units & _STEMS["clock"]:
        return "", ""
    noun = nouns[0] if nouns[0] in _MEASURES else nouns[-1]
    return "people" if noun in _STEMS["people"] else noun, words.get(noun) or _MEASURES[noun]


def _ages(names: pd.DataFrame) -> Iterator[_Fact]:
    """Ages of named persons."""
    for row in names.itertuples():
        for hit in (_AGED.match(row.text, row.end), _OLD.search(row.text[: row.start])):
            if hit:
                place = (row.sentence_id, row.article_id, *hit.span(hit.lastindex))
                yield _Fact(*place, f"age of {row.key}", f"age of {row.name}", float(hit[hit.lastindex]))


def _offices(names: pd.DataFrame) -> Iterator[_Fact]:
    """Who holds an office that one person holds at a time, and of what ("Port Ellery’s mayor")."""
    for row in names.itertuples():
        before, after = _TITLE.search(row.text[: row.start]), _APPOSED.match(row.text, row.end)
        for hit in filter(None, (before, after) if " " in row.name else ()):
            words = {*hit[0].lower().replace("-", " ").split()}
            office = " ".join(part for part in hit.groups() if part)
            thing = {*stems(office)}
            if not words & _LISTS["not_now"] and thing - _STEMS["held"]:
                place = (row.sentence_id, row.article_id, row.start, row.end)
                yield _Fact(*place, " ".join(sorted(thing)), office, row.key)


def _first_names(names: pd.DataFrame, small: frozenset) -> Iterator[_Fact]:
    """First names of persons, with their sentence."""
    for row in names.itertuples():
        first, *rest = fold(row.name).split()
        if len(rest) == 1 and len(first) > 1 and not {first, *rest} & small:
            place = (row.sentence_id, row.article_id, row.start, row.end)
            yield _Fact(*place, rest[0], f"first name of {row.name.split()[-1]}", first, clause=row.text)


def _nickname(one: _Fact, other: _Fact) -> bool:
    """Whether one first name may stand for the other: they begin alike, or the list has them."""
    pair = (one.value, other.value)
    return pair[0][0] == pair[1][0] or bool({"=".join(pair), "=".join(pair[::-1])} & _LISTS["nickname"])


def _two_persons(one: _Fact, other: _Fact, said: dict[str, set[str]]) -> bool:
    """Whether names of two texts are those of two persons, each named by one of the texts alone."""
    first, second = one.value.split()[-1], other.value.split()[-1]
    apart = second not in said[one.article_id] and first not in said[other.article_id]
    return apart and SequenceMatcher(None, first, second).ratio() < ONE_NAME


def _table(kind: str, pairs: list, sentences: pd.DataFrame, published: dict) -> pd.DataFrame:
    """A row for each two values of one thing: its likest pair of sentences, the text published first as a."""
    texts = dict(zip(sentences.sentence_id, sentences.text, strict=True))
    days = sorted({day for day in published.values() if pd.notna(day)})
    rank = {day: number for number, day in enumerate(days)}

    def order(fact: _Fact) -> int:
        return rank.get(published[fact.article_id], len(rank))

    best = {}
    for score, *pair in pairs:
        a, b = sorted(pair, key=lambda fact: (order(fact), fact.sentence_id, fact.start))
        values = [texts[fact.sentence_id][fact.start : fact.end] for fact in (a, b)]
        row = (kind, a.about, *values, a.sentence_id, b.sentence_id, a.start, a.end, b.start, b.end)
        thing = (a.thing, a.relation, *sorted(str(fact.value) for fact in (a, b)))
        best[thing] = min(best.get(thing, (0, row)), (-score, row))
    return pd.DataFrame([row for _, row in sorted(best.values())], columns=COLUMNS)
