"""A codebook to begin with, for texts that have none: what their sentences are about, and whom they name.

Sentences go in; out come topics with terms and actors with aliases, also in the form of `codebook.yml`. They
are a suggestion made by counting: each topic says how much of it stays when an article is left out, and a
person is to read them.
"""

import itertools
import re
import textwrap
import warnings
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import yaml

from helpers import spelling
from helpers.codebook import Codebook
from helpers.names import fold, proper_names
from helpers.spelling import content_keys
from helpers.topics.keyness import BEYOND, by_group, count_terms, keyness
from helpers.words import read_list, spans_by_sentence, without

TERMS = 10  # words of a theme
STABLE = 0.5  # on average themes keep .73 (5 events of newswcl50) and .69 (20 of allsides40); 4 % keep less
MOST = 12  # themes; more than that nobody reads
FEW = 20  # articles; of more, a tenth is left out at a time
ACTORS, MANY = 20, 10  # how many actors at most; mentions in one article that make an actor of a name
FEWEST = 3  # terms: fewer are no theme
_TENTHS = 10
_COMMON = {word for line in read_list(Path(__file__).with_name("themes.txt")) for word in line.split()}
_SUGGESTED = "Suggested, not defined by a person"
_STYLE = {"allow_unicode": True, "sort_keys": False, "default_flow_style": None, "width": 100}


class Suggestion(NamedTuple):
    """Topics and actors to begin a codebook with.

    `topics`: `code`, `label`, `definition`, `terms` (a list), `stability` in [0, 1]. `actors`: `code`,
    `label`, `definition`, `aliases` (a list). `basis`: what the themes come from and what was left out in
    turn. `dropped`: how many themes did not stay. `distinctive`: article → words that set it apart from the
    others (`keyness`), which may hint at topics of one article alone.
    """

    topics: pd.DataFrame
    actors: pd.DataFrame
    basis: str
    dropped: int
    distinctive: dict[str, list[str]]


def suggest(sentences: pd.DataFrame, articles: pd.DataFrame) -> Suggestion:
    """Suggest topics and actors.

    Themes come from the non-negative matrix factorisation (Lee and Seung 1999) of the tf-idf of the running
    text's sentences without names, begun at its singular vectors (NNDSVD, Boutsidis and Gallopoulos 2008).
    Their number is half the square root of the number of sentences, from 2 to `MOST`. A theme's terms are the
    words that weigh most in its sentences; with several articles, words of one article alone are none. Its
    stability is the mean share of them in the theme most like it when one article is left out (of more than
    `FEW` articles, a tenth; of one article, a tenth of its sentences). Below `STABLE` it is dropped.

    Actors are the names of at least two articles, or `MANY` times in one: those of most articles.

    Parameters
    ----------
    sentences
        Table `sentences`; what belongs to other articles is left out.
    articles
        The independent texts: column `article_id`.

    Examples
    --------
    >>> said = ["with Blue Heron", "There Heron sank"]
    >>> table = pd.DataFrame({"sentence_id": ["a:s001", "b:s001"], "article_id": ["a", "b"], "text": said})
    >>> suggest(table.assign(paragraph=1, heading=False), table).actors[["label", "aliases"]].values.tolist()
    [['Blue Heron', ['Blue Heron', 'Heron']]]
    """
    texts = sentences[sentences.article_id.isin(articles.article_id)].sort_values("sentence_id")
    names = proper_names(texts)
    running = texts[(texts.paragraph > 0) & ~texts.heading]
    spans = spans_by_sentence(names)
    said = [
        content_keys(without(text, spans.get(sentence_id, [])))
        for sentence_id, text in zip(running.sentence_id, running.text, strict=True)
    ]
    words = {word for sentence in said for word in sentence}
    telling = [word for word in words if word.isalpha() and len(word) > 2 and word not in _COMMON]
    singular = {word: _singular(word, words) for word in telling}
    bags = [[singular[word] for word in sentence if word in singular] for sentence in said]
    topics, dropped, left_out = _topics(bags, running.article_id)
    forms: dict[str, list[str]] = defaultdict(list)
    for word in sorted(singular):
        forms[singular[word]].append(word)
    shown = {key: form.lower() for key, form in spelling.written(spelling.forms(running.text)).items()}
    topics = topics.assign(
        terms=[[shown.get(form, form) for word in terms for form in forms[word]] for terms in topics.terms],
        label=[", ".join(shown.get(word, word) for word in label.split(", ")) for label in topics.label],
    )
    basis = f"{running.article_id.nunique()} articles, {len(running)} sentences; left out in turn: {left_out}"
    return Suggestion(topics, _actors(names), basis, dropped, _distinctive(texts))


