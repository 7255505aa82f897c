"""Temporal expressions written as TimeML and read back."""

from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from helpers.timeline.dates import find
from helpers.timeline.timeml import to_timeml

WEDNESDAY = date(2026, 2, 11)
PIECES = [
    "Early 1999 ",
    "& ",
    "a week later, ",
    "yesterday ",
    "<b>",
    "\r\n",
    "\x00",
    "\ud800",
    "noon Monday ",
    "'",
]


def read(text: str, published: date | None = WEDNESDAY, name: str = "document") -> ElementTree.Element:
    return ElementTree.fromstring(to_timeml(text, find(text, published), published, name))


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text_is_read_back_as_it_was_but_for_what_xml_cannot_hold(text):
    written = read(text).find("TEXT")
    back = "".join(written.itertext())
    assert len(back) == len(text)
    assert all(one in (other, "\ufffd") for one, other in zip(back, text, strict=True))
    found = find(text, WEDNESDAY)
    assert [timex.get("value") for timex in written] == [one.value for one in found]
    assert [timex.text for timex in written] == [one.text for one in found]


def test_expressions_name_what_they_were_counted_from():
    document = read("Signed Monday. Two days later, in late May 1999, nothing.", name="a & b")
    assert document.findtext("DOCID") == "a & b"
    assert document.find("DCT/TIMEX3").attrib == {
        "tid": "t0", "type": "DATE", "value": "2026-02-11", "temporalFunction": "false",
        "functionInDocument": "CREATION_TIME",
    }  # fmt: skip
    monday, later, may = document.iterfind("TEXT/TIMEX3")
    assert monday.attrib == {"tid": "t1", "type": "DATE", "value": "2026-02-09", "anchorTimeID": "t0"}
    assert later.attrib == {"tid": "t2", "type": "DATE", "value": "2026-02-11", "anchorTimeID": "t1"}
    assert may.attrib == {"tid": "t3", "type": "DATE", "value": "1999-05", "mod": "END"}


def test_without_publication_there_is_no_creation_time_and_nothing_relative_has_a_value():
    document = read("Signed Monday.", published=None)
    assert document.find("DCT") is None
    assert document.find("TEXT/TIMEX3").attrib == {"tid": "t1", "type": "DATE"}
