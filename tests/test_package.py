"""How the package is built: its floors, what importing it does, and what a wheel of it holds."""

import ast
import io
import subprocess
import sys
import tokenize
import tomllib
import zipfile
from pathlib import Path

import pytest

from helpers import paths

PACKAGE = paths.ROOT / "src" / "helpers"
STAGES = {"ingestion", "topics", "tone", "timeline", "briefing"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.update({node.module} | {f"{node.module}.{alias.name}" for alias in node.names})
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_stages_never_import_one_another_and_reporting_imports_none(module):
    home = module.relative_to(PACKAGE).parts[0]
    used = {name.split(".")[1] for name in imports(module) if name.startswith("helpers.")}
    # What calls stages, and what it never calls.
    above = {"__main__.py": set(), "scale": {"briefing", "reporting"}}
    others = above.get(home, STAGES - {home} | {"scale"})
    assert not used & others


def test_no_module_bears_the_name_of_a_function_beside_it():
    for package in (path.parent for path in MODULES if path.name == "__init__.py"):
        modules = {path.stem for path in package.iterdir()} - {"__init__", "__main__", "__pycache__"}
        exported = next(
            (
                ast.literal_eval(node.value)
                for node in ast.parse((package / "__init__.py").read_text()).body
                if isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
            ),
            [],
        )
        assert not modules & set(exported)


# Lines of code each part may have, so that one that wants to grow has to say so here. The plan was 8,000 in
# all. What they hold that the plan did not foresee:
# ingestion: dumps and voices by rules (1,400), starting and checking a corpus (340), 10,000 articles without
#   the squares of their number (255), many lines and files looked at at once (190), less searched (20);
# topics: near sentences by an index, words counted part by part, names by their rarest word (175),
#   words tried without each article by its length (35);
# tone: targets related to words many at once (35), one actor at a time (5);
# timeline: dates, events and differences without a parser (400), 10,000 articles (240), twice as fast (360);
# briefing: rules of eleven groups of findings, two reports side by side (230), wording what is shown (40);
# reporting: lists behind numbers (300), methods, archives, no texts (430), forty outlets (250), exploring
#   (200), forked kernels and runs that find nothing changed (230), very long tables (135);
# ground floor: checks without pandera (15), words of many texts cut at once, looked up and counted (400);
# scale: chunks, a store, workers that may die, places elsewhere, a shuffle, closing tasks, going on (890).
LIMITS = {
    "ingestion": 4470, "topics": 1265, "tone": 840, "timeline": 2555, "briefing": 880, "reporting": 2220,
    "ground floor": 1980, "scale": 890,
}  # fmt: skip


def test_the_package_stays_small():
    sources = {path: path.read_text(encoding="utf-8") for path in MODULES}
    sizes = dict.fromkeys(LIMITS, 0)
    for path, source in sources.items():
        part = path.relative_to(PACKAGE).parts[0]
        sizes[part if part in LIMITS else "ground floor"] += lines_of_code(source)
    assert not {part: size for part, size in sizes.items() if size > LIMITS[part]}
    lengths = {name: len(source.splitlines()) for name, source in sources.items()}
    assert not {name: length for name, length in lengths.items() if length > 370}


def lines_of_code(source: str) -> int:
    """Lines that are neither blank nor only a comment or docstring."""
    documented = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    code = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in silent | {tokenize.ENDMARKER}
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(code - documented)


def test_lines_of_code_are_counted_without_docstrings_comments_and_blanks():
    source = '"""What it is."""\n\n# why\nx = (\n    1\n)\n\n\ndef f():\n    """It."""\n    return x\n'
    assert lines_of_code(source) == 5


def test_importing_the_package_loads_nothing_heavy():
    names = ", ".join(f"helpers.{name}" for name in sorted({*STAGES, "reporting", "codebook", "tables"}))
    heavy = {"matplotlib", "sklearn", "trafilatura", "papermill", "nbconvert", "scipy", "IPython", "torch"}
    assert loaded(f"import {names}\nfrom helpers.reporting import *") & heavy == set()


def test_a_run_that_finds_nothing_changed_needs_neither_pandas_nor_pandera():
    slow = {"pandas", "pandera", "pyarrow", "numpy", "papermill", "nbformat", "jupyter_client", "asyncio"}
    assert loaded("import helpers.__main__, helpers.reporting.run") & slow == set()


def loaded(code: str) -> set[str]:
    """The modules that are there after `code`, in a process of its own."""
    code += "\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_everything_imported_is_a_declared_dependency():
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())["project"]
    extras = [entry for group in project["optional-dependencies"].values() for entry in group]
    declared = " ".join(project["dependencies"] + extras)
    names = {
        "yaml": "pyyaml",
        "sklearn": "scikit-learn",
        "IPython": "ipython",
        "charset_normalizer": "charset-normalizer",
        "pydantic_core": "pydantic",
        "re2": "google-re2",
        "jupyter_client": "jupyter-client",
    }
    used = {name.split(".")[0] for module in MODULES for name in imports(module)}
    foreign = used - set(sys.stdlib_module_names) - {"helpers"}
    assert not {name for name in foreign if names.get(name, name) not in declared}


def test_nothing_is_stored_or_read_as_a_pickle_and_yaml_is_read_safely():
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        assert not imports(module) & {"pickle", "joblib", "shelve", "marshal"}, module
        assert "yaml.load(" not in text and "allow_pickle=True" not in text, module


def test_a_wheel_holds_the_package_with_its_lists_and_no_article(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=paths.ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "helpers/ingestion/furniture.tsv" in names and "helpers/tables.tsv" in names
    assert {f"helpers/tone/{part}-LICENSE.txt" for part in ("lexicon", "targets")} <= set(names)
    assert "helpers/reporting/template/style.css" in names
    assert not [name for name in names if name.endswith((".ipynb", ".html")) or "seeds" in name]
    phrases = [line for seed in (paths.DATA / "seeds").glob("0*.txt") for line in long_lines(seed)]
    content = "".join(zipfile.ZipFile(wheel).read(name).decode(errors="ignore") for name in names)
    assert not [phrase for phrase in phrases if phrase in content]


def long_lines(seed: Path) -> list[str]:
    return [
        line.strip()[:60] for line in seed.read_text(encoding="utf-8").splitlines() if len(line.strip()) > 60
    ]