def as_yaml(suggestion: Suggestion) -> str:
    """Write a suggestion as the text of a `codebook.yml`, with comments for the person who will review it."""
    head = " ".join(read_list(Path(__file__).with_name("suggested.txt")))
    told = {"basis": suggestion.basis, "dropped": suggestion.dropped, "TERMS": TERMS, "STABLE": STABLE}
    text = "".join(f"# {line}\n" for line in textwrap.wrap(head.format(**told, MANY=MANY), 106))
    for kind, table in (("topics", suggestion.topics), ("actors", suggestion.actors)):
        text += f"\n{kind}:\n" if len(table) else f"\n{kind}: {{}}  # nothing was found\n"
        for entry in table.to_dict("records"):
            code, stability = entry.pop("code"), entry.pop("stability", None)
            text += f"  # stability {stability:.2f}\n" if stability is not None else ""
            text += textwrap.indent(yaml.safe_dump({code: entry}, **_STYLE), "  ")
    told = [f"{article_id}: {', '.join(words)}" for article_id, words in suggestion.distinctive.items()]
    head = "\n# Words that set single articles apart, which may hint at further topics:\n" if told else ""
    return text + head + "".join(f"# {line}".rstrip() + "\n" for line in told)


def as_codebook(suggestion: Suggestion) -> Codebook:
    """The suggestion as the codebook that its file would be read as."""
    return Codebook.model_validate(yaml.safe_load(as_yaml(suggestion)))


def _singular(word: str, words: set[str]) -> str:
    """The word without the ending of a plural whose singular occurs."""
    ends = (f"{word.removesuffix('ies')}y" if word.endswith("ies") else "", word.removesuffix("s"))
    return next((one for one in ends if one in words), word)


def _topics(bags: list[list[str]], article_id: pd.Series) -> tuple[pd.DataFrame, int, str]:
    codes, found = pd.factorize(article_id, sort=True)
    if len(found) > FEW:
        parts, left_out = codes % _TENTHS, "a tenth of the articles"
    elif len(found) > 1:
        parts, left_out = codes, "each article"
    else:
        parts, left_out = np.arange(len(bags)) * _TENTHS // max(len(bags), 1), "each tenth of the sentences"
    n = min(MOST, max(2, round(len(bags) ** 0.5 / 2)))
    themes = _themes(bags, codes, n)
    others = [
        _themes([bag for bag, kept in zip(bags, parts != part, strict=True) if kept], codes[parts != part], n)
        for part in np.unique(parts)
    ]
    same = [[[len({*one} & {*other}) for other in left] or [0] for left in others] for one in themes]
    stay = [np.mean(list(map(max, of_one))) / len(one) for of_one, one in zip(same, themes, strict=True)]
    kept = [(terms, share) for terms, share in zip(themes, stay, strict=True) if share >= STABLE]
    first = {}  # a word is a term of the theme in which it comes first
    for place, theme in itertools.product(range(TERMS), range(len(kept))):
        for word in kept[theme][0][place : place + 1]:
            first.setdefault(word, theme)
    rows, codes = [], set()
    for theme, (terms, share) in enumerate(kept):
        own = [word for word in terms if first[word] == theme]
        if len(own) >= FEWEST:  # their first three words name no other theme
            definition = f"{_SUGGESTED}: sentences with words such as {', '.join(own[:5])}."
            rows.append((_fresh(" ".join(own[:3]), codes), ", ".join(own[:3]), definition, own, float(share)))
    table = pd.DataFrame(rows, columns=["code", "label", "definition", "terms", "stability"])
    return table, len(themes) - len(table), left_out


