"""What a report holds for other programs, besides its tables as CSV."""

import io
import json
from collections import defaultdict
from pathlib import Path

import pandas as pd

from helpers.paths import CorpusError
from helpers.reporting import evidence
from helpers.schemas import SCHEMAS


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
    out = io.StringIO()
    json.dump(whole, out, ensure_ascii=False, indent=1)  # `dumps` holds every comma as a text of its own
    return out.getvalue() + "\n"


def with_sentences(stored: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Table `findings` with a column `sentence_ids`: the sentences that `evidence` leads to, a list each.

    Parameters
    ----------
    stored
        The table `findings`, and the tables that its column `evidence` names.
    """
    said = stored["findings"]
    ids = [evidence.sentences(address, stored) for address in said.evidence.fillna("")]
    return said.assign(sentence_ids=pd.Series(ids, said.index, dtype=object))


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
    for row in _rows(with_sentences(stored)):
        groups.setdefault(row.pop("group"), []).append(row)
    whole = [{"group": group, "findings": rows} for group, rows in groups.items()]
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def read_findings(report: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """The findings of a report, and its sentences: what :func:`with_sentences` gives, and texts by id.

    Raises
    ------
    CorpusError
        If the folder holds no report, or one made before findings had a subject.
    """
    source, again = report / "tables" / "findings.json", "Make it again with: python -m helpers report CORPUS"
    if not source.is_file():
        what = f"{report} is not the folder of a report: it has no tables/findings.json"
        raise CorpusError(f"{what}. Give one such as reports/seeds")
    try:
        groups = json.loads(source.read_text(encoding="utf-8"))
        rows = [{"group": part["group"], **row} for part in groups for row in part["findings"]]
        every = pd.read_csv(source.with_name("sentences.csv"), dtype=str, keep_default_na=False)
        sentences = every[["sentence_id", "text"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CorpusError(f"The tables of {report} cannot be read: {error}. {again}") from None
    if any("subject" not in row for row in rows):
        what = f"The findings of {report} do not say what they are about: an older version made them"
        raise CorpusError(f"{what}, and they cannot be compared. {again}")
    columns = [*SCHEMAS["findings"].schema.columns, "sentence_ids"]  # what another version lacks is missing
    texts = sentences.text.str.replace(r"^'(?=[=+\-@])", "", regex=True)  # of tables.csv_text
    return pd.DataFrame(rows, columns=columns), dict(zip(sentences.sentence_id, texts, strict=True))


def _by_event(frame: pd.DataFrame) -> dict[str | None, list[dict[str, object]]]:
    found = defaultdict(list)
    for row in _rows(frame):
        found[row.pop("event_id")].append(row)
    return found


def _rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    days = {name: frame[name].dt.strftime("%Y-%m-%d") for name in frame.select_dtypes("datetime")}
    plain = frame.assign(**days).astype(object)
    return plain.where(plain.notna(), None).to_dict("records")
