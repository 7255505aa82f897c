import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import paths
from helpers.ingestion import quote_table, read_folder, sentences, statements

LINE = "the harbour bridge closes next winter because engineers found rusted cables"
SAID = f"“{LINE.capitalize()},” the ministry said."
COLUMNS = ["statement_id", "article_id", "start", "end", "form", "speaker_name", "text"]
ORDINARY = "harbour bridge closes winter engineers found rusted cables ferry trains mayor tunnel".split()


def found(**texts):
    articles = pd.DataFrame({"article_id": list(texts), "text": texts.values(), "lang": "en"})
    return compared(articles.assign(title=None))


def compared(articles):
    cut = sentences(articles)
    return statements(quote_table(articles, cut), cut, articles)


def forms(**texts):
    """Which article brings a statement in which form, by statement."""
    table = found(**texts)
    return [
        list(zip(part.article_id, part.form, strict=True))
        for _, part in table.groupby("statement_id", sort=False)
    ]


def test_one_statement_word_for_word_and_reported_is_one_in_two_forms():
    table = found(a=SAID, b=f"It rained. The ministry said {LINE}.")
    assert table.columns.tolist() == COLUMNS
    assert table.form.tolist() == ["verbatim", "paraphrased"]
    assert table.statement_id.unique().tolist() == ["a:v0"]
    assert table.speaker_name.str.lower().unique().tolist() == ["the ministry"]
    assert table.text.tolist() == [SAID.partition(" the ministry")[0], LINE]


def test_offsets_point_into_the_article():
    texts = {"a": SAID, "b": f"It rained. The ministry said {LINE}."}
    table = found(**texts)
    assert all(texts[row.article_id][row.start : row.end] == row.text for row in table.itertuples())


@pytest.mark.parametrize(
    ("other", "form"),
    [
        (SAID, "verbatim"),
        (f"The ministry said: “{LINE}.”", "verbatim"),
        (
            "“The harbour bridge will be shut next winter: engineers found rust,” the ministry said.",
            "translated",
        ),
        (
            "The ministry said engineers found rust and the harbour bridge would shut in winter.",
            "paraphrased",
        ),
    ],
)
def test_a_quotation_worded_otherwise_is_translated_and_a_report_paraphrased(other, form):
    assert forms(a=SAID, b=other) == [[("a", "verbatim"), ("b", form)]]


def test_of_two_reports_neither_is_verbatim():
    text = f"The ministry said {LINE}."
    assert forms(a=text, b=text) == [[("a", "paraphrased"), ("b", "paraphrased")]]
    assert forms(a=text, b=SAID) == [[("a", "paraphrased"), ("b", "verbatim")]]


def test_a_wording_seen_before_is_verbatim_whoever_brings_it():
    other = "“The harbour bridge will be shut next winter: engineers found rust,” the ministry said."
    assert forms(a=SAID, b=other, c=other) == [[("a", "verbatim"), ("b", "translated"), ("c", "verbatim")]]


@pytest.mark.parametrize(
    "texts",
    [
        {"a": SAID},
        {"a": f"{SAID}\n\nIt rained.\n\n{SAID}"},
        {"a": SAID, "b": f"“{LINE},” the mayor said."},  # another speaker
        {"a": SAID, "b": "“Trains and ferries will carry people over the river,” the ministry said."},
        {
            "a": "“The bridge closes,” the ministry said.",
            "b": "“The bridge closes,” the ministry said.",
        },  # too short
        {"a": f"“{LINE.capitalize()}.”", "b": f"“{LINE.capitalize()}.”"},  # nobody's
        {"a": f"He said {LINE}.", "b": f"He said {LINE}."},  # who he is cannot be told
        {"a": "The harbour bridge closes.", "b": ""},
    ],
)
def test_what_one_article_or_different_speakers_bring_is_no_shared_statement(texts):
    table = found(**texts)
    assert table.empty and table.columns.tolist() == COLUMNS


def test_names_in_fuller_and_other_spellings_are_one_speaker():
    text = "According to {}, {}."
    assert (
        len(forms(a=text.format("the US Embassy in Kenya", LINE), b=text.format("the U.S. Embassy", LINE)))
        == 1
    )
    assert len(forms(a=f"Angela Merkel said {LINE}.", b=f"Merkel said {LINE}.")) == 1
    assert len(forms(a=f"François Hollande said {LINE}.", b=f"Francois Hollande said {LINE}.")) == 1
    assert forms(a=f"Angela Merkel said {LINE}.", b=f"Emmanuel Macron said {LINE}.") == []


