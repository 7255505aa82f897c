import json
from pathlib import Path

import pandas as pd
import pytest

from helpers import codebook
from helpers.codebook import Codebook
from helpers.paths import CorpusError

BOOK = Codebook.model_validate(
    {
        "topics": {
            "road": {"label": "Road", "terms": ["Bell Road", "corridor*"]},
            "defence": {"label": "Defence", "terms": ["defence", "arms"], "not": ["arms of the clock"]},
            "safety": {"label": "Safety", "terms": ["defense"]},
            "wall": {"label": "Sea wall", "terms": ["sea wall"], "parents": ["works"]},
            "works": {"label": "Works", "terms": ["works"], "parents": ["plans"]},
            "plans": {"label": "Plans"},
            "deal": {"label": "The deal", "variants": ["deal", "pact"], "terms": ["paper"]},
        },
        "actors": {
            "bell": {"label": "Bell", "aliases": ["Bell"]},
            "us": {"label": "US", "aliases": ["US", "U.S."]},
        },
    }
)


def sentences(*texts):
    ids = [f"{article}:s001" for article in "ab"[: len(texts)]]
    frame = pd.DataFrame({"sentence_id": ids, "article_id": list("ab"[: len(texts)]), "text": texts})
    return frame.assign(paragraph=1, heading=False)


def found(text):
    hits = codebook.match(sentences(text), BOOK)
    return [(row.code, text[row.start : row.end]) for row in hits.itertuples()]


def test_terms_are_whole_words():
    assert found("The defences of Bellview") == []


def test_case_does_not_matter_for_words_but_for_capitals():
    assert found("ARMS tells us of the US and the U.S.") == [
        ("defence", "ARMS"),
        ("us", "US"),
        ("us", "U.S."),
    ]


def test_a_star_stands_for_any_ending():
    assert found("two corridors") == [("road", "corridors")]


def test_the_longest_of_overlapping_matches_counts():
    assert found("the Bell Road, said Bell") == [("road", "Bell Road"), ("bell", "Bell")]


def test_a_word_of_two_topics_counts_for_both():
    assert found("defense") == [("defence", "defense"), ("safety", "defense")]
    assert found("Defence") == [("defence", "Defence"), ("safety", "Defence")]


def test_a_term_within_what_is_not_meant_does_not_count():
    assert found("the arms of the clock, and arms") == [("defence", "arms")]
    assert found("the arms of the clock") == []


def test_what_is_not_meant_is_what_lies_within_the_phrase():
    book = {"label": "Talks", "terms": ["framework agreement on trade", "peace process"]}
    book = Codebook.model_validate(
        {"topics": {"talks": book | {"not": ["agreement on", "process of elimination"]}}}
    )
    hits = codebook.match(sentences("a framework agreement on trade, the peace process of elimination"), book)
    assert len(hits) == 2


def test_a_term_that_covers_a_variant_leaves_it_to_the_variant():
    entry = {"label": "Deal", "terms": ["agreement*"], "variants": ["charter", "agreement"]}
    book = Codebook.model_validate({"topics": {"deal": entry}})
    found_terms = codebook.match(sentences("The agreement, the agreements, the charter"), book).term
    assert found_terms.tolist() == ["agreement", "agreement*", "charter"]


def test_many_matches_in_one_sentence_are_no_more_work_each():
    text = "arms defence " * 20_000
    assert len(codebook.match(sentences(text), BOOK)) == 60_000  # defence is a term of two topics


def test_a_mention_counts_for_the_parents_of_its_code_too():
    assert found("a sea wall") == [("plans", "sea wall"), ("wall", "sea wall"), ("works", "sea wall")]


def test_variants_are_terms_and_stand_in_the_table():
    assert found("the pact, a paper") == [("deal", "pact"), ("deal", "paper")]
    deal = BOOK.frame().set_index("code").loc["deal"]
    assert (deal.terms, deal.variants) == ("deal; pact; paper", "deal; pact")


def test_hyphens_and_line_breaks_between_words_are_alike():
    assert found("the Bell–Road and Bell\n Road") == [("road", "Bell–Road"), ("road", "Bell\n Road")]


def test_a_match_tells_where_it_stands():
    frame = pd.concat([sentences("Bell")] * 3, ignore_index=True)
    frame = frame.assign(
        sentence_id=["a:s000", "a:s001", "a:s002"], paragraph=[0, 1, 2], heading=[True, True, False]
    )
    assert codebook.match(frame, BOOK).place.tolist() == ["headline", "sub-heading", "text"]


def test_a_codebook_can_be_taken_from_its_table():
    said = sentences(
        "a sea wall, arms, the arms of the clock, a deal, a paper, Bell Road", "US defense, Bell"
    )
    again = codebook.from_table(BOOK.frame())
    pd.testing.assert_frame_equal(codebook.match(said, again), codebook.match(said, BOOK))


