"""Who shares text with whom: families of copies, and passages that stand in several articles."""

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import paths
from helpers.ingestion import families, longest, read_folder, shared_passages, shared_words
from helpers.words import tokens

PARAGRAPHS = [
    "The council of Ostby voted on Monday to close the old ferry terminal at the end of the month, after two "
    "winters in which the boats ran half empty and the roof leaked on those who waited for them.",
    "The mayor told reporters that the bridge north of the town carries more people in a day than the ferry "
    "did in a week, and that the money saved would go to the school and to the fire brigade.",
    "Fishermen had asked for a year in which to find another mooring. They will get six months, as the "
    "harbour office confirmed in a letter that was read aloud before the vote was taken.",
    "Nobody in the hall spoke against the closing itself, although several residents wanted to know who "
    "will look after the clock on the terminal, a gift from sailors that has told the time since 1911.",
]
STORY = "\n\n".join(PARAGRAPHS)
STUB = PARAGRAPHS[0]
OTHER = (
    "A fire in a warehouse near Lindal station burned through most of Saturday night. Trains were held for "
    "three hours while crews pumped water from the canal, and families in two streets slept in a gym. The "
    "ministry said an inspection last spring had found no fault with the wiring. By noon the smoke had "
    "gone, the line was open again and the owner was counting what remained of forty tons of paper."
)
OWN_REPORT = (
    "Ostby's ferry terminal is to shut. Councillors backed the plan by nine votes to two, with little "
    "debate and a good deal of coffee. For the town's last boatmen it means a search for new berths; for "
    "the treasurer, a line fewer in a budget that has not balanced since the bridge was opened."
)
SPEECH = (
    "We have counted every passenger for two years and we cannot go on heating an empty hall for the sake "
    "of a memory, however dear that memory is to me and to everyone in this room tonight"
)


def corpus(**texts):
    """Articles by id: a text, or a text and the day of May 2024 it was published on."""
    rows = {name: value if isinstance(value, tuple) else (value, None) for name, value in texts.items()}
    days = [pd.Timestamp(2024, 5, day) if day else pd.NaT for _, day in rows.values()]
    index = pd.Index(list(rows), name="article_id")
    return pd.DataFrame({"text": [text for text, _ in rows.values()], "published": days}, index=index)


def roles(table):
    return dict(zip(table.index, zip(table.family, table.role, strict=True), strict=True))


def passages(articles):
    """The passages as they stand in each article."""
    return [
        (row.article_id, articles.text[row.article_id][row.start : row.end], row.form)
        for row in shared_passages(articles).itertuples()
    ]


def test_a_copy_under_another_headline_joins_the_family_of_the_earlier_article():
    articles = corpus(late=(STORY, 3), early=(f"OSTBY — {STORY}", 2), apart=(OTHER, 1))
    table = families(articles.assign(title=["Ferry to close", "End of an era", "Fire"], outlet="Ostby Post"))
    assert roles(table) == {
        "late": ("early", "copy"), "early": ("early", "original"), "apart": ("apart", "original")
    }  # fmt: skip
    assert table.nearest.fillna("none").tolist() == ["early", "late", "none"]
    assert table.containment["late"] > 0.9 and pd.isna(table.containment["apart"])


def test_a_report_of_ones_own_is_no_copy_even_if_it_quotes_the_same_speech():
    quoting = corpus(a=f"{OWN_REPORT} “{SPEECH},” the mayor said.", b=f'{OTHER} The mayor: "{SPEECH}."')
    assert set(families(quoting).family) == {"a", "b"} and families(quoting).nearest.isna().all()
    stolen = corpus(a=f"{OWN_REPORT} {SPEECH * 3}", b=f"{OTHER} {SPEECH * 3}")
    assert families(stolen).nearest.tolist() == ["b", "a"]


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", "„{}“", "“{}\n\n"])
def test_quoted_speech_is_told_by_any_of_the_marks(marks):
    quote = marks.format(SPEECH)
    articles = corpus(a=f"{OWN_REPORT} {quote} It was late.", b=f"{OTHER} {quote} It was dark.")
    assert families(articles).nearest.isna().all()
    assert {form for _, _, form in passages(articles)} == {"quoted"}


def test_an_unclosed_mark_or_a_sign_for_inches_hides_no_other_paragraph():
    text = f"“{PARAGRAPHS[0]}\n\n{STORY}"
    assert set(families(corpus(a=text, b=STORY)).family) == {"a"}
    pipe = f'A pipe of 6" broke. {STUB} A second one of 8" did too. {OTHER}'
    assert set(families(corpus(a=pipe, b=STUB)).family) == {"a"}


