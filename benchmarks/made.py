"""Made-up corpora of any size, the same bytes on every run, for measuring speed.

Sentences come from the grammar in `grammar.yml`. An article has the length of a newspaper's (4 to 6 KB) and
belongs to a story, one of about thirty articles, whose place, day and figures they share, or nearly; one in
six is a copy of its story's agency report, cut or under another headline; one in eight is German, French or
Spanish. Of ten articles, six are saved as text with the menus, one as HTML, and three stand in a database's
export. As many a year as outlets publish: the days grow with the number of articles.

    python benchmarks/made.py 1000 /tmp/made
"""

import datetime as dt
import functools
import json
import random
import sys
from pathlib import Path

import yaml

OUTLETS = 40
STORY = 30  # articles
_EXPORT = 1000  # articles to a file
_TOWNS = ["Saltmere", "Brackholt", "Dunwater", "Tarnby", "Osterhaven", "Quillon", "Wrenmouth", "Holmsey"]
_PAPERS = ["Courier", "Gazette", "Morning Post", "Radio News", "Observer"]
_STARTS = ["Nor", "Ald", "Stan", "Wick", "Har", "Mel", "Thorn", "Brin", "Cald", "Dray", "Fen", "Glen", "Keld"]
_ENDS = "bridge ton haven mouth ford wick stead holm ness by gate pool ley".split()
_MIDDLES = """
    a er in o ling ster ding an ber mer el den wen sel tal ver lan hol gar ren dal sen bor ket mun
    rak sil tor ul ven war yel zen ash bel cor dun fal hem ing
""".split()
# What real texts have between the words of a pattern, so that unrelated ones do not share runs of five words.
_BETWEEN = """
    again already also anyway apart aside badly barely before besides briefly broadly calmly chiefly
    closely deeply duly early easily elsewhere evenly eventually fairly finally firmly first
    fittingly formally freely fully gladly gradually greatly hence here highly however inside
    instead jointly lately later likewise locally loudly lightly mainly meanwhile merely moreover
    mostly mutely nearby nearly neatly newly next nicely nonetheless notably now officially often
    once only openly otherwise outside overall partly patiently plainly politely poorly possibly
    presently promptly properly publicly quickly quietly rarely rather readily really recently
    regularly roughly safely separately seriously sharply shortly silently simply slightly smoothly
    solely somehow sometimes somewhat soon still strictly strongly suddenly swiftly then there
    therefore though thus together tonight twice usually utterly vaguely vastly well widely
    yesterday yet
""".split()
_FIRST = dt.date(2025, 1, 6)
_THINGS = [
    "the dam",
    "the lock",
    "the sea wall",
    "the rail bridge",
    "the grain terminal",
    "the pumping station",
]
_MIXTURE = ["fact", "quote", "fact", "fact", "quote", "view", "fact"]
_LANGUAGES = ["en"] * 21 + ["de", "fr", "es"]


