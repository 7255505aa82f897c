"""A small clone of the project in a folder of its own, with real git, and the environment of this one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from helpers import paths

FILES = (
    ".gitattributes", ".gitignore", ".pre-commit-config.yaml", "Makefile", "pyproject.toml",
    "requirements.lock",
)  # fmt: skip
ENVIRONMENT = Path(sys.prefix)


class Clone:
    """A repository with one commit; nothing of the user's git or of the project's is read or written."""

    def __init__(self, root: Path, *parts: str):
        self.root, self.home = root, root.parent / f"{root.name}-home"
        (self.home / "tmp").mkdir(parents=True)
        for part in [*FILES, *parts]:
            source, target = paths.ROOT / part, root / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_*"))
            else:
                shutil.copy(source, target)
        (root / ".venv").symlink_to(ENVIRONMENT)
        self.git("init", "--quiet", "--initial-branch=main")
        (root / ".git" / "info" / "exclude").write_text(".venv\n")  # a link is not the folder of .gitignore

    @property
    def environment(self) -> dict[str, str]:
        others = ("GIT_", "MAKE", "MFLAGS")  # make says more where another make has started it
        mine = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        roles = [f"GIT_{role}_{what}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
        who = dict.fromkeys(roles, "someone@example.org")
        return mine | who | {
            "HOME": str(self.home), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(self.home / "pre-commit"), "TMPDIR": str(self.home / "tmp"),
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
        self.git("commit", "--quiet", "--no-verify", *options, "-m", message)

    def make(self, *words, **options):
        """make, which must not take the shared environment for one to be renewed."""
        return self.run("make", "-o", ".venv/.ready", *words, **options)
