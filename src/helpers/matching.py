"""Where the terms of a codebook occur in a text.

A term is words as a person types them. It is looked for as whole words, by their keys (`spelling`), so that
"defence" finds "defense" and "US" finds "U.S.", whatever the case; but a word in capitals ("US") must be in
capitals in the text, and a term of one capitalised word ("Turkey") must be capitalised there. `*` at the end
of a word stands for any ending. Between slashes a term is a regular expression (RE2's syntax, which cannot
run for ever), taken as it is written.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from helpers import spelling

_GAP = re.compile(r"[\s‐‑–—-]+")
# Words that begin like the other spelling of a term's beginning: "labour*" is "laborer", not "laboratory".
_UNRELATED = ("laborator", "colorado")


class _Word(NamedTuple):
    """A word of a term."""

    typed: str  # in small letters
    keys: frozenset[str]  # of an open-ended word: what it may begin with in the other spelling
    open_ended: bool
    capitals: str  # what must be capitals in the text: "", "A" the first letter, "AA" all


class _Begun(NamedTuple):
    """The phrases that a word can begin, by their places."""

    alone: list[int]  # of this word alone
    followed: dict[
        str, list[tuple[int, frozenset[str]]]
    ]  # by the key of the second word; and keys of the third
    loosely: list[int]  # whose second word is open-ended


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
        self._phrases: list[tuple[int, list[_Word], list[str]]] = []
        self._patterns: list[tuple[int, object]] = []
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._begins: dict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(terms):
            if is_pattern(term):
                self._patterns.append((number, _regular(term)))
                continue
            # "Counter-Terrorism" in a headline is two words, so a term with a hyphen is looked for as both
            for phrase, gaps in [_phrase(term)] + ([_phrase(term.replace("-", " "))] if "-" in term else []):
                index = self._begins if phrase[0].open_ended else self._exact
                for one in phrase[0].keys | ({phrase[0].typed} if phrase[0].open_ended else set()):
                    index[one].append(len(self._phrases))
                self._phrases.append((number, phrase, gaps))
        self._lengths = sorted({len(one) for one in self._begins})
        self._known = _Known(self._begun)
        self._any = _together([term for term in terms if is_pattern(term)])

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Every place of every term: start, end, number of the term.

        Examples
        --------
        >>> matcher = Matcher(["data cent*", "US", "R&D", "/(?i)peaceful (use|purposes)/"])
        >>> text = "U.S. R&D, data-centres for us, peaceful use"
        >>> [(text[start:end], number) for start, end, number in matcher.find(text)]
        [('U.S.', 1), ('R&D', 2), ('data-centres', 0), ('peaceful use', 3)]
        """
        parts = spelling.parted(text)
        written = parts[1::2]
        starts = [*accumulate(map(len, parts))][::2]
        for first, begun in enumerate(map(self._known.__getitem__, written)):
            if begun is None:  # as of most words
                continue
            for one in begun.alone:
                end = starts[first] + len(spelling.spelt(written[first])[0])
                yield starts[first], end, self._phrases[one][0]
            if first + 1 == len(written) or not (begun.followed or begun.loosely):
                continue
            met = begun.followed.get(spelling.spelt(written[first + 1])[1], ())
            if met:
                third = spelling.spelt(written[first + 2])[1] if first + 2 < len(written) else ""
                met = [one for one, keys in met if not keys or third in keys]
            for one in (*met, *begun.loosely):
                size = len(self._phrases[one][1])
                last = self._last(one, parts[2 * first + 1 : 2 * (first + size)])
                if last is not None:
                    yield starts[first], starts[first + size - 1] + len(last), self._phrases[one][0]
        if self._any and not self._any.search(text.encode()):
            return
        for number, pattern in self._patterns:
            for hit in pattern.finditer(text):
                if hit.end() > hit.start():
                    yield hit.start(), hit.end(), number

    def _begun(self, written: str) -> _Begun | None:
        """The phrases that a word begins, if any."""
        text, key = word = spelling.spelt(written)
        found = set(self._exact.get(key, ()))
        for form in {key, text.lower()}:
            for length in self._lengths:
                found.update(self._begins.get(form[:length], ()) if len(form) >= length else ())
        begun = _Begun([], defaultdict(list), [])
        for one in sorted(found):
            phrase = self._phrases[one][1]
            if not _fits(phrase[0], word):
                continue
            if len(phrase) == 1:
                begun.alone.append(one)
            elif phrase[1].open_ended:
                begun.loosely.append(one)
            else:
                third = phrase[2].keys if len(phrase) > 2 and not phrase[2].open_ended else frozenset()
                for key in phrase[1].keys:
                    begun.followed[key].append((one, third))
        return begun if any(begun) else None

    def _last(self, one: int, parts: list[str]) -> str | None:
        """The last word of a phrase that the first of some words begins; None if others do not follow.

        `parts`: as many words, if there are, and between them what stands between.
        """
        _, phrase, gaps = self._phrases[one]
        here = [*map(spelling.spelt, parts[::2])]
        fits = len(here) == len(phrase) and all(map(_fits, phrase[1:], here[1:]))
        after = zip(here, parts[::2], parts[1::2], strict=False)
        fits = fits and gaps == [_signs(written[len(text) :] + gap) for (text, _), written, gap in after]
        return here[-1][0] if fits else None


