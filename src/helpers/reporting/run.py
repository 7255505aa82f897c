"""The main job: every notebook on one corpus, in order, into a folder of HTML pages.

papermill executes and nbconvert renders, in this process. A notebook runs again only when its source, its
parameters, the package or what it reads has changed. Pages are built aside and take the place of the last
report when all is well, so a failed run leaves that report as it was.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import paths
from helpers.paths import CorpusError

if TYPE_CHECKING:
    from tqdm import tqdm

# Which notebooks' tables a notebook reads. One that is not named here reads those of all before it.
READS = {
    "01_ingestion": (),
    "02_topics": ("01_ingestion",),
    "03_tone": ("01_ingestion",),
    "04_timeline": ("01_ingestion",),
    "05_briefing": ("01_ingestion", "02_topics", "03_tone", "04_timeline"),
}
MARK = ".parallax.json"  # tells a report from any other folder
_KERNEL = {
    "PYTHONUTF8": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JUPYTER_PREFER_ENV_PATH": "1",  # the environment's own kernel, whatever the user has installed
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


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
    tell: Callable[[str], None] = print,
) -> Path:
    """Make the report of a corpus.

    Parameters
    ----------
    folder
        The articles, with `manifest.csv` and `codebook.yml` where there are any.
    out
        Where the pages go; by default `reports/<name>`. A folder that holds anything but a report is refused.
    name
        The corpus's name; by default the folder's.
    jobs
        How many notebooks may run at once.
    parameters
        Values for the notebooks' parameters, by name; each goes to every notebook that has it.
    force
        Run everything, changed or not.
    tell
        Takes the lines that say what is going on.

    Returns
    -------
    Path
        The report's `index.html`.

    Raises
    ------
    helpers.paths.CorpusError
        If folder, name, `out` or a parameter cannot be used.
    RunError
        If a notebook stops. The last report is untouched.
    """
    corpus = paths.claim(folder, name)
    target = (out or paths.REPORTS / corpus).resolve()
    _check_target(target)
    notebooks = {path.stem: path for path in sorted(paths.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))}
    if not notebooks:
        raise CorpusError(
            f"There are no notebooks in {paths.NOTEBOOKS}. Run this from a clone of the project"
        )
    given = _given(notebooks, parameters or {})
    for later in notebooks:
        given[later]["corpus"] = corpus
    run = _Run(corpus, notebooks, given, force)
    ran = run.execute(jobs, tell)
    state = run.state()
    if not ran and _published(target) == state:
        tell(f"Nothing has changed since the last run: {target / 'index.html'}")
        return target / "index.html"
    _publish(target, corpus, list(notebooks), state)
    unchanged = [notebook for notebook in notebooks if notebook not in ran]
    if unchanged:
        tell(f"Unchanged and not run again: {', '.join(unchanged)}")
    tell(f"The report is ready: {target / 'index.html'}")
    return target / "index.html"


class _Run:
    """What has been executed for a corpus, kept in `data/interim/<corpus>/run.json`."""

    def __init__(
        self, corpus: str, notebooks: dict[str, Path], given: dict[str, dict[str, object]], force: bool
    ) -> None:
        self.corpus, self.notebooks, self.given, self.force = corpus, notebooks, given, force
        self.folder = paths.interim(corpus)
        self.file = self.folder / "run.json"
        self.record: dict[str, dict] = _load(self.file)
        self.code = _digest(_code())

    def execute(self, jobs: int, tell: Callable[[str], None]) -> set[str]:
        """Run what is not up to date, each notebook after those it reads; return what was run."""
        ran: set[str] = set()
        for wave in _waves(list(self.notebooks)):
            stale = [notebook for notebook in wave if self.force or not self._fresh(notebook)]
            if not stale:
                continue
            tell(f"Running {', '.join(stale)}")
            with _kernel_environment(), self._progress(stale) as bar, ThreadPoolExecutor(jobs) as pool:
                list(pool.map(lambda notebook: self._execute(notebook, bar.update), stale))
            for notebook in stale:
                tables = {path.name: _digest([path]) for path in self._written(notebook)}
                self.record[notebook] = {"key": self._key(notebook), "tables": tables}
            _write(self.file, json.dumps(self.record, indent=1, sort_keys=True))
            ran.update(stale)
        return ran

    def state(self) -> str:
        """A digest of all that the pages are made from."""
        executed = [self._executed(notebook) for notebook in self.notebooks]
        return _digest([*_code(), *executed], " ".join(self.notebooks))

    def _fresh(self, notebook: str) -> bool:
        past = self.record.get(notebook)
        return (
            past is not None
            and past["key"] == self._key(notebook)
            and self._executed(notebook).is_file()
            and all(_digest([self.folder / table]) == digest for table, digest in past["tables"].items())
        )

    def _key(self, notebook: str) -> str:
        """A digest of all that a notebook's result depends on."""
        reads = _reads(notebook, list(self.notebooks))
        inputs = [
            self.folder / table
            for past in reads
            for table in sorted(self.record.get(past, {}).get("tables", {}))
        ]
        inputs += [] if reads else _files(paths.folder(self.corpus))
        given = json.dumps(self.given[notebook], sort_keys=True)
        return _digest([self.notebooks[notebook], *inputs], self.code, given)

    def _written(self, notebook: str) -> list[Path]:
        from helpers import tables

        mine = (tables.path(name, self.corpus) for name, t in tables.SCHEMAS.items() if t.writer == notebook)
        return [path for path in mine if path.is_file()]

    def _executed(self, notebook: str) -> Path:
        return self.folder / "notebooks" / f"{notebook}.ipynb"

    def _progress(self, notebooks: list[str]) -> "tqdm":
        """A bar that counts executed cells; none where the output is no terminal."""
        from tqdm import tqdm

        sources = [_load(self.notebooks[notebook])["cells"] for notebook in notebooks]
        cells = sum(cell["cell_type"] == "code" for source in sources for cell in source)
        given = sum(bool(self.given[notebook]) for notebook in notebooks)  # papermill adds a cell
        return tqdm(total=cells + given, unit="cell", disable=None, leave=False)

    def _execute(self, notebook: str, count: Callable[[], None]) -> None:
        import nbformat
        import papermill
        from nbclient.exceptions import CellControlSignal, DeadKernelError
        from papermill.exceptions import PapermillException, PapermillExecutionError
        from traitlets.config import Config

        failed = self.folder / "failed" / f"{notebook}.ipynb"
        failed.parent.mkdir(parents=True, exist_ok=True)
        failed.unlink(missing_ok=True)
        try:
            done = papermill.execute_notebook(
                self.notebooks[notebook], failed, self.given[notebook], kernel_name="python3", language="python",
                cwd=self.notebooks[notebook].parent, progress_bar=False,
                on_cell_executed=lambda **_: count(),
                config=Config(KernelManager={"transport_encryption": "auto"}),
            )  # fmt: skip
        except PapermillExecutionError as error:
            raise RunError(_plain_words(notebook, error, failed)) from None
        except (PapermillException, DeadKernelError, CellControlSignal) as error:
            raise RunError(f"{notebook} could not be run to its end: {error}. See {failed}") from None
        target = self._executed(notebook)
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, nbformat.writes(_timeless(done)))
        failed.unlink()


