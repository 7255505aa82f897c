"""Which sentences people read to judge a codebook, and what they answered.

People read sentences and say, code by code, whether the code applies. `sample` draws the sentences; the
answers lie in `labels.csv` beside the codebook; `read_labels` and `known` take them from there. What they say
of the codebook is computed in `validation`. A parameter named after a table is that table.
"""

import re
import zlib
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import answers
from helpers.paths import CODEBOOK, LABELS, CorpusError

# 18 right of 20 matched sentences: precision .90, from .70 to .97. For recall it is a beginning: in simulated
# corpora (1,600 sentences, a code in 5 to 10 % of them) its interval is .7 to .8 wide, with 100 .5 to .7.
PER_CODE = 40

_ANSWERS = dict.fromkeys(["yes", "y", "1", "true"], True) | dict.fromkeys(["no", "n", "0", "false"], False)
# A draw: how many of how many matched sentences and of the others, and a mark of which of them this is.
_DRAW = re.compile(r"\d+/(\d+) \d+/(\d+) ([0-9a-f]{8})")


def sample(
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    codes: pd.DataFrame,
    per_code: int = PER_CODE,
    seed: int = 0,
) -> pd.DataFrame:
    """Draw sentences to label: for each code up to half of `per_code` matched, and as many that are not.

    Each half is a systematic draw through the corpus in the order of the texts (Cochran 1977, chapter 8):
    every sentence is as likely as another, and each article gets its part. The draw for a code does not
    depend on the other codes; a sentence may come up for several.

    Parameters
    ----------
    sentences
        Of independent texts only, which is for the caller to see to: a text and its copies are read once.
    codes
        Table `codebook`; its columns `include`, `exclude` and `example` are used where there are such.

    Returns
    -------
    DataFrame
        `sentence_id`, `code`, `question` (what to go by), `before` (the sentence before, or ""), `text`,
        `label` and `coder` (empty, to fill in), `draw` (what `draws` reads back); code by code, shuffled so
        that the order does not show what was matched. Store it with `tables.csv_text`.

    Raises
    ------
    CorpusError
        If a code stands for a topic and an actor.
    """
    ordered = sentences.sort_values(["article_id", "paragraph", "start"])
    ordered = ordered.assign(before=ordered.groupby("article_id").text.shift().fillna(""))
    columns = ["sentence_id", "code", "question", "before", "text", "label", "coder", "draw"]
    parts = [pd.DataFrame(columns=columns, dtype="str")]
    for entry in unambiguous(codes).sort_values("position").to_dict("records"):
        random = np.random.default_rng([seed, zlib.crc32(entry["code"].encode())])
        hit = matched(ordered, mentions, entry["kind"], entry["code"])
        strata = [np.flatnonzero(stratum) for stratum in (hit, ~hit)]
        drawn = [answers.systematic(places, per_code // 2, random) for places in strata]
        sizes = " ".join(f"{len(some)}/{len(places)}" for some, places in zip(drawn, strata, strict=True))
        rows = ordered.assign(was=hit).iloc[random.permutation(np.concatenate(drawn))]
        asked = rows.assign(code=entry["code"], question=_question(entry), label="", coder="")
        marks = [_mark(one, entry["code"], was) for one, was in zip(rows.sentence_id, rows.was, strict=True)]
        parts.append(asked.assign(draw=[f"{sizes} {mark}" for mark in marks])[columns])
    return pd.concat(parts, ignore_index=True)


def read_labels(folder: Path) -> pd.DataFrame:
    """Read what `labels.csv` says of sentences and codes (:func:`helpers.answers.read`, which says how).

    An answer is yes or no (y, n, 1, 0, true, false), in any case. Rows with a `start` are about tone.

    Returns
    -------
    DataFrame
        `sentence_id`, `code`, `label` (bool), `coder`, `text`, `draw` ("" where they are not told): one row
        an answer, sorted.

    Raises
    ------
    CorpusError
        If the file, or one of these rows, cannot be used.
    """

    def fits(sentence_id: str, _: str, code: str, draw: str) -> bool:
        return _stratum(sentence_id, code, draw) is not None

    labels = answers.read(folder, _ANSWERS, "is neither yes nor no", fits)
    return labels.drop(columns="start").astype({"label": bool})


def known(labels: pd.DataFrame, sentences: pd.DataFrame, codes: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The labels whose sentence and code are in the tables, without `text`, and a sentence on those left out.

    Ids of sentences change when a text, or how it is read, changes: an answer to another text than the one
    that bears the id now is left out.

    Examples
    --------
    >>> ids = ["a:s001", "a:s002"]
    >>> labels = pd.DataFrame({"sentence_id": ids, "code": "cost", "text": "Dear.", "draw": ""})
    >>> sentences = pd.DataFrame({"sentence_id": ids, "text": ["Dear.", "Cheap."]})
    >>> known(labels, sentences, pd.DataFrame({"code": ["cost"]}))[1]
    '1 of 2 answers used. Left out: 1 whose sentence and 0 whose code is not in these tables.'
    """
    now = labels.sentence_id.map(sentences.set_index("sentence_id").text)
    placed = answers.still_there(labels.text, now)
    named = labels.code.isin(codes.code)
    used = labels[placed & named].drop(columns="text").replace({"draw": {"": None}}).reset_index(drop=True)
    said = f"{len(used)} of {len(labels)} answers used. Left out: {(~placed).sum()} whose sentence"
    return used, f"{said} and {(placed & ~named).sum()} whose code is not in these tables."


def draws(labels: pd.DataFrame) -> pd.DataFrame:
    """Of each label drawn: `sentence_id`, `code`, whether it `was` matched then, `n_matched`, `n_other`."""
    drawn = labels[labels.draw.fillna("") != ""]
    told = set(zip(drawn.sentence_id, drawn.code, drawn.draw, strict=True))
    rows = sorted((sentence_id, code, *_stratum(sentence_id, code, draw)) for sentence_id, code, draw in told)
    return pd.DataFrame(rows, columns=["sentence_id", "code", "was", "n_matched", "n_other"])


def matched(sentences: pd.DataFrame, mentions: pd.DataFrame, kind: str, code: str) -> pd.Series:
    """Whether a sentence holds a mention of a code."""
    return sentences.sentence_id.isin(mentions.sentence_id[(mentions.kind == kind) & (mentions.code == code)])


def unambiguous(codes: pd.DataFrame) -> pd.DataFrame:
    """The rows of table `codebook`; `CorpusError` if labels cannot tell two of them apart."""
    for code in codes.code[codes.code.duplicated()]:
        what = f"{CODEBOOK}: {code!r} is a topic and an actor, but {LABELS} names codes alone"
        raise CorpusError(f"{what}. Rename one of the two")
    return codes


def _mark(sentence_id: str, code: str, was: bool) -> str:
    return answers.mark(sentence_id, code, "matched" if was else "other")


def _stratum(sentence_id: str, code: str, draw: str) -> tuple[bool, int, int] | None:
    """Whether it was drawn as matched, and the sizes of both strata; None if the draw is of another row."""
    told = _DRAW.fullmatch(draw)
    for was in (True, False):
        if told and told[3] == _mark(sentence_id, code, was):
            return was, int(told[1]), int(told[2])
    return None


def _question(entry: dict) -> str:
    named = ((name, entry.get(name)) for name in ("include", "exclude", "example"))
    told = [f"{name.capitalize()}: {words}" for name, words in named if isinstance(words, str) and words]
    return " · ".join([": ".join(filter(None, (entry["label"], entry["definition"]))), *told])
