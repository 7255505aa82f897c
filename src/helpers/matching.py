"""Where the terms of a codebook occur in a text.

A term is words as a person types them. It is looked for as whole words, by their keys (`spelling`), so that
"defence" finds "defense" and "US" finds "U.S.", whatever the case; but a word in capitals ("US") must be in
capitals in the text, and a term of one capitalised word ("Turkey") must be capitalised there. `*` at the end
of a word stands for any ending. Between slashes a term is a regular expression (RE2's syntax, which cannot
run for ever), taken as it is written.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from helpers import spelling

_GAP = re.compile(r"[\s‐‑–—-]+")
_Word = tuple[frozenset[str], bool, str]  # keys, whether more letters may follow, capitals: "", "A" or "AA"


class Matcher:
    """Terms, made ready to be found.

    Parameters
    ----------
    terms
        Any number, each as in `codebook.yml`.

    Raises
    ------
    ValueError
        If a term holds no word, or its regular expression cannot be read.
    """

    def __init__(self, terms: list[str]) -> None:
        self._phrases: list[tuple[list[_Word], list[str]]] = []
        self._patterns: list[tuple[int, object]] = []
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._begins: dict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(terms):
            self._phrases.append(([], []) if is_pattern(term) else _phrase(term))
            if is_pattern(term):
                self._patterns.append((number, _regular(term)))
                continue
            keys, open_ended, _ = self._phrases[number][0][0]
            for one in keys:
                (self._begins if open_ended else self._exact)[one].append(number)
        self._lengths = sorted({len(one) for one in self._begins})

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Every place of every term: start, end, number of the term.

        Examples
        --------
        >>> matcher = Matcher(["data cent*", "US", "R&D", "/(?i)peaceful (use|purposes)/"])
        >>> text = "U.S. R&D, data-centres for us, peaceful use"
        >>> [(text[start:end], number) for start, end, number in matcher.find(text)]
        [('U.S.', 1), ('R&D', 2), ('data-centres', 0), ('peaceful use', 3)]
        """
        words = spelling.words(text)
        for first, word in enumerate(words):
            for number in self._beginning(word):
                last = self._end(number, words, first, text)
                if last is not None:
                    yield word.start, last, number
        for number, pattern in self._patterns:
            for hit in pattern.finditer(text):
                if hit.end() > hit.start():
                    yield hit.start(), hit.end(), number

    def _beginning(self, word: spelling.Word) -> set[int]:
        forms = {word.key, word.text.lower()}
        found = set(self._exact.get(word.key, ()))
        for length in self._lengths:
            for form in forms:
                found.update(self._begins.get(form[:length], ()) if len(form) >= length else ())
        return found

    def _end(self, number: int, words: list[spelling.Word], first: int, text: str) -> int | None:
        phrase, gaps = self._phrases[number]
        here = words[first : first + len(phrase)]
        if len(here) < len(phrase) or not all(map(_fits, phrase, here)):
            return None
        for gap, (before, after) in zip(gaps, pairwise(here), strict=True):
            between = text[before.end : after.start]
            if between.strip() != gap and not (gap == "" and _GAP.fullmatch(between)):
                return None
        return here[-1].end


def is_pattern(term: str) -> bool:
    """Whether a term is a regular expression: it stands between slashes."""
    return len(term) > 2 and term.startswith("/") and term.endswith("/")


def _phrase(term: str) -> tuple[list[_Word], list[str]]:
    """A term's words, and the signs that must stand between them ("" for blanks and hyphens)."""
    words = spelling.words(term)
    if not words:
        raise ValueError(f"there is no word in {term!r}")
    phrase: list[_Word] = []
    for word in words:
        open_ended = term[word.end : word.end + 1] == "*"
        keys = spelling.stem_keys(word.text) | {word.text.lower()} if open_ended else {word.key}
        loud = word.text.isupper() and sum(c.isalpha() for c in word.text) > 1
        capitals = "AA" if loud else "A" if len(words) == 1 and word.text[0].isupper() else ""
        phrase.append((frozenset(keys), open_ended, capitals))
    between = [term[a.end : b.start].replace("*", "") for a, b in pairwise(words)]
    return phrase, ["" if _GAP.fullmatch(gap) else gap.strip() for gap in between]


def _fits(wanted: _Word, word: spelling.Word) -> bool:
    keys, open_ended, capitals = wanted
    if capitals == "A" and not word.text[0].isupper():
        return False
    if capitals == "AA" and any(c.islower() for c in word.text[: min(map(len, keys))]):
        return False
    if open_ended:
        return any(word.key.startswith(one) or word.text.lower().startswith(one) for one in keys)
    return word.key in keys


def _regular(term: str) -> object:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(term[1:-1], options=options)
    except re2.error as error:
        reason = error.args[0]
        said = reason.decode() if isinstance(reason, bytes) else reason
        raise ValueError(f"{term} is no regular expression (RE2): {said}") from None
