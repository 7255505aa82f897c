"""The main job: every notebook on one corpus, in order, into a folder of HTML pages.

papermill executes and nbconvert renders, in this process. A notebook runs again only when its source, its
parameters, the package or what it reads has changed. Pages are built aside and take the place of the last
report when all is well, so a failed run leaves that report as it was.
"""

import contextlib
import json
import re
import shutil
import tempfile
import textwrap
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import paths
from helpers.paths import CorpusError
from helpers.reporting import kernels
from helpers.reporting.record import Parameters, Record, load_json, replace_text

if TYPE_CHECKING:  # a run that finds nothing changed does without them
    import pandas as pd

_SHOWN = 5  # files that could not be read: named on the command line
MARK = ".parallax.json"  # tells a report from any other folder


class RunError(RuntimeError):
    """A notebook stopped; the message names the notebook, the cell and the error in plain words."""


def report(
    folder: Path,
    *,
    out: Path | None = None,
    name: str | None = None,
    jobs: int = 2,
    parameters: dict[str, object] | None = None,
    force: bool = False,
    strict: bool = False,
    no_texts: bool = False,
    tell: Callable[[str], None] = print,
) -> Path:
    """Make the report of a corpus.

    Parameters
    ----------
    folder
        The articles, with `manifest.csv` and `codebook.yml` where there are any; or one file of articles.
    out
        Where the pages go; by default `reports/<name>`. A folder that holds anything but a report is refused.
    name
        The corpus's name; by default the folder's.
    jobs
        How many processes may work at once.
    parameters
        Values for the notebooks' parameters, by name; each goes to every notebook that has it.
    force
        Run everything, changed or not.
    strict
        Make no report if a file could not be read.
    no_texts
        Leave the articles' texts out of it, but for a few words in a row (`helpers.reporting.withheld`).
    tell
        Takes the lines that say what is going on.

    Returns
    -------
    Path
        The report's `index.html`.

    Raises
    ------
    helpers.paths.CorpusError
        If folder, name, `out` or a parameter cannot be used; with `strict`, if a file could not be read.
    RunError
        If a notebook stops. The last report is untouched.
    """
    corpus = paths.claim(folder, name)
    target = (out or paths.REPORTS / corpus).resolve()
    _check_target(target, corpus)
    paths.check_apart(paths.folder(corpus), target)
    record = _record(corpus, parameters)
    with ThreadPoolExecutor(1) as renderer:  # while later notebooks run
        bodies: dict[str, Future[str]] = {}

        def render(notebook: str) -> None:
            bodies[notebook] = renderer.submit(_body, record, notebook)

        ran = _execute(record, jobs, force, strict, tell, render)
        state, mark = record.state() + (" without texts" if no_texts else ""), load_json(target / MARK)
        whole = mark.get("state") == state and all((target / file).is_file() for file in mark["files"])
        if whole and not ran:
            tell(f"Nothing has changed since the last run: {target / 'index.html'}")
            return target / "index.html"
        for notebook in record.notebooks.keys() - ran:
            render(notebook)
        for message in _publish(target, record, bodies, state, no_texts):
            tell(message)
    if unchanged := [notebook for notebook in record.notebooks if notebook not in ran]:
        tell(f"Unchanged and not run again: {', '.join(unchanged)}")
    if parameters:
        chosen = ", ".join(f"{key} = {value}" for key, value in parameters.items())
        tell(f"With parameters of this run: {chosen}")
    tell(f"The report is ready: {target / 'index.html'}")
    return target / "index.html"


def ingest(folder: Path, tell: Callable[[str], None] = print) -> str:
    """Bring the tables of the first notebook up to date, without a report, and return the corpus's name.

    Raises
    ------
    helpers.paths.CorpusError, RunError
        As for :func:`report`.
    """
    corpus = paths.claim(folder)
    notebooks = {path.stem: path for path in sorted(paths.NOTEBOOKS.glob("01_*.ipynb"))}
    _execute(Record(corpus, notebooks, _given(notebooks, {}, corpus)), 1, False, False, tell)
    return corpus


def refresh(
    folder: Path,
    *,
    name: str | None = None,
    parameters: dict[str, object] | None = None,
    tell: Callable[[str], None] = print,
) -> "tuple[Record, dict[str, pd.DataFrame]]":
    """Bring all tables of a corpus up to date, without a report; return what was run, and the tables.

    Raises
    ------
    helpers.paths.CorpusError, RunError
        As for :func:`report`.
    """
    from helpers import tables

    corpus = paths.claim(folder, name)
    record = _record(corpus, parameters)
    _execute(record, 2, False, False, tell)
    return record, tables.stored(corpus)


