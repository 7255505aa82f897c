"""What the rules say of small tables, and the words they must never use."""

import re

import pandas as pd

from helpers import briefing, tables

BANNED = re.compile(
    r"\b(bias\w*|omit\w*|hid(e|es|ing)|admit\w*|confirm\w*|corroborat\w*|prov(e|es|en|ing)|propagand\w*)\b",
    re.I,
)
NAMES = pd.Series({"a": "a Paper", "b": "b no outlet", "c": "c Other"})


def articles(**columns):
    base = {
        "article_id": ["a", "b", "c"],
        "outlet": ["Paper", None, "Other"],
        "genre": ["news", "news", "analysis"],
        "published": pd.to_datetime(["2026-02-10", None, "2026-02-11"]),
        "published_basis": ["stated", "not stated", "page header"],
        "lang": ["en", "en", "en"],
        "credits": ["Agency", "Agency; Other", None],
        "family": ["a", "b", "c"],
        "role": "original",
    }
    return pd.DataFrame(base | columns)


def rate(code, article_id, mentions, in_headline=False):
    evidence = f"mentions?kind=topic&code={code}&article_id={article_id}&place=text"
    return ("topic", code, "article_id", article_id, "any", mentions, mentions * 2.5, in_headline, evidence)


COLUMNS = "kind code by group voice mentions per_1000 in_headline evidence".split()
RATES = pd.DataFrame(
    [
        *(rate("all", article, n) for article, n in zip("abc", (1, 2, 3), strict=True)),
        *(rate("some", article, n) for article, n in zip("abc", (1, 0, 3), strict=True)),
        *(rate("one", article, n) for article, n in zip("abc", (0, 0, 1), strict=True)),
        *(rate("none", article, 0) for article in "abc"),
        *(rate("headline", article, 0, article == "a") for article in "abc"),
        ("topic", "all", "outlet", "Paper", "any", 99, 99.0, 1, ""),
        ("topic", "none", "article_id", "a", "quoted", 99, 99.0, 1, ""),
    ],
    columns=COLUMNS,
)
ENTRIES = pd.DataFrame({"code": RATES.code.unique(), "kind": "topic", "terms": "a term, another"})
ENTRIES["label"] = ENTRIES.code.str.capitalize()
MAYOR = {"code": "some", "kind": "actor", "terms": "mayor", "label": "The mayor"}  # as a topic is called
ENTRIES = pd.concat([ENTRIES, pd.DataFrame([MAYOR])], ignore_index=True)
EVENTS = pd.DataFrame(
    {
        "event_id": ["e001", "e002", "e003"],
        "when": ["2025-08-08", "2026-02-09 or 2026-02-10", "no day given"],
        "label": ["The memorandum was signed.", "A meeting was held.", "The mayor thanked everybody."],
        "basis": ["stated", "publication date (dateline)", "no day"],
        "n_texts": [1, 3, 2],
        "n_dated": [1, 2, 0],
        "n_origins": [0, 1, 0],
        "n_unnamed": [1, 1, 2],
        "evidence": ["tellings?event_id=e001", "tellings?event_id=e002", "tellings?event_id=e003"],
    }
)
TELLINGS = pd.DataFrame(
    [("e001", "c"), ("e002", "c"), ("e002", "a"), ("e002", "a"), ("e002", "b"), ("e003", "a"), ("e003", "b")],
    columns=["event_id", "article_id"],
)
CONFLICTS = pd.DataFrame(
    [
        ("e002", "date", "day", "2026-02-09", "2026-02-10", "a:s001", "c:s002"),
        (None, "weekday", "weekday", "Monday, 11 February", "2026-02-11, a Wednesday", "c:s004", "c:s004"),
        (None, "number", "people killed", "five people", "seven people", "a:s003", "b:s003"),
    ],
    columns="event_id kind about value_a value_b sentence_id_a sentence_id_b".split(),
)
CHECKS = pd.DataFrame({"sentence_id_a": ["a:s005", "a:s005"], "sentence_id_b": ["b:s005", "c:s006"]})
FILES = pd.DataFrame({"file": ["a.txt", "x.pdf"], "status": ["read", "skipped"]})
CONTRASTS = pd.DataFrame(
    {
        "actor": "some",
        "topic": ["", "all", "", ""],
        "voice": ["own", "quoted", "own", "own"],
        "group_a": ["a", "a", "b", "Paper, news"],
        "group_b": ["c", "b", "c", "Other, news"],
        "verdict": ["lower", "not distinguishable", "too little text", "higher"],
        "finding": [True, False, False, False],
        "corrected": [-0.254, 0.1, None, 0.5],
        "corrected_low": [-0.4, -0.1, None, 0.2],
        "corrected_high": [-0.1, 0.3, None, 0.8],
        "read_a": [50, 0, 0, 0],
        "read_b": [61, 0, 0, 0],
        "evidence": ["tone?article_id=a tone?article_id=c", "", "", ""],
    }
)
ARTICLES = articles()


