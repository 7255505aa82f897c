from pathlib import Path

import pytest

from helpers import paths
from helpers.paths import CorpusError


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    monkeypatch.setattr(paths, "INTERIM", tmp_path / "data" / "interim")


def folder(path):
    path.mkdir(parents=True)
    return path


def test_a_corpus_is_called_after_its_folder(tmp_path):
    assert paths.claim(folder(tmp_path / "elections")) == "elections"
    assert paths.folder("elections") == tmp_path / "elections"


def test_the_same_folder_may_be_claimed_again(tmp_path):
    source = folder(tmp_path / "elections")
    assert paths.claim(source) == paths.claim(source)


def test_a_second_folder_of_one_name_is_refused_and_offered_a_name(tmp_path):
    paths.claim(folder(tmp_path / "a" / "elections"))
    second = folder(tmp_path / "b" / "elections")
    with pytest.raises(CorpusError, match="already belongs to .*--name"):
        paths.claim(second)
    assert paths.claim(second, "others") == "others"


def test_a_folder_under_data_owns_its_name(tmp_path):
    folder(tmp_path / "data" / "seeds")
    with pytest.raises(CorpusError, match="already belongs to"):
        paths.claim(folder(tmp_path / "elsewhere" / "seeds"))


def test_the_name_of_a_folder_that_is_gone_is_free_again(tmp_path):
    gone = folder(tmp_path / "a" / "elections")
    paths.claim(gone)
    gone.rmdir()
    assert paths.claim(folder(tmp_path / "b" / "elections")) == "elections"


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\nb", "-p", "ab\0"])
def test_a_name_that_is_no_folder_name_is_refused(name):
    with pytest.raises(CorpusError, match="cannot name a corpus"):
        paths.interim(name)


def test_a_missing_folder_is_told_with_those_that_are_known():
    with pytest.raises(CorpusError, match="does not exist.*a table of them$"):
        paths.claim(Path("nowhere"))
    for name in ("harbour", "bridge", "interim", ".aside"):
        folder(paths.DATA / name)
    with pytest.raises(CorpusError, match="does not exist.* Known here: data/bridge, data/harbour$"):
        paths.claim(Path("harbuor"))


@pytest.mark.parametrize("name", ["articles.csv", "articles.jsonl.gz"])
def test_a_table_is_a_corpus_called_after_its_file(tmp_path, name):
    (tmp_path / name).touch()
    assert paths.claim(tmp_path / name) == "articles"
    assert paths.folder("articles") == tmp_path / name
    assert paths.own_file(tmp_path / name, paths.CODEBOOK) == tmp_path / "codebook.yml"


def test_a_table_and_a_folder_of_one_name_are_told_apart(tmp_path):
    paths.claim(folder(tmp_path / "a" / "elections"))
    (tmp_path / "elections.csv").touch()
    with pytest.raises(CorpusError, match="already belongs to .*--name"):
        paths.claim(tmp_path / "elections.csv")


def test_an_unknown_corpus_says_how_to_start_one():
    with pytest.raises(CorpusError, match="python -m helpers report"):
        paths.folder("nothing")
