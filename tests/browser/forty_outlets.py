"""A made-up corpus of 40 outlets and 46 articles, the same bytes on every run, to try the pages on.

A sea wall at Port Ellery, a place that does not exist, breaks in a storm. Sentences come from a small
grammar, so that texts differ in words, numbers, days and in whom they quote. Four outlets carry one text of
an agency. The last articles are what pages break on: markup in every field, words without end, right-to-left
and Chinese text, German, 200 sentences.
"""

import csv
import random
from pathlib import Path

ATTACK = "<script>alert(1)</script>"  # a headline
IMAGE = '"><img src=x onerror=alert(1)>'  # in a text, in an outlet's name, in the manifest and the codebook
LONG_WORD = "Sturmflutwasserstandsvorhersagedienst" * 12

_TOWNS = ["Saltmere", "Brackholt", "Dunwater", "Tarnby", "Osterhaven", "Quillon", "Wrenmouth", "Holmsey"]
_PAPERS = ["Courier", "Gazette", "Morning Post", "Radio News", "Observer-Dispatch"]
OUTLETS = [f"{town} {paper}" for paper in _PAPERS for town in _TOWNS]
_GENRES = ["news"] * 5 + ["analysis", "interview", "press release"]

# A word in braces is replaced by one of its row, until none is left; the same word twice may differ.
_GRAMMAR = {
    "lead": [
        "{place_cap} {broke} {when}, and {water} {poured} {where}.",
        "{people_cap} of Port Ellery {woke} {when} to {water} {where} after {place} {broke}.",
        "{number} people {left} when {place} {broke} {when}.",
    ],
    "place": ["the sea wall", "the old sea wall", "the flood barrier", "the harbour wall"],
    "place_cap": [
        "The sea wall at Port Ellery", "Port Ellery's flood barrier", "The wall that guards Port Ellery",
    ],
    "broke": ["gave way", "broke", "burst", "collapsed in two places", "failed"],
    "when": [
        "on Monday", "on Tuesday", "on 3 March", "on the night of 2 March", "on 3 March 2026", "on Wednesday",
    ],
    "later": [
        "on Thursday", "on 5 March", "by the end of the week", "on 9 March 2026", "next month", "in April",
    ],
    "water": ["grey water", "the sea", "waves as high as a house", "a metre of water", "mud and water"],
    "poured": ["poured", "ran", "rushed", "spread"],
    "where": ["into the lower town", "through the fish market", "over the railway", "down Quay Street"],
    "people_cap": ["People", "Families", "Shopkeepers", "Hundreds of residents"],
    "woke": ["woke", "woke up", "were roused"],
    "left": [
        "left their homes", "were evacuated", "spent the night in two schools", "had to be moved by boat",
    ],
    "number": ["1,200", "1,400", "About 1,250", "More than 1,300", "At least 900", "Some 1,600"],
    "cost": ["12 million", "14 million", "15.5 million", "9 million", "18 million"],
    "fact": [
        "Repairs {would} cost {cost} crowns, {source} {told} {later}.",
        "The water stood {height} metres above the mark of 1962, {source} {told}.",
        "{number} homes {were} without power {when}.",
        "Ferries to Holmsey {ferries}, and the {company} {told} that boats {again} {later}.",
        "The council {council} {later} on {plan}.",
        "The government {government} {aid} {when}.",
        "Engineers {engineers} the wall {years} and {found} in its {part}.",
    ],
    "would": ["would", "could", "are expected to", "may"],
    "were": ["were", "remained", "were still"],
    "height": ["1.4", "1.6", "2.1", "1.9"],
    "ferries": ["stopped", "were called off", "stayed in port", "did not sail"],
    "again": ["would sail again", "were to leave again", "would not sail before the weekend but again"],
    "company": ["ferry company", "Holmsey Line", "port authority"],
    "council": ["is to vote", "votes", "will decide", "put off a decision until a meeting"],
    "plan": ["a new wall", "a levy for the repairs", "moving the fish market", "an independent inquiry"],
    "government": ["promised", "announced", "refused", "offered", "approved"],
    "aid": ["emergency aid", "a loan of {cost} crowns", "help from the army", "money for temporary homes"],
    "engineers": ["inspected", "examined", "had looked at", "last checked"],
    "years": ["in 2019", "in November 2024", "two years ago", "last autumn"],
    "found": ["found cracks", "reported rust", "saw no danger", "warned of holes"],
    "part": ["northern gate", "foundations", "third section", "upper edge"],
    "source": [
        "the harbour master", "the mayor", "the minister for ports", "a council engineer",
        "the port authority",
    ],
    "told": ["said", "told reporters", "estimated", "warned", "claimed", "confirmed"],
    "quote": [
        "“{said} {more},” {source} {told}.",
        "{source_cap} {told}: “{said}.”",
        "“{said},” {told} {source}, “and {more}.”",
        "{source_cap} called the {thing} “{verdict}”.",
        "According to {source}, {place} {broke} because of {cause}.",
    ],
    "source_cap": ["The harbour master", "The mayor", "The minister for ports", "A council engineer"],
    "said": [
        "We did what we could", "Nobody was warned in time", "The council knew of the cracks",
        "The crews worked all night", "This town will be rebuilt", "The money was there and was not spent",
    ],
    "more": [
        "we are proud of the volunteers", "someone has to answer for it", "the wall was safe last year",
        "there will be an inquiry", "the government must pay", "no one should point fingers now",
    ],
    "thing": ["response", "council's plan", "delay", "work of the rescue crews", "government's offer"],
    "verdict": ["a disgrace", "a brave effort", "far too little", "generous", "shameful", "exemplary"],
    "cause": ["neglect", "the storm", "rust in the gate", "years of saving", "the spring tide"],
    "view": [
        "The council's {adjective} {thing} {deserves} {deserved}.",
        "The {adjective} government {government} {aid}, and {people} {felt}.",
        "{people_cap} were {felt_so} with the rescue crews, {whose} work was {adjective}.",
        "It was {adverb} the {superlative} flood since {year}.",
        "Perhaps the council {perhaps} too {quickly}; the storm of {year} {showed} as much.",
    ],
    "adjective": [
        "disastrous", "careful", "splendid", "hopeless", "reckless", "calm", "heroic", "costly",
    ],
    "deserves": ["deserves", "has earned", "will find"],
    "deserved": ["praise", "nothing but blame", "patience", "a second look"],
    "people": ["residents", "the fishermen", "the shopkeepers", "many"],
    "felt": ["were grateful", "were furious", "shrugged", "asked for more"],
    "felt_so": ["delighted", "content", "angry", "disappointed"],
    "whose": ["whose", "and said that their"],
    "adverb": ["probably", "clearly", "perhaps", "undoubtedly", "apparently"],
    "superlative": ["worst", "costliest", "highest", "most frightening"],
    "year": ["1962", "1987", "2003", "2011"],
    "perhaps": ["acted", "decided", "answered", "gave in"],
    "quickly": ["late", "slowly", "hastily", "timidly"],
    "showed": ["showed", "had taught the town", "ought to have shown"],
    "headline": [
        "{place_title} {broke_title}: {number} {left_title}",
        "Port Ellery {after} the flood: {said}",
        "Council {council_title} on {plan} after Port Ellery flood",
        "{verdict_title}? How Port Ellery’s wall {broke}",
    ],
    "place_title": ["Sea wall", "Flood barrier", "Port Ellery’s wall"],
    "broke_title": ["fails", "breaks", "bursts in storm"],
    "left_title": ["leave homes", "moved to safety", "spend night in schools"],
    "after": ["after", "counts the cost of", "cleans up after"],
    "council_title": ["to vote", "split", "hesitates"],
    "verdict_title": ["A disgrace", "Bad luck", "An accident in waiting"],
}  # fmt: skip

