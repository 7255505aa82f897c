import pandas as pd
import pytest

from helpers.timeline.values import COLUMNS, names_differ, numbers_differ

KILLED = "The fire on the quay killed {} people and closed the port."


def corpus(*texts, published="2026-02-10"):
    """Tables of articles a, b, …, each a sentence or a list of them; `published` of all, or of each."""
    rows = [
        (f"{article}:s{number:03d}", article, text, False)
        for article, said in zip("abcdef", texts, strict=False)
        for number, text in enumerate([said] if isinstance(said, str) else said, 1)
    ]
    sentences = pd.DataFrame(rows, columns=["sentence_id", "article_id", "text", "heading"])
    days = [published] * len(texts) if isinstance(published, str) else published
    articles = pd.DataFrame(
        {"article_id": list("abcdef"[: len(texts)]), "published": pd.to_datetime(days, format="mixed")}
    )
    return sentences, articles


def values(find, *texts, **options):
    return find(*corpus(*texts, **options))[["about", "value_a", "value_b"]].values.tolist()


def test_another_number_of_dead_is_a_difference():
    found = numbers_differ(*corpus(KILLED.format("five"), KILLED.format("seven")))
    assert found.iloc[0].to_dict() == {
        "kind": "number", "about": "people killed", "value_a": "five people", "value_b": "seven people",
        "sentence_id_a": "a:s001", "sentence_id_b": "b:s001",
        "start_a": 28, "end_a": 39, "start_b": 28, "end_b": 40,
    }  # fmt: skip


def test_dead_and_people_killed_count_the_same():
    said = "The quay fire and its smoke left seven dead."
    assert values(numbers_differ, KILLED.format("five"), said) == [
        ["people killed", "five people", "seven dead"]
    ]


@pytest.mark.parametrize("days", [["2026-02-10", "2026-02-11"], ["2026-02-10 09:00", "2026-02-10 11:00"]])
def test_figures_of_another_publication_time_are_updates(days):
    assert not values(numbers_differ, KILLED.format("five"), KILLED.format("seven"), published=days)


def test_a_day_without_a_time_is_at_once_with_any_time_of_it():
    days = ["2026-02-10", "2026-02-10 11:00"]
    assert values(numbers_differ, KILLED.format("five"), KILLED.format("seven"), published=days)


def test_without_a_time_of_publication_it_cannot_be_told():
    assert not values(numbers_differ, KILLED.format("five"), KILLED.format("seven"), published=[None, None])
    assert not values(
        numbers_differ, KILLED.format("five"), KILLED.format("seven"), published=["2026-02-10", None]
    )


@pytest.mark.parametrize("published", [[None, None], ["2026-02-10", None]])
def test_a_day_in_the_sentence_is_no_time_of_publication(published):
    said = "The fire on the quay killed {} people on 9 February 2026."
    assert values(numbers_differ, said.format("five"), said.format("seven"))
    assert not values(numbers_differ, said.format("five"), said.format("seven"), published=published)


@pytest.mark.parametrize(
    "rounded", ["about five", "at least five", "more than five", "up to five", "five or six"]
)
def test_a_rounded_figure_is_compatible(rounded):
    assert not values(numbers_differ, KILLED.format(rounded), KILLED.format("seven"))
    after = KILLED.format("five").replace("people", "people or more")
    assert not values(numbers_differ, after, KILLED.format("seven"))


def test_a_figure_that_rounds_to_the_coarser_one_is_compatible():
    assert not values(numbers_differ, KILLED.format("432"), KILLED.format("400"))
    assert values(numbers_differ, KILLED.format("432"), KILLED.format("450"))


def test_up_to_twenty_nothing_is_taken_for_rounded():
    assert values(numbers_differ, KILLED.format("10"), KILLED.format("12"))


def test_a_conversion_in_brackets_is_no_figure_of_its_own():
    said = "The tanker drifted {} miles ({} km) north of the old harbour mole overnight."
    assert [row[1] for row in values(numbers_differ, said.format(43, 69), said.format(47, 76))] == [
        "43 miles"
    ]


