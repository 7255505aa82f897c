"""Proper names in running text, found by how English spells them: no model, no list of persons or places.

Sentences go in; out comes one row a name as written, with a key under which the spellings and shorter forms
of a name meet. What a capital says about a word is learnt from the corpus itself.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.words import any_of, end_sign, filled, function_words, read_pairs, tokens, unaccented

# Times as often as the next fuller form: then a short form is taken for it. Of those that lead by 2 to 3 in
# the development corpora half stand beside another of its kind (North and South Korea), from 3 on a third.
LEADS = 3

BEFORE = 40  # characters that show what a word follows: reading all before it took 100 s for 80 KB

_ROWS = read_pairs(__file__, "names.tsv")
_LISTS = {name: words.split() for name, words in _ROWS.items() if name.islower()}
_SAME = dict(pair.replace("_", " ").split("=") for pair in _LISTS["same"])
_FIRST, _LETTER = re.compile(r"\w+|\W"), re.compile(r"\w")
_VERBAL = ("ing", "ed", "ly")
_ENDINGS = ("i", "n", "an", "ian", "ish", "ese")
_INSIDE = {*_LISTS["small"], "for", "and", "on"}


_PARTS = _ROWS | {name: any_of(words) for name, words in _LISTS.items()}
_PARTS |= {name.title(): any_of(map(str.capitalize, _LISTS[name])) for name in ("calendar", "opens")}
_PARTS |= {"Function": any_of(map(str.capitalize, sorted(function_words())))}
_PARTS |= {"up": "[" + "".join(filter(str.isupper, map(chr, range(0x250)))) + "]"}
_UP, _WORD, _CUT = re.compile(_PARTS["up"]), re.compile(filled("@WORD", _PARTS)), _ROWS["CUT"]
_NAME, _TAIL, _KIND, _TITLE, _SUFFIX, _STATE, _EDGE, _OPENS = (
    re.compile(filled(f"@{name}", _PARTS)) for name in "NAME TAIL KIND TITLE SUFFIX STATE EDGE OPENS".split()
)


class _Shown(NamedTuple):
    """What running text shows: words in small letters, capitalised inside sentences, and names alone."""

    small: Counter
    inner: Counter
    alone: set


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
    columns = (sentences[name].tolist() for name in ("sentence_id", "article_id", "text", "heading"))
    rows = list(zip(*columns, strict=True))
    running = Counter(text for _, _, text, heading in rows if not heading)
    small, inner, runs = Counter(), Counter(), {}
    for text, n in running.items():  # each text is looked at once, however often it stands there
        words = tokens(text)
        if _like_heading(text, words):
            continue
        small.update([*filter(str.islower, words)] * n)
        capitals, runs[text] = _capitals(text)
        inner.update(capitals * n)
    shown = _Shown(small, inner, set())
    # What a run holds depends on itself and on whether it opens a sentence; few of the runs differ in that.
    read = {run: list(_names(*run, shown)) for run in {run for found in runs.values() for _, run in found}}
    shown.alone.update(fold(run[0][a:b]) for run, spans in read.items() for a, b in spans)
    read |= {run: list(_names(*run, shown)) for run in read if not run[0].isalpha()}  # of several words
    known = _Known({run[0][a:b] for run, spans in read.items() for a, b in spans})
    found = []
    for one, of, text, heading in rows:
        if heading or text not in runs:
            spans = known.spans(text)
        else:
            spans = [(start + a, start + b) for start, run in runs[text] for a, b in read[run]]
        found += [(one, of, a, b, text[a:b], heading or text not in runs) for a, b in spans]
    table = pd.DataFrame(found, columns=["sentence_id", "article_id", "start", "end", "name", "heading"])
    table = table.sort_values(["sentence_id", "start"], ignore_index=True)
    return table.drop(columns="heading").assign(key=_keys(table))


class _Known:
    """Names, by their first word: a pattern of all would be tried at every letter, name after name."""

    def __init__(self, names: set[str]) -> None:
        self._by_first = defaultdict(list)
        for name in sorted(names, key=len, reverse=True):
            self._by_first[_FIRST.match(name)[0]].append(name)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where a text has the names; of those that begin at one place, the longest."""
        found, last = [], 0
        for first in _FIRST.finditer(text):
            start = first.start()
            for name in self._by_first.get(first[0], ()) if start >= last else ():
                end = start + len(name)
                if text.startswith(name, start) and not _LETTER.match(text, end):
                    found.append((start, end))
                    last = end
                    break
        return found


@lru_cache(100_000)
def fold(name: str) -> str:
    """A name without accents, dots, apostrophes, middle initials, suffixes ("Jr.") and case.

    Examples
    --------
    >>> fold("São B. Moor-Sund Jr."), fold("M. V. Moss")
    ('sao moor-sund', 'mv moss')
    """
    plain = re.sub(r"\s+", " ", re.sub(r"[.'’]", "", unaccented(name).casefold()))
    words = re.sub(r"\b([^\W\d]) (?=[^\W\d]\b)", r"\1", plain)
    return _SUFFIX.sub("", re.sub(r"(?<=\w\w) [^\W\d] (?=\w\w)", " ", re.sub("[‐‑]", "-", words)))


