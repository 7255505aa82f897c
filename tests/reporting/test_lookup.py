"""Rows of a table by their values: those that a search finds, from a table sorted once."""

import gc

import pandas as pd

from helpers.reporting import lookup as module
from helpers.reporting.lookup import lookup

FRAME = pd.DataFrame(
    [("a:s001", "topic", "pier"), ("b:s001", "topic", "mayor"), ("a:s002", "actor", "mayor")],
    columns=["sentence_id", "kind", "code"],
)


def test_values_are_those_of_one_row_and_unknown_ones_are_in_none():
    rows = lookup(FRAME).rows(("kind", "code"), [("topic", "pier"), ("actor", "pier"), ("topic", "quay")])
    assert rows.tolist() == [0]


def test_a_row_that_is_asked_for_twice_is_found_once():
    assert lookup(FRAME).rows(("code",), [("mayor",), ("mayor",)]).tolist() == [1, 2]


def test_a_table_without_articles_has_those_of_its_sentences():
    assert lookup(FRAME).rows(("article_id",), [("a",)]).tolist() == [0, 2]


def test_the_place_of_a_sentence_is_that_in_the_table_asked_last():
    said = pd.DataFrame({"sentence_id": ["a:s001", "a:s002", "b:s001"]})
    assert lookup(FRAME).places(said).tolist() == [0, 2, 1]
    assert lookup(FRAME).places(said[::-1].reset_index(drop=True)).tolist() == [2, 0, 1]


def test_nothing_is_kept_of_a_table_that_is_gone():
    before, frame = set(module._KEPT), FRAME.copy()
    assert lookup(frame) is lookup(frame)
    assert set(module._KEPT) - before == {id(frame)}
    del frame
    gc.collect()
    assert set(module._KEPT) == before
