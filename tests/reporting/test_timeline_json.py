import json
import time

import pandas as pd

from helpers.reporting.exports import timeline_json

SENTENCES = pd.DataFrame(
    {"sentence_id": ["a:s001", "b:s002"], "text": ["The pier fell.", "It fell on Monday."]}
)


def stored(**changed):
    day = pd.to_datetime(["2026-02-09", None])
    events = pd.DataFrame({"event_id": ["e001", "e002"], "earliest": day, "label": ["fell", "said"]})
    tellings = pd.DataFrame({"event_id": ["e001", "e001"], "sentence_id": ["a:s001", "b:s002"]})
    conflicts = pd.DataFrame({"conflict_id": ["x001", "x002"], "event_id": ["e001", None]})
    tables = {"events": events, "tellings": tellings, "conflicts": conflicts, "sentences": SENTENCES}
    return tables | {"checks": pd.DataFrame({"check_id": ["k001"]})} | changed


def test_entries_hold_their_tellings_with_sentences_and_their_differences():
    found = json.loads(timeline_json(stored()))
    first, second = found["events"]
    assert [one["sentence"] for one in first["tellings"]] == ["The pier fell.", "It fell on Monday."]
    assert [one["conflict_id"] for one in first["conflicts"]] == ["x001"]
    assert second["tellings"] == second["conflicts"] == []


def test_differences_of_no_entry_and_checks_stand_apart():
    found = json.loads(timeline_json(stored()))
    assert [one["conflict_id"] for one in found["conflicts"]] == ["x002"]
    assert found["checks"] == [{"check_id": "k001"}]


def test_days_are_written_as_days_and_what_is_missing_is_null():
    found = json.loads(timeline_json(stored()))
    assert [one["earliest"] for one in found["events"]] == ["2026-02-09", None]


def test_thousands_of_entries_are_written_in_seconds():
    ids = [f"e{number}" for number in range(3000)]
    events = pd.DataFrame({"event_id": ids, "label": "fell"})
    tellings = pd.DataFrame({"event_id": ids * 2, "sentence_id": "a:s001"})
    started = time.process_time()
    found = json.loads(timeline_json(stored(events=events, tellings=tellings)))
    assert time.process_time() - started < 5  # a look through all tellings for each entry takes a minute
    assert {len(one["tellings"]) for one in found["events"]} == {2}


def test_an_empty_timeline_is_three_empty_lists():
    empty = {name: table.iloc[:0] for name, table in stored().items()}
    assert json.loads(timeline_json(empty)) == {"events": [], "conflicts": [], "checks": []}
