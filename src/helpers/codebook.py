"""The codebook: which topics and actors are looked for, and where they occur.

`codebook.yml` names them; `read` checks it and says in which line something is wrong; `match` finds the terms
in sentences (`matching` says how a term is written). Where matches overlap the longest one counts: a person's
name inside the name of a road is the road. `codebook.schema.json` lets an editor complete and check the file.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import numpy as np
import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from helpers.matching import Matcher, same_keys
from helpers.paths import CODEBOOK, SUGGESTED, CorpusError, own_file
from helpers.yaml_files import read_yaml

Kind = Literal["topic", "actor"]
PARTED = "; "  # what parts the terms of an entry in table `codebook`; no term holds it


def _findable(term: str) -> str:
    Matcher([term])
    return term


Code = Annotated[str, Field(pattern=r"^\w[\w-]*$")]  # it becomes part of an evidence address
Term = Annotated[str, Field(min_length=2, pattern=r"^[^;]*$"), AfterValidator(_findable)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    label: str = Field(min_length=1, description="What pages call it.")
    definition: str = Field("", description="What it is: a person must be able to code by it.")
    include: str = Field("", description="For coders: what counts as well.")
    exclude: str = Field("", description="For coders: what does not count.")
    example: str = Field("", description="For coders: a sentence that carries it.")
    variants: list[Term] = Field([], description="The words in use for one referent; terms as well.")
    excluded: list[Term] = Field(
        [], alias="not", description="Phrases within which a term does not stand for it."
    )
    parents: list[Code] = Field([], description="Codes of its kind under which it counts as well.")


class Topic(_Entry):
    """A topic: its label, what a coder needs to know, and the terms that stand for it."""

    terms: list[Term] = Field([], description="The words and phrases that stand for it.")


class Actor(_Entry):
    """An actor: its label, what a coder needs to know, and the names it goes by."""

    aliases: list[Term] = Field([], description="The names it goes by.")


class Codebook(BaseModel):
    """Topics and actors by code, in the order of the file."""

    model_config = ConfigDict(extra="forbid")

    topics: dict[Code, Topic] = {}
    actors: dict[Code, Actor] = {}

    @model_validator(mode="after")
    def _hangs_together(self) -> "Codebook":
        """Whether parents exist and are nobody's own descendants, and every entry can be found."""
        for field, entries in (("topics", self.topics), ("actors", self.actors)):
            labels: set[str] = set()
            used = {parent for entry in entries.values() for parent in entry.parents}
            for code, entry in entries.items():
                if entry.label in labels:
                    _refuse((field, code, "label"), f"the label {entry.label!r} is used twice")
                labels.add(entry.label)
                for parent in entry.parents:
                    if parent not in entries:
                        _refuse((field, code, "parents"), f"there is no {parent!r} among the {field}")
                if code in _ancestors(code, entries):
                    _refuse((field, code, "parents"), f"{code!r} is among its own parents' parents")
                for one, other in same_keys(entry.variants):
                    _refuse((field, code, "variants"), f"{one!r} and {other!r} are one word to the matcher")
                if not (_terms(entry) or code in used):
                    own = "terms" if field == "topics" else "aliases"
                    _refuse((field, code, own), "there are none, and no variants: nothing could be found")
        return self

    def entries(self) -> list[tuple[Kind, str, Topic | Actor]]:
        """Every (kind, code, entry)."""
        topics = [("topic", code, topic) for code, topic in self.topics.items()]
        return topics + [("actor", code, actor) for code, actor in self.actors.items()]

    def frame(self, source: str = CODEBOOK) -> pd.DataFrame:
        """The columns of table `codebook`: one row an entry.

        Parameters
        ----------
        source
            Where the codebook comes from: the name of its file.
        """
        rows = [
            {"kind": kind, "code": code, "source": source} | vars(entry) | {"terms": _terms(entry)}
            for kind, code, entry in self.entries()
        ]
        lists = ["terms", "variants", "excluded", "parents"]
        texts = ["label", "definition", "include", "exclude", "example"]
        table = pd.DataFrame(rows, columns=["kind", "code", *texts, *lists, "source"])
        table = table.assign(**{name: table[name].str.join(PARTED) for name in lists}).replace("", None)
        return table.fillna({"definition": ""}).assign(position=range(len(table)))


