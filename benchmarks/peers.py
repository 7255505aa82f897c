"""What a user would do without Parallax: a plain notebook a step, run and made a page by command lines.

jusText takes the articles from pages, Scattertext finds each outlet's words beside counts of the codebook's
terms, VADER rates the sentences that name an actor, dateparser finds days. The notebooks get more than a user
has: outlet, day and language of each article are told. They find less, too: no copies, no voices, and
not where accounts differ. Each is written here, executed by `papermill` and made a page by `jupyter
nbconvert`, one after another, on one core. `speed.py` calls `measure`; a peer that is not installed is named
and its step left out.
"""

import re
import shutil
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import made
import nbformat

_BEGIN = "begun = time.process_time()  # what is imported is no matter of speed"
_END = 'print("cpu", time.process_time() - begun)'


class Step(NamedTuple):
    """A step: what it uses, the stage of ours that it stands for, and the cells of its notebook."""

    peer: str  # the distribution that it needs
    stage: str
    does: str
    cells: list[str]


TEXTS = """
import json, time
from html import escape
from pathlib import Path
import justext
import pandas as pd
"""
_TEXTS = [
    """
known = pd.read_csv("known.csv")
names = {"en": "English", "de": "German", "fr": "French", "es": "Spanish"}
stop = {code: justext.get_stoplist(name) for code, name in names.items()}
files = {int(file.stem): file for file in corpus.rglob("*") if file.suffix in (".txt", ".html")}
rows = [json.loads(line) for file in corpus.glob("*.jsonl") for line in file.open(encoding="utf-8")]
exported = {int(row["url"].rsplit("/", 1)[1]): row["text"] for row in rows}
""",
    """
def article(number, language):
    if number in exported:
        return exported[number]
    page = files[number].read_text(encoding="utf-8")
    if files[number].suffix == ".txt":
        page = "".join(f"<p>{escape(line)}</p>" for line in page.splitlines())
    found = justext.justext(page, stop[language])
    return "\\n\\n".join(part.text for part in found if not part.is_boilerplate)

known["text"] = [article(*row) for row in zip(known.number, known.language)]
known.to_parquet("texts.parquet")
known.head()
""",
]
TOPICS = """
import re, time
import pandas as pd
import scattertext as st
import yaml
"""
_READ = 'texts = pd.read_parquet("texts.parquet")'
_PATTERN = """
book = yaml.safe_load((corpus / "codebook.yml").read_text(encoding="utf-8"))

def pattern(terms):
    words = (re.escape(term).replace(r"\\*", r"\\w*") for term in terms)
    return re.compile("|".join(rf"\\b{word}\\b" for word in words), re.IGNORECASE)
"""
_TOPICS = [
    _READ + _PATTERN,
    """
topics = {code: pattern(entry["terms"]) for code, entry in book["topics"].items()}
counts = {code: [len(found.findall(text)) for text in texts.text] for code, found in topics.items()}
per_1000 = 1000 * pd.DataFrame(counts).div(texts.text.str.split().str.len(), axis=0)
per_1000.groupby(texts.outlet).mean().round(2)
""",
    """
words = st.CorpusFromPandas(
    texts, category_col="outlet", text_col="text", nlp=st.whitespace_nlp_with_sentences
).build()
scores = {outlet: words.get_scaled_f_scores(outlet) for outlet in words.get_categories()}
pd.DataFrame(scores, index=words.get_terms()).apply(lambda column: column.nlargest(10).index.tolist())
""",
    """
first = texts.outlet.value_counts().index[0]
page = st.produce_scattertext_explorer(
    words, category=first, category_name=first, not_category_name="others", metadata=texts.published
)
with open("scattertext.html", "w", encoding="utf-8") as file:
    file.write(page)
""",
]
TONE = """
import re, time
import pandas as pd
import yaml
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
"""
_TONE = [
    _READ + _PATTERN,
    """
actors = {code: pattern(entry["aliases"]) for code, entry in book["actors"].items()}
rate, rows = SentimentIntensityAnalyzer().polarity_scores, []
for number, text in zip(texts.number, texts.text):
    for sentence in re.split(r"(?<=[.!?”])\\s+", text):
        named = [code for code, found in actors.items() if found.search(sentence)]
        score = rate(sentence)["compound"] if named else None
        rows += [(number, code, score, sentence) for code in named]
scored = pd.DataFrame(rows, columns=["number", "actor", "score", "sentence"])
scored.groupby(["number", "actor"]).score.mean().unstack().round(2)
""",
]
DATES = """
import time
import pandas as pd
from dateparser.search import search_dates
"""
_DATES = [
    _READ,
    """
rows = []
for row in texts.itertuples():
    settings = {"RELATIVE_BASE": pd.Timestamp(row.published).to_pydatetime()}
    found = search_dates(row.text, languages=[row.language], settings=settings)
    rows += [(row.number, expression, day) for expression, day in found or []]
days = pd.DataFrame(rows, columns=["number", "expression", "day"])
days.sort_values("day").head(50)
""",
]
STEPS = [
    Step("justext", "reading", "jusText: texts", [TEXTS, *_TEXTS]),
    Step("scattertext", "topics", "counts and Scattertext: topics and words", [TOPICS, *_TOPICS]),
    Step("vadersentiment", "tone", "VADER: sentences that name an actor", [TONE, *_TONE]),
    Step("dateparser", "dates", "dateparser: days", [DATES, *_DATES]),
]


