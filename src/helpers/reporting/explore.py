"""Look around in the texts: choose sentences, count them, read them marked where they stand.

`chosen` takes sentences out of a corpus's tables, `counted` tells how many each text has, `in_context` shows
them in their paragraphs. `explorer` puts the three under widgets, for `explore.ipynb`.
"""

from datetime import date
from html import escape
from itertools import groupby

import pandas as pd

from helpers.matching import Matcher
from helpers.paths import CorpusError
from helpers.reporting import cells, marks
from helpers.words import supported

VOICES = {"own": "own", "quoted": "direct", "reported": "indirect"}  # how tone and mentions name them
TONES = ("negative", "neutral", "positive")
UNKNOWN = "outlet unknown"
_MOST = 30  # paragraphs shown at once: some screens of text; the counts are of all
_STYLES = {
    "topic": "background:#fff3c4;color:#1c1e21", "actor": "background:#d5e6fa;color:#1c1e21",
    "tone": "background:#d5e6fa;color:#1c1e21", "date": "background:#d3f0e3;color:#1c1e21",
    "search": "background:#fbdcc8;color:#1c1e21", "voice": "background:#e8e8ea;color:#1c1e21",
}  # fmt: skip
_HIT = ["sentence_id", "start", "end", "kind", "note"]

Days = tuple[object, object]  # first and last, both included; None for open


def chosen(
    tables: dict[str, pd.DataFrame],
    *,
    article: str | None = None,
    outlet: str | None = None,
    topic: str | None = None,
    actor: str | None = None,
    voice: str | None = None,
    tone: str | None = None,
    published: Days = (None, None),
    told: Days = (None, None),
    search: str | None = None,
) -> pd.DataFrame:
    """Choose the sentences that meet every condition that is given, headlines included.

    Parameters
    ----------
    tables
        `articles`, `sentences`, `mentions`, `codebook`, and those the conditions ask for: `tone` (tone),
        `dates` (told), `quotes` (voice).
    article, outlet
        An article_id; an outlet, or `UNKNOWN`.
    topic, actor
        A code of the codebook that the sentence mentions.
    voice
        "own", "quoted" or "reported": the voice in which each chosen topic, actor, tone or term stands;
        with none of them chosen, a part of the sentence. Where the language is not supported none is known.
    tone
        "negative", "neutral" or "positive": how the machine reads a mention of the actor, if one is chosen,
        else of any; sure or not, which the note of the hit tells.
    published
        First and last day of publication, both included, either may be None; dates, or text like 2026-02-10.
        Texts without one are left out.
    told
        The same for the days that expressions of time in the sentence can mean.
    search
        Words, looked for as terms of the codebook are (`helpers.matching`).

    Returns
    -------
    DataFrame
        `sentence_id`, `article_id`, `text`, and `hits`: a list of (start, end, kind, note) of what met the
        conditions; in the order of the texts.

    Raises
    ------
    helpers.paths.CorpusError
        If there is no such article, outlet, topic, actor, voice or tone, or a day or term cannot be read.
    """
    articles, mentions = tables["articles"], tables["mentions"]
    outlets = articles.outlet.fillna(UNKNOWN)
    for name, value, known in (
        ("article", article, articles.article_id), ("outlet", outlet, outlets.unique()),
        *((kind, code, _codes(tables, kind)) for kind, code in (("topic", topic), ("actor", actor))),
        ("voice", voice, VOICES), ("tone", tone, TONES),
    ):  # fmt: skip
        if value is not None and value not in list(known):
            raise CorpusError(f"There is no {name} {value!r}. There are: {', '.join(known) or 'none'}")
    days = articles.published.dt.normalize()
    which = _within(days, days, published)
    which &= articles.article_id.eq(article) if article else True
    which &= outlets.eq(outlet) if outlet else True
    sentences = tables["sentences"]
    sentences = sentences[sentences.article_id.isin(articles.article_id[which])]
    found = [
        _mentions(mentions[(mentions.kind == kind) & (mentions.code == code)], kind, code, voice, tables)
        for kind, code in (("topic", topic), ("actor", actor))
        if code
    ]
    if tone:
        found.append(_toned(tables["tone"], tone, actor, voice))
    if search:
        found.append(_searched(sentences, search, voice, tables))
    said = []
    if voice and not found:
        sentences = sentences[sentences[VOICES[voice]] > 0]
        quotes = tables["quotes"]
        said = [quotes[quotes.kind == VOICES[voice]].assign(kind="voice", note=voice)[_HIT]]
    if any(told):
        dates = tables["dates"]
        rows = dates[_within(dates.earliest, dates.latest, told)]
        found.append(rows.assign(kind="date", note=rows.type.str.lower())[_HIT])
    for hits in found:
        sentences = sentences[sentences.sentence_id.isin(hits.sentence_id)]
    spans: dict[str, list] = {}
    for one, *span in pd.concat(found + said).itertuples(index=False) if found + said else ():
        spans.setdefault(one, []).append(tuple(span))
    hits = [sorted(spans.get(one, [])) for one in sentences.sentence_id]
    return sentences[["sentence_id", "article_id", "text"]].assign(hits=hits).reset_index(drop=True)


