"""The tables that need all articles, from what the parts hold: topics, keyness, tone, events.

Each is a task of its own: it reads the columns it needs, and calls the functions that the notebooks call.
"""

from typing import NamedTuple

import pandas as pd

from helpers import tables, timeline, tone, topics
from helpers.scale import partitions
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


TABLES = (
    "groups", "rates", "keyness", "tone_means", "contrasts", "dates", "tellings", "events", "conflicts",
)  # fmt: skip


class All(NamedTuple):
    """The parts of a run, and the articles that are compared: table `articles` without texts."""

    out: str
    told: list[str]  # the parts of what was read of the articles that are compared
    parts: list[str]  # those of the other tables
    compared: pd.DataFrame

    def read(self, table: str, columns: list[str] | None = None) -> pd.DataFrame:
        """The rows of a table that belong to articles that are compared."""
        parts = self.told if table in TOLD else self.parts
        frame = partitions.read(self.out, table, parts, columns)
        owner = frame.article_id if "article_id" in frame else frame.sentence_id.str.rsplit(":", n=1).str[0]
        return frame[owner.isin(self.compared.article_id)].reset_index(drop=True)

    def write(self, table: str, frame: pd.DataFrame) -> None:
        """Check a table and store it."""
        partitions.write(tables.check(table, frame), self.out, table)

    def groups(self) -> dict[str, pd.Series]:
        """The groups that the articles are compared in: each alone, and by outlet."""
        fields = self.read("fields")
        return {by: topics.groups(self.compared, fields, by) for by in ("article_id", BY)}


def topic_rates(task: All) -> None:
    """Write the tables `groups` and `rates`."""
    groups = task.groups()
    task.write("groups", topics.group_table(groups))
    codes = partitions.read(task.out, "codebook")
    task.write("rates", topics.rates(task.read("sentences", _NARROW), task.read("mentions"), codes, groups))


def keyness(task: All) -> None:
    """Write the table `keyness`."""
    words, forms = (
        [partitions.read(task.out, f"{RAW}/{one}", [part]) for part in task.told]
        for one in ("words", "forms")
    )
    # A part of other languages alone has no words, and a file without any no categories.
    empty = words[0].head(0).astype({"article_id": "category", "term": "category"})
    words = [one for one in words if len(one)] or [empty]
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


def events(task: All) -> None:
    """Write the tables `dates`, `tellings` and `events`."""
    sentences, dates = task.read("sentences"), task.read(f"{RAW}/dates")
    told = timeline.tell(task.read(f"{RAW}/anchored"), sentences, task.compared, dates)
    made = timeline.named(timeline.merge(told, sentences, task.read("credits")), told, dates)
    for name, frame in zip(("dates", "tellings", "events"), made, strict=True):
        task.write(name, frame)


def facts(task: All) -> None:
    """Write the numbers and names that accounts differ in."""
    sentences = task.read("sentences", ["sentence_id", "article_id", "heading", "text"])
    differ = timeline.facts_that_differ(sentences, task.compared, task.read(f"{RAW}/dates"))
    partitions.write(differ, task.out, f"{RAW}/facts")


def conflicts(task: All) -> None:
    """Write the table `conflicts`, once the events and facts are written."""
    found, tellings, dates = (
        partitions.read(task.out, name) for name in (f"{RAW}/facts", "tellings", "dates")
    )
    task.write("conflicts", timeline.differences_with(found, tellings, dates, task.compared))


# Those that take longest first, so that no process waits for one at the end.
CLOSING = {"events": events, "facts": facts, "keyness": keyness, "topics": topic_rates, "tone": tone_means}


def closing(task: tuple[str, All]) -> None:
    """Do one of the closing tasks, by its name."""
    CLOSING[task[0]](task[1])
