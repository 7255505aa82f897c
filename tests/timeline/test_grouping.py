import hypothesis.strategies as st
import numpy as np
import pandas as pd
from hypothesis import given, settings

from helpers.timeline.grouping import group

COLLAPSE = "The old pier of Port Ellery collapsed in the storm."
LATER = "Divers found what the collapse left of Port Ellery's old pier."
RATHER = "The council of Ellery asked how much rope, oak and paint the collapse cost."  # like it by .22
LITTLE = "Rope, oak, paint, tar, wire, sand, lime and nails got dear in Ellery with the collapse."  # by .18
OTHER = "The council of Moss Sound met about the ferry."
FILLERS = [
    "Rain fell inland.",
    "Bread got dearer.",
    "A choir sang.",
    "Trains ran late.",
    "Schools shut early.",
]


def grouped(*told, fillers=FILLERS):
    """Groups of mentions (document, sentence, word, day or period, basis or entity …), one a tuple."""
    texts = {}
    for doc, sentence, *_ in told:
        texts.setdefault(doc, [])
        if sentence not in texts[doc]:
            texts[doc].append(sentence)
    rows = []
    for number, (doc, sentence, word, when, *more) in enumerate(told):
        period = when and pd.Period(when)
        rows.append(
            {
                "id": f"m{number}",
                "doc": doc,
                "sent": texts[doc].index(sentence),
                "word": word,
                "basis": more[0] if more else "expression",
                "earliest": period.start_time if period else pd.NaT,
                "latest": period.end_time.normalize() if period else pd.NaT,
                "entity": more[1] if more[1:] else "port",
            }
        )
    texts |= {f"z{number}": [text] for number, text in enumerate(fillers)}
    documents = pd.DataFrame({"doc": texts.keys(), "sentences": texts.values()})
    return group(pd.DataFrame(rows), documents).fillna("").tolist()


FIRST = ("a", COLLAPSE, "collapsed", "2026-02-09")


def test_one_action_on_one_day_in_like_sentences_is_one_event():
    assert grouped(FIRST, ("b", LATER, "collapse", "2026-02-09")) == ["m0", "m0"]


def test_a_date_and_the_word_for_the_act_join_nothing():
    assert grouped(FIRST, ("b", "Prices collapsed.", "collapsed", "2026-02-09")) == ["", ""]
    assert grouped(FIRST, ("a", "All that collapsed.", "collapsed", "2026-02-09")) == ["m0", "m0"]


def test_another_action_is_another_event():
    assert grouped(FIRST, ("b", COLLAPSE, "storm", "2026-02-09")) == ["", ""]


def test_stated_dates_far_apart_are_two_events():
    assert grouped(FIRST, ("b", COLLAPSE, "collapsed", "2026-02-17")) == ["", ""]


def test_texts_may_disagree_by_days_if_they_are_much_alike():
    assert grouped(FIRST, ("b", COLLAPSE, "collapsed", "2026-02-10")) == ["m0", "m0"]
    assert grouped(FIRST, ("b", RATHER, "collapse", "2026-02-09")) == ["m0", "m0"]
    assert grouped(FIRST, ("b", RATHER, "collapse", "2026-02-10")) == ["", ""]


def test_one_text_that_states_two_days_tells_two_events():
    again = "On Tuesday the old pier of Port Ellery collapsed in the storm."
    assert grouped(FIRST, ("a", again, "collapsed", "2026-02-10")) == ["", ""]
    assert grouped(FIRST, ("b", again, "collapsed", "2026-02-10")) == ["m0", "m0"]


def test_dates_agree_at_the_coarser_of_two_granularities():
    assert grouped(FIRST, ("b", LITTLE, "collapse", "2026-02")) == ["m0", "m0"]
    assert grouped(FIRST, ("b", LITTLE, "collapse", "2026")) == ["", ""]
    assert grouped(FIRST, ("b", LATER, "collapse", "2026-04")) == ["", ""]


