"""What people's reading of some mentions says of the differences that the machine found in all.

The machine errs, and may err more on one group of texts than on another. Where people read a part that was
drawn at random, their answers correct its mean: prediction-powered inference (Angelopoulos, Bates, Fannjiang,
Jordan and Zrnic 2023, Science 382) with power tuning (PPI++; Angelopoulos, Duchi and Zrnic 2023). A parameter
named after a table is that table; `groups` and `topics` are what :func:`compare.contrasts` was given.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers import clusters, significance
from helpers.schemas import SCHEMAS
from helpers.tone.compare import CELL, LABELS, LEVEL, SIDE, TARGET, adjusted, drawn_with, placed

FEWEST_READ = 50  # mentions of each group, for a finding


def corrected(
    contrasts: pd.DataFrame,
    tone: pd.DataFrame,
    sentences: pd.DataFrame,
    groups: pd.DataFrame,
    labels: pd.DataFrame,
    topics: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The differences as they are after people's answers, and which of them are findings.

    What is estimated is how people would read all mentions of a group, sure or not, on the mean.

    Parameters
    ----------
    contrasts
        As :func:`compare.contrasts` returns them.
    labels
        Table `tone_labels`. Of several coders' answers the mean counts; only answers to mentions that a
        sample drew count at all, each for as many mentions as it was drawn from.

    Returns
    -------
    DataFrame
        The columns of table `contrasts`: `read_a`, `read_b` (mentions read) are added; from `FEWEST_READ` of
        both on `corrected`, `corrected_low`, `corrected_high`, `corrected_p` and `corrected_q` (Holm 1979,
        over all pairs that were tested, as if those not read had a p of 1); and `finding`: corrected_q is
        below .05, and the machine's difference has the same sign.
    """
    from scipy.special import stdtr, stdtrit

    tone = tone[tone.actor.isin(labels.actor)]  # of others nothing was read
    rows = placed(tone, sentences, groups, topics).merge(_readings(labels), on=TARGET, how="left")
    by_side = rows.groupby(SIDE)
    read = by_side.reading.count().rename("read")
    rows = rows[by_side.reading.transform("count") >= FEWEST_READ]
    side = rows.groupby(SIDE)
    found = prediction_powered(rows.score, rows.reading, rows.weight, drawn_with(rows), side.ngroup())
    sides = read.to_frame().join(found.set_axis(side.size().index))
    table = contrasts
    for end in ("a", "b"):
        renamed = sides.add_suffix(f"_{end}").rename_axis([*CELL, f"group_{end}"]).reset_index()
        table = table.merge(renamed, on=[*CELL, f"group_{end}"], how="left")
    both = ["read_a", "read_b"]
    table = table.fillna(dict.fromkeys(both, 0)).astype(dict.fromkeys(both, int))
    diff = table.mean_a - table.mean_b
    error, freedom = significance.welch(table.error_a, table.freedom_a, table.error_b, table.freedom_b)
    half = stdtrit(freedom, 1 - LEVEL / 2) * error
    p = pd.Series(2 * stdtr(freedom, -abs(diff / error)), table.index)
    q = adjusted(table, p.fillna(1).where(table.p.notna() | p.notna())).where(p.notna())
    ends = {"corrected_low": (diff - half).clip(-2, 2), "corrected_high": (diff + half).clip(-2, 2)}
    told = ends | {"corrected": diff.where(p.notna()), "corrected_p": p, "corrected_q": q}
    finding = (q < LEVEL) & (np.sign(diff) == np.sign(table["diff"]))
    return table.assign(**told, finding=finding)[list(SCHEMAS["contrasts"].schema.columns)]


def prediction_powered(
    score: ArrayLike, reading: ArrayLike, weight: ArrayLike, cluster: ArrayLike, group: ArrayLike
) -> pd.DataFrame:
    """Mean reading of groups of mentions of which people read a part.

    The mean of what was read, plus lambda times how far the machine's mean over all lies from its mean over
    what was read. Lambda, between 0 and 1, makes the variance least (power tuning) were mentions drawn
    one by one; 0 is people's mean alone, 1 PPI. The standard error is of clusters (`clusters.errors`);
    what was read stands among all mentions: where all was read the machine counts for nothing, and the
    estimate is that of :func:`clusters.means`.

    Simulated coverage of a difference: .94 to .96, 50 or 100 mentions of either group read, of 112 to 660 in
    30 or 80 paragraphs or 12 to 60 texts, correlation .1 and .4, the machine wrong on 30 %, upwards in one
    group and downwards in the other; there the machine's own interval covered in less than .73. The corrected
    interval is .76 to .98 as wide as that of people's readings alone.

    Parameters
    ----------
    score, reading
        The machine's and people's, -1 to 1, one a mention; a reading is missing where nobody read.
    weight
        For how many mentions one that was read stands; no matter where nobody read.
    cluster, group
        Of each mention; all of shape (n,).

    Returns
    -------
    DataFrame
        Index: the groups, sorted. `mean`, `error`, `freedom`; error and freedom NaN where fewer than
        `stats.FEWEST_CLUSTERS` clusters were read, and where no two of them differ in what was read.

    Examples
    --------
    >>> score, nan = [0.2, 0.4, 0.1, 0.9, 0.5, 0.7], float("nan")
    >>> read = [0, 1, 0, 1, 1, nan]
    >>> print(prediction_powered(score, read, [1] * 6, range(6), ["a"] * 6).round(3).to_dict("records")[0])
    {'mean': 0.647, 'error': 0.23, 'freedom': 4.0}
    """
    table = pd.DataFrame({"score": np.asarray(score, float), "reading": np.asarray(reading, float)})
    table = table.assign(group=np.asarray(group), cluster=np.asarray(cluster))
    table["weight"] = np.where(table.reading.notna(), np.asarray(weight, float), 0)
    by_group = table.groupby("group")
    table["share"] = table.weight / by_group.weight.transform("sum")

    def weighed(values: pd.Series) -> pd.Series:
        return (table.share * values).groupby(table.group).transform("sum")

    read_score, mean_score = weighed(table.score), by_group.score.transform("mean")
    mean = weighed(table.reading)
    table["people"] = (table.share * (table.reading - mean)).fillna(0)
    table["machine"] = (table.score - mean_score) / by_group.score.transform("size")
    table["machine"] -= table.share * (table.score - read_score)
    parts = table.groupby(["group", "cluster"])[["people", "machine", "share"]].sum()
    products = pd.DataFrame({"both": table.people * table.machine, "square": table.machine**2})
    sums = products.groupby(table.group).sum()
    tuned = (-sums.both / sums.square.where(sums.square > 1e-24)).clip(0, 1).fillna(0)
    off = parts.people + parts.index.get_level_values("group").map(tuned) * parts.machine
    errors = clusters.errors(off, parts.share, parts.index.get_level_values("group"))
    means = pd.DataFrame({"mean": mean, "shift": mean_score - read_score}).groupby(table.group).first()
    return errors.assign(mean=means["mean"] + tuned * means["shift"])[["mean", "error", "freedom"]]


def _readings(labels: pd.DataFrame) -> pd.DataFrame:
    """Of each mention drawn and read: the mean `reading`, and the `weight` by its draw."""
    drawn = labels[labels.draw.fillna("") != ""]
    sizes = drawn.draw.str.extract(r"(\d+)/(\d+)").astype(float)
    reading = drawn.label.map(dict(zip(LABELS, (-1.0, 0.0, 1.0), strict=True))).astype(float)
    told = drawn.assign(reading=reading, weight=sizes[1] / sizes[0])
    return told.groupby(TARGET).agg({"reading": "mean", "weight": "min"})
