"""One term of the seeds' codebook is another: the report differs in what follows from it and nothing else."""

import shutil

import pytest
from test_report import Project

from helpers import briefing, paths
from helpers.reporting import exports, run


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    before = run.report(paths.DATA / "seeds", tell=lambda _: None).parent
    project = Project(tmp_path_factory.mktemp("changes"))
    seeds = project.root / "seeds"
    shutil.copytree(paths.DATA / "seeds", seeds)
    text = (seeds / "codebook.yml").read_text(encoding="utf-8")
    assert text.count("terms: [working group*, ") == 1
    other = text.replace("terms: [working group*, ", "terms: [expert group*, ")
    (seeds / "codebook.yml").write_text(other, encoding="utf-8")
    done = project.run(seeds)
    assert done.returncode == 0, done.stderr
    return project, before, project.root / "reports" / "seeds"


def test_a_term_of_the_codebook_changes_its_topic_and_the_counts_of_topics(sides):
    project, before, after = sides
    told = project.command("changes", before, after).stdout
    tables = [exports.read_findings(side)[0] for side in (before, after)]
    rows = briefing.compared(*tables)
    assert rows[["group", "change", "subject"]].values.tolist() == [
        ["What some texts mention", "gone", "topic=working_groups"],
        ["What some texts mention", "changed", "opening"],
        ["What one text alone carries", "added", "topic=working_groups"],
        ["What one text alone carries", "changed", "opening"],
    ]
    gone, some, added, one = rows.itertuples()
    assert (some.value_before - some.value_after, one.value_after - one.value_before) == (1, 1)
    assert {sentence.split("_")[0] for sentence in gone.sentences_lost} == {"003", "004"}
    assert added.sentences_gained == ["003_391f118a3ae962ac:s008"]
    assert told.startswith("Findings: 1 gone, 1 added and 2 changed; 64 are as before.\n")
    assert "[-9-] {+8+} of the 25 looked for" in told


def test_the_same_report_twice_differs_in_nothing(sides):
    project, before, _ = sides
    assert project.command("changes", before, before).stdout == "No finding differs.\n"


def test_a_folder_that_is_no_report_is_an_error_in_plain_words(sides):
    project, before, _ = sides
    done = project.command("changes", before, project.root)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {project.root} is not the folder of a report")