def _given(notebooks: dict[str, Path], parameters: dict[str, object]) -> dict[str, dict[str, object]]:
    """The given parameters each notebook has."""
    given: dict[str, dict[str, object]] = {notebook: {} for notebook in notebooks}
    if not parameters:
        return given
    import papermill

    known = {notebook: set(papermill.inspect_notebook(path)) for notebook, path in notebooks.items()}
    real = sorted(set().union(*known.values()) - {"corpus"})
    for name, value in parameters.items():
        if name not in real:
            raise CorpusError(f"No notebook has a parameter {name!r}. The parameters are: {', '.join(real)}")
        for notebook, names in known.items():
            if name in names:
                given[notebook][name] = value
    return given


def _reads(notebook: str, notebooks: list[str]) -> list[str]:
    before = notebooks[: notebooks.index(notebook)]
    return [past for past in before if past in READS.get(notebook, before)]


def _waves(notebooks: list[str]) -> Iterator[list[str]]:
    """The notebooks in groups that can run at once, each after all it reads."""
    done: set[str] = set()
    while len(done) < len(notebooks):
        wave = [n for n in notebooks if n not in done and set(_reads(n, notebooks)) <= done]
        yield wave
        done.update(wave)


def _plain_words(notebook: str, error: object, failed: Path) -> str:
    cells = _load(failed).get("cells", [])
    headings = [
        line.lstrip("# ")
        for cell in cells[: error.cell_index]
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
        if re.match(r"#+ ", line)
    ]
    where = f", under “{headings[-1]}”" if headings else ""
    return (
        f"{notebook} stopped at cell {error.cell_index + 1}{where}:\n  {error.ename}: {error.evalue}\n"
        f"The cell:\n{_indented(error.source)}\n"
        f"The last report is as it was. The notebook as far as it got: {failed}"
    )


