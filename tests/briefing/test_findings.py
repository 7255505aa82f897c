"""What the rules say of small tables, and the words they must never use."""

import re
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import briefing, tables
from helpers.briefing.wording import MOST
from helpers.reporting import evidence

BANNED = re.compile(
    r"\b(bias\w*|omit\w*|hid(e|es|ing|den)|admit\w*|confirm\w*|corroborat\w*|prov(e|es|ed|en|ing)|propagand\w*)\b",
    re.I,
)
NAMES = pd.Series({"a": "a Paper", "b": "b outlet unknown", "c": "c Other"})


def frame(columns, *rows):
    return pd.DataFrame(rows, columns=columns.split())


def articles(**columns):
    base = {
        "article_id": ["a", "b", "c"],
        "outlet": ["Paper", None, "Other"],
        "genre": ["news", "news", "analysis"],
        "published": pd.to_datetime(["2026-02-10", None, "2026-02-11"]),
        "published_basis": ["stated", "not stated", "page header"],
        "lang": ["en", "en", "en"],
        "family": ["a", "b", "c"],
        "role": "original",
        "text": ["The old pier fell into the harbour.", "It fell.", "So the old pier fell into the harbour."],
    }
    return pd.DataFrame(base | columns)


SENTENCES = pd.DataFrame(
    [
        (f"{one}:s{n:03d}", one, n, False, "The pier fell and the mayor spoke.")
        for one in "abc"
        for n in range(8)
    ],
    columns=["sentence_id", "article_id", "paragraph", "heading", "text"],
)
CODES = {"all": (1, 2, 3), "some": (1, 0, 3), "one": (0, 0, 1), "none": (0, 0, 0)}
HITS = [
    (f"{one}:s{n:03d}", one, "topic", code)
    for code, counts in CODES.items()
    for one, times in zip("abc", counts, strict=True)
    for n in range(times)
]
MENTIONS = frame("sentence_id article_id kind code", *HITS)


def address(code, one):
    return f"mentions?kind=topic&code={code}&article_id={one}"