class _Known(dict):
    """What words begin, as written; of a word that is met for the first time it is asked."""

    def __init__(self, ask: Callable[[str], _Begun | None]) -> None:
        self._ask = ask

    def __missing__(self, written: str) -> _Begun | None:
        return self.setdefault(written, self._ask(written))


def is_pattern(term: str) -> bool:
    """Whether a term is a regular expression: it stands between slashes."""
    return len(term) > 2 and term.startswith("/") and term.endswith("/")


def _phrase(term: str) -> tuple[list[_Word], list[str]]:
    """A term's words, and the signs that must stand between them ("" for blanks and hyphens)."""
    words = spelling.words(term)
    if not words:
        raise ValueError(f"there is no word in {term!r}")
    if lost := re.search(r"(?<!\w)\*|\*(?![\s‐‑–—-]|$)", term):
        raise ValueError(f"{term!r}: '{lost[0]}' stands only at the end of a word")
    ends = term[: words[0].start] + term[words[-1].end :]
    if lost := re.search(r"[+#@%&=/$€£¥]", ends):
        raise ValueError(f"{term!r}: {lost[0]!r} is not looked for. A regular expression between slashes can")
    phrase: list[_Word] = []
    for word in words:
        open_ended = term[word.end : word.end + 1] == "*"
        typed = word.text.lower()
        keys = spelling.stem_keys(word.text) - {typed} if open_ended else {word.key}
        loud = word.text.isupper() and sum(c.isalpha() for c in word.text) > 1
        capitals = "AA" if loud else "A" if len(words) == 1 and word.text[0].isupper() else ""
        phrase.append(_Word(typed, frozenset(keys), open_ended, capitals))
    return phrase, [_signs(term[a.end : b.start].removeprefix("*")) for a, b in pairwise(words)]


def _signs(gap: str) -> str:
    """The signs between two words, blanks and hyphens left out."""
    return _GAP.sub("", gap.replace("’", "'"))


def same_keys(terms: list[str]) -> list[tuple[str, str]]:
    """Pairs of terms that find the same: "defence" and "defense".

    Examples
    --------
    >>> same_keys(["defence", "quay", "defense"])
    [('defence', 'defense')]
    """
    first: dict[tuple, str] = {}
    found = ((term, *_phrase(term)) for term in terms if not is_pattern(term))
    phrases = [
        (term, (*(w.keys or frozenset([w.typed]) for w in words), *gaps)) for term, words, gaps in found
    ]
    return [(first[phrase], term) for term, phrase in phrases if first.setdefault(phrase, term) != term]


def _fits(wanted: _Word, word: tuple[str, str]) -> bool:
    """Whether a word of a text, without its possessive ending, and its key are those of a term."""
    text, key = word
    if wanted.capitals == "A" and not text[0].isupper():
        return False
    if wanted.capitals == "AA" and any(c.islower() for c in text[: len(wanted.typed)]):
        return False
    if not wanted.open_ended:
        return key in wanted.keys
    if text.lower().startswith(wanted.typed) or key.startswith(wanted.typed):
        return True
    return key.startswith(tuple(wanted.keys)) and not key.startswith(_UNRELATED)


def _together(terms: list[str]) -> object | None:
    """One pattern for all, as most texts have none of them; none if they cannot be joined."""
    try:
        return _regular(f"/{'|'.join(f'(?:{term[1:-1]})' for term in terms)}/") if terms else None
    except ValueError:
        return None


def _regular(term: str) -> object:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        pattern = re2.compile(term[1:-1], options=options)
    except re2.error as error:
        reason = error.args[0]
        said = reason.decode() if isinstance(reason, bytes) else reason
        raise ValueError(f"{term} is no regular expression (RE2): {said}") from None
    if pattern.search(""):
        raise ValueError(f"{term} matches even nothing, so it would match everywhere")
    return pattern
