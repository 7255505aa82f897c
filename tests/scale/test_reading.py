"""Reading a folder file by file, with what is kept of the last time."""

import pandas as pd
import pytest

from helpers import ingestion, paths, scale
from helpers.scale import reading

TEXTS = {
    "a.txt": "The quay is closed\n\nThe old quay was closed on Monday, the harbour master said.\n",
    "b/c.txt": "A new ferry\n\nThe council has bought a second ferry, and it is to sail from May.\n",
    "d.html": "<html><body><article><h1>Boats</h1><p>Twelve boats were moved to the northern pier on Friday, "
    "the port said, and nobody was hurt in the night.</p></article></body></html>",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "INTERIM", tmp_path / "interim")
    monkeypatch.setattr(reading, "LITTLE", 0)
    folder = tmp_path / "harbour"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "manifest.csv").write_text("file,outlet\na.txt,Port Gazette\nb/c.txt,Ferry Post\n")
    paths.claim(folder)
    return folder


@pytest.fixture
def read(monkeypatch):
    """The names of the files that were read, in the order of reading."""
    names, as_it_is = [], ingestion.read_files

    def noted(files, source, plan):
        files = list(files)
        names.extend(file.name for file in files)
        return as_it_is(files, source, plan)

    monkeypatch.setattr(ingestion, "read_files", noted)
    return names


def test_it_gives_what_reading_at_once_gives_also_from_what_was_kept(folder, read):
    at_once = ingestion.read_folder(folder)
    for _ in range(2):
        for name, frame in scale.read_folder("harbour").items():
            pd.testing.assert_frame_equal(
                frame.reset_index(drop=True), at_once[name].reset_index(drop=True), check_dtype=False
            )
    assert sorted(read) == sorted(["a.txt", "c.txt", "d.html"])


def test_only_the_file_is_read_again_that_has_changed_or_of_which_the_manifest_says_something_else(
    folder, read
):
    scale.read_folder("harbour")
    read.clear()
    (folder / "manifest.csv").write_text("file,outlet\na.txt,Port Gazette\nb/c.txt,Ferry Herald\n")
    articles = scale.read_folder("harbour")["articles"].set_index("file")
    assert read == ["c.txt"] and articles.outlet["b/c.txt"] == "Ferry Herald"
    read.clear()
    (folder / "a.txt").write_text(TEXTS["a.txt"].replace("Monday", "Tuesday"), encoding="utf-8")
    articles = scale.read_folder("harbour")["articles"].set_index("file")
    assert read == ["a.txt"] and "Tuesday" in articles.text["a.txt"]
    read.clear()
    (folder / "d.html").unlink()
    assert list(scale.read_folder("harbour")["articles"].file) == ["a.txt", "b/c.txt"] and not read


def test_of_two_files_of_one_name_the_first_counts_whichever_came_later(folder):
    scale.read_folder("harbour")
    (folder / "a.html").write_text(TEXTS["d.html"], encoding="utf-8")
    files = scale.read_folder("harbour")["files"].set_index("file")
    assert files.status["a.html"] == "read" and files.status["a.txt"] == "failed"
    assert "has the same name as a.html" in files.message["a.txt"]
