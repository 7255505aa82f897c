"""The main job on a corpus that this test writes: what a newcomer types, and what the pages then say."""

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from helpers import paths

DUMP = """Home
Sport
Council approves <script>alert('x')</script> breakwater
10 February 2026
Port Town • Outlet A
The harbour council approved the new breakwater on Monday after two years of debate.
Fishermen had asked for it since the storms of August 2024 damaged a dozen boats.
The cost is a great burden for the town, the mayor said.
Share on Facebook
© 2026 Outlet A
"""

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Harbour gets its breakwater</title>
<meta property="article:published_time" content="2026-02-11T08:00:00+00:00"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour gets its breakwater</h1>
<p>The council of the harbour approved the new breakwater on Monday, after two years of long debate.</p>
<p>Boats had been damaged by storms, and the fishermen asked for shelter again and again since then.</p>
<p>The breakwater will be a wonderful shelter and a great success for the town, the harbour master said.</p>
</article></body></html>"""

GERMAN = """Der Hafen bekommt eine neue Mole
Der Rat des Hafens hat am Montag nach zwei Jahren der Debatte die neue Mole beschlossen.
Die Fischer hatten seit den Stürmen des letzten Winters darauf gewartet, sagte der Bürgermeister.
"""

CODEBOOK = """topics:
  storms:
    label: Storms
    terms: [storm*]
  cost:
    label: Cost
    terms: [cost*, burden]
  tourism:
    label: Tourism
    terms: [tourist*]
actors:
  council:
    label: The council
    aliases: [council]
