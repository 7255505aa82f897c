"""The commands that start and check a corpus, as they are typed."""

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from helpers import codebook, paths, topics
from helpers.__main__ import main
from helpers.independence import independent
from helpers.ingestion import read_folder, sentences

STORY = """Council approves the new breakwater at last
10 February 2026
Port Ellery • Outlet A
The harbour council approved the new breakwater on Monday, after two years of long debate.
Fishermen had asked for a breakwater since the storms of August 2024 damaged a dozen boats.
The cost of the breakwater is a great burden for the town, the mayor of Port Ellery said.
"""


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    monkeypatch.setattr(paths, "INTERIM", tmp_path / "data" / "interim")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text(STORY)
    (tmp_path / "mine" / "notes.odt").write_text("x")
    return tmp_path / "mine"


def new(*words):
    return CliRunner().invoke(main, ["new", *map(str, words)], catch_exceptions=False)


def test_new_says_first_what_it_could_not_read_then_how_to_go_on(source, tmp_path):
    done = new("harbour", "--from", source)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[:2] == ["Not read (1):", f"  {read_folder(source)['files'].message.iloc[1]}"]
    assert lines[2] == "Files read: 1. Articles: 1."
    assert f"  {sys.executable} -m helpers check data/harbour" in lines
    assert {path.name for path in (tmp_path / "data" / "harbour").iterdir()} >= {
        "a.txt",
        "manifest.csv",
        "corpus.yml",
    }


def test_new_suggests_the_codebook_that_codebook_suggest_would(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(paths.ROOT / "data" / "seeds", tmp_path / "five")
    (tmp_path / "five" / "codebook.yml").unlink()
    shutil.copyfile(next((tmp_path / "five").glob("001_*.txt")), tmp_path / "five" / "copy.txt")
    assert new("./again", "--from", "five").exit_code == 0
    articles, copies = independent(read_folder(tmp_path / "five")["articles"])
    expected = topics.as_yaml(topics.suggest(sentences(articles), articles))
    assert len(articles) == 5 and len(copies) == 1
    assert (tmp_path / "again" / "codebook.suggested.yml").read_text(encoding="utf-8") == expected


def test_new_keeps_a_codebook_and_suggests_none_beside_it(source):
    (source / "codebook.yml").write_text("topics: {sea: {label: Sea, terms: [sea]}}\n")
    done = new("harbour", "--from", source)
    assert codebook.source(paths.DATA / "harbour") == "codebook.yml"
    assert not (paths.DATA / "harbour" / "codebook.suggested.yml").exists() and "codebook" not in done.output


def test_new_keeps_a_suggested_codebook_that_somebody_has_begun_to_mend(source, tmp_path):
    shutil.copytree(paths.ROOT / "data" / "seeds", tmp_path / "five")
    (tmp_path / "five" / "codebook.yml").rename(tmp_path / "five" / "codebook.suggested.yml")
    before = (tmp_path / "five" / "codebook.suggested.yml").read_bytes()
    assert new("again", "--from", "five").exit_code == 0
    assert (paths.DATA / "again" / "codebook.suggested.yml").read_bytes() == before


@pytest.mark.parametrize(
    "text", ["A storm came.\n", "Der Rat hat die neue Mole am Montag beschlossen, im Rathaus.\n"]
)
def test_too_little_text_for_a_codebook_is_told_and_the_corpus_made(source, text):
    (source / "a.txt").write_text(text)
    done = new("harbour", "--from", source)
    assert done.exit_code == 0 and "too little text (in English) to suggest a codebook" in done.output
    assert not (paths.DATA / "harbour" / "codebook.suggested.yml").exists()


def test_new_tells_what_is_wrong_in_a_line_and_writes_nothing(source):
    for words in (["harbour", "--from", "nowhere"], ["..", "--from", source], ["./mine", "--from", source]):
        done = new(*words)
        assert done.exit_code == 1 and done.output.startswith("Error: ") and done.output.count("\n") == 1
    (source / "a.txt").unlink()
    done = new("harbour", "--from", source)
    assert done.exit_code == 1 and "holds no article that could be read: notes.odt is none of" in done.output
    assert not paths.DATA.exists()


def test_what_new_makes_can_be_checked_mended_and_checked_again(tmp_path):
    shutil.copytree(paths.NOTEBOOKS, tmp_path / "notebooks")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text(STORY)

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "helpers", *words],
            env=os.environ | {"PARALLAX_HOME": str(tmp_path)}, capture_output=True, text=True, cwd=tmp_path,
        )  # fmt: skip

    assert run("new", "harbour", "--from", "mine").returncode == 0
    done = run("check", "data/harbour")
    assert (
        done.returncode == 0
        and "Genre unknown (1)\n  a\n  → manifest.csv, columns file,genre: a.txt,news" in done.stdout
    )
    manifest = tmp_path / "data" / "harbour" / "manifest.csv"
    head, row = manifest.read_text(encoding="utf-8-sig").splitlines()
    cells = row.split(",")
    cells[head.split(",").index("genre")] = "news"
    manifest.write_text(f"{head}\n{','.join(cells)}\n")
    done = run("check", "data/harbour")
    assert done.returncode == 0 and "Genre" not in done.stdout and "Fewer than 100 words (1)" in done.stdout
    done = run("check", "nowhere")
    assert done.returncode == 1 and done.stderr.startswith("Error: ")


@pytest.mark.skipif(not (paths.ROOT / ".git").exists(), reason="no git clone")
@pytest.mark.parametrize(("path", "ignored"), [("data/harbour/a.txt", True), ("data/seeds/new.txt", False)])
def test_git_leaves_corpora_alone_but_for_the_seeds(path, ignored):
    done = subprocess.run(["git", "check-ignore", "-q", path], cwd=paths.ROOT)
    assert (done.returncode == 0) == ignored