def counted(found: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> cells.Shown:
    """Show how many sentences of each text were chosen, of how many, and how many texts are independent.

    Parameters
    ----------
    found
        What :func:`chosen` returned.
    tables
        `articles` and `sentences`.
    """
    articles = tables["articles"]
    of, own = (frame.groupby("article_id").size() for frame in (tables["sentences"], found))
    texts = articles[articles.article_id.isin(found.article_id)]
    copies = texts.family.duplicated().sum()
    caption = f"{len(found)} of {of.sum()} sentences, in {len(texts)} of {len(articles)} texts"
    caption += f", {len(texts) - copies} of them independent" if copies else ""
    if texts.empty:
        return cells.say(f"{caption}: no sentence meets every choice.")
    # A place may have met several conditions.
    places = found.hits.map(lambda hits: len({(start, end) for start, end, *_ in hits}))
    places = places.groupby(found.article_id).sum()
    names = cells.labels(articles)
    shown = pd.DataFrame(
        {
            "text": names[texts.article_id].to_numpy(),
            "published": texts.published.to_numpy(),
            "genre": texts.genre.to_numpy(),
            "sentences": own[texts.article_id].to_numpy(),
            "of": of[texts.article_id].to_numpy(),
            "places marked": places[texts.article_id].to_numpy(),
        }
    )
    return cells.table(shown, f"{caption}; a count is of its text, not of its outlet")


def in_context(found: pd.DataFrame, tables: dict[str, pd.DataFrame], most: int = _MOST) -> cells.Shown:
    """Show the chosen sentences in their paragraphs, what met the conditions marked, the rest in grey.

    Parameters
    ----------
    found
        What :func:`chosen` returned.
    tables
        `articles` and `sentences`.
    most
        How many paragraphs to show: the first ones of each text, so that each has its share.
    """
    every = tables["sentences"]
    place = every.set_index("sentence_id").paragraph
    paragraphs = found.assign(paragraph=found.sentence_id.map(place))[["article_id", "paragraph"]]
    paragraphs = paragraphs.drop_duplicates()
    turn = paragraphs.groupby("article_id").cumcount()
    shown = paragraphs.loc[turn.sort_values(kind="stable").index[:most]].sort_index()
    around = shown.merge(every, on=["article_id", "paragraph"], how="left")
    names, hits = cells.labels(tables["articles"]), dict(zip(found.sentence_id, found.hits, strict=True))
    html, text = [], []
    for article_id, rows in groupby(around.itertuples(), key=lambda row: row.article_id):
        html.append(f"<h4>{escape(names[article_id])}</h4>")
        text.append(f"\n{names[article_id]}")
        for _, said in groupby(rows, key=lambda row: row.paragraph):
            parts = [_sentence(row, hits.get(row.sentence_id)) for row in said]
            html.append(f"<p>{' '.join(part for part, _ in parts)}</p>")
            text.append(" ".join(part for _, part in parts))
    if (left := len(paragraphs) - len(shown)) > 0:
        html.append(f"<p><em>Paragraphs not shown: {left}.</em></p>")
        text.append(f"\nParagraphs not shown: {left}.")
    return cells.Shown("\n".join(html), "\n".join(text).strip())


def explorer(tables: dict[str, pd.DataFrame]) -> object:
    """The three views under widgets: what is chosen changes what is counted and shown.

    Returns
    -------
    ipywidgets.VBox
        For the last line of a cell.
    """
    import ipywidgets

    names = cells.labels(tables["articles"])
    outlets = sorted(tables["articles"].outlet.fillna(UNKNOWN).unique())
    listed = {
        "article": [(name, one) for one, name in names.items()], "outlet": [(one, one) for one in outlets],
        "topic": _labelled(tables, "topic"), "actor": _labelled(tables, "actor"),
        "voice": [(one, one) for one in VOICES], "tone": [(one, one) for one in TONES],
    }  # fmt: skip
    choices = {
        name: ipywidgets.Dropdown(options=[("any", None), *options], description=name)
        for name, options in listed.items()
    }
    choices["search"] = ipywidgets.Text(
        description="search", placeholder="agree* or /a [a-z]+ deal/", continuous_update=False
    )
    ends = {
        (days, end): ipywidgets.DatePicker(description=f"{days} {end}", style={"description_width": "auto"})
        for days in ("published", "told")
        for end in ("from", "to")
    }
    counts, context = ipywidgets.HTML(), ipywidgets.HTML()
    for view in (counts, context):
        view.add_class("jp-RenderedHTMLCommon")

    def show(_: object = None) -> None:
        given = {name: widget.value or None for name, widget in choices.items()}
        given |= {days: (ends[days, "from"].value, ends[days, "to"].value) for days in ("published", "told")}
        try:
            found = chosen(tables, **given)
        except CorpusError as error:
            counts.value, context.value = cells.say(str(error))._repr_html_(), ""
            return
        counts.value = _left_out(tables, given) + counted(found, tables)._repr_html_()
        context.value = in_context(found, tables)._repr_html_()

    for widget in (*choices.values(), *ends.values()):
        widget.observe(show, names="value")
    show()
    wrap = ipywidgets.Layout(flex_flow="row wrap")
    rows = [ipywidgets.Box(list(part.values()), layout=wrap) for part in (choices, ends)]
    return ipywidgets.VBox([*rows, counts, context])


def _left_out(tables: dict[str, pd.DataFrame], given: dict[str, object]) -> str:
    """Which texts a choice cannot tell anything of, as HTML."""
    articles, told = tables["articles"], []
    if any(given["published"]) and (undated := int(articles.published.isna().sum())):
        told.append(
            f"Left out, as their day of publication is not known: {undated} of {len(articles)} texts."
        )
    read = given["voice"] or given["tone"] or any(given["told"])
    if read and (foreign := len(supported(articles)[1])):
        what = "voice, tone and the days that are told are read in English alone"
        told.append(f"Left out, as {what}: {foreign} of {len(articles)} texts.")
    return cells.say(*told)._repr_html_()


def _codes(tables: dict[str, pd.DataFrame], kind: str) -> list[str]:
    entries = tables["codebook"]
    return entries.code[entries.kind == kind].tolist()


def _labelled(tables: dict[str, pd.DataFrame], kind: str) -> list[tuple[str, str]]:
    entries = tables["codebook"][tables["codebook"].kind == kind]
    return list(zip(entries.label, entries.code, strict=True))


def _within(earliest: pd.Series, latest: pd.Series, days: Days) -> pd.Series:
    """Whether spans of days reach into a range; all of them where it is open on both sides."""
    try:
        first, last = (None if day is None else _day(day) for day in days)
    except (TypeError, ValueError) as error:
        raise CorpusError(f"{days!r} is no pair of days like ('2026-02-10', None): {error}") from None
    if first is not None and last is not None and first > last:
        raise CorpusError(f"{first:%Y-%m-%d} is after {last:%Y-%m-%d}. Give the earlier day first")
    inside = pd.Series(True, index=earliest.index)
    inside &= latest >= first if first is not None else True
    return inside & (earliest <= last if last is not None else True)


def _day(day: object) -> pd.Timestamp:
    """A day as it was given; of text one form alone is read, as 10/02/2026 may be two."""
    stamp = pd.Timestamp(date.fromisoformat(day) if isinstance(day, str) else day)
    if pd.isna(stamp):
        raise ValueError("one of them is missing. Give None for an open end")
    return stamp.normalize()


def _mentions(
    rows: pd.DataFrame, kind: str, code: str, voice: str | None, tables: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    rows = rows[rows.voice == VOICES[voice]] if voice else rows
    label = next(name for name, one in _labelled(tables, kind) if one == code)
    return rows.assign(kind=kind, note=f"{kind}: {label}")[_HIT]


def _toned(tone: pd.DataFrame, label: str, actor: str | None, voice: str | None) -> pd.DataFrame:
    rows = tone[tone.label == label]
    rows = rows[rows.actor == actor] if actor else rows
    rows = rows[rows.voice == voice] if voice else rows
    sure = [f"read as {label}, {confidence:.0%} sure" for confidence in rows.confidence]
    return rows.assign(kind="tone", note=sure)[_HIT]


def _searched(
    sentences: pd.DataFrame, term: str, voice: str | None, tables: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    try:
        matcher = Matcher([term.strip()])
    except ValueError as error:
        raise CorpusError(f"Cannot search: {error}") from None
    # Where the language is not supported no quotation is looked for, and no voice can be told.
    sentences = sentences[sentences.own.notna()] if voice else sentences
    rows = [
        (one, start, end, "search", f"search: {term}")
        for one, text in zip(sentences.sentence_id, sentences.text, strict=True)
        for start, end, _ in matcher.find(text)
    ]
    hits = pd.DataFrame(rows, columns=_HIT).astype({"start": "int64", "end": "int64"})
    return hits[_voice_of(hits, tables["quotes"]) == VOICES[voice]] if voice else hits


def _voice_of(hits: pd.DataFrame, quotes: pd.DataFrame) -> pd.Series:
    """In whose voice each hit begins, a quotation before the report it stands in."""
    said = quotes[quotes.kind.isin(["direct", "indirect"])]
    around = hits.reset_index().merge(said, on="sentence_id", suffixes=("", "_quote"))
    around = around[(around.start_quote <= around.start) & (around.start < around.end_quote)]
    kinds = around.sort_values("kind_quote").drop_duplicates("index").set_index("index").kind_quote
    return kinds.reindex(hits.index).fillna("own")


def _sentence(row: tuple, hits: list[marks.Span] | None) -> tuple[str, str]:
    """A sentence as HTML and as text; one that was not chosen (no list of hits) in grey."""
    if hits is None:
        return f'<span style="opacity:.6">{escape(row.text)}</span>', row.text
    number = row.sentence_id.rsplit(":", 1)[1]
    html, text = zip(*map(_piece, marks.pieces(row.text, hits)), strict=True)
    return f'<small style="opacity:.6">{number}</small> {"".join(html)}', f"{number} {''.join(text)}"


def _piece(piece: marks.Piece) -> tuple[str, str]:
    shown = escape(piece.text)
    if not piece.kinds:
        return shown, piece.text
    style, note = _STYLES[piece.kinds.split()[0]], escape(piece.notes, quote=True)
    return f'<mark style="{style}" title="{note}">{shown}</mark>', f"[{piece.text}]"