PRESENCE = frame(
    "kind code article_id state own quoted others others_with stretches p evidence",
    *(
        (
            "topic",
            code,
            one,
            "mentioned" if n else "not mentioned",
            n,
            0,
            0,
            0,
            None,
            None,
            address(code, one),
        )
        for code, counts in CODES.items()
        for one, n in zip("abc", counts, strict=True)
    ),
).astype({"stretches": float, "p": float})
RATES = frame(
    "kind code by group voice mentions per_1000 per_1000_low per_1000_high basis",
    *(
        ("topic", code, "article_id", one, "any", n, n * 2.5, n * 1.5, n * 4.0, "this article")
        for code, counts in CODES.items()
        for one, n in zip("abc", counts, strict=True)
    ),
    ("topic", "all", "outlet", "Paper", "any", 99, 99.0, 90.0, 110.0, ""),
    ("topic", "all", "article_id", "a", "quoted", 99, 99.0, 90.0, 110.0, ""),
)
GROUPS = frame("by group article_id", *(("article_id", one, one) for one in "abc"))
ENTRIES = pd.DataFrame(
    {"code": [*CODES, "some"], "kind": ["topic"] * 4 + ["actor"], "terms": "a term; another"}
)
ENTRIES["label"] = ["All", "Some", "One", "None", "The mayor"]  # an actor may be called as a topic is
UNIQUE = frame(
    "article_id kind value count sentence_id evidence",
    ("a", "name", "Port Ellery", 2, "a:s001", "sentences?sentence_id=a:s001 sentences?sentence_id=a:s002"),
    ("a", "number", "40 boats", 1, "a:s003", "sentences?sentence_id=a:s003"),
    ("a", "sentence", "The pier fell.", 1, "a:s004", "sentences?sentence_id=a:s004"),
    ("b", "date", "1990", 1, "b:s001", "sentences?sentence_id=b:s001"),
)
CHOICES = frame(
    "kind code term article_id mentions doubtful evidence",
    ("topic", "all", "pier", "a", 1, 0, address("all", "a")),
    ("topic", "all", "jetty", "a", 0, 0, address("all", "a") + "&term=jetty"),
    ("topic", "all", "pier", "b", 0, 0, address("all", "b") + "&term=pier"),
    ("topic", "all", "jetty", "b", 2, 1, address("all", "b")),
    ("topic", "all", "pier", "c", 3, 0, address("all", "c")),
)
KEYNESS = frame(
    "group term word count rate effect z p q_chance",
    ("a", "pier", "pier", 6, 60.0, 1.1, 4.4, 0.00001, 0.01),
    ("b", "pier", "pier", 1, 9.0, -1.1, -2.2, 0.028, 0.4),
    ("c", "harbour", "harbour", 2, 9.0, 0.2, 0.5, 0.6, 0.9),
)
CONTRASTS = pd.DataFrame(
    {
        "actor": "some",
        "by": ["article_id", "article_id", "article_id", "outlet"],
        "topic": ["", "all", "", ""],
        "voice": ["own", "quoted", "own", "own"],
        "group_a": ["a", "a", "b", "Paper, news"],
        "group_b": ["c", "b", "c", "Other, news"],
        "p": [0.01, 0.5, None, 0.02],
        "verdict": ["lower", "not distinguishable", "too little text", "higher"],
        "finding": [True, False, False, False],
        "corrected": [-0.254, 0.1, None, 0.5],
        "corrected_low": [-0.4, -0.1, None, 0.2],
        "corrected_high": [-0.1, 0.3, None, 0.8],
        "corrected_p": [0.001, 0.4, None, 0.3],
        "read_a": [50, 0, 0, 0],
        "read_b": [61, 0, 0, 0],
        "evidence": ["tone?actor=some&article_id=a tone?actor=some&article_id=c", "", "", ""],
    }
)
TONE = frame(
    "sentence_id start actor voice label score confidence",
    ("a:s001", 4, "some", "own", "positive", 0.9, 0.95),
    ("c:s001", 4, "some", "own", "negative", -0.8, 0.9),
    ("c:s002", 4, "some", "quoted", "negative", -0.9, 0.95),
    ("b:s001", 4, "some", "own", "positive", 0.4, 0.5),
)
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
TELLINGS = frame(
    "event_id article_id sentence_id start",
    *(("e001", "c", "c:s001", 4), ("e002", "c", "c:s002", 4), ("e002", "a", "a:s001", 9)),
    *(("e002", "a", "a:s002", 4), ("e002", "b", "b:s001", 4), ("e003", "a", "a:s003", 4)),
    ("e003", "b", "b:s003", 4),
)
CONFLICTS = frame(
    "event_id kind about value_a value_b sentence_id_a sentence_id_b",
    (None, "weekday", "weekday", "Monday, 11 February", "2026-02-11, a Wednesday", "c:s004", "c:s004"),
    ("e002", "date", "day", "2026-02-09", "2026-02-10", "a:s001", "c:s002"),
    (None, "number", "people killed", "five people", "seven people", "a:s003", "b:s003"),
)
CHECKS = pd.DataFrame({"sentence_id_a": ["a:s005", "a:s005"], "sentence_id_b": ["b:s005", "c:s006"]})
FILES = pd.DataFrame({"file": ["a.txt", "x.pdf"], "status": ["read", "skipped"]})
COLLECTION = pd.DataFrame({"field": ["collected by", "period", "query", "rule"], "value": None})
PASSAGES = frame(
    "passage_id article_id sentence_id start end words form",
    ("a:p4-35", "a", "a:s001", 4, 34, 12, "narrated"),
    ("a:p4-35", "c", "c:s001", 7, 37, 12, "quoted"),
)
STATEMENTS = frame(
    "statement_id article_id sentence_id start form speaker_name text",
    ("a:v1", "a", "a:s002", 9, "verbatim", "the harbour master", "“The pier is closed,”"),
    ("a:v1", "c", "c:s003", 9, "paraphrased", "the harbour master", "that the pier was closed"),
)
CREDITS = frame(
    "article_id sentence_id start name kind scope",
    ("a", "a:s000", 0, "US Agency", "agency", "article"),
    ("b", "b:s000", 0, "U.S. Agency", "agency", "sentence"),
    ("c", "c:s004", 0, "a statement", "document", "sentence"),
    ("c", "c:s005", 0, "people on the quay", "unnamed", "sentence"),
)
STORED = {
    "files": FILES, "collection": COLLECTION, "articles": articles(), "sentences": SENTENCES,
    "groups": GROUPS, "presence": PRESENCE, "rates": RATES, "unique": UNIQUE, "choices": CHOICES,
    "keyness": KEYNESS, "contrasts": CONTRASTS, "tone": TONE, "events": EVENTS, "tellings": TELLINGS,
    "conflicts": CONFLICTS, "checks": CHECKS, "passages": PASSAGES, "statements": STATEMENTS,
    "credits": CREDITS, "mentions": MENTIONS, "codebook": ENTRIES,
}  # fmt: skip
NOTHING = {name: table[:0] for name, table in STORED.items() if name not in ("files", "collection")}


def findings(**changed):
    stored = STORED | changed
    names = NAMES.reindex(stored["articles"].article_id)
    return tables.check("findings", briefing.compose(stored, names, stored["codebook"]))


def said(group, **changed):
    table = findings(**changed)
    return table[table.group == group].text.tolist()


def row(start, **changed):
    (found,) = [r for r in findings(**changed).itertuples() if r.text.startswith(start)]
    return found


def counted_rows(address):
    """How many rows of its table an address names."""
    total = 0
    for part in address.split():
        name, _, query = part.partition("?")
        rows = STORED[name]
        for column, value in parse_qsl(query):
            rows = rows[rows[column] == value] if column in rows else rows
        total += len(rows)
    return total


