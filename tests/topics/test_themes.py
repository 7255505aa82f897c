import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import codebook
from helpers.topics import themes

FERRY = [
    "The ferry crossed the wide river with {} passengers.",
    "A ferry on the river carries passengers daily.",
]
BREAD = ["The bakery sold {} loaves of bread and flour.", "Flour for the bakery makes bread and fine loaves."]


def corpus(*texts):
    """A table of sentences: a list of sentences an article; "# " begins a heading."""
    rows = [
        (f"x{article:03d}:s{n:03d}", f"x{article:03d}", n, text.startswith("# "), text.removeprefix("# "))
        for article, said in enumerate(texts)
        for n, text in enumerate(said, start=1)
    ]
    return pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph", "heading", "text"])


def suggested(*texts):
    table = corpus(*texts)
    return themes.suggest(table, table[["article_id"]].drop_duplicates())


def two_themes(n):
    return suggested(
        *(["# Ferry", *(text.format("many") for text in [*FERRY, *BREAD] * 2)] for _ in range(n))
    )


def read_back(suggestion, folder):
    (folder / "codebook.yml").write_text(themes.as_yaml(suggestion), encoding="utf-8")
    return codebook.read(folder)


@pytest.mark.parametrize("articles", [1, 3, 25])
def test_words_of_the_same_sentences_make_a_topic(articles):
    found = two_themes(articles).topics
    assert sorted({*terms} >= {"ferry", "river", "passengers"} for terms in found.terms) == [False, True]
    assert sorted({*terms} >= {"bakery", "bread", "flour", "loaves"} for terms in found.terms) == [
        False,
        True,
    ]
    assert (found.stability > 0.8).all()


@pytest.mark.parametrize(
    ("n", "said"), [(1, "tenth of the sentences"), (3, "each article"), (25, "a tenth of")]
)
def test_what_was_left_out_is_told(n, said):
    assert said in two_themes(n).basis and said in " ".join(themes.as_yaml(two_themes(n)).split("\n# "))


def test_a_topic_that_goes_with_an_article_is_dropped():
    shared = [text.format("many") for text in [*FERRY, *BREAD] * 3]
    mines = ["Old miners dig deep copper tunnels.", "Copper tunnels hide old miners deep."]
    found = suggested(shared, shared + mines * 3, shared + mines)
    assert found.dropped == 1 and not any("copper" in terms for terms in found.topics.terms)


def test_words_of_one_article_names_and_words_of_all_news_are_no_terms():
    texts = [
        [f"In {word} Moor, he said, {text.lower()}" for text in FERRY * 2] for word in ("blue", "red", "tall")
    ]
    terms = {term for terms in suggested(*texts).topics.terms for term in terms}
    assert "ferry" in terms and not terms & {"moor", "said", "blue", "red", "tall"}


def test_a_word_of_one_sentence_is_no_term():
    terms = suggested([*FERRY * 4, "A zebra was on the ferry."]).topics.terms
    assert not any("zebra" in found for found in terms) and any("ferry" in found for found in terms)


def test_what_other_articles_say_is_left_out():
    table = corpus(["with Blue Heron"], ["with Blue Heron", "and Red Kite"], ["with Red Kite"])
    only = themes.suggest(table, pd.DataFrame({"article_id": ["x000", "x001"]}))
    assert only.actors.label.tolist() == ["Blue Heron"]


def test_the_names_of_most_articles_come_first():
    texts = ["with Old Kite", "with Grey Heron", "with Grey Heron"], ["with Old Kite", "with Grey Heron"]
    assert suggested(*texts).actors.label.tolist() == ["Grey Heron", "Old Kite"]
    assert suggested(*texts, ["with Old Kite"]).actors.label.tolist() == ["Old Kite", "Grey Heron"]


def test_a_word_is_a_term_of_one_topic_in_all_its_forms():
    said = ["Bakeries bake bread.", "A bakery bakes bread."]
    terms = [term for terms in suggested(*[said * 3] * 3).topics.terms for term in terms]
    assert sorted(terms) == ["bake", "bakeries", "bakery", "bakes", "bread"]


