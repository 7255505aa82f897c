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
        paths.check_name(name)


def test_a_missing_folder_and_a_file_are_told_apart(tmp_path):
    with pytest.raises(CorpusError, match="does not exist"):
        paths.claim(tmp_path / "nowhere")
    (tmp_path / "page.txt").touch()
    with pytest.raises(CorpusError, match="is a file"):
        paths.claim(tmp_path / "page.txt")


def test_an_unknown_corpus_says_how_to_start_one():
    with pytest.raises(CorpusError, match="python -m helpers report"):
        paths.folder("nothing")