def test_the_groups_stand_in_one_order_and_each_opens_with_what_it_comes_to():
    table = findings()
    assert tuple(dict.fromkeys(table.group)) == briefing.GROUPS
    assert table.effect[~table.group.duplicated()].isna().all()


def test_what_a_finding_is_about_is_told_in_terms_that_stay():
    subjects = findings().groupby("group", sort=False).subject.agg(list)
    assert subjects["What all texts carry"] == ["opening", "intervals", "event=a:s001:9", "topic=all"]
    assert subjects["What one text alone carries"][1:] == ["article=a", "topic=one", "article=b"]
    assert subjects["Word choice"] == ["choices", "topic=all", "words", "word=pier&group=a"]
    assert subjects["Tone"][:2] == ["opening", "actor=some&topic=&voice=own&by=article_id&groups=a|c"]
    assert subjects["Tone"][2:] == ["reading=positive&sentence=a:s001", "reading=negative&sentence=c:s001"]
    assert subjects["What happened when"] == ["opening", "event=c:s001:4", "event=a:s001:9", "neighbours"]
    assert sorted(subjects["Where accounts differ"][1:-1]) == [
        "kind=date&event=a:s001:9&sentences=a:s001|c:s002",
        "kind=number&about=people killed&values=five people|seven people&sentences=a:s003|b:s003",
        "kind=weekday&about=weekday&values=Monday, 11 February|2026-02-11, a Wednesday"
        "&sentences=c:s004|c:s004",
    ]
    assert subjects["Shared text and statements"] == ["opening", "passage=a:4", "statement=a:v1"]
    assert subjects["Origins"] == ["opening", "source=usagency", "unnamed"]


def test_what_a_finding_is_about_does_not_change_with_the_number_of_an_event_or_of_a_mention():
    def about(**changed):
        return findings(**changed)[["group", "subject"]].values.tolist()

    number = {"e001": "e004", "e002": "e005", "e003": "e006"}
    later = {name: STORED[name].replace({"event_id": number}) for name in ("events", "tellings", "conflicts")}
    assert about(**later) == about()
    more = RATES.assign(mentions=RATES.mentions + 1, per_1000=RATES.per_1000 + 1)
    assert about(rates=more) == about()


def test_of_a_cut_list_the_rest_is_known_by_what_it_counts():
    many = [
        PASSAGES.assign(passage_id=f"a:p{n}", start=50 * n, end=50 * n + 9, words=10 + n)
        for n in range(MOST + 2)
    ]
    table = findings(passages=pd.concat(many, ignore_index=True))
    assert table.subject[table.text == "2 more are in 01."].tolist() == ["rest=passages"]


def test_within_a_group_of_one_kind_the_larger_effect_stands_first():
    for group, part in findings().groupby("group"):
        if group not in ("Word choice", "What happened when"):  # things and words; by time
            effects = part.effect.dropna()
            assert (effects.diff().dropna() <= 0).all(), group


def test_the_corpus_is_described_with_its_gaps():
    assert said("The corpus") == [
        "How these texts came together is not known (collected by, query, period and rule are not stated in "
        "corpus.yml): they stand for themselves alone.",
        "3 articles → 3 independent texts; the outlet is known for 2 (Other and Paper), unknown for 1.",
        "Genres, as 01 grounds them: 1 analysis, 2 news. "
        "Every comparison here mixes them; read it in view of that.",
        "Day of publication: stated for 1 (2026-02-10), inferred for 1 (2026-02-11), missing for 1.",
        "Languages: 3 en.",
        "Not read: x.pdf. 01 says why.",
        "9 comparisons made (no absences, 3 words, 6 of tone), 2 hold after one correction for all of them.",
    ]


def test_how_the_corpus_came_together_is_told_as_stated_and_the_rest_as_not_stated():
    stated = COLLECTION.assign(value=["the archive", None, "pier AND fell", None])
    assert said("The corpus", collection=stated)[0] == (
        "How these texts came together, as corpus.yml has it: collected by: “the archive”; "
        "query: “pier AND fell”; period: not stated; rule: not stated."
    )


def test_an_article_in_another_language_is_named():
    corpus = said("The corpus", articles=articles(lang=["en", "de", None]))
    assert "Languages: 1 de, 1 en, 1 not known." in corpus
    (text,) = [text for text in corpus if "supported" in text]
    assert text.endswith("not counted, scored or dated: b outlet unknown and c Other.")


def test_more_files_than_can_be_read_in_a_list_are_counted():
    unread = pd.DataFrame({"file": [f"{n}.pdf" for n in range(9)], "status": "failed"})
    assert "Not read: 9 files. 01 says why." in said("The corpus", files=unread)


