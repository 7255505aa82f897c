"""Reports and archives for sharing where copyright forbids to pass texts on.

Instead of knowing every place that shows text, everything that is to be shared goes through one sieve: no run
of more than `LONGEST` words of an article stands in it (headline, summary, body, or a line of its file),
whatever the case, marks and tags between them. Of a longer run the first `KEPT` words and " …" stay. Ids,
addresses, file names, offsets and numbers stay; so do words that are not an article's.
"""

import base64
import csv
import io
import json
import re
from hashlib import blake2b
from html import escape, unescape
from pathlib import Path

import numpy as np
import pandas as pd

LONGEST = 12  # words, about a clause; no law names a number. Two signs of _SIGN count for one word
KEPT = 8  # words
TOLD = f"Full texts are left out: of more than {LONGEST} words in a row of an article the first {KEPT} stay."

# Scripts without blanks between words (Thai, Lao, Burmese, Khmer, Japanese, Chinese): a sign is a token.
_SIGN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_WORD = rf"[^\W_{_SIGN}]++"
# An address or an id is one token, however many words it is made of: it has to stay what it is.
_TOKEN = re.compile(rf"https?://\S+|{_WORD}(?:[-_./:%=&?+]++{_WORD}){{5,}}|{_WORD}|[{_SIGN}]")
_IS_SIGN = re.compile(f"[{_SIGN}]")
_OVER = 2 * LONGEST + 1  # in half words

_TAG = re.compile(r"""<(style|script)\b.*?</\1>|<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|tspan|u)\b")
_SAID = re.compile(r"""\b((?:alt|title|aria-label|content)=)("[^"]*"|'[^']*')""")
_PICTURE = re.compile(r"(?<=data:image/svg\+xml;base64,)[\w+/=]+")

_WHOLE = {"articles": "text", "sentences": "text", "ledger": "text"}  # table → column of whole texts in parts
_NAMES = {"file"}  # columns of names, which may be made of a headline

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse among 64-bit numbers
_INVERSE = pow(_BASE, -1, 2**64)