def _record(corpus: str, parameters: dict[str, object] | None) -> Record:
    notebooks = {path.stem: path for path in sorted(paths.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))}
    if not notebooks:
        raise CorpusError(f"There are no notebooks in {paths.NOTEBOOKS}. Run this from a clone")
    return Record(corpus, notebooks, _given(notebooks, parameters or {}, corpus))


def _execute(
    record: Record,
    jobs: int,
    force: bool,
    strict: bool,
    tell: Callable[[str], None],
    ready: Callable[[str], None] = lambda notebook: None,
) -> set[str]:
    """Run what is not up to date, each notebook after those it reads, then `ready`; return what was run."""
    ran: set[str] = set()
    with contextlib.ExitStack() as run:
        for wave in record.waves():
            stale = [notebook for notebook in wave if force or not record.is_fresh(notebook)]
            if stale:
                tell(f"Running {', '.join(stale)}")
                if not ran:  # the pool comes first: when a run is broken off, it waits for kernels to end
                    pool = run.enter_context(ThreadPoolExecutor(jobs))
                    manager = run.enter_context(kernels.forking(tell, jobs))
                keys = {notebook: record.key(notebook) for notebook in stale}
                list(pool.map(partial(_execute_one, record, manager), stale))
                record.note(keys)
                ran.update(stale)
                for notebook in stale:
                    ready(notebook)
            if strict:
                _check_all_read(record.corpus)
    return ran


def _check_all_read(corpus: str) -> None:
    from helpers import tables

    files = tables.read("files", corpus)
    failed = files.message[files.status == "failed"]
    if len(failed):
        listed = "\n".join(f"  {message}" for message in failed)
        raise CorpusError(f"No report was made: not every file could be read (--strict).\n{listed}")


def _execute_one(record: Record, manager: type, notebook: str) -> None:
    with kernels.without_grammars():
        import nbformat
        import papermill
    from nbclient.exceptions import CellControlSignal, DeadKernelError
    from papermill.exceptions import PapermillException, PapermillExecutionError
    from traitlets.config import Config

    source = record.notebooks[notebook]
    failed = record.folder / "failed" / f"{notebook}.ipynb"
    failed.parent.mkdir(parents=True, exist_ok=True)
    failed.unlink(missing_ok=True)
    begun: list[dict] = []
    try:
        done = papermill.execute_notebook(
            source, failed, record.given[notebook], cwd=source.parent,
            kernel_name="python3", language="python",
            request_save_on_cell_execute=False,  # writing it twice a cell took as long as many a cell
            on_notebook_start=lambda notebook: begun.append(notebook),
            progress_bar={"desc": notebook, "leave": False, "disable": None},  # None: where it is no terminal
            extra_arguments=["--IPKernelApp.log_level=50"],  # what concerns the user is in the cells
            config=Config(KernelManager={"transport_encryption": "auto"}),
            kernel_manager_class=manager, shutdown_kernel="immediate",  # what it made is written by then
        )  # fmt: skip
    except PapermillExecutionError as error:
        raise RunError(_plain_words(notebook, error, failed)) from None
    except (PapermillException, DeadKernelError, CellControlSignal) as error:
        for cut_off in begun:
            nbformat.write(cut_off, failed)
        raise RunError(f"{notebook} could not be run to its end: {error}. See {failed}") from None
    replace_text(record.executed(notebook), nbformat.writes(_timeless(done)))
    failed.unlink()


def _given(notebooks: dict[str, Path], parameters: dict[str, object], corpus: str) -> Parameters:
    """The corpus's name and, of the given parameters, those each notebook has."""
    given: Parameters = {notebook: {"corpus": corpus} for notebook in notebooks}
    if not parameters:
        return given
    with kernels.without_grammars():
        import papermill

    known = {notebook: papermill.inspect_notebook(path) for notebook, path in notebooks.items()}
    real = sorted(set().union(*known.values()) - {"corpus"})
    for name, value in parameters.items():
        if name not in real:
            raise CorpusError(f"No notebook has a parameter {name!r}. The parameters are: {', '.join(real)}")
        for notebook, defaults in known.items():
            if name in defaults:
                if defaults[name]["default"] in ("True", "False") and not isinstance(value, bool):
                    raise CorpusError(f"{name} is {value!r}; it can be true or false")
                given[notebook][name] = value
    return given


