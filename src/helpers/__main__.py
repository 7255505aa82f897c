"""The command line: `python -m helpers report CORPUS`."""

import sys
from pathlib import Path

import click

from helpers import __version__
from helpers.paths import CorpusError


@click.group()
@click.version_option(__version__, prog_name="parallax")
def main() -> None:
    """Compare how several outlets report one event."""


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Where the pages go (default: reports/<name>).")
@click.option("--name", help="The corpus's name (default: the folder's or file's).")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Notebooks run at once.")
@click.option("-p", "parameters", type=(str, str), multiple=True, metavar="NAME VALUE", help="A parameter.")
@click.option("--force", is_flag=True, help="Run everything, changed or not.")
@click.option("--strict", is_flag=True, help="Make no report if a file cannot be read.")
def report(corpus: Path, parameters: tuple[tuple[str, str], ...], **options: object) -> None:
    """Run every notebook on CORPUS, a folder or a table of articles, and write the report as HTML pages."""
    from helpers.reporting import run

    given = {key: _value(text) for key, text in parameters}
    try:
        run.report(corpus, parameters=given, tell=click.echo, **options)
    except (CorpusError, run.RunError, OSError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


def _value(text: str) -> object:
    """A parameter as typed: a number, true or false, or text."""
    words = {"true": True, "false": False, "none": None}
    if text.lower() in words:
        return words[text.lower()]
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text


if __name__ == "__main__":
    main(prog_name="python -m helpers")
