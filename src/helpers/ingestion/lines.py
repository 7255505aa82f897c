"""Which lines of a text dump are the article: a trained model, and the names of what it leaves out.

Someone who copies a page gets its menus, teasers and legal notices too. Two small networks judge every
line: the first by what the line and its neighbours look like, the second also by what the first made of the
lines around. They were trained on pages of some 180 news sites and 500 blogs (`tools/train_lines.py`); what
they reach on sites they never saw is measured by `benchmarks/extraction.py`. Every line keeps the reason
for what became of it, and how sure that is.
"""

import itertools
import re
from functools import cache
from pathlib import Path

import numpy as np

from helpers.ingestion import context, features, furniture, headline, layout, network
from helpers.ingestion.bylines import is_name
from helpers.ingestion.layout import Line
from helpers.ingestion.metadata import is_date_line
from helpers.words import content_words, end_sign, is_list_item, read_rows, tokens

KEPT = 0.6  # probability from which a line is kept (.4 to .6 are within .005 of F1)
# A page in a language or of a kind that the model knows little of has no line of that probability: this share
# of what its likeliest lines have, so many words or a third of the page, is enough (F1 of languages other
# than English and German .81 to .84, of English unchanged).
LIKELY_WORDS, LIKELY_SHARE, LEAST = 150, 0.6, 0.2
GAP = 12  # words that one dropped line outweighs when the article's stretch is sought
FAR = 0.97  # probability from which a line is kept outside it (F1 on whole blocks .939 to .943)
NEAR, LEAD, DOUBT = 12, 15, 0.4  # lines above the text; words; probability (F1 unchanged, leads are kept)
CERTAIN = 0.95  # probability: below, the form of a caption, byline or share bar counts for more
TOLD = 100  # words kept above a heading such as "12 comments": the readers' follow (2 of 179 pages lose text)
LIKELIER = 0.05  # probability by which a repetition must beat the first occurrence to stand in its place
SENTENCE = 5  # words: shorter lines that end like a sentence are mostly buttons and notices
ABOVE = 0.2  # share of the text: with more of it above, the headline is not the article's
OPENER = 25  # words of what may be a headline
TOP = 3  # lines above the text: among so few the headline needs no other sign
RESTATED = 0.6  # share of a summary's content words found again in the two paragraphs after it
TOGETHER = 1 << 12  # lines measured at a time
SEVERAL = 3  # sentence ends inside a line: a text on one line may be cut off at its end

_INNER_END = re.compile(r"[a-z]{2}[.!?]['\"”’»)\]]*\s+['\"“‘«(]*[A-Z]")
_ENDS = frozenset(".!?…:;。！？।۔؟")
_DASH_SPEAKER = re.compile(r"^[—–-]\s*[^\W\d_]")
_NOT_TEXT = {"caption", "byline", "share bar", "view counter", "legal"}


def judge(text: str) -> list[Line]:
    """Judge every line of a dump.

    Returns
    -------
    list of Line
        In order, blank lines left out. `reason` is, on kept lines, "sentence", "list item", "sub-heading" or
        "block quote"; on dropped ones "title", "summary", "before the article", "inside, not the article",
        "after the article", "other story", "repeated", "date line", "byline", or what `furniture.tsv` calls
        it. `confidence` is how sure the model was of the line, at least 0.5, before title, summary and
        repetitions were taken out; 1 where the line's form decided.
    """
    return judge_all([text])[0]


