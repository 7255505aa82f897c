"""Map stages in chunks, on several processes, and kept for each article."""

import jobs
import pandas as pd
import pytest

from helpers import codebook, ingestion, paths, scale, timeline, tone
from helpers.scale import maps
from helpers.tone import language

BOOK = codebook.Codebook.model_validate(
    {
        "topics": {"work": {"label": "Work", "terms": ["work*", "repair*"]}},
        "actors": {"council": {"label": "Council", "aliases": ["council", "mayor", "minister"]}},
    }
)


@pytest.fixture
def chunks(tmp_path, monkeypatch):
    """Every article is a chunk, and what is kept lies in a folder of its own."""
    monkeypatch.setattr(maps, "LITTLE", 0)
    monkeypatch.setattr(maps, "_CHUNK", 1)
    monkeypatch.setattr(paths, "INTERIM", tmp_path)
    monkeypatch.delenv(maps.JOBS, raising=False)
    jobs.CALLS.clear()
    return monkeypatch


def texts(**of):
    return pd.DataFrame({"article_id": list(of), "text": list(of.values())}, dtype="str")


@pytest.fixture(scope="module")
def stages(tmp_path_factory, made):
    """The calls of the map stages, of articles in four languages, one of them of a line."""
    folder = tmp_path_factory.mktemp("texts")
    written = [made.article(number) for number in range(400)]
    some = [next(one for one in written if one["language"] == code) for code in ("en", "de", "fr", "es")]
    for number, one in enumerate([*some, *written[3:6], {**written[0], "text": "All is well in the town."}]):
        (folder / f"{number}.txt").write_text(made._dump(one))
    articles = ingestion.read_folder(folder)["articles"]
    cut = ingestion.sentences(articles)
    quotes = ingestion.quote_table(articles, cut)
    sentences = ingestion.shares(cut, quotes, articles)
    mentions = ingestion.mention_voices(codebook.match(sentences, BOOK), sentences, quotes)
    english = articles[articles.lang == "en"]
    read = sentences[sentences.article_id.isin(english.article_id)]
    running, dates = tone.running(read), timeline.expressions(read, english)
    said = timeline.statements(read, dates)
    return {
        "sentences": (ingestion.sentences, (articles,), {}),
        "quote_table": (ingestion.quote_table, (articles, cut), {}),
        "match": (codebook.match, (sentences,), {"codebook": BOOK}),
        "toward_actors": (tone.toward_actors, (running, mentions), {}),
        "find": (language.find, (running, quotes), {}),
        "expressions": (timeline.expressions, (read, english), {}),
        "statements": (timeline.statements, (read, dates), {}),
        "anchored": (timeline.anchored, (said, read, english, dates, quotes), {}),
    }


STAGES = [
    "sentences",
    "quote_table",
    "match",
    "toward_actors",
    "find",
    "expressions",
    "statements",
    "anchored",
]


@pytest.mark.parametrize("stage", STAGES)
def test_articles_one_by_one_give_what_all_give(stages, chunks, stage):
    function, frames, fixed = stages[stage]
    expected = function(*frames, **fixed).reset_index(drop=True)
    assert len(expected)
    pd.testing.assert_frame_equal(scale.each("mine", function, *frames, **fixed), expected)
    kept = scale.each("mine", function, *frames, **fixed)
    pd.testing.assert_frame_equal(kept.astype(expected.dtypes), expected)  # parquet knows no whole seconds


def test_two_processes_give_the_same(stages, chunks):
    chunks.setenv(maps.JOBS, "2")
    for function, frames, fixed in map(stages.get, ("quote_table", "toward_actors")):
        expected = function(*frames, **fixed).reset_index(drop=True)
        pd.testing.assert_frame_equal(scale.each("mine", function, *frames, **fixed), expected)


def test_only_articles_that_are_new_or_have_changed_are_done(chunks):
    first = texts(a="one", b="three", c="")
    assert scale.each("mine", jobs.lengths, first).length.tolist() == [3, 5]
    assert jobs.CALLS == [["a"], ["b"], ["c"]]
    jobs.CALLS.clear()
    scale.each("mine", jobs.lengths, first)
    assert not jobs.CALLS
    found = scale.each("mine", jobs.lengths, texts(d="new", a="one", b="changed"))
    assert jobs.CALLS == [["d"], ["b"]]
    assert found.to_dict("list") == {"article_id": ["d", "a", "b"], "length": [3, 3, 7]}


def test_a_changed_codebook_has_all_articles_done_again(chunks):
    first = texts(a="one", b="three")
    scale.each("mine", jobs.lengths, first)
    jobs.CALLS.clear()
    assert scale.each("mine", jobs.lengths, first, factor=2).length.tolist() == [6, 10]
    assert jobs.CALLS == [["a"], ["b"]]


def test_rows_of_other_tables_count_too_and_articles_alike_but_for_their_id_are_two(chunks):
    first = texts(a="same", b="same")
    assert scale.each("mine", jobs.lengths, first).article_id.tolist() == ["a", "b"]


def test_what_is_gone_from_the_corpus_is_gone_from_what_is_kept(chunks, tmp_path):
    scale.each("mine", jobs.lengths, texts(a="one", b="three"))
    scale.each("mine", jobs.lengths, texts(a="one"))
    (kept,) = (tmp_path / "mine" / "cache").glob("*.parquet")
    assert pd.read_parquet(kept).article_id.tolist() == ["a"]


def test_rows_of_no_article_are_no_rows_with_the_same_columns(chunks):
    assert list(scale.each("mine", jobs.lengths, texts(a="", b=""))) == ["article_id", "length"]
    assert scale.each("mine", jobs.lengths, texts()).empty


def test_an_article_that_stops_its_stage_is_named_and_the_others_are_kept(chunks):
    chunks.setattr(maps, "_CHUNK", 1000)
    first = texts(a="one", b="it stops here", c="three")
    with pytest.raises(paths.CorpusError, match="^b stopped with KeyError: 'no such word'") as raised:
        scale.each("mine", jobs.lengths, first)
    assert isinstance(raised.value.__cause__, KeyError)
    jobs.CALLS.clear()
    scale.each("mine", jobs.lengths, first[first.article_id != "b"])
    assert not jobs.CALLS


def test_an_article_that_kills_its_worker_is_named_and_the_others_are_kept(chunks):
    chunks.setenv(maps.JOBS, "2")
    first = texts(a="it kills", b="one", c="three")
    with pytest.raises(paths.CorpusError, match="^a killed the process that read it"):
        scale.each("mine", jobs.lengths, first)
    chunks.setenv(maps.JOBS, "1")
    assert scale.each("mine", jobs.lengths, first[1:]).length.tolist() == [3, 5]
    assert not jobs.CALLS
