"""A corpus of any size: the stages' own functions, partition by partition, on many processes or machines.

First each partition of files is read: articles, sentences, quotes, mentions. Copies are found across
partitions by a shuffle: runs of words are sorted into buckets, each bucket tells those that stand in several
articles, and only these are compared. Then the independent articles are read, partition by partition again:
tone, language, times, words. What that gives is put together by tasks of their own. Texts are read and
written by workers alone; the one who hands out the tasks holds ids, outlets and days.
"""

from collections.abc import Callable
from unicodedata import normalize

import pandas as pd
from tqdm import tqdm

from helpers import codebook, independence, ingestion, paths, tables
from helpers.paths import CorpusError
from helpers.scale import aggregates, partitions, parts, shuffle
from helpers.scale.parts import Found, Read, Told
from helpers.scale.pool import Failure, Workers, required, workers


def run(
    source: str,
    out: str,
    *,
    jobs: int = 2,
    cluster: str | None = None,
    tell: Callable[[str], None] = print,
) -> dict[str, int]:
    """Make the tables of a corpus of any size.

    Parameters
    ----------
    source
        A folder of articles with `codebook.yml`, or its address: anything fsspec reads.
    out
        A folder, or an address, for the tables: those with texts in parts, `<table>/<part>.parquet`, the
        others as `<table>.parquet`. Tables of an earlier run are written over; parts that it finished, of
        the same files, are used as they are.
    jobs
        Processes of this machine.
    cluster
        The address of a Dask scheduler whose workers take their place, and must reach both places.
    tell
        Takes the lines that say what is going on.

    Returns
    -------
    dict
        How many `files`, `articles`, `compared` articles and `failed` files there are.

    Raises
    ------
    helpers.paths.CorpusError
        If source, codebook, manifest, `out` or cluster cannot be used, no article could be read, or what is
        read cannot be put together.
    """
    partitions.check_apart(source, out)
    lists = partitions.parted(partitions.listed(source))
    with partitions.staged(source, partitions.own_files(source)) as folder:
        plan, book, written = ingestion.listed(folder), codebook.read(folder), codebook.source(folder)
        if not written:
            raise CorpusError(f"{source} has no {paths.CODEBOOK}: write one, or see `codebook suggest`")
    partitions.ready(out, ["codebook", "files", *aggregates.TABLES, "raw/about", "raw/families"])
    partitions.keep(out, aggregates.IN_PARTS, [])
    partitions.write(tables.check("codebook", book.frame(written)), out, "codebook")
    named = [[normalize("NFC", file) for file in files] for files in lists]
    tasks = [
        Read(f"{number:05d}", source, files, out, plan.only(names), book)
        for number, (files, names) in enumerate(zip(lists, named, strict=True))
    ]
    with workers(jobs, cluster) as pool:
        tell(f"{sum(map(len, lists))} files in {len(lists)} partitions, for {pool.jobs} processes")
        found = _read(pool, tasks)
        about, files = _known(found, source, plan)
        partitions.write(files, out, "files")
        shared = shuffle.families(pool, out, about, [part for part, one in found.items() if len(one.about)])
        about = about.join(shared, on="article_id")
        compared = independence.compared(about, pd.Series(about.article_id.array, about.article_id.array))[0]
        told = _told(pool, out, about, compared.article_id)
        where = {one: task.part for task in told for one in task.compared}
        compared = compared.assign(told=compared.article_id.map(where).astype("str"))
        left = compared[compared.told.isna()]
        partitions.keep(out, parts.READ, [part for part, one in found.items() if len(one.about)])
        partitions.keep(out, parts.RAWS, list(found))
        partitions.keep(out, parts.TOLD, [task.part for task in told])
        for row in left.itertuples():
            tell(f"{row.file}: {row.article_id} stopped what read its tone and times, and is not compared")
        compared = compared.drop(left.index).drop(columns="runs")
        last = aggregates.All(out, [task.part for task in told], [*dict.fromkeys(about.part)], compared)
        periods = aggregates.periods(last)
        if len(periods) > 1:
            tell(f"the timeline is told in {len(periods)} periods")
        closing = [("keyness", last), *((name, one) for name in aggregates.OF_PERIOD for one in periods)]
        closing += [("topics", last), ("tone", last)]
        required(pool.completed(aggregates.closing, closing), "putting together", len(closing))
        required(pool.completed(aggregates.conflicts, periods), "telling what differs", len(periods))
    counts = {"files": len(files), "articles": len(about), "compared": len(compared)}
    return counts | {"failed": int((files.status == "failed").sum())}


def _read(pool: Workers, tasks: list[Read]) -> dict[str, Found]:
    """What is known of all parts once they are read, in their order."""
    found: dict[str, Found] = {}
    with _bar("reading", sum(len(task.files) for task in tasks)) as bar:
        for task, result in pool.completed(parts.read_partition, tasks, parts.halved_files):
            if isinstance(result, Failure):
                (file,) = task.files
                result = parts.unread(file, f"{file} {result.reason}. Take it out, and tell us of it")
            found[task.part] = result
            bar.update(len(task.files))
    return dict(sorted(found.items()))


def _known(found: dict[str, Found], source: str, plan: ingestion.Plan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All articles with the part of each, and the table `files`."""
    about = partitions.together([one.about.assign(part=part) for part, one in found.items()])
    files, named = (partitions.together([one[place] for one in found.values()]) for place in (1, 2))
    with partitions.staged(source, partitions.own_files(source)) as folder:
        known = {*files.file, *map(ingestion.manifest_key, named.file, named.article_id)}
        others = pd.DataFrame(ingestion.other_rows(folder, plan, known), columns=list(files))
    files = tables.check("files", pd.concat([files, others]))
    if about.empty:
        told = "; ".join(files.message.dropna().head())
        raise CorpusError(f"{source} holds no article that could be read: {told}")
    twice = about[about.article_id.duplicated(keep=False)].sort_values("article_id")
    if len(twice):
        one, other = twice.file.head(2)
        raise CorpusError(f"{one} and {other} have the same name but for signs. Rename one of them")
    return about, files


def _told(pool: Workers, out: str, about: pd.DataFrame, compared: pd.Series) -> list[Told]:
    """The parts that were read once more, in order."""
    columns = ["family", "role", "nearest", "containment"]
    wanted = set(compared)
    tasks = []
    for part, rows in about.groupby("part"):
        families = rows.set_index("article_id")[columns]
        tasks.append(Told(part, part, out, families, [one for one in families.index if one in wanted]))
    done = []
    with _bar("telling", len(about)) as bar:
        for task, result in pool.completed(parts.tell_partition, tasks, parts.halved_articles):
            if isinstance(result, Failure):
                raise CorpusError(f"{task.families.index[0]} {result.reason}. Take it out of the corpus")
            done.append(task)
            bar.update(len(task.families))
    return sorted(done, key=lambda task: task.part)


def _bar(what: str, number: int) -> tqdm:
    return tqdm(total=number, desc=what, leave=False, disable=None)  # None: where it is no terminal
