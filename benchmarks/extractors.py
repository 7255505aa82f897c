"""The tools that `extraction.py` compares, each a function from a page to what the tool finds on it.

A page holds `raw` (as it was saved), `media_type`, `html` (a dump: each line a `<p>`) and `lang` ("en" or
other). Found is "text" and, by tools that tell, "title", "date" and "author" (one string, or a list).
"""

import gzip
import html
import json
import logging
import re
from collections.abc import Callable
from importlib.metadata import version
from itertools import islice
from pathlib import Path

import click

BLOCKS = ["p", "div", "li", "br", "tr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]
ENDS_LIKE_A_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
Tool = Callable[[dict], dict]


def read(source: Path, most: int | None = None) -> list[dict]:
    """The pages of a file, each as it was saved (`raw`) and as HTML."""
    with gzip.open(source, "rt", encoding="utf-8") as file:
        pages = [json.loads(line) for line in islice(file, most)]
    for page in pages:
        page["media_type"] = "text/html" if "html" in page else "text/plain"
        page["raw"] = page["html"] if "html" in page else page["text_dump"]
        if "html" not in page:
            lines = (f"<p>{html.escape(line)}</p>" for line in page["raw"].splitlines() if line.strip())
            page["html"] = "<!DOCTYPE html><html><body>" + "\n".join(lines) + "</body></html>"
    return pages


def installed() -> dict[str, Tool]:
    """The tools that read HTML, by name and version; a peer that is not installed is named and left out."""
    tools = {"Parallax": load_parallax()}
    peers = {"trafilatura": load_trafilatura, "jusText": load_justext, "readability-lxml": load_readability}
    for name, load in peers.items():
        try:
            tools[f"{name} {version(name)}"] = load()
        except ModuleNotFoundError as error:  # what `version` raises too
            click.echo(f"\n{name} is left out: {error}. CONTRIBUTING.md says how to install the peers.")
    return tools


def load_parallax() -> Tool:
    """`helpers.ingestion.extract`, told only whether it gets HTML or text."""
    from helpers.ingestion import extract

    def run(page: dict) -> dict:
        found = extract(page["raw"], media_type=page["media_type"])
        return {"text": found.text, "title": found.title, "date": found.published, "author": found.authors}

    return run


def load_trafilatura() -> Tool:
    """trafilatura, with what it tells of a saved page; without readers' comments."""
    from trafilatura import bare_extraction

    def run(page: dict) -> dict:
        saved = page["media_type"] == "text/html"
        found = bare_extraction(page["html"], with_metadata=saved, include_comments=False)
        told = ("title", "date", "author") if saved else ()
        return {"text": found.text if found else ""} | {name: getattr(found, name, None) for name in told}

    return run


def load_justext() -> Tool:
    """jusText with its English list of stop words; other pages in its mode that knows no language."""
    from justext import get_stoplist, justext

    english = {"stoplist": get_stoplist("English")}
    other = {"stoplist": frozenset(), "stopwords_low": 0, "stopwords_high": 0}

    def run(page: dict) -> dict:
        paragraphs = justext(page["html"], **(english if page["lang"] == "en" else other))
        return {"text": "\n".join(part.text for part in paragraphs if not part.is_boilerplate)}

    return run


def load_readability() -> Tool:
    """readability-lxml, its HTML made text with each block on a line of its own; refused pages are empty."""
    import lxml.html
    from readability import Document
    from readability.readability import Unparseable

    logging.getLogger("readability").setLevel(logging.CRITICAL)  # it logs what it raises, at length

    def run(page: dict) -> dict:
        try:
            found = lxml.html.fromstring(Document(page["html"]).summary(html_partial=True))
        except Unparseable:
            return {"text": ""}
        for block in found.iter(*BLOCKS):
            block.text, block.tail = "\n" + (block.text or ""), "\n" + (block.tail or "")
        return {"text": found.text_content()}

    return run


def sentence_rule(page: dict) -> dict:
    """The lines that end like a sentence and have five words or more."""
    lines = map(str.strip, page["raw"].splitlines())
    kept = [line for line in lines if ENDS_LIKE_A_SENTENCE.search(line) and len(line.split()) >= 5]
    return {"text": "\n".join(kept)}


def everything(page: dict) -> dict:
    """The page as it is."""
    return {"text": page["raw"]}


RULES = {"sentence rule": sentence_rule, "keep everything": everything}
