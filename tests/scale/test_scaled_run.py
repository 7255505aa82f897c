"""A corpus in partitions: the same tables as in one piece, from wherever, whatever becomes of its workers."""

import os
import shutil
import signal
import threading
import time
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from helpers import codebook, independence, ingestion, scale, tables, timeline, tone, topics
from helpers.__main__ import main
from helpers.scale import aggregates, partitions
from helpers.scale.aggregates import IN_PARTS
from helpers.scale.pool import Here
from helpers.tone import language

NUMBER = 33  # made-up articles: four languages, five copies of an agency report


@pytest.fixture(scope="module")
def corpus(tmp_path_factory, made):
    folder = tmp_path_factory.mktemp("made")
    made.write(folder, NUMBER - 3)
    others = {one["language"]: one for one in map(made.article, range(30, 120))}
    for code in ("de", "fr", "es"):
        (folder / f"{code}.txt").write_text(made._dump(others[code]))
    return folder


@pytest.fixture(scope="module")
def expected(corpus):
    """The tables as the notebooks make them, in one piece."""
    read = ingestion.read_folder(corpus)
    made = {name: tables.check(name, read[name]) for name in ("files", "articles", "fields", "ledger")}
    articles, book = made["articles"], codebook.read(corpus)
    cut = ingestion.sentences(articles)
    quotes = made["quotes"] = tables.check("quotes", ingestion.quote_table(articles, cut))
    sentences = made["sentences"] = tables.check("sentences", ingestion.shares(cut, quotes, articles))
    credits = ingestion.credits(articles, sentences[sentences.own.notna()])
    made["credits"] = tables.check("credits", credits)
    made["codebook"] = tables.check("codebook", book.frame(codebook.source(corpus)))
    found = ingestion.mention_voices(codebook.match(sentences, book), sentences, quotes)
    mentions = made["mentions"] = tables.check("mentions", found)
    names = pd.Series(articles.article_id.array, articles.article_id.array)
    compared = independence.compared(articles, names)[0]
    assert articles.lang.nunique() == 4 and len(compared) < (articles.lang == "en").sum()
    sentences = sentences[sentences.article_id.isin(compared.article_id)]

    grouped = {by: topics.groups(compared, made["fields"], by) for by in ("article_id", "outlet")}
    groups = made["groups"] = tables.check("groups", topics.group_table(grouped))
    made["rates"] = tables.check("rates", topics.rates(sentences, mentions, made["codebook"], grouped))
    made["keyness"] = tables.check("keyness", topics.distinctive(sentences, grouped["outlet"])[0])
    running = tone.running(sentences)
    scored = made["tone"] = tables.check("tone", tone.toward_actors(running, mentions))
    made["language"] = tables.check("language", language.find(running, quotes))
    made["tone_means"] = tables.check("tone_means", tone.means(scored, sentences, groups, 0.6, mentions))
    genre = compared.set_index("article_id").genre
    pairs = tone.contrasts(scored, sentences, groups, 0.6, mentions, genre)
    nobody = pd.DataFrame(columns=list(tables.SCHEMAS["tone_labels"].schema.columns))
    pairs = tone.corrected(pairs, scored, sentences, groups, nobody, mentions)
    made["contrasts"] = tables.check("contrasts", pairs)
    dates = timeline.expressions(sentences, compared)
    said = timeline.statements(sentences, dates)
    said = timeline.anchored(said, sentences, compared, dates, quotes)
    told = timeline.tell(said, sentences, compared, dates)
    written = timeline.named(timeline.merge(told, sentences, made["credits"]), told, dates)
    for name, frame in zip(("dates", "tellings", "events"), written, strict=True):
        made[name] = tables.check(name, frame)
    differ = timeline.differences(made["tellings"], made["dates"], sentences, compared)
    return made | {"conflicts": tables.check("conflicts", differ)}


def all_parts(out: Path, name: str) -> pd.DataFrame:
    """A table as someone reads it who knows nothing of the run."""
    files = sorted((out / name).glob("*.parquet")) or [out / f"{name}.parquet"]
    frames = [frame for frame in map(pd.read_parquet, files) if len(frame)]
    return tables.check(name, pd.concat(frames, ignore_index=True))


def assert_same(out: Path, expected: dict[str, pd.DataFrame]) -> None:
    for name, frame in expected.items():
        found = all_parts(out, name)
        pd.testing.assert_frame_equal(found, frame, check_dtype=False, obj=f"table {name}", check_exact=True)


def contents(out: Path) -> dict[str, bytes]:
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in out.rglob("*") if file.is_file()}


