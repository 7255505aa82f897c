"""How the notebooks are built, and that what is stored is the normal form. nbval checks the outputs."""

import ast
import json
import re
import subprocess
import sys

import nbformat
import pytest

from helpers import paths
from helpers.reporting.record import READS
from helpers.schemas import SCHEMAS

NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
EXPLORE = paths.NOTEBOOKS / "explore.ipynb"
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
explore_too = pytest.mark.parametrize("path", [*NOTEBOOKS, EXPLORE], ids=lambda path: path.stem)


def normalise(*arguments):
    command = [sys.executable, paths.ROOT / "tools" / "normalise.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def cells(path, kind):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def headings(path):
    text = "\n".join(cell.source for cell in cells(path, "markdown"))
    return re.findall(r"^#+ .*", text, re.MULTILINE)


def test_the_run_knows_which_tables_each_notebook_reads():
    for path in NOTEBOOKS[1:-1]:  # the first reads articles, the last all tables
        code = "\n".join(cell.source for cell in cells(path, "code"))
        named = re.findall(r"^read = \((.*)\)$", code, re.MULTILINE)
        named += re.findall(r"tables\.read\((\"\w+\"), corpus\)", code)
        read = {name for some in named for name in re.findall(r'"(\w+)"', some)}
        assert read
        declared = {writer: set(names) for writer, names in READS[path.stem].items()}
        writers = {writer: {name for name in read if SCHEMAS[name].writer == writer} for writer in declared}
        assert writers == declared and set().union(*writers.values()) == read


def test_the_numbers_run_without_a_gap_and_the_run_knows_what_each_reads():
    assert [int(path.stem[:2]) for path in NOTEBOOKS] == list(range(1, len(NOTEBOOKS) + 1))
    assert list(READS) == [path.stem for path in NOTEBOOKS]


def test_the_stored_form_is_the_normal_form():
    done = normalise("--check", *NOTEBOOKS, EXPLORE)
    assert done.returncode == 0, done.stdout


@every_notebook
def test_a_notebook_tells_its_story_in_order(path):
    found = headings(path)
    assert re.fullmatch(rf"# {path.stem[:2]} \w.*", found[0])
    assert found[-2:] == ["## What this shows", "## How far to trust it"]
    assert len([heading for heading in found if heading.startswith("# ")]) == 1


@explore_too
def test_the_first_code_cell_holds_the_parameters_as_plain_literals_with_comments(path):
    first = cells(path, "code")[0]
    assert "parameters" in first.metadata.tags
    assert first.source.splitlines()[0].startswith('corpus = "seeds"')
    for line, statement in zip(first.source.splitlines(), ast.parse(first.source).body, strict=True):
        ast.literal_eval(statement.value)
        assert "  # " in line


@explore_too
def test_cells_are_few_and_short(path):
    code = cells(path, "code")
    assert len(code) <= 25
    assert all(len(cell.source.splitlines()) <= 8 for cell in code)
    assert all(len(line) <= 120 for cell in code for line in cell.source.splitlines())
    assert not any(cell.source.rstrip().endswith(";") for cell in code)
    assert not any("def " in cell.source or "open(" in cell.source for cell in code)


@every_notebook
def test_stored_outputs_hold_no_error_warning_or_path_of_a_machine(path):
    for cell in cells(path, "code"):
        for output in cell.outputs:
            assert output.output_type in {"display_data", "execute_result"}, cell.source
            assert not re.search(r"/home/|/root/|/tmp/|0x[0-9a-f]{6}|[A-Z]:\\\\", str(output.get("data")))


@every_notebook
def test_figures_have_a_description(path):
    for cell in cells(path, "code"):
        for output in cell.outputs:
            if "image/svg+xml" in output.data:
                assert len(output.metadata["image/svg+xml"]["alt"]) > 20


@explore_too
def test_prose_holds_no_number_that_a_cell_should_have_computed(path):
    known = r"py3langid|\b0[1-5]\b|1,000 words|\b20(14)\b|-?\b0 to 1\b"
    for cell in cells(path, "markdown"):
        assert not re.search(r"\d", re.sub(known, "", cell.source)), cell.source


def test_a_cell_whose_output_is_not_compared_keeps_none(tmp_path):
    assert all("nbval-ignore-output" in cell.metadata.tags for cell in cells(EXPLORE, "code"))
    notebook = nbformat.read(EXPLORE, as_version=4)
    for cell in filter(lambda cell: cell.cell_type == "code", notebook.cells):
        cell.execution_count, cell.outputs = 3, [nbformat.v4.new_output("stream", text="widget 0x7f3c")]
    nbformat.write(notebook, tmp_path / "explored.ipynb")
    assert normalise("--check", tmp_path / "explored.ipynb").returncode == 1
    normalise(tmp_path / "explored.ipynb")
    assert (tmp_path / "explored.ipynb").read_text(encoding="utf-8") == EXPLORE.read_text(encoding="utf-8")


def test_the_normaliser_mends_what_jupyter_leaves_behind_and_says_what_it_mends(tmp_path):
    path = tmp_path / "note.ipynb"
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    expected = NOTEBOOKS[0].read_text(encoding="utf-8")
    notebook.metadata["language_info"]["version"] = "3.11.7"
    notebook.cells[1].metadata["collapsed"] = True
    notebook.cells[1].execution_count = 77
    notebook.cells[1].metadata["execution"] = {"iopub.status.busy": "2026-02-10T10:00:00Z"}
    injected = nbformat.v4.new_code_cell('corpus = "x"', metadata={"tags": ["injected-parameters"]})
    notebook.cells.insert(2, injected)
    nbformat.write(notebook, path)
    assert normalise("--check", path).returncode == 1
    assert normalise(path).stdout == f"{path}: rewritten\n"
    assert path.read_text(encoding="utf-8") == expected
    assert normalise("--check", path).returncode == 0


def test_a_cell_without_an_id_gets_the_same_one_every_time(tmp_path):
    stored = json.loads(NOTEBOOKS[0].read_text(encoding="utf-8"))
    for cell in stored["cells"]:
        del cell["id"]
    written = []
    for name in ("one.ipynb", "two.ipynb"):
        (tmp_path / name).write_text(json.dumps(stored))
        normalise(tmp_path / name)
        written.append((tmp_path / name).read_text())
    assert written[0] == written[1]