def _distinctive(texts: pd.DataFrame) -> dict[str, list[str]]:
    """Of each article the words with the highest z against all others, where it is beyond `BEYOND`."""
    ids = texts.article_id.unique()
    if len(ids) < 2:
        return {}
    table = keyness(by_group(count_terms(texts, pd.Series(ids, ids))))
    table = table[(table.z > BEYOND) & table.p.notna()].sort_values(["group", "z"], ascending=[True, False])
    return {one: part.term.head(FEWEST).tolist() for one, part in table.groupby("group")}


def _themes(bags: list[list[str]], articles: np.ndarray, n: int) -> list[list[str]]:
    """The terms of up to `n` themes of sentences, as many as there can be."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfVectorizer

    pairs = {(article, word) for article, bag in zip(articles, bags, strict=True) for word in bag}
    texts, used = Counter(word for _, word in pairs), Counter(word for bag in bags for word in {*bag})
    enough = min(2, len({*articles}))
    known = sorted(word for word in used if used[word] > 1 and texts[word] >= enough)
    if not known:
        return []
    weigh = TfidfVectorizer(analyzer=lambda bag: bag, vocabulary=known, sublinear_tf=True, dtype=np.float32)
    weighted = weigh.fit_transform(bags)
    model = NMF(min(n, *weighted.shape), init="nndsvd", random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the first words no longer change by then
        warnings.simplefilter("ignore", RuntimeWarning)  # an exact fit, whose error rounds to below zero
        strength = model.fit_transform(weighted)
    weights = weighted.T @ strength  # .05 more of these words stay than of the components' own
    tops = [np.argsort(-column, kind="stable")[:TERMS] for column in weights.T]
    themes = [[known[i] for i in top if weights[i, theme] > 0] for theme, top in enumerate(tops)]
    return [terms for terms in themes if len(terms) >= FEWEST]


def _actors(names: pd.DataFrame) -> pd.DataFrame:
    """The names of several articles with their forms; a form of two names is of the more frequent one."""
    told = {"texts": ("article_id", "nunique"), "mentions": ("name", "size")}
    by_key = names.groupby("key", as_index=False).agg(**told)
    several = by_key[(by_key.texts > 1) | (by_key.mentions >= MANY)]
    ranked = several.sort_values(["texts", "mentions", "key"], ascending=[False, False, True])
    forms = names.groupby(["name", "key"]).size().rename("n").reset_index()
    forms = forms.sort_values(["n", "name", "key"], ascending=[False, False, True])  # not in capitals
    usable = ~forms.name.str.casefold().duplicated() & (forms.name.str.len() > 1)  # a term has two letters
    written = forms[usable].groupby("key").name.agg(list)
    rows, codes = [], set()
    for actor in ranked[ranked.key.isin(written.index)].head(ACTORS).itertuples():
        aliases = sorted(written[actor.key], key=lambda name: (fold(name) != actor.key, -len(name), name))
        many = f"{actor.mentions} times in {actor.texts} article{'s' * (actor.texts > 1)}"
        definition = f"{_SUGGESTED}: the name, {many}."
        rows.append((_fresh(actor.key, codes), aliases[0], definition, aliases))
    return pd.DataFrame(rows, columns=["code", "label", "definition", "aliases"])


def _fresh(name: str, taken: set[str]) -> str:
    """A code for a name that is none of those taken, among which it is then.

    >>> taken = set()
    >>> _fresh("port moor", taken), _fresh("port-moor", taken), _fresh("moor" * 9 + " of the sea", taken)[36:]
    ('port_moor', 'port_moor_2', '_of')
    """
    code = re.sub(r"\W+", "_", name)[:40].strip("_") or "name"
    names = itertools.chain([code], (f"{code}_{n}" for n in itertools.count(2)))
    fresh = next(one for one in names if one not in taken)
    taken.add(fresh)
    return fresh
