"""01: saved documents → articles → sentences; who shares text with whom, who is credited, who speaks."""

from helpers.ingestion.account import by_article, missing, overruled, reasons, unsure, words_by_fate
from helpers.ingestion.chain import credited, credits
from helpers.ingestion.copies import families, related, shingles
from helpers.ingestion.corpus import (
    Plan,
    gathered,
    id_of,
    listed,
    manifest_key,
    name_of,
    other_rows,
    read_files,
    read_folder,
)
from helpers.ingestion.document import Document, extract
from helpers.ingestion.doubts import as_page, doubtful
from helpers.ingestion.manifest import read_manifest
from helpers.ingestion.measured import line_scores, methods, voice_scores
from helpers.ingestion.parallels import statements
from helpers.ingestion.passages import longest, shared_passages, shared_words
from helpers.ingestion.quoting import Quote, quotes
from helpers.ingestion.split import cut, placed, sentences
from helpers.ingestion.starting import came_in, start, vacant
from helpers.ingestion.voice import heard, mention_voices, quote_table, shares, unsettled

__all__ = [
    "Document", "Plan", "Quote", "as_page", "by_article", "came_in", "credited", "credits", "cut",
    "doubtful", "extract", "families", "gathered", "heard", "id_of", "line_scores", "listed", "longest",
    "manifest_key", "mention_voices", "methods", "missing", "name_of", "other_rows", "overruled", "placed",
    "quote_table", "quotes", "read_files", "read_folder", "read_manifest", "reasons", "related",
    "sentences", "shared_passages", "shared_words", "shares", "shingles", "start", "statements",
    "unsettled", "unsure", "vacant", "voice_scores", "words_by_fate",
]  # fmt: skip