def test_each_topic_stands_in_the_group_its_counts_put_it_in():
    every, basis, event, span = said("What all texts carry")
    assert every == "Topics and actors that all 3 texts mention: 1 of the 4 looked for (All)."
    assert basis == (
        "In brackets: 95 % intervals, over the paragraphs of 3 articles, "
        "as if these were drawn from more like them. Mentions count headlines as well, "
        "rates the running text alone."
    )
    assert event == "All tell one event: “A meeting was held.” (2026-02-09 or 2026-02-10)."
    assert (
        span
        == "All: 6 mentions, from 2.5 (a Paper) to 7.5 (c Other) per 1,000 words, on average 5.0 [3.8, 6.9]."
    )
    assert said("What some texts mention")[1:] == [
        "Some: 2 texts (a Paper and c Other), 4 mentions; no term of it in b outlet unknown."
    ]
    assert "One: c Other alone, 1 mention." in said("What one text alone carries")
    assert said("What is not mentioned") == [
        "Topics and actors that no text mentions: 1 of the 4 looked for (None). "
        "Cases of a text without a term of what most others of its genre mention: none.",
        "None: none of its terms occurs (a term; another).",
    ]


def test_a_topic_that_stands_in_headlines_alone_has_no_rate_to_tell():
    every, event = said("What all texts carry", rates=RATES.assign(per_1000=float("nan")))
    assert every.endswith("1 of the 4 looked for (All).") and event.startswith("All tell one event")


def test_with_five_texts_or_more_the_mean_is_of_texts_and_with_ten_they_are_drawn_anew():
    for n, basis in ((5, "5 articles, each a point"), (10, "10 articles, drawn anew as wholes")):
        ids = [f"t{number}" for number in range(n)]
        several = {
            "presence": frame(
                " ".join(PRESENCE),
                *(
                    ("topic", "all", one, "mentioned", 1, 0, 0, 0, None, None, address("all", one))
                    for one in ids
                ),
            ).astype({"stretches": float, "p": float}),
            "rates": frame(
                " ".join(RATES),
                *(
                    ("topic", "all", "article_id", i, "any", 1, 1.0 + k % 3, 0.5, 9.0, "")
                    for k, i in enumerate(ids)
                ),
            ),
            "groups": frame("by group article_id", *(("article_id", one, one) for one in ids)),
            "articles": pd.concat([articles()[:1].assign(article_id=i, family=i) for i in ids]),
        }
        stored = STORED | {name: NOTHING.get(name, table) for name, table in STORED.items()} | several
        stored |= {"codebook": ENTRIES}
        names = pd.Series(ids, ids)
        table = briefing.compose(stored, names, ENTRIES)
        (span,) = table[table.unit == "mentions per 1,000 words"].itertuples()
        assert span.basis == basis and span.low < span.value < span.high


def test_a_finding_has_its_number_and_leads_to_exactly_what_it_counts():
    alone, some, span = row("One: c"), row("Some: 2"), row("All: 6")
    assert (alone.value, alone.unit) == (1, "mentions") and counted_rows(alone.evidence) == 1
    assert (some.value, some.unit, some.basis) == (2, "texts", "3 texts")
    assert some.evidence.split() == [address("some", "a"), address("some", "c")]
    assert counted_rows(some.evidence) == 4 and counted_rows(span.evidence) == 6
    assert (span.value, span.low < 5 < span.high, span.effect) == (5, True, 5)


def test_names_numbers_and_dates_of_one_text_are_listed_the_most_frequent_first():
    first, *listed = said("What one text alone carries")
    assert first.endswith(
        "In one text alone stand 1 name, 1 number and 1 date, "
        "and 1 sentence like none elsewhere, by their words."
    )
    assert listed[0] == "a Paper alone: name “Port Ellery” (2 times); number “40 boats”."
    assert "b outlet unknown alone: date “1990”." in listed
    many = pd.concat([UNIQUE[:1].assign(value=f"Quay {n}", count=1 + (n == 4)) for n in range(5)])
    assert row("a Paper alone", unique=many).text == (
        "a Paper alone: names “Quay 4” (2 times), “Quay 0”, “Quay 1” and 2 more."
    )


def test_what_the_codebook_found_in_one_text_is_not_listed_again_as_a_name():
    assert not [
        text
        for text in said("What one text alone carries", unique=UNIQUE[:1].assign(value="One"))
        if "“" in text
    ]


def test_of_one_text_nothing_is_said_to_be_its_alone():
    one = {"articles": articles()[:1], "groups": GROUPS[:1], "presence": PRESENCE[PRESENCE.article_id == "a"]}
    one |= {"rates": RATES[RATES.group == "a"], "unique": UNIQUE[:0], "passages": PASSAGES[:0]}
    one |= {
        "statements": STATEMENTS[:0],
        "events": EVENTS[:0],
        "conflicts": CONFLICTS[:0],
        "keyness": KEYNESS[:0],
    }
    one |= {"contrasts": CONTRASTS[:0], "choices": CHOICES[:2]}
    assert said("What one text alone carries", **one) == [
        "Fewer than two texts were compared, so nothing can be one text's alone."
    ]
    assert said("What all texts carry", **one)[2] == "All: 1 mention 2.5 [1.5, 4.0] per 1,000 words."
    assert said("What some texts mention", **one)[0].endswith("mention: none of the 4 looked for.")