def test_a_mention_without_a_stated_date_joins_by_likeness():
    assert grouped(FIRST, ("b", LATER, "collapse", None, "none")) == ["m0", "m0"]
    assert grouped(FIRST, ("b", LATER, "collapse", "2026-05-11", "publication date")) == ["m0", "m0"]
    assert grouped(FIRST, ("b", RATHER, "collapse", None, "none")) == ["m0", "m0"]
    assert grouped(FIRST, ("b", LITTLE, "collapse", None, "none")) == ["", ""]


def test_two_undated_mentions_ask_for_more():
    undated = ("a", COLLAPSE, "collapsed", None, "none")
    assert grouped(undated, ("b", LATER, "collapse", None, "none")) == ["m0", "m0"]
    assert grouped(undated, ("b", RATHER, "collapse", None, "none")) == ["", ""]


def test_statements_ask_for_the_same_day_and_more_likeness():
    said = "The harbour master of Port Ellery said that the pier is closed."
    first = ("a", said, "said", "2026-02-09")
    assert grouped(first, ("b", said, "said", "2026-02-10", "publication date")) == ["m0", "m0"]
    assert grouped(first, ("b", said, "said", "2026-02-12", "publication date")) == ["", ""]
    assert grouped(first, ("b", said, "said", None, "none")) == ["", ""]
    less = "The mayor said that guests of the harbour, its pubs and its one cinema pay nothing."
    assert grouped(first, ("b", less, "said", "2026-02-09")) == ["", ""]


def test_two_words_of_one_sentence_are_two_events():
    assert grouped(FIRST, ("a", COLLAPSE, "collapsed", "2026-02-09")) == ["", ""]


def test_entities_have_events_of_their_own():
    assert grouped(FIRST, ("b", LATER, "collapse", "2026-02-09", "expression", "Moss Sound")) == ["", ""]


def test_a_chain_does_not_join_its_far_ends():
    ends = [FIRST, ("c", COLLAPSE, "collapsed", "2026-03-09")]
    between = ("b", LATER, "collapse", None, "none")
    assert grouped(*ends, between).count("") == 1


def test_a_word_with_two_senses_does_not_join_the_events_of_both():
    told = [
        ("a", "The old pier saw a takeover.", "takeover", "2026-02-09"),
        ("b", "Moss Sound acquired huts by the old pier.", "acquired", "2026-02-09"),
        ("c", "Pilots seized oars by the old pier.", "seized", "2026-02-09"),
    ]
    assert grouped(*told).count("") == 1


def test_ids_are_the_smallest_of_their_group_and_rows_keep_their_index():
    told = grouped(("b", OTHER, "met", "2026-02-09"), FIRST, ("c", LATER, "collapse", "2026-02-09"))
    assert told == ["", "m1", "m1"]


def mentions(days):
    rows = [(f"m{n}", f"d{n}", 0, "collapsed", "expression") for n in range(len(days))]
    table = pd.DataFrame(rows, columns=["id", "doc", "sent", "word", "basis"])
    when = pd.Timestamp("2026-02-01") + pd.to_timedelta(np.array(days, int), unit="D")
    return table.assign(earliest=when, latest=when)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 30), max_size=8), st.randoms(use_true_random=False))
def test_groups_never_span_more_than_a_week_and_ignore_the_order_of_rows(days, random):
    table = mentions(days)
    documents = pd.DataFrame({"doc": table.doc, "sentences": [[COLLAPSE]] * len(table)})
    found = group(table, documents)
    groups = table.earliest.groupby(found)
    assert (groups.max() - groups.min() <= pd.Timedelta(days=7)).all()
    order = random.sample(range(len(days)), len(days))
    pd.testing.assert_series_equal(group(table.iloc[order], documents.iloc[::-1]).sort_index(), found)


def test_texts_without_words_are_grouped_with_nothing():
    table = mentions([1, 1])
    documents = pd.DataFrame({"doc": table.doc, "sentences": [["…"], ["the"]]})
    assert group(table, documents).isna().all()
