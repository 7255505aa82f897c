import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.matching import Matcher


def found(term, text):
    return [text[start:end] for start, end, _ in Matcher([term]).find(text)]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("defence", "Defense of the quay, DEFENCE", ["Defense", "DEFENCE"]),
        ("quay", "the quays and a quayside", []),
        ("quay*", "the quays and a quayside", ["quays", "quayside"]),
        ("US", "tells us of the US and the U.S.", ["US", "U.S."]),
        ("U.S.", "tells us of the US", ["US"]),
        ("Bell", "the bell of Bell", ["Bell"]),
        ("Bell Road", "a bell road", ["bell road"]),
        ("Bell Road", "the Bell–Road, Bell\n Road; Bell, Road", ["Bell–Road", "Bell\n Road"]),
        ("data cent*", "data centres and a data-center", ["data centres", "data-center"]),
        ("organis*", "organizing, organisation, organs", ["organizing", "organisation"]),
        ("counterterror*", "counter-terror, counterterrorism", ["counter-terror", "counterterrorism"]),
        ("R&D", "R&D, R D, R-D", ["R&D"]),
        ("embassy", "the embassy’s flag", ["embassy"]),
        ("J.D. Lighthouse", "JD Lighthouse and J. D. Lighthouse", ["JD Lighthouse", "J. D. Lighthouse"]),
        ("/quay[- ]?side/", "quayside, quay-side, Quayside", ["quayside", "quay-side"]),
        ("/(?i)bridge (toll|fee)s?/", "Bridge tolls", ["Bridge tolls"]),
        ("/x+/", "no match", []),
        (
            "People's Republic",
            "the People’s Republic, a People's Republic",
            ["People’s Republic", "People's Republic"],
        ),
        ("workers' rights", "workers’ rights", ["workers’ rights"]),
        ("co-operation", "CO-OPERATION, Co-operation", ["CO-OPERATION", "Co-operation"]),
        ("counter-terror*", "Counter-Terrorism, counterterrorism", ["Counter-Terrorism", "counterterrorism"]),
        ("Russian", "Pro-Russian, pro-Russian and PRO-RUSSIAN", ["Russian", "Russian", "RUSSIAN"]),
        ("neighbour*", "neighborhoods and neighbours", ["neighborhoods", "neighbours"]),
        ("labour*", "labor, laborers, labouring, a laboratory", ["labor", "laborers", "labouring"]),
        ("colour*", "colored in Colorado", ["colored"]),
    ],
)
def test_a_term_is_found_as_a_person_means_it(term, text, expected):
    assert found(term, text) == expected


@pytest.mark.parametrize(
    ("term", "reason"),
    [
        ("&&", "there is no word"),
        ("/(quay/", "no regular expression .*missing"),
        ("/(?<=a)b/", "no regular"),
        ("/x*/", "matches even nothing"),
        ("*toll", "only at the end of a word"),
        ("wom*n", "only at the end of a word"),
        ("C++", "'\\+' is not looked for"),
        ("$100", "'\\$' is not looked for"),
    ],
)
def test_what_is_no_term_is_refused_with_its_reason(term, reason):
    with pytest.raises(ValueError, match=reason):
        Matcher([term])


def test_a_regular_expression_cannot_run_for_ever():
    assert found("/(a+)+b/", "a" * 30_000) == []


def test_terms_are_told_apart_by_their_number():
    matcher = Matcher(["quay", "old quay", "/old/"])
    assert sorted(matcher.find("old quay")) == [(0, 3, 2), (0, 8, 1), (4, 8, 0)]


@given(st.text(), st.lists(st.sampled_from(["a", "a b", "U.S.", "ab*", "Ä", "1"]), min_size=1))
def test_matches_lie_within_any_text(text, terms):
    for start, end, number in Matcher(terms).find(text):
        assert 0 <= start < end <= len(text) and 0 <= number < len(terms)
