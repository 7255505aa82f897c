"""Sentences → attributions: what is said to come from whom, by which words.

Rules over the words of a sentence find a cue ("said", "according to", "claim that"), the noun phrase that is
its subject, and the stretch that holds what is attributed. They are written for English and need no parser.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from helpers.ingestion.phrases import (
    Sentence,
    Span,
    before_apposition,
    is_adverb,
    opening_phrase,
    phrase_after,
    phrase_before,
    word_class,
)
from helpers.words import any_of, matched, read_rows

_DASHES = frozenset("—–―")
_REACH = 12  # words between a verb and its "that"


class Cue(NamedTuple):
    """A verb form: its verb, what may follow it, and which form it is (base, s, past or ing)."""

    verb: str
    frames: frozenset[str]
    form: str


@dataclass(slots=True)
class Attribution:
    """What a cue attributes to whom, as spans of tokens.

    `aside`: the cue stands beside its content ("…, he said"), not before it; `content` may be empty;
    `negated`: it says what was not said.
    """

    cue: str
    at: int
    speaker: Span | None
    content: list[Span] = field(default_factory=list)
    aside: bool = False
    negated: bool = False


def attributions(s: Sentence) -> list[Attribution]:
    """The attributions of a sentence, in order of their cues.

    Examples
    --------
    >>> from helpers.ingestion.phrases import tokenise
    >>> sentence = tokenise("The ministry said on Monday that the road was closed.")
    >>> [(one.cue, one.speaker, one.content) for one in attributions(sentence)]
    [('say', (0, 2), [(5, 10)])]
    """
    found: list[Attribution] = []
    cues, nouns = _CUES, word_class("said of")
    for at in [at for at, word in enumerate(s.low) if word in _TELLING]:
        word = s.low[at]
        one = _verb(s, at, found, cues[word]) if word in cues else None
        if one is None and word in nouns:
            one = _noun(s, at)
        elif word == "according" and s.low[at + 1 : at + 2] == ["to"]:
            one = _according_to(s, at)
        if one:
            _end_before(s, found, one)
            found.append(one)
    return found


def may_attribute(texts: list[str]) -> np.ndarray:
    """Which sentences hold a word that attributions begin with; those without are not worth a look.

    Examples
    --------
    >>> may_attribute(["The ministry said so.", "The road is closed."]).tolist()
    [True, False]
    """
    return matched(texts, _LIKELY)


def first_phrase(s: Sentence, stop: int) -> Span | None:
    """The noun phrase that opens the sentence's main clause, before the token `stop`."""
    return opening_phrase(s, stop, _VERBS)


def _according_to(s: Sentence, at: int) -> Attribution | None:
    speaker = phrase_after(s, at + 2, frozenset(), closed=at <= 2)
    if not speaker:
        return None
    after = speaker[1] + (speaker[1] < s.end and s.low[speaker[1]] in ",)")
    content = [(after, s.end)] if after > speaker[1] or at <= 1 else []
    if at > 2:
        content.insert(0, (0, at - (s.low[at - 1] == ",")))
    return Attribution("according to", at, speaker, content, aside=True)


def _noun(s: Sentence, at: int) -> Attribution | None:
    """Attribution by a noun: "the minister's claim that …", "its promise to …"."""
    after = s.low[at + 1] if at + 1 < s.end else ""
    if after not in ("that", "to"):
        return None
    owner = next((back for back in range(at - 1, max(-1, at - 4), -1) if _possessive(s.low[back])), None)
    if owner is None:
        known = after == "that" and s.low[at - 1] in ("the", "a", "any", "no")
        return Attribution(s.low[at], at, None, [(at + 1, s.end)]) if known else None
    start = owner
    while start > 0 and s.low[owner] not in word_class("possessive"):
        if not (s.is_name(start - 1) or s.low[start - 1] in word_class("determiner")):
            break
        start -= 1
    return Attribution(s.low[at], at, (start, owner + 1), [(at + 1, s.end)])


def _verb(s: Sentence, at: int, found: list[Attribution], cue: Cue) -> Attribution | None:
    particle = cue.verb.split()[1:]
    if s.low[at + 1 : at + 1 + len(particle)] != particle or not _is_verb(s, at, cue):
        return None
    inverted = _inverted(s, at, cue)
    speaker = inverted or _subject(s, at, found, cue.form)
    words = s.low[slice(*speaker)] if speaker else []
    if not any(word[0].isalpha() and word != "s" for word in words):  # an "’s" apart speaks for nobody
        return None
    after = max(at + 1 + len(particle), speaker[1])
    if "whom" in cue.frames and not inverted:
        after = _past_addressed(s, after)
    start = None if inverted else _that(s, after)
    if start is None:
        while after < s.end and is_adverb(s, after):
            after += 1
        content = _aside(s, min(speaker[0], at), after, cue, bool(inverted))
        if content or inverted:
            return Attribution(cue.verb, at, speaker, content, aside=True)
        start = _complement(s, after, cue.frames)
        told = [] if start is None else s.low[start : start + 1]
        if not (s.is_quote(after) or set(told) & word_class("opens a clause") or _can_speak(s, speaker)):
            return None
    negated = any(word in ("not", "n't", "never") for word in s.low[speaker[1] : at])
    return Attribution(cue.verb, at, speaker, [] if start is None else [(start, s.end)], negated=negated)


