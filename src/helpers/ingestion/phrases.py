"""The words of a sentence and its noun phrases, without a parser: what attributions are read from.

A sentence comes with its quotations masked: each is one token. Word classes are listed in `word_classes.tsv`.
"""

import re
from functools import cache
from typing import NamedTuple

from helpers.words import read_pairs

MASK = "\ue000"  # stands for every character of a quotation
LONGEST = 15  # words of a noun phrase that is looked at
_TOKEN = re.compile(
    MASK + r"++"
    # What these begin with is looked at first: to try every title at every word takes long.
    r"|(?=[A-Z][a-z]{0,3}\.)(?:(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Capt|Sgt|St|Jr|Sr|Prof|Rev|Del|Adm|No)\.|(?:[A-Z]\.)+)"
    r"|\w+(?:[-–’'&./@]\w+)*(?:(?<=s)[’'](?!\w))?|[’'](?:s|re|ve|ll|d|m)\b|[^\w\s]"
)
_SHORTENED = re.compile(  # "didn't", "he's"; but "the ministry's" is one token
    r"\w+(?=n't$)|(?:he|she|it|they|we|i|you|who|that|there|what)(?='(?:s|re|ve|ll|d|m)$)"
)
_PUNCTUATION = frozenset(",;:()—–-―[]…\"'.!?")
_FINAL = frozenset(".!?…")
AMBIGUOUS = frozenset({"May", "Will"})  # names too ("May said", not "in May"), which then keep their capital

Span = tuple[int, int]  # numbers of tokens, the second one past the last


class Sentence(NamedTuple):
    """The tokens of a sentence: their offsets, their lower-cased forms, and where its last word ends."""

    text: str
    places: list[Span]
    low: list[str]
    end: int

    def is_name(self, at: int) -> bool:
        """Whether a token is written with a capital or is a number."""
        first = self.text[self.places[at][0]]
        return first.isupper() or first.isdigit()

    def is_quote(self, at: int) -> bool:
        """Whether a token is a quotation."""
        return 0 <= at < len(self.low) and self.low[at][0] == MASK

    def stops(self, at: int) -> bool:
        """Whether a token is a quotation or a mark of punctuation."""
        return self.low[at] in _PUNCTUATION or self.low[at][0] == MASK


@cache
def word_class(*names: str) -> frozenset[str]:
    """The words of one class or more of `word_classes.tsv`."""
    classes = read_pairs(__file__, "word_classes.tsv")
    return frozenset(word for name in names for word in classes[name].split())


def tokenise(text: str) -> Sentence:
    """The tokens of a sentence in which quotations are masked.

    Examples
    --------
    >>> tokenise("Mr. Lee’s dog didn’t bark.").low
    ['mr.', "lee's", 'dog', 'did', "n't", 'bark', '.']
    """
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):  # a few letters, as in Turkish, have longer lower forms
        lowered = "".join(letter.lower()[0] for letter in text).replace("’", "'")
    places = [found.span() for found in _TOKEN.finditer(text)]
    if "'" in lowered:
        places = [part for place in places for part in _parts(lowered, *place)]
    low = [lowered[start:end] for start, end in places]
    for at, (start, end) in enumerate(places if any(map(text.__contains__, AMBIGUOUS)) else ()):
        if text[start:end] in AMBIGUOUS and _surname(low, at):
            low[at] = low[at].capitalize()
    end = len(low)
    while end and low[end - 1] in _FINAL:
        end -= 1
    return Sentence(text, places, low, end)


def _parts(lowered: str, start: int, end: int) -> tuple[Span, ...]:
    """The token from `start` to `end`, a shortened auxiliary parted from the word before it."""
    found = lowered.find("'", start, end) > 0 and _SHORTENED.match(lowered, start, end)
    return ((start, found.end()), (found.end(), end)) if found else ((start, end),)


def _surname(low: list[str], at: int) -> bool:
    before, after = low[at - 1 : at], low[at + 1 : at + 2]
    dated = before and before[0] in word_class("preposition", "time", "determiner") | {"late", "early"}
    asked = not before and after and after[0] in word_class("pronoun", "determiner", "possessive")
    return not dated and not asked and not (after and after[0].isdigit())