def findings(
    articles=ARTICLES,
    rates=RATES,
    contrasts=CONTRASTS,
    events=EVENTS,
    conflicts=CONFLICTS,
    checks=CHECKS,
    entries=ENTRIES,
):
    stored = {"files": FILES, "articles": articles, "rates": rates, "contrasts": contrasts, "events": events}
    stored |= {"tellings": TELLINGS, "conflicts": conflicts, "checks": checks}
    return tables.check("findings", briefing.compose(stored, NAMES, entries))


def said(group, **parts):
    table = findings(**parts)
    return table[table.group == group].text.tolist()


def test_the_corpus_is_described_with_its_gaps():
    assert said("The corpus") == [
        "3 articles → 3 independent texts; the outlet is known for 2 (Other and Paper), unknown for 1.",
        "How these texts were chosen, this report does not know: they stand for themselves alone.",
        "Genres, as 01 grounds them: 1 analysis, 2 news. "
        "Every comparison here mixes them; read it in view of that.",
        "Day of publication: stated for 1 (2026-02-10), inferred for 1 (2026-02-11), missing for 1.",
        "Agency is credited in a Paper and b no outlet: these texts need not be independent of each other.",
        "Not read: x.pdf. 01 says why.",
    ]


def test_copies_are_no_independent_texts_and_a_shared_part_is_named():
    shared = articles(family=["a", "a", "c"], role=["original", "copy", "partial"])
    corpus = said("The corpus", articles=shared)
    assert corpus[0].startswith("3 articles → 2 independent texts;")
    assert corpus[1].endswith("share a substantial part with an earlier text: 1.")


def test_an_article_in_another_language_is_named():
    corpus = said("The corpus", articles=articles(lang=["en", "de", None]))
    (text,) = [text for text in corpus if "language" in text]
    assert text.endswith("not counted, scored or dated: b no outlet and c Other.")


def test_each_topic_stands_in_the_group_its_counts_put_it_in():
    span = "All: from 2.5 (a Paper) to 7.5 (c Other) mentions per 1,000 words."
    assert said("What all texts mention") == [span]
    assert said("What some texts mention") == ["Some: a Paper and c Other; no term of it in b no outlet."]
    assert "None: none of its terms occurs (a term, another)." in said("What no text mentions")
    assert "One: c Other alone, 1 mention." in said("What one text alone mentions")


def test_a_topic_that_only_a_headline_mentions_is_mentioned():
    assert "Headline: a Paper alone, in the headline only." in said("What one text alone mentions")


def test_a_finding_leads_to_the_mentions_of_the_texts_it_names():
    table = findings().set_index("text")
    assert table.evidence["Some: a Paper and c Other; no term of it in b no outlet."].split() == [
        "mentions?kind=topic&code=some&article_id=a&place=text",
        "mentions?kind=topic&code=some&article_id=c&place=text",
    ]


