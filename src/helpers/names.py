"""Proper names in running text, found by how English spells them: no model, no list of persons or places.

Sentences go in; out comes one row a name as written, with a key under which the spellings and shorter forms
of a name meet. What a capital says about a word is learnt from the corpus itself.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.stretches import stretches
from helpers.words import any_of, end_sign, filled, function_words, matched, read_pairs, tokens, unaccented

# Times as often as the next fuller form: then a short form is taken for it. Of those that lead by 2 to 3 in
# the development corpora half stand beside another of its kind (North and South Korea), from 3 on a third.
LEADS = 3

BEFORE = 40  # characters that show what a word follows: reading all before it took 100 s for 80 KB

_ROWS = read_pairs(__file__, "names.tsv")
_LISTS = {name: words.split() for name, words in _ROWS.items() if name.islower()}
_SAME = dict(pair.replace("_", " ").split("=") for pair in _LISTS["same"])
_FIRST = re.compile(r"\w+|\W")
# In capitals are no lines but those with two such letters (RE2); most sentences have none.
_LOUD, _SIGNS = r"(?s)\p{Lu}\P{Ll}.*\p{Lu}(?:\P{Ll}|$)", re.compile(r"\W*$")
_VERBAL = ("ing", "ed", "ly")
_ENDINGS = ("i", "n", "an", "ian", "ish", "ese")
_INSIDE = {*_LISTS["small"], "for", "and", "on"}


_PARTS = _ROWS | {name: any_of(words) for name, words in _LISTS.items()}
_PARTS |= {name.title(): any_of(map(str.capitalize, _LISTS[name])) for name in ("calendar", "opens")}
_PARTS |= {"Function": any_of(map(str.capitalize, sorted(function_words())))}
_PARTS |= {"up": "[" + "".join(filter(str.isupper, map(chr, range(0x250)))) + "]"}
_CAPITAL, _SMALL = re.compile(_PARTS["up"]), any_of([*_INSIDE, "the"])
_JOINS = re.compile(f"(?:{_SMALL})(?:-(?:{_SMALL}))*")
_WORDS, _CUT = re.compile(filled("@WORD", _PARTS)), _ROWS["CUT"]
_NAME, _TAIL, _KIND, _TITLE, _SUFFIX, _STATE, _EDGE, _OPENS = (
    re.compile(filled(f"@{name}", _PARTS)) for name in "NAME TAIL KIND TITLE SUFFIX STATE EDGE OPENS".split()
)


class _Shown(NamedTuple):
    """What running text shows: words in small letters, capitalised inside sentences, and names alone."""

    small: Counter
    inner: Counter
    alone: Counter


def proper_names(sentences: pd.DataFrame) -> pd.DataFrame:
    """Find the proper names in sentences.

    A name is a run of capitalised words with the small words inside it, without titles ("President"), the
    possessive, and adjectives of nationality that stand alone. A sentence's first word counts where the
    corpus capitalises it inside sentences too, or never writes it small and a capital follows. Headings and
    lines in capitals are no evidence: there, only names that running text has shown are found.

    Parameters
    ----------
    sentences
        Table `sentences`: columns `sentence_id`, `article_id`, `heading`, `text`.

    Returns
    -------
    DataFrame
        `sentence_id`, `article_id`, `start`, `end` (offsets into the text), `name` as written, and `key`: the
        folded form (no accents, dots, case) of the fullest form that the article, else the corpus, has for
        it. A form with several fuller ones, none `LEADS` times as frequent as the next, keeps its own.

    Examples
    --------
    >>> said = ["Admiral Moor’s Blue Heron met the M.V. Moss.", "Later Heron towed the MV Moss’s boats."]
    >>> table = pd.DataFrame({"sentence_id": ["a:s001", "a:s002"], "article_id": "a", "text": said})
    >>> proper_names(table.assign(heading=False))[["name", "key"]].values.tolist()[1:]
    [['Blue Heron', 'blue heron'], ['M.V. Moss', 'mv moss'], ['Heron', 'blue heron'], ['MV Moss', 'mv moss']]
    """
    columns = [sentences[name].tolist() for name in ("sentence_id", "article_id", "text", "heading")]
    texts = columns[2]
    columns[3] = [given or like for given, like in zip(columns[3], _like_headings(texts), strict=True)]
    rows = list(zip(*columns, strict=True))
    running = [i for i, heading in enumerate(columns[3]) if not heading]
    where = stretches([texts[i] for i in running], _CAPITAL.search, _JOINS.fullmatch)
    places = [(running[n], a, b) for n, a, b in zip(*map(np.ndarray.tolist, where[:3]), strict=True)]
    looked = [(_before(texts[i], a), texts[i][a:b]) for i, a, b in places]
    small, inner, runs = _small(texts[i] for i in running), Counter(), {}
    for (before, stretch), n in Counter(looked).items():
        text = before + stretch
        for word in _WORDS.finditer(text, len(before)):
            inner[word[0]] += n * (not _opens(text, word.start()))
        runs[before, stretch] = text, [run.span() for run in _NAME.finditer(text, len(before))]
    shown = _Shown(small, inner, Counter())
    shown.alone.update(
        [fold(text[a:b]) for text, found in runs.values() for a, b in _names(text, found, shown)]
    )
    spans = {
        key: [(a - len(key[0]), b - len(key[0])) for a, b in _names(*found, shown)]
        for key, found in runs.items()
    }
    names = defaultdict(list)
    for (i, start, _), key in zip(places, looked, strict=True):
        names[i] += [(start + a, start + b) for a, b in spans[key]]
    written = {stretch[a:b] for (_, stretch), found in spans.items() for a, b in found}
    known = _Known(written)
    names |= {i: known.spans(text) for i, (_, _, text, heading) in enumerate(rows) if heading}
    found = [
        (*rows[i][:2], a, b, rows[i][2][a:b], rows[i][3]) for i, spans in names.items() for a, b in spans
    ]
    found.sort(key=itemgetter(0, 2))
    table = pd.DataFrame(found, columns=["sentence_id", "article_id", "start", "end", "name", "heading"])
    return table.drop(columns="heading").assign(key=_keys([(row[1], row[4]) for row in found], table.heading))


class _Known:
    """Names, by their first word: a pattern of all would be tried at every letter, name after name."""

    def __init__(self, names: set[str]) -> None:
        by_first = defaultdict(list)
        for name in sorted(names):
            by_first[_FIRST.match(name)[0]].append(name)
        self._by_first, self._patterns = by_first, {}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where a text has the names; of those that begin at one place, the longest."""
        found, last = [], 0
        for first in _FIRST.finditer(text):
            if first.start() >= last and first[0] in self._by_first:
                hit = self._pattern(first[0]).match(text, first.start())
                if hit:
                    found.append(hit.span())
                    last = hit.end()
        return found

    def _pattern(self, first: str) -> re.Pattern:
        if first not in self._patterns:
            named = any_of(self._by_first[first])
            self._patterns[first] = re.compile(rf"(?<!\w)(?:{named})(?!\w)")
        return self._patterns[first]


