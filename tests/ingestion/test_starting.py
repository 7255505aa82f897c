import csv
import os
import shutil
import stat

import pandas as pd
import pytest

from helpers import paths, settings, tables
from helpers.ingestion import came_in, read_folder, read_manifest, start, vacant
from helpers.ingestion.starting import filled
from helpers.paths import CorpusError

TEXT = """Home
Sport
Council approves breakwater
10 February 2026
The harbour council approved the new breakwater on Monday, after two years of debate.
Fishermen had asked for it since the storms of August 2024 damaged a dozen of their boats.
The cost is a great burden for the town, the mayor of Port Ellery said on Monday evening.
© 2026 Harbour News
"""
HEADER = "date 2026-02-10 home news sport weather more\nA storm comes\n" + "\n".join(TEXT.splitlines()[4:7])
PAGE = """<html lang="en"><head><title>Ferry stops</title>
<meta property="og:site_name" content="The Wave (Ellery)">
<meta property="article:published_time" content="2026-02-11T08:00:00+00:00"></head>
<body><article><h1>Ferry stops</h1>
<p>The ferry to the island stops in March, because nobody has paid for the repair of its engine.</p>
<p>The town and the county argue over the bill, and the islanders look for another boat meanwhile.</p>
</article></body></html>"""
EXPORT = "".join(
    f"                {n} of 3 DOCUMENTS\n\n\n             The Wave (Port Ellery)\n\n"
    f"             {day} February 2026 Tuesday\n\nHEADLINE: The harbour, part {n}\n\nLENGTH: 30 words\n\n"
    f"Part {n} of the new breakwater was approved by the council, which met in the town hall at {n}.\n\n"
    "LANGUAGE: ENGLISH\n\n\n"
    for n, day in ((1, 3), (2, 3), (3, 4))
)
TABLE = "title,source,date,text\n" + "".join(
    f'Tolls {n},Ledger,2026-02-0{n},"The toll for crossing {n} was raised again, said the harbour master."\n'
    for n in (1, 2)
)


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    monkeypatch.setattr(paths, "INTERIM", tmp_path / "data" / "interim")
    monkeypatch.setattr(paths, "REPORTS", tmp_path / "reports")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def source(tmp_path):
    for name, text in {
        "a.txt": TEXT, "header.txt": HEADER, "sub/page.html": PAGE, "sub/page_files/style.css": "p {}",
        "export.txt": EXPORT, "t.csv": TABLE, "scan.pdf": "no pdf", "note.odt": "x", "README.md": "Mine.",
    }.items():  # fmt: skip
        (tmp_path / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mine" / name).write_text(text, encoding="utf-8")
    return tmp_path / "mine"


def made(source, name="harbour", **options):
    target = vacant(name, source)
    start(target, source, read_folder(source), **options)
    return target


def manifest(folder):
    with (folder / "manifest.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {row["file"]: row for row in csv.DictReader(lines)}


def edited(folder, file, **cells):
    rows = manifest(folder)
    rows[file] |= cells
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, rows[file].keys())
        table.writeheader()
        table.writerows(rows.values())


def digest(folder):
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def listed(folder):
    return sorted(file.name for file in folder.iterdir())


def test_every_file_is_there_byte_for_byte_and_the_source_is_as_it_was(source):
    before = digest(source)
    corpus = made(source, codebook="topics: {}\n")
    assert digest(source) == before
    made_here = {"manifest.csv", "corpus.yml", "codebook.suggested.yml"}
    assert {name: text for name, text in digest(corpus).items() if name not in made_here} == before
    assert corpus == paths.folder("harbour")
    assert settings.read(corpus) == settings.Settings()  # nothing in corpus.yml is stated yet


def test_the_manifest_has_what_was_found_and_on_what_ground(source):
    rows = manifest(made(source))
    assert list(rows) == ["a.txt", "export.txt", "header.txt", "scan.pdf", "sub/page.html", "t.csv"]
    a, header, page = rows["a.txt"], rows["header.txt"], rows["sub/page.html"]
    assert (a["outlet"], a["published"], a["genre"]) == ("Harbour News", "2026-02-10", "")
    assert "outlet = Harbour News (text: copyright notice); " in a["found"]
    assert "published = 2026-02-10 (text: page header)" in header["found"] and not header["outlet"]
    assert "published = 2026-02-11T08:00 (text: article:published_time)" in page["found"]
    assert list(a)[-1] == "found" and not rows["scan.pdf"]["found"]


def test_of_many_articles_only_what_all_have_alike_is_filled_in(source):
    rows = manifest(made(source))
    export, table = rows["export.txt"], rows["t.csv"]
    assert (export["outlet"], export["published"], export["title"]) == ("The Wave (Port Ellery)", "", "")
    assert (table["outlet"], table["published"]) == ("Ledger", "")
    assert "outlet = Ledger (table)" in table["found"]
    assert "language = en (export header)" in export["found"]  # their texts tell it too


def test_what_some_articles_of_a_file_lack_is_not_filled_in(source):
    (source / "t.csv").write_text(TABLE.replace("Tolls 2,Ledger", "Tolls 2,"))
    assert not manifest(made(source))["t.csv"]["outlet"]


def test_what_single_rows_state_alike_is_not_found_of_their_file(source):
    (source / "manifest.csv").write_text("file,outlet\nt.csv#001,Y\nt.csv#002,Y\n")
    rows = manifest(made(source))
    assert not rows["t.csv"]["outlet"] and rows["t.csv#001"]["outlet"] == "Y"


def test_a_ground_in_brackets_makes_no_statement_of_what_was_found(source):
    read = read_folder(source)
    read["articles"]["published_basis"] = "dated (it seems); so"
    target = vacant("harbour", source)
    start(target, source, read)
    assert not any(read_manifest(target)[0].values())


def test_a_filled_manifest_changes_no_table(source):
    corpus = made(source)
    (source / "note.odt").unlink()  # the manifest is the only difference then
    shutil.copytree(corpus, bare := source.parent / "bare")
    (bare / "manifest.csv").unlink()
    with_it, without = read_folder(corpus), read_folder(bare)
    for name in ("files", "articles", "fields", "ledger"):
        pd.testing.assert_frame_equal(tables.check(name, with_it[name]), tables.check(name, without[name]))


def test_the_filled_manifest_of_texts_with_bad_days_changes_no_table_either(tmp_path):
    shutil.copytree(paths.ROOT / "data" / "seeds", tmp_path / "seeds")
    (tmp_path / "seeds" / "manifest.csv").unlink()
    without = read_folder(tmp_path / "seeds")
    corpus = made(tmp_path / "seeds", "again")
    again = read_folder(corpus)
    for name in without:
        pd.testing.assert_frame_equal(tables.check(name, without[name]), tables.check(name, again[name]))


def test_a_stated_manifest_keeps_what_it_states_and_is_completed(source):
    rows = [
        "file,outlet,lean,published",
        "a.txt,Outlet A,left,2026-02-09T23:00:00Z",
        "gone.txt,X,,",
        "t.csv#002,Y,,",
    ]
    (source / "manifest.csv").write_text("\n".join(rows))
    before = read_folder(source)
    corpus = made(source)
    filled_in = manifest(corpus)
    a = filled_in["a.txt"]
    assert (a["outlet"], a["lean"], a["published"]) == ("Outlet A", "left", "2026-02-09T23:00:00Z")
    assert a["language"] == "en" and a["found"] == "language = en (text)"
    assert filled_in["sub/page.html"]["title"] == "Ferry stops"
    assert filled_in["gone.txt"]["outlet"] == "X" and filled_in["t.csv#002"]["outlet"] == "Y"
    assert filled_in["t.csv"]["outlet"] == ""  # its two articles differ now
    after = read_folder(corpus)
    pd.testing.assert_frame_equal(before["articles"], after["articles"])
    pd.testing.assert_frame_equal(before["fields"], after["fields"])


def test_the_seeds_own_manifest_states_what_it_stated(tmp_path):
    corpus = made(paths.ROOT / "data" / "seeds", "again")
    assert read_manifest(corpus)[0] == read_manifest(paths.ROOT / "data" / "seeds")[0]
    assert (corpus / "labels.csv").is_file() and (corpus / "codebook.yml").is_file()


def test_a_corpus_made_from_a_made_one_has_the_same_manifest(source):
    first = made(source)
    second = made(first, "second")
    assert (first / "manifest.csv").read_bytes() == (second / "manifest.csv").read_bytes()


def test_a_corrected_value_and_a_checked_one_are_stated_and_the_others_are_not(source):
    corpus = made(source)
    found = manifest(corpus)["a.txt"]["found"]
    checked = found.replace("published = 2026-02-10 (text: stated)", "")
    assert checked != found
    edited(corpus, "a.txt", outlet="Harbour", found=checked)
    article = read_folder(corpus)["articles"].set_index("article_id").loc["a"]
    assert (article.outlet, article.outlet_basis) == ("Harbour", "manifest")
    assert (str(article.published.date()), article.published_basis) == ("2026-02-10", "manifest")
    assert article.lang == "en" and read_manifest(corpus)[0]["a.txt"].keys() == {"outlet", "published"}


def test_a_correction_to_how_a_found_name_begins_is_stated(source):
    corpus = made(source)
    edited(corpus, "export.txt", outlet="The Wave")
    assert read_manifest(corpus)[0]["export.txt"] == {"outlet": "The Wave"}


def test_a_found_day_that_a_spreadsheet_wrote_anew_is_no_statement_and_no_mistake(source):
    corpus = made(source)
    edited(corpus, "a.txt", published="2/10/2026")
    edited(corpus, "sub/page.html", published="2/11/2026 8:00")
    assert not [file for file, told in read_manifest(corpus)[0].items() if "published" in told]
    edited(corpus, "a.txt", published="2/9/2026")
    with pytest.raises(CorpusError, match=r"published '2/9/2026' is not a day like"):
        read_manifest(corpus)


def test_a_text_cannot_pass_off_a_statement_as_found(source):
    (source / "t.csv").write_text(TABLE.replace("Ledger", "Ledger; title = A (text); x"))
    corpus = made(source)
    edited(corpus, "t.csv", title="A")
    assert read_manifest(corpus)[0]["t.csv"] == {"title": "A"}


HOSTILE = [
    "a,b.txt",
    'say "hi".txt',
    "two\nlines.txt",
    "=cmd().txt",
    "'=x.txt",
    " blank.txt",
    "-1+1.txt",
    "#1.txt",
]


def test_hostile_file_names_come_through_and_run_in_no_spreadsheet(tmp_path):
    (tmp_path / "mine").mkdir()
    for n, name in enumerate(HOSTILE):
        (tmp_path / "mine" / name).write_text(TEXT.replace("breakwater", f"breakwater {n}"))
    without = read_folder(tmp_path / "mine")
    corpus = made(tmp_path / "mine")
    cells = manifest(corpus)
    assert not [name for name in cells if name[0] in "=+-@"]
    read = read_folder(corpus)
    for name in ("files", "articles", "fields"):
        pd.testing.assert_frame_equal(tables.check(name, without[name]), tables.check(name, read[name]))
    unread = read["files"].assign(status="failed", message="two\nlines.txt holds \x1b[31mnothing")
    assert "  two�lines.txt holds �[31mnothing\n" in came_in(read | {"files": unread})


def test_a_file_name_that_is_no_text_is_brought_along_under_one_that_is(tmp_path):
    (tmp_path / "mine").mkdir()
    for name in (b"caf\xe8.txt", b"caf\xe9.txt"):
        with open(os.path.join(os.fsencode(tmp_path / "mine"), name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(TEXT.replace("Monday", name[3:4].hex()).encode())
    assert "caf\ufffd.txt has the same name as caf\ufffd.txt" in came_in(read_folder(tmp_path / "mine"))
    corpus = made(tmp_path / "mine")
    assert listed(corpus) == ["caf\ufffd.txt", "corpus.yml", "manifest.csv"]
    read = read_folder(corpus)
    assert read["files"].message.isna().all() and "e8" in read["articles"].text[0]


def test_two_files_of_one_stem_both_come_and_the_second_is_told(source):
    (source / "a.html").write_text(PAGE)
    read = read_folder(source)
    assert "a.txt has the same name as a.html. Rename one of them" in came_in(read)
    assert {"a.html", "a.txt"} <= set(manifest(made(source)))


def test_a_single_table_brings_what_lies_beside_it(source):
    (source / "manifest.csv").write_text("file,outlet\nt.csv,Ledger of Ellery\na.txt,Other\n")
    (source / "corpus.yml").write_text("columns: {title: source}\n")
    corpus = made(source / "t.csv")
    assert set(digest(corpus)) == {"t.csv", "manifest.csv", "corpus.yml"}
    assert list(manifest(corpus)) == ["t.csv"]
    assert read_folder(corpus)["articles"].title.tolist() == ["Ledger", "Ledger"]


def test_links_save_space_and_what_is_written_anew_is_never_linked(source):
    (source / "manifest.csv").write_text("file,outlet\na.txt,Outlet A\n")
    before = (source / "manifest.csv").read_bytes()
    corpus = made(source, link=True)
    assert (corpus / "a.txt").samefile(source / "a.txt")
    assert (corpus / "sub" / "page_files" / "style.css").samefile(source / "sub" / "page_files" / "style.css")
    assert not (corpus / "manifest.csv").samefile(source / "manifest.csv")
    assert (source / "manifest.csv").read_bytes() == before
    assert read_folder(corpus)["files"].status.tolist().count("read") == 5


def test_files_on_another_disk_are_to_be_copied_and_nothing_is_left(source, monkeypatch):
    def refused(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refused)
    with pytest.raises(
        CorpusError, match=r"a\.txt cannot be linked to there \(Invalid cross.*Leave out --link"
    ):
        made(source, link=True)
    assert not (paths.DATA / "harbour").exists() and listed(source.parent) == ["mine"]


def test_a_link_that_leads_out_of_the_source_is_named_and_not_followed(source, tmp_path):
    (tmp_path / "secret.txt").write_text(TEXT)
    (source / "link.txt").symlink_to(tmp_path / "secret.txt")
    (source / "inner.txt").symlink_to(source / "a.txt")
    assert "link.txt leads out of the folder" in came_in(read_folder(source))
    corpus = made(source)
    assert not (corpus / "link.txt").exists()
    assert (corpus / "inner.txt").read_text() == TEXT and not (corpus / "inner.txt").is_symlink()


def test_what_could_not_be_read_comes_first_then_how_much_was(source):
    told = came_in(read_folder(source)).splitlines()
    assert told[0] == "Not read (2):"
    assert told[1].startswith("  note.odt is none of .txt") and told[2].startswith(
        "  scan.pdf cannot be read"
    )
    assert told[3] == "Files read: 5. Articles: 8."
    assert told[4].startswith("Outlets: 4 (articles without one: 1). Days: 2026-02-01 to 2026-02-11")
    assert told[5].startswith("Languages: en ")


def test_of_many_files_that_could_not_be_read_twenty_are_named(source):
    for n in range(30):
        (source / f"picture{n:02d}.jpg").write_text("x")
    told = came_in(read_folder(source)).splitlines()
    assert told[0] == "Not read (32):" and told[21] == "  … and 12 more"


@pytest.mark.parametrize("name", ["", "..", ".", "-p", "a b", "../a b"])
def test_a_name_that_is_none_is_refused(source, name):
    with pytest.raises(CorpusError, match="cannot name a corpus"):
        vacant(name, source)


@pytest.mark.parametrize(
    ("name", "folder"), [("con", "data/con"), ("ünï", "data/ünï"), ("sub/../x", "x"), ("./y/", "y")]
)
def test_a_bare_name_goes_under_data_and_a_path_where_it_leads(source, tmp_path, name, folder):
    assert vacant(name, source) == tmp_path / folder


def test_places_that_hold_something_or_lie_in_one_another_are_refused(source, tmp_path):
    paths.claim(source)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "empty").mkdir()
    for name, message in {
        "./full": "not empty", f"{tmp_path}/mine": "not empty", f"{tmp_path}": "not empty",
        "mine/new": "lies in", "./reports/new": "lies in", "./data/interim/new": "lies in",
        "mine": "already belongs to",
    }.items():  # fmt: skip
        with pytest.raises(CorpusError, match=message):
            vacant(name, source)
    assert vacant("./empty", source) == tmp_path / "empty"


def test_an_archive_a_missing_source_and_one_without_articles_are_told_and_nothing_is_written(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK")
    with pytest.raises(CorpusError, match=r"a\.zip is none of .*Unpack an archive first"):
        vacant("x", tmp_path / "a.zip")
    with pytest.raises(CorpusError, match="does not exist"):
        vacant("x", tmp_path / "nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="no article that could be read: it is empty"):
        made(tmp_path / "empty")
    assert listed(tmp_path) == ["a.zip", "empty"]


def test_nothing_half_made_stays_when_copying_breaks_off(source, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(CorpusError, match=r"there/harbour cannot be made: No space left on device\. Choose"):
        made(source, "./there/harbour")
    assert listed(tmp_path) == ["mine"]


def test_a_file_in_the_way_of_the_target_is_told(source, tmp_path):
    (tmp_path / "way").touch()
    with pytest.raises(CorpusError, match="way/harbour cannot be made"):
        made(source, "./way/harbour")
    assert listed(tmp_path) == ["mine", "way"]


def test_read_only_files_can_be_edited_in_the_copy(source):
    (source / "a.txt").chmod(0o444)
    assert (made(source) / "a.txt").stat().st_mode & stat.S_IWUSR


def test_the_next_steps_are_few_and_name_the_real_folder_and_interpreter(source, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", str(tmp_path / ".venv/bin/python"))
    target = vacant("./my corpora/harbour", source)
    steps = start(target, source, read_folder(source), "topics: {}\n").splitlines()
    assert len(steps) <= 6
    assert steps[1].strip() == ".venv/bin/python -m helpers check 'my corpora/harbour'"
    assert "codebook.suggested.yml, mend it, and save it as codebook.yml" in "\n".join(steps)


def test_columns_of_a_manifest_stay_in_their_order(source):
    (source / "manifest.csv").write_text("lean,file,outlet\nleft,a.txt,\n")
    names, _ = filled(source, read_folder(source))
    assert names[:3] == ["lean", "file", "outlet"] and names[-1] == "found"


def test_a_row_for_one_article_of_a_file_wins_over_the_row_of_the_file(source):
    rows = [
        "file,outlet,genre",
        "t.csv,Ledger,news",
        "t.csv#002,The Other,",
        "t.csv#9,X,",
        "export.txt#001,Y,",
    ]
    (source / "manifest.csv").write_text("\n".join(rows))
    read = read_folder(source)
    articles = read["articles"].set_index("article_id")
    assert articles.outlet[["t-001", "t-002", "export-001", "export-002"]].tolist() == [
        "Ledger", "The Other", "Y", "The Wave (Port Ellery)",
    ]  # fmt: skip
    assert articles.genre["t-002"] == "news"
    files = read["files"].set_index("file")
    assert files.message["t.csv#9"].startswith("manifest.csv lists t.csv#9, but t.csv has no article 9")
    assert files.status["t.csv#9"] == "failed" and pd.isna(files.message["export.txt"])
    beside = read_folder(source / "t.csv")
    assert "t.csv#002" not in files.index and "export.txt#001" not in files.index
    assert "t.csv#9" in set(beside["files"].file) and "export.txt#001" not in set(beside["files"].file)
