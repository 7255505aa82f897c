"""One key for the ways a word is written: defence and defense, J.D. and JD, U.S. and US, Türkiye and Turkiye.

Terms of the codebook are looked for by key, and words are counted by key: two spellings of one word would
otherwise look like words that tell texts apart. `folded` shows what was joined.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.words import function_words, matched, read_list, unaccented

_LISTS = Path(__file__).parent / "lists"
_LONGEST = 16  # letters: no entry that begins a word has more
_BEFORE_ENDING = 3  # letters that "*ise" needs before it
_DOTTED = re.compile(r"[^\W\d_](?:\.\s?[^\W\d_])+\.?")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)


# Between two pieces of text that hold whole words, but for initials with blanks between them.
_BETWEEN, _SPACED_INITIALS = r"[^\p{L}\p{N}_'’.\-‐‑]+", r"[\p{L}\p{N}]\. [\p{L}\p{N}]\."


class Running(NamedTuple):
    """The words of many texts, in order: of each the number of its text and of its form; the forms."""

    text: np.ndarray
    form: np.ndarray
    forms: np.ndarray


class Word(NamedTuple):
    """A word of a text: where it stands, how it is written (possessive ending cut off), and its key."""

    start: int
    end: int
    text: str
    key: str


def words(text: str) -> list[Word]:
    """The words of a text in order; a hyphen parts two, unless it follows a prefix ("counter-terrorism").

    Before a capital it is parted, too, for that may be a name ("anti-Western").

    Examples
    --------
    >>> [word.key for word in words("The U.S.’s counter-terrorism centre in Türkiye")]
    ['the', 'us', 'counterterrorism', 'center', 'in', 'turkiye']
    """
    return [word(hit) for hit in hits(text)]


def hits(text: str) -> list[re.Match]:
    """Where the words of a text stand, for who needs few of them as a :func:`word`."""
    return list(_pattern(text).finditer(text))


def parted(text: str) -> list[str]:
    """What stands between the words of a text, and the words, in turn: a third of the time that `hits` take.

    Examples
    --------
    >>> parted("The J.D. Moss, late")
    ['', 'The', ' ', 'J.D.', ' ', 'Moss', ', ', 'late', '']
    """
    return _pattern(text).split(text)


def word(hit: re.Match) -> Word:
    """One of the `hits` as a word."""
    plain, folded = spelt(hit[0])
    return Word(hit.start(), hit.start() + len(plain), plain, folded)


def running_words(texts: Sequence[str] | pd.Series) -> Running:
    """The words of many texts as written, possessive endings included; each form is looked at once.

    Examples
    --------
    >>> found = running_words(["The ferry’s late.", "The J. D. Moss is the ferry."])
    >>> [(text, found.forms[form]) for text, form in zip(found.text.tolist(), found.form, strict=True)][2:6]
    [(0, 'late'), (1, 'The'), (1, 'J. D.'), (1, 'Moss')]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = np.asarray(texts, object)
    initials = matched(texts, _SPACED_INITIALS)
    cut = pc.split_pattern_regex(pa.array(np.where(initials, "", texts), pa.large_string()), _BETWEEN)
    pieces = pc.list_flatten(cut).dictionary_encode()
    parts = [_compiled(True, True).findall(piece) for piece in pieces.dictionary.to_pylist()]
    number = pieces.indices.to_numpy()
    found = np.array([len(some) for some in parts], int)
    starts, taken = found.cumsum() - found, found[number]
    text = np.repeat(pc.list_parent_indices(cut).to_numpy(), taken)
    nth = np.arange(len(text)) - np.repeat(taken.cumsum() - taken, taken)
    part = np.repeat(starts[number], taken) + nth
    rare = np.flatnonzero(initials)
    others = [_compiled(True, True).findall(text) for text in texts[rare]]
    flat = [*chain.from_iterable(parts), *chain.from_iterable(others)]
    text = np.concatenate([text, np.repeat(rare, np.array([len(some) for some in others], int))])
    part = np.concatenate([part, np.arange(found.sum(), len(flat))])
    form, forms = pd.factorize(np.array(flat, object))
    order = np.argsort(text, kind="stable")
    form, seen = pd.factorize(form[part[order]])
    return Running(text[order], form, forms[seen])