def installed() -> tuple[list[Step], list[str]]:
    """The steps that can be done, with versions; and lines that say which cannot."""
    steps, missing = [], []
    for step in STEPS:
        try:
            steps.append(step._replace(does=f"{step.does} ({step.peer} {version(step.peer)})"))
        except PackageNotFoundError:
            missing.append(
                f"{step.does}: left out, {step.peer} is not installed. CONTRIBUTING.md says how to."
            )
    return steps, missing


def measure(corpus: Path, articles: int, work: Path, measured: Callable) -> tuple[list[dict], list[str]]:
    """What each step took for the articles of a made-up corpus, and what was left out.

    A row has `stage` (of ours), `step`, `wall` and `cpu` (seconds: notebook and page, with all they load),
    `within` (seconds of CPU in the notebook's cells, without loading libraries) and `peak` (MB).
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    told = [made.article(number) for number in range(articles)]
    lines = [
        f"{number},{one['outlet']},{one['published']},{one['language']}" for number, one in enumerate(told)
    ]
    (work / "known.csv").write_text("\n".join(["number,outlet,published,language", *lines]), encoding="utf-8")
    steps, missing = installed()
    if "justext" not in {step.peer for step in steps}:
        return [], missing  # the others read its texts
    rows = []
    for step in steps:
        notebook, executed = work / f"{step.stage}.ipynb", work / f"{step.stage}.executed.ipynb"
        _write(notebook, step, corpus)
        run = measured(["python", "-m", "papermill", notebook, executed, "--cwd", work], folder=work)
        page = measured(["python", "-m", "jupyter", "nbconvert", "--to", "html", executed], folder=work)
        rows.append({
            "stage": step.stage, "step": step.does, "wall": run.wall + page.wall, "cpu": run.cpu + page.cpu,
            "within": _within(executed), "peak": max(run.largest, page.largest),
        })  # fmt: skip
    return rows, missing


def _write(target: Path, step: Step, corpus: Path) -> None:
    """Write the notebook of a step."""
    first, *rest = (cell.strip() for cell in step.cells)
    place = f"from pathlib import Path\ncorpus = Path({str(corpus.resolve())!r})\n{_BEGIN}"
    cells = [first, place, *rest, _END]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, target)


def _within(executed: Path) -> float:
    """The CPU time that the last cell of an executed notebook printed."""
    (output,) = nbformat.read(executed, 4).cells[-1].outputs
    return float(re.fullmatch(r"cpu ([\d.e-]+)\s*", output.text)[1])