def is_adverb(s: Sentence, at: int) -> bool:
    """Whether a token says when or how."""
    if s.low[at].endswith("ly"):  # "Suddenly the mayor …", but "Emily said"
        return not s.is_name(at) or s.low[at + 1 : at + 2] == ["the"]
    return s.low[at] in word_class("adverb", "day")


def opening_phrase(s: Sentence, stop: int, verbs: frozenset[str]) -> Span | None:
    """The noun phrase that opens the sentence's main clause before the token `stop`; `verbs` end it."""
    start = 0
    while start < stop and s.stops(start):
        start += 1
    if start < stop and s.low[start] in word_class("preposition", "bounds a clause"):
        start = next((at for at in range(start, stop) if s.low[at] == ","), start)
    start = _past_leads(s, start, stop)
    end = start
    while end < min(stop, start + LONGEST) and not s.stops(end):
        word, name = s.low[end], s.is_name(end)
        verb = end > start and not name and (word in verbs or word.endswith("ed"))
        inside = name or not s.is_name(end - 1) or word in word_class("inside a name")
        after_name = end > start + 1 and not inside
        after_pronoun = end == start + 1 and s.low[start] in word_class("third person")
        if verb or after_name or after_pronoun or word in word_class("auxiliary", "bounds a clause"):
            break
        end += 1
    return (start, end) if end > start else None


def phrase_before(s: Sentence, stop: int, verbs: frozenset[str]) -> Span | None:
    """The noun phrase that ends before the token `stop`, or the relative pronoun there; `verbs` end it."""
    last = start = stop - 1
    if last < 0 or s.stops(last):
        return None
    if s.low[last] in word_class("relative"):
        return last, stop
    if s.low[last] in word_class("bounds a clause"):
        return None
    while start > max(0, last - LONGEST):
        word = s.low[start - 1]
        if s.stops(start - 1) or word in word_class("bounds a clause", "auxiliary", "before a subject"):
            break
        if word == "and" and not (s.is_name(start) and start > 1 and s.is_name(start - 2)):
            break
        leads = s.low[start] == "the" and s.is_name(start - 1)  # "In Berlin the mayor"
        if leads and word not in word_class("determiner", "preposition"):
            break
        if word in verbs and not s.is_name(start - 1) and s.low[start - 2] not in word_class("determiner"):
            break
        start -= 1
    return _past_leads(s, start, last, word_class("preposition")), stop


def phrase_after(s: Sentence, start: int, stops: frozenset[str], closed: bool = False) -> Span | None:
    """The noun phrase from `start` on with the apposition behind it.

    The words of `stops` end it; `closed`: only an apposition that a comma ends belongs to it.
    """
    end = start
    while end < min(s.end, start + LONGEST) and not s.stops(end):
        word = s.low[end]
        joined = word == "and" and end + 1 < s.end and s.is_name(end + 1)
        if word in word_class("bounds a clause", "day") or (end > start and word in stops and not joined):
            break
        end += 1
    beside = end + 1 < s.end and s.low[end] == ","
    if beside and s.low[end + 1] in word_class("determiner", "opens an apposition"):
        close = next((at for at in range(end + 1, s.end) if s.stops(at)), s.end)
        comma = s.low[close : close + 1] == [","]
        if close - end <= LONGEST and (comma or (not closed and (close == s.end or s.is_quote(close)))):
            end = close
    return (start, end) if end > start else None


def before_apposition(s: Sentence, close: int) -> int:
    """Where the phrase ends that the mark at `close` (comma, bracket, dash) parts from its verb."""
    mark = {")": "("}.get(s.low[close], s.low[close])
    start = next((at for at in range(close - 1, 0, -1) if s.low[at] == mark), 0)
    return before_apposition(s, start - 1) if start > 0 and s.low[start - 1] == ")" else start


def _past_leads(s: Sentence, start: int, stop: int, more: frozenset[str] = frozenset()) -> int:
    """Past the words before a noun phrase that do not belong to it: "But later in …"."""
    while start < stop and s.low[start] not in word_class("determiner"):
        if not (s.low[start] in more or s.low[start] in word_class("leads") or is_adverb(s, start)):
            break
        start += 1
    return start
