"""Which mentions of actors people read to judge the machine's tone, and what they answered.

People read sentences with one mention marked and say what tone is taken toward it. `sample` draws them; the
answers lie in `labels.csv` beside the codebook, with those about topics; `read_labels` and `known` take them
from there. A parameter named after a table is that table.
"""

import re
import zlib
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import answers, stats
from helpers.tone.compare import LABELS, TARGET, running

PER_SIDE = 60  # `correction.FEWEST_READ`, and ten that may be left undecided or lose their sentence
VOICES = {"own": "own", "direct": "quoted", "indirect": "reported"}  # of table mentions → of tone
MACHINE = "the machine"

_KEY = ["sentence_id", "start", "code"]
_DRAW = re.compile(r"[1-9]\d*/[1-9]\d* ([0-9a-f]{8})")  # how many of how many mentions, and a mark of the row


def sample(
    sentences: pd.DataFrame, mentions: pd.DataFrame, groups: pd.DataFrame, codes: pd.DataFrame, seed: int = 0
) -> pd.DataFrame:
    """Draw mentions to read: of each actor, group and voice `PER_SIDE`, or all where there are fewer.

    A systematic draw through the corpus in the order of the texts (Cochran 1977, chapter 8): every mention
    of a group is as likely as another. The draw for an actor does not depend on the other actors.

    Parameters
    ----------
    sentences
        Of the articles that are compared.
    groups
        Rows of table `groups` of one `by`.
    codes
        Table `codebook`.

    Returns
    -------
    DataFrame
        `sentence_id`, `start`, `code` (the actor's), `question`, `before` (the sentence before, or ""),
        `text` (the mention in ⟦ ⟧), `label` and `coder` (empty, to fill in), `draw`; actor by actor, shuffled
        so that the order shows neither group nor voice, and who stops early has read a part at random. Store
        it with `tables.csv_text`.
    """
    ordered = sentences.sort_values(["article_id", "paragraph", "start"])
    before = ordered.assign(before=ordered.groupby("article_id").text.shift().fillna(""))
    places = before.loc[running(ordered).index, ["sentence_id", "article_id", "before"]]
    targets = _targets(mentions, ordered).merge(places.reset_index(drop=True).reset_index(), on="sentence_id")
    targets = targets.merge(groups, on="article_id").sort_values(["index", "start"])
    columns = [*_KEY, "question", "before", "text", "label", "coder", "draw"]
    parts = [pd.DataFrame(columns=columns, dtype="str")]
    for entry in codes[codes.kind == "actor"].sort_values("position").to_dict("records"):
        drawn = []
        for (group, voice), side in targets[targets.code == entry["code"]].groupby(["group", "voice"]):
            random = np.random.default_rng([seed, zlib.crc32(f"{entry['code']}\n{group}\n{voice}".encode())])
            some = side.iloc[answers.systematic(np.arange(len(side)), PER_SIDE, random)]
            drawn.append(some.assign(size=f"{len(some)}/{len(side)}"))
        if not drawn:
            continue
        rows = pd.concat(drawn).sort_values(["index", "start"])
        rows = rows.sample(frac=1, random_state=zlib.crc32(f"{seed} {entry['code']}".encode()))
        asked = f"What tone is taken toward {entry['label']} where marked: negative, neutral or positive?"
        rows = rows.assign(question=" ".join(filter(None, (asked, entry["definition"]))), label="", coder="")
        marks = [answers.mark(*map(str, row)) for row in rows[_KEY].itertuples(index=False)]
        parts.append(rows.assign(draw=rows["size"] + " " + marks)[columns])
    return pd.concat(parts, ignore_index=True)


def read_labels(folder: Path) -> pd.DataFrame:
    """Read what `labels.csv` says of tone: its rows with a `start`, as :func:`helpers.answers.read` says.

    Returns
    -------
    DataFrame
        `sentence_id`, `start`, `code`, `label` (negative, neutral, positive), `coder`, `text`, `draw` (""
        where they are not told): one row an answer, sorted.

    Raises
    ------
    CorpusError
        If the file, or one of these rows, cannot be used.
    """

    def fits(sentence_id: str, start: str, code: str, draw: str) -> bool:
        told = _DRAW.fullmatch(draw)
        return bool(told) and told[1] == answers.mark(sentence_id, start, code)

    wanted = f"is none of {', '.join(LABELS)}"
    return answers.read(folder, {label: label for label in LABELS}, wanted, fits, True).astype({"start": int})


def known(labels: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The answers whose mention is still there, as table `tone_labels` has them, and a sentence on them.

    Ids of sentences change when a text, or how it is read, changes: an answer counts only where the sentence
    of that id names the actor at that place now, and is the text that the coder saw.
    """
    targets = _targets(mentions, sentences)[[*_KEY, "text"]]
    placed = labels.merge(targets, on=_KEY, how="left", suffixes=("", "_now"))
    used = placed[answers.still_there(placed.text, placed.text_now)].replace({"draw": {"": None}})
    said = f"{len(used)} of {len(labels)} answers used. Left out: {len(labels) - len(used)} whose mention"
    columns = [*TARGET, "label", "coder", "draw"]
    return used.rename(columns={"code": "actor"})[columns], f"{said} is not in these tables."


def agreement(labels: pd.DataFrame, tone: pd.DataFrame) -> pd.DataFrame:
    """How far coders agree among themselves, and the machine with each, by ordinal alpha.

    Parameters
    ----------
    labels
        Table `tone_labels`: all answers, drawn or not.

    Returns
    -------
    DataFrame
        `between` ("the coders", where there are several; "the machine and" each coder), `mentions` (with two
        readings or more), `alike` (share of them read alike by all, 0 to 1), `alpha`, `low`, `high`
        (`stats.krippendorff_alpha`), missing where they cannot be told.
    """
    machine = tone[[*TARGET, "label"]]
    compared = {"the coders": labels} if labels.coder.nunique() > 1 else {}
    for coder, part in labels.groupby("coder"):
        compared[f"{MACHINE} and coder {coder}"] = pd.concat([part, machine])
    rows = []
    for between, read in compared.items():
        counts = read.groupby([*TARGET, "label"]).size().unstack("label").reindex(columns=LABELS)
        counts = counts.fillna(0).to_numpy()
        counts = counts[counts.sum(axis=1) > 1]
        alike = (counts.max(axis=1) == counts.sum(axis=1)).mean() if len(counts) else np.nan
        rows.append((between, len(counts), alike, *stats.krippendorff_alpha(counts, ordered=True)))
    return pd.DataFrame(rows, columns=["between", "mentions", "alike", "alpha", "low", "high"])


def marked(text: str, start: int, end: int) -> str:
    """A sentence with a span marked, as in "the ⟦mayor⟧ spoke"."""
    return f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"


def _targets(mentions: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The mentions of actors: `sentence_id`, `start`, `code`, `voice`, and `text` with the mention marked."""
    named = mentions[mentions.kind == "actor"].merge(sentences[["sentence_id", "text"]], on="sentence_id")
    spans = zip(named.text, named.start, named.end, strict=True)
    shown = pd.Series([marked(*span) for span in spans], named.index, "str")
    told = named.assign(text=shown, voice=named.voice.map(VOICES))
    return told[[*_KEY, "voice", "text"]]
