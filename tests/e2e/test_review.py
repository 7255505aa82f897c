"""`make diff` in a small clone: what it shows of a change, and what it leaves behind."""

import importlib.util
import os
import re
import signal
import subprocess
import time

import pytest
from clone import Clone
from test_report import CODEBOOK, DUMP, MANIFEST, PAGE

from helpers import paths

CORPUS = "data/harbour"
spec = importlib.util.spec_from_file_location("review", paths.ROOT / "tools" / "review.py")
review = importlib.util.module_from_spec(spec)
spec.loader.exec_module(review)


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    clone = Clone(tmp_path_factory.mktemp("review") / "clone", "src", "notebooks", "tools")
    corpus = clone.root / CORPUS
    corpus.mkdir(parents=True)
    texts = {"a.txt": DUMP, "b.html": PAGE, "codebook.yml": CODEBOOK, "manifest.csv": MANIFEST}
    for name, text in texts.items():
        (corpus / name).write_text(text.replace("c.txt,Outlet C,news\n", ""), encoding="utf-8")
    clone.git("add", "--force", CORPUS)  # .gitignore leaves out all corpora but the seeds
    clone.commit("A corpus")
    return clone


def diff(clone, base="HEAD", *words):
    return clone.make("diff", f"BASE={base}", f"CORPUS={CORPUS}", *words)


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{text.count(old)} times in {file}: {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def commented(clone):
    """Comments in a codebook, a notebook and a module, not committed; and what `make diff` says of them."""
    change(clone.root / CORPUS / "codebook.yml", "  cost:\n", "  # what it costs\n  cost:\n")
    line = '"told = [*ingestion.methods(), '
    change(clone.root / "notebooks" / "05_briefing.ipynb", line, f'"# each of the four\\n",\n    {line}')
    module = clone.root / "src" / "helpers" / "topics" / "frequency.py"
    module.write_text(module.read_text(encoding="utf-8") + "\n# the end\n", encoding="utf-8")
    done = diff(clone)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_a_comment_shows_as_a_source_and_changes_no_finding(clone, commented):
    assert "\n+# each of the four\n" in commented.stdout and "\x1b" not in commented.stdout
    assert commented.stdout.endswith("\nNo finding differs.\n")
    assert len(re.findall("^## modified", commented.stdout, re.MULTILINE)) == 1
    assert (clone.root / "reports/diff/changes.txt").read_text() == commented.stdout
    page = (clone.root / "reports/diff/changes.md").read_text()
    assert page.startswith("## Notebook sources\n\n```diff\n") and page.endswith(
        f"\n## Findings\n\nBeside notebooks differ: {CORPUS}/codebook.yml, "
        "src/helpers/topics/frequency.py.\n\nNo finding differs.\n"
    )


def test_both_reports_are_there_and_nothing_else_is_left(clone, commented):
    pages = [
        {page.name for page in (clone.root / "reports/diff" / side).glob("*.html")}
        for side in ("before", "after")
    ]
    assert pages[0] == pages[1] and "index.html" in pages[0]
    assert not list((clone.home / "tmp").glob("parallax-review-*"))
    assert len(clone.git("worktree", "list").splitlines()) == 1
    assert len(clone.git("status", "--porcelain").splitlines()) == 3  # the three comments


def test_the_report_of_a_commit_is_made_once(clone, commented):
    clone.git("commit", "--quiet", "--allow-empty", "-m", "Nothing")
    again = diff(clone)
    commits = [clone.git("rev-parse", name).strip() for name in ("HEAD~1", "HEAD")]
    assert again.stdout == commented.stdout.replace(*commits)
    assert "The report of HEAD" in commented.stderr and "The report of HEAD" not in again.stderr
    assert "Nothing has changed since the last run" in again.stderr


def test_of_a_table_its_codebook_and_manifest_count_as_well(tmp_path, monkeypatch):
    clone = Clone(tmp_path / "clone")
    monkeypatch.setattr(review, "ROOT", clone.root)
    for folder in ("kept", "known"):
        (clone.root / folder).mkdir()
        for name in ("harbour.csv", "other.csv", "codebook.yml"):
            (clone.root / folder / name).write_text(name)
    clone.git("add", "known")
    clone.git("commit", "--quiet", "-m", "A table")
    known, kept = (clone.root / folder / "harbour.csv" for folder in ("known", "kept"))
    assert list(review.objects("HEAD", known)) == ["known/codebook.yml", "known/harbour.csv"]
    before = review.key(review.objects("HEAD", kept), kept)
    kept.with_name("other.csv").write_text("Another corpus")
    assert review.key(review.objects("HEAD", kept), kept) == before
    kept.with_name("codebook.yml").write_text("Another codebook")
    assert review.key(review.objects("HEAD", kept), kept) != before


def test_a_notebook_that_git_does_not_know_is_named(tmp_path, monkeypatch):
    clone = Clone(tmp_path / "clone", "notebooks/explore.ipynb")
    monkeypatch.setattr(review, "ROOT", clone.root)
    clone.commit("A notebook")
    assert review.sources("HEAD", colour=False) == ""
    (clone.root / "notebooks" / "06_n.ipynb").write_text("{}")
    assert review.sources("HEAD", colour=False) == "notebooks/06_n.ipynb is not shown until git add names it"


def test_no_change_to_a_corpus_can_show_that_git_does_not_have_and_that_is_told(tmp_path, monkeypatch):
    told = {
        "git": "\nfindings\tsubject\t", "objects": {"src/helpers": "0"}, "differing": [],
        "changes": "No finding differs.\n", "make_before": None, "report": None,
    }  # fmt: skip
    for name, answer in told.items():
        monkeypatch.setattr(review, name, lambda *_, answer=answer: answer)
    monkeypatch.setattr(review, "ROOT", tmp_path)
    monkeypatch.setattr(review, "OUT", tmp_path / "diff")
    (corpus := tmp_path / "mine").mkdir()
    said = "main has no corpus mine: both sides were run on its files as they are now."
    assert review.findings("0", "main", corpus) == [f"{said}\n\nNo finding differs.\n"] * 2


def test_nothing_in_a_notebook_ends_the_block_that_shows_it():
    page = review.page("+a = 1\n+````\n+# Heading", "No finding differs.\n")
    assert (
        page.startswith("## Notebook sources\n\n`````diff\n+a") and "# Heading\n`````\n\n## Findings" in page
    )


def test_what_is_too_long_for_a_summary_loses_sources_and_no_finding():
    page = review.page("+ünlike\n" * review.LIMIT, "A finding.\n" * 1000)
    assert len(page.encode()) <= 2**20
    assert page.endswith("A finding.\n" * 1000) and "… (cut; changes.txt has all)\n```\n" in page


def test_a_name_that_is_no_commit_is_told(clone):
    done = diff(clone, "nowhere")
    assert done.returncode == 2
    assert "Error: There is no commit called nowhere" in done.stderr
    done = diff(clone, "--output=x")
    assert "There is no commit called --output=x" in done.stderr and not (clone.root / "x").exists()


def test_of_a_commit_before_findings_had_a_subject_the_sources_are_shown(clone, commented):
    table = clone.root / "src/helpers/tables.tsv"
    now = table.read_text(encoding="utf-8")
    table.write_text(re.sub(r"(?m)^findings\tsubject\t.*\n", "", now), encoding="utf-8")
    clone.git("stash", "--quiet")
    clone.git("stash", "apply", "--quiet")
    old = clone.git("stash", "create").strip() or clone.git("rev-parse", "stash@{0}").strip()
    table.write_text(now, encoding="utf-8")
    done = diff(clone, old)
    assert done.returncode == 0
    assert done.stdout == (
        f"No notebook source differs from {old} (outputs may)\n\n"
        f"Findings cannot be compared: in {old} they do not yet say what they are about.\n"
    )


def test_a_side_that_does_not_run_is_told_and_the_sources_are_shown(clone, commented):
    notebook = clone.root / "notebooks" / "01_ingestion.ipynb"
    text = notebook.read_text(encoding="utf-8")
    change(notebook, '"corpus = \\"seeds\\"', '"corpus = nothing.here # \\"seeds\\"')
    done = diff(clone)
    notebook.write_text(text, encoding="utf-8")
    assert done.returncode == 2
    assert "corpus = nothing.here" in done.stdout
    assert done.stdout.endswith(
        "Findings were not compared. The notebooks of one side did not run to their end, as told above.\n"
    )
    assert "01_ingestion stopped at code cell 1" in done.stderr


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_nothing_temporary_is_left_where_it_is_stopped(clone, commented, name):
    (clone.root / "reports/diff/before.key").unlink(missing_ok=True)
    running = subprocess.Popen(
        ["make", "-o", ".venv/.ready", "diff", "BASE=HEAD", f"CORPUS={CORPUS}"],
        cwd=clone.root, env=clone.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # whatever started the tests
    )  # fmt: skip
    try:
        wait_until(lambda: list((clone.home / "tmp").glob("parallax-review-*/data")))
        time.sleep(1)  # the notebooks are running then
        os.killpg(running.pid, getattr(signal, name))  # as a terminal does: the whole group hears of it
        wait_until(lambda: not list((clone.home / "tmp").glob("parallax-review-*")))
    finally:
        running.wait(60)
    assert not (clone.root / "reports/diff/before.key").exists()


def wait_until(holds, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