def _like_heading(text: str, words: list[str]) -> bool:
    """Whether a line of such words is in capitals, or in title case without an end."""
    ended = end_sign(text) in (".", "!", "?")
    if ended and not any(map(str.isupper, words)):
        return False
    words = [word for word in words if word.isalpha() and word.lower() not in function_words()]
    capital = 0 if ended else sum(word[0].isupper() for word in words)
    return len(words) > 3 and max(capital, 2 * sum(map(str.isupper, words))) > 0.8 * len(words)


def _capitals(text: str) -> tuple[list[str], list[tuple[int, tuple[str, bool]]]]:
    """The capitalised words inside sentences; and the runs of such words: start, as written, if it opens."""
    words, runs, last, end, reach = [], [], 0, 0, 0
    for capital in _UP.finditer(text):
        start = capital.start()
        if start < min(last, end):
            continue
        opens = _opens(text, start)
        if start >= last and (word := _WORD.match(text, start)):
            last = word.end()
            if not opens:
                words.append(word[0])
        if start >= end and (run := _NAME.match(text, start)):
            end = run.end()
            if start >= reach:  # else it is part of a tail
                reach = end
                while _of_a_kind(text[start:reach]) and (tail := _TAIL.match(text, reach)):
                    reach = tail.end()
                runs.append((start, (text[start:reach], opens)))
    return words, runs


def _names(run: str, opens: bool, shown: _Shown) -> Iterator[tuple[int, int]]:
    """The spans of the names in a run of capitalised words, which may open a sentence."""
    bounds = [0, *_titles(run), len(run)]
    for left, right in zip(bounds[::2], bounds[1::2], strict=True):
        office = left > 0 and run.startswith(" of ", left)
        for a, b in _parts(run, left, right, shown, office):
            if b > a and (bare := _bare(run, a, b, shown, opens if a == 0 else _opens(run, a))):
                yield bare


def _parts(text: str, start: int, end: int, shown: _Shown, office: bool) -> list[tuple[int, int]]:
    """The span, or two where it joins names that are seen alone ("President of Moor Blue Heron")."""
    for cut in _cuts(text[start:end], office):
        left, right = _trim(text, start, start + cut.start()), _trim(text, start + cut.end(), end)
        alone = [fold(text[slice(*part)]) in shown.alone for part in (left, right)]
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


def _bare(text: str, start: int, end: int, shown: _Shown, opens: bool) -> tuple[int, int] | None:
    """The span without a first word that is no name's, or None where nothing is left."""
    words = _words(text[start:end])
    first, rest = words[0], _trim(text, start + len(words[0]), end) if len(words) > 1 else None
    alone = rest and fold(text[slice(*rest)]) in shown.alone
    if _nationality(words[-1], shown) or words[-1].lower() in _LISTS["region"]:
        return None
    if alone and _nationality(first, shown):
        return rest
    small, inner = shown.small[first.lower()], shown.inner[first]
    verbal = first.endswith(_VERBAL)  # "Seeing Moor", unlike "Old Moor"
    fits = rest and ((inner and not alone) or not (small or (alone and verbal)))
    named = inner > small or fits or (first.isupper() and len(first) > 1)
    return (start, end) if named or not opens else rest


def _opens(text: str, start: int) -> bool:
    """Whether the word at `start` begins a sentence, a quotation or a bracket."""
    if text[start - 1 : start] == " " and text[start - 2 : start - 1].isalnum():  # it mostly follows a word
        return False
    return bool(_OPENS.search(text, max(0, start - BEFORE), start))


def _nationality(word: str, shown: _Shown) -> bool:
    """Whether a word is an adjective of nationality: listed, or a capitalised word with such an ending."""
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    return word.lower() in _LISTS["nationality"] or any(len(stem) > 3 and shown.inner[stem] for stem in stems)


def _keys(table: pd.DataFrame) -> list[str]:
    """Of each name the form that stands for it: of those of the same words, its long one, its fullest one."""
    form_of = {name: _STATE.sub("", fold(name)) for name in table.name.unique()}
    forms = [_SAME.get(form, form) for form in map(form_of.get, table.name)]
    counts = Counter(forms)
    initials, alike = {}, {}
    for form in sorted(counts, key=lambda form: (-counts[form], form)):
        words = [word for word in re.split("[ -]", form) if word not in _INSIDE]
        alike.setdefault(form, alike.setdefault(frozenset(words), form))
        if len(words) > 1:
            initials.setdefault("".join(word[:1] for word in words), form)
    acronyms = {fold(name) for name in form_of if name.isupper()} & initials.keys()
    full = [initials[form] if form in acronyms else alike[form] for form in forms]
    pairs = list(zip(table.article_id, full, strict=True))
    running = (pair for pair, heading in zip(pairs, table.heading, strict=True) if not heading)
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
