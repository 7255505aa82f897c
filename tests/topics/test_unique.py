import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import numbers_and_dates
from helpers.reporting.evidence import sentences as behind
from helpers.topics import unique

CODES = pd.DataFrame({"kind": ["topic", "actor"], "code": ["sea", "moor"], "label": ["The sea", "Moor"]})


def corpus(*texts):
    """A table of sentences: a list of sentences an article (a, b, …); "# " begins a heading."""
    rows = [
        (f"{article_id}:s{n:03d}", article_id, n, text.startswith("# "), text.removeprefix("# "))
        for article_id, said in zip("abcdefgh", texts, strict=False)
        for n, text in enumerate(said, start=1)
    ]
    return pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph", "heading", "text"])


def only(*texts, hits=(), among="abcdefgh"):
    mentions = pd.DataFrame(hits, columns=["sentence_id", "kind", "code"])
    return unique.only_here(corpus(*texts), mentions, pd.DataFrame({"article_id": list(among)}), CODES)


def listed(kind, *texts):
    table = only(*texts).query("kind == @kind")
    return list(zip(table.article_id, table.value, strict=True))


def test_a_name_that_another_text_spells_otherwise_is_not_listed():
    texts = ["with M.V. Moss, São Kite and the Moor Port Route (MPR)."], ["by MV Moss, Sao Kite and the MPR."]
    assert listed("name", *texts) == []


def test_a_name_whose_words_stand_elsewhere_in_small_letters_is_not_listed():
    texts = ["in the Strategic Working Groups now", "by Blue Heron"], ["in a strategic working group for all"]
    assert listed("name", *texts) == [("a", "Blue Heron")]


def test_a_name_that_shares_its_last_word_is_listed_and_the_bare_last_word_is_not():
    texts = ["by Blue Heron", "to Grey Heron", "and Heron"], ["by Blue Heron", "and Heron"]
    assert listed("name", *texts) == [("a", "Grey Heron")]


def test_a_name_in_anothers_headline_stands_elsewhere():
    assert listed("name", ["it is in Moor"], ["# storm over Moor"]) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("it took six months of work", "it took 6 months"),
        ("a 6-month pause", "after six months"),
        ("it cost $1.2 billion", "it cost 1,200 million dollars"),
        ("a share of 40 percent", "some 40% of it"),
        ("she was the 47th American mayor", "the 47th mayor"),
        ("it sank with 40 boats", "all 40 in it"),
        ("tens of thousands of civilians", "tens of thousands of poor civilians"),
        ("twenty-five old boats", "25 boats"),
        ("Two hundred and five people sailed", "205 people sailed"),
        ("one hundred and twenty men", "120 men"),
        ("two hundred and fifty thousand homes", "250,000 homes"),
        ("one thousand and twenty-five boats", "1,025 boats"),
        ("two and a half million people", "2.5 million people"),
        ("a 2-and-a-half-year pause", "2.5 years"),
        ("about 1 000 homes", "1,000 homes"),
        ("12\u202f500\u00a0000 homes", "12.5 million homes"),
        ("3 metres of rope", "3 meters of rope"),
        ("after 3.5 kilometres", "3.5 km away"),
        ("one kilogramme of fish", "1 kg of fish"),
        ("5 kilos of fish", "5 kilograms of fish"),
    ],
)
def test_a_number_written_otherwise_elsewhere_is_not_listed(first, second):
    assert listed("number", [first], [second]) == []
    assert listed("number", [first], ["nothing"]) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it took nearly 30 years", ["30 years"]),
        ("the 47th U.S. president", ["47th U.S. president"]),
        ("tens of thousands of civilians died", ["tens of thousands of civilians"]),
        ("it cost $1.2 billion to build", ["$1.2 billion"]),
        ("one of two countries, no one else", []),
        ("two days in the two countries", ["two days"]),
        ("at 8:30 and at 9 p.m. on May 9, 2025", []),
        ("F-16 jets, Apollo 3-0 and the G7", []),
        ("from two hundred and three hundred boats", ["three hundred boats"]),
        ("from one thousand and five thousand boats", ["five thousand boats"]),
        ("in 2024 300 boats and by 5 12345 trains", ["12345 trains", "300 boats", "5"]),
        ("on May 5 200 boats, on May 6, 1 300 trains", ["1 300 trains", "200 boats"]),
    ],
)
def test_a_number_is_shown_with_what_it_counts(text, expected):
    assert [value for _, value in listed("number", [text], ["nothing"])] == expected


def test_a_number_beyond_all_bounds_is_one_number():
    assert listed("number", ["hundred " * 200 + "boats"], ["9" * 500 + " boats"]) == []


def test_the_same_number_of_something_else_is_listed():
    assert listed("number", ["in 40 boats"], ["in 40 trains"]) == [("a", "40 boats"), ("b", "40 trains")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("on August 8, 2025", "on 8 August 2025"),
        ("on Aug. 8, 2025", "on 2025-08-08"),
        ("on 8th of August", "on August 8, 2025"),
        ("in August", "on Aug. 8"),
        ("in 2025", "in August 2025"),
        ("on Monday", "by Monday, May 5"),
        ("on 8 August 2025", "on 8 August"),
        ("in 2024", "in 2024-25"),
        ("in 2025", "in 2024–2025"),
        ("in 2024-25", "in 2024/2025"),
    ],
)
def test_a_date_that_another_text_gives_otherwise_or_finer_is_not_listed(first, second):
    assert ("a", first.split(" ", 1)[1]) not in listed("date", [first], [second])
    assert len(listed("date", [first], ["nothing"])) == 1