@functools.cache
def _grammar() -> dict:
    text = Path(__file__).with_name("grammar.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def write(folder: Path, number: int, form: str = "mixed") -> None:
    """Write a corpus: articles as `text`, `html`, `export` or `mixed`, with a manifest and a codebook."""
    folder.mkdir(parents=True, exist_ok=True)
    codebook = yaml.safe_dump(_grammar()["codebook"], sort_keys=False)
    (folder / "codebook.yml").write_text(codebook, encoding="utf-8")
    rows, export = ["file,outlet,genre,published\n"], []
    for one in range(number):
        kind = (
            form if form != "mixed" else ("text" if one % 10 < 6 else "html" if one % 10 == 6 else "export")
        )
        told = article(one)
        if kind == "export":
            export.append(json.dumps(told, ensure_ascii=False) + "\n")
        else:
            name = f"{one // 1000:03}/{one:06}.{'txt' if kind == 'text' else 'html'}"
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text((_dump if kind == "text" else _page)(told), encoding="utf-8")
            rows.append(f"{name},{told['outlet']},{told['genre']},{told['published']}\n")
        if export and (len(export) == _EXPORT or one == number - 1):
            (folder / f"export-{one:06}.jsonl").write_text("".join(export), encoding="utf-8")
            export = []
    if len(rows) > 1:
        (folder / "manifest.csv").write_text("".join(rows), encoding="utf-8")


def article(number: int) -> dict[str, str]:
    """An article by its number: headline, text, outlet, day, genre and language."""
    chance = random.Random(f"article {number}")
    story, place = _story(number // STORY), number % STORY
    outlet = (number * 7) % OUTLETS
    paper = f"{_TOWNS[outlet % 8]} {_PAPERS[outlet // 8]}"
    language = _LANGUAGES[int(chance.random() * len(_LANGUAGES))]
    if place % 6 == 5:  # a copy of the agency's report
        wire = random.Random(f"wire {story['PLACE']} {story['DAY']}")
        paragraphs, language = _body("en", story, wire, 31), "en"
        paragraphs = paragraphs[: len(paragraphs) - int(chance.random() * 4)]
        paragraphs[0] = f"{story['PLACE'].upper()} (Northmere Wire) - {paragraphs[0]}"
    else:
        paragraphs = _body(language, story, chance, 26 + int(chance.random() * 10))
    day = story["day"] + dt.timedelta(days=int(chance.random() * 3))
    genre = ("news", "news", "news", "news", "analysis", "news", "interview", "news")[
        int(chance.random() * 8)
    ]
    return {
        "title": _say(language, "headline", story, chance), "text": "\n\n".join(paragraphs), "outlet": paper,
        "published": f"{day}T{6 + number % 16:02}:00", "genre": genre, "language": language,
        "url": f"https://{paper.lower().replace(' ', '-')}.example/{number}",
    }  # fmt: skip


@functools.lru_cache(64)
def _story(number: int) -> dict:
    chance = random.Random(f"story {number}")
    day = _FIRST + dt.timedelta(days=number // 3)
    thing = _THINGS[int(chance.random() * len(_THINGS))]
    figures = {name: int(low + chance.random() * width) for name, low, width in _FIGURES}
    started = day - dt.timedelta(days=1)
    return {
        "day": day, "DAY": f"on {started.day} {started:%B}", "THING": thing, "THING_CAP": thing.capitalize(),
        "PLACE": _name(chance), **{f"NAME{one}": _name(chance) for one in range(1, 13)},
        "NUMBER": f"{figures['NUMBER'] * 50:,}", "COST": str(figures["COST"]), "COST2": str(figures["COST2"]),
    }  # fmt: skip


def _name(chance: random.Random) -> str:
    """A place that does not exist, one of 6,760: unrelated articles share few names."""
    start, middle, end = (part[int(chance.random() * len(part))] for part in (_STARTS, _MIDDLES, _ENDS))
    return start + middle + end


_FIGURES = [("NUMBER", 4, 60), ("COST", 3, 90), ("COST2", 2, 30)]


def _body(language: str, story: dict, chance: random.Random, sentences: int) -> list[str]:
    """The paragraphs of a text of so many sentences, two to four to each."""
    kinds = ["lead", *(_MIXTURE[int(chance.random() * len(_MIXTURE))] for _ in range(sentences - 1))]
    told = (_say(language, kind, story, chance) for kind in kinds)
    said = [_loosened(one, chance, language) for one in dict.fromkeys(told)]
    paragraphs = []
    while said:
        many = 2 + int(chance.random() * 3)
        paragraphs.append(" ".join(said[:many]))
        said = said[many:]
    return paragraphs


def _say(language: str, word: str, story: dict, chance: random.Random) -> str:
    """A sentence by the grammar. Drawn from `random()` alone, which no version of Python changes."""
    rows = _grammar()[language]
    told, (before, *rest) = [], _parts(rows[word][int(chance.random() * len(rows[word]))])
    told.append(before)
    for inner, after in rest:
        told += [story[inner] if inner in story else _say(language, inner, story, chance), after]
    return "".join(told)


def _loosened(sentence: str, chance: random.Random, language: str) -> str:
    """A sentence with a word here and there that its pattern does not have."""
    words, told = sentence.split(" "), []
    room = 2 + int(chance.random() * 3)
    for word in words:
        if room == 0 and word[0].islower():
            told.append(_BETWEEN[int(chance.random() * len(_BETWEEN))] if language == "en" else _name(chance))
            room = 2 + int(chance.random() * 3)
        told.append(word)
        room = max(0, room - 1)
    return " ".join(told)


@functools.cache
def _parts(template: str) -> tuple:
    before, *rest = template.split("{")
    return (before, *(tuple(part.split("}", 1)) for part in rest))


def _around(told: dict[str, str]) -> tuple[list[str], list[str], str]:
    """The menu and the notices of the article's page, and its date as the page writes it."""
    rows = _grammar()[told["language"]]
    day = dt.datetime.fromisoformat(told["published"])
    return rows["menu"], rows["notice"], f"{day.day} {day:%B %Y}, {day:%H:%M}"


def _dump(told: dict[str, str]) -> str:
    """The article as text copied from its page."""
    menu, notice, day = _around(told)
    above = ["Skip to content", *menu, told["title"], told["outlet"], day, notice[0]]
    return "\n".join([*above, *told["text"].split("\n\n"), *notice[1:], *menu[:6]]) + "\n"


def _page(told: dict[str, str]) -> str:
    """The article as a saved page, with its menus, teasers and what pages say of themselves."""
    menu, notice, day = _around(told)
    links = "".join(f'<li class="item"><a href="/{n}">{one}</a></li>' for n, one in enumerate(menu * 3))
    about = {"@type": "NewsArticle", "headline": told["title"], "datePublished": told["published"]}
    teasers = "".join(
        f'<div class="teaser"><a href="/t{n}"><h3>{one}</h3></a><p>{one}. {notice[0]}.</p></div>'
        for n, one in enumerate(notice * 4)
    )
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in told["text"].split("\n\n"))
    return (
        f'<!DOCTYPE html><html lang="{told["language"]}"><head><meta charset="utf-8"><title>{told["title"]}'
        f' | {told["outlet"]}</title><meta property="og:site_name" content="{told["outlet"]}">'
        f'<script type="application/ld+json">{json.dumps(about)}</script>'
        f"<style>{'.item{margin:0;padding:2px 4px}' * 150}</style></head>"
        f"<body><header><nav><ul>{links}</ul></nav></header><main><article><h1>{told['title']}</h1>"
        f'<div class="meta"><time datetime="{told["published"]}">{day}</time></div>\n{paragraphs}\n</article>'
        f"<aside>{teasers}</aside></main><footer><ul>{links}</ul><p>{notice[-1]}</p></footer>"
        f"<script>{'window.data=window.data||[];window.data.push(1);' * 150}</script></body></html>\n"
    )


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