def side_by_side(texts: Iterable[str]) -> tuple[Running, np.ndarray]:
    """The `running_words` of texts, and after which of them only white space comes before the next.

    Examples
    --------
    >>> said, beside = side_by_side(["The old ferry, late", "Late"])
    >>> said.forms[said.form].tolist(), beside.tolist()
    (['The', 'old', 'ferry', 'late', 'Late'], [True, True, False, False, False])
    """
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    form, blank, sizes = array("i"), bytearray(), array("i")
    for text in texts:
        parts = parted(text)
        form.extend(map(number.__getitem__, parts[1::2]))
        blank.extend(map(str.isspace, parts[2:-1:2]))
        blank.extend(b"\0" * (len(parts) > 1))
        sizes.append(len(parts) // 2)
    text = np.repeat(np.arange(len(sizes)), np.frombuffer(sizes, np.intc))
    forms = np.array([*number], object)
    return Running(text, np.frombuffer(form, np.intc), forms), np.frombuffer(blank, bool)


def running_keys(texts: pd.Series, said: Running | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The content words of texts (:func:`content_keys`): the number of each one's text and key; the keys.

    `said`: their :func:`running_words`, where these are known.

    Examples
    --------
    >>> text, number, keys = running_keys(pd.Series(["The old programme", "OLD US SHIPS"]))
    >>> text.tolist(), keys[number].tolist()
    ([0, 0, 1, 1], ['old', 'program', 'old', 'ships'])
    """
    text, form, forms = said or running_words(texts)
    loud = np.array([one.isupper() for one in texts], bool)[text]
    shouted = {*np.unique(form[loud]).tolist()}
    ways = map(_content, forms), (_loud_content(one) if n in shouted else "" for n, one in enumerate(forms))
    number, keys = pd.factorize(np.array([*ways[0], *ways[1]], object), sort=True)
    number = number[form + len(forms) * loud]
    said = np.flatnonzero(keys[number] != "")
    seen, number = np.unique(number[said], return_inverse=True)
    return text[said], number, keys[seen]


@lru_cache(200_000)
def spelt(word: str) -> tuple[str, str]:
    """A word without its possessive ending, and its key."""
    written = _POSSESSIVE.sub("", word)
    return written, key(written)


def content_keys(text: str) -> list[str]:
    """The keys of a text's content words: no function words (but "US" is none), no single letters.

    Examples
    --------
    >>> content_keys("The US embassy’s programme was read to us.")
    ['us', 'embassy', 'program', 'read']
    """
    kept = _content if not text.isupper() else _loud_content
    return [one for one in map(kept, _pattern(text).findall(text)) if one]


@lru_cache(200_000)
def key(word: str) -> str:
    """The key of a word: lower case, American spelling, without accents, dots of initials and possessive.

    Examples
    --------
    >>> key("Organised"), key("J.D."), key("U.S."), key("counter-terror"), key("rise")
    ('organized', 'jd', 'us', 'counterterror', 'rise')
    """
    plain = _POSSESSIVE.sub("", word)
    if _DOTTED.fullmatch(plain):
        plain = re.sub(r"[.\s]", "", plain)
    return _american(re.sub("[-‐‑]", "", unaccented(plain.lower())).replace("’", "'"))


@lru_cache(200_000)
def _content(word: str, loud: bool = False) -> str:
    """The key of a content word, nothing of any other; in a loud text capitals make no name."""
    one = key(word)
    named = word.isupper() and not loud
    return one if len(one) > 1 and (named or one not in function_words()) else ""


def _loud_content(word: str) -> str:
    return _content(word, loud=True)


def stem_keys(stem: str) -> set[str]:
    """What a word may begin with where a term gives only its beginning: "organis*" is "organiz*" as well.

    Examples
    --------
    >>> sorted(stem_keys("organis")), sorted(stem_keys("data")), sorted(stem_keys("labour"))
    (['organis', 'organiz'], ['data'], ['labor'])
    """
    plain = key(stem)
    longer = {key(stem + ending): ending for ending in ("e", "ed", "ing")}
    return {plain} | {word.removesuffix(end) for word, end in longer.items() if word.endswith(end)}


def folded(texts: Sequence[str] | pd.Series) -> pd.DataFrame:
    """The words that texts write in more than one way, apart from capitals and possessive endings.

    Returns
    -------
    DataFrame
        `spellings` (most frequent first, joined by commas), `counts` (in the same order); by total count.
    """
    rows = []
    for found in forms(texts).values():
        spelled: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for form, count in sorted(found.items(), key=lambda item: (-item[1], item[0])):
            plain = form.lower().rstrip(".").replace("’", "'")
            spelled[plain] += count
            shown.setdefault(plain, form)
        if len(spelled) > 1:
            ranked = sorted(spelled, key=lambda form: (-spelled[form], form))
            rows.append((", ".join(shown[f] for f in ranked), ", ".join(str(spelled[f]) for f in ranked)))
    rows.sort(key=lambda row: (-sum(map(int, row[1].split(", "))), row[0]))
    return pd.DataFrame(rows, columns=["spellings", "counts"])


def written(found: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Key → how texts write the word most often, of what :func:`forms` found."""
    return {one: min(n, key=lambda form: (-n[form], not form.islower(), form)) for one, n in found.items()}


def forms(texts: Sequence[str] | pd.Series) -> dict[str, Counter[str]]:
    """Key → how often texts write the word in each way, but for function words in small letters ("us")."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    said = running_words(texts)
    counts = np.bincount(said.form, minlength=len(said.forms)).tolist()
    for hit, count in zip(said.forms, counts, strict=True):
        form = _POSSESSIVE.sub("", hit)
        if form not in function_words():
            found[key(form)][form] += count
    return found


def _american(word: str) -> str:
    whole, begin, end = _table()
    if word in whole:
        return whole[word]
    for length in range(min(len(word), _LONGEST), 2, -1):
        if word[:length] in begin:
            return begin[word[:length]] + word[length:]
    for length in range(min(len(word) - _BEFORE_ENDING, 9), 2, -1):
        if word[-length:] in end:
            return word[:-length] + end[word[-length:]]
    return word


@cache
def _table() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    whole, begin, end = {}, {}, {}
    for british, american in (line.split("\t") for line in read_list(_LISTS / "spelling.tsv")):
        table = end if british.startswith("*") else begin if british.endswith("*") else whole
        table[british.strip("*")] = american.strip("*")
    return whole, begin, end


def _pattern(text: str) -> re.Pattern:
    """What finds the words of a text; one without initials and prefixes is read sooner."""
    return _compiled(text.count(".") > 1, "-" in text or "‐" in text or "‑" in text)


@cache
def _compiled(initials: bool, prefixed: bool) -> re.Pattern:
    prefixes = "|".join(prefix for line in read_list(_LISTS / "prefixes.txt") for prefix in line.split())
    word = r"[^\W_]+(?:['’.][^\W_]+)*"
    dotted = r"(?<!\w)[^\W\d_]\.(?: ?[^\W\d_]\.)+(?:['’]s)?"
    # A hyphen behind the word is looked for first: to try every prefix at every word takes long.
    joined = rf"(?<!\w)(?=\w++[-‐‑][a-z])(?i:{prefixes})[-‐‑](?=[a-z])"
    either = (f"{dotted}|" if initials else "") + (f"(?:{joined})?" if prefixed else "") + word
    return re.compile(f"({either})")  # a group, so that it can part a text into words and what is between