@lru_cache(100_000)
def fold(name: str) -> str:
    """A name without accents, dots, apostrophes, middle initials, suffixes ("Jr.") and case.

    Examples
    --------
    >>> fold("São B. Moor-Sund Jr."), fold("M. V. Moss")
    ('sao moor-sund', 'mv moss')
    """
    if name.isascii() and name.isalpha():  # most are one word
        return name.lower()
    plain = re.sub(r"\s+", " ", re.sub(r"[.'’]", "", unaccented(name).casefold()))
    words = re.sub(r"\b([^\W\d]) (?=[^\W\d]\b)", r"\1", plain)
    return _SUFFIX.sub("", re.sub(r"(?<=\w\w) [^\W\d] (?=\w\w)", " ", re.sub("[‐‑]", "-", words)))


def _like_headings(texts: list[str]) -> list[bool]:
    """Which texts are lines in capitals, or in title case without an end."""
    loud = matched(texts, _LOUD)
    return [_like_heading(text, two) for text, two in zip(texts, loud.tolist(), strict=True)]


def _like_heading(text: str, loud: bool) -> bool:
    ended = end_sign(text) in (".", "!", "?")
    if ended and not loud:
        return False
    words = [word for word in tokens(text) if word.isalpha() and word.lower() not in function_words()]
    capital = 0 if ended else sum(word[0].isupper() for word in words)
    return len(words) > 3 and max(capital, 2 * sum(map(str.isupper, words))) > 0.8 * len(words)


