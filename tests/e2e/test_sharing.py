"""What may be passed on where copyright forbids to pass on texts: a report without them, and an archive."""

import base64
import csv
import json
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from test_report import Project

from helpers import paths
from helpers.reporting import run


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = Project(tmp_path_factory.mktemp("sharing"))
    said = "The harbour council approved the new breakwater on Monday after two years of debate."
    labels = f"sentence_id,code,label,coder,text\na:s001,storms,no,1,{said}\n"
    (made.corpus / "labels.csv").write_text(labels)
    (made.corpus / "corpus.yml").write_text("columns: {}\n")
    done = made.run()
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="module")
def zipped(project):
    done = project.command("archive", project.corpus)
    assert done.stdout == f"The archive is ready: {project.root / 'reports' / 'harbour.zip'}\n", done.stderr
    return project.root / "reports" / "harbour.zip"


def tokens(text):
    return re.findall(r"[^\W_]+", text.lower())


def runs(text):
    """Every run of thirteen words, most of which are no numbers."""
    found = tokens(text)
    windows = (found[start : start + 13] for start in range(len(found) - 12))
    return {" ".join(window) for window in windows if sum(not word.isdigit() for word in window) > 6}


def articles_runs(report):
    with (report / "tables" / "articles.csv").open(newline="") as articles:
        rows = [row[column] for row in csv.DictReader(articles) for column in ("title", "subtitle", "text")]
    with (report / "tables" / "ledger.csv").open(newline="") as lines:
        rows += [row["text"] for row in csv.DictReader(lines)]
    return set().union(*map(runs, rows))


def texts(name, content):
    """The texts that a file shows: of a page as one, and its descriptions and pictures."""
    if name.endswith((".html", ".svg")):
        for picture in re.findall(r"data:image/svg\+xml;base64,([\w+/=]+)", content):
            yield from texts("picture.svg", base64.b64decode(picture).decode())
        yield from (unescape(said) for said in re.findall(r'(?:alt|title)="([^"]*)"', content))
        bare = re.sub(r"<(style|script)\b.*?</\1>", "", content, flags=re.DOTALL)
        yield unescape(re.sub(r"</?(?:a|b|em|mark|span)\b[^>]*>", "", bare)).replace("<", " <")
    elif name.endswith(".csv"):
        yield from (cell for row in csv.reader(content.splitlines(keepends=True)) for cell in row)
    else:
        yield content


def shown(files):
    return {name: set().union(*map(runs, texts(name, content))) for name, content in files.items()}


