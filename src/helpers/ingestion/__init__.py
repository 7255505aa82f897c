"""01: saved documents → articles → sentences."""

from helpers.ingestion.account import missing, overruled, reasons, words_by_fate
from helpers.ingestion.corpus import read_folder
from helpers.ingestion.document import Document, extract
from helpers.ingestion.manifest import read_manifest
from helpers.ingestion.split import cut, sentences

__all__ = [
    "Document", "cut", "extract", "missing", "overruled", "read_folder", "read_manifest", "reasons",
    "sentences", "words_by_fate",
]  # fmt: skip
