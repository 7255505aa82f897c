"""How the texts speak: which word each takes for one thing, words that set it apart, and tone."""

from collections import defaultdict
from itertools import chain

import numpy as np
import pandas as pd

from helpers.briefing.comparisons import LEVEL
from helpers.briefing.wording import (
    MOST,
    OPENING,
    Finding,
    addresses,
    bracketed,
    called,
    cited,
    count,
    ranked,
)
from helpers.spelling import content_keys

SURE = 0.6  # the confidence from which 03 takes a reading for sure, unless a run sets another
_ENDS = 3  # sentences to read at either end: a page of 03 has more
_NORMAL = 1.96  # standard errors to either end of a 95 % interval


def words_for_one_thing(choices: pd.DataFrame, entries: pd.DataFrame, names: pd.Series) -> list[Finding]:
    """Of the things that have several names, those for which texts mostly take different ones."""
    rows = choices.merge(entries[["kind", "code", "label"]], on=["kind", "code"])
    found = [(uses.label.iloc[0], _referent(uses, names)) for _, uses in rows.groupby(["kind", "code"])]
    several = [finding for _, finding in found if finding.effect is not None]
    listed = [finding for finding in several if finding.effect]
    if not several:
        return [
            Finding("choices", "The codebook lists no variants that two texts use, so no choice was counted.")
        ]
    which = f" ({'; '.join(label for label, finding in found if finding.effect)})" if listed else ""
    text = f"Things for which texts mostly take different words: {len(listed) or 'none'} of the "
    text += f"{len(several)} that have several words in the codebook and that two texts or more name{which}."
    first = Finding("choices", text, len(listed), "things", f"{len(several)} with several words")
    return [first, *ranked(listed, "02", "choices")]


def _referent(uses: pd.DataFrame, names: pd.Series) -> Finding:
    """Which word each text takes mostly, the word of most texts first; no effect of a single text."""
    uses = uses[uses.mentions > 0]
    whole = uses.groupby("article_id").mentions.sum()
    most = uses[uses.mentions == uses.groupby("article_id").mentions.transform("max")]
    clear = most[~most.article_id.duplicated(keep=False)]
    shares = zip(names[clear.article_id], clear.mentions, whole[clear.article_id], strict=True)
    shares = pd.Series([f"{name} ({n} of {of})" for name, n, of in shares], clear.article_id, "str")
    sides = clear.groupby("term").agg(texts=("article_id", tuple), mentions=("mentions", "sum"))
    ordered = sorted(sides.itertuples(), key=lambda side: (-len(side.texts), -side.mentions, side.Index))
    parts = [f"mostly “{side.Index}” in {called(side.texts, shares)}" for side in ordered]
    if split := sorted(set(most.article_id) - set(clear.article_id)):
        parts.append(f"no one word mostly in {called(split, names)}")
    unsure = f" ({n} may mean something else)" if (n := int(uses.doubtful.sum())) else ""
    mentions, texts = count(int(whole.sum()), "mention"), count(len(whole), "text")
    other = sum(len(side.texts) for side in ordered[1:])
    effect = other / len(whole) if len(whole) > 1 else None
    text = f"{uses.label.iloc[0]}: {'; '.join(parts)}; {mentions}{unsure}."
    subject, evidence = f"{uses.kind.iloc[0]}={uses.code.iloc[0]}", " ".join(sorted(uses.evidence))
    return Finding(subject, text, other, "texts", f"{mentions} in {texts}", effect, evidence)


def words_apart(
    tested: pd.DataFrame, groups: pd.DataFrame, sentences: pd.DataFrame, names: pd.Series
) -> list[Finding]:
    """Words that set a text or a group of texts apart from the others, beyond what chance gives.

    Parameters
    ----------
    tested
        Table `keyness` with `holds` and `q_run`.
    """
    if tested.empty:
        return [Finding("words", "No word could be compared between texts.")]
    kept = tested[tested.holds].sort_values(["group", "term"], ignore_index=True)
    compared = f"{count(len(tested), 'comparison')} of a word between texts"
    stand = f"{len(kept)} {'stands' if len(kept) == 1 else 'stand'}" if len(kept) else "none stands"
    text = f"Of {compared}, {stand} out beyond what shuffling gives and after the correction for all"
    if lost := int((tested.q_chance <= LEVEL).sum()) - len(kept):
        text += f"; {lost} more that 02 lists {'does' if lost == 1 else 'do'} not hold after it"
    first = kept.loc[kept.effect.abs().sort_values(ascending=False, kind="stable").index[:MOST]]
    of_group = groups[groups.group.isin(first.group)].groupby("group").article_id
    texts = {group: sorted(set(ids)) for group, ids in of_group}
    standing = _standing(first, sentences[sentences.article_id.isin({*chain.from_iterable(texts.values())})])
    words = [_word(row, texts[row.group], standing, names) for row in first.sort_index().itertuples()]
    told = Finding("words", f"{text}.", len(kept), "words", compared)
    return [told, *ranked(words, "02", "words", of=len(kept))]


