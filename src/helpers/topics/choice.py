"""Word choice: which of the words in use for one referent each text takes.

The codebook lists them (`variants`). The same word may mean something else elsewhere ("an agreement on
nuclear energy"); what shows that is counted apart, to be read before the numbers.
"""

import re
from urllib.parse import urlencode

import pandas as pd

from helpers.codebook import PARTED
from helpers.words import function_words, tokens

# What comes before a word that names another, or one of several: "an agreement", "another new deal".
_OTHER = frozenset("a an another any each every no other some such similar previous earlier".split())
_REACH = 80  # characters before the word, more than enough for three words
_SIGN = re.compile(r"[.,;:!?()\[\]“”\"—–]")  # beyond it stands another phrase
_BETWEEN = 2  # words, such as adjectives, that may stand between


def choices(sentences: pd.DataFrame, mentions: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Count the variants of each referent in each text.

    Parameters
    ----------
    sentences, mentions, codes
        The tables; `codes` is table `codebook`. Headlines count: they choose words as well.

    Returns
    -------
    DataFrame
        The columns of table `choices`: every variant that occurs anywhere × every text that mentions the
        referent by any variant. `share` is of the text's mentions by variants, `own` and `quoted` tell in
        whose voice. `doubtful` are those after "a", "another" and the like, so that another referent may be
        meant; the first in the headline and the first in the text are not, for there a referent is named as
        something new ("signed a charter"). What a longer term of another entry takes is not counted.
    """
    listed = codes[["kind", "code", "variants"]].dropna(subset="variants")
    wanted = listed.assign(term=listed.variants.str.split(PARTED)).explode("term")
    found = mentions.merge(wanted[["kind", "code", "term"]], on=["kind", "code", "term"])
    found = found.merge(sentences[["sentence_id", "article_id", "text"]], on="sentence_id")
    found = found.sort_values(["article_id", "kind", "code", "sentence_id", "start"])
    part = [found.kind, found.code, found.article_id, found.place.eq("headline")]
    again = found.groupby(part).cumcount() > 0
    places = zip(again, found.text, found.start, strict=True)
    found = found.assign(
        doubtful=[later and _names_another(words[:start]) for later, words, start in places],
        quoted=found.voice.isin(["direct", "indirect"]),
    )
    key = ["kind", "code", "term", "article_id"]
    counts = found.assign(mentions=1).groupby(key)[["mentions", "quoted", "doubtful"]].sum()
    used = found[["kind", "code", "term"]].drop_duplicates()
    texts = found[["kind", "code", "article_id"]].drop_duplicates()
    table = used.merge(texts, on=["kind", "code"]).join(counts, on=key).fillna(0)
    table = table.astype({"mentions": int, "quoted": int, "doubtful": int})
    whole = table.groupby(["kind", "code", "article_id"]).mentions.transform("sum")
    named = table[["kind", "code", "article_id", "term"]].to_dict("records")
    evidence = ["mentions?" + urlencode(row) for row in named]
    return table.assign(share=table.mentions / whole, own=table.mentions - table.quoted, evidence=evidence)


def _names_another(before: str) -> bool:
    """Whether what stands before a word says that it is another one, or one of several."""
    near = [word.lower() for word in tokens(_SIGN.split(before[-_REACH:])[-1])[-_BETWEEN - 1 :]]
    telling = [word for word in near if word in _OTHER or word in function_words()]
    return bool(telling) and telling[-1] in _OTHER


def choices_in_words(choices: pd.DataFrame, codes: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Table `choices` as a page shows it, in the order of the codebook.

    Returns
    -------
    DataFrame
        `word` ("The charter: pact"), `article`, `shown` ("2 (40%, 1 in doubt)"), `evidence`.
    """
    rows = []
    for row in codes[["kind", "code", "label"]].merge(choices, on=["kind", "code"]).itertuples():
        doubt = f", {row.doubtful} in doubt" if row.doubtful else ""
        shown = f"{row.mentions} ({row.share:.0%}{doubt})"
        rows.append((f"{row.label}: {row.term}", names[row.article_id], shown, row.evidence))
    return pd.DataFrame(rows, columns=["word", "article", "shown", "evidence"])
