import json

import pandas as pd
import pytest

from helpers.paths import CorpusError
from helpers.tone import targets

FRAME = pd.DataFrame(
    {
        "text": [
            "The mayor praised the pilot.",
            "The pilot left.",
            "A long day at the quay, and the mayor left.",
        ],
        "start": [22, 4, 32],
        "end": [27, 9, 37],
    },
    index=[7, 3, 5],
)
WORDS = "[PAD] [UNK] [CLS] [SEP] the mayor praised pilot left a long day at quay and . ,".split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A model of a few units with random weights, as `save_pretrained` writes it."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    made = tmp_path_factory.mktemp("model")
    (made / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    transformers.BertTokenizer(str(made / "vocab.txt")).save_pretrained(made)
    torch.manual_seed(4)
    config = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8,
        max_position_embeddings=512, initializer_range=0.5,
        id2label={0: "Positive", 1: "NEGATIVE", 2: "neutral"},
    )  # fmt: skip
    transformers.BertForSequenceClassification(config).save_pretrained(made)
    return made


def relabelled(folder, labels):
    config = json.loads((folder / "config.json").read_text())
    config["id2label"] = dict(enumerate(labels))
    config["label2id"] = {label: number for number, label in enumerate(labels)}
    (folder / "config.json").write_text(json.dumps(config))


def test_probabilities_stand_in_the_order_of_the_labels_whatever_the_models_is(folder):
    transformers, torch = pytest.importorskip("transformers"), pytest.importorskip("torch")
    network = transformers.AutoModelForSequenceClassification.from_pretrained(folder)
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    pair = tokenizer("The pilot left.", "pilot", return_tensors="pt")
    with torch.inference_mode():
        positive, negative, neutral = network(**pair).logits.softmax(dim=1)[0].tolist()
    row = targets.score(FRAME, "transformers", folder).loc[3]
    assert row.score == pytest.approx(positive - negative, abs=1e-5)
    said = {"negative": negative, "neutral": neutral, "positive": positive}[row.label]
    assert row.confidence == pytest.approx(said, abs=1e-5)


def test_a_batch_changes_nothing(folder):
    many = pd.concat([FRAME] * 30, ignore_index=True)
    alone = [targets.score(FRAME.iloc[[row]], "transformers", folder).score.iloc[0] for row in range(3)]
    assert targets.score(many, "transformers", folder).score.tolist() == pytest.approx(alone * 30, abs=1e-5)


def test_the_target_is_read_and_not_the_sentence_alone(folder):
    two = pd.DataFrame({"text": [FRAME.text.iloc[0]] * 2, "start": [22, 4], "end": [27, 9]})
    first, second = targets.score(two, "transformers", folder).score
    assert abs(first - second) > 1e-3


def test_a_long_sentence_is_cut_and_its_target_kept(folder):
    text = "The mayor left" + " and the pilot left" * 200
    long = pd.DataFrame({"text": [text] * 2, "start": [4, 23], "end": [9, 28]})
    first, second = targets.score(long, "transformers", folder).score
    assert first != second


def test_no_row_gives_no_row(folder):
    table = targets.score(FRAME[:0], "transformers", folder)
    assert table.empty and list(table) == ["label", "score", "confidence", "event", "evaluation"]


def test_a_model_of_other_labels_is_refused_by_folder_and_labels(folder, tmp_path):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    relabelled(tmp_path, ["joy", "anger", "neutral"])
    with pytest.raises(CorpusError, match="anger") as error:
        targets.score(FRAME, "transformers", tmp_path)
    assert str(tmp_path) in str(error.value)


@pytest.mark.parametrize("model", [None, "no/such/folder"])
def test_a_folder_that_is_missing_is_named(model):
    with pytest.raises(CorpusError, match=str(model)):
        targets.score(FRAME, "transformers", model)


def test_missing_packages_are_told_with_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "transformers", None)
    with pytest.raises(CorpusError, match="parallax-news\\[transformers\\]"):
        targets.score(FRAME, "transformers", tmp_path)


def test_another_backend_is_refused():
    with pytest.raises(CorpusError, match="oracle"):
        targets.score(FRAME, "oracle")