def _plain_words(notebook: str, error: object, failed: Path) -> str:
    heading, number = "", 0
    for cell in load_json(failed).get("cells", []):
        if {"injected-parameters", "papermill-error-cell-tag"} & set(cell["metadata"].get("tags", [])):
            continue  # not in the notebook as its author knows it
        if cell["cell_type"] == "markdown":
            heading = next(iter(re.findall(r"^#+ (.*)", "".join(cell["source"]), re.MULTILINE)), heading)
        else:
            number += 1
            if any(output["output_type"] == "error" for output in cell["outputs"]):
                break
    where = f"{notebook} stopped at code cell {number}, under “{heading}”:\n"
    if error.ename == CorpusError.__name__:  # the message says what to mend, and that is not the cell
        return f"{where}  {error.evalue}\nAn earlier report is as it was."
    return (
        f"{where}  {error.ename}: {error.evalue}\n"
        f"The cell:\n{textwrap.indent(error.source, '  | ', lambda line: True)}\n"
        f"An earlier report is as it was. The notebook as far as it got: {failed}"
    )


def _timeless(notebook: dict) -> dict:
    """The notebook without papermill's and the kernel's notes of when and how long."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
    return notebook


def _body(record: Record, notebook: str) -> str:
    """The content of an executed notebook's page."""
    with kernels.without_grammars():
        import nbformat
    from helpers.reporting import pages

    return pages.content(nbformat.read(record.executed(notebook), as_version=4), notebook)


def _publish(
    target: Path, record: Record, bodies: dict[str, Future[str]], state: str, no_texts: bool
) -> list[str]:
    """Build the pages aside, put them in the place of the last report, and return what was not read."""
    from helpers import tables

    stored = tables.stored(record.corpus)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as aside:
        new, last = Path(aside, "new"), Path(f"{aside}-last")
        rendered = {name: bodies[name].result() for name in record.notebooks}
        _build(new, record, rendered, stored, state, no_texts)
        if target.exists():
            target.rename(last)
        try:
            new.rename(target)
        except OSError:
            last.rename(target)
            raise
    shutil.rmtree(last, ignore_errors=True)
    files = stored["files"]
    unread = files.message[files.status.isin(["skipped", "failed"])]
    more = len(unread) - _SHOWN
    told = [f"Not read: {message}" for message in unread[:_SHOWN]]
    return [*told, f"… and {more} files more, listed in 01"] if more > 0 else told


def _build(
    folder: Path,
    record: Record,
    bodies: dict[str, str],
    stored: "dict[str, pd.DataFrame]",
    state: str,
    no_texts: bool,
) -> None:
    """Write the pages and tables of a report into a new folder, and the mark that tells it is one."""
    from helpers import tables
    from helpers.reporting import exports, methods, pages
    from helpers.reporting.withheld import Withheld, snippet

    corpus = record.corpus
    (folder / "tables").mkdir(parents=True)
    for name, page in pages.report(bodies, stored, corpus, snippet if no_texts else None).items():
        (folder / name).write_text(page, encoding="utf-8")
    for name, table in stored.items():
        (folder / "tables" / f"{name}.csv").write_text(tables.csv_text(table), encoding="utf-8")
    (folder / "tables" / "findings.json").write_text(exports.findings_json(stored), encoding="utf-8")
    (folder / "tables" / "timeline.json").write_text(exports.timeline_json(stored), encoding="utf-8")
    told = methods.as_markdown(stored["methods"], corpus, record.parameters())
    (folder / "methods.md").write_text(told, encoding="utf-8")
    if no_texts:
        Withheld(stored).folder(folder)
    made = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    mark = {"corpus": corpus, "state": state, "files": made}
    (folder / MARK).write_text(json.dumps(mark, indent=1) + "\n", encoding="utf-8")


def _check_target(target: Path, corpus: str) -> None:
    """Refuse to put a report where anything else would be lost."""
    elsewhere = "Choose another folder with --out DIR"
    if target.is_file():
        raise CorpusError(f"{target} is a file. {elsewhere}")
    if not target.is_dir() or not any(target.iterdir()):
        return
    mark = load_json(target / MARK)
    if not mark:
        raise CorpusError(f"{target} holds something else than a report. {elsewhere}")
    if mark.get("corpus") != corpus:
        raise CorpusError(f"{target} holds the report of the corpus {mark.get('corpus')!r}. {elsewhere}")
    ours = {MARK, *mark.get("files", [])}
    files = {file.relative_to(target).as_posix() for file in target.rglob("*") if file.is_file()}
    if foreign := sorted(files - ours):
        raise CorpusError(f"{target} holds a file that is not of the report: {foreign[0]}. Move it elsewhere")