def test_a_difference_in_tone_is_told_where_people_bear_it_out_with_its_genres():
    assert said("Tone") == [
        "Tone toward an actor, in one voice: 3 of 4 pairs of texts or groups have enough text to be "
        "compared.",
        "The machine reads 2 of them as apart, its own error not counted; corrected by people's readings, "
        "1 of the 3 pairs read enough differ.",
        "The mayor: more favourably spoken of in c Other (analysis; 61 mentions read) than in a Paper "
        "(news; 50 mentions read), own voice, by 0.25 [0.10, 0.40] on a scale from -1 to 1, corrected by "
        "people's readings.",
    ]
    assert findings().query("group == 'Tone'").evidence.tolist()[2] == CONTRASTS.evidence[0]


def test_a_difference_between_groups_or_on_a_topic_is_told_as_such():
    borne_out = CONTRASTS.assign(finding=[False, True, False, True])
    *_, topic, groups = said("Tone", contrasts=borne_out)
    assert topic.startswith(
        "The mayor, on All: more favourably spoken of in a Paper (news; 0 mentions read) than"
    )
    assert "quoted speech, by 0.10 [-0.10, 0.30]" in topic
    assert "in the texts of Paper, news (0 mentions read) than in the texts of Other, news (0" in groups


def test_no_difference_in_tone_and_no_comparison_are_findings():
    _, text = said("Tone", contrasts=CONTRASTS[1:3].assign(corrected=None))
    assert text == (
        "The machine reads none of them as apart, its own error not counted; people have read too few "
        "mentions of any pair to correct it, so no difference is stated here."
    )
    (text,) = said("Tone", contrasts=CONTRASTS[:0])
    assert text == "No two texts or groups could be compared in their tone toward an actor."


def test_entries_are_listed_with_who_tells_and_dates_them_and_what_their_days_rest_on():
    assert said("What happened when") == [
        "The texts hold 2 dated entries, 1 of them told by more than one text; 1 is told by several texts "
        "and dated by none.",
        "2025-08-08, c Other: “The memorandum was signed.”",
        "2026-02-09 or 2026-02-10, a Paper, b no outlet and c Other (3 texts carry it, 2 of them date it, "
        "1 named origin, 1 text names none): “A meeting was held.” [resolved from the publication date "
        "(dateline)]",
        "Entries next to each other may tell one event, in other words or with other days: read both.",
    ]
    evidence = findings().query("group == 'What happened when'").evidence
    assert evidence.dropna().tolist() == ["tellings?event_id=e001", "tellings?event_id=e002"]


def test_texts_that_all_date_an_entry_and_all_name_an_origin_are_only_counted():
    every = EVENTS.assign(n_dated=[1, 3, 0], n_origins=[0, 2, 0], n_unnamed=[1, 0, 2])
    _, _, text, _ = said("What happened when", events=every)
    assert " and c Other (3 texts carry it, 2 named origins): “" in text
    _, _, text, _ = said("What happened when", events=every.assign(n_origins=0, n_unnamed=3))
    assert " (3 texts carry it, no named origins): “" in text
    _, _, text, _ = said("What happened when", events=every.assign(n_unnamed=2))
    assert " (3 texts carry it, 2 named origins, 2 texts name none): “" in text


def test_days_that_some_texts_state_and_others_do_not_rest_on_both():
    mixed = EVENTS.assign(basis=["duration; publication date (manifest)", "duration; stated", "no day"])
    _, first, second, _ = said("What happened when", events=mixed)
    assert first.endswith("” [resolved from the duration and the publication date (manifest)]")
    assert second.endswith("” [partly resolved from the duration]")


def test_an_entry_that_several_texts_tell_and_one_dates_is_told_by_more_than_one():
    first, *_ = said("What happened when", events=EVENTS[:2].assign(n_dated=1))
    assert first.endswith("2 dated entries, 1 of them told by more than one text.")