USUAL = {"others": 3, "others_with": 2, "stretches": 0.25, "state": "not mentioned"}


def lacking(**values):
    gap = (PRESENCE.code == "some") & (PRESENCE.article_id == "b")
    return PRESENCE.assign(
        **{name: PRESENCE[name].where(~gap, value) for name, value in (USUAL | values).items()}
    )


def test_what_a_text_does_not_mention_and_most_others_of_its_genre_do_is_told_with_how_usual_that_is():
    found = row("Some: no term", presence=lacking())
    assert found.text == (
        "Some: no term of it in b outlet unknown; 2 of the 3 other news texts mention it, "
        "and 75% of their stretches as long as this text do."
    )
    assert (found.value, found.basis, found.effect) == (2, "3 other news texts", 0.75)
    assert pd.isna(found.p) and found.evidence == address("some", "a")  # c is an analysis


@pytest.mark.parametrize(
    "other", [{"others_with": 1}, {"others": 4}, {"state": "not mentioned, too short to tell"}]
)
def test_an_absence_that_is_usual_or_cannot_be_told_is_no_finding(other):
    found = said("What is not mentioned", presence=lacking(**other))
    assert not [text for text in found if text.startswith("Some")]
    assert ("(not counted: 1 where it is too short to tell)" in found[0]) == ("state" in other)


def test_an_absence_with_a_test_says_whether_it_holds():
    small = lacking(p=0.004, others=250, others_with=240, stretches=0.0)
    found = row("Some: no term", presence=small)
    assert found.text.endswith("(p 0.004, which holds after the correction).")
    assert found.p == 0.004 and 0.004 < found.q < 0.05
    large = row("Some: no term", presence=lacking(p=0.045, others=250, others_with=240))
    assert large.text.endswith("which does not hold after the correction).") and large.q > 0.05


def test_of_a_text_too_short_to_tell_no_absence_holds():
    small = {"p": 0.0001, "others": 250, "others_with": 240, "stretches": 0.0}
    told = {
        state: said("The corpus", presence=lacking(**small, state=state))[-1]
        for state in ("not mentioned", "not mentioned, too short to tell")
    }
    assert [" 3 hold " in text for text in told.values()] == [True, False]


def test_texts_that_take_another_word_for_one_thing_are_named_with_their_counts():
    first, charter, *_ = said("Word choice")
    assert first.startswith("Things for which texts mostly take different words: 1 of the 1 that")
    assert charter == (
        "All: mostly “pier” in a Paper (1 of 1) and c Other (3 of 3); "
        "mostly “jetty” in b outlet unknown (2 of 2); "
        "6 mentions (1 may mean something else)."
    )
    found = row("All: mostly")
    assert (found.value, round(found.effect, 3), found.basis) == (1, 0.333, "6 mentions in 3 texts")


def test_texts_that_take_the_same_word_or_none_mostly_are_no_difference():
    same = CHOICES[CHOICES.article_id != "b"]
    assert said("Word choice", choices=same)[0].startswith(
        "Things for which texts mostly take different words: none"
    )
    even = CHOICES.assign(mentions=[1, 1, 0, 2, 3])
    assert "no one word mostly in a Paper" in said("Word choice", choices=even)[1]
    (text, *_) = said("Word choice", choices=CHOICES[:2])
    assert text == "The codebook lists no variants that two texts use, so no choice was counted."


def test_a_word_stands_out_only_if_it_passes_shuffling_and_the_correction_over_the_run():
    *_, first, word = said("Word choice")
    assert first == (
        "Of 3 comparisons of a word between texts, 1 stands out beyond what shuffling gives and after the "
        "correction for all."
    )
    assert word == (
        "“pier”: 3.00 times [1.84, 4.90] as frequent in a Paper (6 times, 60.0 per 1,000 content words) "
        "as in the other texts together."
    )
    found = row("“pier”")
    assert (round(found.low, 2), round(found.high, 2), found.p < found.q < 0.05) == (1.84, 4.9, True)
    assert found.evidence.split()[0] == "sentences?sentence_id=a:s000" and len(found.evidence.split()) == 8
    by_chance = KEYNESS.assign(q_chance=0.4)
    assert "none stands out" in said("Word choice", keyness=by_chance)[-1]
    too_many = pd.concat([KEYNESS, KEYNESS.loc[[2] * 20_000]], ignore_index=True)
    assert "none stands out" in said("Word choice", keyness=too_many)[-1]
    assert "; 1 more that 02 lists does not hold after it." in said("Word choice", keyness=too_many)[-1]


