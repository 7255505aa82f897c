"""What the accounts tell: the timeline, and where texts give two values for one thing."""

import pandas as pd

from helpers.briefing.wording import (
    MOST,
    OPENING,
    Finding,
    addresses,
    called,
    count,
    enumerate_names,
    ranked,
    rest,
)


def timeline(events: pd.DataFrame, tellings: pd.DataFrame, names: pd.Series) -> list[Finding]:
    """The dated entries in order of time; of many those that most texts tell.

    Parameters
    ----------
    events
        Table `events` with `subject`.
    """
    dated = events[events.n_dated > 0]
    entries = count(len(dated), "dated entry", "dated entries")
    more = f", {int((dated.n_texts > 1).sum())} of them told by more than one text" if len(dated) else ""
    several = len(events) - len(dated)  # 04 keeps an entry without a day only where several texts tell it
    none = f"; {several} {'is' if several == 1 else 'are'} told by several texts and dated by none"
    text = f"The texts hold {entries}{more}{none if several else ''}."
    found = [Finding(OPENING, text, len(dated), "dated entries")]
    shown = dated.sort_values("n_texts", ascending=False, kind="stable").head(MOST).sort_index()
    tellers = tellings.groupby("event_id").article_id
    for row in shown.itertuples():
        who = called(tellers.get_group(row.event_id), names)
        text = f"{row.when}, {who}{_carried(row)}: “{row.label}”{_ground(row.basis)}"
        found.append(Finding(row.subject, text, row.n_texts, "texts", row.basis, row.n_texts, row.evidence))
    if left := len(dated) - len(shown):
        text = f"{left} more {'is' if left == 1 else 'are'} in 04, told by as many texts or fewer."
        found.append(rest("entries", text))
    if len(dated) > 1:
        text = "Entries next to each other may tell one event, in other words or with other days: read both."
        found.append(Finding("neighbours", text))
    return found


def _carried(entry: tuple) -> str:
    """How many texts tell an entry and date it, and whom they name for it; of a single text nothing."""
    if entry.n_texts == 1:
        return ""
    days = [f"{entry.n_dated} of them date it"] if entry.n_dated < entry.n_texts else []
    unnamed = f"{count(entry.n_unnamed, 'text')} name{'s' if entry.n_unnamed == 1 else ''} none"
    parts = [f"{entry.n_texts} texts carry it", *days, count(entry.n_origins, "named origin")]
    some = entry.n_origins and entry.n_unnamed  # where no origin is named, that says all
    return f" ({', '.join([*parts, unnamed] if some else parts)})"


def _ground(basis: str) -> str:
    """What days rest on where texts do not state them."""
    grounds = basis.split("; ")
    if not (resolved := [f"the {ground}" for ground in grounds if ground != "stated"]):
        return ""
    return f" [{'partly ' * (len(resolved) < len(grounds))}resolved from {enumerate_names(resolved)}]"


def differences(
    conflicts: pd.DataFrame, checks: pd.DataFrame, events: pd.DataFrame, names: pd.Series
) -> list[Finding]:
    """Two values for one thing, those of days that lie farthest apart first, and what is to be checked.

    Parameters
    ----------
    events
        Table `events` with `subject`.
    """
    told = events.set_index("event_id")
    ends = [
        pd.to_datetime(conflicts[one], format="%Y-%m-%d", errors="coerce") for one in ("value_a", "value_b")
    ]
    days = (ends[1] - ends[0]).abs().dt.days
    listed = []
    for row in conflicts.itertuples():
        a, b = (names[one.rsplit(":", 1)[0]] for one in (row.sentence_id_a, row.sentence_id_b))
        about, ground = f"{row.kind.capitalize()}, {row.about}", ""
        # A sentence may give several numbers of one thing: as it writes them they are told apart.
        place = f"about={row.about}&values={row.value_a}|{row.value_b}"
        if row.kind == "date":
            about, ground = f"“{told.label[row.event_id]}”", _ground(told.basis[row.event_id])
            place = told.subject[row.event_id]
        if row.kind == "weekday":  # one sentence, beside the calendar
            about, b = "Weekday", "by the calendar"
        apart = None if pd.isna(days[row.Index]) else int(days[row.Index])
        text = f"{about}: {row.value_a} ({a}) or {row.value_b} ({b}){ground}."
        where = addresses([row.sentence_id_a, row.sentence_id_b])
        subject = f"kind={row.kind}&{place}&sentences={row.sentence_id_a}|{row.sentence_id_b}"
        listed.append(Finding(subject, text, apart, "days apart" if apart else None, None, apart, where))
    if listed:
        kinds = ", ".join(f"{n} in {kind}s" for kind, n in conflicts.kind.value_counts().sort_index().items())
        text = f"{count(len(listed), 'difference')} between accounts, or with the calendar: {kinds}."
    else:
        text = "No difference in days, weekdays, numbers or names was found"
        text += "; that does not mean that there is none."
    found = [Finding(OPENING, text, len(listed), "differences"), *ranked(listed, "04", "differences")]
    if len(checks):
        pairs = count(len(checks), "pair")
        text = (
            f"04 lists {pairs} of passages that seem to tell one matter differently, for a reader to check."
        )
        ids = [one for row in checks.itertuples() for one in (row.sentence_id_a, row.sentence_id_b)]
        found.append(Finding("checks", text, len(checks), "pairs of passages", evidence=addresses(ids)))
    return found
