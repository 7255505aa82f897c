import pandas as pd
import pytest

from helpers import tables
from helpers.ingestion import as_page, doubtful
from helpers.ingestion.doubts import SHORT
from helpers.schemas import SCHEMAS

ARTICLE = {
    "outlet": "Harbour News", "outlet_basis": "manifest", "genre": "news", "genre_basis": "manifest",
    "authors": "The harbour master", "published": pd.Timestamp("2026-02-10"), "published_basis": "manifest",
    "lang": "en", "role": "original", "text": "The council met.", "n_words": 400,
}  # fmt: skip


def corpus(*articles, files=(), lines=(), codebook=(), mentions=()):
    """The tables of a corpus of such articles, each given by what it has that others have not."""
    rows = []
    for n, article in enumerate(articles):
        one = "abcdefghijklmnop"[n]
        row = ARTICLE | {"article_id": one, "file": f"{one}.txt", "title": f"Breakwater {one}", "family": one}
        rows.append(row | article)
    given = {
        "articles": rows,
        "files": [{"file": name, "articles": 1, "status": "read"} for name in {row["file"] for row in rows}]
        + [dict(zip(("file", "status", "message"), file, strict=True), articles=0) for file in files],
        "ledger": [
            {"article_id": one, "file": f"{one}.txt", "line": n, "part": 1, "text": text, "kept": True,
             "reason": "sentence", "confidence": confidence}
            for n, (one, text, confidence) in enumerate(lines, 1)
        ],
        "codebook": [
            {"position": n, "kind": "topic", "code": code, "label": code, "definition": "", "terms": terms,
             "source": source}
            for n, (code, terms, source) in enumerate(codebook or [("sea", "sea", "codebook.yml")])
        ],
        "mentions": [
            {"sentence_id": "a:s001", "kind": "topic", "code": code, "term": term, "start": n, "end": n + 1,
             "place": "text", "voice": "own"}
            for n, (code, term) in enumerate(mentions or [("sea", "sea")])
        ],
    }  # fmt: skip
    columns = {name: list(SCHEMAS[name].schema.columns) for name in given}
    return {
        name: tables.check(name, pd.DataFrame(rows, columns=columns[name])) for name, rows in given.items()
    }


def told(*articles, **others):
    found = doubtful(corpus(*articles, **others))
    return [" | ".join(row) for row in zip(found.kind, found.about, found.what, strict=True)]


def test_a_corpus_without_doubts_says_so_in_one_line():
    clear = doubtful(corpus({}, {}))
    assert clear.empty and list(clear) == ["kind", "about", "what", "mend"]
    assert as_page(clear, 2) == "Nothing is missing or doubtful in 2 articles."


@pytest.mark.parametrize(
    ("article", "doubt"),
    [
        ({"published": None}, "no day | a | "),
        ({"published_basis": "page header"}, "inferred day | a | page header"),
        ({"published_basis": "stated as updated"}, "inferred day | a | stated as updated"),
        ({"published_basis": "export header"}, None),
        ({"published_basis": "dateline"}, None),
        ({"outlet": None}, "no outlet | a | "),
        ({"genre": "unknown"}, "no genre | a | "),
        (
            {"genre": "agency", "genre_basis": "dateline of Reuters"},
            "inferred genre | a | dateline of Reuters",
        ),
        ({"genre": "opinion", "genre_basis": "labelled opinion"}, None),
        ({"genre": "opinion", "genre_basis": "section “Opinion”"}, None),
        ({"genre": "live", "genre_basis": "headline"}, "inferred genre | a | headline"),
        ({"title": None}, "no title | a | "),
        ({"authors": None}, "no authors | a | "),
        ({"lang": "fr"}, "language | a | fr"),
        ({"lang": None}, "language | a | not told"),
        ({"n_words": SHORT - 1}, f"short | a | {SHORT - 1} words"),
        ({"n_words": SHORT}, None),
        ({"retrieved": "2026-02-09"}, "odd day | a | 2026-02-10, after it was retrieved"),
        ({"retrieved": "2026-02-10"}, None),
        ({"retrieved": "in spring"}, None),
        ({"url": "https://port.example/a"}, None),
    ],
)
def test_what_an_article_lacks_or_has_in_doubt_is_told(article, doubt):
    assert told(article, {}) == ([doubt] if doubt else [])


def test_a_day_a_year_from_all_others_is_doubted_and_pairs_of_days_are_not():
    days = ("2026-02-10", "2026-02-12", "2024-01-01", "2020-05-01", "2020-06-01")
    found = told(*({"published": pd.Timestamp(day)} for day in days))
    assert found == ["odd day | c | 2024-01-01, a year or more from all others"]
    assert told({}) == []


