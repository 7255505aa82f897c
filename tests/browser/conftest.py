"""A browser for the tests of the pages, and the reports they look at.

The browser is the system's Chromium, for Playwright downloads none here; without one all is skipped. The
corpus of 40 outlets and its tables are kept between runs, so a report is made anew only when something has
changed.
"""

import contextlib
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import forty_outlets
import pytest

from helpers import paths
from helpers.reporting import evidence_pages, run

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
QUIET = [
    "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def chromium():
    if CHROMIUM is None:
        pytest.skip(f"No browser here ({', '.join(NAMES)}): the pages were not tested in one")
    return CHROMIUM


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reports(chromium, tmp_path_factory, pytestconfig):
    """The folder of each report, by name."""
    forty = pytestconfig.cache.mkdir("corpora") / "forty-outlets"
    forty_outlets.write(forty)
    made = tmp_path_factory.mktemp("reports")

    def make(name: str, corpus: Path) -> Path:
        return run.report(corpus, out=made / name, tell=lambda _: None).parent

    reports = {"seeds": make("seeds", paths.DATA / "seeds"), "forty": make("forty", forty)}
    with pytest.MonkeyPatch.context() as patch:  # the same with its texts on several pages
        patch.setattr(evidence_pages, "ARTICLES", 12)
        return reports | {"split": make("split", forty)}


@pytest.fixture(scope="session", params=["seeds", "forty"])
def report(request, reports):
    return reports[request.param]


@dataclass
class Visit:
    """What happened on a page since it was opened."""

    page: object
    said: list[str] = field(default_factory=list)  # console messages, script errors, dialogs
    asked: list[str] = field(default_factory=list)  # addresses

    def __post_init__(self):
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", self._dismiss)
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _dismiss(self, dialog):
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def opened(browser):
    """Opens a page of a report in a context of its own: `with opened(file, width=360) as visit`."""

    @contextlib.contextmanager
    def opening(file: Path, width: int = 1280, fragment: str = "", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        try:
            visit = Visit(context.new_page())
            visit.page.goto(file.as_uri() + fragment)
            yield visit
        finally:
            context.close()

    return opening


def pages(report: Path) -> list[Path]:
    """The pages of a report: the front page first, then in the order of their names."""
    return sorted(report.glob("*.html"), key=lambda file: (file.name != "index.html", _natural(file.name)))


def _natural(name: str) -> list:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]
