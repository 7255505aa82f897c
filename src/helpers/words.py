"""Words: tokens, the content words among them, and the lists that are kept as data files."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

LANGUAGES = ("en",)  # what topics, tone and dates are written for; other articles are named, never scored

LEAD = 12  # words

_ITEM = re.compile(r"\s*(?:[•▪◦●·*]|\(?\d{1,2}[.)])\s+\S")
_DASH_ITEM = re.compile(r"\s*[—–-]\s+\S")
_CLOSING = "'\"”’»)]」』"
_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_PLANE = 1 << 16  # Unicode's numbers of nearly all signs are below


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, in order, as written; a hyphen or dash parts two words.

    Examples
    --------
    >>> tokens("A.B. Lee’s 2-day visit cost $43.03.")
    ['A.B', 'Lee’s', '2', 'day', 'visit', 'cost', '43.03']
    """
    return _TOKEN.findall(text)


def token_counts(texts: Sequence[str]) -> np.ndarray:
    """How many `tokens` each text has: told of all at once, in a quarter of the time that to find them takes.

    Examples
    --------
    >>> token_counts(["A.B. Lee’s 2-day visit", "…"]).tolist()
    [5, 0]
    """
    signs = np.frombuffer("".join(f"{text}\n" for text in texts).encode("utf-32-le", "surrogatepass"), "<u4")
    inside = _letters()[np.minimum(signs, _PLANE - 1)]
    for at in np.flatnonzero(signs >= _PLANE):
        inside[at] = chr(signs[at]).isalnum()
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    joined = np.logical_or.reduce([signs[1:-1] == ord(sign) for sign in "'’."])
    begins[2:] &= ~(joined & inside[:-2])
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=int)
    return np.diff(np.cumsum(begins)[ends - 1], prepend=0)


@cache
def _letters() -> np.ndarray:
    """Which signs of the first plane are letters or digits."""
    return np.array([chr(number).isalnum() for number in range(_PLANE)])


def token_spans(text: str) -> list[tuple[int, int]]:
    """Where each of the `tokens` of a text starts and ends."""
    return [found.span() for found in _TOKEN.finditer(text)]


def content_words(text: str) -> list[str]:
    """Lower-cased tokens without function words, possessive endings and single letters.

    Examples
    --------
    >>> content_words("The embassy’s statement was read to the press.")
    ['embassy', 'statement', 'read', 'press']
    """
    return [word for word in map(content_word, tokens(text)) if word]


@lru_cache(100_000)
def content_word(token: str) -> str:
    """What a token is as a content word; nothing of any other."""
    word = token.lower().replace("’", "'").removesuffix("'s")
    return word if len(word) > 1 and word not in function_words() else ""


@cache
def function_words() -> frozenset[str]:
    """English function words, from `lists/function_words.txt`."""
    return frozenset(" ".join(read_list(Path(__file__).parent / "lists" / "function_words.txt")).split())


def read_list(source: Path) -> list[str]:
    """The lines of a data file that are neither blank nor a comment (`#`)."""
    lines = source.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def read_rows(module: str, name: str) -> list[list[str]]:
    """The cells of a tab-separated data file that lies beside a module (its `__file__`), line by line."""
    return [line.split("\t") for line in read_list(Path(module).with_name(name))]


def read_measured(module: str, name: str) -> pd.DataFrame:
    """The table of what was measured, as a benchmark or a trainer stored it beside a module."""
    return pd.read_csv(Path(module).with_name(name), sep="\t", comment="#")


@cache
def read_pairs(module: str, name: str) -> dict[str, str]:
    """A data file of two columns beside a module: what stands in the first → what in the second."""
    return dict(read_rows(module, name))


def filled(pattern: str, parts: dict[str, str]) -> str:
    """A regular expression in which each `@name` is replaced by the part of that name; parts have such too.

    Examples
    --------
    >>> filled("@date|@year", {"date": "(?:May|June) @year", "year": "20.."})
    '(?:May|June) 20..|20..'
    """
    while "@" in pattern:
        pattern = re.sub(r"@(\w+)", lambda found: parts[found[1]], pattern)
    return pattern


def unaccented(text: str) -> str:
    """The text without accents.

    >>> unaccented("Türkiye, São")
    'Turkiye, Sao'
    """
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def matched(texts: Sequence[str] | pd.Series, pattern: str) -> np.ndarray:
    """Which texts match a pattern (RE2), told of all at once.

    >>> matched(["a ferry", "no ship"], "fer+y").tolist()
    [True, False]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pa.array(np.asarray(texts, object), pa.large_string())
    return pc.match_substring_regex(array, pattern).to_numpy(zero_copy_only=False)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; `_` stands for white space.

    >>> any_of(["vice", "vice_president"])
    'vice\\\\spresident|vice'
    """
    return "|".join(sorted((re.escape(word).replace("_", r"\s") for word in words), key=len, reverse=True))


def without(text: str, spans: Iterable[Sequence[int]], sign: str = " ") -> str:
    """The text with the characters of `spans` (start, end) blanked, or made another sign; offsets stay.

    Examples
    --------
    >>> without("the United States said", [[4, 17]])
    'the               said'
    """
    parts, done = [], 0
    for start, end in sorted(map(tuple, spans)):
        if end > done:
            parts += (text[done:start], sign * (end - max(start, done)))
            done = end
    return "".join([*parts, text[done:]])


def spans_by_sentence(mentions: pd.DataFrame) -> dict[str, list[list[int]]]:
    """The spans (start, end) of mentions, by `sentence_id`."""
    found: dict[str, list[list[int]]] = {}
    for one, *span in zip(mentions.sentence_id, mentions.start.tolist(), mentions.end.tolist(), strict=True):
        found.setdefault(one, []).append(span)
    return found


def is_list_item(text: str) -> bool:
    """Whether a line begins like an item of a list; a sentence after a dash is speech, not an item.

    Examples
    --------
    >>> is_list_item("• two cranes"), is_list_item("— two cranes"), is_list_item("— It is late, he said.")
    (True, True, False)
    """
    return bool(_ITEM.match(text)) or bool(_DASH_ITEM.match(text) and end_sign(text) not in (".", "!", "?"))


def end_sign(text: str) -> str:
    """The last sign of a text, closing quotation marks and brackets aside.

    Examples
    --------
    >>> end_sign("“It is late (he said.)”"), end_sign("A headline")
    ('.', 'e')
    """
    return text.rstrip(_CLOSING)[-1:]


def lead(sentences: pd.DataFrame) -> pd.Series:
    """Whether a sentence belongs to its article's lead.

    The lead is how the body begins: its first sentence that is no sub-heading, with those after it until it
    has `LEAD` words. It does not depend on paragraphs, which dumps lose.
    """
    body = sentences[(sentences.paragraph > 0) & ~sentences.heading].sort_values("sentence_id")
    before = body.groupby("article_id").n_words.cumsum() - body.n_words
    return sentences.index.to_series().isin(before.index[before < LEAD])


def supported(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part articles into those in a language topics, tone and dates are written for, and the others.

    The others are to be named and left out; a missing `lang` could not be told and counts among them.
    """
    fits = articles.lang.isin(LANGUAGES)
    return articles[fits], articles[~fits]
