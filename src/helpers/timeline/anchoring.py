"""When the events that texts tell took place: the date of each mention, and what it was taken from.

A mention takes the expression that governs it in its sentence, else the date that the text had reached
(its narrative date), else the day of publication. Rules alone decide; their constants were set on half of a
benchmark's corpora and checked on the other (benchmarks/events.py).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.clauses import Clauses, inside, read, verbal, words_of
from helpers.timeline import actions
from helpers.timeline.dates import TimeExpression, find, find_below
from helpers.timeline.times import by_sentence
from helpers.words import function_words, without

# How far an expression is from a word, in words; what stands between counts as so many more. With any of the
# three halved or doubled, the share of right dates in the development corpora stays between .76 and .80.
VERB, BOUNDARY = 4, 12  # another verb; a clause's end or a quotation mark
FARTHEST = 25  # from here on an expression governs nothing
LEAD = 4  # sentences after the headline: the first past day there is the day that the text tells
RECENT = 7  # days before publication: a day further back that comes later in a text is background

_WORD = re.compile(r"[^\W\d_]{2}")
_PASSED = words_of("auxiliary") | words_of("between auxiliary and verb")
_FUTURE, _PERFECT, _PAST, _FINITE = map(words_of, ("future", "perfect", "past auxiliary", "finite auxiliary"))


class _Time(NamedTuple):
    """An expression of a sentence: its first token, the token after its last, its start, and what it says."""

    first: int
    after: int
    start: int
    found: TimeExpression


class _Sentence(NamedTuple):
    parts: Clauses
    times: list[_Time]


class _Anchor(NamedTuple):
    """A day or period, what it was taken from, and the place of the expression."""

    earliest: date | None
    latest: date | None
    basis: str
    at_sent: int | None = None
    at_start: int | None = None


def anchor(documents: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Date the mentions of events.

    Parameters
    ----------
    documents
        Columns `doc`, `published` (YYYY-MM-DD, may be missing: then only expressions date, and nothing
        relative is resolved) and `sentences` (a list of texts, the headline first). A line that is only a
        date dates nothing.
    mentions
        Columns `id`, `doc`, `sent` (number of the sentence, from 0) and `word` (as written; `_` stands for a
        blank); perhaps `start`, its offset in the sentence, without which it is the first such word.

    Returns
    -------
    DataFrame
        A row a mention, in their order: `id`; `date` (YYYY-MM-DD, YYYY-MM or YYYY: the finest that holds the
        whole period; missing for longer ones); `granularity` ("day", "week", "month", "quarter", "year",
        "longer"); `basis` ("expression", "narrative date", "publication date", "none"); `earliest`, `latest`;
        `at_sent`, `at_start`: sentence and offset of the expression; `aspect`: "happened", "planned" (told as
        to come, or dated after publication) or "state". A planned event without an expression has the date at
        which it was told.

    Notes
    -----
    An expression governs the words near it in its clause; verbs, clause boundaries and quotation marks
    between count as distance, so in "said on Monday that it closed in May" each verb has its own. "Than in
    1999" governs nothing, and "since" only perfect tenses; no verb in the past is dated after publication;
    what is said or planned has the periods after it for itself. The narrative date is the last past day that
    a sentence gave; what is said has one of its own, for an account goes back to who told it. Present and
    perfect are told from the day of publication, in quotations from the day of saying.

    Examples
    --------
    >>> told = ["Ferry runs aground", "The ferry ran aground on Sunday.", "Nobody was hurt, the port said."]
    >>> documents = pd.DataFrame({"doc": ["a"], "published": ["2026-02-10"], "sentences": [told]})
    >>> mentions = pd.DataFrame({"id": ["m1", "m2"], "doc": "a", "sent": [1, 2], "word": ["ran", "hurt"]})
    >>> anchor(documents, mentions)[["id", "date", "basis"]].values.tolist()
    [['m1', '2026-02-08', 'expression'], ['m2', '2026-02-08', 'narrative date']]
    """
    known, found = {one.doc: one for one in documents.itertuples()}, [()] * len(mentions)
    mentions = mentions.reset_index(drop=True)
    by_doc: dict[str, list[tuple]] = {}
    for one in mentions.assign(start=_starts(known, mentions)).itertuples():
        by_doc.setdefault(one.doc, []).append(one)
    for doc, part in by_doc.items():
        published = None if pd.isna(known[doc].published) else date.fromisoformat(known[doc].published)
        sentences = _sentences(known[doc].sentences, published)
        told, said = _narrative(sentences, published)
        for one in part:
            at = max(bisect_right(sentences[one.sent].parts.starts, one.start) - 1, 0)
            tense = _tense(sentences[one.sent], at)
            dated = _given(one) or _anchored(sentences, one.sent, at, tense, told, said, published)
            found[one.Index] = (*dated, _aspect(sentences[one.sent], at, tense, dated, published))
    table = pd.DataFrame(found, columns=[*_Anchor._fields, "aspect"])
    table = table.assign(id=mentions.id.array)
    table[["at_sent", "at_start"]] = table[["at_sent", "at_start"]].astype("Int64")
    table["date"] = [_date(*days) for days in zip(table.earliest, table.latest, strict=True)]
    table["granularity"] = [_granularity(*days) for days in zip(table.earliest, table.latest, strict=True)]
    named = ["date", "granularity", "basis", "aspect"]
    table[named] = table[named].astype("str")
    for name in ("earliest", "latest"):
        table[name] = pd.to_datetime(table[name])
    return table[_COLUMNS]