def read(report):
    files = (file for file in report.rglob("*") if file.is_file())
    return {file.relative_to(report).as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_a_report_without_texts_holds_no_run_of_thirteen_words_of_an_article(project):
    done = project.run(project.corpus, "--no-texts", "--out", project.root / "shared")
    assert done.returncode == 0 and "Running" not in done.stdout, done.stderr
    withheld = articles_runs(project.report)
    full, shared = shown(read(project.report)), shown(read(project.root / "shared"))
    assert {name for name, found in full.items() if found & withheld} >= {
        "evidence.html", "04_timeline.html", "tables/articles.csv", "tables/sentences.csv",
        "tables/timeline.json",
    }  # fmt: skip
    assert not {name: found & withheld for name, found in shared.items() if found & withheld}
    assert full.keys() == shared.keys()


def test_the_seeds_report_without_texts_holds_none_either(tmp_path):
    seeds = paths.DATA / "seeds"
    for part, no_texts in (("full", False), ("shared", True)):
        run.report(seeds, out=tmp_path / part, no_texts=no_texts, tell=lambda _: None)
    withheld = articles_runs(tmp_path / "full")
    leaks = {name: found & withheld for name, found in shown(read(tmp_path / "shared")).items()}
    assert sum(map(bool, shown(read(tmp_path / "full")).values())) > 8
    assert not {name: found for name, found in leaks.items() if found}


def test_a_report_without_texts_says_so_and_the_next_one_has_them_again(project):
    shared = project.root / "shared"
    assert all("Full texts are left out" in page for page in project.pages(shared).values())
    assert project.run(project.corpus, "--no-texts", "--out", shared).stdout.startswith("Nothing has changed")
    project.run(project.corpus, "--out", shared)
    assert project.pages(shared) == project.pages()


def test_the_method_is_told_with_the_numbers_of_the_run(project):
    told = (project.report / "methods.md").read_text()
    assert told.startswith("# Methods: harbour\n\n**Corpus.** 3 articles (")
    assert "Every parameter had its default." in told and "Computed with Parallax" in told


def test_an_archive_holds_numbers_addresses_and_hashes_and_no_texts(project, zipped):
    with zipfile.ZipFile(zipped) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {"README.txt", "archive.json", "manifest.csv", "methods.md", "tables/rates.csv"} <= files.keys()
    assert {name for name in files if name.startswith("corpus/")} == {
        "corpus/codebook.yml", "corpus/corpus.yml", "corpus/labels.csv", "corpus/manifest.csv",
    }  # fmt: skip
    withheld = articles_runs(project.report)
    assert not {name for name, found in shown(files).items() if found & withheld}
    assert files["corpus/labels.csv"] == "sentence_id,code,label,coder\na:s001,storms,no,1\n"
    manifest = list(csv.DictReader(files["manifest.csv"].splitlines()))
    assert [row["file"] for row in manifest] == ["a.txt", "b.html", "c.txt"]
    assert all(len(row["sha256_file"]) == len(row["sha256_text"]) == 64 for row in manifest)
    assert json.loads(files["archive.json"])["tables"]["articles"]["rows"] == 3


def test_the_same_corpus_gives_the_same_archive_and_no_other_file_is_written_over(project, zipped):
    before = zipped.read_bytes()
    done = project.command("archive", project.corpus)
    assert done.returncode == 0 and zipped.read_bytes() == before
    precious = project.root / "thesis.zip"
    precious.write_text("mine")
    done = project.command("archive", project.corpus, "--out", precious)
    assert done.returncode == 1 and "is something else than an archive" in done.stderr
    done = project.command("archive", project.corpus, "--out", project.corpus / "x.zip")
    assert "results would be read as articles" in done.stderr and precious.read_text() == "mine"


def test_a_corpus_is_verified_and_a_changed_one_is_told_text_by_text_and_table_by_table(project, zipped):
    interim = project.root / "data" / "interim"
    before = {file: file.read_bytes() for file in interim.rglob("*") if file.is_file()}
    done = project.command("verify", zipped, project.corpus)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Texts: 3 the same, 0 changed, 0 missing, 0 new\n" in done.stdout
    assert done.stdout.endswith("\nAll texts and numbers are the same.\n") and "differs" not in done.stdout
    other = project.root / "articles" / "other"
    other.mkdir()
    for file in project.corpus.iterdir():
        (other / file.name).write_text(file.read_text())
    (other / "a.txt").write_text((other / "a.txt").read_text().replace("a dozen boats", "storms and boats"))
    (other / "d.txt").write_text((other / "c.txt").read_text().replace("Montag", "Dienstag"))
    (other / "c.txt").unlink()
    done = project.command("verify", zipped, other)
    assert done.returncode == 1, done.stderr
    assert "Texts: 1 the same, 1 changed, 1 missing, 1 new\n" in done.stdout
    assert "  changed: a (a.txt)\n  missing: c (c.txt)\n  new: d (d.txt)\n" in done.stdout
    assert re.search(r"Table rates: differs \(\d+ rows then, \d+ now\); first kind=\w+, code=", done.stdout)
    assert "Table codebook: the same\n" in done.stdout
    assert done.stdout.endswith("Not everything is the same.\n")
    assert {file: file.read_bytes() for file in interim.rglob("*") if file.is_file()} == before


def test_verify_refuses_what_is_no_archive_with_a_plain_message(project, tmp_path):
    (tmp_path / "x.zip").write_text("no zip")
    for file, message in (
        (tmp_path / "x.zip", "is not an archive that can be used"),
        (Path("no.zip"), "No such"),
    ):
        done = project.command("verify", file, project.corpus)
        assert done.returncode == 1 and message in done.stderr and "Traceback" not in done.stderr
