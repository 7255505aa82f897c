"""The timeline as notebooks show it: small tables made of `events`, `tellings`, `conflicts` and `checks`."""

from pathlib import Path

import pandas as pd

from helpers.timeline.entries import EITHER
from helpers.timeline.grouping import DATED, UNDATED, UNLIKE, WEEK
from helpers.timeline.values import COUNTED, MEASURED, NAMED, PEOPLE

MOST = 40  # entries that a picture shows
LISTED = 150  # entries of a table on a page: nobody reads the 2,400 of 400 articles, which make 3 MB


def placed(tellings: pd.DataFrame, events: pd.DataFrame, lanes: pd.Series) -> pd.DataFrame:
    """Where the picture has the telling, by a text or the texts of a lane, of an entry that has a day.

    Parameters
    ----------
    tellings, events
        The tables.
    lanes
        Index `article_id`: the lane of each text.

    Returns
    -------
    DataFrame
        A row an entry, lane and span of days: `entry` (its number), `group` (the lane), `earliest`, `latest`
        (of a telling without a day those of the entry), `dated` (whether it gives a day), `differs` (whether
        texts give the entry days that exclude each other). Of more than `MOST` entries those that most texts
        tell.
    """
    known = counted(events).dropna(subset="earliest").nlargest(MOST, "n_texts")
    known = known[["event_id", "entry", "earliest", "latest", "when"]]
    rows = tellings[["event_id", "earliest", "latest", "expression"]]
    rows = rows.assign(group=tellings.article_id.map(lanes)).merge(known, on="event_id")
    rows = rows.assign(dated=rows.expression.notna(), differs=rows.when.str.contains(EITHER))
    rows = rows[rows.dated | ~rows.groupby(["entry", "group"]).dated.transform("any")]
    for day in ("earliest", "latest"):
        rows[day] = rows[f"{day}_x"].where(rows.dated, rows[f"{day}_y"])
    columns = ["entry", "group", "earliest", "latest", "dated", "differs"]
    return rows[columns].drop_duplicates().sort_values(columns[:4], ignore_index=True)


def counted(events: pd.DataFrame) -> pd.DataFrame:
    """Table `events` with what pages call `entry`, `give a day`, `origins` and `name no origin`."""
    number = events.event_id.str.removeprefix("e").astype(int)
    shown = {"give a day": events.n_dated, "origins": events.n_origins, "name no origin": events.n_unnamed}
    return events.assign(entry=number, **shown)


def listed(entries: pd.DataFrame) -> pd.DataFrame:
    """Of many entries those that most texts tell, in their order; columns as given, `n_texts` among them.

    Examples
    --------
    >>> listed(pd.DataFrame({"entry": [1, 2], "n_texts": [1, 3]})).entry.tolist()
    [1, 2]
    """
    most = entries.sort_values("n_texts", ascending=False, kind="stable").head(LISTED)
    return most.sort_index()


def daters(tellings: pd.DataFrame) -> pd.DataFrame:
    """Which article gives which entry a day: `event_id`, `article_id`."""
    return tellings.loc[tellings.expression.notna(), ["event_id", "article_id"]].drop_duplicates()


def numbered(found: pd.DataFrame) -> pd.DataFrame:
    """What :func:`checks.told_differently` found, as table `checks`."""
    columns = ["kind", "matter", "value_a", "value_b", "sentence_id_a", "sentence_id_b"]
    return found[columns].assign(check_id=[f"k{number:03d}" for number in range(1, len(found) + 1)])


def side_by_side(pairs: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Two rows a difference or check, one a side: the value, the article and the sentence that says it.

    Parameters
    ----------
    pairs
        Table `conflicts` or `checks`.
    names
        Index `article_id`: what a text is called.
    """
    renamed = {"conflict_id": "difference", "check_id": "difference", "kind": "what", "matter": "about"}
    pairs = pairs.rename(columns=renamed)
    sides = [
        pairs[["difference", "what", "about"]].assign(
            says=pairs[f"value_{side}"], sentence_id=pairs[f"sentence_id_{side}"]
        )
        for side in "ab"
    ]
    both = pd.concat(sides).sort_values("difference", kind="stable", ignore_index=True).drop_duplicates()
    return both.assign(article=both.sentence_id.str.rsplit(":", n=1).str[0].map(names))


def scores() -> pd.DataFrame:
    """What the rules reached on annotated texts (`benchmarks/dates.py`, `events.py` and `accounts.py`).

    Returns
    -------
    DataFrame
        `rules`, `texts`, `measure`, `n` (of what is counted), `reached`.
    """
    return pd.read_csv(Path(__file__).with_name("timeline_measured.tsv"), sep="\t", comment="#")


def methods() -> list[tuple[str, str]]:
    """How dates, entries and differences were found, with the thresholds and what the rules reached.

    Returns
    -------
    list of (part, sentence)
        For table `methods`.
    """
    reached = scores().groupby("rules")[["measure", "reached"]].agg(list)
    days, events, moved = (reached.reached[rules][0] for rules in ("dates", "events", "differences"))
    return [
        (
            "dates",
            f"Expressions of time were found and resolved by rules (days right: F1 {days:.2f} on annotated "
            f"news), each tied to the word it dates ({events:.0%} of dated events right). Statements of "
            "several texts are one entry if they tell one action in like sentences (geometric mean of two "
            f"cosines) on days that can be one: from {DATED} on where both are dated, {UNDATED} where "
            f"neither is, and {UNLIKE} where their days differ.",
        ),
        (
            "differences",
            f"Differences are days less than {WEEK} days apart, a weekday and its date, figures and names "
            f"in like clauses (likeness from {PEOPLE} for people, {COUNTED} for other things, {MEASURED} "
            f"for measures and {NAMED} for names). Of days that a script had moved {moved:.0%} were found: "
            "that none is listed does not mean that accounts agree.",
        ),
    ]
