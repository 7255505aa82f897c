"""A small clone of the project in a folder of its own, with real git, and the environment of this one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from helpers import paths

FILES = (
    ".gitattributes",
    ".gitignore",
    ".pre-commit-config.yaml",
    "Makefile",
    "pyproject.toml",
    "requirements.lock",
)
ENVIRONMENT = Path(sys.prefix)


class Clone:
    """A repository with one commit; nothing of the user's git or of the project's is read or written."""

    def __init__(self, root: Path, *folders: str):
        self.root, self.home = root, root.parent / f"{root.name}-home"
        self.home.mkdir(parents=True)
        for folder in folders:
            skipped = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
            shutil.copytree(paths.ROOT / folder, root / folder, ignore=skipped)
        for file in FILES:
            shutil.copy(paths.ROOT / file, root / file)
        (root / ".venv").symlink_to(ENVIRONMENT)
        # `.venv/` of .gitignore means a folder, not a link.
        self.git("init", "--quiet", "--initial-branch=main")
        (root / ".git" / "info" / "exclude").write_text(".venv\n")

    @property
    def environment(self) -> dict[str, str]:
        mine = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {
            f"GIT_{role}_{what}": f"{what.lower()}@example.org"
            for role in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        temporary = self.home / "tmp"
        temporary.mkdir(exist_ok=True)
        return mine | who | {
            "HOME": str(self.home), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(self.home / "pre-commit"), "TMPDIR": str(temporary),
        }  # fmt: skip

    def run(self, *words, cwd=None, check=False):
        done = subprocess.run(
            [*map(str, words)], cwd=cwd or self.root, env=self.environment, capture_output=True, text=True
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def git(self, *words, **options):
        return self.run("git", *words, **{"check": True} | options).stdout

    def commit(self, message, *options):
        self.git("add", "--all")
        self.git("commit", "--quiet", *options, "-m", message)

    def make(self, *words, **options):
        """make, which must not take the shared environment for one to be renewed."""
        return self.run("make", "-o", ".venv/.ready", *words, **options)
