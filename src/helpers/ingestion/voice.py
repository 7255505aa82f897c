"""Who is speaking in a corpus: quotes as a table, the share of each voice, and in whose a mention stands.

`quotes` (one text) and `statements` (what several texts bring from one speaker) are built in `quoting` and
`parallels`.
"""

import bisect
import itertools
from collections import Counter, defaultdict

import pandas as pd

from helpers.ingestion.quoting import Quote, quotes_in
from helpers.ingestion.speakers import folded
from helpers.schemas import SCHEMAS
from helpers.words import LANGUAGES

_Part = tuple[str, int, int, str | None]  # of a sentence: kind, start, end, the speaker's name
_Place = tuple[int, int, str]  # of a sentence: start and end in its text, and its id


def quote_table(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The table `quotes`: every quotation and reported clause, one row for each sentence it runs through.

    Parameters
    ----------
    articles
        Columns `article_id`, `title`, `text`, `lang`. Languages that are not supported are left out.
    sentences
        The columns of table `sentences` of these articles.

    Returns
    -------
    DataFrame
        Columns of table `quotes`; `start` and `end` are offsets in the sentence, `quote_id` joins the rows of
        one quote (`<article_id>:q001`; the headline's come first).
    """
    known = articles[articles.lang.isin(LANGUAGES)]
    columns = (
        sentences[name].tolist() for name in ("article_id", "paragraph", "start", "text", "sentence_id")
    )
    of_article: dict[tuple[str, bool], list[_Place]] = defaultdict(list)  # headline and body apart
    for article_id, paragraph, start, text, sentence_id in zip(*columns, strict=True):
        of_article[article_id, paragraph > 0].append((start, start + len(text), sentence_id))
    rows: list[tuple] = []
    texts = [
        (article_id, part == "text", text)
        for article_id, *parts in known[["article_id", "title", "text"]].itertuples(index=False, name=None)
        for part, text in zip(("title", "text"), parts, strict=True)
        if isinstance(text, str)
    ]
    numbers: Counter[str] = Counter()
    found = quotes_in([text for *_, text in texts])
    for (article_id, in_body, _), some in zip(texts, found, strict=True):
        for one in some:
            numbers[article_id] += 1
            quote_id = f"{article_id}:q{numbers[article_id]:03d}"
            rows += _rows(quote_id, one, of_article.get((article_id, in_body), []))
    return pd.DataFrame(rows, columns=list(SCHEMAS["quotes"].schema.columns))


def _rows(quote_id: str, one: Quote, places: list[_Place]) -> list[tuple]:
    told = (one.kind, one.cue, one.speaker, one.speaker_name, one.resolved, " ".join(one.flags) or None)
    first = bisect.bisect_right(places, one.start, key=lambda place: place[1])
    rows = []
    for start, end, sentence_id in places[first:]:
        if start >= one.end:
            break
        rows.append((quote_id, sentence_id, max(one.start, start) - start, min(one.end, end) - start, *told))
    return rows


def shares(sentences: pd.DataFrame, quoted: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The sentences with the share of their characters in each voice, and who speaks in them.

    Adds `own`, `direct` and `indirect` (0 to 1, together 1; missing where the language is not supported) and
    `speakers` (names, parted by "; "). A quotation within reported speech counts as direct.
    """
    ids, known = sentences.sentence_id, articles.article_id[articles.lang.isin(LANGUAGES)]
    lengths, rows = dict(zip(ids.tolist(), map(len, sentences.text.tolist()), strict=True)), {}
    for sentence_id, part in _spoken(quoted).items():
        voice = _voices(length := lengths[sentence_id], part)
        names = dict.fromkeys(name for *_, name in part if isinstance(name, str))
        rows[sentence_id] = (*(voice.count(one) / length for one in (0, 2, 1)), "; ".join(names) or None)
    told = pd.DataFrame.from_dict(rows, "index", columns=["own", "direct", "indirect", "speakers"])
    told = told.astype(dict.fromkeys(["own", "direct", "indirect"], float))
    told = told.reindex(ids[sentences.article_id.isin(known)]).fillna({"own": 1, "direct": 0, "indirect": 0})
    return sentences.assign(**told.reindex(ids).set_axis(sentences.index))


def mention_voices(mentions: pd.DataFrame, sentences: pd.DataFrame, quoted: pd.DataFrame) -> pd.DataFrame:
    """The mentions with their `voice`: own, direct, indirect; missing where the language is not supported."""
    table = sentences.set_index("sentence_id")
    length = table.text.str.len().to_dict()
    mentioned = set(mentions.sentence_id.tolist())
    spoken = _spoken(quoted).items()
    parts = {one: _voices(length[one], part) for one, part in spoken if one in mentioned}
    names = ("own", "indirect", "direct")
    told = table.own.notna().to_dict()
    voices = [
        (names[parts[one][start]] if one in parts else "own") if told[one] else None
        for one, start in zip(mentions.sentence_id.tolist(), mentions.start.tolist(), strict=True)
    ]
    return mentions.assign(voice=pd.Series(voices, index=mentions.index, dtype="str"))


def heard(quoted: pd.DataFrame) -> pd.DataFrame:
    """Who is heard, most first: `speaker`, the number of `articles`, the ids of sentences by kind of quote.

    Spellings that differ only in dots and accents are one speaker, called as most often.
    """
    told = quoted[quoted.kind.isin(["direct", "indirect"])].dropna(subset="speaker_name")
    told = told.drop_duplicates("quote_id")
    who = pd.factorize(told.speaker_name.map(folded))[0]
    told = told.assign(who=who, articles=told.quote_id.str.rsplit(":", n=1).str[0])
    called = told.groupby(["speaker_name", "who"]).size().sort_values(ascending=False, kind="stable")
    speakers = called.reset_index().drop_duplicates("who").set_index("who")[["speaker_name"]]
    speakers = speakers.set_axis(["speaker"], axis=1).join(told.groupby("who").articles.nunique())
    alone = told.drop_duplicates(["who", "kind", "sentence_id"])
    said = alone.groupby(["kind", "who"]).sentence_id.agg(tuple)
    for kind in ("direct", "indirect"):
        ids = said.get(kind, {})
        speakers[kind] = pd.Series([ids.get(one, ()) for one in speakers.index], speakers.index, dtype=object)
    many = speakers.assign(direct=speakers.direct.map(len), indirect=speakers.indirect.map(len))
    by, ascending = ["articles", "direct", "indirect", "speaker"], [False, False, False, True]
    return speakers.loc[many.sort_values(by, ascending=ascending).index].reset_index(drop=True)


def unsettled(quoted: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Quotes whose speaker or end is unsure: the rows of table `quotes` with their `text` and the `doubt`."""
    speech = quoted[quoted.kind.isin(["direct", "indirect"])].drop_duplicates("quote_id")
    named, flags = speech.speaker.notna(), speech["flags"].fillna("").str
    doubts = {
        "the speaker is a guess": speech.resolved.eq("guessed"),
        "nobody is named": ~named & speech.kind.eq("direct"),
        "the pronoun stands for nobody that could be told": named & speech.speaker_name.isna(),
        "two people bear the name": flags.contains("ambiguous"),
        "the quotation is not closed": flags.contains("unclosed"),
    }
    told = ["; ".join(itertools.compress(doubts, row)) for row in zip(*doubts.values(), strict=True)]
    text = sentences.set_index("sentence_id").text.reindex(speech.sentence_id)
    spans = zip(text, speech.start, speech.end, strict=True)
    unsure = speech.assign(doubt=told, text=[words[start:end] for words, start, end in spans])
    return unsure[unsure.doubt != ""]


def _spoken(quoted: pd.DataFrame) -> dict[str, list[_Part]]:
    """Of each sentence in which somebody speaks, the stretches of speech in their order."""
    speech = quoted[quoted.kind.isin(["direct", "indirect"])]
    columns = (speech[name].tolist() for name in ("sentence_id", "kind", "start", "end", "speaker_name"))
    parts: dict[str, list[_Part]] = defaultdict(list)
    for sentence_id, *part in zip(*columns, strict=True):
        parts[sentence_id].append(tuple(part))
    return parts


def _voices(length: int, part: list[_Part]) -> bytearray:
    """For every character of a sentence 0 (own), 1 (indirect) or 2 (direct)."""
    voice = bytearray(length)
    for kind, mark in (("indirect", 1), ("direct", 2)):
        for _, start, end, _ in (one for one in part if one[0] == kind):
            voice[start:end] = bytes([mark]) * (end - start)
    return voice
