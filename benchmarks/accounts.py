"""How often a date that was moved is found, and what else is said to differ, on articles about one event.

    .venv/bin/python benchmarks/accounts.py --data DIR [--event NAME] [--list] [--write]

DIR/corpora holds folders of articles about one event each. Of up to three entries that two independent texts
or more date to the same day, one text's day is moved back by one to three days, wherever that text gives it
(of a text one day at most); then the whole is read again. A day is found where the entry's two days are among
the differences. `--list` prints every difference found in the texts as they are, with both sentences, to be
judged by a reader.
"""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import click
from tqdm import tqdm

os.environ["OMP_NUM_THREADS"] = "1"  # read once, when pandas loads numpy

import pandas as pd
from stored import store

from helpers import ingestion, timeline
from helpers.independence import independent
from helpers.words import supported

MOST = 3  # entries of an event whose day is moved


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--event", "events", multiple=True, help="Beginning of a folder's name; may be given again.")
@click.option("--write", is_flag=True, help="Store the figures for 04 to show.")
@click.option("--list", "listing", is_flag=True, help="Print the differences found in the texts as they are.")
def main(data: Path, events: tuple[str, ...], write: bool, listing: bool) -> None:
    """Measure on the events of DATA/corpora, or those named."""
    folders = sorted(path.parent for path in (data / "corpora").glob("*/*/manifest.csv"))
    folders = [path for path in folders if not events or path.name.startswith(events)]
    rows = []
    for folder in tqdm(folders, leave=False, disable=None):
        articles = ingestion.read_folder(folder)["articles"]
        articles = independent(supported(articles)[0])[0]
        plain = line(articles)
        found = counted(plain["differ"]) | moved(plain)
        rows.append({"event": folder.name, "articles": len(articles), **found})
        if listing:
            click.echo("\n".join(told(folder.name, plain)))
    table = pd.DataFrame(rows)
    click.echo(table.to_string(index=False))
    found, tried = table.found.sum(), table.moved.sum()
    click.echo(f"\ndays moved: {tried}, found: {found} ({found / max(tried, 1):.2f})")
    if write:
        texts, flagged = f"{len(table)} events", int(table[["date", "weekday", "number", "name"]].sum().sum())
        rows = [(texts, "days moved by a script that are found", tried, found / max(tried, 1))]
        rows.append((texts, "differences found per event, not judged", flagged, flagged / max(len(table), 1)))
        store("differences", rows)


def line(articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The timeline of articles, and their differences."""
    cut = ingestion.sentences(articles)
    quotes = ingestion.quote_table(articles, cut)
    sentences = ingestion.shares(cut, quotes, articles)
    found = timeline.expressions(sentences, articles)
    said = timeline.statements(sentences, found)
    said = timeline.anchored(said, sentences, articles, found, quotes)
    told = timeline.tell(said, sentences, articles, found)
    credits = ingestion.credits(articles, sentences[sentences.own.notna()])
    dates, tellings, _ = timeline.named(timeline.merge(told, sentences, credits), told, found)
    differ = timeline.differences(tellings, dates, sentences, articles)
    tables = {"articles": articles, "sentences": sentences, "dates": dates}
    return tables | {"tellings": tellings, "differ": differ}


def counted(differ: pd.DataFrame) -> dict[str, int]:
    """How many differences there are of each kind."""
    return {kind: int((differ.kind == kind).sum()) for kind in ("date", "weekday", "number", "name")}


def moved(plain: dict[str, pd.DataFrame]) -> dict[str, int]:
    """Move days, read again: how many were moved and how many found."""
    tried = list(moves(plain))
    articles = plain["articles"].set_index("article_id")
    for article_id, day, to in tried:
        articles.loc[article_id, "text"] = rewritten(plain, article_id, articles.text[article_id], day, to)
    if not tried:
        return {"moved": 0, "found": 0}
    differ = line(articles.reset_index())["differ"]
    differ = differ[differ.kind == "date"]
    seen = {
        (frozenset((row.value_a, row.value_b)), sentence_id.rsplit(":", 1)[0])
        for row in differ.itertuples()
        for sentence_id in (row.sentence_id_a, row.sentence_id_b)
    }
    wanted = [(frozenset((str(day.date()), str(to.date()))), article_id) for article_id, day, to in tried]
    return {"moved": len(tried), "found": sum(one in seen for one in wanted)}


def moves(plain: dict[str, pd.DataFrame]) -> Iterator[tuple[str, pd.Timestamp, pd.Timestamp]]:
    """Which article's day is moved where to: of up to MOST entries that texts date alike, the last text's."""
    told = plain["tellings"]
    told = told[told.expression.notna() & (told.earliest == told.latest) & (told.kind == "happened")]
    days = told.groupby("event_id").agg(texts=("article_id", "nunique"), days=("earliest", "nunique"))
    taken: set[object] = set()
    for event_id in days.index[(days.texts > 1) & (days.days == 1)]:
        part = told[told.event_id == event_id]
        article_id, day = part.article_id.max(), part.earliest.iloc[0]
        if taken.isdisjoint({article_id, day}) and len(taken) < 2 * MOST:
            taken |= {article_id, day}
            shift = 1 + zlib.crc32(f"{article_id}{event_id}".encode()) % 3
            yield article_id, day, day - pd.Timedelta(days=shift)


def rewritten(
    plain: dict[str, pd.DataFrame], article_id: str, text: str, day: pd.Timestamp, to: pd.Timestamp
) -> str:
    """An article's text with each expression that means a day saying another."""
    dates = plain["dates"].merge(plain["sentences"][["sentence_id", "article_id", "start"]], on="sentence_id")
    here = dates[(dates.article_id == article_id) & (dates.earliest == day) & (dates.latest == day)]
    for row in here.sort_values(["start_y", "start_x"], ascending=False).itertuples():
        before, after = text[: row.start_y + row.start_x], text[row.start_y + row.end :]
        on = "" if before.endswith(("on ", "On ")) or after.startswith(("'", "’")) else "on "
        text = f"{before}{on}{to:%B} {to.day}, {to.year}{after}"
    return text


def told(event: str, plain: dict[str, pd.DataFrame]) -> Iterator[str]:
    """The differences of an event, a line each for what differs and for both sentences."""
    text = plain["sentences"].set_index("sentence_id").text
    for row in plain["differ"].itertuples():
        yield f"\n{event}: {row.kind} ({row.about}): {row.value_a} | {row.value_b}"
        yield f"    {row.sentence_id_a}: {text[row.sentence_id_a]}"
        yield f"    {row.sentence_id_b}: {text[row.sentence_id_b]}"


if __name__ == "__main__":
    main()
