"""Archives from elsewhere are only read; what is none, or one that could do harm, is refused in words."""

import io
import json
import zipfile
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.paths import CorpusError
from helpers.reporting import archive

GROUPS = "by,group,article_id\noutlet,A,a\n"
ABOUT = {
    "format": "Parallax archive 1",
    "corpus": "pier",
    "parameters": {"by": "outlet", "threshold": 0.5, "independent_only": True},
    "versions": {"Parallax": "0.1.0"},
    "tables": {"groups": {"rows": 1, "full": "a", "withheld": sha256(GROUPS.encode()).hexdigest()}},
}
FILES = {
    "archive.json": json.dumps(ABOUT),
    "manifest.csv": "article_id,file,sha256_text\na,a.txt,11\n",
    "tables/groups.csv": GROUPS,
}


def zipped(path, files, **changes):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in (files | changes).items():
            made.writestr(name, text)
    return path


def refusal(path):
    with pytest.raises(CorpusError, match="is not an archive that can be used: ") as told:
        archive.read(path)
    assert str(told.value).endswith("Make one with: python -m helpers archive CORPUS")
    return str(told.value)


def test_an_archive_is_read_without_unpacking_it(tmp_path):
    about, files = archive.read(zipped(tmp_path / "x.zip", FILES))
    assert about.parameters == ABOUT["parameters"] and list(files) == ["manifest.csv", "tables/groups.csv"]
    assert [file.name for file in tmp_path.iterdir()] == ["x.zip"]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "..\\x", "C:x"])
def test_a_file_that_would_leave_its_folder_is_refused(tmp_path, name):
    assert "it holds a file called" in refusal(zipped(tmp_path / "x.zip", FILES | {name: "x"}))


def test_what_unpacks_to_more_than_fits_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_LARGEST", 10_000)
    assert "unpacked it has more than" in refusal(zipped(tmp_path / "x.zip", FILES | {"bomb": "0" * 20_000}))


def test_a_wrong_size_told_by_the_zip_does_not_let_more_in(tmp_path):
    made = zipped(
        tmp_path / "x.zip", FILES | {"manifest.csv": "article_id,file,sha256_text\n" + "0" * 50_000}
    )
    size = (50_028).to_bytes(4, "little")
    assert size in made.read_bytes()
    made.write_bytes(made.read_bytes().replace(size, (40).to_bytes(4, "little")))
    assert "Bad CRC-32" in refusal(made)


def test_two_files_of_one_name_are_refused(tmp_path):
    made = zipped(tmp_path / "x.zip", FILES)
    with zipfile.ZipFile(made, "a") as more, pytest.warns(UserWarning, match="Duplicate"):
        more.writestr("manifest.csv", "other")
    assert "two files of one name" in refusal(made)


@pytest.mark.parametrize(
    "wrong, message",
    [
        ("{", "archive.json, as a whole: Invalid JSON"),
        ("[" * 100_000, "archive.json, as a whole: Invalid JSON"),
        ("[]", "archive.json"),
        (json.dumps(ABOUT | {"format": "other"}), "archive.json, format"),
        (json.dumps(ABOUT | {"parameters": {"by": ["x"]}}), "archive.json, parameters.by"),
        (json.dumps(ABOUT | {"more": 1}), "archive.json, more"),
        (json.dumps(ABOUT | {"tables": {"../x": ABOUT["tables"]["groups"]}}), "it speaks of a table '../x'"),
        (
            json.dumps(ABOUT | {"tables": {"rates": ABOUT["tables"]["groups"]}}),
            "no item named 'tables/rates.csv'",
        ),
    ],
)
def test_a_wrong_list_of_contents_is_refused(tmp_path, wrong, message):
    assert message in refusal(zipped(tmp_path / "x.zip", FILES | {"archive.json": wrong}))


def test_a_table_that_was_changed_by_hand_is_noticed(tmp_path):
    changed = {"tables/groups.csv": GROUPS.replace("A", "B")}
    assert "its table groups is not the one it was made with" in refusal(
        zipped(tmp_path / "x.zip", FILES | changed)
    )


def test_another_zip_is_refused(tmp_path):
    assert "no item named 'archive.json'" in refusal(zipped(tmp_path / "x.zip", {"letter.txt": "Dear"}))
    assert "lacks columns" in refusal(zipped(tmp_path / "y.zip", FILES | {"manifest.csv": "a,b\n"}))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_archive_gives_a_plain_error_or_is_read(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("damaged") / "x.zip"
    content = bytearray(zipped(path, FILES).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        archive.read(path)
    except CorpusError as error:
        assert "is not an archive that can be used" in str(error)


def test_the_first_row_that_differs_is_told_by_its_key():
    then, key = "kind,code,n\ntopic,cost,3\ntopic,tax,1\n", ("kind", "code")
    assert archive.first_difference(then, then, key) == ""
    assert (
        archive.first_difference(then, "kind,code,n\ntopic,tax,1\n", key)
        == "kind=topic, code=cost: no longer there"
    )
    more = then + "actor,mayor,2\n"
    assert archive.first_difference(then, more, key) == "kind=actor, code=mayor: not there before"
    assert archive.first_difference(then, "kind,code\ntopic,cost\ntopic,tax\n", key).endswith(
        "n was 3, is None"
    )


def test_labels_are_passed_on_without_the_sentences_as_coders_saw_them():
    labels = 'sentence_id;Text;label\na:s001;"Dear; tea";yes\na:s002;;no\n'
    assert archive._without_text(labels) == "sentence_id;label\na:s001;yes\na:s002;no\n"


def test_the_zip_has_the_same_bytes_whatever_the_order_and_the_day():
    made = archive._zipped({"b": "1", "a": "ü"})
    assert made == archive._zipped({"a": "ü", "b": "1"})
    assert [info.date_time[0] for info in zipfile.ZipFile(io.BytesIO(made)).infolist()] == [1980, 1980]
