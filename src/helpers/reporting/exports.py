"""What a report holds for other programs, besides its tables as CSV."""

import json
from collections import defaultdict

import pandas as pd

from helpers.reporting import evidence


def timeline_json(stored: dict[str, pd.DataFrame]) -> str:
    """The timeline as JSON: its entries, each with its tellings and its differences, and what to check.

    Parameters
    ----------
    stored
        The tables `events`, `tellings`, `conflicts`, `checks` and `sentences`.

    Returns
    -------
    str
        An object with the lists `events` (the columns of the table, and lists of their `tellings`, with
        sentences, and `conflicts`), `conflicts` (those of no entry) and `checks`. Days are YYYY-MM-DD, and
        what is missing is null.
    """
    text = stored["sentences"].set_index("sentence_id").text
    told = _by_event(stored["tellings"].assign(sentence=stored["tellings"].sentence_id.map(text)))
    differ = _by_event(stored["conflicts"])
    events = [
        event | {"tellings": told[event["event_id"]], "conflicts": differ[event["event_id"]]}
        for event in _rows(stored["events"])
    ]
    whole = {"events": events, "conflicts": differ[None], "checks": _rows(stored["checks"])}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def findings_json(stored: dict[str, pd.DataFrame]) -> str:
    """The briefing as JSON: its findings by group, each with the sentences it rests on.

    Parameters
    ----------
    stored
        The table `findings`, and the tables that its column `evidence` names.

    Returns
    -------
    str
        A list of objects: a `group` and its `findings` (the columns of the table, and a list
        `sentence_ids`), in the order of the briefing. What is missing is null.
    """
    groups: dict[str, list] = {}
    for row in _rows(stored["findings"]):
        ids = evidence.sentences(row["evidence"] or "", stored)
        groups.setdefault(row.pop("group"), []).append(row | {"sentence_ids": ids})
    whole = [{"group": group, "findings": rows} for group, rows in groups.items()]
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _by_event(frame: pd.DataFrame) -> dict[str | None, list[dict[str, object]]]:
    found = defaultdict(list)
    for row in _rows(frame):
        found[row.pop("event_id")].append(row)
    return found


def _rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    days = {name: frame[name].dt.strftime("%Y-%m-%d") for name in frame.select_dtypes("datetime")}
    plain = frame.assign(**days).astype(object)
    return plain.where(plain.notna(), None).to_dict("records")
