import pandas as pd
import pandera.pandas as pa
import pytest

from helpers import paths, schemas
from helpers.schemas import LINKS, SCHEMAS
from helpers.words import read_rows

BOATS = "boats\t\t01_ingestion\tboat\t\ta boat in the harbour"
NAME = "boats\tboat\ttext\t\tnever\twhat it is called"


def read(folder, *rows):
    source = folder / "tables.tsv"
    source.write_text("\n".join(("# boats", "", *rows)), encoding="utf-8")
    return schemas.read(source)


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_table_has_a_notebook_that_writes_it_and_a_key_of_its_columns(name):
    table = SCHEMAS[name]
    assert (paths.NOTEBOOKS / f"{table.writer}.ipynb").is_file()
    assert table.row and table.key and set(table.key) <= set(table.schema.columns)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_column_says_what_it_means(name):
    columns = SCHEMAS[name].schema.columns
    assert not [column for column in columns if len((columns[column].description or "").split()) < 2]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_share_says_its_range(name):
    rows = [row for row in read_rows(schemas.__file__, "tables.tsv") if row[0] == name and row[3] == "0..1"]
    assert not [column for _, column, *_, meaning in rows if "0 to 1" not in meaning]


@pytest.mark.parametrize(("child", "column", "parent"), LINKS)
def test_a_link_leads_to_a_column_of_another_table(child, column, parent):
    assert child != parent and column in SCHEMAS[parent].schema.columns


def test_only_texts_numbers_and_days_can_be_missing_or_have_what_is_allowed_listed():
    rows = [row for row in read_rows(schemas.__file__, "tables.tsv") if row[1]]
    assert not [row for row in rows if row[2] in ("count", "flag") and row[4] != "never"]
    assert not [row for row in rows if row[2] in ("day", "flag") and row[3]]


def test_tables_and_columns_keep_the_order_of_the_file_and_links_name_child_column_and_parent(tmp_path):
    quays = "quays\t\t01_ingestion\tquay boat\t\ta quay at which a boat lay"
    quay = "quays\tquay\ttext\tnorth|south side\tnever\twhich quay"
    boat = "quays\tboat\ttext\t→ boats\tnever\tthe boat"
    tables, links = read(tmp_path, BOATS, NAME, quays, quay, boat)
    assert list(tables) == ["boats", "quays"] and list(tables["quays"].schema.columns) == ["quay", "boat"]
    assert tables["quays"].key == ("quay", "boat") and tables["boats"].row == "a boat in the harbour"
    assert links == [("quays", "boat", "boats")]


@pytest.mark.parametrize(
    ("declared", "good", "bad"),
    [
        ("text\tnorth|south side\tnever", "south side", "south"),
        ("text\t/^q\\d$/\tnever", "q1", "one"),
        ("text\t\tnever", "any", None),
        ("count\t1..\tnever", 1, 0),
        ("number\t0.5..1\tnever", 0.5, 0.4),
        ("number\t0.5..1\tnever", 1, 1.1),
        ("number\t..0\tmay", -7.5, 1),
        ("day\t\tmay", pd.Timestamp("1492-10-12").as_unit("ms"), "1492-10-12"),
    ],
)
def test_a_column_takes_what_is_allowed_and_nothing_else(declared, good, bad, tmp_path):
    tables, _ = read(tmp_path, BOATS, NAME, f"boats\tberth\t{declared}\twhere it lies")
    schema = tables["boats"].schema
    assert len(schema.validate(pd.DataFrame({"boat": ["Gull"], "berth": [good]}))) == 1
    with pytest.raises(schemas.pa.errors.SchemaError):
        schema.validate(pd.DataFrame({"boat": ["Gull"], "berth": [bad]}))


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("boats\tcrew\tcount\t0..\tnever", "expected 6, got 5"),
        ("boats\tcrew\tnumbers\t0..\tnever\thow many sail it", "'numbers' is none of"),
        ("boats\tcrew\tcount\t0..\tyes\thow many sail it", "'yes' neither 'may' nor 'never'"),
        ("boats\tcrew\tcount\t0-9\tnever\thow many sail it", "'0-9' is not lowest..highest"),
        ("boats\tcrew\tcount\t1..9 men\tnever\thow many sail it", "'1..9 men' is not lowest"),
        ("boats\tcrew\tcount\tnone..\tnever\thow many sail it", "'none..' is not lowest"),
        ("boats\tcrew\ttext\t/(/\tnever\twho sails it", "unterminated subpattern"),
        (NAME, "boats boat stands here twice"),
        (BOATS, "boats  stands here twice"),
        ("quays\tquay\ttext\t\tnever\twhich quay", "before the row about quays"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_file_line_and_what_is_wrong(row, wrong, tmp_path):
    with pytest.raises(ValueError, match=rf"tables\.tsv, line 5: .*{wrong}"):
        read(tmp_path, BOATS, NAME, row)


@pytest.mark.parametrize(
    "changed",
    [
        {}, {"boat": ["Ida", None]}, {"boat": ["Ida", "Ida"]}, {"boat": ["Ida", "ada"]},
        {"kind": ["raft", None]}, {"masts": [0, 2]}, {"masts": [1.0, 2.0]}, {"length": [4.5, None]},
        {"length": [4.5, 1e3]}, {"length": [-1.0, 5.0]}, {"length": ["4", "5"]}, {"afloat": [1, 0]},
        {"launched": [None, None]},
    ],
    ids=str,
)  # fmt: skip
def test_a_frame_is_plainly_as_its_table_wants_it_just_where_pandera_leaves_it_as_it_is(tmp_path, changed):
    declared = [
        "kind\ttext\tyacht|tug\tmay\twhat it is", "masts\tcount\t1..\tnever\thow many",
        "afloat\tflag\t\tnever\twhether it is", "length\tnumber\t0..100\tmay\tin metres",
        "launched\tday\t\tmay\twhen it was",
    ]  # fmt: skip
    name = NAME.replace("\ttext\t\t", "\ttext\t/[A-Z]/\t")
    tables, _ = read(tmp_path, BOATS, name, *(f"boats\t{one}" for one in declared))
    good = {"boat": ["Ida", "Ada"], "kind": ["yacht", None], "masts": [1, 2], "afloat": [True, False]}
    frame = pd.DataFrame(good | {"length": [4.5, 5.0], "launched": ["2026-02-10", None]} | changed)
    frame["launched"] = pd.to_datetime(frame.launched).astype(schemas.DAY)
    schema = tables["boats"].schema
    try:
        same = schema.validate(frame, lazy=True).dtypes.equals(frame.dtypes)
    except pa.errors.SchemaErrors:
        same = False
    assert schemas.conforms(frame, schema) == same
    assert same == (changed in ({}, {"length": [4.5, None]}, {"launched": [None, None]}))


@pytest.mark.parametrize("values", [[None, None], ["Gull", 1], [2.0, 3.0], [True, "x"]])
@pytest.mark.parametrize("kind", ["text", "count", "number", "flag"])
def test_what_has_the_wanted_types_without_pandera_is_as_pandera_makes_it(tmp_path, kind, values):
    rows = (BOATS, NAME, f"boats\tsaid\t{kind}\t\tmay\twhat is said of it")
    schema = read(tmp_path, *rows)[0]["boats"].schema
    frame = pd.DataFrame({"boat": ["Gull", "Tern"], "said": pd.Series(values, dtype=object)})
    made = schemas.typed(frame, schema)
    assert made is frame or made.equals(schema.validate(frame, lazy=True))
    assert kind != "text" or made is not frame