def test_copies_name_the_text_that_is_kept_and_parts_what_they_share():
    copy = {"family": "b", "role": "truncated copy", "nearest": "b", "containment": 0.9}
    part = {"role": "partial", "nearest": "b", "containment": 0.34}
    assert told(copy, {}, part) == [
        "copy | a | truncated copy of b",
        "partial | c | 34% of the shorter, with b",
    ]


def test_one_headline_or_address_on_different_texts_is_told_but_not_of_copies():
    same = {"title": "Ferry stops"}
    assert told(same, {"title": "Ferry Stops"}, {}) == ["same title | b | as a"]
    copy = same | {"family": "a", "role": "copy"}
    assert told(same, copy) == ["copy | b | copy of a"]
    assert told(same, copy, same) == ["copy | b | copy of a", "same title | c | as a"]
    one, other = {"url": "https://www.port.example/a/"}, {"url": "http://port.example/a#top"}
    assert told(one, other) == ["same url | b | as a"]


def test_a_text_told_from_menus_with_little_certainty_is_named():
    line = "The council approved the new breakwater on Monday morning."
    assert told({"n_words": 100}, lines=[("a", line, 0.6)] * 3) == [
        "unsure | a | lines as long as 27% of the text"
    ]
    assert told({"n_words": 100}, lines=[("a", line, 0.95)] * 3 + [("a", "Ferries, buses", 0.6)] * 20) == []


def test_files_not_read_files_read_with_a_note_and_rows_without_a_file_are_kept_apart():
    files = [
        ("x.odt", "skipped", "x.odt is none of .txt"),
        ("p_files/", "skipped", "p_files/ holds what the page beside it loads, no article"),
        ("y.pdf", "failed", "y.pdf cannot be read"),
        ("z.txt", "failed", "manifest.csv lists z.txt, which is not in the folder. Add it or remove its row"),
        ("manifest.csv", "noted", "manifest.csv has columns of its own"),
        ("m.txt", "read", "m.txt has no row in manifest.csv"),
        ("n.txt", "read", "n.txt was read as cp1252; has no row in manifest.csv"),
        ("t.csv", "read", "t.csv has no text in 1 row (003)"),
    ]
    assert told({}, files=files) == [
        "not read | x.odt | x.odt is none of .txt",
        "not read | y.pdf | y.pdf cannot be read",
        "noted | n.txt | n.txt was read as cp1252",
        "noted | t.csv | t.csv has no text in 1 row (003)",
        "no row | m.txt | ",
        "no row | n.txt | ",
        "no file | z.txt | ",
    ]


def test_terms_that_match_nothing_are_told_of_a_codebook_that_somebody_wrote():
    book = [("sea", "sea; waves; ocean", "codebook.yml"), ("toll", None, "codebook.yml")]
    assert told({}, codebook=book, mentions=[("sea", "sea"), ("toll", "waves")]) == [
        "no match | sea | waves; ocean"
    ]
    guess = [("sea", "sea; waves", "codebook.suggested.yml")]
    assert told({}, codebook=guess) == ["no codebook | codebook.suggested.yml | "]


def test_the_remedy_names_the_row_of_the_manifest_as_it_is_to_be_written():
    several = {"outlet": None, "article_id": "t-007", "file": "t, new.csv"}
    row = {"outlet": None, "article_id": "exports-a-002", "file": "exports/a.txt"}
    mend = doubtful(corpus(several | {"article_id": "t--new-007"}, row)).mend
    assert mend.tolist() == [
        "manifest.csv, columns file,outlet: exports/a.txt#002,OUTLET",
        'manifest.csv, columns file,outlet: "t, new.csv#007",OUTLET',
    ]


def test_the_page_names_eight_counts_the_rest_and_steers_no_terminal():
    hostile = [
        (f"f{n:02d}.odt", "skipped", f"f{n:02d}.odt \x1b[31m{'is none of these ' * 9}") for n in range(12)
    ]
    text = as_page(doubtful(corpus(*[{"outlet": None, "authors": None}] * 12, files=hostile)), 12)
    assert (
        "No outlet (12)\n  a, b, c, d, e, f, g, h, … and 4 more\n  → manifest.csv, columns file,outlet: a"
        in text
    )
    assert "No authors (12)\n  →" in text
    assert "f07.odt" in text and "f08.odt" not in text and "\n  … and 4 more\n" in text
    assert "\x1b" not in text and max(map(len, text.splitlines())) <= 100


def test_a_file_of_no_articles_is_no_doubt_about_an_article_of_that_name():
    found = doubtful(corpus({}, files=[("a", "failed", "a leads to no file")]))
    assert found.mend.tolist() == ["each line says what to do"]