def test_names_of_several_articles_are_actors_with_their_forms():
    texts = ["with Tall Heron", "and Heron", "with Red Kite"], ["with Tall Heron", "and HERON"]
    (actor,) = suggested(*texts).actors.itertuples()
    assert (actor.code, actor.label, actor.aliases) == ("tall_heron", "Tall Heron", ["Tall Heron", "Heron"])
    assert "not defined by a person" in actor.definition


def test_a_name_that_one_article_has_many_times_is_an_actor():
    assert suggested(["with Blue Heron"] * themes.MANY).actors.label.tolist() == ["Blue Heron"]
    assert suggested(["with Blue Heron"] * (themes.MANY - 1)).actors.empty


def test_a_form_of_two_names_is_an_alias_of_the_more_frequent_one():
    texts = [["with Blue Heron", "and Heron", "and Heron"]] * 2 + [["with Grey Heron", "and Heron"]] * 2
    aliases = dict(suggested(*texts).actors[["label", "aliases"]].to_numpy().tolist())
    assert aliases == {"Blue Heron": ["Blue Heron", "Heron"], "Grey Heron": ["Grey Heron"]}


def test_the_codebook_can_be_read_and_says_how_it_was_made(tmp_path):
    suggestion = two_themes(3)
    text = themes.as_yaml(suggestion)
    book = read_back(suggestion, tmp_path)
    assert [topic.terms for topic in book.topics.values()] == suggestion.topics.terms.tolist()
    assert all("not defined by a person" in topic.definition for topic in book.topics.values())
    assert text.count("# stability 1.00") == 2 and "3 articles, 24 sentences" in text and "review" in text


def test_where_nothing_is_found_the_codebook_is_empty_and_says_so(tmp_path):
    for texts in ([], [["nothing"]], [["# Only a Heading"]], [["to be or not to be"], ["x"]]):
        suggestion = suggested(*texts)
        book = read_back(suggestion, tmp_path)
        assert not book.topics and not book.actors
        assert themes.as_yaml(suggestion).count("nothing was found") == 2


def test_a_name_that_runs_into_a_word_stops_nothing():
    texts = [f"The boats of Port Ellery.photograph by many {n}" for n in ("one", "two")]
    themes.as_codebook(suggested(*([text] * 6 for text in texts)))


def test_what_is_left_of_a_name_without_its_title_is_an_actor_only_if_it_is_a_term():
    assert suggested(*[["They met President-3- there, it seems."]] * 2).actors.empty


def test_the_order_of_the_sentences_does_not_matter():
    table = corpus(*([text.format("many") for text in [*FERRY, *BREAD] * 2] for _ in range(4)))
    articles = table[["article_id"]].drop_duplicates()
    forwards, backwards = themes.suggest(table, articles), themes.suggest(table.iloc[::-1], articles)
    assert themes.as_yaml(forwards) == themes.as_yaml(backwards)


def test_names_with_signs_of_yaml_are_read_back_as_they_are(tmp_path):
    rows = [
        ("No", "no"),
        ("Café", "c"),
        ('Port "O": : {x}', "o"),
        ("Moor 🚢 \u2028 & x", "moor 🚢"),
        ("- [x]", "-"),
        ("~", "~"),
    ]
    actors = [(f"c{n}", name, f"{name}: '{key}'", [f"{name} a"]) for n, (name, key) in enumerate(rows)]
    table = pd.DataFrame(actors, columns=["code", "label", "definition", "aliases"])
    topics = table.rename(columns={"aliases": "terms"}).assign(stability=0.5)
    book = read_back(themes.Suggestion(topics, table, "1 article", 0, {"a": ["pier"]}), tmp_path)
    assert "Café: " in (tmp_path / "codebook.yml").read_text(encoding="utf-8")
    assert [actor.label for actor in book.actors.values()] == [name for name, _ in rows]
    assert [topic.terms[0] for topic in book.topics.values()] == [f"{name} a" for name, _ in rows]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.text("AOno é:#\"'-{}🚢&*|>%@`0", min_size=3, max_size=30), max_size=4), max_size=3)
)
def test_whatever_the_text_the_codebook_can_be_read(tmp_path_factory, said):
    texts = [[*text, *text, "with No: One’s 'Yes' and On"] for text in said]
    read_back(suggested(*texts), tmp_path_factory.mktemp("corpus"))
