"""One correction over every test of a run.

Each notebook corrects its own tests. Read together they are one search: of a thousand comparisons fifty have
p below .05 by chance alone, whichever notebook made them. What the briefing tells as holding has passed both
its notebook's own measure and this one.
"""

import pandas as pd

from helpers.briefing.wording import Finding, count
from helpers.significance import benjamini_hochberg

LEVEL = 0.05  # the customary rate of false discoveries; 02 and 03 have the same
ABSENT = "not mentioned"  # the state in table presence that a p-value can speak for


def corrected(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Correct every p-value of the run for all of them (Benjamini and Hochberg 1995).

    Parameters
    ----------
    tables
        `presence`, `keyness` and `contrasts`. A contrast may hold two tests: the machine's difference (`p`)
        and the one that people's readings correct (`corrected_p`).

    Returns
    -------
    dict
        These tables with a column `q_run` (of `corrected_p` where it is a contrast), and `holds`: below
        `LEVEL`, and passed by the measure of the notebook that made it, if it has one besides p.

    Examples
    --------
    >>> presence = pd.DataFrame({"state": "not mentioned", "p": [0.001, None]})
    >>> keyness = pd.DataFrame({"q_chance": [0.01], "p": [0.04]})
    >>> contrasts = pd.DataFrame({"finding": [False], "p": [0.3], "corrected_p": [None]})
    >>> made = corrected({"presence": presence, "keyness": keyness, "contrasts": contrasts})
    >>> made["presence"].q_run.tolist(), made["keyness"].holds.tolist()
    ([0.003, nan], [False])
    """
    presence, keyness, contrasts = (tables[name] for name in ("presence", "keyness", "contrasts"))
    p = [presence.p, keyness.p, contrasts.p, contrasts.corrected_p]
    q = benjamini_hochberg(pd.concat([one.astype(float) for one in p]))
    ends = pd.Series([len(one) for one in p]).cumsum().tolist()
    absences, words, _, tone = (q[end - len(one) : end] for one, end in zip(p, ends, strict=True))
    own = {
        "presence": (presence, absences, presence.state.eq(ABSENT)),
        "keyness": (keyness, words, keyness.q_chance <= LEVEL),
        "contrasts": (contrasts, tone, contrasts.finding.astype(bool)),
    }
    return {
        name: table.assign(q_run=q, holds=passed & (q < LEVEL)) for name, (table, q, passed) in own.items()
    }


def counted(tested: dict[str, pd.DataFrame]) -> Finding:
    """How many comparisons the run made, of what, and how many of them hold."""
    absences, words = (int(tested[name].p.notna().sum()) for name in ("presence", "keyness"))
    tone = int(tested["contrasts"][["p", "corrected_p"]].notna().sum().sum())
    if not (made := absences + words + tone):
        none = "No comparison was tested: there is too little text, or nothing to compare it with."
        return Finding("comparisons", none)
    hold = sum(int(table.holds.sum()) for table in tested.values())
    parts = f"{count(absences, 'absence')}, {count(words, 'word')}, {tone or 'none'} of tone"
    verb = "hold" if hold > 1 else "holds"
    text = f"{count(made, 'comparison')} made ({parts}), {hold or 'none'} {verb} after one correction for all"
    chance = "" if hold else ": no difference of these kinds is established here"
    text = f"{text} of them{chance}."
    return Finding("comparisons", text, hold, "comparisons that hold", count(made, "comparison"))
