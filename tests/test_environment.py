"""pyproject.toml, the lock and environment.yml name one and the same environment."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers import __version__, paths

PROJECT = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())
LOCK = (paths.ROOT / "requirements.lock").read_text()
LOCKED = {
    canonicalize_name(name): pin for name, pin in re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)
}
GROUPS = {name: [Requirement(r) for r in group] for name, group in PROJECT["dependency-groups"].items()}
WANTED = [Requirement(r) for r in PROJECT["project"]["dependencies"]] + GROUPS["dev"]
EXTRAS = [Requirement(r) for group in PROJECT["project"]["optional-dependencies"].values() for r in group]
OPTIONAL = GROUPS["benchmarks"] + EXTRAS


@pytest.mark.parametrize("requirement", WANTED, ids=lambda r: r.name)
def test_the_lock_satisfies_every_requirement(requirement):
    pinned = LOCKED.get(canonicalize_name(requirement.name))
    assert pinned and requirement.specifier.contains(pinned), "run: make lock"


@pytest.mark.parametrize("requirement", WANTED, ids=lambda r: r.name)
def test_what_is_installed_is_what_is_locked(requirement):
    assert version(requirement.name) == LOCKED[canonicalize_name(requirement.name)]


@pytest.mark.parametrize("requirement", OPTIONAL, ids=lambda r: r.name)
def test_what_is_optional_can_be_installed_beside_the_lock(requirement):
    pinned = LOCKED.get(canonicalize_name(requirement.name))
    assert pinned is None or requirement.specifier.contains(pinned)


def test_every_line_of_the_lock_is_hashed():
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert entries and all("--hash=sha256:" in entry for entry in entries)


def test_every_dependency_says_why_it_is_there():
    lines = (paths.ROOT / "pyproject.toml").read_text().splitlines()
    entries = [line for line in lines if re.match(r'    "[a-z0-9-]+>=', line)]
    assert len(entries) == len(WANTED + OPTIONAL)
    assert not [line for line in entries if "# " not in line]


def test_conda_users_get_the_same_set():
    wanted = yaml.safe_load((paths.ROOT / "environment.yml").read_text())["dependencies"]
    (pip,) = (entry["pip"] for entry in wanted if isinstance(entry, dict))
    python = next(entry for entry in wanted if str(entry).startswith("python="))
    assert pip == ["--require-hashes", "-r requirements.lock"]
    assert python.split("=")[1] in PROJECT["project"]["requires-python"]
    assert {entry for entry in wanted if isinstance(entry, str)} == {python, "pip", "make", "git"}


def test_the_version_is_told_in_one_way():
    citation = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text())
    assert PROJECT["project"]["version"] == __version__ == citation["version"]


def test_the_package_can_be_imported_from_any_folder(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "import helpers"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_make_help_lists_every_target():
    makefile = (paths.ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    shown = subprocess.run(
        ["make", "help"], cwd=paths.ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert targets == set(re.findall(r"^  make ([\w-]+)", shown, re.MULTILINE))


@pytest.mark.parametrize("target", ["report", "pdf"])
def test_a_corpus_may_have_any_name(target):
    name = 'the "pier" `echo x` of Port Ellery'
    words = ["make", "--no-print-directory", "-o", ".venv/.ready"]
    words += ["python=printf '%s\\n'", target, f"CORPUS={name}"]
    done = subprocess.run(words, cwd=paths.ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, name)
