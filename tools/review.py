"""Show what a change does: the notebooks' sources that differ from a commit, then the findings that do.

Usage: python tools/review.py BASE [--corpus data/seeds]   (make diff BASE=main)

The package, notebooks and articles of BASE are taken out of git into a temporary folder and run there with
the packages of this environment; this side is run as it lies here, committed or not. reports/diff/ then has
both reports (before, after) and what differs (changes.txt, changes.md). The report of BASE is kept until
something that it depends on is another.
"""

import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "reports" / "diff"
LOCK = "requirements.lock"
NEEDED = ("src/helpers", "notebooks", LOCK)  # of BASE, beside the corpus
# What belongs to a table of articles and lies beside it, as `helpers.paths` names it.
BESIDE = ("manifest.csv", "codebook.yml", "codebook.suggested.yml", "corpus.yml", "labels.csv")
LIMIT = 900_000  # bytes of changes.md: GitHub shows a summary of at most 1 MiB
MARK = ".parallax.json"  # in a report
COLOUR = r"\x1b\[[\d;]*m"
TIME = re.compile(
    rf"^((?:{COLOUR})*[+-]{{3}} .*?)  (?:\(no timestamp\)|\d{{4}}-\d\d-\d\d [\d:.]+)", re.MULTILINE
)
# Where a hook of git runs this, these would let git look elsewhere.
ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
CLEAN = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}


class ReviewError(Exception):
    """What keeps both sides from being compared."""


