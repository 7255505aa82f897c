"""The command line: `python -m helpers report CORPUS`, `python -m helpers codebook suggest CORPUS`."""

import os
from collections.abc import Callable
from pathlib import Path

import click

from helpers import __version__, paths
from helpers.paths import CorpusError


@click.group()
@click.version_option(__version__, prog_name="parallax")
def main() -> None:
    """Compare how several outlets report one event."""


@main.command()
@click.argument("name")
@click.option("--from", "source", type=click.Path(path_type=Path), required=True, metavar="SOURCE",
              help="A folder of articles, an export of a database, or a table.")  # fmt: skip
@click.option("--link", is_flag=True, help="Give the files a second name (hard links) instead of copying.")
def new(name: str, source: Path, link: bool) -> None:
    """Start a corpus, data/NAME (or the folder NAME, if it has a "/"), from the articles in SOURCE."""
    from helpers import codebook, ingestion, topics

    try:
        folder = ingestion.vacant(name, source)
        read = ingestion.read_folder(source)
        click.echo(ingestion.came_in(read))
        suggested, compared = "", _independent(read["articles"])
        if not codebook.source(source):
            click.echo("Suggesting a codebook")
            suggestion = topics.suggest(ingestion.sentences(compared), compared)
            suggested = topics.as_yaml(suggestion) if len(suggestion.topics) + len(suggestion.actors) else ""
            if not suggested:
                click.echo("There is too little text (in English) to suggest a codebook.")
        click.echo(ingestion.start(folder, source, read, suggested, link))
    except (CorpusError, OSError) as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
