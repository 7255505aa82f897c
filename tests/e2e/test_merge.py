"""Two branches that both ran a notebook, merged with git and nbdime as CONTRIBUTING says.

The rule: merge; resolve what conflicts in sources; run the notebooks again.
"""

import json

import nbformat
import pytest
from clone import ENVIRONMENT, Clone
from nbclient import NotebookClient

PICTURE = """from IPython.display import SVG
drawn = "".join(f"<g id='{boats}-{number}'/>\\n" for number in range(30))
SVG("<svg xmlns='http://www.w3.org/2000/svg'>" + drawn + "</svg>")"""
CELLS = {
    "title": "# 01 Boats",
    "first": "boats = 2\ncrew = 3",
    "picture": PICTURE,
    "middle": "## Then",
    "second": "days = 5\nnights = 5\nweeks = 1",
    "product": "boats * crew * days",
    "spare": "days + 1",
    "end": "## End",
}
NOTEBOOK = "notebooks/01_boats.ipynb"
MARKS = ("<<<<<<<", "=======", ">>>>>>>")


def notebook(cells):
    new = {True: nbformat.v4.new_markdown_cell, False: nbformat.v4.new_code_cell}
    made = [new[text.startswith("#")](text, id=name) for name, text in cells.items()]
    return nbformat.v4.new_notebook(cells=made)


class Boats(Clone):
    """A clone with a small notebook, and one kernel that runs it."""

    kernel: NotebookClient

    def execute(self):
        """What `make notebooks` does: run it elsewhere, take over its outputs in normal form."""
        source, executed = self.root / NOTEBOOK, self.home / "executed"
        self.kernel.nb = done = nbformat.read(source, as_version=4)
        for number, cell in enumerate(done.cells):
            self.kernel.execute_cell(cell, number)
        executed.mkdir(exist_ok=True)
        nbformat.write(done, executed / source.name)
        self.run(".venv/bin/python", "tools/normalise.py", "--executed", executed, source, check=True)


def write(clone, **changed):
    """Change sources (None: without that cell), run the notebook and commit."""
    cells = {name: text for name, text in (CELLS | changed).items() if text is not None}
    nbformat.write(notebook(cells), clone.root / NOTEBOOK)
    clone.execute()
    clone.commit(", ".join(changed) or "Boats")


def branches(clone, ours, theirs):
    clone.git("switch", "--quiet", "--discard-changes", "--force-create", "theirs", "base")
    write(clone, **theirs)
    clone.git("switch", "--quiet", "--force-create", "ours", "base")
    write(clone, **ours)


def merged(clone):
    """The notebook as it lies there: its cells by id."""
    text = (clone.root / NOTEBOOK).read_text(encoding="utf-8")
    found = nbformat.reads(text, as_version=4)
    nbformat.validate(found)
    return {cell.id: cell for cell in found.cells}