def _indented(text: str) -> str:
    return "\n".join(f"  | {line}" for line in text.splitlines())


def _timeless(notebook: dict) -> dict:
    """The notebook without papermill's and the kernel's notes of when and how long."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
    return notebook


@contextlib.contextmanager
def _kernel_environment() -> Iterator[None]:
    """Kernels see one locale, one time zone, one thread and no profile of the user's."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="parallax-") as profile:
        os.environ.update(_KERNEL, IPYTHONDIR=profile)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _publish(target: Path, corpus: str, notebooks: list[str], state: str) -> None:
    """Build the pages aside, then put them in the place of the last report."""
    import nbformat

    from helpers import tables
    from helpers.reporting import pages

    stored = {
        name: tables.read(name, corpus) for name in tables.SCHEMAS if tables.path(name, corpus).is_file()
    }
    tables.check_links(stored)
    target.parent.mkdir(parents=True, exist_ok=True)
    build = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for notebook in notebooks:
            executed = nbformat.read(paths.interim(corpus) / "notebooks" / f"{notebook}.ipynb", as_version=4)
            page = pages.notebook_page(executed, notebook, notebooks, corpus)
            (build / pages.href(notebook)).write_text(page, encoding="utf-8")
        evidence = pages.evidence_page(stored, notebooks, corpus)
        (build / pages.EVIDENCE).write_text(evidence, encoding="utf-8")
        (build / "tables").mkdir()
        for name, table in stored.items():
            tables.to_csv(table, build / "tables" / f"{name}.csv")
        (build / MARK).write_text(json.dumps({"corpus": corpus, "state": state}) + "\n", encoding="utf-8")
        build.chmod(0o755)
        last = build.with_name(build.name + "-last")
        if target.exists():
            target.rename(last)
        build.rename(target)
        shutil.rmtree(last, ignore_errors=True)
    finally:
        shutil.rmtree(build, ignore_errors=True)


def _published(target: Path) -> str | None:
    return _load(target / MARK).get("state")


def _check_target(target: Path) -> None:
    if target.is_dir() and not (target / MARK).is_file() and any(target.iterdir()):
        raise CorpusError(
            f"{target} holds something else than a report. Choose another folder with --out DIR"
        )
    if target.is_file():
        raise CorpusError(f"{target} is a file. Choose a folder with --out DIR")


def _code() -> list[Path]:
    """The files whose change makes every result stale: the package and the lock."""
    package = Path(__file__).parents[1]
    return [path for path in _files(package) if path.suffix != ".pyc"] + _existing(
        paths.ROOT / "requirements.lock"
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _existing(path: Path) -> list[Path]:
    return [path] if path.is_file() else []


def _digest(files: Iterable[Path], *texts: str) -> str:
    """SHA-256 over names and contents; a file that is gone counts as such."""
    total = hashlib.sha256()
    for text in texts:
        total.update(hashlib.sha256(text.encode()).digest())
    for path in files:
        content = path.read_bytes() if path.is_file() else b"gone"
        name = "/".join(path.parts[-2:])
        total.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(content).digest())
    return total.hexdigest()


def _load(file: Path) -> dict:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}  # never run, or cut off while writing: everything is stale then


def _write(file: Path, text: str) -> None:
    aside = file.with_suffix(".tmp")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)
