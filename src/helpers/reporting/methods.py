"""How the numbers of a corpus were made, in sentences for a paper's section on method.

`methods_table` makes table `methods` of the tables and of what each stage says of itself; `as_markdown` makes
the file of a report. Nothing in them depends on the clock or the machine.
"""

import sys
from hashlib import sha256
from importlib import metadata

import pandas as pd

from helpers import __version__, paths, tables, words

# What reads, cuts, counts or computes: another version may give another number. The lock has all others.
PACKAGES = (
    "charset-normalizer", "ftfy", "google-re2", "lxml", "numpy", "openpyxl", "pandas", "py3langid", "pypdf",
    "python-docx", "scikit-learn", "scipy", "sentencex", "striprtf", "trafilatura", "warcio",
)  # fmt: skip
CITED = f"The Parallax contributors. Parallax (version {__version__}). Computer software, MIT licence."
_ORDER = "corpus copies voice topics tone dates differences versions citing".split()
_HEADINGS = {
    "corpus": "Corpus", "copies": "Copies", "voice": "Voices", "topics": "Topics, actors and words",
    "tone": "Tone", "dates": "Dates and events", "differences": "Differences",
}  # fmt: skip


def methods_table(stored: dict[str, pd.DataFrame], told: list[tuple[str, str]]) -> pd.DataFrame:
    """Table `methods`: the corpus, what the stages say of themselves, versions, and how to cite.

    Parameters
    ----------
    stored
        `files`, `articles`, `groups` and `codebook`; `collection` where it was stated.
    told
        (part, sentence), in the order of the stages.
    """
    said = [*_corpus(stored), *told, ("versions", _versions_in_words()), ("citing", CITED)]
    frame = pd.DataFrame(said, columns=["part", "text"])
    frame = frame.sort_values("part", key=lambda parts: parts.map(_ORDER.index), kind="stable")
    return frame.assign(position=range(len(frame)))


def as_markdown(methods: pd.DataFrame, corpus: str, parameters: dict[str, object]) -> str:
    """A report's `methods.md`: prose to paste, the settings as a list, and how to cite.

    Parameters
    ----------
    methods
        Table `methods`.
    corpus
        The corpus's name.
    parameters
        Those of the run that were given; the others had their defaults.
    """
    by_part = methods.groupby("part").text.agg(" ".join)
    prose = [f"**{heading}.** {by_part[part]}" for part, heading in _HEADINGS.items() if part in by_part]
    given = [f"- {name} = {value}" for name, value in parameters.items()]
    return "\n\n".join([
        f"# Methods: {corpus}", *prose, "## Settings",
        "\n".join(given) or "Every parameter had its default.", by_part["versions"],
        "## How to cite", by_part["citing"],
        f"The corpus: “{corpus}”, the articles listed in table `articles` with outlet, day and address. To "
        "pass it on with its numbers and without its texts: `python -m helpers archive`.",
    ]) + "\n"  # fmt: skip


def versions() -> dict[str, str]:
    """The versions a number may depend on: of Parallax, Python and the packages."""
    own = {"Parallax": __version__, "Python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    return own | {name: metadata.version(name) for name in PACKAGES}


def digest(frame: pd.DataFrame) -> str:
    """SHA-256 of a table written as CSV."""
    return sha256(tables.csv_text(frame).encode()).hexdigest()


def _corpus(stored: dict[str, pd.DataFrame]) -> list[tuple[str, str]]:
    """How many texts there are, of what kinds and when; how they were found; what was looked for."""
    articles, codebook = stored["articles"], stored["codebook"]
    known = articles.outlet.nunique()
    counted = stored["groups"].article_id.nunique()
    days = articles.published.dropna().dt.date
    dated = f"published from {days.min()} to {days.max()}" if len(days) else "without a day of publication"
    texts = (
        f"{_count(len(articles), 'article')} ({articles.n_words.sum():,} words; "
        f"{_count(known, 'known outlet')}; {dated}, {articles.published.isna().sum()} undated; genres: "
        f"{_each(articles.genre)}; languages: {_each(articles.lang.fillna('unknown'))}), among them "
        f"{_count(articles.family.nunique(), 'independent text')}; {counted} were compared. Supported "
        f"languages: {', '.join(words.LANGUAGES)}."
    )
    unread = stored["files"].status.isin(["skipped", "failed"]).sum()
    said = [texts, f"Files that were not read: {unread}."]
    found = {row.field: row.value for row in stored.get("collection", codebook[:0]).itertuples()}
    said += [f"{field.capitalize()}: {_stated(value)}." for field, value in found.items()]
    kinds = codebook.kind.value_counts()
    made = paths.CODEBOOK if (codebook.source == paths.CODEBOOK).all() else "word statistics, by no person"
    looked = f"{_count(kinds.get('topic', 0), 'topic')}, {_count(kinds.get('actor', 0), 'actor')}"
    said.append(f"Codebook: {looked}, from {made} (SHA-256 of its table as CSV: {digest(codebook)}).")
    return [("corpus", text) for text in said]


def _versions_in_words() -> str:
    return "Computed with " + ", ".join(f"{name} {version}" for name, version in versions().items()) + "."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _each(values: pd.Series) -> str:
    return ", ".join(f"{number} {value}" for value, number in sorted(values.value_counts().items())) or "none"


def _stated(value: object) -> str:
    return value.rstrip(".") if isinstance(value, str) else "not stated"
