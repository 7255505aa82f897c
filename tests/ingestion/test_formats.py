"""Bytes become text, whatever the encoding, and nothing that is packed grows without bound."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion import formats
from helpers.ingestion.formats import clean, load, paragraphs, told
from helpers.paths import CorpusError

RUSSIAN = "Совет порта одобрил новый мол в четверг, сообщил мэр."
FRENCH = "Le maire a déclaré que les travaux commenceront à l’été."
GERMAN = "Der Rat hat die neue Mole beschlossen, sagte der Bürgermeister."
SHORT = "He said “no” – then left."


@pytest.mark.parametrize(
    ("text", "encoding", "read_as"),
    [
        (RUSSIAN, "cp1251", "cp1251"),
        ("Привет", "cp1251", "cp1251"),
        (FRENCH, "cp1252", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        (SHORT, "cp1252", "cp1252"),
        ("À Noël, la forêt brûle", "cp1252", "cp1252"),
        (RUSSIAN * 40, "koi8_r", "koi8_r"),
    ],
)
def test_an_encoding_that_is_not_stated_is_found_and_reported(text, encoding, read_as):
    assert told(text.encode(encoding)) == (text, [f"was read as {read_as}"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_utf_16_with_a_mark_need_no_word(encoding):
    assert told(RUSSIAN.encode(encoding)) == (RUSSIAN, [])


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<meta charset="windows-1251"><p>Да'.encode("cp1251"), "Да"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>港口'.encode("gb2312"),
            "港口",
        ),
        ('<meta charset="windows-1251"><p>Да'.encode(), "Да"),  # saved as UTF-8 later: the bytes tell
        (b'<meta charset="zlib"><p>caf\xe9', "café"),  # not a charset of text
        (b'<meta charset="unicode_escape"><p>caf\xe9 \\x41', "café \\x41"),
    ],
)
def test_a_page_s_charset_counts_where_its_bytes_agree(page, text):
    assert told(page)[0].endswith(text)


def test_a_sender_s_charset_counts_too():
    assert told("Ђорђе".encode("cp1251"), "windows-1251")[0] == "Ђорђе"


@pytest.mark.parametrize(
    "broken", ["Größe".encode().decode("cp1252"), RUSSIAN.encode().decode("cp1251", "ignore")]
)
def test_mojibake_is_repaired_and_reported(broken):
    text, notes = told(broken.encode())
    assert text in ("Größe", RUSSIAN) and notes == ["had mojibake, which was repaired"]


@pytest.mark.parametrize("text", ["PÃO e ÂNIMO", "РСФСР и СССР", "A “quote” – dash"])
def test_text_that_only_looks_like_mojibake_stays(text):
    assert told(text.encode()) == (text, [])


def test_a_cut_off_file_with_a_byte_order_mark_says_so():
    with pytest.raises(CorpusError, match="is cut off or damaged: it is no valid utf-16"):
        told("text".encode("utf-16")[:-1])


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_are_refused(raw):
    try:
        text, _ = told(raw)
    except CorpusError:
        return
    assert clean(text) == text
    text.encode("utf-8")


def test_lines_of_a_fixed_width_are_joined_to_paragraphs():
    wrapped = (
        "The council has approved the\nbreakwater after two years of\ndebate.\n\nBoats had\nbeen damaged."
    )
    assert paragraphs(wrapped) == [
        "The council has approved the breakwater after two years of debate.",
        "Boats had been damaged.",
    ]
    assert paragraphs("One sentence.\nTwo sentences.\n\nThree.") == [
        "One sentence.",
        "Two sentences.",
        "Three.",
    ]


def test_gzip_is_unpacked_with_all_its_members(tmp_path):
    file = tmp_path / "a.txt.gz"
    file.write_bytes(gzip.compress(b"one ") + gzip.compress(b"two"))
    assert load(file) == b"one two"


def gz(tmp_path, raw):
    file = tmp_path / "a.txt.gz"
    file.write_bytes(raw)
    return file


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty"),
        (gzip.compress(b""), "is empty"),
        (b"plain text", "is not a gzip file"),
        (gzip.compress(b"one two three" * 50)[:-20], "is a gzip file that is cut off"),
        (gzip.compress(b"0" * 3_000_000), "holds more than 1 MB. Split it"),
    ],
)
def test_gzip_that_is_broken_or_swells_is_refused(tmp_path, raw, message):
    with pytest.raises(CorpusError, match=message):
        load(gz(tmp_path, raw), limit=2**20)


def test_what_swells_is_not_unpacked_beyond_the_bound(tmp_path):
    import tracemalloc

    file = gz(tmp_path, gzip.compress(bytes(200 * 2**20), 1))
    tracemalloc.start()
    with pytest.raises(CorpusError):
        load(file, limit=2**20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * 2**20


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"0" * 2048)
    monkeypatch.setattr(formats.Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(CorpusError, match="holds more than"):
        load(tmp_path / "a.txt", limit=1024)