def _small(texts: Iterable[str]) -> Counter:
    """How often each word stands in small letters."""
    small = Counter()
    for piece, n in Counter(chain.from_iterable(map(str.split, texts))).items():
        for word in filter(str.islower, tokens(piece)):
            small[word] += n
    return small


def _before(text: str, start: int) -> str:
    """What shows whether a word at `start` begins something: the signs before it, and "x" for a word."""
    if start > 1 and text[start - 2].isalnum():
        return "x "
    signs = _SIGNS.search(text[max(0, start - BEFORE) : start])[0]
    return signs if len(signs) == start else f"x{signs}"


def _names(text: str, runs: list[tuple[int, int]], shown: _Shown) -> Iterator[tuple[int, int]]:
    """The spans of the names in a line of running text that has such runs of capitalised words."""
    last = 0
    for start, end in runs:
        if start < last:
            continue
        while _of_a_kind(text[start:end]) and (tail := _TAIL.match(text, end)):
            end = tail.end()
        last = end
        bounds = [start, *(start + edge for edge in _titles(text[start:end])), end]
        for left, right in zip(bounds[::2], bounds[1::2], strict=True):
            office = left > start and text.startswith(" of ", left)
            for a, b in _parts(text, left, right, shown, office):
                if b > a and (bare := _bare(text, a, b, shown)):
                    yield bare


def _parts(text: str, start: int, end: int, shown: _Shown, office: bool) -> list[tuple[int, int]]:
    """The span, or two where it joins names that are seen alone ("President of Moor Blue Heron")."""
    for cut in _cuts(text[start:end], office):
        left, right = _trim(text, start, start + cut.start()), _trim(text, start + cut.end(), end)
        alone = [bool(shown.alone[fold(text[slice(*part)])]) for part in (left, right)]
        if " of" in cut[0]:  # "Blue Heron of Moor", not "University of Moor"
            alone[0] &= " " in text[slice(*left)] and not _of_a_kind(text[slice(*left)])
        if alone[1] and (alone[0] or cut[0].strip().startswith(("for", "on", "and"))):
            return [left, *_parts(text, *right, shown, False)]
    return [_trim(text, start, end)]


@lru_cache(100_000)  # names come again and again
def _of_a_kind(name: str) -> bool:
    return bool(_KIND.search(name))


@lru_cache(100_000)
def _titles(name: str) -> list[int]:
    """Where titles start and end."""
    return [edge for title in _TITLE.finditer(name) for edge in title.span()]


@lru_cache(100_000)
def _cuts(name: str, office: bool) -> list[re.Match]:
    return list(re.finditer(f"{_CUT}| " if office else _CUT, name))


@lru_cache(100_000)
def _words(name: str) -> list[str]:
    return re.split(r"\s|-(?=\D)", name)


@lru_cache(100_000)
def _inner(name: str) -> tuple[int, int]:
    """Where a name starts and ends without small words and signs at its edges."""
    bare = _EDGE.sub("", name)
    start = name.find(bare)
    return start, start + len(bare)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = _inner(text[start:end])
    return start + first, start + last