_COLUMNS = ["id", "date", "granularity", "basis", "earliest", "latest", "at_sent", "at_start", "aspect"]


def _sentences(texts: Sequence[str], published: date | None) -> list[_Sentence]:
    sentences = []
    head, *body = texts
    every = find_below(head, "\n".join(body), published) if body else find(head, published)
    for text, found in zip(texts, by_sentence(texts, every), strict=True):
        parts, times = read(text, function_words()), []
        for one in found:
            if one.type in ("DATE", "TIME") and one.earliest:
                tokens = inside(parts, one.start, one.end)
                times.append(_Time(tokens.start, tokens.stop, one.start, one))
        date_line = times and not _WORD.search(
            without(text, [(one.found.start, one.found.end) for one in times])
        )
        sentences.append(_Sentence(parts, [] if date_line else times))
    return sentences


def _given(mention: tuple) -> _Anchor | None:
    """The days of a mention, where they are known already."""
    if pd.isna(getattr(mention, "earliest", None)):
        return None
    return _Anchor(mention.earliest.date(), mention.latest.date(), "expression")


def _starts(known: dict, mentions: pd.DataFrame) -> list[int]:
    """Where each mention begins in its sentence: as given, else the n-th such word for the n-th mention."""
    if "start" in mentions and mentions.start.notna().all():
        return mentions.start.tolist()
    same = [name for name in ("doc", "sent", "word", "entity") if name in mentions]
    nth = mentions.sort_values("id").groupby(same, dropna=False).cumcount()
    texts = (known[doc].sentences[sent] for doc, sent in zip(mentions.doc, mentions.sent, strict=True))
    found = [_start(*one) for one in zip(texts, mentions.word, nth[mentions.index], strict=True)]
    return mentions.start.fillna(pd.Series(found, mentions.index)).tolist() if "start" in mentions else found


def _start(text: str, word: str, nth: int) -> int:
    """Where a word stands; where its first part does if its parts are apart ("took the firm over")."""
    for form in (word.replace("_", " "), word.partition("_")[0]):
        for pattern in (rf"(?<!\w){re.escape(form)}(?!\w)", re.escape(form)):
            if hits := [hit.start() for hit in re.finditer(pattern, text, re.IGNORECASE)]:
                return hits[min(nth, len(hits) - 1)]
    return 0


def _narrative(
    sentences: list[_Sentence], published: date | None
) -> tuple[list[_Anchor | None], list[_Anchor | None]]:
    """The day that each sentence tells unless it says another; and the day of what is said in it."""
    told, said, now, saying = [], [], None, None
    for number, sentence in enumerate(sentences):
        reach = None if number <= LEAD and now is None else RECENT
        if number and published and (time := _past_day(sentence, published, reach)):
            now = _Anchor(time.found.earliest, time.found.latest, "narrative date", number, time.start)
            if any(_says(sentence, at) for at in _near(sentence, time)):
                saying = now
        told.append(now)
        said.append(saying)
    body = next((number for number in range(1, len(sentences)) if sentences[number].parts.words[LEAD:]), 0)
    told[:1], said[:1] = told[body : body + 1], said[body : body + 1]  # a headline tells what the lead tells
    return told, said


def _past_day(sentence: _Sentence, published: date, reach: int | None) -> _Time | None:
    """The first day outside quotations that is not after publication, nor farther before it than `reach`."""
    for time in sentence.times:
        first, last = time.found.earliest, time.found.latest
        if first is None or first != last or first > published or sentence.parts.quoted[time.first]:
            continue
        if reach is None or (published - first).days <= reach:
            return time
    return None


def _near(sentence: _Sentence, time: _Time) -> range:
    return range(max(0, time.first - LEAD), min(len(sentence.parts.words), time.first + LEAD))


def _anchored(
    sentences: list[_Sentence],
    number: int,
    at: int,
    tense: str,
    told: list[_Anchor | None],
    said: list[_Anchor | None],
    published: date | None,
) -> _Anchor:
    sentence = sentences[number]
    if time := _governing(sentence, at, tense, published):
        return _Anchor(time.found.earliest, time.found.latest, "expression", number, time.start)
    present, quoted = tense in ("present", "perfect"), sentence.parts.quoted[at]
    narrative = said[number] if _says(sentence, at) or (quoted and present) else None
    narrative = narrative or told[number]
    if narrative and (number == 0 or quoted or not present):
        return narrative
    return _Anchor(published, published, "publication date" if published else "none")


