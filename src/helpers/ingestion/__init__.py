"""01: saved documents → articles → sentences."""

from helpers.ingestion.account import line_scores, missing, overruled, reasons, unsure, words_by_fate
from helpers.ingestion.corpus import read_folder
from helpers.ingestion.document import Document, extract
from helpers.ingestion.manifest import read_manifest
from helpers.ingestion.reported import by_article, mention_voices, quote_table, shares
from helpers.ingestion.split import cut, sentences
from helpers.ingestion.statements import statements
from helpers.ingestion.voice import Quote, quotes

__all__ = [
    "Document", "Quote", "by_article", "cut", "extract", "line_scores", "mention_voices", "missing",
    "overruled", "quote_table", "quotes", "read_folder", "read_manifest", "reasons", "sentences", "shares",
    "statements", "unsure", "words_by_fate",
]  # fmt: skip