def test_a_single_entry_has_no_neighbour_to_be_read_with():
    _, entry = said("What happened when", events=EVENTS[:1], conflicts=CONFLICTS[:0])
    assert entry == "2025-08-08, c Other: “The memorandum was signed.”"


def test_entries_that_no_text_dates_are_counted_and_left_to_04():
    dated = said("What happened when", events=EVENTS[:2])
    assert dated[0] == "The texts hold 2 dated entries, 1 of them told by more than one text."
    undated = pd.concat([EVENTS[2:], EVENTS[2:]], ignore_index=True)
    (text,) = said("What happened when", events=undated, conflicts=CONFLICTS[:0])
    assert text == "The texts hold no dated entries; 2 are told by several texts and dated by none."


def test_of_many_entries_those_in_most_texts_are_shown_and_the_rest_counted():
    many = pd.concat([EVENTS[:2]] * 10, ignore_index=True)
    texts = said("What happened when", events=many)
    assert len(texts) == 1 + 12 + 1 + 1
    assert sum("meeting" in text for text in texts) == 10
    assert texts[-2] == "8 more are in 04."


def test_each_difference_is_told_with_both_values_and_who_says_them():
    *differences, checks = said("Where accounts differ")
    assert differences == [
        "“A meeting was held.”: 2026-02-09 (a Paper) or 2026-02-10 (c Other).",
        "Weekday: Monday, 11 February (c Other) or 2026-02-11, a Wednesday (by the calendar).",
        "Number, people killed: five people (a Paper) or seven people (b no outlet).",
    ]
    assert checks == (
        "04 lists 2 pairs of passages that seem to tell one matter differently, for a reader to check."
    )


def test_a_difference_leads_to_its_sentences_and_the_checks_to_all_of_theirs():
    found = findings().query("group == 'Where accounts differ'").evidence
    behind = [[one.removeprefix("sentences?sentence_id=") for one in evidence.split()] for evidence in found]
    assert behind == [["a:s001", "c:s002"], ["c:s004"], ["a:s003", "b:s003"], ["a:s005", "b:s005", "c:s006"]]


def test_no_difference_is_a_finding_that_does_not_say_that_accounts_agree():
    (text,) = said("Where accounts differ", conflicts=CONFLICTS[:0], checks=CHECKS[:0])
    assert text == (
        "No difference in days, weekdays, numbers or names was found; that does not mean that there is none."
    )
    text, checks = said("Where accounts differ", conflicts=CONFLICTS[:0], checks=CHECKS[:1])
    assert text.startswith("No difference") and checks.startswith("04 lists 1 pair of passages")


def test_a_corpus_that_shows_nothing_says_so():
    table = findings(
        articles(published=pd.to_datetime([None] * 3), outlet=None, credits=None),
        RATES.iloc[:0],
        CONTRASTS.iloc[:0],
        EVENTS.iloc[:0],
        CONFLICTS.iloc[:0],
        CHECKS.iloc[:0],
        ENTRIES.iloc[:0],
    )
    texts = " ".join(table.text)
    assert "no outlet is known" in texts
    assert "No article gives a publication date" in texts
    assert "no codebook" in texts
    assert "The texts hold no dated entries." in texts


def test_a_codebook_without_an_article_it_could_be_used_on_is_told_from_none():
    (text,) = said("What all texts mention", rates=RATES.iloc[:0])
    assert text == "No article is in a supported language, so nothing was looked for."


def test_the_words_that_judge_are_never_used():
    nothing = {"rates": RATES[:0], "events": EVENTS[:0], "conflicts": CONFLICTS[:0], "checks": CHECKS[:0]}
    for table in (findings(), findings(**nothing), findings(contrasts=CONTRASTS[2:])):
        assert not [text for text in table.text if BANNED.search(text)]
