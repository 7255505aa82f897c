"""01: saved documents → articles → sentences; who shares text with whom, who is credited, who speaks."""

from helpers.ingestion.account import line_scores, missing, overruled, reasons, unsure, words_by_fate
from helpers.ingestion.chain import credits
from helpers.ingestion.copies import families, shared_passages
from helpers.ingestion.corpus import read_folder
from helpers.ingestion.document import Document, extract
from helpers.ingestion.manifest import read_manifest
from helpers.ingestion.reported import by_article, mention_voices, quote_table, shares
from helpers.ingestion.split import cut, sentences
from helpers.ingestion.statements import statements
from helpers.ingestion.voice import Quote, quotes

__all__ = [
    "Document", "Quote", "by_article", "credits", "cut", "extract", "families", "line_scores", "mention_voices",
    "missing", "overruled", "quote_table", "quotes", "read_folder", "read_manifest", "reasons", "sentences",
    "shared_passages", "shares", "statements", "unsure", "words_by_fate",
]  # fmt: skip
