import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers import independence, ingestion, paths
from helpers.independence import compared, independent

ROLES = {"a": "original", "b": "copy", "c": "truncated copy", "d": "partial"}
COLUMNS = ["article_id", "sentence_id", "name", "kind", "scope", "via"]


def family(ids, **of):
    role = [ROLES[article_id] for article_id in ids]
    return pd.DataFrame(
        {"article_id": [*ids], "family": ["d" if one == "d" else "a" for one in ids], "role": role, **of}
    )


def table(*rows):
    return pd.DataFrame([(row[0][0], *row) for row in rows], columns=COLUMNS)


def origins(evidence, credits):
    return independence.origins([evidence], credits)[0]


def test_texts_that_carry_one_report_have_one_origin():
    credits = table(
        ("a:s001", "Reuters", "agency", "article", None),
        ("b:s009", "Reuters", "agency", "article", "Port Wire"),
    )
    assert origins(["a:s002", "b:s001", "c:s001"], credits) == (3, 1, 1, 2, ["Reuters"])


def test_a_sentences_own_credit_goes_before_the_texts():
    credits = table(
        ("a:s001", "Reuters", "agency", "article", None), ("a:s002", "police", "official", "sentence", None)
    )
    assert origins(["a:s002"], credits).names == ["police"]
    assert origins(["a:s003"], credits).names == ["Reuters"]


def test_a_credit_of_another_sentence_says_nothing_of_this_one():
    credits = table(("a:s002", "police", "official", "sentence", None))
    assert origins(["a:s003"], credits) == (1, 0, 1, 1, [])


def test_a_chain_is_followed_to_its_first_link_that_is_named():
    credits = table(
        ("a:s001", "Interfax", "agency", "sentence", None),
        ("a:s001", "ministry", "official", "sentence", "Interfax"),
        ("b:s001", "Interfax", "agency", "sentence", None),
        ("b:s001", "two officials", "unnamed", "sentence", "Interfax"),
    )
    assert origins(["a:s001"], credits).names == ["ministry"]
    assert origins(["b:s001"], credits).names == ["Interfax"]
    assert origins(["a:s001", "b:s001"], credits).at_most == 2


def test_unnamed_sources_and_documents_without_a_name_are_no_named_origin():
    credits = table(
        ("a:s001", "sources", "unnamed", "sentence", None),
        ("b:s001", "statement", "document", "sentence", None),
        ("c:s001", "Port Charter", "document", "sentence", None),
    )
    assert origins(["a:s001", "b:s001", "c:s001"], credits) == (3, 1, 2, 3, ["Port Charter"])


def test_spelling_does_not_make_two_origins():
    credits = table(
        ("a:s001", "U.S. Embassy", "official", "sentence", None),
        ("b:s001", "US embassy", "official", "sentence", None),
    )
    assert origins(["a:s001", "b:s001"], credits).n_named == 1


def test_without_evidence_or_credits_nothing_is_counted():
    assert origins([], table()) == (0, 0, 0, 0, [])
    assert origins(["a:s001"], table()) == (1, 0, 1, 1, [])


@given(
    st.lists(st.tuples(st.sampled_from(["a:s001", "b:s001"]), st.sampled_from(["x", "Y", "police"]))),
    st.lists(st.sampled_from(["a:s001", "b:s001", "c:s001"])),
)
def test_the_bound_lies_between_one_and_all_that_could_be(credited, evidence):
    rows = [(sentence_id, name, "official", "sentence", None) for sentence_id, name in credited]
    found = origins(evidence, table(*rows))
    assert bool(evidence) <= found.at_most <= found.n_texts + len(rows)
    assert found == origins(evidence[::-1] * 2, table(*rows[::-1]))


def test_one_text_of_each_family_goes_on():
    kept, copies = independent(family("abcd"))
    assert ("".join(kept.article_id), "".join(copies.article_id)) == ("ad", "bc")
    assert [len(part) for part in independent(family("abcd"), only=False)] == [4, 0]


def test_where_the_original_is_not_selected_a_copy_stands_for_the_family():
    assert independent(family("cbd"))[0].article_id.tolist() == ["b", "d"]
    assert independent(family("c"))[0].article_id.tolist() == ["c"]


def test_an_original_in_no_known_language_does_not_take_its_copies_with_it():
    kept, said = compared(family("ab", lang=[None, "en"]), pd.Series({"a": "a Harbour News"}))
    assert kept.article_id.tolist() == ["b"]
    assert said.endswith("Left out: 0 copies; for their language: a Harbour News.")


ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c", "d", "e"],
        "lang": ["en", "en", "en", "de", "en"],
        "family": ["a", "a", "a", "d", "e"],
        "role": ["original", "copy", "truncated copy", "original", "partial"],
    }
)


def test_what_a_stage_compares_is_said_with_what_it_leaves_out():
    names = pd.Series({"d": "d Die Post"})
    kept, said = compared(ARTICLES, names)
    assert kept.article_id.tolist() == ["a", "e"]
    assert (
        said
        == "5 articles → 2 independent texts compared. Left out: 2 copies; for their language: d Die Post."
    )
    _, said = compared(ARTICLES, names, only=False)
    assert said == "5 articles → 4 texts compared. Left out: 0 copies; for their language: d Die Post."


def test_the_five_seeds_have_at_most_four_origins_of_the_signing():
    read = ingestion.read_folder(paths.DATA / "seeds")
    split = ingestion.sentences(read["articles"])
    credits = ingestion.credits(read["articles"], split)
    signing = split[
        split.text.str.contains("sign|seal", case=False)
        & split.text.str.contains("charter|pact|agreement", case=False)
    ]
    found = origins(signing.sentence_id.tolist(), credits)
    assert found.n_texts == 5 and found.at_most <= 4
    assert "Reuters" in found.names and found.n_unstated == 2


def test_of_a_thousand_texts_in_other_languages_some_are_named_and_the_rest_counted():
    many = [f"t{number:04}" for number in range(1_000)]
    german = pd.DataFrame({"article_id": many, "lang": "de", "family": many, "role": "original"})
    _, said = compared(german, pd.Series({one: f"{one} Blatt" for one in many}))
    assert "for their language: t0000 Blatt, t0001 Blatt, " in said
    assert said.endswith("t0019 Blatt, and 980 more.")
