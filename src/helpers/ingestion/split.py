"""Articles → sentences with stable ids and their place in the text."""

import itertools
import re

import numpy as np
import pandas as pd

from helpers.words import function_words, token_counts, tokens

_INITIALS = re.compile(r"(?:(?:\b[A-Z]\.){1,4}|\bMs\.)\s*$")  # sentencex knows Mr., Mrs. and Dr.
_CLOCK = re.compile(r"\b[ap]\.m\.\s*$")
_LAST = re.compile(r"[A-Zms]")  # the last letter of all these
_SHORTENED = 4  # characters that tell initials, "Ms." or a time: "p.m."
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"[.!?…;]['\"”’»)\]]*$")
_HEADING = 14  # words


def sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Cut articles into sentences.

    Parameters
    ----------
    articles
        Columns `article_id`, `title`, `text` (paragraphs separated by a blank line), `lang`.

    Returns
    -------
    DataFrame
        The columns of table `sentences`. `<article_id>:s000` is the headline, where there is one: it stands
        in paragraph 0 and has no place in the text (`start` and `end` are 0). Sentences of the body count
        from 1; `start` and `end` are offsets into the article's text; `heading` marks headlines and
        sub-headings.
    """
    rows = []
    columns = (articles[name].tolist() for name in ("article_id", "title", "text", "lang"))
    for article_id, title, whole, lang in zip(*columns, strict=True):
        if isinstance(title, str):
            rows.append((article_id, f"{article_id}:s000", 0, 0, 0, True, title))
        number = 0
        paragraphs = _paragraphs(whole)
        pairs = itertools.zip_longest(paragraphs, paragraphs[1:], fillvalue=(0, ""))
        for paragraph, ((start, text), (_, after)) in enumerate(pairs, 1):
            quoted = after.startswith(("—", "–", "-"))  # a block quote, its speaker named below
            heading = not quoted and not _ENDS.search(text) and len(tokens(text)) <= _HEADING
            for offset, sentence in cut(text, lang if isinstance(lang, str) else "en"):
                number += 1
                ids = (article_id, f"{article_id}:s{number:03d}")
                place = (start + offset, start + offset + len(sentence))
                rows.append((*ids, paragraph, *place, heading, sentence))
    names = ["article_id", "sentence_id", "paragraph", "start", "end", "heading", "text"]
    return pd.DataFrame(rows, columns=names).assign(n_words=token_counts([text for *_, text in rows]))


def placed(parts: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Passages or statements with the `sentence_id` of the sentence in which each begins."""
    body = sentences[sentences.paragraph > 0].sort_values(["article_id", "start"])
    articles = pd.Index(body.article_id.unique())
    here, wanted = articles.get_indexer(body.article_id), articles.get_indexer(parts.article_id)
    far = 1 + max(body.start.max(), parts.start.max()) if len(parts) else 1
    # Each article's offsets begin after all those of the one before, so that one look-up is enough for all.
    first = np.searchsorted(here * far + body.start, wanted * far + parts.start, side="right") - 1
    at = np.maximum(first, np.searchsorted(here, wanted))
    return parts.assign(
        sentence_id=pd.Series(body.sentence_id.to_numpy()[at], index=parts.index, dtype="str")
    )


def cut(paragraph: str, lang: str = "en") -> list[tuple[int, str]]:
    """Sentences of a paragraph with their offsets (sentencex, its cuts after initials and "Ms." mended).

    Examples
    --------
    >>> cut("The talks began at 5 p.m. Monday. A.B. Lee left.")
    [(0, 'The talks began at 5 p.m. Monday.'), (34, 'A.B. Lee left.')]
    """
    from sentencex import segment

    pieces: list[str] = []
    for piece in segment(lang, paragraph):
        if pieces and _goes_on(pieces[-1], piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    found, position = [], 0
    for piece in pieces:
        if text := piece.strip():
            position = paragraph.index(text, position)
            found.append((position, text))
            position += len(text)
    return found


def _goes_on(before: str, after: str) -> bool:
    """Whether a cut after initials, "Ms." or a time parted one sentence: no function word opens the rest."""
    end = len(before.rstrip())
    if before[end - 1 : end] != "." or not _LAST.match(before, end - 2):
        return False
    near = max(0, end - _SHORTENED)  # from the sentence's beginning a search takes thirty times as long
    if not (_INITIALS.search(before, near) or _CLOCK.search(before, near)):
        return False
    word = _FIRST_WORD.match(after.lstrip())
    return bool(word) and word[0].lower() not in function_words()


def _paragraphs(text: str) -> list[tuple[int, str]]:
    found, position = [], 0
    for piece in text.split("\n\n"):
        if bare := piece.strip():
            found.append((position + len(piece) - len(piece.lstrip()), bare))
        position += len(piece) + 2
    return found