def test_without_a_term_shorter_ones_take_its_place():
    said = sentences("a sea wall", "the Bell Road")
    again, ids = codebook.Without(said, BOOK), said.sentence_id.tolist()
    assert again.count(ids, "topic", "plans", "sea wall") == [0, 0]
    assert again.count(ids, "topic", "road", "Bell Road") == [0, 0]
    assert again.count(ids, "actor", "bell", "-") == [0, 0]  # the road takes his name
    book = codebook.Codebook(topics={"wall": codebook.Topic(label="Wall", terms=["sea wall", "wall*"])})
    assert codebook.Without(said, book).count(ids, "topic", "wall", "sea wall") == [1, 0]


def test_counts_include_zeros_and_lead_to_their_mentions():
    said = sentences("Bell, Bell", "-")
    counts = codebook.count(codebook.match(said, BOOK), said, BOOK.frame(), "actor")
    assert counts[counts.label == "Bell"].mentions.tolist() == [2, 0]
    assert counts.evidence.iloc[0] == "mentions?kind=actor&code=bell&article_id=a"


def test_a_kind_that_is_none_is_refused():
    with pytest.raises(CorpusError, match="it can be 'topic' or 'actor'"):
        codebook.of_kind(BOOK.frame(), "topics")


def test_a_corpus_without_a_codebook_has_an_empty_one(tmp_path):
    book, source = codebook.read(tmp_path), codebook.source(tmp_path)
    assert book.frame().empty and source == ""


def test_a_suggested_codebook_counts_until_there_is_one_of_its_own(tmp_path):
    (tmp_path / "codebook.suggested.yml").write_text("topics: {sea: {label: Sea, terms: [sea]}}")
    book, source = codebook.read(tmp_path), codebook.source(tmp_path)
    assert list(book.topics) == ["sea"] and source == "codebook.suggested.yml"
    (tmp_path / "codebook.yml").write_text("topics: {sky: {label: Sky, terms: [sky]}}")
    book, source = codebook.read(tmp_path), codebook.source(tmp_path)
    assert book.frame(source)[["code", "source"]].values.tolist() == [["sky", "codebook.yml"]]


def test_the_schema_that_ships_is_that_of_the_code():
    shipped = json.loads(Path(codebook.__file__).with_name("codebook.schema.json").read_text())
    how = (
        "write json.dumps(Codebook.model_json_schema(), indent=1) and a line's end into codebook.schema.json"
    )
    assert shipped == Codebook.model_json_schema(), how
    assert shipped["$defs"]["Topic"]["properties"]["not"]["description"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "topics:\n  road:\n    label: Road\n    tersm: [a road]\n",
            "line 4: topics.road.tersm: unknown key; known here: label, definition, .*not, parents, terms",
        ),
        (
            "topics:\n  road:\n    label: Road\n    terms: [road]\n    parents:\n      - street\n",
            "line 5: topics.road.parents: there is no 'street' among the topics",
        ),
        (
            "topics:\n  a: {label: A, terms: [aa], parents: [b]}\n  b:\n    label: B\n    terms: [bb]\n"
            "    parents: [a]\n",
            "line 2: topics.a.parents: 'a' is among its own parents' parents",
        ),
        (
            "topics:\n  a:\n    label: A\n    terms:\n      - aa\n      - /(b/\n",
            "line 6: topics.a.terms.1: .*no regular expression",
        ),
        ("actors:\n  a:\n    label: A\n", "line 2: actors.a.aliases: there are none"),
        (
            'topics:\n  a: {label: A, terms: [aa]}\n  b:\n    label: "A "\n    terms: [bb]\n',
            "line 4: topics.b.label: the label 'A' is used twice",
        ),
        (
            "topics:\n  a:\n    label: A\n    variants: [defence, defense]\n",
            "line 4: topics.a.variants: 'defence' and 'defense' are one word",
        ),
        ("topics:\n  road:\n    label: Road\n    terms: []\n", "line 4: topics.road.terms"),
        ("topics:\n  road:\n    terms: [a road]\n", "line 2: topics.road.label: Field required"),
        (
            "topics:\n  road:\n    label: Road\n    terms: [road, 5]\n",
            "line 4: topics.road.terms.1.*in quotes",
        ),
        ("topics:\n  a&b:\n    label: Road\n    terms: [road]\n", "line 2: topics.a&b.*should match pattern"),
        (
            "topics:\n  a:\n    label: A\n    terms: [xx]\n  a:\n    label: B\n    terms: [yy]\n",
            "line 5: a is there twice",
        ),
        (
            "topics:\n  a:\n    label: A\n    terms: [xx]\n  b:\n    label: A\n    terms: [yy]\n",
            "line 6: topics.b.label: the label 'A' is used twice",
        ),
        ("topics: [road\n", "not valid YAML"),
        ("topics: &all {a: *all}\n", "not valid YAML: maximum recursion"),
        ("? [a, b]\n: c\n", "not valid YAML"),
        ("- a list\n", "line 1: the file"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(tmp_path, text, message):
    (tmp_path / "codebook.yml").write_text(text)
    with pytest.raises(CorpusError, match=message) as error:
        codebook.read(tmp_path)
    assert "codebook.yml" in str(error.value)
