import datetime

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

from helpers.timeline.anchoring import anchor

PUBLISHED = "2026-02-11"  # a Wednesday
HEADLINE = "Trouble in port"


def dated(*said, published=PUBLISHED, headline=HEADLINE):
    """The anchors of the words in brackets, in a text of these sentences after a headline."""
    rows, plain = [], []
    for number, text in enumerate([headline, *said]):
        while "[" in text:
            start, end = text.index("["), text.index("]") - 1
            text = text.replace("[", "", 1).replace("]", "", 1)
            rows.append((f"m{len(rows)}", "a", number, text[start:end].replace(" ", "_"), start))
        plain.append(text)
    mentions = pd.DataFrame(rows, columns=["id", "doc", "sent", "word", "start"])
    documents = pd.DataFrame({"doc": ["a"], "published": [published], "sentences": [plain]})
    return anchor(documents, mentions)


def dates(*said, **options):
    return dated(*said, **options)[["date", "basis"]].values.tolist()


EXPRESSION, NARRATIVE, PUBLICATION = "expression", "narrative date", "publication date"


def test_an_expression_dates_the_verb_beside_it():
    assert dates("The pier [collapsed] on Monday.") == [["2026-02-09", EXPRESSION]]


def test_each_clause_has_its_own_expression():
    told = dates("The port [said] on Monday that the yard had [closed] in May 2019.")
    assert told == [["2026-02-09", EXPRESSION], ["2019-05", EXPRESSION]]


def test_the_nearer_of_two_expressions_counts():
    told = dates("The ferry [sank] on Sunday and was [raised] on Tuesday.")
    assert [day for day, _ in told] == ["2026-02-08", "2026-02-10"]


def test_a_verb_between_keeps_an_expression_away():
    told = dates(
        "The ferry [sank] at the old quay on Saturday.",
        "Many who [ignored] the warnings came here and saw it and told us all of what it did in May 2019.",
    )
    assert told[1] == ["2026-02-07", NARRATIVE]


def test_a_clause_boundary_keeps_an_expression_away():
    told = dates(
        "The ferry [sank] on Saturday.",
        "The crew [fled] in boats because none of the pumps which the yard mended in 2019 had fuel.",
    )
    assert told[1] == ["2026-02-07", NARRATIVE]


def test_a_quotation_keeps_an_expression_away():
    told = dates("“We [closed] it for good and for all,” the owner of the yard once said to us all in 2019.")
    assert told == [[PUBLISHED, PUBLICATION]]


def test_an_unrelated_far_expression_dates_nothing():
    far = "of the very old and quite long and rather low and now so grey stone pier there and its two huts"
    told = dates("It [broke] on Sunday.", f"The collapse [killed] nobody {far} near it of 12 May 2019.")
    assert told[1] == ["2026-02-08", NARRATIVE]


def test_a_comparison_dates_nothing():
    assert dates("More boats [sank] than in 2019.") == [[PUBLISHED, PUBLICATION]]


def test_since_dates_perfect_tenses_only():
    assert dates("The yard has [lost] money since 2019.") == [["2019", EXPRESSION]]
    assert dates("Trade [fell] to its lowest since 2019.") == [[PUBLISHED, PUBLICATION]]


def test_a_report_leaves_the_period_to_what_it_tells():
    assert dates("The yard [reported] a heavy loss for 2019.") == [[PUBLISHED, PUBLICATION]]
    assert dates("The yard [reported] in 2019.") == [["2019", EXPRESSION]]


def test_a_verb_in_the_past_is_not_dated_after_publication():
    assert dates("The yard [ordered] a crane for 2031.") == [[PUBLISHED, PUBLICATION]]
    assert dates("The yard will [open] in 2031.") == [["2031", EXPRESSION]]


def test_a_plan_leaves_the_day_to_what_is_planned():
    assert dates("The yard [expects] it on 12 May.") == [[PUBLISHED, PUBLICATION]]
    told = dates("The yard [expects] to [open] in 2031.")
    assert told == [[PUBLISHED, PUBLICATION], ["2031", EXPRESSION]]


def test_a_verb_in_the_future_is_not_dated_before_publication():
    assert dates("The rival of 2019 will [sue].")[0][1] == PUBLICATION
    assert dates("In 2019 the yard said it would [sue].")[0] == ["2019", EXPRESSION]


def test_the_day_of_the_lead_is_told_until_another_is_given():
    told = dates(
        "The pier [collapsed] on Sunday.",
        "Two boats [sank].",
        "On Tuesday divers [came].",
        "They [found] an anchor.",
    )
    assert told[1::2] == [["2026-02-08", NARRATIVE], ["2026-02-10", NARRATIVE]]


def test_a_day_far_back_is_told_only_if_the_lead_begins_with_it():
    past = "The pier [collapsed] on 12 January."
    assert dates(past, "Two boats [sank].")[1] == ["2026-01-12", NARRATIVE]
    assert dates("It rained.", "It did.", "It did.", "It did.", past, "Boats [sank].")[1][1] == PUBLICATION
    assert dates("It [rained] on Sunday.", past, "Boats [sank].")[2] == ["2026-02-08", NARRATIVE]


def test_days_to_come_and_days_in_quotations_are_not_told_on():
    assert dates("The pier will [open] on 12 May.", "Boats [sank].")[1][1] == PUBLICATION
    assert dates("“It [broke] on Sunday,” she said.", "Boats [sank].")[1][1] == PUBLICATION