"""

MANIFEST = """file,outlet,genre
b.html,Outlet B,news
c.txt,Outlet C,news
"""


class Project:
    """A copy of what a run needs, and the corpus."""

    def __init__(self, root: Path):
        self.root, self.corpus = root, root / "articles" / "harbour"
        shutil.copytree(paths.NOTEBOOKS, root / "notebooks")
        self.corpus.mkdir(parents=True)
        for name, text in {
            "a.txt": DUMP,
            "b.html": PAGE,
            "c.txt": GERMAN,
            "codebook.yml": CODEBOOK,
            "manifest.csv": MANIFEST,
        }.items():
            (self.corpus / name).write_text(text, encoding="utf-8")
        self.report = root / "reports" / "harbour"

    def run(self, *options):
        return self.command("report", *(options or [self.corpus]))

    def command(self, *words):
        return subprocess.run(
            [sys.executable, "-m", "helpers", *map(str, words)],
            env=os.environ | {"PARALLAX_HOME": str(self.root)},
            capture_output=True,
            text=True,
            cwd=self.root.parent,
        )

    def results(self):
        """The bytes of tables, executed notebooks and pages."""
        folders = (self.root / "data/interim/harbour", self.report)
        return {file: file.read_bytes() for one in folders for file in one.rglob("*") if file.is_file()}

    def pages(self, folder=None):
        return {p.name: p.read_text(encoding="utf-8") for p in sorted((folder or self.report).glob("*.html"))}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return Project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def first(project):
    done = project.run()
    assert done.returncode == 0, done.stderr
    return done


def words(page):
    return " ".join(unescape(re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)).split())


def test_every_notebook_has_its_page_and_the_way_is_told(project, first):
    assert list(project.pages()) == [
        "01_ingestion.html",
        "02_topics.html",
        "03_tone.html",
        "04_timeline.html",
        "evidence.html",
        "index.html",
    ]
    assert first.stdout.splitlines()[-1] == f"The report is ready: {project.report / 'index.html'}"
    assert first.stderr == ""


def test_kernels_that_cannot_be_forked_give_the_same_bytes_and_it_is_told(project, first):
    before = project.results()
    without = "import os; del os.fork; from helpers.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", without, "report", str(project.corpus), "--force"],
        env=os.environ | {"PARALLAX_HOME": str(project.root)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Kernels cannot be forked on this system: each starts by itself" in done.stdout
    assert "cannot be forked" not in first.stdout
    assert len(before) > 60 and project.results() == before


def test_the_briefing_says_what_the_texts_have_in_common(project, first):
    text = words(project.pages()["index.html"])
    assert "3 articles → 3 independent texts; the outlet is known (Outlet A, Outlet B and Outlet C)." in text
    assert "Day of publication: stated for 2 (from 2026-02-10 to 2026-02-11), missing for 1." in text
    assert "not counted, scored or dated: c Outlet C." in text
    assert "from 19.2 (b Outlet B) to 24.4 (a Outlet A) per 1,000 words, on average 21.8" in text
    assert "Cost: a Outlet A alone, 2 mentions." in text
    assert "Tourism: none of its terms occurs (tourist*)." in text
    assert "2026-02-09, a Outlet A and b Outlet B (2 texts carry it, no named origins): “The" in text
    assert "No difference in days, weekdays, numbers or names was found; that does not mean" in text


def test_the_evidence_holds_the_article_and_folds_away_the_rest(project, first):
    page = project.pages()["evidence.html"]
    kept, dropped = page.split("lines of the file not taken for the article")[:2]
    assert "The cost is a great burden for the town" in words(kept)
    assert "Share on Facebook" not in words(kept) and "Share on Facebook" in words(dropped)


def test_a_hostile_headline_is_shown_as_text(project, first):
    for name, page in project.pages().items():
        assert page.count("<script") == 1, name  # the page's own
    assert "Council approves <script>alert('x')</script> breakwater" in words(project.pages()["index.html"])


def test_every_link_leads_somewhere_and_nothing_is_loaded(project, first):
    pages = project.pages()
    anchors = {name: set(re.findall(r'\bid="([^"]+)"', page)) for name, page in pages.items()}
    for name, page in pages.items():
        for target in re.findall(r'href="([^"]+)"', page):
            file, _, anchor = unescape(target).partition("#")
            assert (file or name) in pages, f"{name} links to {target}"
            assert not anchor or anchor in anchors[file or name], f"{name} links to {target}"
        assert not re.findall(r'(?:src|action)="(?!data:image/svg)', page)


def test_a_second_run_does_nothing_and_says_so(project, first):
    before = {p: p.stat().st_mtime_ns for p in project.report.rglob("*")}
    done = project.run()
    assert done.stdout == f"Nothing has changed since the last run: {project.report / 'index.html'}\n"
    assert {p: p.stat().st_mtime_ns for p in project.report.rglob("*")} == before


def test_running_everything_again_gives_the_same_bytes(project, first):
    elsewhere = project.root / "elsewhere"
    done = project.run(project.corpus, "--out", elsewhere, "--force", "--jobs", 1)
    assert done.returncode == 0, done.stderr
    assert project.pages(elsewhere) == project.pages()
    tables = [p.name for p in sorted((project.report / "tables").iterdir())]
    assert len(tables) == 34  # 32 as CSV, and findings and timeline once more as JSON
    assert {"findings.json", "timeline.json"} <= set(tables)
    assert all(
        (elsewhere / "tables" / t).read_bytes() == (project.report / "tables" / t).read_bytes()
        for t in tables
    )


def test_a_parameter_reaches_the_notebooks_that_have_it_and_no_other_runs(project, first):
    done = project.run(project.corpus, "-p", "threshold", 1, "--out", project.root / "strict")
    assert "Unchanged and not run again: 01_ingestion, 02_topics, 04_timeline\n" in done.stdout
    assert (
        "2 mentions of actors, 2 of them unsure. Of the others: 0 negative, 0 neutral, 0 positive."
        in words(project.pages(project.root / "strict")["03_tone.html"])
    )


def test_a_term_of_the_codebook_leaves_the_timeline_as_it_is(project, first):
    (project.corpus / "codebook.yml").write_text(CODEBOOK.replace("cost*, burden", "cost*, burden, price*"))
    done = project.run()
    assert "Running 05_briefing\n" in done.stdout
    assert "Unchanged and not run again: 04_timeline\n" in done.stdout


def test_an_unknown_parameter_is_an_error_that_lists_the_real_ones(project, first):
    done = project.run(project.corpus, "-p", "neutrel", 1)
    assert done.returncode == 1
    known = "by, independent_only, kind, threshold, within_genre"
    assert done.stderr == f"Error: No notebook has a parameter 'neutrel'. The parameters are: {known}\n"


def test_a_column_of_the_manifest_groups_the_texts(project, first):
    refused = project.run(project.corpus, "-p", "by", "leaning")
    assert "Articles cannot be grouped by 'leaning'. They can by: article_id, outlet" in refused.stderr
    (project.corpus / "manifest.csv").write_text(
        "file,outlet,genre,side\na.txt,Outlet A,news,x\nb.html,,news,x\n"
    )
    done = project.run(project.corpus, "-p", "by", "side", "--out", project.root / "sides")
    assert (
        "manifest.csv has columns of its own, by which 02 can compare: side"
        in (project.pages(project.root / "sides")["01_ingestion.html"])
    )
    assert "Groups by side: x, news (2)." in words(project.pages(project.root / "sides")["02_topics.html"])
    (project.corpus / "manifest.csv").write_text(MANIFEST)
    assert done.returncode == 0


def test_a_sample_to_label_is_written_beside_the_articles_and_its_answers_are_told(project, first):
    done = project.command("codebook", "sample", project.corpus)
    target = project.corpus / "labels.sample.csv"
    assert done.stdout.endswith(
        f"Written: {target}. Fill in its columns label (yes or no) and coder, and save it as labels.csv. "
        "02 then tells the rest.\n"
    )
    again = project.command("codebook", "sample", project.corpus)
    assert again.returncode == 1 and "is there already. Rename or remove it first" in again.stderr
    rows = pd.read_csv(target, encoding="utf-8-sig").assign(label="yes", coder="1")
    rows.to_csv(project.corpus / "labels.csv", index=False)
    project.run()
    text = words(project.pages()["02_topics.html"])
    assert "Against readers' labels [95 %]" in text and "one coder" in text
    target.unlink()
    (project.corpus / "labels.csv").unlink()


def test_mentions_to_read_for_tone_are_written_beside_the_articles_and_are_no_article(project):
    done = project.command("tone", "sample", project.corpus, "--by", "genre")
    target = project.corpus / "labels.tone.sample.csv"
    assert f"Written: {target}. Fill in its columns label (negative, neutral or positive)" in done.stdout
    rows = pd.read_csv(target, encoding="utf-8-sig")
    assert set(rows.code) == {"council"} and rows.text.str.contains("⟦council⟧").all()
    assert target not in paths.article_files(project.corpus)
    again = project.command("tone", "sample", project.corpus)
    assert again.returncode == 1 and "is there already. Rename or remove it first" in again.stderr
    target.unlink()
    refused = project.command("tone", "sample", project.corpus, "--by", "leaning")
    assert "Articles cannot be grouped by 'leaning'" in refused.stderr and not target.exists()


def test_another_folder_of_the_same_name_is_refused(project, first):
    other = project.root / "other" / "harbour"
    other.mkdir(parents=True)
    done = project.run(other)
    assert done.returncode == 1
    assert "already belongs to" in done.stderr and "--name NAME" in done.stderr


def test_a_report_is_never_put_where_anything_else_would_be_lost_or_read(project, first):
    precious = project.root / "precious"
    precious.mkdir()
    (precious / "thesis.txt").touch()
    (project.root / "other" / "fleet").mkdir(parents=True, exist_ok=True)
    for out, corpus, message in [
        (precious, project.corpus, "holds something else than a report"),
        (precious / "thesis.txt", project.corpus, "is a file"),
        (project.corpus / "report", project.corpus, "results would be read as articles"),
        (project.root / "articles", project.corpus, "holds something else than a report"),
        (project.report, project.root / "other" / "fleet", "holds the report of the corpus 'harbour'"),
    ]:
        done = project.run(corpus, "--out", out)
        assert done.returncode == 1 and message in done.stderr, (out, done.stderr)
    assert (precious / "thesis.txt").exists() and len(project.pages()) == 6


def test_a_file_of_the_users_own_in_the_report_stops_the_run(project, first):
    (project.report / "notes.txt").touch()
    done = project.run(project.corpus, "--force")
    assert "holds a file that is not of the report: notes.txt" in done.stderr
    (project.report / "notes.txt").unlink()


def test_a_page_that_was_deleted_is_made_again_without_running_a_notebook(project, first):
    project.run()
    (project.report / "index.html").unlink()
    done = project.run()
    assert "Running" not in done.stdout
    assert len(project.pages()) == 6


def test_a_wrong_value_of_a_parameter_is_told_in_plain_words(project, first):
    done = project.run(project.corpus, "-p", "kind", "topics")
    assert done.returncode == 1
    assert "kind is 'topics'; it can be 'topic' or 'actor'" in done.stderr


def test_a_failing_cell_is_told_in_plain_words_and_the_last_report_stays(project, first):
    before = project.pages()
    (project.corpus / "codebook.yml").write_text(CODEBOOK.replace("terms: [cost*, burden]", "tems: [cost*]"))
    done = project.run()
    assert done.returncode == 1
    assert "01_ingestion stopped at code cell 3, under" in done.stderr
    assert "under “What came in”" in done.stderr
    assert "codebook.yml, line 7: topics.cost.tems" in done.stderr
    assert not [word for word in ("Traceback", "CorpusError", "The cell:") if word in done.stderr]
    assert project.pages() == before
    assert not list(project.report.parent.glob(".harbour-*"))
    failed = json.loads((project.root / "data/interim/harbour/failed/01_ingestion.ipynb").read_text())
    assert any(output.get("ename") for cell in failed["cells"] for output in cell.get("outputs", []))


def test_a_corpus_without_codebook_and_manifest_works(project, first):
    (project.corpus / "codebook.yml").unlink()
    (project.corpus / "manifest.csv").unlink()
    (project.corpus / "scan.pdf").touch()
    before = project.pages()
    done = project.run(project.corpus, "--strict")
    assert done.returncode == 1 and project.pages() == before
    assert "not every file could be read (--strict).\n  scan.pdf is empty. Save the" in done.stderr
    done = project.run()
    assert done.returncode == 0, done.stderr
    assert "Not read: scan.pdf is empty. Save the article again\n" in done.stdout
    for page in project.pages().values():  # two short texts suggest nothing
        assert "No topic or actor was looked for: there is no codebook" in words(page)
    done = project.command("codebook", "suggest", project.corpus)
    suggested = project.corpus / "codebook.suggested.yml"
    assert done.stdout.endswith("and save it as codebook.yml. Until then reports use it as it is.\n")
    assert suggested.read_text().startswith("# Suggested by counting, not defined by a person.")
    suggested.write_text(CODEBOOK)
    project.run()
    page = words(project.pages()["02_topics.html"])
    assert "No person has defined" in page and "Tourism" in page
    suggested.unlink()


def test_a_table_alone_makes_a_report_with_the_codebook_of_actors_beside_it(project):
    folder = project.root / "tables"
    folder.mkdir()
    (folder / "codebook.yml").write_text(CODEBOOK[CODEBOOK.index("actors:") :])
    body = " ".join(DUMP.splitlines()[5:8])
    (folder / "news.csv").write_text(
        f'headline,source,date,body\nA breakwater,Outlet T,2026-02-10,"{body}"\n'
    )
    done = project.run(folder / "news.csv")
    assert done.returncode == 0, done.stderr
    text = words((project.root / "reports/news/index.html").read_text())
    assert "1 article → 1 independent text; the outlet is known (Outlet T)." in text
    assert "The council: " in text


def test_a_corpus_without_a_supported_language_says_so_and_draws_nothing(project, first):
    for name in ("a.txt", "b.html"):
        (project.corpus / name).unlink()
    (project.corpus / "codebook.yml").write_text(CODEBOOK)
    (project.corpus / "menu.txt").write_text("Home\nSport\n")
    done = project.run()
    assert done.returncode == 0, done.stderr
    pages = project.pages()
    assert "No article is in a supported language" in words(pages["index.html"])
    assert "No two texts or groups could be compared in their tone toward an actor." in words(
        pages["index.html"]
    )
    assert "There is nothing to draw." in words(pages["02_topics.html"])
    assert not [name for name, page in pages.items() if "Warning" in page or "nan" in words(page).split()]
    assert "none was found in this file" in words(pages["evidence.html"])
