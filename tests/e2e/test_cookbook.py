"""Every snippet of docs/cookbook.md, in its order, in a project of its own."""

import os
import re
import shutil
import subprocess

import pytest

from helpers import paths
from helpers.reporting import run

SNIPPETS = re.findall(
    r"^```(\w+)(?: (\S+))?\n(.*?)^```$",
    (paths.ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = tmp_path_factory.mktemp("cookbook")
    shutil.copytree(paths.NOTEBOOKS, made / "notebooks")
    shutil.copytree(paths.DATA / "seeds", made / "data" / "seeds")
    run.report(paths.DATA / "seeds", tell=lambda _: None)
    stored = made / "data" / "interim" / "seeds"
    shutil.copytree(paths.interim("seeds"), stored, ignore=shutil.ignore_patterns("*.json"))
    (made / ".venv").symlink_to(paths.ROOT / ".venv")
    return made


@pytest.fixture(scope="module")
def said(project):
    """What each snippet printed. Python goes on in one process, as in a notebook; the shell in between."""
    lines = ["import subprocess, sys", "from IPython.core.interactiveshell import InteractiveShell"]
    lines += ["shell = InteractiveShell.instance()"]
    for kind, name, text in SNIPPETS:
        if name:
            lines.append(f"open({name!r}, 'w', encoding='utf-8').write({text!r})")
        elif kind == "sh":
            lines.append(f"subprocess.run({text!r}, shell=True, check=True, stdout=sys.stdout)")
        else:
            lines.append(f"shell.run_cell({text!r}).raise_error()")
        lines.append("print('=' * 9, flush=True)")
    done = subprocess.run(
        [project / ".venv" / "bin" / "python", "-c", "\n".join(lines)],
        env=os.environ | {"PARALLAX_HOME": str(project), "IPYTHONDIR": str(project / "ipython")},
        capture_output=True, text=True, cwd=project,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout.split("=" * 9 + "\n")


def of(said, start):
    """What the one snippet that holds `start` has printed."""
    (found,) = (out for (_, _, text), out in zip(SNIPPETS, said, strict=False) if start in text)
    return found


def test_two_texts_are_compared_down_to_their_sentences(said):
    rates = of(said, "rates = tables.rates.query").splitlines()
    assert rates[0].split()[:3] == ["group", "code", "mentions"] and "too few paragraphs" in rates[2]
    assert ":s0" in of(said, "evidence.sentences(largest")
    assert "of 144 sentences, in 1 of 5 texts" in of(said, "explore.chosen(")


def test_a_table_with_columns_in_another_language_is_read_as_it_is(said):
    told = of(said, 'harbour = helpers.load("harbour.csv")\nprint(harbour.articles')
    assert "Running 05_briefing" in told and told.endswith("\n[]\n")
    assert "harbour-002    Echo 2026-02-11       Breakwater is too dear       44" in told
    assert "Unchanged and not run again: 01_ingestion" in of(said, "--out reports/before\n")


def test_a_new_codebook_shows_in_the_changes(said):
    assert "The cost" in of(said, "helpers changes")


def test_labels_give_the_accuracy_of_each_code(said):
    told = of(said, "harbour.accuracy")
    assert all(name in told for name in ("The council", "The cost", "Storms", "Mean of the codes"))


def test_an_own_notebook_shows_a_table_and_a_figure(said):
    assert "Share of the words of each text in each voice" in of(said, "table(shares")
    figure = of(said, "figure = stacked(")
    assert figure.startswith("A bar a text") and "harbour-001 Herald 0.884" in figure