def _governing(sentence: _Sentence, at: int, tense: str, published: date | None) -> _Time | None:
    """The nearest expression, if it is near enough; of two as near the one that follows."""
    if not sentence.times:
        return None
    free = [time for time in sentence.times if not _excluded(sentence, at, tense, time, published)]
    distances = [(_distance(sentence, at, time), -time.start, time) for time in free]
    distance, _, time = min(distances, default=(FARTHEST, 0, None))
    return time if distance < FARTHEST else None


def _excluded(sentence: _Sentence, at: int, tense: str, time: _Time, published: date | None) -> bool:
    """Whether grammar keeps an expression from dating a word, however near."""
    words, found = sentence.parts.words, time.found
    kinds = actions.kinds(words[at])
    lead = words[max(0, time.first - 2) : time.first + 1]
    if "than" in lead or ("since" in lead and tense in ("past", "present", "future")):
        return True
    reports = tense not in ("noun", "infinitive") and bool(kinds & {"saying", "plan"})
    if reports and found.earliest != found.latest and time.first - at > 2:  # "reported a loss for May"
        return True
    if published is None or found.earliest is None:
        return False
    if found.earliest > published:  # "expected the bridge to open in 2031"
        return reports or tense in ("past", "past perfect", "perfect")
    return found.latest < published and tense == "future" and "would" not in _auxiliaries(sentence, at)


def _distance(sentence: _Sentence, at: int, time: _Time) -> int:
    clause, quoted = sentence.parts.clause, sentence.parts.quoted
    before = time.after <= at
    own = at - len(_auxiliaries(sentence, at))
    between = range(time.after, own) if before else range(at + 1, time.first)
    verbs = sum(_verb(sentence, i) for i in between)
    boundaries = abs(clause[at] - clause[time.first]) + (quoted[at] != quoted[time.first])
    return len(between) + verbs * VERB + boundaries * BOUNDARY


def _auxiliaries(sentence: _Sentence, at: int) -> list[str]:
    """The auxiliaries before a word, the nearest first, with what stands between ("has not yet been")."""
    found, words = [], sentence.parts.words
    while at and (words[at - 1] in _PASSED or words[at - 1].endswith("ly")):
        at -= 1
        found.append(words[at])
    return found


def _verb(sentence: _Sentence, at: int) -> bool:
    """Whether a token is a finite verb or its auxiliary."""
    word, name = sentence.parts.words[at], sentence.parts.name
    if word in _FINITE:
        return True
    if name[at] or not (actions.forms(word) & {"past", "present"} or word.endswith("ed")):
        return False
    return not _auxiliaries(sentence, at) and verbal(sentence.parts.words, name, at)


def _says(sentence: _Sentence, at: int) -> bool:
    return "saying" in actions.kinds(sentence.parts.words[at])


def _tense(sentence: _Sentence, at: int) -> str:
    """The tense of a verb (past, past perfect, perfect, present, future), infinitive, participle, or noun."""
    words, chain = sentence.parts.words, _auxiliaries(sentence, at)
    word, forms = words[at], actions.forms(words[at])
    if _FUTURE & {*chain}:
        return "future"
    if chain[:1] == ["to"]:
        return "infinitive"
    if word in _FINITE:
        return "past" if word in _PAST else "present"
    if not verbal(words, sentence.parts.name, at) and not (forms and "noun" not in forms):
        return "noun"
    if "had" in chain:
        return "past perfect"
    if _PERFECT & {*chain}:
        return "perfect"
    if word.endswith("ing") and not chain:
        return "participle"
    if _PAST & {*chain} or word.endswith("ed") or "past" in forms:
        return "past"
    return "present"


def _aspect(sentence: _Sentence, at: int, tense: str, one: _Anchor, published: date | None) -> str:
    words = sentence.parts.words
    kinds = actions.kinds(words[at])
    to_come = published is not None and one.earliest is not None and one.earliest > published
    before = words[max(0, at - LEAD) : at]
    plans = tense == "infinitive" and any(actions.kinds(word) & {"plan", "saying"} for word in before)
    if to_come or tense == "future" or plans:
        return "planned"
    return "state" if kinds == {"state"} else "happened"


@lru_cache(8192)  # pairs of days, as those of _granularity: texts of one event tell of few
def _date(earliest: date | None, latest: date | None) -> str | None:
    """The finest of YYYY-MM-DD, YYYY-MM and YYYY that holds both days.

    >>> _date(date(2026, 2, 2), date(2026, 2, 8)), _date(date(1990, 1, 1), date(1999, 12, 31))
    ('2026-02', None)
    """
    if earliest is None or latest is None:
        return None
    first, last = earliest.isoformat(), latest.isoformat()
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), None)


@lru_cache(8192)
def _granularity(earliest: date | None, latest: date | None) -> str | None:
    if earliest is None or latest is None:
        return None
    days = (latest - earliest).days + 1
    limits = (("day", 1), ("week", 7), ("month", 31), ("quarter", 92), ("year", 366))
    return next((name for name, limit in limits if days <= limit), "longer")