@pytest.fixture
def small(monkeypatch):
    """Partitions of some articles each."""
    monkeypatch.setattr(partitions, "_SIZE", 24_000)


@pytest.fixture(scope="module")
def ran(corpus, tmp_path_factory):
    """The tables of a run in this process."""
    out = tmp_path_factory.mktemp("ran")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partitions, "_SIZE", 24_000)
        patch.setattr("helpers.scale.pool.of_this_machine", lambda jobs: Here())
        counts = scale.run(str(corpus), str(out), jobs=1, tell=lambda line: None)
    assert counts["articles"] == NUMBER and counts["failed"] == 0
    return out


def test_partitions_give_the_tables_that_one_piece_gives(ran, expected):
    assert len(list((ran / "sentences").glob("*.parquet"))) >= 5
    assert_same(ran, expected)


def test_several_processes_write_the_same_bytes(ran, corpus, small, tmp_path):
    scale.run(str(corpus), str(tmp_path / "out"), jobs=3, tell=lambda line: None)
    assert contents(tmp_path / "out") == contents(ran)


def test_of_many_articles_the_timeline_is_told_in_periods(
    ran, corpus, expected, here, small, monkeypatch, tmp_path
):
    monkeypatch.setattr(aggregates, "PERIOD", 12)
    out = tmp_path / "out"
    scale.run(str(corpus), str(out), tell=lambda line: None)
    parts = sorted(file.stem for file in (out / "events").iterdir())
    day = expected["articles"].set_index("article_id").published
    spans = []
    for number, part in enumerate(parts, 1):
        tellings = partitions.read(str(out), "tellings", [part])
        found = partitions.read(str(out), "events", [part])
        assert found.event_id.str.startswith(f"p{number}-e").all() and len(found)
        assert set(tellings.event_id) == set(found.event_id)
        spans.append(day[tellings.article_id.unique()].agg(["min", "max"]))
    assert len(parts) > 1
    assert all(one["max"] <= other["min"] for one, other in pairwise(spans))
    dates = all_parts(out, "dates").drop(columns="event_id")
    pd.testing.assert_frame_equal(
        dates.sort_values(["sentence_id", "start"], ignore_index=True),
        expected["dates"].drop(columns="event_id").sort_values(["sentence_id", "start"], ignore_index=True),
    )
    same = contents(ran).keys() - {name for name in contents(ran) if name.split("/")[0] in IN_PARTS}
    assert all(
        contents(out)[name] == contents(ran)[name] for name in same if not name.startswith("raw/facts")
    )


def test_a_day_is_in_one_period_if_it_is_no_longer_than_one(monkeypatch):
    monkeypatch.setattr(aggregates, "PERIOD", 4)
    days = [1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, None]
    dates = pd.to_datetime([f"2026-02-0{day}T0{9 - n % 9}:00" if day else None for n, day in enumerate(days)])
    compared = pd.DataFrame({"article_id": [*"abcdefghijkl"], "published": dates, "told": "0", "part": "0"})
    found = aggregates.periods(aggregates.All("", ["0"], ["0"], compared))
    assert [one.prefix for one in found] == ["p1-", "p2-", "p3-"]
    assert ["".join(one.compared.article_id) for one in found] == ["abcde", "fghi", "jkl"]
    (one,) = aggregates.periods(aggregates.All("", ["0"], ["0"], compared.head(4)))
    assert one.prefix == "" and len(one.compared) == 4


def test_a_zip_by_its_address_gives_the_same_bytes(ran, corpus, here, small, tmp_path):
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", corpus)
    scale.run(f"zip://::file://{packed}", f"file://{tmp_path}/out/", tell=lambda line: None)
    assert contents(tmp_path / "out") == contents(ran)


def test_a_worker_of_a_cluster_that_is_killed_changes_nothing(ran, corpus, small, tmp_path):
    from distributed import Client, LocalCluster

    out = tmp_path / "out"

    def kill(pid):
        end = time.monotonic() + 60
        while not list(out.glob("sentences/*.parquet")) and time.monotonic() < end:
            time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)

    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**options, local_directory=str(tmp_path)) as cluster, Client(cluster) as client:
        one = min(client.run(os.getpid).values())
        killer = threading.Thread(target=kill, args=[one])
        killer.start()
        scale.run(str(corpus), str(out), cluster=cluster.scheduler_address, tell=lambda line: None)
        killer.join()
        assert one not in client.run(os.getpid).values()
    assert contents(out) == contents(ran)


