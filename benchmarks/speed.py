"""How fast Parallax is and how much memory it takes, on made-up corpora, beside what else there is.

    make bench ARGS='--sizes 100 1000 10000 100000 --work DIR'

writes RESULTS.md. Each measurement is a process of its own, one after another: run it on a machine that does
nothing else. In DIR the corpora are kept for the next run. CONTRIBUTING.md says how to install the peers.
"""

import argparse
import json
import math
import os
import platform
import re
import shutil
import statistics
import tempfile
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import made
import peers
from processes import Cost, measured
from stages import PEERS, STAGES

HERE = Path(__file__).parent
ROOT = HERE.parent
SIZES, REPORT, STAGE = [100, 1000], 1000, 10_000
PARTS = ("voice", "topics", "tone", "dates")  # what the row of several stages adds up
VERSIONS = (
    "parallax-news", "numpy", "pandas", "pyarrow", "scikit-learn", "trafilatura", "papermill", "nbconvert",
    *(step.peer for step in peers.STEPS),
)  # fmt: skip
PAPERMILL, NBCONVERT = ["python", "-m", "papermill"], ["python", "-m", "jupyter", "nbconvert", "--to", "html"]
Rows = list[dict]


def main(arguments: list[str] | None = None) -> None:
    """Measure, and write the results after each part, so that a run that is stopped leaves what it had."""
    given = options(arguments)
    parts = [_about(given)]
    with tempfile.TemporaryDirectory(prefix="parallax-") as temporary:
        work = (given.work or Path(temporary)).resolve()
        for part in (stages, pipeline, seeds, beside):
            parts += part(work, given)
            given.out.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def options(arguments: list[str] | None) -> argparse.Namespace:
    """What is measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    sizes = {"type": int, "nargs": "*", "metavar": "N"}
    add = parser.add_argument
    add("--sizes", **sizes, default=SIZES, help="articles of the corpora for stages and `scale`")
    add("--stage-size", type=int, default=STAGE, help="largest corpus for single stages, held in memory")
    add("--report-size", type=int, default=REPORT, help="largest corpus that a report is made of")
    add("--rounds", type=int, default=3, help="rounds of the report of data/seeds; 0 leaves it out")
    add("--peers", **sizes, default=SIZES, help="articles for the peers' notebooks; none leaves them out")
    add("--work", type=Path, help="a folder for the corpora, kept between runs")
    add("--out", type=Path, default=HERE / "RESULTS.md", help="the file to write")
    return parser.parse_args(arguments)


def stages(work: Path, given: argparse.Namespace) -> list[str]:
    """Each stage by itself, at each size."""
    rows = []
    for size in sorted(size for size in given.sizes if size <= given.stage_size):
        dumps, html = (corpus(work, size, form) for form in ("text", "html"))
        took = chain(dumps, work / "state", list(STAGES))
        took = {"reading dumps": took.pop("reading")} | took
        took |= {"reading HTML": chain(html, work / "state", ["reading"])["reading"]}
        took |= {f"  {peer}": chain(html, work / "state", [peer])[peer] for peer in PEERS}
        each = [took[name] for name in PARTS]
        took[", ".join(PARTS) + " together"] = {
            "articles": each[0]["articles"], "peak": max(one["peak"] for one in each),
            "cpu": each[0]["articles"] * sum(one["cpu"] / one["articles"] for one in each),
            "mb": each[0]["mb"],
        }  # fmt: skip
        rows += [{"stage": name, **one} for name, one in took.items()]
    table = [
        {
            "stage": row["stage"].strip(), "articles": row["articles"], "CPU s": row["cpu"],
            "articles/s": row["articles"] / row["cpu"], "MB/s": row["mb"] / row["cpu"],
            "peak MB": row["peak"], "slope": slope(rows, row, "stage"),
        }
        for row in sorted(rows, key=lambda row: [one["stage"] for one in rows].index(row["stage"]))
    ]  # fmt: skip
    told = [
        "## Stages",
        "On one core, by CPU time, without loading libraries and models. From topics on, only English texts "
        "that copy no other. MB are those of the files read, then those of the texts; peak MB the process's "
        "whole memory, its tables included. Slope: of CPU time over articles on log-log scales, from the "
        "size before; 1 is linear.",
        markdown(table),
    ]
    pairs = {row["stage"]: row for row in rows}  # the largest size
    return [
        *told,
        *(versus(pairs["reading HTML"], pairs[f"  {one}"], "reading", one) for one in PEERS if rows),
    ]


def chain(folder: Path, state: Path, names: list[str]) -> dict[str, dict]:
    """What each of some stages took for a corpus, each in a process of its own."""
    state.mkdir(exist_ok=True)
    environment = {"PARALLAX_HOME": ROOT}
    script = ["python", HERE / "stages.py"]
    costs = {name: measured([*script, name, folder, state], **environment) for name in names}
    return {name: json.loads(cost.told.splitlines()[-1]) for name, cost in costs.items()}


def pipeline(work: Path, given: argparse.Namespace) -> list[str]:
    """Whole corpora: tables by `scale`, and reports."""
    rows = []
    for size in sorted(given.sizes):
        source = corpus(work, size, "mixed")
        out = _fresh(work / "tables")
        cost = measured(["python", "-m", "helpers", "scale", source, out, "--jobs", 2])
        rows.append({"what": "scale --jobs 2", "articles": size, **cost._asdict()})
        if size <= given.report_size:
            rows.append({"what": "report --jobs 2", "articles": size, **whole_report(work, source, 2)})
    rows.sort(key=lambda row: row["what"], reverse=True)
    table = [
        {
            "command": row["what"], "articles": row["articles"], "wall s": row["wall"], "CPU s": row["cpu"],
            "articles/s": row["articles"] / row["wall"], "largest process MB": row["largest"],
            "all at once MB": row["together"] or None, "pages MB": row.get("pages"),
            "slope": slope(rows, row, "what"),
        }
        for row in rows
    ]  # fmt: skip
    told = (
        "From files to all tables, and to the pages of a report; nothing was there before. Articles/s by "
        "wall time, with all that is loaded; memory is the peak of the largest process, and of all at once."
    )
    return ["## Whole corpora", told, markdown(table)]


def whole_report(work: Path, source: Path, jobs: int) -> dict[str, float]:
    """What a report from nothing took, and how large its pages are."""
    home = _home(work)
    pages = home / "pages"
    cost = helpers_report(home, source, "--out", pages, "--jobs", jobs)
    size = sum(file.stat().st_size for file in pages.rglob("*.html")) / 1e6
    return cost._asdict() | {"pages": size}


def helpers_report(home: Path, *words: object) -> Cost:
    """What `python -m helpers report` took."""
    return measured(["python", "-m", "helpers", "report", *words], home, PARALLAX_HOME=home)


def seeds(work: Path, given: argparse.Namespace) -> list[str]:
    """The report of data/seeds: by command lines, from nothing, again, and with a term changed; in turns."""
    if not given.rounds:
        return []
    home = _home(work)
    source = home / "data" / "seeds"
    shutil.copytree(ROOT / "data" / "seeds", source)
    book = source / "codebook.yml"

    def changed(number: int) -> Cost:
        text = re.sub(r"terms: \[(another\d+, )?", f"terms: [another{number}, ", book.read_text(), count=1)
        book.write_text(text)
        return helpers_report(home, source)

    ways: dict[str, Callable[[int], list[Cost]]] = {
        "papermill and nbconvert by command line": lambda _: _by_command_lines(home),
        "`helpers report`, from nothing": lambda _: [_forget(home), helpers_report(home, source)][1:],
        "again, nothing changed": lambda _: [helpers_report(home, source)],
        "again, one term of the codebook changed": lambda number: [changed(number)],
    }
    costs = {name: [] for name in ways}
    for number in range(given.rounds):
        for name, way in ways.items():
            took = way(number)
            costs[name].append((sum(one.wall for one in took), sum(one.cpu for one in took)))
    middle = {
        name: [statistics.median(column) for column in zip(*rows, strict=True)]
        for name, rows in costs.items()
    }
    first = next(iter(middle.values()))
    table = [
        {
            "way": name,
            "wall s": wall,
            "CPU s": cpu,
            "wall, ratio": wall / first[0],
            "CPU, ratio": cpu / first[1],
        }
        for name, (wall, cpu) in middle.items()
    ]
    told = (
        f"Five articles, {len(table)} ways in turns, medians of {given.rounds} rounds; ratios to the first."
    )
    return ["## The report of data/seeds", told, markdown(table)]


def _by_command_lines(home: Path) -> list[Cost]:
    """The notebooks one after another, each by two processes."""
    _forget(home)
    out = home / "reports" / "seeds"
    out.mkdir(parents=True)
    costs = []
    for notebook in sorted((home / "notebooks").glob("[0-9]*.ipynb")):
        executed = out / notebook.name
        costs.append(measured([*PAPERMILL, notebook, executed], notebook.parent, PARALLAX_HOME=home))
        costs.append(measured([*NBCONVERT, executed], notebook.parent, PARALLAX_HOME=home))
    return costs


def beside(work: Path, given: argparse.Namespace) -> list[str]:
    """The peers' notebooks, our stages and our report of the same corpora."""
    rows, notes = [], []
    for size in sorted(given.peers):
        source = corpus(work, size, "mixed")
        theirs, missing = peers.measure(source, size, work / "peers", measured)
        ours = chain(source, work / "state", [name for name in STAGES if name != "timeline"])
        rows += [{"what": row["step"], "articles": size, **row} for row in theirs]
        together = {name: sum(row[name] for row in theirs) for name in ("wall", "cpu", "within")}
        together["peak"] = max((row["peak"] for row in theirs), default=0)
        rows += [{"what": "all of these", "articles": size, **together}] if theirs else []
        for jobs in (1, 2):
            cost = whole_report(work, source, jobs)
            cost["peak"] = cost["largest"]
            ratio = {"ratio": cost["wall"] / together["wall"]} if theirs else {}
            rows.append({"what": f"helpers report --jobs {jobs}", "articles": size, **cost, **ratio})
        per = [({**row, "cpu": row["within"], "articles": size}, row["stage"]) for row in theirs]
        notes = [*missing, *(versus(ours[name], row, name, row["step"]) for row, name in per)]
    table = [
        {
            "what": row["what"], "articles": row["articles"], "wall s": row["wall"], "CPU s": row["cpu"],
            "articles/s": row["articles"] / row["wall"], "peak MB": row["peak"],
            "CPU s in the cells": row.get("within"), "wall, ratio to all of these": row.get("ratio"),
        }
        for row in rows
    ]  # fmt: skip
    told = (
        "A plain notebook for each step, by papermill and nbconvert, on one core; our report of the same "
        "articles has all five notebooks and the pages of evidence. jusText reads dumps line by line as "
        "paragraphs; peers are told outlet, day and language; Scattertext splits words at spaces, as its "
        "models cannot be part of this. Below, CPU per article of the work itself, at the largest size."
    )
    return ["## Beside other tools", told, markdown(table), *notes] if rows else []


