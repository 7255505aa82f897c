"""How far a codebook's matches can be trusted, from the answers of people.

`accuracy` compares the answers with the matches, `agreement` the coders with one another. A parameter named
after a table is that table; `labels` is what `labels.read_labels` returns.
"""

import numpy as np
import pandas as pd

from helpers import stats
from helpers.topics.distinct import SURVIVES
from helpers.topics.keyness import DRAWS, FEWEST, FEWEST_ARTICLES, PRIOR_SHARE
from helpers.topics.labels import draws, matched, unambiguous
from helpers.topics.presence import FEWEST_COMPARED
from helpers.words import read_measured

# Customary levels of alpha: to rely on, and for tentative conclusions (Krippendorff 2004, chapter 11).
RELIABLE, TENTATIVE = 0.8, 0.667
SAMPLE = "a sample: "
WHOLE = "all labelled sentences, each weighing the same"

_COUNTS = ["sentences", "disputed", "yes", "matched"]
_PRECISION, _RECALL = ([name, f"{name}_low", f"{name}_high"] for name in ("precision", "recall"))


def accuracy(
    labels: pd.DataFrame, mentions: pd.DataFrame, sentences: pd.DataFrame, codes: pd.DataFrame
) -> pd.DataFrame:
    """How many matches are right (precision), and how much of what is there is matched (recall).

    A sentence is matched where it holds a mention of the code. Of several coders' answers on a sentence the
    majority counts; without one the sentence is `disputed` and left out.

    Labels without a `draw` give plain shares with Wilson's interval, widened by the design effect of
    paragraphs. Of a code with labels that `sample` drew, those alone count: the share of yes among what was
    matched then and among the rest, each split by what is matched now, is scaled to the sentences of that
    part (post-stratification; Cochran 1977, section 5A.9). So mended terms are judged as they are now, and
    recall counts what lies among the many that are not matched. The parts' sizes follow from the draw's, the
    share of the drawn that are still matched, and the share of `sentences` that is matched now. A part
    without a label takes the share of its like, and anything from 0 to 1 as its interval. All ends are taken
    at their worst at once: wider than need be (simulated coverage: .95 to 1). While none of the other
    sentences drawn got a yes, recall is 1 and only its lower end tells something.

    Parameters
    ----------
    labels
        As `known` returns them.
    codes
        Table `codebook`.

    Returns
    -------
    DataFrame
        One row a labelled code, in the order of `codes`: `kind`, `code`, `label` (the codebook's);
        `sentences` (with a settled answer), `disputed`, `yes`, `matched` (of `sentences`); `precision`,
        `recall`, their ends `_low` and `_high`, `f1`, all in [0, 1]; `basis`. Recall is missing without a
        yes, precision without a matched sentence; recall is 0 for a code that never matched,
        and F1 where recall is. The last row, of kind "macro", is the mean over the codes that have a value
        (F1: the mean of theirs), its interval recovered from theirs (`stats.mean_of_estimates`).

    Raises
    ------
    CorpusError
        If a labelled code stands for a topic and an actor.
    """
    shares = labels.groupby(["code", "sentence_id"]).label.mean()
    named = unambiguous(codes[codes.code.isin(labels.code)])
    drawn = draws(labels)
    placed = sentences.assign(block=sentences.article_id + ":" + sentences.paragraph.astype("str"))
    rows = []
    for kind, code, label in named[["kind", "code", "label"]].itertuples(index=False):
        hit = matched(placed, mentions, kind, code)
        told = placed.assign(matched=hit, share=placed.sentence_id.map(shares.loc[code]))
        rows.append((kind, code, label, *_measured(told, drawn[drawn.code == code])))
    columns = ["kind", "code", "label", *_COUNTS, *_PRECISION, *_RECALL, "f1", "basis"]
    table = pd.DataFrame(rows, columns=columns)
    return pd.concat([table, _macro(table)], ignore_index=True) if rows else table


def agreement(labels: pd.DataFrame) -> pd.DataFrame:
    """How far coders agree on each code, by Krippendorff's alpha (`stats.krippendorff_alpha`).

    Returns
    -------
    DataFrame
        `code`, sorted; `coders`; `pairs` (sentences with two or more answers); `alpha`, `alpha_low`,
        `alpha_high`, missing where they cannot be told; `verdict`: which of the customary levels the whole
        interval lies above or below, or why there is none.
    """
    rows = []
    for code, told in labels.groupby("code"):
        yes = told.groupby("sentence_id").label.agg(["sum", "size"])
        alpha, low, high = stats.krippendorff_alpha(np.column_stack([yes["sum"], yes["size"] - yes["sum"]]))
        coders, pairs = told.coder.nunique(), int((yes["size"] > 1).sum())
        rows.append((code, coders, pairs, alpha, low, high, _verdict(coders, pairs, alpha, low, high)))
    columns = ["code", "coders", "pairs", "alpha", "alpha_low", "alpha_high", "verdict"]
    return pd.DataFrame(rows, columns=columns)