def judge_all(texts: list[str]) -> list[list[Line]]:
    """Judge every line of some dumps, as :func:`judge` does, in less time: lines are measured together."""
    judged = list(map(layout.split, texts))
    order = sorted((n for n, lines in enumerate(judged) if lines), key=lambda n: len(judged[n]))
    while order:  # pages of about one length are measured together
        many = max(1, TOGETHER // len(judged[order[-1]]))
        here, order = order[-many:], order[:-many]
        for n, lines in zip(here, _decided([judged[n] for n in here]), strict=True):
            judged[n] = _named(lines)
    return judged


def _decided(pages: list[list[Line]]) -> list[list[Line]]:
    """The lines of pages with what the model makes of them."""
    known, networks = _model()
    measured = features.measure(pages, known)
    inputs = context.first(measured)
    spans = measured.spans  # page by page: the last bits of a product depend on how many rows it has
    first = np.concatenate([network.apply(networks["first"], inputs[span]) for span in spans])
    inputs = context.second(measured, inputs, first)
    for lines, page, span in zip(pages, measured.pages(), spans, strict=True):
        decide(lines, page, network.apply(networks["second"], inputs[span]))
    return pages


def _named(lines: list[Line]) -> list[Line]:
    """Decided lines, put together where one was parted, with a reason each."""
    lines = layout.whole(lines)
    _name_dropped(lines)
    _name_kept(lines)
    _drop_openers(lines)
    if title := headline.find(lines) or _first(lines):
        title.kept, title.reason = False, "title"
        _clear_above(lines, title)
    _mark_summary(lines)
    return lines


def decide(lines: list[Line], page: features.Page, scores: np.ndarray) -> None:
    """Keep the lines that the model takes for the article; of those with the same words, the likeliest.

    The lines are changed: `kept`, `confidence`, and the reason of those left out here. `scores` are the
    probabilities that they belong to the article.
    """
    group, mass = layout.together(lines), np.maximum(page.words, 1)
    scores = (np.bincount(group, scores * mass) / np.bincount(group, mass))[group]
    enough = _enough(scores, page.words)
    best: dict[str, int] = {}
    for place, (line, score) in enumerate(zip(lines, scores.tolist(), strict=True)):
        line.kept = score >= enough
        line.confidence = round(max(score if line.kept else 1 - score, 0.5), 3)
        furnished = score < CERTAIN and page.furniture[place] in _NOT_TEXT
        if line.kept and (furnished or is_date_line(line.text)):
            line.kept, line.confidence = False, 1.0
        if not line.kept:
            continue
        words = page.said[place]
        before = best.setdefault(words, place)
        if before != place:
            worse = before if score > scores[before] + LIKELIER else place
            best[words] = before + place - worse
            lines[worse].kept, lines[worse].reason = False, "repeated"
    _drop_far(lines, page)
    _keep_lead(lines, page, scores)
    read = np.cumsum(page.words * [line.kept for line in lines])
    told = (place for place in np.flatnonzero(read >= TOLD) if page.furniture[place] == "comments")
    for line in lines[next(told, len(lines)) :]:
        line.kept, line.reason, line.confidence = False, "comments", 1.0


def is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence and is long enough for one, or holds several."""
    whole = ends(text) and len(tokens(text)) >= SENTENCE
    return whole or len(_INNER_END.findall(text)) >= SEVERAL


def ends(text: str) -> bool:
    """Whether a line ends like a sentence, in any of the scripts that news is written in."""
    return end_sign(text) in _ENDS


def restated(lines: list[Line], kept: list[int]) -> bool:
    """Whether the first kept line is said again in the two after it, as a summary is; `kept` are places."""
    summary = set(content_words(lines[kept[0]].text))
    below = {word for place in kept[1:3] for word in content_words(lines[place].text)}
    return bool(summary) and len(summary & below) >= RESTATED * len(summary)


def _drop_far(lines: list[Line], page: features.Page) -> None:
    """Drop what stands apart from the article's stretch, unless the model is as good as sure of it."""
    gains = np.where([line.kept for line in lines], np.minimum(page.words, 40), -GAP)
    neutral = zip(lines, page.furniture, strict=True)
    gains[[line.reason == "repeated" or kind == "caption" for line, kind in neutral]] = 0
    start, end = layout.stretch(gains.tolist())
    for line in itertools.chain(lines[:start], lines[end:]):
        if line.kept and line.confidence < FAR:
            line.kept, line.reason = False, "other story"


def _keep_lead(lines: list[Line], page: features.Page, scores: np.ndarray) -> None:
    """Keep a lead that captions, bylines and share bars part from the rest, though the model doubts it."""
    first = next((place for place, line in enumerate(lines) if line.kept), 0)
    for place in range(max(0, first - NEAR), first):
        unsure = scores[place] >= DOUBT and lines[place].reason in ("", "other story")
        text = page.sentence[place] and page.words[place] >= LEAD and page.furniture[place] not in _NOT_TEXT
        if unsure and text:
            lines[place].kept, lines[place].reason = True, ""
            lines[place].confidence = round(max(float(scores[place]), 0.5), 3)


def _enough(scores: np.ndarray, words: np.ndarray) -> float:
    """The probability from which a page's lines are kept."""
    long = words >= 8
    if not long.any():
        return KEPT
    order = np.argsort(-scores[long])
    read = np.cumsum(words[long][order])
    likely = scores[long][order][np.searchsorted(read, min(LIKELY_WORDS, read[-1] / 3))]
    return float(min(KEPT, max(LEAST, LIKELY_SHARE * likely)))


def _name_dropped(lines: list[Line]) -> None:
    kept = [place for place, line in enumerate(lines) if line.kept]
    first, last = (kept[0], kept[-1]) if kept else (len(lines), len(lines))
    for place, line in enumerate(lines):
        if line.kept or line.reason:
            continue
        line.reason = furniture.kind(line.text)
        if not line.reason and is_date_line(line.text):
            line.reason = "date line"
        elif not line.reason and place in (first - 1, last + 1) and is_name(line.text):
            line.reason = "byline"
        elif not line.reason:
            where = "before" if place < first else "after" if place > last else "inside"
            outside = "other story" if is_sentence(line.text) else f"{where} the article"
            line.reason = "inside, not the article" if where == "inside" else outside


def _name_kept(lines: list[Line]) -> None:
    for line, after in itertools.zip_longest(lines, lines[1:], fillvalue=Line(0, "")):
        if not line.kept:
            continue
        if is_list_item(line.text):
            line.reason = "list item"
        elif ends(line.text):
            line.reason = "sentence"
        elif _DASH_SPEAKER.search(after.text) and ends(after.text):
            line.reason = "block quote"
        else:
            line.reason = "sub-heading" if after.kept else "sentence"


def _drop_openers(lines: list[Line]) -> None:
    """Drop what opens the text without being a sentence: an article does not begin with a sub-heading."""
    kept = [line for line in lines if line.kept]
    openers = list(itertools.takewhile(lambda line: line.reason in ("sub-heading", "block quote"), kept))
    for line in openers if len(openers) < len(kept) else ():
        if len(tokens(line.text)) <= OPENER:
            line.kept, line.reason = False, "before the article"


def _first(lines: list[Line]) -> Line | None:
    """The headline of a page that begins with it, of which there is too little for the ranker."""
    top = list(itertools.takewhile(lambda line: not line.kept, lines))
    told = [line for line in top if line.reason == "before the article"]
    fits = len(top) <= TOP and len(top) < len(lines)
    return next((line for line in told if fits and 3 <= len(tokens(line.text)) <= OPENER), None)


def _clear_above(lines: list[Line], title: Line) -> None:
    """Nothing of an article stands above its headline, and its headline is not said again inside it."""
    words = title.text.casefold()
    place = lines.index(title)
    above = sum(len(line.text) for line in lines[:place] if line.kept)
    if above < ABOVE * sum(len(line.text) for line in lines if line.kept):
        for line in lines[:place]:
            if line.kept:
                line.kept, line.reason = False, "before the article"
    for line in lines:
        if line.kept and line.text.casefold() == words:
            line.kept, line.reason = False, "repeated"


def _mark_summary(lines: list[Line]) -> None:
    """A first paragraph set apart by a caption or a repeated title, and said again below, is a summary."""
    kept = [position for position, line in enumerate(lines) if line.kept]
    between = {line.reason for line in lines[kept[0] + 1 : kept[1]]} if len(kept) >= 3 else set()
    if between & {"caption", "title", "repeated"} and restated(lines, kept):
        lines[kept[0]].kept, lines[kept[0]].reason = False, "summary"


@cache
def _model() -> tuple[features.Known, dict[str, network.Network]]:
    weights = {word: float(weight) for word, weight in read_rows(__file__, "line_words.tsv")}
    return features.Known(weights), network.load(Path(__file__).with_name("lines.npz"))