_CODEBOOK = """topics:
  wall:
    label: The wall and its state
    terms: [sea wall, flood barrier, harbour wall, cracks, rust, engineer*]
  evacuation:
    label: Evacuation
    terms: [evacuat*, left their homes, schools, temporary homes]
  cost:
    label: 'Cost and "><img src=x onerror=alert(1)>'
    definition: <script>alert(1)</script> Money for repairs.
    terms: [cost*, crowns, levy, loan, pay]
  ferries:
    label: Ferries
    terms: [ferry, ferries, boat*]
  inquiry:
    label: Inquiry
    terms: [inquiry, answer for]
  tourism:
    label: Tourism
    terms: [tourist*]
actors:
  council:
    label: The council
    aliases: [council]
  government:
    label: The government
    aliases: [government, minister for ports]
  crews:
    label: The rescue crews
    aliases: [rescue crews, crews, volunteers]
  master:
    label: The harbour master
    aliases: [harbour master]
"""

_GERMAN = """Die Mauer von Port Ellery ist gebrochen
Die Mauer am Hafen von Port Ellery ist am Montag in einem Sturm gebrochen.
Mehr als tausend Menschen mussten in der Nacht ihre Häuser verlassen, sagte die Bürgermeisterin.
Der Rat der Stadt will in der nächsten Woche über eine neue Mauer entscheiden.
„Wir haben getan, was wir konnten“, sagte der Hafenmeister am Dienstag.
Die Fähren nach Holmsey fahren vorerst nicht, und niemand weiß, wann sie wieder fahren.
"""

_ARABIC = """انهيار جدار البحر في الميناء
انهار جدار البحر في الميناء يوم الاثنين بعد عاصفة قوية ضربت الساحل طوال الليل.
غادر أكثر من ألف شخص بيوتهم وقضوا الليلة في مدرستين قرب السوق.
قال مدير الميناء إن الإصلاح سيكلف اثني عشر مليونا.
سيصوت المجلس في الأسبوع المقبل على بناء جدار جديد.
"""