def test_an_earlier_stub_does_not_represent_the_family_but_names_it():
    table = families(corpus(stub=(STUB, 1), full=(STORY, 2), twin=(STORY, 3)))
    assert roles(table) == {
        "stub": ("stub", "truncated copy"), "full": ("stub", "original"), "twin": ("stub", "copy")
    }  # fmt: skip
    assert table.containment["stub"] == 1


def test_undated_articles_come_last_and_equal_days_go_by_id():
    assert set(families(corpus(a=STORY, b=(STORY, 4), c=(STORY, 4))).family) == {"b"}
    assert set(families(corpus(a=STORY, b=STORY)[["text"]]).family) == {"a"}


def test_the_later_of_two_that_share_substantially_is_partial_and_keeps_its_family():
    later = f"{PARAGRAPHS[1]} {OTHER} {OWN_REPORT}"
    table = families(corpus(later=(later, 2), first=(STORY, 1)))
    assert roles(table) == {"later": ("later", "partial"), "first": ("first", "original")}
    assert 0.2 <= table.containment["later"] < 0.5
    assert families(corpus(later=(later, 1), first=(STORY, 2))).role.tolist() == ["original", "partial"]


def test_a_partial_article_with_a_copy_of_its_own_names_what_it_took_text_from():
    later = f"{OTHER} {OWN_REPORT} {PARAGRAPHS[1]}"
    table = families(corpus(first=(STORY, 1), later=(later, 2), copied=(later, 3)))
    assert table.role.tolist() == ["original", "partial", "copy"]
    assert table.nearest["later"] == "first" and table.nearest["copied"] == "later"


def test_a_notice_that_two_reports_contain_does_not_join_them():
    one, two = f"{STUB}\n\n{OTHER}", f"{STUB}\n\n{OWN_REPORT} {PARAGRAPHS[2]}"
    table = families(corpus(one=(one, 1), two=(two, 1), notice=(STUB, 2)))
    assert table.family["one"] != table.family["two"]
    assert table.family["notice"] in {"one", "two"} and table.role["notice"] == "truncated copy"


def test_a_roundup_belongs_with_the_longest_of_the_texts_it_holds_only():
    table = families(
        corpus(a=(STORY, 1), b=(OTHER, 1), c=(OWN_REPORT, 1), all=(f"{OTHER} {OWN_REPORT} {STORY}", 2))
    )
    assert table.family.tolist() == ["a", "b", "c", "a"]
    assert table.role.tolist() == ["original", "original", "original", "copy"]


def test_stubs_cut_at_different_lengths_stay_in_one_family():
    cut = {f"cut{size}": STORY[: size * 60] for size in range(3, 9)}
    assert set(families(corpus(full=(STORY, 1), **cut)).family) == {"full"}


def test_texts_of_a_sentence_are_nobodys_copies():
    short = "This is a developing story. Please come back for updates."
    assert families(corpus(a=short, b=short, c=f"{STORY} {short}")).family.tolist() == ["a", "b", "c"]


def test_the_headline_counts_as_text():
    brief, headline = " ".join(STUB.split()[:22]), "Council of Ostby to close the ferry terminal"
    articles = corpus(a=brief, b=brief)
    assert families(articles).family.tolist() == ["a", "b"]
    assert families(articles.assign(title=headline)).family.tolist() == ["a", "a"]


def test_what_little_unrelated_texts_share_names_no_nearest():
    long = {name: " ".join(f"{name}{number}" for number in range(400)) for name in ("red", "blue")}
    articles = corpus(a=f"{STUB} {long['red']}", b=f"{STUB} {long['blue']}")
    assert families(articles).nearest.isna().all()


def test_a_stub_belongs_with_the_article_that_holds_most_of_it():
    stub = f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}"
    near = f"{PARAGRAPHS[0]} {' '.join(PARAGRAPHS[1].split()[:12])} {OTHER}"
    table = families(corpus(near=(near, 1), full=(f"{STORY} {OWN_REPORT}", 1), stub=(stub, 2)))
    assert table.family.tolist() == ["near", "full", "full"] and table.nearest["stub"] == "full"


def test_three_hundred_edited_copies_are_one_family_with_one_original():
    draw, words = random.Random(1), STORY.split()
    texts = {"source": (STORY, 1)}
    for number in range(299):
        edited = [draw.choice(words) if draw.random() < 0.03 else word for word in words]
        texts[f"c{number:03d}"] = (" ".join(edited[: (45, 60, len(words))[number % 3]]), 2)
    table = families(corpus(**texts, apart=(OTHER, 1)))
    assert table.family.value_counts().to_dict() == {"source": 300, "apart": 1}
    assert table.role["source"] == "original" and (table.role == "original").sum() == 2
    assert set(table.role["c000":"c298":3]) | set(table.role["c001":"c298":3]) == {"truncated copy"}
    assert set(table.role["c002":"c298":3]) == {"copy"}