def test_half_of_the_shorter_statements_words_are_enough():
    shorter = "engineers found rusted cables under snow, salt, ice, mud"
    assert forms(a=SAID, b=f"The ministry said {shorter}.") == []
    assert forms(a=SAID, b=f"The ministry said harbour {shorter.removesuffix(', mud')}.") != []


def test_less_than_half_of_a_long_statement_is_not_enough():
    shared = "The ministry said harbour bridge closes winter engineers"
    texts = {
        "a": f"{shared} under lamps beside tents along quays without heat, bread, wood, coal.",
        "b": f"{shared} near snow amid ice, mud, frost, dust, ash, rain, hail, fog.",
    }
    assert forms(**texts) == []


def test_words_count_by_their_stems():
    text = "The ministry said engineering found rusty cable and a harbour bridge closing."
    assert forms(a=SAID, b=text) != []


def test_names_do_not_make_two_statements_alike():
    text = "The ministry said Kenya, Uganda, Rwanda, Burundi, Somalia and Ethiopia {}."
    assert forms(a=text.format("met by the river"), b=text.format("left the old board")) == []


def test_of_a_clause_and_the_quotation_within_it_the_fuller_counts_once():
    text = f"The ministry said on Monday that “{LINE}” and left."
    assert forms(a=text, b=SAID) == [[("a", "verbatim"), ("b", "verbatim")]]
    text = f"The ministry said that {LINE}, “with snow, salt, ice, mud, frost.”"
    assert forms(a=text, b=SAID) == [[("a", "paraphrased"), ("b", "verbatim")]]


def test_a_third_text_joins_the_statement_it_is_most_like():
    other = "tunnel trains run all night while ferries wait under lamps"
    texts = {
        "a": f"The ministry said {LINE}.",
        "b": f"The ministry said {other}.",
        "c": f"The ministry said {other}.",
    }
    assert forms(**texts, d=f"The ministry said {LINE}.") == [
        [("a", "paraphrased"), ("d", "paraphrased")],
        [("b", "paraphrased"), ("c", "paraphrased")],
    ]


def test_a_statement_that_very_many_texts_bring_is_one():
    (group,) = forms(**{f"x{number:03d}": f"The ministry said {LINE}." for number in range(300)})
    assert len(group) == 300


def test_the_order_of_the_articles_does_not_matter():
    texts = {
        "a": f"The ministry said {LINE}.",
        "b": f"“{LINE},” the ministry said.",
        "c": f"The ministry said {LINE}.",
    }
    pd.testing.assert_frame_equal(found(**texts), found(**dict(reversed(texts.items()))))


def test_scare_quotes_and_titles_are_no_statements():
    text = "The board walked along “Harbour Bridge Winter Engineers Found Rusted Cables” and left."
    assert forms(a=text, b=text) == []


def test_the_embassys_statement_is_one_in_two_forms_across_the_seeds():
    table = compared(read_folder(paths.DATA / "seeds")["articles"])
    (statement_id,) = table.statement_id[table.text.str.contains("further strengthening of relations")]
    group = table[table.statement_id == statement_id]
    brought = {(row.article_id[:3], row.form) for row in group.itertuples()}
    assert {("000", "verbatim"), ("003", "paraphrased")} <= brought
    assert group.speaker_name.str.contains("Embassy").all()


BODIES = st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=8).map(" ".join)
TEXTS = st.lists(
    st.tuples(st.sampled_from(["The ministry said {}.", "“{},” the mayor said.", "“{}” {}"]), BODIES),
    max_size=4,
).map(lambda pairs: " ".join(frame.replace("{}", body) for frame, body in pairs))


@given(st.lists(TEXTS, max_size=3))
@settings(deadline=None)  # three tables are built on the way
def test_statements_are_of_two_articles_or_more_and_begin_with_their_first_member(texts):
    named = {f"n{number}": text for number, text in enumerate(texts)}
    table = found(**named)
    for statement_id, part in table.groupby("statement_id"):
        assert part.article_id.nunique() > 1
        assert statement_id == f"{part.article_id.iloc[0]}:v{part.start.iloc[0]}"
    assert set(table.form) <= {"verbatim", "translated", "paraphrased"}
    assert all(named[row.article_id][row.start : row.end] == row.text for row in table.itertuples())