def test_a_word_of_a_group_is_told_of_its_texts():
    grouped = pd.concat(
        [GROUPS, frame("by group article_id", ("outlet", "Paper, news", "a"), ("outlet", "Paper, news", "b"))]
    )
    word = KEYNESS[:1].assign(group="Paper, news", effect=-1.1, z=-4.4)
    found = row("“pier”", keyness=word, groups=grouped)
    assert "0.33 times [0.20, 0.54] as frequent in the 2 texts of Paper, news (6 times" in found.text
    assert len(found.evidence.split()) == 16


def test_a_difference_in_tone_is_told_where_people_bear_it_out_with_its_genres():
    first, difference, *_ = said("Tone")
    assert first == (
        "Tone toward an actor, in one voice: 3 of 4 pairs of texts or groups have enough text to be "
        "compared; "
        "the machine reads 2 of them as apart, its own error not counted; corrected by people's readings, "
        "1 of 3 pairs read enough apart."
    )
    assert difference == (
        "The mayor: more favourably spoken of in c Other (analysis; 61 mentions read) than in a Paper "
        "(news; 50 mentions read), own voice, by 0.25 [0.10, 0.40] on a scale from -1 to 1, corrected by "
        "people's readings."
    )
    found = row("The mayor: more")
    assert (found.value, found.low, found.high, found.p) == (0.254, 0.1, 0.4, 0.001)
    assert found.q < 0.05 and found.evidence == CONTRASTS.evidence[0]


def test_a_difference_in_tone_that_the_correction_over_the_run_takes_away_is_counted():
    first, *others = said("Tone", keyness=KEYNESS.loc[[2] * 200].reset_index(drop=True))
    assert first.endswith(
        "0 of 3 pairs read enough apart; 1 that 03 states does not hold beside all other comparisons."
    )
    assert not [text for text in others if "more favourably" in text]


def test_a_difference_between_groups_or_on_a_topic_is_told_as_such():
    borne_out = CONTRASTS.assign(finding=[False, True, False, True], corrected_p=0.001)
    groups, topic = [text for text in said("Tone", contrasts=borne_out) if "more favourably" in text]
    assert topic.startswith(
        "The mayor, on All: more favourably spoken of in a Paper (news; 0 mentions read) than"
    )
    assert "quoted speech, by 0.10 [-0.10, 0.30]" in topic
    assert "in the texts of Paper, news (0 mentions read) than in the texts of Other, news (0" in groups


def test_no_difference_in_tone_and_no_comparison_are_findings_and_there_are_sentences_to_read():
    first, *sentences = said("Tone", contrasts=CONTRASTS[1:3].assign(corrected=None))
    assert first.endswith(
        "; people have read too few mentions to correct the machine, so no difference is stated here."
    )
    assert sentences == [
        f"To read, without a verdict: {which} scores): “The pier fell and the mayor spoke.”"
        for which in ("a Paper on The mayor (among the highest", "c Other on The mayor (among the lowest")
    ]
    first, *_ = said("Tone", contrasts=CONTRASTS[:0])
    assert first == "No two texts or groups could be compared in their tone toward an actor."


def test_an_end_of_the_scale_at_which_nothing_stands_is_named():
    texts = said("Tone", tone=TONE[:1])
    assert texts[-1] == "No mention in a text's own voice is surely read as negative."
    assert not [text for text in said("Tone", tone=TONE[2:]) if "surely" in text]


def test_the_machines_own_tests_of_tone_are_among_those_that_the_correction_is_for():
    many = pd.concat([CONTRASTS[1:2]] * 50, ignore_index=True).assign(p=0.5, corrected_p=None)
    alone = row("“pier”", contrasts=CONTRASTS[:0], keyness=KEYNESS[:1]).q
    assert row("“pier”", contrasts=many, keyness=KEYNESS[:1]).q == pytest.approx(51 * alone)


def test_entries_are_listed_with_who_tells_and_dates_them_and_what_their_days_rest_on():
    assert said("What happened when") == [
        "The texts hold 2 dated entries, 1 of them told by more than one text; 1 is told by several texts "
        "and dated by none.",
        "2025-08-08, c Other: “The memorandum was signed.”",
        "2026-02-09 or 2026-02-10, a Paper, b outlet unknown and c Other (3 texts carry it, "
        "2 of them date it, 1 named origin, 1 text names none): “A meeting was held.” "
        "[resolved from the publication date (dateline)]",
        "Entries next to each other may tell one event, in other words or with other days: read both.",
    ]
    found = row("2026-02-09 or")
    texts = {one.split(":")[0] for one in evidence.sentences(found.evidence, STORED)}
    assert found.value == len(texts) == 3


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
    many = pd.concat([EVENTS[:2]] * 8, ignore_index=True)
    texts = said("What happened when", events=many, conflicts=CONFLICTS[:0])
    assert len(texts) == 1 + MOST + 1 + 1
    assert sum("meeting" in text for text in texts) == 8
    assert texts[-2] == "6 more are in 04, told by as many texts or fewer."