@pytest.fixture
def three(tmp_path, made):
    """Two articles in English and one in German, each a partition's size."""
    folder = tmp_path / "three"
    folder.mkdir()
    written = [made.article(number) for number in range(60)]
    english, german = ([one for one in written if one["language"] == code] for code in ("en", "de"))
    for name, one in zip(("a.txt", "b.txt", "c.txt"), (english[0], german[0], english[1]), strict=True):
        (folder / name).write_text(made._dump(one))
    (folder / "codebook.yml").write_text("actors: {mayor: {label: Mayor, aliases: [mayor, council]}}\n")
    return folder


@pytest.fixture
def single(here, monkeypatch):
    """Each file is a partition, in this process."""
    monkeypatch.setattr(partitions, "_SIZE", 1)
    monkeypatch.setattr(partitions, "BUCKETS", 2)
    return monkeypatch


def scaled(source, out, *options):
    return CliRunner().invoke(main, ["scale", str(source), str(out), *options], catch_exceptions=False)


def test_the_command_counts_and_shows_no_bar_where_there_is_no_terminal(three, single, tmp_path):
    (three / "d.odt").write_text("x")
    (three / "e.txt").write_text("")
    single.chdir(tmp_path)
    done = scaled(three, "out")
    assert done.exit_code == 0 and done.stderr == ""
    assert done.stdout.splitlines() == [
        "5 files in 4 partitions, for 2 processes",
        "3 articles, 2 of them compared; 1 of 5 files were not read. The tables are ready: out",
    ]


def test_a_corpus_of_which_nothing_can_be_compared_has_its_tables_too(three, single, tmp_path):
    (three / "a.txt").unlink()
    (three / "c.txt").unlink()
    assert scaled(three, tmp_path / "out").exit_code == 0
    assert partitions.read(str(tmp_path / "out"), "events", ["00000"]).empty
    assert len(all_parts(tmp_path / "out", "articles")) == 1


def test_a_file_that_stops_its_reader_is_told_and_the_rest_is_done(three, here, tmp_path, monkeypatch):
    read = ingestion.read_files

    def stops(files, folder, plan):
        if any(file.name == "b.txt" for file in files):
            raise RecursionError("too deep")
        return read(files, folder, plan)

    monkeypatch.setattr(ingestion, "read_files", stops)
    assert scaled(three, tmp_path / "out").exit_code == 0
    files = all_parts(tmp_path / "out", "files").set_index("file")
    assert files.status.to_dict() == {"a.txt": "read", "b.txt": "failed", "c.txt": "read"}
    assert files.message["b.txt"].startswith("b.txt stopped with RecursionError: too deep. Take it out")
    assert all_parts(tmp_path / "out", "articles").article_id.tolist() == ["a", "c"]


def test_an_article_that_stops_what_reads_its_tone_is_told_and_not_compared(
    three, here, tmp_path, monkeypatch
):
    score = tone.toward_actors

    def stops(running, mentions):
        if (running.article_id == "c").any():
            raise RecursionError("too deep")
        return score(running, mentions)

    monkeypatch.setattr(tone, "toward_actors", stops)
    done = scaled(three, tmp_path / "out")
    assert "c.txt: c stopped what read its tone and times, and is not compared" in done.output
    assert all_parts(tmp_path / "out", "articles").article_id.tolist() == ["a", "b", "c"]
    assert set(all_parts(tmp_path / "out", "groups").article_id) == {"a"}


def test_what_a_halved_task_had_written_is_not_read_twice(three, here, tmp_path, monkeypatch):
    runs = ingestion.shingles

    def stops(articles):
        if len(articles) > 1:
            raise MemoryError
        return runs(articles)

    monkeypatch.setattr(ingestion, "shingles", stops)
    assert scaled(three, tmp_path / "out").exit_code == 0
    assert not all_parts(tmp_path / "out", "sentences").sentence_id.duplicated().any()
    assert sorted(file.stem for file in (tmp_path / "out" / "tone").iterdir())[0] == "00000.0"


def test_a_second_run_removes_what_the_first_wrote_and_nothing_else(three, single, tmp_path):
    out = tmp_path / "out"
    assert scaled(three, out).exit_code == 0
    (out / "notes.txt").write_text("mine")
    (out / "sentences" / "mine.parquet").write_text("mine")
    (three / "c.txt").unlink()
    assert scaled(three, out).exit_code == 0
    parts = {file.name for file in (out / "sentences").iterdir()}
    assert parts == {"00000.parquet", "00001.parquet", "mine.parquet"}
    assert (out / "notes.txt").read_text() == "mine"