def trust(
    labels: pd.DataFrame, mentions: pd.DataFrame, sentences: pd.DataFrame, codes: pd.DataFrame
) -> pd.DataFrame:
    """The columns of table `accuracy`: :func:`accuracy`, and beside it :func:`agreement` of the coders."""
    agreed = agreement(labels).drop(columns="pairs").rename(columns={"verdict": "agreement"})
    table = accuracy(labels, mentions, sentences, codes).merge(agreed, on="code", how="left")
    return table.fillna({"coders": labels.coder.nunique(), "agreement": "see each code"})


def trust_in_words(accuracy: pd.DataFrame) -> pd.DataFrame:
    """Table `accuracy` as a page shows it: shares with their intervals, the mean of all last.

    Where a sample was labelled, the column `labelled` says of what: shares are then scaled to the corpus and
    cannot be had from the counts beside them.
    """
    table = accuracy[["label", "sentences", "yes", "matched"]].rename(columns={"label": "topic or actor"})
    table = table.assign(**_intervals(accuracy, ["precision", "recall", "alpha"]))
    table = table.assign(coders=accuracy.coders, agreement=accuracy.agreement, kind=accuracy.kind)
    if accuracy.basis.str.startswith(SAMPLE).any():
        table["labelled"] = accuracy.basis
    mean = table.kind == "macro"  # its counts are sums over topics of the same sentences
    for name in ("sentences", "yes", "matched", "alpha"):
        table[name] = table[name].astype("str").mask(mean, "–")
    return table.sort_values("kind", key=lambda kind: kind == "macro", kind="stable").drop(columns="kind")


def codebook_scores() -> pd.DataFrame:
    """What codebooks reached against readers' labels (`benchmarks/codebook.py`), mean over their topics."""
    scores = read_measured(__file__, "codebook_measured.tsv")
    shares = _intervals(scores, ["precision", "recall"])
    return scores[["codebook", "topics", "sentences"]].assign(**shares)


def _intervals(table: pd.DataFrame, names: list[str]) -> dict[str, list[str]]:
    """Columns as a page shows them, each with the interval in the columns beside it."""
    parts = {name: table[[name, f"{name}_low", f"{name}_high"]] for name in names}
    return {name: [_interval(*row) for row in part.to_numpy()] for name, part in parts.items()}


def _interval(value: float, low: float, high: float) -> str:
    if np.isnan(value):
        return "cannot be told"
    return f"{value:.2f}" if np.isnan(low) else f"{value:.2f} [{low:.2f}, {high:.2f}]"


def _measured(told: pd.DataFrame, drawn: pd.DataFrame) -> tuple:
    """What the labels on a code say: columns `matched`, `share` (of yes, or missing), `block`."""
    labelled = told[told.share.notna()]
    if len(drawn):
        labelled = labelled[labelled.sentence_id.isin(drawn.sentence_id)]
    settled = labelled[labelled.share != 0.5].assign(yes=lambda answered: answered.share > 0.5)
    hits, yes = settled[settled.matched], settled[settled.yes]
    precision, recall, basis = _share(hits.yes, hits.block), _share(yes.matched, yes.block), WHOLE
    if len(drawn):
        strata, basis = _strata(settled.merge(drawn), told.matched.mean())
        (precision, n_matched), (missed, n_other) = _scaled(strata[True]), _scaled(strata[False])
        recall = _recall(precision, missed, n_matched, n_other) if len(yes) else recall
        left = told.share.notna().sum() - len(labelled)
        basis += f"; left out: {left} labelled sentences that were not drawn" if left else ""
    f1 = 2 * precision[0] * recall[0] / (precision[0] + recall[0]) if recall[0] else 0.0
    counts = len(settled), len(labelled) - len(settled), len(yes), len(hits)
    return *counts, *precision, *recall, f1, basis


def _strata(settled: pd.DataFrame, now: float) -> tuple[dict[bool, list[tuple]], str]:
    """Size and share of yes of what was matched and what was not, by whether it is `matched` now.

    `now` is the share of the corpus that is. Labels of several draws give the strata of each.
    """
    strata: dict[bool, list[tuple]] = {True: [], False: []}
    said = []
    for (n_matched, n_other), draw in settled.groupby(["n_matched", "n_other"]):
        then, rest = draw[draw.was], draw[~draw.was]
        n_now = round(now * (n_matched + n_other))
        still = min(n_now, n_matched * then.matched.mean() if len(then) else n_matched)
        for part, size, hits in ((then, n_matched, still), (rest, n_other, n_now - still)):
            for is_now, n in ((True, hits), (False, size - hits)):
                labelled = part[part.matched == is_now]
                strata[is_now].append((max(n, len(labelled)), *_share(labelled.yes, labelled.block)))
        said.append(f"{len(then)} of {n_matched} sentences then matched and {len(rest)} of {n_other} others")
    return strata, SAMPLE + (", ".join(said) or "no answer settled")