def _can_speak(s: Sentence, speaker: Span) -> bool:
    """Whether a noun phrase may be a person, body or document: "these measures" show, they do not say."""
    start, end = speaker
    within = range(start + 1, end)
    head = next((at for at in within if s.stops(at) or s.low[at] in word_class("preposition")), end)
    if s.low[start] in word_class("points at a thing"):
        return False
    named = any(s.is_name(at) for at in range(start, head) if at or s.low[at] not in word_class("determiner"))
    known = word_class("pronoun", "relative", "role", "document", "source")
    return named or s.low[head - 1].endswith("s") or not known.isdisjoint(s.low[start:head])


def _is_verb(s: Sentence, at: int, cue: Cue) -> bool:
    """Whether the word is a verb here, and not a passive one."""
    before = s.low[at - 1] if at else ""
    after = s.low[at + 1] if at + 1 < len(s.low) else "."
    noun = "noun" in cue.frames
    owned = _possessive(before)
    if at and s.is_name(at) and (noun or cue.form == "ing"):
        return False
    if before == "to" and cue.frames <= {"object", "noun"}:
        return False
    if cue.form == "ing":
        return before not in word_class("before an adjective")
    if cue.form == "past":
        back = at - 1
        while back >= 0 and (is_adverb(s, back) or s.low[back] in ("not", "n't")):
            back -= 1
        return not owned and (back < 0 or s.low[back] not in word_class("be") or "state" in cue.frames)
    subject = before in word_class("pronoun", "relative")
    if not subject and (owned or before in word_class("determiner", "before a noun")):
        return False
    if cue.form == "base" and noun:
        plural = before.endswith("s") or (at > 1 and s.is_name(at - 1) and s.low[at - 2] == "and")
        return plural or subject or before in word_class("joins", "auxiliary", "adverb")
    if cue.form == "s" and noun:
        named = at > 0 and (s.is_name(at - 1) or subject or is_adverb(s, at - 1))
        return (named or after in ("that", ":")) and after not in word_class("after a noun")
    return True


def _inverted(s: Sentence, at: int, cue: Cue) -> Span | None:
    """The subject behind its verb: "…, said the minister"."""
    if not cue.frames & {"aside", "quote"} or cue.form == "ing" or at == 0 or at + 1 >= s.end:
        return None
    before, after = s.low[at - 1], s.low[at + 1]
    quoted = s.is_quote(at - 1) or (before == "," and s.is_quote(at - 2))
    if cue.form == "base" and not quoted:
        return None
    if not (quoted or ((before in ",?!" or before in _DASHES) and s.low[at] in word_class("inverts"))):
        return None
    if after in word_class("opens a clause", "preposition") or is_adverb(s, at + 1):
        return None
    phrase = phrase_after(s, at + 1, word_class("after a subject"))
    if quoted or not phrase:
        return phrase
    clause = after in word_class("pronoun") or any(_finite(s, one) for one in range(*phrase))
    main = next((one for one in range(at) if s.low[one] in word_class("relative")), at)
    return None if clause or not any(_finite(s, one) for one in range(main)) else phrase


def _finite(s: Sentence, at: int) -> bool:
    """Whether a word is likely to be a finite verb."""
    word = s.low[at]
    auxiliary = word in word_class("auxiliary") and word not in ("to", "not", "'s")
    return not s.is_name(at) and (auxiliary or word in _VERBS or word.endswith("ed"))


def _subject(s: Sentence, at: int, found: list[Attribution], form: str) -> Span | None:
    """The noun phrase a verb belongs to; of a participle or a second verb, that of the verb before."""
    end = at
    while end > 0 and _within_verb(s, end - 1):
        end -= 1
    before = s.low[end - 1] if end else ""
    participle = form == "ing" and s.low[end] not in word_class("be")
    if participle or before in word_class("joins") or (before == "," and s.low[end] == "then"):
        carried = next((one.speaker for one in reversed(found) if one.speaker), None)
        carried = carried or first_phrase(s, end - 1)
        return carried if carried and s.low[carried[0]] not in word_class("nobody") else None
    mark = before in ",)" or before in _DASHES
    if not end or not mark:
        return phrase_before(s, end, _VERBS)
    phrase = phrase_before(s, before_apposition(s, end - 1), _VERBS)
    return (phrase[0], end - (before != ")")) if phrase else None


def _within_verb(s: Sentence, at: int) -> bool:
    dated = s.low[at] == "on" and s.low[at + 1] in word_class("day")
    return dated or is_adverb(s, at) or (s.low[at] in word_class("auxiliary") and s.low[at] != "to")


