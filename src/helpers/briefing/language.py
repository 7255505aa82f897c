"""How the texts speak: which word each takes for one thing, words that set it apart, and tone."""

from collections import defaultdict

import numpy as np
import pandas as pd

from helpers.briefing.comparisons import LEVEL
from helpers.briefing.wording import Finding, addresses, bracketed, called, cited, count, ranked
from helpers.spelling import content_keys

SURE = 0.6  # the confidence from which 03 takes a reading for sure, unless a run sets another
_ENDS = 3  # sentences to read at either end: a page of 03 has more
_NORMAL = 1.96  # standard errors to either end of a 95 % interval


def words_for_one_thing(choices: pd.DataFrame, entries: pd.DataFrame, names: pd.Series) -> list[Finding]:
    """Of the things that have several names, those for which texts mostly take different ones."""
    rows = choices.merge(entries[["kind", "code", "label"]], on=["kind", "code"])
    several, listed = 0, []
    for _, uses in rows.groupby(["kind", "code"]):
        if uses.article_id.nunique() < 2:
            continue
        several += 1
        finding = _referent(uses, names)
        if finding.value:
            listed.append(finding)
    if not several:
        return [Finding("The codebook lists no variants that two texts use, so no choice was counted.")]
    things = count(several, "thing")
    text = f"Texts differ in the word they mostly take for {len(listed) or 'none'} of the {things}"
    first = Finding(
        f"{text} for which the codebook lists several and two texts or more use any.",
        value=len(listed), unit="things", basis=things,
    )  # fmt: skip
    return [first, *ranked(listed, "02")]


def _referent(uses: pd.DataFrame, names: pd.Series) -> Finding:
    """Which word each text takes mostly, the word of most texts first."""
    uses = uses[uses.mentions > 0]
    most = uses[uses.mentions == uses.groupby("article_id").mentions.transform("max")]
    clear = most[~most.article_id.duplicated(keep=False)]
    split = sorted(set(most.article_id) - set(clear.article_id))
    whole = uses.groupby("article_id").mentions.sum()
    sides = clear.groupby("term").agg(n=("article_id", "size"), mentions=("mentions", "sum")).reset_index()
    sides = sides.sort_values(["n", "mentions", "term"], ascending=[False, False, True])
    parts = []
    for term in sides.term:
        texts = clear[clear.term == term].sort_values("article_id")
        shares = pd.Series(
            [
                f"{names[row.article_id]} ({row.mentions} of {whole[row.article_id]})"
                for row in texts.itertuples()
            ],
            index=texts.article_id,
        )
        parts.append(f"mostly “{term}” in {called(texts.article_id, shares)}")
    if split:
        parts.append(f"no one word mostly in {called(split, names)}")
    other, texts = int(sides.n[1:].sum()), len(whole)
    doubt = int(uses.doubtful.sum())
    unsure = f" ({doubt} may mean something else)" if doubt else ""
    text = f"{uses.label.iloc[0]}: {'; '.join(parts)}; {count(int(whole.sum()), 'mention')}{unsure}."
    return Finding(
        text, value=other, unit="texts", basis=f"{texts} texts, {whole.sum()} mentions by one of its words",
        effect=other / texts, evidence=" ".join(uses.evidence),
    )  # fmt: skip


def words_apart(
    tested: pd.DataFrame, groups: pd.DataFrame, sentences: pd.DataFrame, names: pd.Series
) -> list[Finding]:
    """Words that set a text or a group of texts apart from the others, beyond what chance gives.

    Parameters
    ----------
    tested
        Table `keyness` with `holds` and `q_run`.
    """
    compared = count(len(tested), "comparison of a word between texts", "comparisons of a word between texts")
    kept = tested[tested.holds].sort_values(["group", "term"])
    lost = int((tested.q_chance <= LEVEL).sum()) - len(kept)
    gone = f"; {lost} more that 02 lists {'does' if lost == 1 else 'do'} not hold after it" if lost else ""
    if not len(tested):
        return [Finding("No word could be compared between texts.")]
    if kept.empty:
        text = f"Of {compared}, none stands out beyond what shuffling gives and after the correction for all"
        return [Finding(f"{text}{gone}.", value=0, unit="words", basis=compared)]
    verb = "stands" if len(kept) == 1 else "stand"
    text = (
        f"Of {compared}, {len(kept)} {verb} out beyond what shuffling gives and after the correction for all"
    )
    first = Finding(f"{text}{gone}.", value=len(kept), unit="words", basis=compared)
    texts = {group: tuple(sorted(set(rows.article_id))) for group, rows in groups.groupby("group")}
    standing = _standing(kept, sentences)
    return [
        first,
        *ranked([_word(row, texts[row.group], standing, names) for row in kept.itertuples()], "02"),
    ]