def test_a_run_that_was_broken_off_does_only_what_is_left(three, single, tmp_path):
    out, read, tell = tmp_path / "out", ingestion.read_files, tone.toward_actors
    calls, broken = [], True

    def counted(files, folder, plan):
        calls.append(files[0].name)
        return read(files, folder, plan)

    def stops(running, mentions):
        calls.extend(running.article_id.unique())
        if broken and (running.article_id == "c").any():
            raise KeyboardInterrupt
        return tell(running, mentions)

    single.setattr(ingestion, "read_files", counted)
    single.setattr(tone, "toward_actors", stops)
    with pytest.raises(KeyboardInterrupt):
        scale.run(str(three), str(out))
    assert calls == ["a.txt", "b.txt", "c.txt", "a", "c"]
    calls.clear()
    broken = False
    scale.run(str(three), str(out))
    assert calls == ["c"]
    found = contents(out)
    calls.clear()
    (three / "c.txt").write_text(
        (three / "c.txt").read_text() + "\nThe harbour stays closed, the mayor said.\n"
    )
    scale.run(str(three), str(out))
    assert calls == ["c.txt", "c"]
    scale.run(str(three), str(tmp_path / "other"))
    assert contents(out) == contents(tmp_path / "other") != found
    calls.clear()
    (three / "codebook.yml").write_text("actors: {mayor: {label: Mayor, aliases: [mayor]}}\n")
    scale.run(str(three), str(out))
    assert calls == ["a.txt", "b.txt", "c.txt", "a", "c"]


def test_a_part_that_has_lost_its_articles_has_lost_its_tables(three, single, tmp_path):
    out = tmp_path / "out"
    scale.run(str(three), str(out))
    (three / "b.txt").write_text("")
    scale.run(str(three), str(out))
    assert set(all_parts(out, "sentences").article_id) == {"a", "c"}
    assert {file.name for file in (out / "sentences").iterdir()} == {"00000.parquet", "00002.parquet"}


def refused(message, *words):
    done = scaled(*words)
    assert done.exit_code == 1 and done.stderr.startswith("Error: ") and message in done.stderr
    return True


def test_places_that_cannot_be_used_are_told(three, here, tmp_path):
    other = tmp_path / "other"
    (other / "sentences").mkdir(parents=True)
    (other / "sentences" / "00000.parquet").write_text("mine")
    assert refused("holds something else than tables of `scale`. Choose another folder", three, other)
    assert (other / "sentences" / "00000.parquet").read_text() == "mine"
    assert refused("is a file. Give a folder", three, three.parent / shutil.copy(three / "a.txt", tmp_path))
    assert refused("lie in one another", three, three / "out") and not (three / "out").exists()
    assert refused("lie in one another", three, f"file://{three}/")
    assert refused("lie in one another", three, tmp_path)
    assert refused("holds no article. Give a folder", tmp_path / "nowhere", tmp_path / "out")
    assert refused("nope://x cannot be read: Protocol not known", "nope://x", tmp_path / "out")
    (three / "codebook.yml").unlink()
    assert refused("has no codebook.yml: write one, or see `codebook suggest`", three, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_suggested_codebook_is_taken_where_there_is_no_other(three, single, tmp_path):
    (three / "codebook.yml").rename(three / "codebook.suggested.yml")
    assert scaled(f"file://{three}", tmp_path / "out").exit_code == 0
    assert set(all_parts(tmp_path / "out", "codebook").source) == {"codebook.suggested.yml"}


def test_names_of_any_kind_are_read_and_of_two_alike_the_first(three, single, tmp_path):
    text = (three / "a.txt").read_text()
    odd = [
        "2026.11.22/ü #1 [x]*?.txt",
        "Ж.TXT",
        "a:b.txt",
        "100% {x}.txt",
        "~x.txt",
        "twice one.txt",
        "twice-one.html",
    ]
    for name in odd:
        (three / name).parent.mkdir(exist_ok=True)
        (three / name).write_text(text)
    done = scaled(three, tmp_path / "out")
    assert done.exit_code == 0
    files = all_parts(tmp_path / "out", "files").set_index("file")
    assert set(odd) <= set(files.index)
    told = "twice-one.html has the same name as twice one.txt. Rename one of them"
    assert files[files.status == "failed"].message.tolist() == [told]


def test_a_folder_with_a_dot_in_its_name_is_no_partition_of_its_own(monkeypatch):
    monkeypatch.setattr(partitions, "_SIZE", 10)
    assert partitions.parted({f"example.com/{n}.txt": 10 for n in range(3)}) == [
        ["example.com/0.txt"], ["example.com/1.txt"], ["example.com/2.txt"],
    ]  # fmt: skip