def versus(ours: dict, theirs: dict, stage: str, peer: str) -> str:
    """A sentence on a stage and its peer, by CPU time per article; of a slower one, what it does more."""
    ratio = (ours["cpu"] / ours["articles"]) / (theirs["cpu"] / theirs["articles"])
    if ratio <= 1:
        return f"- {stage}: {1 / ratio:.1f} times as fast as {peer}."
    return f"- {stage}: takes {ratio:.1f} times as long as {peer}. {STAGES[stage].more}"


def slope(rows: Rows, row: dict, by: str) -> float | None:
    """How CPU time grows from the size before: the exponent of the articles."""
    before = [one for one in rows if one[by] == row[by] and one["articles"] < row["articles"]]
    if not before:
        return None
    last = max(before, key=lambda one: one["articles"])
    return math.log(row["cpu"] / last["cpu"]) / math.log(row["articles"] / last["articles"])


def markdown(rows: Rows) -> str:
    """A table; numbers with three digits, what is missing as a dash."""
    if not rows:
        return "Nothing was measured."
    lines = [list(rows[0]), ["---" if isinstance(value, str) else "--:" for value in rows[0].values()]]
    lines += [[_shown(value) for value in row.values()] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if value >= 100 or isinstance(value, int) else f"{value:.3g}"


def corpus(work: Path, size: int, form: str) -> Path:
    """A made-up corpus, written once."""
    folder = work / f"{form}-{size}"
    if not folder.exists():
        aside = _fresh(work / "unfinished")
        made.write(aside, size, form)
        aside.rename(folder)
    return folder


def _home(work: Path) -> Path:
    """A project folder with the notebooks and nothing else."""
    home = _fresh(work / "home")
    shutil.copytree(ROOT / "notebooks", home / "notebooks", ignore=shutil.ignore_patterns(".ipynb_*"))
    return home


def _forget(home: Path) -> None:
    """Remove what runs have left."""
    for folder in (home / "data" / "interim", home / "reports"):
        shutil.rmtree(folder, ignore_errors=True)


def _fresh(folder: Path) -> Path:
    """No folder there any more, its parent there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


def _about(given: argparse.Namespace) -> str:
    """The head of the results: how they were made, on what machine, with which versions."""
    sizes = " ".join(map(str, given.sizes))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    found = []
    for name in VERSIONS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"""# Speed

Written by `make bench ARGS='--sizes {sizes}'` (without ARGS: {" ".join(map(str, SIZES))}) on corpora that
`made.py` makes up; each measurement in a process of its own.

- {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}
- Python {platform.python_version()}; {", ".join(found)}"""


def _processor() -> str:
    """The model of the processor."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text().splitlines() if listed.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
