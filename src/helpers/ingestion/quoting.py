"""Who is speaking: quotations and reported speech of a text, their speakers, and the share that is its own.

Marks tell what is quoted (`marks`), cues whose it is and what else is reported (`attribution`), and the names
of the text whom a surname, a pronoun or "the ministry" stands for (`speakers`). For English.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from helpers.ingestion.attribution import Attribution, attributions, first_phrase, may_attribute
from helpers.ingestion.chain import DATELINE
from helpers.ingestion.marks import Span, spans
from helpers.ingestion.phrases import MASK, Sentence, tokenise, word_class
from helpers.ingestion.speakers import Names
from helpers.ingestion.split import cut
from helpers.words import is_list_item, tokens, without

_PARAGRAPH = re.compile(r"[^\n]+")
_QUOTED = re.compile(MASK + r"++(?=\s+(?P<next>\S))")
_DASHED = re.compile(r"\s*[—–―]\s*(?P<words>\S[^\n]{1,300})")
_TRANSCRIPT = re.compile(r"[\"“]?(?P<who>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}):\s+(?=\S)")
# F1 of quoted speech (benchmarks/voice.py): .960 at 0, .962 at 2, .964 at 3 and 4, .962 at 6, .961 at 8.
_SCARE = 4  # words, the longest quotation that is held at a distance where nobody is named
_BLOCK = 150  # words, the longest paragraph without marks that a dash or colon makes a quotation
_LONG = 400  # words; of 3,046 sentences of news the longest has 88
_PIECE = re.compile(rf"(?:\S++\s*+){{1,{_LONG}}}")
_UNREAD = Sentence("", [], [], 0)  # the words of a sentence without a quotation or an attribution
_FEW = 1000  # sentences: to read them all takes no longer than to make ready (8 ms) what tells which to read
_SIGNED = 6  # words of a line that holds only a dash and a name
_WORK = re.compile(r"(?:[’']s|\b(?:on|titled|entitled)) $")
_WORK_OR_PLAN = re.compile(r"(?:[’']s|\b(?:on|of|for|in|the|an?|titled|entitled|called|named|dubbed)) $")
_SAID = re.compile(r"\b(?:(?P<word>as|like|being|phrase|words?|terms?)|that|to|by|from)(?: an?)? $|:\s$")


@dataclass(slots=True)
class Quote:
    """A stretch of a text in somebody else's voice, or in quotation marks for another reason.

    Attributes
    ----------
    start, end
        Offsets in the text, marks included.
    kind
        direct (a speaker's words), indirect (reported in other words; direct quotations may stand within),
        scare (words held at a distance) or title (the name of a work or plan).
    cue
        The word that attributes it ("say", "according to"), None if none.
    speaker, speaker_start, speaker_end
        The words that name the source, as written, and where; None if none.
    speaker_name
        The fullest form of that name in the text; None if it cannot be told.
    resolved
        stated, fuller form, pronoun, or guessed (nothing near the quotation says whose it is).
    flags
        unclosed, continued (in the next paragraph), single (marks), unmarked (a block without marks),
        ambiguous (another name fits as well), negated (the cue says that this was not said).
    """

    start: int
    end: int
    kind: str
    cue: str | None = None
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_name: str | None = None
    resolved: str | None = None
    flags: tuple[str, ...] = ()


class _Read(NamedTuple):
    """A sentence, its quotations masked, with its place in the text and what is attributed in it."""

    start: int
    words: Sentence
    found: list[Attribution]

    def place(self, span: tuple[int, int]) -> tuple[int, int]:
        """Offsets in the text of a span of tokens."""
        return self.start + self.words.places[span[0]][0], self.start + self.words.places[span[1] - 1][1]

    def named(self) -> list[Attribution]:
        """The attributions that name a speaker."""
        return [one for one in self.found if one.speaker]


def quotes(text: str) -> list[Quote]:
    """Direct and indirect speech, scare quotes and titles of an English text, in order.

    Examples
    --------
    >>> [(one.kind, one.speaker) for one in quotes('“The road is closed,” the ministry said.')]
    [('direct', 'the ministry')]
    """
    return next(quotes_in([text]))


def quotes_in(texts: list[str]) -> Iterator[list[Quote]]:
    """The `quotes` of each text; their sentences are looked through for words of saying together."""
    parted = []
    for text in texts:
        marked = spans(text)
        marked = sorted([*marked, *_blocks(text, marked)], key=lambda one: one.start)
        masked = without(text, [(one.start, one.end) for one in marked], MASK)
        parted.append((text, marked, masked, list(_sentences(text, masked))))
    whole = [words for *_, pieces in parted for _, words in pieces]
    likely = iter(may_attribute(whole).tolist() if len(whole) > _FEW else [True] * len(whole))
    for text, marked, masked, pieces in parted:
        read = [
            _read(start, words) if next(likely) or MASK in words else _Read(start, _UNREAD, [])
            for start, words in pieces
        ]
        found = [*_quoted(text, marked, read), *_indirect(text, read)]
        found.sort(key=lambda one: (one.start, -one.end))
        speakers = [one.speaker for one in found if one.speaker]
        if speakers:
            found = _resolved(found, Names(masked, [one.start for one in read], speakers))
        yield found


def _blocks(text: str, marked: list[Span]) -> Iterator[Span]:
    """Quotations without marks: paragraphs before a line "— Name" or after "Name said:", and transcripts."""
    paragraphs = [found.span() for found in _PARAGRAPH.finditer(text)]
    later = [start for start, _ in paragraphs[1:]]
    taken = {bisect_right(later, one.start) for one in marked}  # no mark's stretch leaves its paragraph
    labels = [_TRANSCRIPT.match(text, *paragraph) for paragraph in paragraphs]
    is_transcript = sum(label is not None for label in labels) > 1  # else it is "UPDATE: …"
    for number, (start, end) in enumerate(paragraphs):
        if number in taken or end - start > 8 * _BLOCK or is_list_item(text[start:end]):
            continue
        if labels[number]:
            if is_transcript:
                yield Span(labels[number].end(), end, ("unmarked",))
        elif (dash := _DASHED.match(text, end)) and _signature(dash):
            yield Span(start, end, ("unmarked",))
        elif number and text[paragraphs[number - 1][1] - 1] == ":":
            before = text[slice(*paragraphs[number - 1])]
            if _read(0, cut(before)[-1][1]).named():
                yield Span(start, end, ("unmarked",))


def _sentences(text: str, masked: str) -> Iterator[tuple[int, str]]:
    """Sentences of the masked text; the full stop of a quotation ends its sentence too."""
    dateline = DATELINE.match(masked)
    begin = dateline.end() if dateline and MASK not in dateline[0] else 0
    for paragraph in _PARAGRAPH.finditer(masked, begin):
        for offset, sentence in cut(paragraph[0]):
            start, position = paragraph.start() + offset, 0
            for quoted in _QUOTED.finditer(sentence) if MASK in sentence else ():
                if text[start + quoted.end() - 2] == "." and not quoted["next"].islower():
                    yield start + position, sentence[position : quoted.end()]
                    position = quoted.start("next")
            if len(sentence) - position < _LONG:
                yield start + position, sentence[position:]
                continue
            for piece in _PIECE.finditer(sentence, position):  # what has no full stop is read in pieces
                yield start + piece.start(), piece[0]


def _read(start: int, words: str) -> _Read:
    read = tokenise(words)
    return _Read(start, read, attributions(read))


def _quoted(text: str, marked: list[Span], read: list[_Read]) -> list[Quote]:
    inside = [
        (one.start + place[0], number, at)
        for number, one in enumerate(read)
        if MASK in one.words.text
        for at, (place, word) in enumerate(zip(one.words.places, one.words.low, strict=True))
        if word[0] == MASK
    ]
    found: list[Quote] = []
    last = None  # the latest with a speaker
    for one in marked:
        here = bisect_right(inside, one.start, key=lambda token: token[0])  # two side by side are one token
        _, number, at = inside[here - 1]
        best = _covering(read[number], at)
        alone = sum(word[0].isalnum() for word in read[number].words.low) <= 1
        quote = Quote(one.start, one.end, "direct", flags=one.flags)
        if "unmarked" not in one.flags:
            quote.kind = _kind(text, one, best is not None, alone, found[-1] if found else None)
        if quote.kind == "direct":
            quote = _attributed(text, quote, read, number, at, best, alone, last)
            last = quote if quote.speaker else last
        found.append(quote)
    for at in range(len(found) - 1, 0, -1):  # one that goes on has its speaker at its end
        one, after = found[at - 1 : at + 1]
        if "continued" in one.flags and not one.speaker and after.speaker:
            _spoken(text, one, after.speaker_start, after.speaker_end)
    return found


def _covering(sentence: _Read, at: int) -> Attribution | None:
    """The nearest attribution whose content holds the quotation; of "X said he hoped …" that of X."""
    near = [one for one in sentence.named() if any(first <= at < last for first, last in one.content)]
    if not near:
        return None
    low = sentence.words.low
    best = min(near, key=lambda one: (not (one.aside and abs(one.at - at) < 8), abs(one.at - at)))
    if low[best.speaker[0]] in word_class("third person"):
        outer = [one for one in near if one.at < best.at and low[one.speaker[0]] not in word_class("pronoun")]
        return outer[-1] if outer else best
    return best


def _kind(text: str, one: Span, attributed: bool, alone: bool, last: Quote | None) -> str:
    inner = text[one.start + 1 : one.end - 1]
    words = tokens(inner)
    before, after = text[max(0, one.start - 30) : one.start], text[one.end : one.end + 3]
    if _is_name(words) and not inner.endswith(("?", "!")) and (not alone or "single" in one.flags):
        works = _WORK if attributed else _WORK_OR_PLAN
        long = len(words) > 2 and not attributed
        if works.search(before) or long or alone or (after.startswith(" (") and after[-1].isupper()):
            return "title"
    if len(words) > _SCARE or alone:
        return "direct"
    if "single" in one.flags:
        return "scare"
    if attributed:
        return "direct"
    if last and re.fullmatch(r"\W+(?:and|or)(?: an?)? ", text[last.end : one.start]):
        return last.kind
    said = _SAID.search(before)
    return "direct" if said and (len(words) > 1 or said["word"]) else "scare"


def _is_name(words: list[str]) -> bool:
    long = [word for word in words if len(word) > 3 or not word.islower()]
    return bool(long) and all(word[0].isupper() or word[0].isdigit() for word in long)


def _attributed(
    text: str, quote: Quote, read: list[_Read], number: int, at: int, best: Attribution | None, alone: bool,
    last: Quote | None,
) -> Quote:  # fmt: skip
    """The quotation with its speaker: named in its sentence, behind a dash, before it, or the one before."""
    sentence, before = read[number], read[number - 1] if number else None
    if best or (near := sentence.named()):
        return _by(text, quote, sentence, best or min(near, key=lambda one: abs(one.at - at)))
    if (dash := _DASHED.match(text, quote.end)) and (signed := _signature(dash)):
        return _spoken(text, quote, *signed)
    paragraph = text.rfind("\n", 0, quote.start) + 1
    if said := _TRANSCRIPT.match(text, paragraph):
        return _spoken(text, quote, *said.span("who"))
    if not alone and last and paragraph <= last.start:  # whoever spoke before in the paragraph
        return _spoken(text, quote, last.speaker_start, last.speaker_end, resolved="guessed")
    if not alone and (phrase := first_phrase(sentence.words, at)):
        return _spoken(text, quote, *sentence.place(phrase), resolved="guessed")
    together = before is not None and "\n" not in text[before.start : quote.start]
    named = before.named() if before else []
    if named and (together or before.words.low[-1] == ":"):
        return _by(text, quote, before, named[-1])
    if last and "continued" in last.flags and text[last.end : quote.start].isspace():
        return _spoken(text, quote, last.speaker_start, last.speaker_end, resolved=last.resolved)
    if named and not together:
        return _by(text, quote, before, named[-1], resolved="guessed")
    if not last:
        return quote
    guessed = last.resolved if together else "guessed"
    return _spoken(text, quote, last.speaker_start, last.speaker_end, resolved=guessed)


def _signature(dash: re.Match) -> tuple[int, int, str | None] | None:
    """Where a line such as "— Name said earlier" names the speaker, and its cue."""
    words = tokenise(dash["words"])
    said = next((one for one in attributions(words) if one.speaker), None)
    phrase = said.speaker if said else first_phrase(words, len(words.low))
    if not phrase or phrase[0] > 0:
        return None
    name = all(words.is_name(at) or words.low[at] in word_class("inside a name") for at in range(*phrase))
    if not said and not (name and len(words.low) <= _SIGNED):
        return None
    first, last = words.places[phrase[0]][0], words.places[phrase[1] - 1][1]
    return dash.start("words") + first, dash.start("words") + last, said.cue if said else None


def _by(text: str, quote: Quote, sentence: _Read, one: Attribution, resolved: str | None = None) -> Quote:
    return _spoken(text, quote, *sentence.place(one.speaker), one.cue, resolved)


def _spoken(
    text: str, quote: Quote, start: int, end: int, cue: str | None = None, resolved: str | None = None
) -> Quote:
    quote.speaker, quote.speaker_start, quote.speaker_end = text[start:end], start, end
    quote.cue, quote.resolved = cue, resolved
    return quote


def _indirect(text: str, read: list[_Read]) -> Iterator[Quote]:
    for sentence in read:
        low = sentence.words.low
        for one in sentence.found:
            for start, end in one.content:
                while start < end and low[start] in ",;":
                    start += 1
                while end > start and low[end - 1] in ",;":
                    end -= 1
                if start == end or (end - start == 1 and sentence.words.is_quote(start)):
                    continue
                flags = ("negated",) if one.negated else ()
                quote = Quote(*sentence.place((start, end)), "indirect", one.cue, flags=flags)
                yield _by(text, quote, sentence, one) if one.speaker else quote


def _resolved(found: list[Quote], names: Names) -> list[Quote]:
    last = None
    for one in found:
        if one.speaker is None:
            continue
        name, how, ambiguous = names.resolve(one.speaker, one.speaker_start, last)
        one.speaker_name, one.resolved = name, one.resolved or how
        one.flags += ("ambiguous",) if ambiguous else ()
        last = name or last
    return found
