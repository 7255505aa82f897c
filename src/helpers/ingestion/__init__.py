"""01: saved documents → articles → sentences; who shares text with whom, who is credited, who speaks."""

from helpers.ingestion.account import by_article, missing, overruled, reasons, unsure, words_by_fate
from helpers.ingestion.chain import credited, credits
from helpers.ingestion.copies import families
from helpers.ingestion.corpus import read_folder
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
    "Document", "Quote", "as_page", "by_article", "came_in", "credited", "credits", "cut", "doubtful",
    "extract", "families", "heard", "line_scores", "longest", "mention_voices", "methods", "missing",
    "overruled", "placed", "quote_table", "quotes", "read_folder", "read_manifest", "reasons",
    "sentences", "shared_passages", "shared_words", "shares", "start", "statements", "unsettled",
    "unsure", "vacant", "voice_scores", "words_by_fate",
]  # fmt: skip