def read(folder: Path) -> Codebook:
    """Read the codebook of a corpus folder, or beside a table; without one (`source`), it is empty.

    Raises
    ------
    CorpusError
        If the file is not YAML or not a codebook: with file, line, key and what was expected.
    """
    name = source(folder)
    return read_yaml(own_file(folder, name), Codebook) if name else Codebook()


def source(folder: Path) -> str:
    """The name of the file that holds a corpus's codebook: its own, else the suggested one, else ""."""
    return next((name for name in (CODEBOOK, SUGGESTED) if own_file(folder, name).is_file()), "")


def from_table(entries: pd.DataFrame) -> Codebook:
    """The codebook behind a table `codebook`, as far as matching goes."""
    found: dict[str, dict[str, dict]] = {"topics": {}, "actors": {}}
    for row in entries.itertuples():
        lists = {"not": row.excluded, "variants": row.variants, "parents": row.parents}
        lists["terms" if row.kind == "topic" else "aliases"] = row.terms
        told = {name: text.split(PARTED) for name, text in lists.items() if isinstance(text, str)}
        found[f"{row.kind}s"][row.code] = {"label": row.label} | told
    return Codebook.model_validate(found)


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
        The columns of table `mentions` but `voice`: one row a match, `start` and `end` offsets into the
        sentence. A span that two codes claim alike counts for both, and one of a code for its parents.
    """
    terms = _Terms.of(codebook)
    rows = [
        (sentence_id, kind, code, term, start, end)
        for sentence_id, text in zip(sentences.sentence_id.tolist(), sentences.text.tolist(), strict=True)
        for start, end, kind, code, term in _longest(text, terms.matcher.find(text), terms)
    ]
    found = pd.DataFrame(rows, columns=["sentence_id", "kind", "code", "term", "start", "end"])
    places = np.select([sentences.paragraph == 0, sentences.heading], ["headline", "sub-heading"], "text")
    return found.assign(
        place=found.sentence_id.map(dict(zip(sentences.sentence_id.tolist(), places, strict=True)))
    )


def count(mentions: pd.DataFrame, sentences: pd.DataFrame, entries: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Count the mentions of every "topic" or "actor" of `entries` (table `codebook`) in every article.

    Headlines are included.

    Returns
    -------
    DataFrame
        `label`, `article_id`, `mentions` (0 included), `evidence`; in the order of the codebook.
    """
    located = mentions[mentions.kind == kind].merge(sentences[["sentence_id", "article_id"]])
    counts = located.groupby(["code", "article_id"]).size().rename("mentions").reset_index()
    grid = of_kind(entries, kind).merge(sentences[["article_id"]].drop_duplicates(), how="cross")
    table = grid.merge(counts, on=["code", "article_id"], how="left").fillna({"mentions": 0})
    evidence = f"mentions?kind={kind}&code=" + table.code + "&article_id=" + table.article_id
    table = table.assign(mentions=table.mentions.astype(int), evidence=evidence)
    return table[["label", "article_id", "mentions", "evidence"]]


