"""Which line is the headline, on small pages written for the purpose."""

import pytest

from helpers.ingestion import headline
from helpers.ingestion.lines import Line

BODY = (
    "The harbour council approved the new breakwater on Thursday after two years of debate.",
    "Fishermen had asked for it since the storms of last winter damaged a dozen boats.",
    "Work is to begin in spring and to last eighteen months, the council said.",
)


def page(*texts, kept=BODY):
    return [Line(n, text, text in kept) for n, text in enumerate(texts, 1)]


def found(*texts, kept=BODY):
    line = headline.find(page(*texts, kept=kept))
    return line.text if line else None


TITLE = "Council approves new breakwater after winter storms"


def test_the_line_that_the_article_is_about_wins_over_other_stories():
    assert found("Home", "World record for giant pumpkins set by farmer", TITLE, "3 May 2021", *BODY) == TITLE


def test_a_summary_below_the_title_is_not_the_title():
    summary = "Fishermen had waited two years for the decision, the council said on Thursday."
    assert found("Home", "Town", TITLE, summary, "By Ann Lee", "3 May 2021", *BODY) == TITLE


def test_a_caption_that_shares_the_articles_words_is_not_the_title():
    caption = "The harbour council and fishermen at the new breakwater. Photo: Bo Ek"
    assert found("Home", TITLE, "By Ann Lee", "3 May 2021", caption, *BODY) == TITLE


def test_a_title_flagged_as_part_of_the_article_is_still_found():
    assert found("Home", "Town", TITLE, "By Ann Lee", *BODY, kept=(TITLE, *BODY)) == TITLE


def test_a_title_is_found_when_the_first_paragraphs_were_not_kept():
    assert found("Home", "Town", TITLE, "By Ann Lee", "3 May 2021", *BODY, kept=BODY[1:]) == TITLE


def test_a_notice_kept_far_above_is_not_taken_for_the_articles_start():
    notice = "We use cookies to make this site better for you."
    menu = [f"Section {n}" for n in range(30)]
    assert found(notice, *menu, TITLE, "3 May 2021", *BODY, kept=(notice, *BODY)) == TITLE


def test_a_title_that_stands_twice_is_given_where_it_likely_heads_the_article():
    lines = page(TITLE, "Home", "Town", "Sport", TITLE, "By Ann Lee", "3 May 2021", *BODY)
    assert headline.find(lines).text == TITLE


@pytest.mark.parametrize("texts", [(), ("Home",), BODY, ("Home", "Town", "Sport", *BODY)])
def test_where_no_line_is_likely_there_is_no_title(texts):
    assert found(*texts) is None


@pytest.mark.parametrize(
    ("title", "others", "wanted"),
    [
        (f"{TITLE} | Harbour News", (), TITLE),
        (f"{TITLE} - Harbour News", ("Harbour News",), TITLE),
        (f"{TITLE} - Harbour News", (TITLE,), TITLE),
        (f"{TITLE} - at last", ("Home",), f"{TITLE} - at last"),
        (TITLE, (TITLE,), TITLE),
    ],
)
def test_the_outlet_behind_a_title_is_cut_off_where_the_page_bears_it_out(title, others, wanted):
    assert headline.clean(title, page(*others)) == wanted


def test_a_title_below_teasers_that_were_kept_is_still_considered():
    teasers = [f"A cat was found on roof number {n} yesterday evening, they said." for n in range(4)]
    lines = page("Home", *teasers, TITLE, "By Ann Lee", *BODY, kept=(*teasers, *BODY))
    assert lines[5].text == TITLE and headline.span(lines)[0] == 1 and 5 in headline.describe(lines)


def test_the_words_of_the_opening_are_told_from_those_further_down():
    later = "Lighthouse keeper retires after forty stormy years"
    end = "A lighthouse keeper who retires after forty stormy years was thanked by the council."
    features = headline.describe(page(later, TITLE, *[*BODY] * 5, end, kept=(*BODY, end)))
    opening, article = "share of words in the opening", "share of words in the article"
    assert features[0][opening] < 0.4 < features[0][article]
    assert features[1][opening] == features[1][article] > 0.5


def test_every_weight_belongs_to_a_feature():
    lines = page(f"{TITLE} | Harbour News", TITLE, *BODY)
    features = next(iter(headline.describe(lines).values()))
    assert headline._WEIGHTS.keys() == features.keys() | {"none"}