def test_what_is_said_keeps_the_day_on_which_it_was_said():
    told = dates(
        "The port [said] on Tuesday that it mourns.",
        "The pier [collapsed] in the storm of Sunday.",
        "Two boats [sank].",
        "Nobody was there, it [added].",
    )
    assert [day for day, _ in told] == ["2026-02-10", "2026-02-08", "2026-02-08", "2026-02-10"]


def test_a_headline_tells_what_the_lead_tells():
    assert dates("The pier went under on Sunday.", headline="Pier [collapses]") == [["2026-02-08", NARRATIVE]]


def test_present_and_perfect_are_told_from_publication():
    told = dates("The pier went under on Sunday.", "The port [has] no crane.", "The mayor has [resigned].")
    assert told == [[PUBLISHED, PUBLICATION]] * 2


def test_the_perfect_in_a_quotation_is_told_from_the_day_of_saying():
    told = dates("The mayor said so on Monday.", "“We have [lost] a pier.”")
    assert told == [["2026-02-09", NARRATIVE]]


def test_a_line_that_is_a_date_dates_nothing():
    assert dates("February 10, 2026", "Two boats [sank].") == [[PUBLISHED, PUBLICATION]]


def test_without_a_day_of_publication_nothing_relative_is_dated():
    told = dated("It [sank] on Sunday.", "Boats [fled].", "The yard [closed] on 3 May 2019.", published=None)
    assert told.date.fillna("").tolist() == ["", "", "2019-05-03"]
    assert told.basis.tolist() == ["none", "none", EXPRESSION]


@pytest.mark.parametrize(
    ("when", "date", "granularity"),
    [
        ("on 3 May 2019", "2019-05-03", "day"),
        ("last week", "2026-02", "week"),
        ("in May 2019", "2019-05", "month"),
        ("in the second quarter of 2019", "2019", "quarter"),
        ("in 2019", "2019", "year"),
        ("in the 1990s", "", "longer"),
    ],
)
def test_a_date_is_as_fine_as_its_expression(when, date, granularity):
    row = dated(f"The pier [collapsed] {when}.").iloc[0]
    assert (row.fillna("").date, row.granularity) == (date, granularity)
    assert row.earliest <= row.latest


def test_the_place_of_the_expression_is_kept():
    told = dated("The pier [collapsed] on Monday.", "Two boats [sank].", headline="[Storm]")
    assert told.at_sent.tolist() == [1, 1, 1]
    assert told.at_start.tolist() == [22, 22, 22]
    assert dated("Two boats [sank].").at_sent.isna().all()


@pytest.mark.parametrize(
    ("said", "aspect"),
    [
        ("The pier [collapsed].", "happened"),
        ("The pier will [open].", "planned"),
        ("The town plans to [open] a pier.", "planned"),
        ("The ferry [leaves] on 12 May.", "planned"),
        ("The town went out to [see] it.", "happened"),
        ("The pier [is] of oak.", "state"),
        ("The town [owns] the pier.", "state"),
    ],
)
def test_what_is_planned_and_what_is_a_state_are_told_from_what_happened(said, aspect):
    assert dated(said).aspect.tolist() == [aspect]


def test_the_second_mention_of_a_word_is_its_second_place():
    text = "It [sank] on 3 May 2019 but when it rose and fell it [sank] again on 4 June 2020."
    given = dated(text)
    documents = {
        "doc": ["a"],
        "published": [PUBLISHED],
        "sentences": [[text.replace("[", "").replace("]", "")]],
    }
    mentions = pd.DataFrame({"id": ["m2", "m1"], "doc": "a", "sent": 0, "word": "sank"})
    found = anchor(pd.DataFrame(documents), mentions)
    assert found.date.tolist() == given.date.tolist()[::-1] == ["2020-06-04", "2019-05-03"]


def test_a_word_is_looked_for_where_it_is_said_to_stand():
    told = dates("It sank on 3 May 2019 but when it rose and fell it [sank] again on 4 June 2020.")
    assert told == [["2020-06-04", EXPRESSION]]


def test_words_that_stand_apart_are_found_by_the_first():
    text = "On 3 May 2019 he came but nobody saw how in silence he Took it over on 4 June 2020."
    documents = pd.DataFrame({"doc": ["a"], "published": PUBLISHED, "sentences": [[text]]})
    mentions = pd.DataFrame({"id": ["m1"], "doc": "a", "sent": 0, "word": "took_over"})
    assert anchor(documents, mentions).date.tolist() == ["2020-06-04"]


def test_types_are_the_same_with_and_without_rows():
    full, empty = dated("It [sank] on Sunday."), dated("It sank.")
    assert empty.dtypes[1:].equals(full.dtypes[1:])
    assert full.dtypes[["earliest", "latest", "at_sent"]].astype("str").tolist()[2] == "Int64"
    assert pd.api.types.is_datetime64_any_dtype(full.earliest)


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.text(max_size=40), min_size=1, max_size=4), st.none() | st.dates(datetime.date(1990, 1, 1))
)
def test_any_text_is_read(sentences, published):
    day = published and published.isoformat()
    documents = pd.DataFrame({"doc": ["a"], "published": [day], "sentences": [sentences]})
    mentions = pd.DataFrame({"id": ["m"], "doc": "a", "sent": len(sentences) - 1, "word": "sank"})
    assert anchor(documents, mentions).id.tolist() == ["m"]
