"""The tables that need all articles, from what the parts hold: topics, keyness, tone, events.

Each is a task of its own, the timeline two for each period. It reads the columns it needs, and calls the
functions that the notebooks call.
"""

from math import ceil
from typing import NamedTuple

import pandas as pd

from helpers import tables, timeline, tone, topics
from helpers.scale import partitions
from helpers.scale.maps import article_of
from helpers.scale.parts import RAW, TOLD

THRESHOLD, BY = 0.6, "outlet"  # as the notebooks have them
_NARROW = [
    "sentence_id",
    "article_id",
    "paragraph",
    "start",
    "heading",
    "n_words",
    "own",
    "direct",
    "indirect",
]
_SAID = ["sentence_id", "article_id", "paragraph", "start", "heading", "text"]

TABLES = ("groups", "keyness", "tone_means", "contrasts")
IN_PARTS = ("rates", "dates", "tellings", "events", "conflicts", f"{RAW}/facts")
PERIOD = 4096  # articles whose statements are compared with one another: 1 GB, one minute
_CELLS = 250_000  # of articles and codes that are counted at a time: 100,000 articles take 3.0 GB then


class All(NamedTuple):
    """The parts of a run, and the articles that are compared: table `articles` without texts."""

    out: str
    told: list[str]  # all parts of what was read of articles that are compared
    parts: list[str]  # those of the other tables
    compared: pd.DataFrame  # with the parts of each article: `told`, and of other tables `part`
    part: str = ""  # of the tables that a task for some of these articles writes
    prefix: str = ""  # of the ids that it gives

    def read(self, table: str, columns: list[str] | None = None) -> pd.DataFrame:
        """The rows of a table that belong to articles that are compared."""
        parts, of = (self.told, "told") if table in TOLD else (self.parts, "part")
        frames = []
        for part in parts:
            frame = partitions.read(self.out, table, [part], columns)
            own = self.compared.article_id[self.compared[of] == part]
            frames.append(frame[article_of(frame).isin(own)])
        return partitions.together(frames)

    def write(self, table: str, frame: pd.DataFrame, part: str | None = None) -> None:
        """Check a table, or a part of one, and store it."""
        partitions.write(tables.check(table, frame), self.out, table, part)

    def groups(self) -> dict[str, pd.Series]:
        """The groups that the articles are compared in: each alone, and by outlet."""
        fields = self.read("fields")
        return {by: topics.groups(self.compared, fields, by) for by in ("article_id", BY)}


def topic_rates(task: All) -> None:
    """Write the tables `groups` and `rates`, the latter some codes at a time."""
    groups = task.groups()
    task.write("groups", topics.group_table(groups))
    codes = partitions.read(task.out, "codebook")
    sentences, mentions = task.read("sentences", _NARROW), task.read("mentions")
    step = max(1, _CELLS // max(1, len(task.compared)))
    for start in range(0, len(codes), step):
        found = topics.rates(sentences, mentions, codes[start : start + step], groups)
        task.write("rates", found, f"{start // step:05d}")


def keyness(task: All) -> None:
    """Write the table `keyness`."""
    # A part of other languages alone has no words, and a file without any no categories.
    types = {"article_id": "category", "term": "category"}
    words = (partitions.read(task.out, f"{RAW}/words", [part]).astype(types) for part in task.told)
    forms = (partitions.read(task.out, f"{RAW}/forms", [part]) for part in task.told)
    counted = topics.put_together(words, task.groups()[BY])
    task.write("keyness", topics.compared_words(counted, topics.forms_together(forms))[0])


def tone_means(task: All) -> None:
    """Write the tables `tone_means` and `contrasts`, as the machine reads them."""
    groups = topics.group_table(task.groups())
    sentences, scored = task.read("sentences", _NARROW[:3]), task.read("tone")
    mentions = task.read("mentions", ["sentence_id", "kind", "code"])
    task.write("tone_means", tone.means(scored, sentences, groups, THRESHOLD, mentions))
    genre = task.compared.set_index("article_id").genre
    pairs = tone.contrasts(scored, sentences, groups, THRESHOLD, mentions, genre)
    nobody = pd.DataFrame(columns=list(tables.SCHEMAS["tone_labels"].schema.columns))
    task.write("contrasts", tone.corrected(pairs, scored, sentences, groups, nobody, mentions))


def periods(task: All) -> list[All]:
    """The articles of each period; those of a day stay together, if they are no more than `PERIOD`."""
    days = task.compared.published.dt.normalize()
    place = days.groupby(days, dropna=False).cumcount()  # within the day
    rank = days.rank(method="min", na_option="bottom") - 1 + place // PERIOD * PERIOD
    number = rank * ceil(len(days) / PERIOD) // max(1, len(days))
    found = [rows for _, rows in task.compared.groupby(number.to_numpy())] or [task.compared]
    return [
        task._replace(
            told=rows.told.unique().tolist() or task.told,
            parts=rows.part.unique().tolist() or task.parts,
            compared=rows,
            part=f"{place:05d}",
            prefix=f"p{place + 1}-" if len(found) > 1 else "",
        )
        for place, rows in enumerate(found)
    ]


def events(task: All) -> None:
    """Write the tables `dates`, `tellings` and `events` of a period."""
    sentences, dates = task.read("sentences", _SAID), task.read(f"{RAW}/dates")
    told = timeline.tell(task.read(f"{RAW}/anchored"), sentences, task.compared, dates)
    merged = timeline.merge(told, sentences, task.read("credits"), task.prefix)
    made = timeline.named(merged, told, dates)
    for name, frame in zip(("dates", "tellings", "events"), made, strict=True):
        task.write(name, frame, task.part)


def facts(task: All) -> None:
    """Write the numbers and names that accounts of a period differ in."""
    sentences, dates = task.read("sentences", _SAID), task.read(f"{RAW}/dates")
    differ = timeline.facts_that_differ(sentences, task.compared, dates)
    partitions.write(differ, task.out, f"{RAW}/facts", task.part)


def conflicts(task: All) -> None:
    """Write the table `conflicts` of a period, once its events and facts are written."""
    found, tellings, dates = (
        partitions.read(task.out, name, [task.part]) for name in (f"{RAW}/facts", "tellings", "dates")
    )
    differ = timeline.differences_with(found, tellings, dates, task.compared, task.prefix)
    task.write("conflicts", differ, task.part)


WHOLE = {"keyness": keyness, "topics": topic_rates, "tone": tone_means}
OF_PERIOD = {"events": events, "facts": facts}


def closing(task: tuple[str, All]) -> None:
    """Do one of the closing tasks, by its name."""
    name, task = task
    (WHOLE | OF_PERIOD)[name](task)