def check(corpus: Path) -> None:
    """Say what of CORPUS is missing or doubtful, and how to mend it."""
    from helpers import ingestion, tables
    from helpers.reporting import run

    try:
        name = run.ingest(corpus, tell=click.echo)
        needed = ("files", "articles", "ledger", "codebook", "mentions")
        read = {table: tables.read(table, name) for table in needed}
    except (CorpusError, run.RunError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(ingestion.as_page(ingestion.doubtful(read), len(read["articles"])))


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Where the pages go (default: reports/<name>).")
@click.option("--name", help="The corpus's name (default: the folder's or file's).")
@click.option("--jobs", type=click.IntRange(1), default=2, show_default=True, help="Processes at once.")
@click.option("-p", "parameters", type=(str, str), multiple=True, metavar="NAME VALUE", help="A parameter.")
@click.option("--force", is_flag=True, help="Run everything, changed or not.")
@click.option("--strict", is_flag=True, help="Make no report if a file cannot be read.")
@click.option("--no-texts", is_flag=True, help="Leave the articles' texts out, for sharing.")
def report(corpus: Path, parameters: tuple[tuple[str, str], ...], **options: object) -> None:
    """Run every notebook on CORPUS, a folder or a table of articles, and write the report as HTML pages."""
    from helpers.reporting import run

    given = {key: _value(text) for key, text in parameters}
    try:
        run.report(corpus, parameters=given, tell=click.echo, **options)
    except (CorpusError, run.RunError, OSError) as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.argument("source")
@click.argument("out")
@click.option(
    "--jobs", type=click.IntRange(1), default=2, show_default=True, help="Processes of this machine."
)
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler, whose workers take their place.")
def scale(source: str, out: str, jobs: int, cluster: str | None) -> None:
    """Write the tables of SOURCE to OUT, both folders or addresses, for corpora too large for a report."""
    # Each process has a core: threads of numeric libraries beside it only wait for one another.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from helpers.scale import run

    try:
        made = run(source, out, jobs=jobs, cluster=cluster, tell=click.echo)
    except (CorpusError, OSError) as error:
        raise click.ClickException(str(error)) from None
    counted = "{articles} articles, {compared} of them compared; {failed} of {files} files were not read"
    click.echo(f"{counted.format(**made)}. The tables are ready: {out}")


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The file (default: reports/<name>.zip).")
@click.option("--name", help="The corpus's name (default: the folder's or file's).")
@click.option("-p", "parameters", type=(str, str), multiple=True, metavar="NAME VALUE", help="A parameter.")
def archive(corpus: Path, parameters: tuple[tuple[str, str], ...], **options: object) -> None:
    """Write a zip of CORPUS's numbers, sources and hashes, without its texts, that others can verify."""
    from helpers.reporting import archive, run

    given = {key: _value(text) for key, text in parameters}
    try:
        archive.write(corpus, parameters=given, tell=click.echo, **options)
    except (CorpusError, run.RunError, OSError) as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.argument("file", metavar="ZIP", type=click.Path(path_type=Path))
@click.argument("corpus", type=click.Path(path_type=Path))
@click.pass_context
def verify(context: click.Context, file: Path, corpus: Path) -> None:
    """Say whether CORPUS still gives the texts and numbers of an archive; if not, the exit code is 1."""
    from helpers.reporting import archive, run

    try:
        same = archive.verify(file, corpus, tell=click.echo)
    except (CorpusError, run.RunError, OSError) as error:
        raise click.ClickException(str(error)) from None
    context.exit(0 if same else 1)


@main.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--markdown", is_flag=True, help="Write Markdown, not plain text.")
def changes(before: Path, after: Path, markdown: bool) -> None:
    """Say which findings differ between two reports (their folders), and by which sentences."""
    from helpers import briefing
    from helpers.reporting import exports

    try:
        sides = [briefing.Side(*exports.read_findings(folder)) for folder in (before, after)]
    except CorpusError as error:
        raise click.ClickException(str(error)) from None
    click.echo(briefing.changes_text(*sides, markdown=markdown), nl=False)


@main.group()
def codebook() -> None:
    """Start a codebook, and check it against a reader's labels."""


@codebook.command()
@click.argument("corpus", type=click.Path(path_type=Path))
def suggest(corpus: Path) -> None:
    """Write codebook.suggested.yml for CORPUS, from its frequent names and themes."""
    from helpers import tables, topics

    def suggestion(name: str) -> str:
        return topics.as_yaml(topics.suggest(tables.read("sentences", name), _compared(name)))

    used = "Reports go on with the codebook.yml that is there"
    if not paths.own_file(corpus, paths.CODEBOOK).exists():
        used = "Until then reports use it as it is"
    told = f"Read it, mend it, and save it as codebook.yml. {used}"
    _write(corpus, paths.SUGGESTED, suggestion, told)


@codebook.command()
@click.argument("corpus", type=click.Path(path_type=Path))
def sample(corpus: Path) -> None:
    """Write labels.sample.csv for CORPUS: sentences to label, matched by the codebook and not."""
    from helpers import tables, topics

    def drawn(name: str) -> str:
        read = {table: tables.read(table, name) for table in ("sentences", "mentions", "codebook")}
        sentences = read["sentences"][read["sentences"].article_id.isin(_compared(name).article_id)]
        return tables.csv_text(topics.sample(sentences, read["mentions"], read["codebook"]))

    told = "Fill in its columns label (yes or no) and coder, and save it as labels.csv"
    _write(corpus, paths.SAMPLE, drawn, f"{told}. 02 then tells the rest")


@main.group()
def tone() -> None:
    """Check the tone that was measured against readers' labels."""


@tone.command("sample")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--by", default="outlet", show_default=True, help="What the texts are grouped by, as in 02.")
def tone_sample(corpus: Path, by: str) -> None:
    """Write labels.tone.sample.csv for CORPUS: mentions of actors whose tone is to be told."""
    from helpers import tables, tone, topics

    def drawn(name: str) -> str:
        read = {table: tables.read(table, name) for table in ("fields", "sentences", "mentions", "codebook")}
        articles = _compared(name)
        sentences = read["sentences"][read["sentences"].article_id.isin(articles.article_id)]
        groups = topics.group_table({by: topics.groups(articles, read["fields"], by)})
        return tables.csv_text(tone.sample(sentences, read["mentions"], groups, read["codebook"]))

    told = "Fill in its columns label (negative, neutral or positive) and coder"
    told += ", and put its rows with those of labels.csv, if there are any"
    _write(corpus, paths.TONE_SAMPLE, drawn, f"{told}. 03 then tells the rest")


def _compared(name: str) -> object:
    """The articles of a corpus that 02 compares."""
    from helpers import tables

    return _independent(tables.read("articles", name))


def _independent(articles: object) -> object:
    """Those in a supported language, and of copies of one text only one."""
    from helpers import independence, words

    return independence.independent(words.supported(articles)[0])[0]


def _write(corpus: Path, name: str, content: Callable[[str], str], told: str) -> None:
    """Write a file beside the articles of a corpus, made from its tables; what is there is never lost."""
    from helpers.reporting import run

    target = paths.own_file(corpus, name)
    try:
        if target.exists():
            raise CorpusError(f"{target} is there already. Rename or remove it first")
        text = content(run.ingest(corpus, tell=click.echo))
        target.write_text(text, encoding="utf-8-sig" if name.endswith(".csv") else "utf-8")  # for Excel
    except (CorpusError, run.RunError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Written: {target}. {told}.")


def _value(text: str) -> object:
    """A parameter as typed: a number, true or false (yes or no), or text."""
    words = {"true": True, "yes": True, "false": False, "no": False, "none": None}
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