def shown(cells):
    return json.dumps([cell.get("outputs", []) for cell in cells.values()])


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone that `make dev` has set up, twice."""
    clone = Boats(tmp_path_factory.mktemp("merge") / "a clone", "tools/normalise.py")
    (clone.root / "notebooks").mkdir()
    for _ in range(2):
        done = clone.make("dev")
        assert done.returncode == 0, done.stdout + done.stderr
    clone.kernel = NotebookClient(nbformat.v4.new_notebook(), kernel_name="python3")
    with clone.kernel.setup_kernel():
        write(clone)
        clone.git("tag", "base")
        yield clone


def test_make_dev_sets_what_it_says_and_twice_is_as_good_as_once(clone):
    said = clone.git("config", "--local", "--get-regexp", "jupyternotebook").splitlines()
    assert [line.split()[0] for line in said] == [
        "diff.jupyternotebook.command", "merge.jupyternotebook.driver", "merge.jupyternotebook.name",
    ]  # fmt: skip
    assert "pre-commit" in (clone.root / ".git/hooks/pre-commit").read_text()
    done = clone.make("dev")
    assert done.stdout.splitlines()[-1].startswith("Ready: ")
    assert clone.git("config", "--local", "--get-regexp", "jupyternotebook").splitlines() == said


def test_a_commit_stores_no_notebook_that_is_not_in_normal_form(clone):
    clone.git("switch", "--quiet", "--detach", "base")
    path = clone.root / NOTEBOOK
    saved = json.loads(path.read_text(encoding="utf-8"))
    saved["metadata"]["language_info"]["version"] = "3.11.7"
    path.write_text(json.dumps(saved, indent=1) + "\n", encoding="utf-8")
    done = clone.run("git", "commit", "--all", "-m", "As JupyterLab saved it")
    assert done.returncode == 1 and "notebooks in normal form" in done.stdout + done.stderr
    assert clone.git("diff", "--stat", "base", "--", NOTEBOOK) == ""  # mended in the working tree
    clone.git("reset", "--quiet", "--hard")


def test_outputs_of_two_runs_never_conflict_and_the_sources_of_both_stay(clone):
    branches(clone, {"first": "boats = 4\ncrew = 3"}, {"second": "days = 7", "new": "crew - 1"})
    clone.git("merge", "--no-edit", "theirs")
    cells = merged(clone)
    assert cells["first"].source == "boats = 4\ncrew = 3" and cells["second"].source == "days = 7"
    assert not [mark for mark in MARKS if mark in (clone.root / NOTEBOOK).read_text(encoding="utf-8")]
    clone.execute()
    fresh = (clone.root / NOTEBOOK).read_bytes()
    cells = merged(clone)
    assert cells["product"].outputs[0].data["text/plain"] == "84" and "4-29" in shown(cells)
    assert cells["new"].outputs[0].data["text/plain"] == "2"
    clone.commit("Run again")
    clone.execute()
    assert (clone.root / NOTEBOOK).read_bytes() == fresh
    assert clone.git("status", "--porcelain") == ""


def test_both_lines_that_two_sides_change_in_one_cell_are_kept(clone):
    ours, theirs = "days = 6\nnights = 5\nweeks = 1", "days = 5\nnights = 5\nweeks = 2"
    branches(clone, {"second": ours}, {"second": theirs})
    clone.git("merge", "--no-edit", "theirs")
    assert merged(clone)["second"].source == "days = 6\nnights = 5\nweeks = 2"


def test_sources_that_conflict_are_marked_and_outputs_are_not(clone):
    branches(clone, {"first": "boats = 4\ncrew = 3"}, {"first": "boats = 9\ncrew = 3", "second": "days = 7"})
    done = clone.run("git", "merge", "--no-edit", "theirs")
    assert done.returncode == 1 and f"Merge conflict in {NOTEBOOK}" in done.stdout
    assert clone.git("diff", "--name-only", "--diff-filter=U").strip() == NOTEBOOK
    cells = merged(clone)
    marked = [name for name, cell in cells.items() if all(mark in cell.source for mark in MARKS)]
    assert marked == ["first"] and {"boats = 4", "boats = 9"} <= set(cells["first"].source.splitlines())
    assert not [mark for mark in MARKS if mark in shown(cells)]
    resolved = nbformat.read(clone.root / NOTEBOOK, as_version=4)
    next(cell for cell in resolved.cells if cell.id == "first").source = "boats = 9\ncrew = 3"
    nbformat.write(resolved, clone.root / NOTEBOOK)
    clone.execute()
    assert merged(clone)["product"].outputs[0].data["text/plain"] == "189"
    clone.commit("Merged")
    assert len(clone.git("log", "-1", "--format=%P").split()) == 2


def test_a_cell_that_one_side_removed_stays_removed_though_the_other_ran_it(clone):
    branches(clone, {"second": "days = 7"}, {"spare": None})
    clone.git("merge", "--no-edit", "theirs")
    assert "spare" not in merged(clone) and merged(clone)["second"].source == "days = 7"


def test_a_working_tree_without_an_environment_takes_that_of_its_clone(clone):
    branches(clone, {"first": "boats = 4\ncrew = 3"}, {"end": "## The end"})
    tree = clone.root.parent / "another tree"
    clone.git("worktree", "add", "--quiet", "--detach", tree, "ours")
    clone.git("merge", "--no-edit", "theirs", cwd=tree)
    text = (tree / NOTEBOOK).read_text(encoding="utf-8")
    assert "boats = 4" in text and "## The end" in text
    shown = clone.git("diff", "base", "--", NOTEBOOK, cwd=tree)
    below = clone.git("diff", "base", "--", NOTEBOOK.split("/")[1], cwd=tree / "notebooks")
    assert "## modified /cells/" in shown and "## modified /cells/" in below  # nbdime's words
    before = clone.git("config", "--local", "--list")
    (tree / ".venv").symlink_to(ENVIRONMENT)
    assert clone.make("dev", cwd=tree).returncode == 0  # there as well, with one of its own
    assert clone.git("config", "--local", "--list") == before
    clone.git("worktree", "remove", "--force", tree)