def test_the_same_day_of_two_years_is_two_dates():
    assert len(listed("date", ["on 8 August 2025"], ["on 8 August 2024"])) == 2


def test_a_finer_date_is_listed_beside_a_coarser_one():
    assert listed("date", ["on 8 August 2025"], ["in August", "in 2025"]) == [("a", "8 August 2025")]


def test_a_coarser_date_of_a_text_is_not_listed_beside_its_own_finer_one():
    assert listed("date", ["in 1999", "in July 1999"], ["nothing"]) == [("a", "July 1999")]


def test_the_verb_may_and_a_number_of_boats_are_no_dates():
    assert listed("date", ["May it be 2000 miles, March on, and 1999 1.5"], ["nothing"]) == [("a", "1999")]


def test_a_month_of_digits_and_a_span_of_numbers_are_no_span_of_years():
    said = "2024-12, 2011-10, 2001-25000, 1500-1900 and 1999-2000 miles"
    assert listed("date", [said], ["nothing"]) == []
    assert listed("date", ["in 2024-25"], ["in 2024"]) == [("a", "2024-25")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [("on March 3, in May, ", 2), ("40 boats, 30 days, ", 2), ("in " + "x" * 8_000 + " March ", 0)],
)
def test_a_sentence_of_200_kilobytes_is_read_in_a_moment(said, expected):
    many = 200_000 // len(said)  # takes minutes, where all that stands before each hit is read
    table = only([said * many], ["nothing"]).query("kind in ['number', 'date']")
    assert table["count"].tolist() == [many] * expected


def test_a_date_is_compared_only_with_those_that_may_say_it(monkeypatch):
    asked = []

    def covers(date, other):
        asked.append(date)
        return numbers_and_dates.at_least_as_fine(date, other)

    monkeypatch.setattr(unique, "at_least_as_fine", covers)
    said = [f"{day} {month}" for month in ("March", "May", "June", "July") for day in range(1, 26)]
    assert len(listed("date", said, ["nothing"])) == 100
    assert len(asked) == 100 * (4 + 1)  # those of the same day of a month, and once more the same date


def test_a_topic_of_one_text_is_listed_with_its_mentions():
    hits = [("a:s001", "topic", "sea"), ("a:s002", "topic", "sea"), ("b:s001", "actor", "sea")]
    (row,) = only(["the sea", "a sea"], ["nothing"], hits=hits).itertuples()
    assert (row.kind, row.value, row.sentence_id) == ("topic", "The sea", "a:s001")
    assert row.evidence == "mentions?kind=topic&code=sea&article_id=a"
    assert only(["the sea"], ["a sea"], hits=[*hits[:1], ("b:s001", "topic", "sea")]).empty


def test_a_sentence_that_no_other_text_says_is_listed_with_the_nearest():
    shared = "The ferry company cancelled every crossing because the storm broke the northern pier."
    again = "Because the storm broke its northern pier, the ferry company has cancelled all crossings."
    alone = "After the storm schools along the river opened late and volunteers cleared trees from the road."
    table = only([shared, alone, "# " + alone], ["The storm came.", again]).query("kind == 'sentence'")
    assert table[["sentence_id", "value"]].values.tolist() == [["a:s002", alone]]
    assert table.similarity.between(0, unique.UNLIKE).all()
    near = only(
        [shared.replace("ferry company", "mayor of the town and her council")], ["The storm came.", again]
    )
    assert near.query("kind == 'sentence'").nearest_id.isin(["a:s001", "b:s002"]).all()


def test_what_other_articles_say_is_ignored_and_one_text_alone_has_nothing():
    texts = ["with Blue Heron"], ["with Red Kite"], ["with Blue Heron"]
    assert only(*texts, among="ab").value.tolist() == ["Blue Heron", "Red Kite"]
    assert only(*texts, among="a").empty and list(only(*texts, among="a")) == list(only(*texts))


def test_every_row_leads_to_the_sentences_it_was_counted_in():
    texts = (
        ["by Blue Heron in 1999", "# Nothing", "by Heron and Heron: 40 old boats, 40 boats"],
        ["nothing"],
    )
    table = only(*texts).set_index("kind")
    tables = {"sentences": corpus(*texts)}
    assert behind(table.evidence["name"], tables) == ["a:s001", "a:s003"] and table["count"]["name"] == 3
    assert table.evidence["number"] == "sentences?sentence_id=a:s003" and table["count"]["number"] == 2


def test_the_order_of_the_sentences_does_not_matter():
    table = corpus(["by Blue Heron in 1999", "in 40 boats"], ["in 30 boats", "on Monday"])
    nothing, articles = (
        pd.DataFrame(columns=["sentence_id", "kind", "code"]),
        pd.DataFrame({"article_id": ["a", "b"]}),
    )
    forwards = unique.only_here(table, nothing, articles, CODES)
    assert unique.only_here(table.iloc[::-1], nothing, articles, CODES).equals(forwards)


@settings(max_examples=30, deadline=None)  # a call takes a tenth of a second
@given(st.lists(st.text("Aé 1,.%$-of thMayJul2ten\n", max_size=30), max_size=3))
def test_whatever_the_text_every_value_stands_in_it(said):
    table = only([*said, "x"], ["nothing"]).query("article_id == 'a'")
    assert all(any(value in text for text in said) for value in table.value)