class Without:
    """What would be found in sentences if a term were not in the codebook; texts are searched once.

    Parameters
    ----------
    sentences
        Columns `sentence_id`, `text`.
    codebook
        With all its terms.
    """

    def __init__(self, sentences: pd.DataFrame, codebook: Codebook) -> None:
        self._terms = _Terms.of(codebook)
        self._texts = dict(zip(sentences.sentence_id.tolist(), sentences.text.tolist(), strict=True))
        find = self._terms.matcher.find
        self._hits = {text: list(find(text)) for text in dict.fromkeys(self._texts.values())}

    def count(self, ids: list[str], kind: Kind, code: str, term: str) -> list[int]:
        """How often each sentence mentions a code without a term of it, or of codes that count for it too.

        Examples
        --------
        >>> table = pd.DataFrame({"sentence_id": ["a:s001"], "text": ["The old ferry and the ferry."]})
        >>> book = Codebook(topics={"boats": Topic(label="Boats", terms=["old ferry", "ferry"])})
        >>> [Without(table, book).count(["a:s001"], "topic", "boats", one) for one in ("ferry", "old ferry")]
        [[1], [2]]
        """
        terms = self._terms
        gone = {
            number
            for number, (of, one, said, refused) in enumerate(terms.owners)
            if (of, said, refused) == (kind, term, False) and code in (one, *terms.parents[of, one])
        }
        counts: dict[str, int] = {}
        for text in {self._texts[one] for one in ids}:
            hits = [hit for hit in self._hits[text] if hit[2] not in gone]
            counts[text] = sum(one[2:4] == (kind, code) for one in _longest(text, hits, terms))
        return [counts[self._texts[one]] for one in ids]


class _Terms(NamedTuple):
    """All terms of a codebook in one matcher: of each its owner, and whether it says what is not meant."""

    matcher: Matcher
    owners: list[tuple[Kind, str, str, bool]]
    parents: dict[tuple[Kind, str], list[str]]

    @classmethod
    def of(cls, codebook: Codebook) -> "_Terms":
        owners = [
            (kind, code, term, refused)
            for kind, code, entry in codebook.entries()
            for refused, terms in ((False, _terms(entry)), (True, entry.excluded))
            for term in terms
        ]
        by_kind = {"topic": codebook.topics, "actor": codebook.actors}
        above = {(kind, code): _ancestors(code, by_kind[kind]) for kind, code, _ in codebook.entries()}
        return cls(Matcher([term for _, _, term, _ in owners]), owners, above)


def _longest(
    text: str, hits: Iterable[tuple[int, int, int]], terms: _Terms
) -> list[tuple[int, int, str, str, str]]:
    """Of the places where a text has terms, those that count."""
    found: dict[tuple[int, int, str, str], int] = {}
    refused: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for start, end, number in hits:
        kind, code, _, is_refused = terms.owners[number]
        if is_refused:
            refused[kind, code].append((start, end))
        else:
            here = (start, end, kind, code)
            found[here] = min(number, found.get(here, number))
    if not found:
        return []
    taken, spans = bytearray(len(text)), set()  # characters, and the spans that take them
    kept: dict[tuple[int, int, str, str], str] = {}
    for start, end, kind, code in sorted(found, key=lambda m: (m[0] - m[1], m)):
        meant = not any(first <= start and end <= last for first, last in refused[kind, code])
        if meant and ((start, end) in spans or not any(taken[start:end])):
            spans.add((start, end))
            taken[start:end] = b"\1" * (end - start)
            term = terms.owners[found[start, end, kind, code]][2]
            for one in (code, *terms.parents[kind, code]):
                kept.setdefault((start, end, kind, one), term)
    return sorted((*place, term) for place, term in kept.items())


def _terms(entry: Topic | Actor) -> list[str]:
    """All that an entry is found by; variants first, so that what is one of them is told as such."""
    own = entry.terms if isinstance(entry, Topic) else entry.aliases
    return list(dict.fromkeys([*entry.variants, *own]))


def _ancestors(code: str, entries: dict[str, Topic] | dict[str, Actor]) -> list[str]:
    """The codes above a code, the nearest first; the code itself where it is among them."""
    found: list[str] = []
    ahead = list(entries[code].parents)
    while ahead:
        one = ahead.pop(0)
        if one not in found and one in entries:
            found.append(one)
            ahead += entries[one].parents
    return found


def _refuse(place: tuple[str, ...], reason: str) -> None:
    error = PydanticCustomError("codebook", "{reason}", {"reason": reason})
    details = InitErrorDetails(type=error, loc=place, input=None)
    raise ValidationError.from_exception_data("Codebook", [details])
