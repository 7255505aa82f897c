"""Print the pages of a corpus's report as PDF, with the Chromium or Chrome that is installed.

    python tools/pdf.py CORPUS      reports/<name>/*.html → reports/<name>-pdf/*.pdf

The PDFs lie beside the report, not in it: a report takes the place of its whole folder.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import click

from helpers import paths
from helpers.reporting import run

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
]  # fmt: skip
_PATIENCE = 120  # seconds for a page; those of 40 texts take about two


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
def main(corpus: Path) -> None:
    """Print every page of the report of CORPUS, which must have been made."""
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        told = "There is no Chromium to print with. On Debian or Ubuntu: apt-get install chromium"
        raise click.ClickException(f"{told}. Any browser can print the pages too")
    try:
        report = paths.REPORTS / paths.claim(corpus)
    except paths.CorpusError as error:
        raise click.ClickException(str(error)) from None
    out = report.with_name(f"{report.name}-pdf")
    if not (report / run.MARK).is_file():
        raise click.ClickException(f"There is no report in {report}. First: make report CORPUS={corpus}")
    if (out / run.MARK).is_file():
        raise click.ClickException(f"{out} holds the report of another corpus")
    out.mkdir(exist_ok=True)
    for page in sorted(report.glob("*.html")):
        print_page(browser, page, out / f"{page.stem}.pdf")
    click.echo(f"Printed: {out}")


def print_page(browser: str, page: Path, pdf: Path) -> None:
    """Print one page; a PDF that stood there before stays if it fails."""
    with tempfile.TemporaryDirectory() as profile:
        made = Path(profile, pdf.name)
        given = [*QUIET, f"--user-data-dir={profile}", f"--print-to-pdf={made}", page.as_uri()]
        done = subprocess.run([browser, *given], capture_output=True, text=True, timeout=_PATIENCE)
        if not made.is_file():
            raise click.ClickException(f"{page} could not be printed:\n{done.stderr}")
        shutil.move(made, pdf)


if __name__ == "__main__":
    main()