def _word(
    row: tuple, texts: tuple[str, ...], standing: dict[tuple[str, str], list[str]], names: pd.Series
) -> Finding:
    error = abs(row.effect / row.z)
    ends = np.exp([abs(row.effect) - _NORMAL * error, abs(row.effect) + _NORMAL * error])
    times, (low, high) = float(np.exp(abs(row.effect))), map(float, ends)
    where = names[row.group] if row.group in names.index else f"the {len(texts)} texts of {row.group}"
    more = "more" if row.effect > 0 else "less"
    often = f"{count(row.count, 'time')}, {row.rate:.1f} per 1,000 content words"
    text = f"“{row.word}”: about {times:.1f} times{bracketed(low, high)} {more} frequent in {where} ({often})"
    ids = [one for article_id in texts for one in standing.get((article_id, row.term), [])]
    return Finding(
        f"{text} than in the other texts together.",
        value=times, low=low, high=high, unit="times as frequent",
        basis="log-odds with a prior, every word taken for a draw of its own", effect=abs(row.effect),
        p=row.p, q=row.q_run, evidence=addresses(ids),
    )  # fmt: skip


def _standing(words: pd.DataFrame, sentences: pd.DataFrame) -> dict[tuple[str, str], list[str]]:
    """The sentences of running text in which a word stands, by article and word, as 02 counts them."""
    wanted, found = set(words.term), defaultdict(list)
    running = sentences[~sentences.heading].sort_values("sentence_id")
    for sentence_id, article_id, text in running[["sentence_id", "article_id", "text"]].itertuples(
        index=False
    ):
        for term in wanted.intersection(content_keys(text)):
            found[article_id, term].append(sentence_id)
    return found


def tone(tested: pd.DataFrame, names: pd.Series, genre: pd.Series, entries: pd.DataFrame) -> list[Finding]:
    """What the comparisons of tone came to, and the differences that people's readings bear out.

    Parameters
    ----------
    tested
        Table `contrasts` with `holds` and `q_run`.
    """
    if tested.empty:
        return [Finding("No two texts or groups could be compared in their tone toward an actor.")]
    verdicts = tested.verdict.value_counts()
    apart, read = int(verdicts.reindex(["higher", "lower"]).sum()), int(tested.corrected.notna().sum())
    fit = len(tested) - int(verdicts.get("too little text", 0))
    pairs = count(len(tested), "pair")
    machine = f"the machine reads {apart or 'none'} of them as apart, its own error not counted"
    kept, borne_out = int(tested.holds.sum()), int(tested.finding.sum())
    if not read:
        people = (
            "people have read too few mentions of any pair to correct it, so no difference is stated here"
        )
    else:
        people = f"corrected by people's readings, {kept or 'none'} of the {read} pairs read enough differ"
    lost = borne_out - kept
    gone = f"; {lost} that 03 states {'does' if lost == 1 else 'do'} not hold beside all other comparisons"
    text = f"Tone toward an actor, in one voice: {fit} of {pairs} of texts or groups have enough text to be "
    first = Finding(
        f"{text}compared; {machine}; {people}{gone if lost else ''}.", value=kept, unit="pairs", basis=pairs
    )
    label = entries.set_index(["kind", "code"]).label
    return [
        first,
        *ranked([_difference(row, names, genre, label) for row in tested[tested.holds].itertuples()], "03"),
    ]


def _difference(row: tuple, names: pd.Series, genre: pd.Series, label: pd.Series) -> Finding:
    about = label["actor", row.actor] + (f", on {label['topic', row.topic]}" if row.topic else "")
    voice = "own voice" if row.voice == "own" else f"{row.voice} speech"
    sign = 1 if row.corrected > 0 else -1
    sides = [(row.group_a, row.read_a), (row.group_b, row.read_b)][::sign]
    whose = [f"{names[one]} ({genre[one]}; " if one in genre else f"the texts of {one} (" for one, _ in sides]
    more, less = (f"{one}{n} mentions read)" for one, (_, n) in zip(whose, sides, strict=True))
    low, high = sorted(sign * end for end in (row.corrected_low, row.corrected_high))
    size = f"by {abs(row.corrected):.2f}{bracketed(low, high, 2)} on a scale from -1 to 1"
    text = f"{about}: more favourably spoken of in {more} than in {less}, {voice}, {size}"
    return Finding(
        f"{text}, corrected by people's readings.",
        value=abs(row.corrected), low=low, high=high, unit="on a scale from -1 to 1",
        basis="mean scores corrected by people's readings, the machine's error included",
        effect=abs(row.corrected), p=row.corrected_p, q=row.q_run, evidence=row.evidence,
    )  # fmt: skip


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
        rising = [reading == "negative", True, True, True]
        one = one.sort_values(["score", "sentence_id", "start", "actor"], ascending=rising)
        one = one.drop_duplicates("sentence_id")
        for row in one.head(_ENDS).itertuples():
            about = f"{names[row.article_id]} on {label.get(row.actor, row.actor)}"
            text = f"To read, without a verdict: {about} (among the {end} scores): {cited(row.text)}"
            listed.append(Finding(text, evidence=addresses([row.sentence_id])))
    return listed
