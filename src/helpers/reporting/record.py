"""What has been run for a corpus, and what has changed since.

A notebook's result depends on its source, its parameters, the package, the lock, and what it reads: the
corpus folder for the first one, tables of earlier ones for the others. A digest of all that is its key; a
notebook with the key it had when it last ran, whose tables are still as it left them, need not run again.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from helpers import paths

# Which tables a notebook reads, by the notebook that writes them: all where none is named. One that is not
# here reads all tables of those before it.
READS: dict[str, dict[str, tuple[str, ...]]] = {
    "01_ingestion": {},
    "02_topics": {"01_ingestion": ("articles", "fields", "sentences", "mentions", "labels", "codebook")},
    "03_tone": {
        "01_ingestion": ("articles", "sentences", "quotes", "mentions", "codebook", "tone_labels"),
        "02_topics": ("groups",),
    },
    "04_timeline": {
        "01_ingestion": ("articles", "sentences", "quotes", "credits"),
        "03_tone": ("language",),
    },
    "05_briefing": {"01_ingestion": (), "02_topics": (), "03_tone": (), "04_timeline": ()},
}

Parameters = dict[str, dict[str, object]]  # notebook → parameter → value

_FILE = "run.json"


class Record:
    """The runs of a corpus, kept in `data/interim/<corpus>/run.json`.

    Parameters
    ----------
    corpus
        The corpus's name.
    notebooks
        Name without ending → file, in order.
    given
        The parameters each notebook is to be run with.
    """

    def __init__(self, corpus: str, notebooks: dict[str, Path], given: Parameters) -> None:
        self.corpus, self.notebooks, self.given = corpus, notebooks, given
        self.folder = paths.interim(corpus)
        self._file = self.folder / _FILE
        self._past: dict[str, dict] = load_json(self._file)
        self._code = _digest(_code())

    def waves(self) -> Iterator[list[str]]:
        """The notebooks in groups that can run at once, each after all it reads."""
        done: set[str] = set()
        while len(done) < len(self.notebooks):
            wave = [n for n in self.notebooks if n not in done and set(self._reads(n)) <= done]
            yield wave
            done.update(wave)

    def is_fresh(self, notebook: str) -> bool:
        """Whether a notebook's last run still stands."""
        past = self._past.get(notebook)
        if past is None or past["key"] != self.key(notebook) or not self.executed(notebook).is_file():
            return False
        return past["tables"] == {name: _digest({name: self.folder / name}) for name in past["tables"]}

    def key(self, notebook: str) -> str:
        """A digest of all that a notebook's result depends on, to be taken before it runs."""
        reads = self._reads(notebook)
        written = {past: self._past.get(past, {}).get("tables", {}) for past in reads}
        tables = [
            name
            for past, names in reads.items()
            for name in sorted(written[past])
            if not names or name.removesuffix(".parquet") in names
        ]
        inputs = {name: self.folder / name for name in tables} if reads else _articles(self.corpus)
        given = json.dumps(self.given[notebook], sort_keys=True)
        return _digest({notebook: self.notebooks[notebook], **inputs}, self._code, given)

    def note(self, keys: dict[str, str]) -> None:
        """Remember that these notebooks have run, each with the key it had before."""
        from helpers import tables

        for notebook, key in keys.items():
            mine = [name for name, table in tables.SCHEMAS.items() if table.writer == notebook]
            files = [file for name in mine if (file := tables.path(name, self.corpus)).is_file()]
            written = {file.name: _digest({file.name: file}) for file in files}
            self._past[notebook] = {"key": key, "tables": written}
        replace_text(self._file, json.dumps(self._past, indent=1, sort_keys=True))

    def executed(self, notebook: str) -> Path:
        """Where the executed form of a notebook lies."""
        return self.folder / "notebooks" / f"{notebook}.ipynb"

    def parameters(self) -> dict[str, object]:
        """The parameters that were given, by name; all others have their defaults."""
        given = {name: value for one in self.given.values() for name, value in one.items()}
        return {name: given[name] for name in sorted(given) if name != "corpus"}

    def state(self) -> str:
        """A digest of all that the pages are made from."""
        tables = sorted(self.folder.glob("*.parquet"))
        executed = {name: self.executed(name) for name in self.notebooks}
        return _digest(_code() | executed | {table.name: table for table in tables})

    def _reads(self, notebook: str) -> dict[str, tuple[str, ...]]:
        """The tables a notebook reads, by the earlier notebooks that write them."""
        names = list(self.notebooks)
        before = names[: names.index(notebook)]
        reads = READS.get(notebook, dict.fromkeys(before, ()))
        return {past: reads[past] for past in before if past in reads}


def rewritten(corpus: str) -> list[str]:
    """The notebooks whose tables are not as the last run left them, as when one was run in JupyterLab."""
    folder = paths.interim(corpus)
    left = {notebook: past["tables"] for notebook, past in load_json(folder / _FILE).items()}
    return [
        notebook
        for notebook, tables in sorted(left.items())
        if any(_digest({name: folder / name}) != digest for name, digest in tables.items())
    ]


def load_json(file: Path) -> dict:
    """The object in a JSON file; empty where there is none or it was cut off: all is stale then."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # of letters as well as of JSON
        return {}
    return found if isinstance(found, dict) else {}


def replace_text(file: Path, text: str) -> None:
    """Write a file so that it is never seen half-written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".tmp")
    aside.write_text(text, encoding="utf-8")
    aside.replace(file)


def _code() -> dict[str, Path]:
    """The files whose change makes every result stale: the package and the lock."""
    package = Path(__file__).parents[1]
    files = (file for file in package.rglob("*") if file.is_file() and file.suffix != ".pyc")
    named = {file.relative_to(package).as_posix(): file for file in files}
    return named | {"requirements.lock": paths.ROOT / "requirements.lock"}


def _articles(corpus: str) -> dict[str, Path]:
    """What the first notebook reads of a corpus; notes for people change no result."""
    source = paths.folder(corpus)
    names = (paths.MANIFEST, paths.CODEBOOK, paths.SUGGESTED, paths.LABELS, paths.SETTINGS)
    own = [paths.own_file(source, name) for name in names]
    # Of an attached folder only that it is there. A name may be no text: ascii() can be encoded.
    files = [*paths.article_files(source), *paths.attachments(source), *own]
    return {ascii(file.relative_to(paths.home(source)).as_posix()): file for file in files}


def _digest(files: dict[str, Path], *texts: str) -> str:
    """SHA-256 over names and contents, in the order of the names; a file that is gone counts as such."""
    total = hashlib.sha256()
    for text in texts:
        total.update(hashlib.sha256(text.encode()).digest())
    for name, path in sorted(files.items()):
        content = path.read_bytes() if path.is_file() else b"gone"
        total.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(content).digest())
    return total.hexdigest()