def test_figures_far_apart_are_of_different_things():
    assert not values(numbers_differ, KILLED.format("five"), KILLED.format("sixteen"))


def test_a_text_that_gives_both_values_means_two_things():
    first = [KILLED.format("five"), "By night the fire on the quay had killed seven people."]
    assert not values(numbers_differ, first, KILLED.format("seven"))


@pytest.mark.parametrize("part", ["another five", "including five", "an average of five", "the first five"])
def test_a_figure_of_a_part_or_an_average_is_compatible(part):
    assert not values(numbers_differ, KILLED.format(part), KILLED.format("seven"))


def test_a_word_of_the_date_is_no_word_of_a_part():
    assert values(numbers_differ, KILLED.format("last night five"), KILLED.format("seven"))


def test_killed_and_injured_are_not_compared():
    said = "The fire on the quay injured seven people and closed the port."
    assert not values(numbers_differ, KILLED.format("five"), said)


def test_what_befalls_people_is_the_nearest_word_for_it():
    said = "The fire on the quay injured seven people and killed {} people, closing the port."
    assert [row[0] for row in values(numbers_differ, said.format("five"), said.format("six"))] == [
        "people killed"
    ]


def test_clauses_that_name_others_are_of_different_things():
    said = "The night fire in {} killed {} people near the quay."
    assert not values(numbers_differ, said.format("Port Ellery", "five"), said.format("Sundmoor", "seven"))
    assert values(numbers_differ, said.format("Port Ellery", "five"), said.format("Port Ellery", "seven"))


def test_a_clause_without_a_name_has_its_sentences():
    said = "The fire near {} was one that killed {} people on the quay."
    assert not values(numbers_differ, said.format("Port Ellery", "five"), said.format("Sundmoor", "seven"))
    assert values(numbers_differ, said.format("Port Ellery", "five"), said.format("Port Ellery", "seven"))


def test_sentences_of_other_days_are_of_different_things():
    assert not values(numbers_differ, KILLED.format("in 1999 five"), KILLED.format("seven"))


def test_unlike_clauses_are_of_different_things():
    medals = (
        "In the old guild hall the mayor pinned nine medals on rowers and praised all the harbour cranes."
    )
    wreck = "The diver found seven medals in a rusty wreck full of bolts and eels below the harbour cranes."
    assert not values(numbers_differ, medals, wreck)
    assert values(numbers_differ, medals, medals.replace("nine", "seven"))


def test_clauses_with_no_word_in_common_but_people_are_of_different_things():
    fire, left = "In a port they saw a fire that killed five people.", "They left seven people dead in it."
    assert not values(numbers_differ, fire, left)
    assert values(numbers_differ, fire.replace("that", "and they left"), left)


def test_measures_need_liker_clauses_than_things_that_are_counted():
    first, second = (
        "The crew rowed {} {} along the coast to the fort.",
        "The old ferry of the upper bay slowly made {} {} along the coast to the fort.",
    )
    assert values(numbers_differ, first.format(5, "trips"), second.format(7, "trips"))
    assert not values(numbers_differ, first.format(5, "miles"), second.format(7, "miles"))


def test_a_number_in_a_name_counts_nothing():
    said = "The crew of Pier {} boats rowed along the coast to the fort."
    assert not values(numbers_differ, said.format(5), said.format(7))


def test_years_and_times_of_day_count_nothing():
    said = "The crew rowed out at {} GMT to the {} regatta off the coast."
    assert not values(numbers_differ, said.format(1105, 1998), said.format(1135, 1999))


def test_headlines_are_told_but_differ_from_none():
    sentences, articles = corpus(KILLED.format("five"), KILLED.format("seven"))
    assert numbers_differ(sentences.assign(heading=[False, True]), articles).empty


