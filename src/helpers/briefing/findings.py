"""The briefing: what the tables say, in sentences a rule writes.

Every finding names texts, never outlets as such, and leads to its sentences. A rule that has nothing to say
writes nothing; what cannot be told is said to be so. Each group opens with what it comes to; then its
findings, the largest effect first.
"""

import pandas as pd

from helpers.briefing import accounts, comparisons, content, corpus, language, sources
from helpers.briefing.wording import Finding

GROUPS = (
    "The corpus", "What all texts carry", "What some texts mention", "What one text alone carries",
    "What is not mentioned", "Word choice", "Tone", "What happened when", "Where accounts differ",
    "Shared text and statements", "Origins",
)  # fmt: skip


def compose(tables: dict[str, pd.DataFrame], names: pd.Series, entries: pd.DataFrame) -> pd.DataFrame:
    """Write the findings of a corpus.

    Parameters
    ----------
    tables
        The tables of 01 to 04; `entries` is table `codebook`.
    names
        Index `article_id`: what a text is called.

    Returns
    -------
    DataFrame
        The columns of table `findings`, grouped in the order of `GROUPS`.
    """
    articles, groups = tables["articles"], tables["groups"]
    events = _placed(tables["events"], tables["tellings"])
    tested = comparisons.corrected(tables)
    genre = articles.set_index("article_id").genre
    texts = sorted(groups.article_id[groups.by == "article_id"])  # those that 02 compares
    found = content.looked_for(tables["presence"], entries)
    said: tuple[list[Finding], ...] = (
        [*corpus.described(tables, names), comparisons.counted(tested)],
        content.by_all(found, tables["rates"], events, texts, names),
        content.by_some(found, names),
        content.by_one(found, tables["unique"], texts, names),
        content.by_none(found, tested["presence"], names, genre),
        [
            *language.words_for_one_thing(tables["choices"], entries, names),
            *language.words_apart(tested["keyness"], groups, tables["sentences"], names),
        ],
        [
            *language.tone(tested["contrasts"], names, genre, entries),
            *language.to_read(tables["tone"], tables["sentences"], texts, names, entries),
        ],
        accounts.timeline(events, tables["tellings"], names),
        accounts.differences(tables["conflicts"], tables["checks"], events, names),
        sources.shared(articles, tables["passages"], tables["statements"], names),
        sources.origins(tables["credits"], texts, names),
    )
    rows = [(group, *finding) for group, part in zip(GROUPS, said, strict=True) for finding in part]
    table = pd.DataFrame(rows, columns=["group", *Finding._fields])
    return table.assign(finding_id=[f"f{number:03d}" for number in range(1, len(table) + 1)])


def _placed(events: pd.DataFrame, tellings: pd.DataFrame) -> pd.DataFrame:
    """The entries with `subject`, the place of the first telling: their numbers change with others."""
    first = tellings.sort_values(["sentence_id", "start"]).drop_duplicates("event_id").set_index("event_id")
    place = "event=" + first.sentence_id + ":" + first.start.astype(str)
    return events.assign(subject=events.event_id.map(place))