def test_what_is_missing_is_tolerated():
    articles = corpus(a=None, b=float("nan"), c="", d="A word", e=(STORY, 1)).assign(title=None)
    assert families(articles).family.tolist() == list("abcde")
    assert shared_passages(articles).empty
    nothing = articles.iloc[:0]
    assert families(nothing).columns.tolist() == ["family", "role", "nearest", "containment"]
    assert shared_passages(nothing).columns.tolist() == list(shared_passages(articles).columns)


def test_the_seeds_are_five_independent_texts():
    articles = read_folder(paths.DATA / "seeds")["articles"].set_index("article_id")
    table = families(articles)
    assert table.family.nunique() == 5 and set(table.role) == {"original"}
    assert set(shared_passages(articles).groupby("passage_id").size()) <= {2, 3, 4, 5}


def test_a_passage_of_three_articles_is_one_with_three_rows_and_their_own_offsets():
    articles = corpus(a=f"{OTHER} {STUB}", b=f"{STUB} {OWN_REPORT}", c=(f"On Monday. {STUB}", 1))
    table = shared_passages(articles)
    assert table.article_id.tolist() == ["c", "a", "b"]
    assert set(table.passage_id) == {f"c:p11-{10 + len(STUB)}"}
    assert set(table.words) == {len(tokens(STUB))}
    assert [text for _, text, _ in passages(articles)] == [STUB.rstrip(".")] * 3


def test_a_part_is_a_passage_of_its_own_only_where_further_articles_have_it():
    two = " ".join(PARAGRAPHS[:2])
    articles = corpus(a=f"{two} {OTHER}", b=f"{two} {OWN_REPORT}", c=PARAGRAPHS[1])
    found = shared_passages(articles).groupby("passage_id").article_id.agg("".join)
    assert sorted(found) == ["ab", "abc"]


def test_case_signs_and_the_form_of_quotation_marks_do_not_part_a_passage():
    one = "The mayor's office, which had said nothing, said 'no' to the plan on Tuesday."
    two = "THE MAYOR’S OFFICE which had said nothing said “no” to the plan – on Tuesday"
    assert [text for _, text, _ in passages(corpus(a=one, b=two))] == [one.rstrip("."), two]


def test_speech_is_quoted_where_it_stands_between_marks():
    articles = corpus(a=f"The mayor said: “{SPEECH}.”", b=f"In the mayor's words, {SPEECH}.")
    assert [form for _, _, form in passages(articles)] == ["quoted", "narrated"]


def test_a_passage_of_which_a_part_is_quoted_has_the_form_of_most_of_it():
    start, rest = SPEECH[:70], SPEECH[70:]
    articles = corpus(a=f"“{start}” {rest}", b=f"{start} “{rest}”")
    assert [form for _, _, form in passages(articles)] == ["narrated", "quoted"]


def test_names_and_offices_that_texts_share_are_no_passages():
    articles = corpus(
        a="The deputy head of the northern harbour office in Ostby spoke first.",
        b="A letter came from the deputy head of the northern harbour office in May.",
    )
    assert shared_passages(articles).empty


def test_a_body_that_stands_twice_gives_each_passage_once():
    table = shared_passages(corpus(a=f"{STUB}\n\n{STUB}", b=STUB))
    assert table[["article_id", "start"]].values.tolist() == [["a", 0], ["b", 0]]
    assert shared_passages(corpus(a=f"{STUB}\n\n{STUB}", b=OTHER)).empty


@pytest.mark.parametrize(("between", "after"), [(OTHER, OWN_REPORT), (OWN_REPORT, OTHER)])
def test_of_a_passage_that_is_repeated_the_first_place_is_given(between, after):
    table = shared_passages(corpus(a=f"{STUB} {between} {STUB} {after}", b=STUB))
    assert table.start.tolist() == [0, 0]


def test_a_part_repeated_in_one_of_the_articles_is_no_passage_of_its_own():
    two = f"{STUB} {PARAGRAPHS[1]}"
    table = shared_passages(corpus(a=f"{two} {OTHER} {STUB}", b=two))
    assert set(table.words) == {len(tokens(two))}


BITS = [
    *PARAGRAPHS, OTHER, OWN_REPORT, SPEECH, f"“{SPEECH}”", "It was late.", "", "«", "“", '"', "\n\n", "İ ’ß"
]  # fmt: skip
CORPORA = st.lists(
    st.tuples(st.lists(st.sampled_from(BITS), max_size=5).map(" ".join), st.sampled_from([None, 1, 2])),
    max_size=8,
).map(lambda texts: corpus(**{f"a{number}": text for number, text in enumerate(texts)}))