def _scaled(strata: list[tuple]) -> tuple[tuple[float, float, float], float]:
    """The share of yes in strata of such sizes, with its interval, and how many sentences they have."""
    size, share, low, high = np.array(strata, float).reshape(-1, 4).T
    told, n = ~np.isnan(share), size.sum()
    if not size[told].any():
        return (np.nan, np.nan, np.nan), n
    ends = (size @ np.where(told, end, unknown) / n for end, unknown in ((low, 0), (high, 1)))
    return (np.average(share[told], weights=size[told]), *ends), n


def _share(hits: pd.Series, blocks: pd.Series) -> tuple[float, float, float]:
    """The share of hits with its interval; missing where there is nothing."""
    effect = stats.design_effect(stats.intraclass_correlation(hits, blocks), blocks.value_counts())
    low, high = stats.wilson(hits.sum(), len(hits), effect)
    return (float(hits.mean()) if len(hits) else np.nan), float(low), float(high)


def _recall(right: tuple, missed: tuple, n_matched: int, n_other: int) -> tuple[float, float, float]:
    """Recall from the shares of yes among matched and other sentences, each with its interval."""
    found = [share * n_matched if n_matched else 0.0 for share in right]
    lost = [share * n_other if n_other else 0.0 for share in missed]
    pairs = zip(found, (lost[0], lost[2], lost[1]), strict=True)
    value, low, high = (one / (one + another) for one, another in pairs)
    return value, low, high


def _macro(table: pd.DataFrame) -> pd.DataFrame:
    precision, recall = (stats.mean_of_estimates(*table[part].to_numpy().T) for part in (_PRECISION, _RECALL))
    means = dict(zip([*_PRECISION, *_RECALL], [*precision, *recall], strict=True))
    basis = f"mean over codes: precision of {table.precision.count()}, recall of {table.recall.count()}"
    words = {"kind": "macro", "code": "all", "label": "Mean of the codes", "basis": basis}
    return pd.DataFrame([words | table[_COUNTS].sum().to_dict() | means | {"f1": table.f1.mean()}])


def _verdict(coders: int, pairs: int, alpha: float, low: float, high: float) -> str:
    if coders == 1:
        return "one coder"
    if not pairs:
        return "no sentence answered twice"
    if np.isnan(alpha):
        return "all answers alike"
    if np.isnan(low):
        return "no disagreement" if alpha == 1 else f"fewer than {stats.FEWEST_CLUSTERS} sentences"
    if low >= RELIABLE:
        return "reliable"
    if low >= TENTATIVE:
        return "for tentative conclusions"
    return "unreliable" if high < TENTATIVE else "not settled by so few sentences"


def methods(accuracy: pd.DataFrame) -> list[tuple[str, str]]:
    """How topics, actors and words were counted and tested, with thresholds and what readers' labels say.

    Parameters
    ----------
    accuracy
        The table of that name.

    Returns
    -------
    list of (part, sentence)
        For table `methods`.
    """
    mean = accuracy[accuracy.kind == "macro"]
    other = read_measured(__file__, "codebook_measured.tsv").iloc[-1]
    told = "Nobody labelled sentences of these texts, so how often a match is right is not known"
    for row in mean.itertuples():
        told = (
            f"Against readers' labels of these texts the mean over {len(accuracy) - 1} codes was: precision "
        )
        told += f"{_interval(row.precision, row.precision_low, row.precision_high)}, recall "
        told += _interval(row.recall, row.recall_low, row.recall_high)
    return [
        (
            "topics",
            "Topics and actors were counted by the terms of the codebook, as whole words, the longest "
            f"match first. {told}; a codebook frozen before it saw the texts reached, on another event, a "
            f"precision of {other.precision:.2f} and a recall of {other.recall:.2f}.",
        ),
        (
            "topics",
            f"Intervals are at {stats.LEVEL:.0%}; those of one text take its paragraphs for the draws, from "
            f"{stats.FEWEST_CLUSTERS} of them on. That a text does not mention what others of its genre do "
            f"was tested from {FEWEST_COMPARED} of them on, by the share of their stretches as long as it "
            "that lack the topic too.",
        ),
        (
            "topics",
            f"Words were compared by log-odds with a prior of {PRIOR_SHARE:.0%} of the words counted, those "
            f"that occur {FEWEST} times or more, at a rate of false discoveries of {SURVIVES:.0%}, "
            f"estimated from {DRAWS} shufflings of the articles (of paragraphs, where a group has fewer "
            f"than {FEWEST_ARTICLES} articles).",
        ),
    ]