def _past_addressed(s: Sentence, at: int) -> int:
    """Past the one who is told, asked or warned, if one is named."""
    end = at
    while end < min(s.end, at + 7) and not s.stops(end) and s.low[end] not in word_class("opens a clause"):
        addressed = s.low[end] in word_class("determiner", "addressed") or s.is_name(end)
        begins = end == at or s.low[end - 1] not in word_class("determiner")
        second = end > at and begins and s.low[end] in ("the", "a", "an")
        if second or (begins and not addressed):
            break
        end += 1
    return end


def _that(s: Sentence, at: int) -> int | None:
    """The "that" which opens what was said, past a time or place: "said on Monday in Ohio that …"."""
    if at < s.end and (s.low[at] in word_class("preposition") or s.low[at] == "that" or is_adverb(s, at)):
        for here in range(at, min(s.end, at + _REACH)):
            if s.low[here] in word_class("opens a clause") or s.stops(here) or s.low[here] in _CUES:
                return here if s.low[here] == "that" else None
    return None


def _aside(s: Sentence, opens: int, after: int, cue: Cue, inverted: bool) -> list[Span]:
    """What a cue between commas attributes: what stands before it and, if the sentence goes on, after it."""
    if opens == 1 and s.low[0] == "as":  # "As the mayor noted, …"
        return [(after + 1, s.end)] if s.low[after : after + 1] == [","] else []
    opens -= opens > 1 and s.low[opens - 1] == "as"
    quoted = s.is_quote(opens - 1)
    parted = opens > 0 and (s.low[opens - 1] in ",?!" or s.low[opens - 1] in _DASHES)
    if not ((quoted and cue.frames & {"aside", "quote"}) or (parted and "aside" in cue.frames)):
        return []
    if after < s.end and s.low[after] in word_class("preposition", "time"):
        after = next((at for at in range(after, s.end) if s.stops(at)), s.end)
    if after < s.end and not inverted and not (s.stops(after) and s.low[after] not in ":)"):
        return []
    content = [(0, opens - (not quoted))]
    if s.is_quote(after) or (s.low[after : after + 1] == [";"] and s.is_quote(after + 1)):
        content.append((after, s.end))
    elif after + 1 < s.end and (s.low[after] == "," or s.low[after] in _DASHES):
        said = s.low[after + 1] not in word_class("not said") and not s.low[after + 1].endswith("ing")
        if s.is_quote(after + 1) or (said and not inverted):
            content.append((after + 1, s.end))
    return content


def _complement(s: Sentence, at: int, frames: frozenset[str]) -> int | None:
    """Where what was said begins behind its verb, None where the verb's frames do not allow what follows."""
    if at >= s.end:
        return None
    word = s.low[at]
    if s.is_quote(at):
        return at
    if word == ":" or (word == "," and s.is_quote(at + 1)):
        return at + 1
    if s.stops(at):
        return None
    preposition = word in word_class("preposition") or word in ("and", "or")
    if "clause" in frames and not preposition:
        return at
    if "that" in frames and word in word_class("opens a clause"):
        return at
    if "to" in frames:
        reach = at + 8 if "whom" in frames else at + 1
        infinitive = next((here for here in range(at, min(s.end, reach)) if s.low[here] == "to"), None)
        if infinitive is not None:
            return infinitive
    if frames & {"object", "about"} and word in ("for", "about", "against", "on", "of"):
        return at + 1
    return at if "object" in frames and (not preposition or word == "as") else None


def _end_before(s: Sentence, found: list[Attribution], new: Attribution) -> None:
    """End what an earlier cue attributes where a new clause with its own cue is joined to it."""
    joint = new.speaker[0] if new.speaker and new.speaker[0] < new.at else new.at
    if found and new.speaker == found[-1].speaker:
        joint = new.at
        while joint > 0 and _within_verb(s, joint - 1):
            joint -= 1
    before = s.low[joint - 1] if joint else ""
    opened = before == "," and s.low[0] in word_class("bounds a clause")
    if opened or before in word_class("joins a clause"):
        stop = joint - 1 - (s.low[joint - 2] == ",")
        for one in found:
            one.content = [(start, stop if start < stop < end else end) for start, end in one.content]


def _possessive(word: str) -> bool:
    return word in word_class("possessive") or word.endswith(("'s", "s'"))


def _forms() -> Iterator[tuple[str, Cue]]:
    """Every form of every cue verb."""
    for verb, forms, frames in read_rows(__file__, "cues.tsv"):
        base, third, *past, ing = forms.split()
        kinds = {base: "base", third: "s", ing: "ing"} | dict.fromkeys(past, "past")
        yield from ((form, Cue(verb, frozenset(frames.split()), kind)) for form, kind in kinds.items())


_CUES = dict(reversed(list(_forms())))  # of verbs with a form in common the first
_VERBS = frozenset(form for form, cue in _CUES.items() if cue.form in ("s", "past"))  # no phrase runs across
_TELLING = frozenset({*_CUES, *word_class("said of"), "according"})
# "needn't" is two words; what RE2 does not read as a letter is looked at.
_LIKELY = rf"(?i)\b(?:{any_of(_TELLING)})\b|n['’]t|[İ\x{{212a}}]"
