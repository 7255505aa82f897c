"""01: saved documents → articles → sentences."""

from helpers.ingestion.account import line_scores, missing, overruled, reasons, unsure, words_by_fate
from helpers.ingestion.copies import families, shared_passages
from helpers.ingestion.corpus import read_folder
from helpers.ingestion.document import Document, extract
from helpers.ingestion.manifest import read_manifest
from helpers.ingestion.split import cut, sentences

__all__ = [
    "Document", "cut", "extract", "families", "line_scores", "missing", "overruled", "read_folder",
    "read_manifest", "reasons", "sentences", "shared_passages", "unsure", "words_by_fate",
]  # fmt: skip
