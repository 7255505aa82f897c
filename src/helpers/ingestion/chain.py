"""Whom a text credits with its news: agencies, outlets, documents, officials, sources without a name.

In go sentences, out comes the table `credits`. A credit is a source with words before or after it that say
that the news comes from there ("according to the ministry", "Reuters reports"); `chain.tsv` lists both.
"""

import itertools
import re
from collections.abc import Iterable
from functools import cache, reduce
from string import ascii_lowercase
from typing import NamedTuple

import pandas as pd

from helpers.words import filled, function_words, read_rows

PLACE = r"[A-Z][\w'’.-]*(?:[ /][A-Z][\w'’.-]*){0,3}"
DATELINE = re.compile(  # "PARIS, May 3 (Reuters) – "
    rf"(?P<place>{PLACE})(?:,(?P<rest>[^()]{{2,60}}?))?\s*\((?P<agency>[A-Z][\w .&-]+)\)\s*[–—\ufffd-]+\s"
)
MEDIA = ("agency", "outlet")
_SOURCES = "known agency1 outlet1 agency2 outlet2 unnamed document official initials1 initials2".split()

_LINES = read_rows(__file__, "chain.tsv")  # the kind of a row → the other cells of all such rows
_ROWS = {kind: [cells for one, *cells in _LINES if one == kind] for kind, *_ in _LINES}
# RE2 is a hundred times as quick; it cannot look around and is slow to count, so it finds some more.
_RELAXED = {
    r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)|\\b": "",
    r"\[\\w[^]]*\]|\\w": r"\\S",
    r"\{\d+,\d+\}\??": "*",
    r"\\s": ".",
    r"\\ufffd": "\ufffd",
    r"\$": r"\\n?$",
}


class Credit(NamedTuple):
    """One credit in a text: where its words stand, the source, and through whom it came."""

    start: int
    end: int
    name: str
    kind: str
    scope: str
    via: str | None = None
    role: str = ""