@settings(max_examples=60, deadline=None)
@given(CORPORA, st.randoms())
def test_every_family_has_one_original_or_partial_and_the_order_of_rows_does_not_matter(articles, draw):
    table = families(articles)
    heads = table[table.role.isin(["original", "partial"])]
    assert sorted(heads.family) == sorted(set(table.family))
    assert set(table.family) <= set(table.index)
    assert table.containment.dropna().between(0, 1).all()
    assert (table.nearest.isna() == table.containment.isna()).all()
    assert (table.nearest.dropna() != table.nearest.dropna().index).all()
    shuffled = draw.sample(list(articles.index), len(articles))
    pd.testing.assert_frame_equal(families(articles.loc[shuffled]), table.loc[shuffled])


@settings(max_examples=60, deadline=None)
@given(CORPORA, st.randoms())
def test_the_words_of_a_passage_agree_wherever_its_offsets_point(articles, draw):
    table = shared_passages(articles)
    texts = [articles.text[row.article_id][row.start : row.end] for row in table.itertuples()]
    words = [" ".join(tokens(text.lower().replace("’", "'"))) for text in texts]
    assert table.assign(said=words).groupby("passage_id").said.nunique().eq(1).all()
    assert [len(tokens(text)) for text in texts] == table.words.tolist()
    assert table.words.ge(10).all() and not table.duplicated(["passage_id", "article_id"]).any()
    assert table.groupby("passage_id").size().ge(2).all()
    shuffled = draw.sample(list(articles.index), len(articles))
    pd.testing.assert_frame_equal(shared_passages(articles.loc[shuffled]), table)


@settings(max_examples=40, deadline=None)
@given(CORPORA)
def test_two_articles_share_ten_words_in_a_row_exactly_if_they_have_a_passage_in_common(articles):
    def runs(text):
        words = [word.lower() for word in tokens(text)]
        return {tuple(words[at : at + 10]) for at in range(len(words) - 9)}

    held = {name: runs(text) for name, text in articles.text.items()}
    wanted = {(a, b) for a in held for b in held if a < b and held[a] & held[b]}
    table = shared_passages(articles)
    together = table.merge(table, on="passage_id").query("article_id_x < article_id_y")
    assert {*zip(together.article_id_x, together.article_id_y, strict=True)} == wanted


def test_words_shared_by_two_articles_are_counted_from_both_sides():
    texts = pd.DataFrame({"text": [STORY, f"{STUB} More.", OTHER]}, index=["a", "b", "c"])
    passages = shared_passages(texts)
    square = shared_words(passages, 5)
    words = int(passages.words.iloc[0])
    assert square.to_numpy().tolist() == [["–", words], [words, "–"]]
    assert shared_words(passages, 1).shape == (1, 1)


def test_the_longest_passages_come_first_with_all_their_places():
    texts = pd.DataFrame({"text": [STORY, f"{STUB} {OTHER}", OTHER]}, index=["a", "b", "c"])
    passages = shared_passages(texts).assign(sentence_id=lambda t: t.article_id + ":s001")
    found = longest(passages, texts.rename_axis("article_id").reset_index(), 1)
    assert found.article_ids.tolist() == [("b", "c")] and found.sentence_ids.tolist() == [
        ("b:s001", "c:s001")
    ]
    assert found.words.tolist() == [passages.words.max()] and OTHER.startswith(found.text[0][:40])


def test_of_words_that_texts_share_those_of_all_texts_count_but_the_most_are_shown():
    rows = [("p", "a", 25), ("p", "b", 25), ("p", "c", 25), ("q", "a", 30), ("q", "d", 30), ("r", "b", 12)]
    passages = pd.DataFrame([*rows, ("r", "d", 12)], columns=["passage_id", "article_id", "words"])
    square = shared_words(passages, 3)
    assert square.index.tolist() == square.columns.tolist() == ["a", "b", "c"]
    assert square.loc["a"].tolist() == ["–", 25, 25]


def test_of_more_articles_than_are_counted_at_a_time_the_families_are_the_same(monkeypatch):
    articles = corpus(a=STORY, b=(STORY, 4), c=OTHER, d=f"{STORY} {OWN_REPORT}", e=OWN_REPORT)
    whole = families(articles)
    monkeypatch.setattr("helpers.ingestion.copies._COUNTED", 1)
    pd.testing.assert_frame_equal(families(articles), whole)
    assert whole.family.nunique() < len(whole)
