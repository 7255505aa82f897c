"""The codebook: which topics and actors are looked for, and where they occur.

`codebook.yml` names them; `read` checks it and says in which line something is wrong; `match` finds the terms
in sentences. Terms are matched as whole words, whatever the case, except that a term in capitals (`US`, `AI`)
must be in capitals in the text. A trailing `*` stands for any ending. Where matches overlap the longest one
counts: a person's name inside the name of a road is the road.
"""

import re
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from helpers.paths import CODEBOOK, CorpusError, own_file
from helpers.yaml_files import read_yaml

Code = Annotated[str, Field(pattern=r"^\w[\w-]*$")]  # it becomes part of an evidence address
Term = Annotated[str, Field(min_length=2, pattern=r"\w")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    label: str = Field(min_length=1)
    definition: str = ""


class Topic(_Entry):
    """A topic: its label, its definition for a human coder, and the terms that stand for it."""

    terms: list[Term] = Field(min_length=1)


class Actor(_Entry):
    """An actor: its label, its definition, and the names it goes by."""

    aliases: list[Term] = Field(min_length=1)


class Codebook(BaseModel):
    """Topics and actors by code, in the order of the file."""

    model_config = ConfigDict(extra="forbid")

    topics: dict[Code, Topic] = {}
    actors: dict[Code, Actor] = {}

    def terms(self) -> list[tuple[str, str, str]]:
        """Every (kind, code, term)."""
        return [(kind, code, term) for kind, code, _, terms in self._entries() for term in terms]

    def frame(self) -> pd.DataFrame:
        """The columns of table `codebook`: one row an entry, its terms joined by commas."""
        rows = [
            (kind, code, e.label, e.definition, ", ".join(terms)) for kind, code, e, terms in self._entries()
        ]
        table = pd.DataFrame(rows, columns=["kind", "code", "label", "definition", "terms"])
        return table.assign(position=range(len(table)))

    def _entries(self) -> list[tuple[str, str, _Entry, list[str]]]:
        topics = [("topic", code, topic, topic.terms) for code, topic in self.topics.items()]
        return topics + [("actor", code, actor, actor.aliases) for code, actor in self.actors.items()]


def read(folder: Path) -> Codebook:
    """Read `codebook.yml` of a corpus folder, or beside a table; without one, the codebook is empty.

    Raises
    ------
    CorpusError
        If the file is not YAML or not a codebook: with file, line, key and what was expected.
    """
    return read_yaml(own_file(folder, CODEBOOK), Codebook)


def of_kind(entries: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The rows of table `codebook` of one kind; `CorpusError` if it is neither "topic" nor "actor"."""
    if kind not in ("topic", "actor"):
        raise CorpusError(f"kind is {kind!r}; it can be 'topic' or 'actor'")
    return entries[entries.kind == kind]


def match(sentences: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Find the codebook's terms in sentences.

    Returns
    -------
    DataFrame
        The columns of table `mentions`: one row a match, `start` and `end` offsets into the sentence. A span
        that two codes claim alike counts for both.
    """
    patterns = [(kind, code, term, _pattern(term)) for kind, code, term in codebook.terms()]
    rows = [
        (row.sentence_id, kind, code, term, start, end)
        for row in sentences[["sentence_id", "text"]].itertuples()
        for start, end, kind, code, term in _longest(row.text, patterns)
    ]
    found = pd.DataFrame(rows, columns=["sentence_id", "kind", "code", "term", "start", "end"])
    places = np.select([sentences.paragraph == 0, sentences.heading], ["headline", "sub-heading"], "text")
    return found.assign(place=found.sentence_id.map(dict(zip(sentences.sentence_id, places, strict=True))))


def count(mentions: pd.DataFrame, sentences: pd.DataFrame, entries: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Count the mentions of every "topic" or "actor" of `entries` (table `codebook`) in every article.

    Headlines are included.

    Returns
    -------
    DataFrame
        `label`, `article_id`, `mentions` (0 included), `evidence`; in the order of the codebook.
    """
    asked = of_kind(entries, kind)
    located = mentions[mentions.kind == kind].merge(sentences[["sentence_id", "article_id"]])
    counts = located.groupby(["code", "article_id"]).size().rename("mentions").reset_index()
    grid = asked.merge(sentences[["article_id"]].drop_duplicates(), how="cross")
    table = grid.merge(counts, on=["code", "article_id"], how="left").fillna({"mentions": 0})
    evidence = f"mentions?kind={kind}&code=" + table.code + "&article_id=" + table.article_id
    table = table.assign(mentions=table.mentions.astype(int), evidence=evidence)
    return table[["label", "article_id", "mentions", "evidence"]]


def _longest(text: str, patterns: list) -> list[tuple[int, int, str, str, str]]:
    found = {}
    for kind, code, term, pattern in patterns:
        for hit in pattern.finditer(text):
            found.setdefault((hit.start(), hit.end(), kind, code), term)
    taken: list[tuple[int, int]] = []
    kept = []
    for start, end, kind, code in sorted(found, key=lambda m: (m[0] - m[1], m)):
        if all(end <= s or start >= e or (start, end) == (s, e) for s, e in taken):
            taken.append((start, end))
            kept.append((start, end, kind, code, found[start, end, kind, code]))
    return sorted(kept)


def _pattern(term: str) -> re.Pattern:
    stem, any_ending = term.removesuffix("*"), term.endswith("*")
    words = [re.escape(word) for word in re.split(r"[\s‐‑–-]+", stem) if word]
    body = r"[\s‐‑–-]+".join(words).replace("'", "['’]")
    letters = [c for c in stem if c.isalpha()]
    case = 0 if len(letters) > 1 and all(c.isupper() for c in letters) else re.IGNORECASE
    ending = r"\w*" if any_ending else r"(?!\w)"
    return re.compile(rf"(?<!\w){body}{ending}", case)
