import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.ingestion.manifest import manifest_rows, read_manifest, write_manifest
from helpers.paths import CorpusError

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(
    lambda text: " ".join(text.split())
)
FOUND = "outlet = The Wave (table); title = {} (text); language = en (text: stated)"


@given(file=WORDS.filter(bool), title=WORDS)
@example(file="'=x.txt", title="=1+1")
@example(file=" two\nlines;.txt", title='"quoted", and more')
def test_any_cell_is_read_as_it_was_written(tmp_path_factory, file, title):
    folder = tmp_path_factory.getbasetemp()
    write_manifest(folder / "manifest.csv", ["file", "title"], [{"file": file, "title": title}])
    ((_, row),) = manifest_rows(folder)[1]
    assert row == {"file": unicodedata.normalize("NFC", file), "title": title}


@given(title=WORDS.filter(bool), more=WORDS.filter(bool))
@example(title="The Wave", more=" (Port Ellery)")
@example(title="[a-z]+", more="b")
def test_what_was_found_states_nothing_and_any_other_value_does(tmp_path_factory, title, more):
    folder = tmp_path_factory.getbasetemp()
    names = ["file", "title", "found"]
    for cell, stated in ((title, {}), (title + more, {"title": (title + more).strip()})):
        row = {"file": "a.txt", "title": cell, "found": FOUND.format(title)}
        write_manifest(folder / "manifest.csv", names, [row])
        assert read_manifest(folder)[0] == {"a.txt": stated}


def test_two_columns_of_one_name_are_refused_as_only_one_could_count(tmp_path):
    (tmp_path / "manifest.csv").write_text("file,outlet,,note,outlet,\na.txt,The Wave,,,Ledger,\n")
    with pytest.raises(CorpusError, match="has two columns 'outlet'. Remove or rename one"):
        manifest_rows(tmp_path)
    (tmp_path / "manifest.csv").write_text("file,outlet,,\na.txt,The Wave,,\n")  # as spreadsheets save
    assert manifest_rows(tmp_path)[1][0][1]["outlet"] == "The Wave"