def git(*words: str) -> str:
    """What a git command on this clone prints, without the end of its last line."""
    done = subprocess.run(["git", *words], cwd=ROOT, env=CLEAN, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise ReviewError(f"git {words[0]}: {done.stderr.strip()}")
    return done.stdout.rstrip("\n")


def commit(base: str) -> str:
    """The commit that a name stands for."""
    try:
        return git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    except ReviewError:
        raise ReviewError(f"There is no commit called {base}. Fetch it, or name another: BASE=…") from None


def sources(base: str, colour: bool) -> str:
    """The notebooks' source hunks, as nbdime writes them but for times; of files new to git the names."""
    nbdiff = [str(Path(sys.executable).with_name("nbdiff")), "--sources", *([] if colour else ["--no-color"])]
    done = subprocess.run(
        [*nbdiff, base, "--", "notebooks"], cwd=ROOT, env=CLEAN, capture_output=True, encoding="utf-8"
    )
    if done.returncode:
        raise ReviewError(f"nbdiff: {done.stderr.strip()}")
    new = git("ls-files", "--others", "--exclude-standard", "--", "notebooks/*.ipynb").splitlines()
    told = [f"{name} is not shown until git add names it" for name in new]
    return "\n".join(filter(None, [TIME.sub(r"\1", done.stdout).rstrip("\n"), *told]))


def objects(base: str, corpus: Path) -> dict[str, str]:
    """What the report of BASE depends on: path → object of git; the corpus only if git has it."""
    own = [part.relative_to(ROOT).as_posix() for part in parts(corpus) if part.is_relative_to(ROOT)]
    names = [*NEEDED, *own]
    listed = [line.split(maxsplit=3) for line in git("ls-tree", "-z", base, "--", *names).split("\0") if line]
    return {path: digest for _, _, digest, path in listed}


def parts(corpus: Path) -> list[Path]:
    """Where a corpus lies: its folder, or its table and what may lie beside that."""
    return [corpus] if corpus.is_dir() else [corpus, *map(corpus.with_name, BESIDE)]


def key(found: dict[str, str], corpus: Path) -> str:
    """A digest of all that the report of BASE depends on."""
    told = [sys.version, (ROOT / LOCK).read_text(encoding="utf-8"), str(corpus), *map(str, found.items())]
    if not any(ROOT / path == corpus for path in found):  # of this folder then, as it lies there
        files = [file for part in parts(corpus) for file in (part, *sorted(part.rglob("*")))]
        told += [
            f"{file} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files if file.is_file()
        ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def report(home: Path, corpus: Path, side: str) -> None:
    """Make the report of a side with the package and notebooks of a tree; what that says goes to stderr."""
    mark = OUT / side / MARK
    if mark.is_file() and json.loads(mark.read_text(encoding="utf-8"))["corpus"] != name_of(corpus):
        shutil.rmtree(OUT / side)
    words = helpers("report", str(corpus), "--out", str(OUT / side))
    done = subprocess.run(words, cwd=home, env=environment(home), stdout=sys.stderr.fileno())
    if done.returncode:
        raise ReviewError("The notebooks of one side did not run to their end, as told above")


def name_of(corpus: Path) -> str:
    """The corpus's name, as `helpers.paths.claim` gives it."""
    return corpus.name if corpus.is_dir() else Path(corpus.name.removesuffix(".gz")).stem


def helpers(*words: str) -> list[str]:
    return [sys.executable, "-m", "helpers", *words]


def environment(home: Path) -> dict[str, str]:
    """Of the tree's own package and folders, whatever the environment has installed."""
    return os.environ | {"PYTHONPATH": str(home / "src"), "PARALLAX_HOME": str(home)}


def make_before(base: str, name: str, corpus: Path) -> None:
    """Bring the report of BASE up to date."""
    found, known = objects(base, corpus), OUT / "before.key"
    if missing := [path for path in NEEDED if path not in found]:
        raise ReviewError(f"{name} has no {missing[0]}")
    made = key(found, corpus)
    if known.is_file() and known.read_text() == made and (OUT / "before" / MARK).is_file():
        return
    known.unlink(missing_ok=True)
    words = ["git", "archive", base, *found]
    archive = subprocess.run(words, cwd=ROOT, env=CLEAN, capture_output=True, check=True).stdout
    with tempfile.TemporaryDirectory(prefix="parallax-review-") as folder:
        home = Path(folder).resolve()
        with tarfile.open(fileobj=io.BytesIO(archive)) as tree:
            tree.extractall(home, filter="data")
        inside = home / corpus.relative_to(ROOT) if corpus.is_relative_to(ROOT) else corpus
        click.echo(f"The report of {name}", err=True)
        report(home, inside if inside.exists() else corpus, "before")
    known.write_text(made)


def findings(base: str, name: str, corpus: Path) -> list[str]:
    """What differs in the findings, as text and as Markdown; both reports are made first if need be."""
    if not re.search(r"^findings\tsubject\t", git("show", f"{base}:src/helpers/tables.tsv"), re.MULTILINE):
        return [f"Findings cannot be compared: in {name} they do not yet say what they are about.\n"] * 2
    if not corpus.exists():
        raise ReviewError(f"There is no corpus {corpus}")
    if (OUT / MARK).is_file():
        raise ReviewError(f"{OUT} is the report of a corpus; rename that corpus")
    OUT.mkdir(parents=True, exist_ok=True)
    make_before(base, name, corpus)
    click.echo("The report of this side", err=True)
    report(ROOT, corpus, "after")
    told = [changes(), changes("--markdown")]
    note = ""
    if not any(ROOT / path == corpus for path in objects(base, corpus)):
        note = f"{name} has no corpus {corpus.name}: both sides were run on its files as they are now.\n\n"
    if others := differing(base, corpus):
        note += f"Beside notebooks differ: {', '.join(others)}.\n\n"
    if LOCK in others:
        note += f"{LOCK} differs: {name} was run with the packages that are installed here.\n\n"
    return [note + one for one in told]


def differing(base: str, corpus: Path) -> list[str]:
    """The files beside the notebooks on which a report depends and that are not as in BASE, new ones too."""
    names = ["src/helpers", LOCK, *([str(corpus)] if corpus.is_relative_to(ROOT) else [])]
    changed = git("diff", "-z", "--name-only", base, "--", *names)
    added = git("ls-files", "-z", "--others", "--exclude-standard", "--", *names)
    return sorted({*changed.split("\0"), *added.split("\0")} - {""})


def changes(*form: str) -> str:
    """What differs between the two reports."""
    words = helpers("changes", str(OUT / "before"), str(OUT / "after"), *form)
    done = subprocess.run(words, cwd=ROOT, env=environment(ROOT), stdout=subprocess.PIPE)
    if done.returncode:
        raise ReviewError("The two reports could not be read, as told above")
    return done.stdout.decode()


def page(hunks: str, told: str) -> str:
    """Sources and findings as Markdown, short enough for a summary; sources are cut first."""
    rest = f"## Findings\n\n{told}"
    room = LIMIT - len(rest.encode())
    if len(hunks.encode()) > room:
        hunks = hunks.encode()[: max(room, 0)].decode(errors="ignore") + "\n… (cut; changes.txt has all)"
    # Longer than any run of its own, so that nothing in a notebook ends the block.
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", hunks)), default=0))
    block = f"{fence}diff\n{hunks}\n{fence}" if hunks else "None differs (outputs may)."
    return f"## Notebook sources\n\n{block}\n\n{rest}"


@click.command(help=__doc__.splitlines()[0])
@click.argument("base")
@click.option("--corpus", type=click.Path(path_type=Path), default=ROOT / "data" / "seeds")
def main(base: str, corpus: Path) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is temporary goes then as well
    failed = False
    try:
        found = commit(base)
        hunks = sources(found, sys.stdout.isatty())
        click.echo(f"{hunks or f'No notebook source differs from {base} (outputs may)'}\n")
    except ReviewError as error:
        raise click.ClickException(str(error)) from None
    try:
        text, markdown = findings(found, base, corpus.resolve())
    except ReviewError as error:
        failed, text = True, f"Findings were not compared. {error}.\n"
        markdown = text
    click.echo(text, nl=False)
    plain = re.sub(COLOUR, "", hunks)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "changes.txt").write_text(f"{plain}\n\n{text}", encoding="utf-8")
    (OUT / "changes.md").write_text(page(plain, markdown), encoding="utf-8")
    sys.exit(failed)


if __name__ == "__main__":
    main()