def credits(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sources that articles credit.

    Parameters
    ----------
    articles
        Columns `article_id`, `outlet`. The outlets of the corpus are known as such in all its articles.
    sentences
        Columns `sentence_id`, `article_id`, `text`.

    Returns
    -------
    DataFrame
        A row a credit: `start` and `end` of the source in the sentence; `name`; `kind` ("agency", "outlet",
        "document", "official", "unnamed"); `scope` ("article": the whole text is credited; "sentence");
        `via`, the source through which it came, missing if direct. No row for an article's own outlet.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour News"]})
    >>> said = {"sentence_id": ["a:s001"], "article_id": ["a"], "text": ["It sank, PTI said, citing police."]}
    >>> credits(articles, pd.DataFrame(said))[["name", "kind", "via"]].fillna("").values.tolist()
    [['PTI', 'agency', ''], ['police', 'official', 'PTI']]
    """
    stated = articles.set_index("article_id").outlet.dropna()
    outlets = tuple(sorted(set(stated)))
    own = {article_id: _name(outlet, outlets).casefold() for article_id, outlet in stated.items()}
    likely = sentences[sentences.text.map(lambda text: may_credit(text, outlets)).astype(bool)]
    rows = [
        (article_id, sentence_id, *one[:-1])
        for article_id, sentence_id, text in likely[["article_id", "sentence_id", "text"]].to_numpy()
        for one in find(text, outlets)
        if one.name.casefold() != own.get(article_id)
    ]
    columns = ["article_id", "sentence_id", *Credit._fields[:-1]]
    table = pd.DataFrame(rows, columns=columns).astype({"start": int, "end": int, "via": "str"})
    return table.assign(name=_fuller(table))


def _fuller(table: pd.DataFrame) -> list[str]:
    """The names; "embassy" is the one name of the same article that holds the word, if there is just one."""
    named = {one: set(part) for one, part in table.name[~table.name.str.islower()].groupby(table.article_id)}
    found = []
    for article_id, name, kind in zip(table.article_id, table.name, table.kind, strict=True):
        held = [one for one in named.get(article_id, ()) if name in one.lower().split()]
        found.append(held[0] if kind == "official" and len(held) == 1 else name)
    return found


def credited(credits: pd.DataFrame) -> pd.DataFrame:
    """Whom texts credit, most first: `source`, `kind`, `via`, and the ids of the articles and sentences."""
    rows = []
    for source, part in credits.groupby(["name", "kind"]):
        via = ", ".join(sorted(part.via.dropna().unique()))
        rows.append((*source, via, tuple(part.article_id.unique()), tuple(part.sentence_id)))
    rows.sort(key=lambda row: -len(row[3]))
    return pd.DataFrame(rows, columns=["source", "kind", "via", "article_ids", "sentence_ids"])


def find(text: str, outlets: tuple[str, ...] = ()) -> list[Credit]:
    """The credits in a sentence or paragraph, in order; `outlets` are names to know besides the list's.

    Examples
    --------
    >>> [(one.name, one.via) for one in find("This was reported by Reuters, writes Interfax.")]
    [('Reuters', 'Interfax'), ('Interfax', None)]
    """
    hint, pattern = _patterns(outlets)
    if not hint.search(text):
        return []
    found = {}
    if "(" in text and (line := DATELINE.match(text)):
        kind, name = _known(outlets).get(line["agency"], ("agency", line["agency"]))
        found[line.start("agency")] = Credit(*line.span("agency"), name, kind, "article")
    for name, form in _ROWS["signature"] if ";" in text else ():
        found |= {m.start(): Credit(*m.span(), name, "agency", "article") for m in re.finditer(form, text)}
    for one in filter(None, (_credit(candidate, outlets) for candidate in pattern.finditer(text))):
        found.setdefault(one.start, one)
    ordered = sorted(found.values())
    return [one._replace(via=_via(one, ordered)) for one in ordered]


def media(text: str) -> list[str]:
    """The agencies and outlets that the lines of a text credit, in order.

    Examples
    --------
    >>> media("It sank, police said.\\nReuters reported it, citing TASS.")
    ['Reuters', 'TASS']
    """
    told = (line for line in text.splitlines() if may_credit(line, only_media=True))
    return list(dict.fromkeys(one.name for line in told for one in find(line) if one.kind in MEDIA))


def may_credit(text: str, outlets: tuple[str, ...] = (), only_media: bool = False) -> bool:
    """Whether a text may hold a credit; others are not worth a look.

    Examples
    --------
    >>> [may_credit(text) for text in ("It sank, PTI said.", "The police came, she said.", "It sank.")]
    [True, False, False]
    """
    hint, medial, others = _quick(outlets)
    written = text.encode(errors="replace")
    likely = hint.search(written) and (medial.search(written) or (not only_media and others.search(written)))
    return bool(likely)


@cache
def _quick(outlets: tuple[str, ...]) -> list:
    """What a text with a credit holds, and one of media, and one of others: all found in some more."""
    import re2

    return [re2.compile(form) for form in (_relaxed(_ROWS["hint"][0][0]), _medial(outlets), _others())]


def _relaxed(pattern: str) -> str:
    return "(?s)" + reduce(lambda form, one: re.sub(*one, form), _RELAXED.items(), pattern)


def _medial(outlets: tuple[str, ...]) -> str:
    """What a text that credits media holds one of: a sign of a name, a word beside one, how a name begins."""
    begins = {
        re.escape(letter + re.match(r"\w*", name[1:])[0])
        for name in _known(outlets)
        for letter in (name[0].upper(), name[0].lower())
        if letter not in ascii_lowercase
    }
    words = map(re.escape, _ROWS["media"][0][0].split("|"))
    named = rf"(?:^|[^\pL\pN_])(?:{'|'.join(sorted(begins))})(?:$|[^\pL\pN_])"
    return "|".join([_relaxed(filled("@media", dict(_ROWS["part"]))), *words, named])


def _others() -> str:
    """What a text that credits others holds one of: words before any source, or theirs and those behind."""
    kinds = {kind: nouns for kind, nouns in _ROWS["noun"] if kind in _SOURCES}
    before = [form for _, _, of, form in _ROWS["before"] if not kinds.keys().isdisjoint(of.split())]
    after = [
        rf"(?i:{nouns})(?: (?:of|in|for|at|from|by) [^,;:]*)?(?:{form})"
        for _, _, of, form in _ROWS["after"]
        for kind, nouns in kinds.items()
        if kind in of.split()
    ]
    return _relaxed("|".join([*before, *after]))


def _credit(found: re.Match, outlets: tuple[str, ...]) -> Credit | None:
    """The credit a candidate is, None where the words around it do not go with such a source."""
    group = next(name for name in _SOURCES if found[name])
    span = found.span("phrase" if found["phrase"] else group)
    name = _name(found.string[slice(*span)], outlets)
    kind = _known(outlets).get(name, MEDIA[1:])[0] if group == "known" else group.rstrip("12")
    where, at = ("before", found.start()) if found["clause"] is None else ("after", found.end())
    for scope, role, kinds, form in _ROWS[where]:
        if kind in kinds.split() and re.compile(form).match(found.string, at):
            of = kind if kind != "initials" else "official" if "official" in kinds else "agency"
            return Credit(*span, name, of, scope, role=role)
    return None


def _via(one: Credit, found: list[Credit]) -> str | None:
    """The name of the nearest credit of the sentence through which this one can have come."""
    carriers = [other for other in found if other.kind in MEDIA and other is not one]
    if one.kind in MEDIA:
        cited = [m for m in carriers if one.role == "cites" and m.start < one.start]
        carriers = cited or [m for m in carriers if m.role == "relays" and m.start > one.start]
    elif one.role != "holds":
        carriers = carriers or [other for other in found if other.role == "holds"]
    return min(carriers, key=lambda other: abs(other.start - one.start)).name if carriers else None


def _name(words: str, outlets: tuple[str, ...]) -> str:
    """A source's name as it is counted."""
    bare = re.sub(r"^[Tt]he ", "", " ".join(words.split()))
    return _known(outlets).get(bare, ("", bare))[1]


@cache
def _known(outlets: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """How an agency or outlet is spelled → its kind and its name as counted."""
    papers = dict(_ROWS["part"])["paper"]  # "The Times" of one text need not be that of another
    bare = (re.sub("^[Tt]he ", "", outlet.strip()) for outlet in outlets)
    usable = re.compile(rf"(?!(?:{papers})$|[a-z])\w[^@]*$")
    known = {name: ("outlet", name) for name in bare if usable.match(name)}
    for kind in MEDIA:
        for name, *others in _ROWS[kind]:
            known |= dict.fromkeys([name, *filter(None, "".join(others).split("|"))], (kind, name))
    return known


@cache
def _patterns(outlets: tuple[str, ...]) -> tuple[re.Pattern, re.Pattern]:
    """What a text with a credit holds; a source behind words that ask for one, or opening a `clause`."""
    parts = {kind: _any_of(nouns.split("|"), "(?i:") for kind, nouns in _ROWS["noun"]}
    parts |= {"function": _any_of(function_words()), "before": "|".join(row[-1] for row in _ROWS["before"])}
    parts |= {"names": _any_of(map(re.escape, _known(outlets))), **dict(_ROWS["part"])}
    return re.compile(_ROWS["hint"][0][0]), re.compile(filled("@credit", parts))


def _any_of(forms: Iterable[str], opening: str = "(?:") -> str:
    """One expression for all, the longest first; parted by first letter, in either case, to be quick."""
    longest = sorted(forms, key=lambda form: (form[0].lower(), -len(form), form))
    letters = itertools.groupby(longest, key=lambda form: form[0].lower())
    return "|".join(f"[{a.upper()}{a}]{opening}{'|'.join(b[1:] for b in rest)})" for a, rest in letters)