class Withheld:
    """What may not be shown of the articles of a corpus, and how to take it out.

    Parameters
    ----------
    tables
        `articles` (columns title, subtitle, text) and `ledger` (text).

    Notes
    -----
    All runs just over the limit are kept as 64-bit numbers (a polynomial of hashed words), so that time and
    memory grow with the length of the texts. Runs that are half numbers or more are not kept: lists of
    figures are facts, and tables are full of such.

    Examples
    --------
    >>> text = "The council of Port Ellery met on Monday to hear what the new pier may cost."
    >>> articles = pd.DataFrame({"title": ["A pier"], "subtitle": [None], "text": [text]})
    >>> withheld = Withheld({"articles": articles, "ledger": pd.DataFrame({"text": [text]})})
    >>> withheld.text("“the council of Port Ellery met on Monday to hear what the new pier may cost.”")
    '“the council of Port Ellery met on Monday ….”'
    >>> withheld.page("<p>The council of <b>Port</b> Ellery met on Monday to hear <i>what the new</i> pier")
    '<p>The council of <b>Port</b> Ellery met on Monday …<i> …</i> …'
    >>> withheld.text("the council of Port Ellery met on Monday to hear what")
    'the council of Port Ellery met on Monday to hear what'
    """

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        articles = tables["articles"]
        texts = pd.concat([articles.title, articles.subtitle, articles.text, tables["ledger"].text])
        self._hashes: dict[str, int] = {}
        words = [word for text in texts.dropna().unique() for word in [*_TOKEN.findall(text), ""]]
        begin, end, runs, _ = self._windows(words)
        lettered = np.cumsum([0, *(not word.isnumeric() for word in words)])
        self._runs = np.unique(runs[2 * (lettered[end] - lettered[begin]) > end - begin])

    def text(self, text: str) -> str:
        """A plain text without the runs."""
        while cuts := self._cuts(text):
            for start, end in reversed(cuts):
                text = f"{text[:start]} …{text[end:]}"
        return text

    def page(self, page: str) -> str:
        """An HTML page or SVG picture without the runs: between tags, in descriptions, in its pictures."""
        tags = list(_TAG.finditer(page))
        marks = [_SAID.sub(self._said, tag[0]) if "=" in tag[0] else tag[0] for tag in tags]
        marks = [_PICTURE.sub(self._picture, mark) if "base64," in mark else mark for mark in marks]
        edges = [0, *(edge for tag in tags for edge in tag.span()), len(page)]
        pieces = [page[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
        between = ["" if _INLINE.match(mark) else "\n" for mark in marks]
        while cuts := self._cuts(_joined(pieces, between)):
            pieces = _without(pieces, between, cuts)
        return "".join(part for pair in zip(pieces, [*marks, ""], strict=True) for part in pair)

    def table(self, text: str, name: str = "") -> str:
        """A table as CSV without the runs; of columns that hold whole texts, each cell's first words."""
        csv.field_size_limit(len(text) + 1)  # an article may be longer than its usual 131,072 characters
        rows = list(csv.reader(io.StringIO(text, newline="")))
        if not rows:
            return text
        kept = dict.fromkeys(_NAMES, str) | {_WHOLE.get(name): snippet}
        ways = [kept.get(column, self.text) for column in rows[0]]
        made = io.StringIO(newline="")
        cut = ([way(cell) for way, cell in zip(ways, row, strict=False)] for row in rows[1:])
        csv.writer(made, lineterminator="\n").writerows([rows[0], *cut])
        return made.getvalue()

    def json(self, text: str) -> str:
        """JSON, as this project writes it, without the runs in its texts."""

        def cut(value: object) -> object:
            if isinstance(value, dict):
                return {key: inner if key in _NAMES else cut(inner) for key, inner in value.items()}
            if isinstance(value, list):
                return [cut(inner) for inner in value]
            return self.text(value) if isinstance(value, str) else value

        return json.dumps(cut(json.loads(text)), ensure_ascii=False, indent=1) + "\n"

    def folder(self, folder: Path) -> None:
        """Take the runs out of every page, table and list of a report, and say so at its pages' foot."""
        ways = {".html": self._told, ".json": self.json, ".md": self.text}
        for file in sorted(folder.rglob("[!.]*.*")):
            text = file.read_text(encoding="utf-8")
            cut = self.table(text, file.stem) if file.suffix == ".csv" else ways[file.suffix](text)
            file.write_text(cut, encoding="utf-8")

    def _told(self, page: str) -> str:
        return self.page(page).replace("</footer>", f"<p>{escape(TOLD)}</p>\n</footer>")

    def _said(self, found: re.Match) -> str:
        said = unescape(found[2][1:-1])
        cut = self.text(said)
        return found[0] if cut == said else f'{found[1]}"{escape(cut)}"'

    def _picture(self, found: re.Match) -> str:
        picture = base64.b64decode(found[0]).decode("utf-8")
        cut = self.page(picture)
        return found[0] if cut == picture else base64.b64encode(cut.encode()).decode()

    def _cuts(self, text: str) -> list[tuple[int, int]]:
        """Where to cut: from the last word of a run that stays to its end."""
        if len(text) < _OVER or not len(self._runs):
            return []
        places = list(_TOKEN.finditer(text))
        begin, end, runs, size = self._windows([place[0] for place in places])
        place = np.minimum(np.searchsorted(self._runs, runs), len(self._runs) - 1)
        known = self._runs[place] == runs
        begin, end = begin[known], end[known]
        if not len(begin):
            return []
        first = np.flatnonzero(np.concatenate([[True], begin[1:] >= end[:-1]]))
        last = np.concatenate([first[1:], [len(begin)]]) - 1
        kept = np.searchsorted(size, size[begin[first]] + 2 * KEPT)
        return [(places[k - 1].end(), places[e - 1].end()) for k, e in zip(kept, end[last], strict=True)]

    def _windows(self, words: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """The shortest run over the limit from each word on (its first word, its end, a hash), and sizes."""
        for word in words:
            if word not in self._hashes:
                digest = blake2b(word.casefold().encode(), digest_size=8).digest()
                self._hashes[word] = int.from_bytes(digest, "little")
        size = np.cumsum([0, *(1 if _IS_SIGN.match(word) else 2 for word in words)])
        end = np.searchsorted(size, size[:-1] + _OVER)
        begin = np.flatnonzero(end < len(size))
        end = end[begin]
        hashes = np.array([self._hashes[word] for word in words], dtype=np.uint64)
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(hashes * _powers(_BASE, len(words)))])
        return begin, end, (sums[end] - sums[begin]) * _powers(_INVERSE, len(words))[begin], size


def snippet(text: str) -> str:
    """The first words of a text.

    Examples
    --------
    >>> snippet("The council of Port Ellery met on Monday to hear what the pier costs.")
    'The council of Port Ellery met on Monday …'
    """
    size = 0
    for word in _TOKEN.finditer(text):
        size += 1 if _IS_SIGN.match(word[0]) else 2
        if size > 2 * KEPT:
            return f"{text[: word.start()].rstrip()} …"
    return text


def _powers(base: int, number: int) -> np.ndarray:
    factors = np.full(number, base, np.uint64)
    factors[:1] = 1
    return np.cumprod(factors)


def _joined(pieces: list[str], between: list[str]) -> str:
    parts = zip(map(unescape, pieces), [*between, ""], strict=True)
    return "".join(part for pair in parts for part in pair)


def _without(pieces: list[str], between: list[str], cuts: list[tuple[int, int]]) -> list[str]:
    """The texts between tags without what was cut; each that has lost words says so."""
    left, at, first = [], 0, 0
    for piece, gap in zip(pieces, [*between, ""], strict=True):
        plain, made, done = unescape(piece), "", 0
        while first < len(cuts) and cuts[first][1] <= at:
            first += 1
        number = first
        while number < len(cuts) and cuts[number][0] < at + len(plain):
            start, end = (min(max(edge - at, 0), len(plain)) for edge in cuts[number])
            made += plain[done:start] + (" …" if _TOKEN.search(plain, start, end) else "")
            done, number = end, number + 1
        left.append(escape(made + plain[done:], quote=False) if done else piece)
        at += len(plain) + len(gap)
    return left