def test_each_difference_is_told_with_both_values_and_who_says_them_the_days_farthest_apart_first():
    first, *differences, checks = said("Where accounts differ")
    assert (
        first
        == "3 differences between accounts, or with the calendar: 1 in dates, 1 in numbers, 1 in weekdays."
    )
    assert differences == [
        "“A meeting was held.”: 2026-02-09 (a Paper) or 2026-02-10 (c Other) "
        "[resolved from the publication date (dateline)].",
        "Weekday: Monday, 11 February (c Other) or 2026-02-11, a Wednesday (by the calendar).",
        "Number, people killed: five people (a Paper) or seven people (b outlet unknown).",
    ]
    assert checks == (
        "04 lists 2 pairs of passages that seem to tell one matter differently, for a reader to check."
    )
    assert (row("“A meeting").value, row("“A meeting").unit) == (1, "days apart")


def test_a_difference_leads_to_its_sentences_and_the_checks_to_all_of_theirs():
    found = findings().query("group == 'Where accounts differ'").evidence.dropna()
    behind = [[one.removeprefix("sentences?sentence_id=") for one in evidence.split()] for evidence in found]
    assert behind == [["a:s001", "c:s002"], ["c:s004"], ["a:s003", "b:s003"], ["a:s005", "b:s005", "c:s006"]]


def test_no_difference_is_a_finding_that_does_not_say_that_accounts_agree():
    (text,) = said("Where accounts differ", conflicts=CONFLICTS[:0], checks=CHECKS[:0])
    assert text == (
        "No difference in days, weekdays, numbers or names was found; that does not mean that there is none."
    )
    text, checks = said("Where accounts differ", conflicts=CONFLICTS[:0], checks=CHECKS[:1])
    assert text.startswith("No difference") and checks.startswith("04 lists 1 pair of passages")


def test_what_texts_share_is_told_with_whose_words_it_stands_in():
    assert said("Shared text and statements") == [
        "Independent texts share 1 passage word for word (ten words or more, up to 12 words long) and "
        "1 statement of one speaker.",
        "Word for word in 2 texts (a Paper and c Other), 12 words, in quotation marks in some: "
        "“old pier fell into the harbour”",
        "the harbour master, one statement in 2 texts (a Paper and c Other), in quotation marks in 1 and "
        "reported in 1: “The pier is closed,”",
    ]
    assert evidence.sentences(row("Word for word").evidence, STORED) == ["a:s001", "c:s001"]


def test_copies_are_no_independent_texts_and_a_shared_part_is_named():
    changed = articles(family=["a", "a", "c"], role=["original", "copy", "partial"])
    assert said("The corpus", articles=changed)[1].startswith("3 articles → 2 independent texts;")
    first, family, *_ = said("Shared text and statements", articles=changed)
    assert first.endswith(
        "; 1 article is a copy of one of them; 1 text shares a fifth or more with an earlier one."
    )
    assert family == "2 texts (a Paper and b outlet unknown) have one text, which counts once."


def test_of_passages_that_overlap_the_one_that_most_texts_share_is_shown():
    inner = PASSAGES.assign(passage_id="a:p9-34", start=[9, 12], words=11)
    wide = pd.concat([PASSAGES, inner, inner[:1].assign(article_id="b", sentence_id="b:s001")])
    first, *shown = said("Shared text and statements", passages=wide)
    assert "share 2 passages" in first
    assert [text[:28] for text in shown if "Word for word" in text] == ["Word for word in 3 texts (a "]


def test_of_many_passages_those_in_most_texts_and_then_the_longest_are_shown():
    many = [
        PASSAGES.assign(passage_id=f"a:p{n}", start=50 * n, end=50 * n + 9, words=10 + n)
        for n in range(MOST + 2)
    ]
    wide = many[0][:1].assign(article_id="b", sentence_id="b:s001")
    texts = said("Shared text and statements", passages=pd.concat([*many, wide], ignore_index=True))
    assert "Word for word in 3 texts" in texts[1] and f", {9 + MOST + 2} words, " in texts[2]
    assert texts[MOST + 1] == "2 more are in 01."


def test_sources_that_two_texts_credit_are_named_whatever_their_spelling():
    assert said("Origins") == [
        "2 of 3 texts name a source for news; 1 source is named by two texts or more, none by one alone.",
        "U.S. Agency (agency) is credited in 2 texts (a Paper and b outlet unknown) of 3, "
        "for the whole text in 1: "
        "these texts need not be independent of each other.",
        "Sources without a name are cited in 1 text (c Other) of 3.",
    ]
    assert evidence.sentences(row("U.S. Agency").evidence, STORED) == ["a:s000", "b:s000"]


