"""Counts of words that can be made part by part and put together, for corpora that are read in parts.

What :func:`distinct.distinctive` counts at once in all sentences, as tables: the words of each paragraph, and
how texts write them.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from helpers.spelling import forms, running_keys
from helpers.topics.keyness import TermCounts


def paragraph_words(sentences: pd.DataFrame) -> pd.DataFrame:
    """How often each content word stands in each paragraph, headlines and sub-headings left out.

    Parameters
    ----------
    sentences
        Columns `article_id`, `paragraph`, `heading`, `text`.

    Returns
    -------
    DataFrame
        `article_id`, `paragraph`, `term` (categories), `n`; sorted. A paragraph without content words has
        a row with a missing term.
    """
    running = sentences[~sentences.heading]
    by_unit = running.groupby(["article_id", "paragraph"])
    unit, units = by_unit.ngroup().to_numpy(), by_unit.size().index.to_frame(index=False)
    text, term, terms = running_keys(running.text)
    silent = np.setdiff1d(np.arange(len(running)), text)
    found = np.concatenate([text, silent]), np.append(term, np.full(len(silent), len(terms)))
    cell, n = np.unique(unit[found[0]] * (len(terms) + 1) + found[1], return_counts=True)
    row, term = np.divmod(cell, len(terms) + 1)
    counted = units.iloc[row].reset_index(drop=True).astype({"article_id": "category"})
    codes = np.where(term < len(terms), term, -1)
    named = pd.Categorical.from_codes(codes, pd.Index(terms, dtype="str"))
    return counted.assign(term=named, n=n)


def word_forms(sentences: pd.DataFrame) -> pd.DataFrame:
    """How texts write each word: `term`, `form`, `n`."""
    rows = [(term, form, n) for term, found in forms(sentences.text).items() for form, n in found.items()]
    return pd.DataFrame(rows, columns=["term", "form", "n"]).astype({"term": "str", "form": "str"})


def put_together(words: Iterable[pd.DataFrame], groups: pd.Series) -> TermCounts:
    """The counts of all parts, as :func:`keyness.count_terms` has them.

    Parameters
    ----------
    words
        What :func:`paragraph_words` found in each part, one part or more; no article in two of them.
    groups
        Index `article_id`: the group of an article. Articles without one are left out.
    """
    from scipy.sparse import csr_array, vstack

    units, counts, terms = [], [], []
    for part in words:  # one by one, in numbers of 32 bits: of 100,000 articles these are 30 million rows
        part = part[part.article_id.isin(groups.dropna().index)]
        by_unit = part.groupby(["article_id", "paragraph"], observed=True)
        units.append(by_unit.size().index.to_frame(index=False).astype({"article_id": "str"}))
        term = part.term.cat.remove_unused_categories().cat
        filled = term.codes.to_numpy() >= 0
        cells = (codes.to_numpy(np.int32)[filled] for codes in (by_unit.ngroup(), term.codes))
        entries = part.n.to_numpy(np.int32)[filled], tuple(cells)
        counts.append(csr_array(entries, (len(units[-1]), len(term.categories))))
        terms.append(term.categories.to_numpy(object))
    known = np.unique(np.concatenate(terms))
    for number, (matrix, own) in enumerate(zip(counts, terms, strict=True)):
        column = known.searchsorted(own).astype(np.int32)[matrix.indices]
        counts[number] = csr_array((matrix.data, column, matrix.indptr), (matrix.shape[0], len(known)))
    whole = pd.concat(units, ignore_index=True).sort_values(["article_id", "paragraph"])
    matrix = vstack(counts, "csr")[whole.index]
    units = whole.assign(group=whole.article_id.map(groups)).reset_index(drop=True)
    return TermCounts(units, known, matrix)


def forms_together(found: list[pd.DataFrame]) -> dict[str, dict[str, int]]:
    """Term → how often texts write it in each way, from what :func:`word_forms` found in each part."""
    counted = pd.concat(found).groupby(["term", "form"]).n.sum()
    together: dict[str, dict[str, int]] = {}
    for (term, form), n in counted.items():
        together.setdefault(term, {})[form] = n
    return together
