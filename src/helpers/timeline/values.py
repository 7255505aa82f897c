"""Figures and names in which accounts of one event differ.

Sentences of several texts go in; out comes a row a difference, with the best two sentences for it. The rules
would rather miss a difference than make one, for nearly all unlike figures in like sentences are of
different things: a figure of another time of publication is an update; a rounded one, one of a part or of
another day is compatible. Nothing is resolved or averaged.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations, product

import numpy as np
import pandas as pd

from helpers.spelling import key
from helpers.timeline.facts import LISTS, MEASURES, Around, Fact, Known, ages, figures, first_names, offices
from helpers.words import tokens

# Likeness (0 to 1) from which clauses are of one thing: of those that count people to whom the same happened,
# that count other things, that measure; and of sentences that name somebody.
PEOPLE, COUNTED, MEASURED, NAMED = 0.15, 0.25, 0.4, 0.45
_LEAST = dict.fromkeys(MEASURES, MEASURED) | {"people": PEOPLE}
RATIO = 3  # figures further apart are of different things
EXACT = 20  # up to it a number of things is counted, not rounded
MOST = 500  # facts of one thing (and day) that are compared with one another; 100 articles have up to 81
ONE_NAME = 0.75  # likeness of letters (0 to 1) from which two names are spellings of one

COLUMNS = ["kind", "about", "value_a", "value_b", "sentence_id_a", "sentence_id_b"]
COLUMNS += ["start_a", "end_a", "start_b", "end_b"]


def numbers_differ(
    sentences: pd.DataFrame, articles: pd.DataFrame, known: Known | None = None
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
    known
        What is known of these sentences, if it is at hand.

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
    known = known or Known(sentences, articles)
    counted, aged = [*figures(known)], [*ages(known)]
    told = defaultdict(set)  # article and thing → its values there
    for fact in counted + aged:
        told[fact.article_id, fact.thing].add(fact.value)
    pairs = []
    for block in _blocks(aged, known.published):
        pairs += [(1.0, block[one], block[other]) for one, other in _differing(block, told, known)]
    facts, places = [], [np.zeros((0, 2), int)]
    for block in _blocks(counted, known.published):
        places.append(_differing(block, told, known) + len(facts))
        facts += block
    pairs += _alike(facts, np.concatenate(places), known)
    return _table("number", pairs, known)


def names_differ(sentences: pd.DataFrame, articles: pd.DataFrame, known: Known | None = None) -> pd.DataFrame:
    """Different persons whom texts name in the same office, or with the same surname in like sentences.

    The office is one that a person holds alone and now, with what it is of ("the mayor of Port Ellery").
    Neither text may name the other's person anywhere, and no text may have two first names with the surname
    (a family). Names that are spelt nearly alike, begin alike or may stand for each other ("Bill", "William")
    are one person's.

    Parameters and result are those of :func:`numbers_differ`; `kind` is "name", `about` the office or "first
    name of …", and texts of any time of publication are compared.
    """
    known = known or Known(sentences, articles)
    held = (part for block in _blocks(offices(known)) for part in _parts(block))
    pairs = [(1.0, *pair) for block in held for pair in combinations(block, 2) if _named_apart(*pair)]
    for block in _blocks(first_names(known)):
        persons = {(fact.article_id, fact.value) for fact in block}
        family = len(persons) > len({article_id for article_id, _ in persons})
        for part in _parts([] if family or len({name for _, name in persons}) < 2 else block):
            texts = [known.texts[fact.sentence_id] for fact in part]
            found = ((score, part[a], part[b]) for a, b, score in known.like.pairs(texts, NAMED))
            pairs += [pair for pair in found if not _nickname(*pair[1:])]
    said: dict[str, set[str]] = {}
    texts = known.rows[known.rows.article_id.isin({fact.article_id for pair in pairs for fact in pair[1:]})]
    for article_id, some in texts.groupby("article_id").text:
        said[article_id] = {*map(key, tokens(" ".join(some)))}
    return _table("name", [pair for pair in pairs if _two_persons(*pair[1:], said)], known)


def _blocks(facts: Iterable[Fact], published: dict | None = None) -> Iterable[list[Fact]]:
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


def _parts(block: list[Fact]) -> Iterator[list[Fact]]:
    """A block, `MOST` facts at a time, in the order in which they were found."""
    return (block[start : start + MOST] for start in range(0, len(block), MOST))


def _differing(block: list[Fact], told: dict[tuple, set], known: Known) -> np.ndarray:
    """Which two facts of a block are of texts of one time that give two values, each none but its own.

    Both are known to be of one day; of one time they are where both have a time (midnight is none).
    """
    values = sorted({fact.value for fact in block})
    if len(values) < 2:
        return np.zeros((0, 2), int)
    value = np.searchsorted(values, [fact.value for fact in block])
    texts = [fact.article_id for fact in block]
    given = {name: told[name, block[0].thing] for name in texts}
    own = np.array([[one in given[name] for one in values] for name in texts])
    time = np.array([known.times[name] for name in texts])
    low, step = np.array(values)[value], np.array([*map(_step, values)])[value]
    low, high = np.minimum.outer(low, low), np.maximum.outer(low, low)
    fit = (np.maximum.outer(step, step) <= high - low) & (high <= RATIO * low)
    fit &= ~(np.logical_and.outer(time != 0, time != 0) & np.not_equal.outer(time, time))
    crossed = own[:, value]
    return np.argwhere(np.triu(fit & ~crossed & ~crossed.T, 1))


def _alike(facts: list[Fact], pairs: np.ndarray, known: Known) -> Iterator[tuple[float, Fact, Fact]]:
    """Pairs of figures whose clauses tell of one thing, and how alike these are."""
    places, two = np.unique(pairs, return_inverse=True)
    some = [facts[place] for place in places]
    around = [known.around(fact) for fact in some]
    two = two.reshape(-1, 2)
    likeness = known.like.dice_of([one.stems for one in around], two)
    least = np.array([_LEAST.get(fact.thing, COUNTED) for fact in some])
    close = np.flatnonzero(likeness >= least[two[:, 0]])
    for (one, other), score in zip(two[close].tolist(), likeness[close].tolist(), strict=True):
        if _one_thing(some[one].thing, around[one], around[other]):
            days = product(known.days(some[one]), known.days(some[other]))
            if any(a[0] <= b[1] and b[0] <= a[1] for a, b in days):
                yield (
                    score,
                    *(
                        some[n]._replace(
                            about=f"{some[n].about} {around[n].relation}".strip(), relation=around[n].relation
                        )
                        for n in (one, other)
                    ),
                )


def _one_thing(thing: str, one: Around, other: Around) -> bool:
    """Whether nothing in two like clauses says that their figures are of different things."""
    people = thing == "people"
    if one.relation != other.relation and (people or (one.relation and other.relation)):
        return False
    strangers = one.names and other.names and not one.names & other.names
    shared = (one.stems & other.stems) - {thing}
    return not strangers and one.scope == other.scope and len(shared) >= (1 if people and one.relation else 2)


def _step(value: float) -> float:
    """The unit of a figure's last digit that is no zero: what rounding to it can change.

    >>> _step(2300.0), _step(229.6), _step(10.0)
    (100.0, 0.1, 1.0)
    """
    if value <= EXACT and value == int(value):
        return 1.0
    digits, _, power = f"{value:.9e}".partition("e")
    return float(f"1e{int(power) - len(digits.replace('.', '').rstrip('0')) + 1}")


def _nickname(one: Fact, other: Fact) -> bool:
    """Whether one first name may stand for the other: they begin alike, or the list has them."""
    pair = (one.value, other.value)
    return pair[0][0] == pair[1][0] or bool({"=".join(pair), "=".join(pair[::-1])} & LISTS["nickname"])


def _named_apart(one: Fact, other: Fact) -> bool:
    """Whether two names end in different words."""
    return one.value.split()[-1] != other.value.split()[-1]


def _two_persons(one: Fact, other: Fact, said: dict[str, set[str]]) -> bool:
    """Whether names of two texts are those of two persons, each named by one of the texts alone."""
    first, second = one.value.split()[-1], other.value.split()[-1]
    apart = second not in said[one.article_id] and first not in said[other.article_id]
    return apart and SequenceMatcher(None, first, second).ratio() < ONE_NAME


def _table(kind: str, pairs: list, known: Known) -> pd.DataFrame:
    """A row for each two values of one thing: its likest pair of sentences, the text published first as a."""
    texts, published = known.texts, known.published
    days = sorted({day for day in published.values() if pd.notna(day)})
    rank = {day: number for number, day in enumerate(days)}

    def order(fact: Fact) -> int:
        return rank.get(published[fact.article_id], len(rank))

    best = {}
    for score, *pair in pairs:
        a, b = sorted(pair, key=lambda fact: (order(fact), fact.sentence_id, fact.start))
        values = [texts[fact.sentence_id][fact.start : fact.end] for fact in (a, b)]
        row = (kind, a.about, *values, a.sentence_id, b.sentence_id, a.start, a.end, b.start, b.end)
        thing = (a.thing, a.relation, *sorted(str(fact.value) for fact in (a, b)))
        best[thing] = min(best.get(thing, (0, row)), (-score, row))
    return pd.DataFrame([row for _, row in sorted(best.values())], columns=COLUMNS)