def _word(
    row: tuple, texts: list[str], standing: dict[tuple[str, str], list[str]], names: pd.Series
) -> Finding:
    """How many times as frequent a word is: the odds, which for a single word are as good as the rates."""
    half = _NORMAL * abs(row.effect / row.z)
    times, low, high = (float(one) for one in np.exp([row.effect, row.effect - half, row.effect + half]))
    where = names[row.group] if row.group in names.index else f"the {len(texts)} texts of {row.group}"
    often = f"{count(row.count, 'time')}, {row.rate:.1f} per 1,000 content words"
    text = f"“{row.word}”: {times:.2f} times{bracketed(low, high, 2)} as frequent in {where} ({often}) as in "
    text += "the other texts together."
    ids = [one for article_id in texts for one in standing.get((article_id, row.term), [])]
    basis = "log-odds with a prior, every word taken for a draw of its own"
    evidence, q = addresses(ids), row.q_run
    subject, size = f"word={row.term}&group={row.group}", abs(row.effect)
    return Finding(subject, text, times, "times as frequent", basis, size, evidence, low, high, row.p, q)


def _standing(words: pd.DataFrame, sentences: pd.DataFrame) -> dict[tuple[str, str], list[str]]:
    """The sentences of running text in which a word stands, by article and word, as 02 counts them."""
    wanted, found = set(words.term), defaultdict(list)
    for row in sentences[~sentences.heading].sort_values("sentence_id").itertuples():
        for term in wanted.intersection(content_keys(row.text)) if wanted else ():
            found[row.article_id, term].append(row.sentence_id)
    return found


def tone(tested: pd.DataFrame, names: pd.Series, genre: pd.Series, entries: pd.DataFrame) -> list[Finding]:
    """What the comparisons of tone came to, and the differences that people's readings bear out.

    Parameters
    ----------
    tested
        Table `contrasts` with `holds` and `q_run`.
    """
    if tested.empty:
        return [Finding(OPENING, "No two texts or groups could be compared in their tone toward an actor.")]
    verdicts = tested.verdict.value_counts()
    apart, read = int(verdicts.reindex(["higher", "lower"]).sum()), int(tested.corrected.notna().sum())
    kept, pairs = tested[tested.holds], count(len(tested), "pair")
    fit = len(tested) - verdicts.get("too little text", 0)
    text = f"Tone toward an actor, in one voice: {fit or 'none'} of {pairs} of texts or groups have enough "
    text += "text to be compared"
    if fit:
        text += f"; the machine reads {apart or 'none'} of them as apart, its own error not counted"
    if read:
        text += f"; corrected by people's readings, {len(kept)} of {count(read, 'pair')} read enough apart"
    else:
        text += "; people have read too few mentions to correct the machine, so no difference is stated here"
    if lost := int(tested.finding.sum()) - len(kept):
        do = "does" if lost == 1 else "do"
        text += f"; {lost} that 03 states {do} not hold beside all other comparisons"
    label = entries.set_index(["kind", "code"]).label
    found = [_difference(row, names, genre, label) for row in kept.itertuples()]
    return [Finding(OPENING, f"{text}.", len(kept), "pairs", pairs), *ranked(found, "03", "differences")]


def _difference(row: tuple, names: pd.Series, genre: pd.Series, label: pd.Series) -> Finding:
    about = label["actor", row.actor] + (f", on {label['topic', row.topic]}" if row.topic else "")
    voice = "own voice" if row.voice == "own" else f"{row.voice} speech"
    sign = 1 if row.corrected > 0 else -1
    sides = [(row.group_a, row.read_a), (row.group_b, row.read_b)][::sign]
    whose = [f"{names[one]} ({genre[one]}; " if one in genre else f"the texts of {one} (" for one, _ in sides]
    more, less = (f"{one}{n} mentions read)" for one, (_, n) in zip(whose, sides, strict=True))
    low, high = sorted(sign * end for end in (row.corrected_low, row.corrected_high))
    size = abs(row.corrected)
    text = f"{about}: more favourably spoken of in {more} than in {less}, {voice}, by {size:.2f}"
    text += f"{bracketed(low, high, 2)} on a scale from -1 to 1, corrected by people's readings."
    basis, p, q = "people's readings, the machine's error included", row.corrected_p, row.q_run
    subject = f"actor={row.actor}&topic={row.topic}&voice={row.voice}&by={row.by}"
    subject += f"&groups={row.group_a}|{row.group_b}"
    return Finding(subject, text, size, "on a scale from -1 to 1", basis, size, row.evidence, low, high, p, q)


def to_read(
    scores: pd.DataFrame, sentences: pd.DataFrame, texts: list[str], names: pd.Series, entries: pd.DataFrame
) -> list[Finding]:
    """Sentences at the ends of the machine's scale, in the texts' own voice, to read without a verdict."""
    sure = scores[(scores.confidence >= SURE) & (scores.voice == "own")]
    rows = sure.merge(sentences[["sentence_id", "article_id", "text"]], on="sentence_id")
    rows = rows[rows.article_id.isin(texts)]
    label = entries[entries.kind == "actor"].set_index("code").label
    listed = []
    for end, reading in (("highest", "positive"), ("lowest", "negative")):
        one = rows[rows.label == reading]
        if one.empty and len(rows):  # or the sentences of the other end would seem to be the choice
            text = f"No mention in a text's own voice is surely read as {reading}."
            listed.append(Finding(f"reading={reading}", text))
        rising = [reading == "negative", True, True, True]
        one = one.sort_values(["score", "sentence_id", "start", "actor"], ascending=rising)
        one = one.drop_duplicates("sentence_id")
        for row in one.head(_ENDS).itertuples():
            about = f"{names[row.article_id]} on {label.get(row.actor, row.actor)}"
            text = f"To read, without a verdict: {about} (among the {end} scores): {cited(row.text)}"
            subject = f"reading={reading}&sentence={row.sentence_id}"
            listed.append(Finding(subject, text, evidence=addresses([row.sentence_id])))
    return listed