_CHINESE = """海堤在風暴中決口
星期一晚上，港口的海堤在風暴中決口，海水湧入了下城的街道和魚市場。
一千二百多人離開了家，在兩所學校裡過夜，鎮長在星期二對記者說。
港務局長說，修復工程大約需要一千二百萬，議會將在下週投票決定。
渡輪已經停航，什麼時候恢復還不知道。
"""


def write(folder: Path) -> None:
    """Write the articles, `manifest.csv` and `codebook.yml` into a folder, made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [dict(zip(_FIELDS, row, strict=True)) for row in [*_ordinary(), *_difficult()]]
    for row in rows:
        (folder / row["file"]).write_text(row.pop("text"), encoding="utf-8")
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [field for field in _FIELDS if field != "text"], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    (folder / "codebook.yml").write_text(_CODEBOOK, encoding="utf-8")


_FIELDS = ["file", "outlet", "genre", "country", "language", "url", "published", "note", "text"]


def _ordinary() -> list[tuple]:
    """One article of each outlet; the last four carry what the agency wrote."""
    wire = _body(random.Random("wire"), 9)
    rows = []
    for number, outlet in enumerate(OUTLETS):
        chance = random.Random(f"article {number}")
        headline, body = _say("headline", chance), _body(chance, 6 + number % 10)
        if number >= len(OUTLETS) - 4:
            body = wire.replace(". ", ". (Northmere Wire) — ", 1) if number % 2 else wire
        name, day = outlet.lower().replace(" ", "-"), f"2026-03-{3 + number % 9:02}" if number % 7 else ""
        ending, text = (
            ("html", _page(headline, body)) if number % 4 == 1 else ("txt", f"{headline}\n\n{body}")
        )
        address = f"https://{name}.example/flood/{number}"
        genre, country = _GENRES[number % len(_GENRES)], _TOWNS[number % 3]
        rows.append((f"{number:02}-{name}.{ending}", outlet, genre, country, "en", address, day, "", text))
    return rows


def _difficult() -> list[tuple]:
    """What pages break on: of outlets that have an article already, of one without a name and of one anew."""
    chance = random.Random("difficult")
    script = "javascript:alert(1)"
    hostile = f"""{ATTACK}

{_say("lead", chance)} {IMAGE} {_say("fact", chance)}
“</p></main>{ATTACK} Nobody was warned in time,” the harbour master said. {_say("fact", chance)}
The council's disastrous delay <a href='{script}'>here</a> &lt;b&gt; {_say("view", chance)}
"""
    endless = f"""{LONG_WORD} in Port Ellery

{LONG_WORD} and the council met on Tuesday. {_body(chance, 4)}
See https://example.org/{"path/" * 60} for the harbour master's {"very-" * 80}long report.
"""
    long = f"{_say('headline', chance)}\n\n{_body(chance, 200)}"
    return [
        ("40-hostile.txt", IMAGE, "news", IMAGE, "en", script, "2026-03-04", f"{ATTACK}{IMAGE}", hostile),
        ("41-endless.txt", OUTLETS[0], "news", "", "en", "", "2026-03-05", LONG_WORD, endless),
        ("42-german.txt", OUTLETS[1], "news", "", "de", "", "2026-03-04", "", _GERMAN),
        ("43-arabic.txt", OUTLETS[2], "news", "", "ar", "", "2026-03-04", "", _ARABIC),
        ("44-chinese.txt", OUTLETS[3], "news", "", "zh", "", "2026-03-04", "", _CHINESE),
        ("45-long.txt", "", "live", "", "en", "", "2026-03-06", "", long),
    ]


def _body(chance: random.Random, sentences: int) -> str:
    """A text of so many sentences, two to four to a paragraph."""
    mixture = ("fact", "quote", "view", "fact", "quote")
    kinds = [mixture[int(chance.random() * len(mixture))] for _ in range(sentences - 1)]
    said = list(dict.fromkeys(_say(kind, chance) for kind in ["lead", *kinds]))
    paragraphs = []
    while said:
        many = 2 + int(chance.random() * 3)
        paragraphs.append(" ".join(said[:many]))
        said = said[many:]
    return "\n\n".join(paragraphs) + "\n"


def _say(word: str, chance: random.Random) -> str:
    """A sentence by the grammar. Drawn from `random()` alone, which no version of Python changes."""
    text = _GRAMMAR[word][int(chance.random() * len(_GRAMMAR[word]))]
    while "{" in text:
        before, _, rest = text.partition("{")
        inner, _, after = rest.partition("}")
        text = f"{before}{_say(inner, chance)}{after}"
    return text


def _page(headline: str, body: str) -> str:
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in body.strip().split("\n\n"))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline}</title></head>'
        f'<body><nav><a href="/">Home</a></nav><article><h1>{headline}</h1>\n{paragraphs}\n</article>'
        "</body></html>\n"
    )