def _bare(text: str, start: int, end: int, shown: _Shown) -> tuple[int, int] | None:
    """The span without a first word that is no name's, or None where nothing is left."""
    words = _words(text[start:end])
    first, rest = words[0], _trim(text, start + len(words[0]), end) if len(words) > 1 else None
    alone = rest and shown.alone[fold(text[slice(*rest)])]
    if _nationality(words[-1], shown) or words[-1].lower() in _LISTS["region"]:
        return None
    if alone and _nationality(first, shown):
        return rest
    small, inner = shown.small[first.lower()], shown.inner[first]
    verbal = first.endswith(_VERBAL)  # "Seeing Moor", unlike "Old Moor"
    fits = rest and ((inner and not alone) or not (small or (alone and verbal)))
    named = inner > small or fits or (first.isupper() and len(first) > 1)
    return (start, end) if named or not _opens(text, start) else rest


def _opens(text: str, start: int) -> bool:
    """Whether the word at `start` begins a sentence, a quotation or a bracket."""
    if text[start - 1 : start] == " " and text[start - 2 : start - 1].isalnum():  # it mostly follows a word
        return False
    return bool(_OPENS.search(text, max(0, start - BEFORE), start))


def _nationality(word: str, shown: _Shown) -> bool:
    """Whether a word is an adjective of nationality: listed, or a capitalised word with such an ending."""
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    return word.lower() in _LISTS["nationality"] or any(len(stem) > 3 and shown.inner[stem] for stem in stems)


def _keys(found: list[tuple[str, str]], headings: Iterable[bool]) -> list[str]:
    """Of each (article_id, name) the form for it: of those of the same words its long, its fullest one."""
    folded = {name: _STATE.sub("", fold(name)) for _, name in found}
    forms = [_SAME.get(folded[name], folded[name]) for _, name in found]
    counts = Counter(forms)
    initials, alike = {}, {}
    for form in sorted(counts, key=lambda form: (-counts[form], form)):
        words = [word for word in re.split("[ -]", form) if word not in _INSIDE]
        alike.setdefault(form, alike.setdefault(frozenset(words), form))
        if len(words) > 1:
            initials.setdefault("".join(word[:1] for word in words), form)
    acronyms = {fold(name) for name in folded if name.isupper()} & initials.keys()
    full = [initials[form] if form in acronyms else alike[form] for form in forms]
    pairs = [(article_id, form) for (article_id, _), form in zip(found, full, strict=True)]
    running = (pair for pair, heading in zip(pairs, headings, strict=True) if not heading)
    chosen = _chosen(list(dict.fromkeys(running)), Counter(pairs))
    by_form = defaultdict(Counter)
    for (_, form), fullest in chosen.items():
        by_form[form][fullest] += 1
    elsewhere = {form: _leading(fuller) for form, fuller in by_form.items()}
    return [chosen.get(pair, elsewhere.get(pair[1])) or pair[1] for pair in pairs]


def _chosen(firsts: list[tuple[str, str]], counts: Counter) -> dict[tuple[str, str], str | None]:
    """The fullest form for a form: of an article that has it, one that comes before; else any it has."""
    fuller, chosen, alone = defaultdict(Counter), {}, {form for _, form in firsts}
    for article_id, form in firsts:
        words = form.split()
        if fuller[article_id, form]:
            chosen[article_id, form] = _leading(fuller[article_id, form])
        for n in range(1, len(words)):
            if words[n - 1] not in _INSIDE and words[n] not in {*_INSIDE, *_LISTS["kind"]}:
                fuller[article_id, " ".join(words[n:])][form] = counts[article_id, form]
    absent = fuller.keys() - {*firsts}
    for article_id, form in sorted(absent):
        seen = fuller[article_id, form].items()
        named = {one: n for one, n in seen if one.removesuffix(f" {form}") not in alone}
        chosen |= {(article_id, form): _leading(Counter(named))} if named else {}
    return chosen


def _leading(fuller: Counter) -> str | None:
    """The form that leads by `LEADS`; one that ends another counts for neither."""
    longest = [form for form in fuller if not any(str(other).endswith(f" {form}") for other in fuller)]
    ranked = sorted(longest, key=lambda form: (-fuller[form], str(form)))
    return ranked[0] if len(ranked) == 1 or fuller[ranked[0]] >= LEADS * fuller[ranked[1]] else None