def test_ages_of_one_person_differ():
    found = values(
        numbers_differ, "Ola Sund, 34, rowed home.", "They met 43-year-old Ola Sund at sea with Ola Sund."
    )
    assert found == [["age of Ola Sund", "34", "43"]]
    assert not values(numbers_differ, "Ola Sund, 34, rowed home.", "They met 43-year-old Una Moor at sea.")
    assert not values(numbers_differ, "Ola Sund, 34, rowed home.", "They beat Ola Sund, 49.9% to 48.4%.")


def test_the_text_published_first_is_a():
    days = ["2026-02-10 11:00", "2026-02-10"]
    found = values(numbers_differ, KILLED.format("five"), KILLED.format("seven"), published=days)
    assert found == [["people killed", "seven people", "five people"]]


def test_two_values_for_one_thing_are_told_once_in_the_likest_sentences():
    other = "Five people died in the fire, for boats burned at the quay."
    found = numbers_differ(*corpus([other, KILLED.format("five")], KILLED.format("seven")))
    assert found.sentence_id_a.tolist() == ["a:s002"]


MAYOR = "Port Ellery Mayor {} opened the bridge."


def test_two_holders_of_one_office_differ():
    found = values(names_differ, MAYOR.format("Ola Sund"), "Una Moor, the mayor of Port Ellery, spoke.")
    assert found == [["Port Ellery Mayor", "Ola Sund", "Una Moor"]]


def test_an_office_is_one_with_what_it_is_of():
    assert not values(names_differ, MAYOR.format("Ola Sund"), "Sundmoor Mayor Una Moor spoke.")
    assert not values(
        names_differ, "The Prime Minister Ola Sund spoke.", "The Prime Minister Una Moor spoke."
    )


@pytest.mark.parametrize(
    "title", ["former Port Ellery Mayor", "Port Ellery Deputy Mayor", "Port Ellery Senator"]
)
def test_an_office_of_several_or_of_another_time_is_none(title):
    said = f"The {title} {{}} opened the bridge."
    assert not values(names_differ, said.format("Ola Sund"), said.format("Una Moor"))


def test_a_text_that_names_both_persons_tells_them_apart():
    first = [MAYOR.format("Ola Sund"), "Later Una Moor spoke."]
    assert not values(names_differ, first, MAYOR.format("Una Moor"))


def test_a_spelling_is_no_other_person():
    assert not values(names_differ, MAYOR.format("Ola Sundberg"), MAYOR.format("Ola Sundburg"))


FIRST = "The rower {} Sundmoor drifted past the old lighthouse on a raft."


def test_another_first_name_in_like_sentences_differs():
    found = values(names_differ, FIRST.format("Ola"), FIRST.format("Una"))
    assert found == [["first name of Sundmoor", "Ola Sundmoor", "Una Sundmoor"]]
    assert not values(names_differ, FIRST.format("Ola"), "Una Sundmoor bakes bread.")


@pytest.mark.parametrize("pair", [("William", "Bill"), ("Steve", "Stefan")])
def test_a_nickname_is_no_other_person(pair):
    assert not values(names_differ, *(FIRST.format(one) for one in pair))


def test_names_of_a_family_do_not_differ():
    both = [FIRST.format("Edda"), "His brother Igor Sundmoor waved."]
    assert not values(names_differ, FIRST.format("Ola"), FIRST.format("Una"), both)


@pytest.mark.parametrize("find", [numbers_differ, names_differ])
def test_the_order_of_rows_does_not_matter(find):
    texts = [
        [KILLED.format(n), MAYOR.format(name)] for n, name in (("five", "Ola Sund"), ("seven", "Una Moor"))
    ]
    sentences, articles = corpus(*texts)
    found = find(sentences, articles)
    assert len(found) == 1
    pd.testing.assert_frame_equal(found, find(sentences[::-1], articles[::-1]))


@pytest.mark.parametrize("find", [numbers_differ, names_differ])
def test_empty_tables_give_an_empty_table(find):
    sentences, articles = corpus(KILLED.format("five"))
    assert find(sentences[:0], articles[:0]).columns.tolist() == COLUMNS
    assert find(sentences, articles).empty