def test_credits_of_copies_do_not_count():
    first, *rest = said("Origins", groups=GROUPS[1:], keyness=KEYNESS[1:])
    assert first.startswith(
        "1 of 2 texts names a source for news; no sources are named by two texts or more, 1 by"
    )
    assert not [text for text in rest if "Agency" in text]


def test_more_texts_than_can_be_read_in_a_list_are_counted():
    ids = [f"t{n}" for n in range(9)]
    wide = pd.concat([CREDITS[:1].assign(article_id=one, sentence_id="a:s000") for one in ids])
    many = pd.concat([articles()[:1].assign(article_id=one, family=one) for one in ids], ignore_index=True)
    groups = frame("by group article_id", *(("article_id", one, one) for one in ids))
    stored = STORED | NOTHING | {"credits": wide, "articles": many, "groups": groups}
    text = briefing.compose(stored, pd.Series(ids, ids), ENTRIES[:0]).text
    assert (
        text[text.str.startswith("US Agency")]
        .item()
        .startswith("US Agency (agency) is credited in 9 texts of 9,")
    )


def test_a_corpus_that_shows_nothing_says_so():
    bare = NOTHING | {
        "articles": articles(published=pd.to_datetime([None] * 3), outlet=None),
        "groups": GROUPS,
    }
    texts = findings(**bare).text.tolist()
    for told in (
        "3 articles → 3 independent texts; no outlet is known.",
        "No article gives a publication date: nothing relative could be dated.",
        "No comparison was tested: there is too little text, or nothing to compare it with.",
        "The corpus has no codebook, so no topic or actor was looked for.",
        "No word could be compared between texts.",
        "The texts hold no dated entries.",
        "Independent texts share no passages word for word (ten words or more) and no statements of one "
        "speaker.",
        "None of 3 texts name a source for news; no sources are named by two texts or more, none by one "
        "alone.",
    ):
        assert told in texts


def test_a_corpus_without_an_article_in_a_supported_language_says_so():
    other = NOTHING | {"articles": articles(lang="de"), "codebook": ENTRIES}
    assert said("What all texts carry", **other) == [
        "No article is in a supported language, so nothing was looked for."
    ]
    assert said("Origins", **other) == [
        "No article is in a supported language, so no credits were looked for."
    ]


def test_no_article_at_all_is_no_error():
    table = findings(**NOTHING)
    assert table.text[1] == "no articles → no independent texts; no outlet is known."


def test_the_words_that_judge_are_never_used():
    nothing = NOTHING | {"articles": articles(), "groups": GROUPS}
    for table in (
        findings(),
        findings(**nothing),
        findings(contrasts=CONTRASTS[2:]),
        findings(presence=lacking(p=0.01)),
    ):
        assert not [text for text in table.text if BANNED.search(text)]


NAMED = (
    "presence",
    "rates",
    "unique",
    "choices",
    "keyness",
    "contrasts",
    "tone",
    "events",
    "conflicts",
    "checks",
)
LOOSE = ("passages", "statements", "credits", "codebook", "groups", "collection", "files")


@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_whatever_rows_there_are_every_sentence_is_fair_and_every_address_leads_to_sentences(data):
    """Rows are left out at random; what is left has to be told without an error."""
    changed = {}
    for name in (*NAMED, *LOOSE):
        kept = data.draw(
            st.lists(st.booleans(), min_size=len(STORED[name]), max_size=len(STORED[name])), name
        )
        changed[name] = STORED[name][kept].reset_index(drop=True)
    codes = set(zip(changed["codebook"].kind, changed["codebook"].code, strict=True))
    texts = set(changed["groups"].article_id)
    for name in ("presence", "choices", "rates"):  # a codebook's entry and its counts stand or fall together
        table = STORED[name]
        known = pd.Series([pair in codes for pair in zip(table.kind, table.code, strict=True)], table.index)
        within = table.get("article_id", table.get("group")).isin(texts)
        changed[name] = table[known & within].reset_index(drop=True)
    changed["keyness"] = changed["keyness"][changed["keyness"].group.isin(texts)]
    if not {("actor", "some"), ("topic", "all")} <= codes:
        changed["contrasts"] = changed["contrasts"][:0]
    if len(changed["contrasts"]):  # what was compared was scored
        changed["tone"] = TONE
    changed["conflicts"] = changed["conflicts"][~changed["conflicts"].kind.eq("date")]
    table = findings(**changed)
    assert not [text for text in table.text if BANNED.search(text) or "nan" in text.split()]
    for address in table.evidence.dropna():
        assert evidence.sentences(address, STORED | changed)
    assert table.groupby("group").size().max() <= 3 * (MOST + 2)
    assert not table.duplicated(["group", "subject"]).any()


def test_the_order_of_the_tables_rows_changes_nothing():
    turned = {
        name: table[::-1]
        for name, table in STORED.items()
        if name not in ("codebook", "events", "conflicts", "checks")
    }
    pd.testing.assert_frame_equal(findings(), findings(**turned))
