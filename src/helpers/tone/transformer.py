"""Tone toward a target, read by a transformer in a local folder: the second backend of `targets`."""

from pathlib import Path

import numpy as np
import pandas as pd

from helpers.paths import CorpusError
from helpers.tone.targets import LABELS

_LONGEST = 512  # tokens of a pair, if the tokenizer does not name fewer: what BERT and its kin read
_BATCH = 32  # pairs at a time: some 200 MB beside a model of the size of BERT's base


def probabilities(frame: pd.DataFrame, model: str | Path | None) -> np.ndarray:
    """Probabilities of negative, neutral and positive, shape (rows, 3).

    Parameters
    ----------
    frame
        As :func:`helpers.tone.targets.score` takes it; each sentence is read with its target as a pair.
    model
        A folder as `save_pretrained` writes it, of a tokenizer and a model for sequence classification.

    Raises
    ------
    helpers.paths.CorpusError
        If packages `transformers` and `torch` are not installed, there is no such folder, or its model has
        other labels.
    """
    if model is None or not Path(model).is_dir():
        raise CorpusError(f"model is {model!r}; backend 'transformers' needs the folder of a model")
    try:
        import torch
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
    except ImportError as error:
        what = "backend 'transformers' needs: pip install 'parallax-news[transformers]'"
        raise CorpusError(what) from error
    tokenizer = AutoTokenizer.from_pretrained(model, local_files_only=True)
    network = AutoModelForSequenceClassification.from_pretrained(model, local_files_only=True).eval()
    labels = [label.lower() for _, label in sorted(network.config.id2label.items())]
    if sorted(labels) != sorted(LABELS):
        raise CorpusError(f"{model}: the model's labels are {labels}; they must be {', '.join(LABELS)}")
    longest = min(tokenizer.model_max_length, _LONGEST)
    asked = {"truncation": "only_first", "max_length": longest, "padding": True, "return_tensors": "pt"}
    target = [text[start:end] for text, start, end in zip(frame.text, frame.start, frame.end, strict=True)]
    found = [np.empty((0, len(LABELS)))]
    for begin in range(0, len(frame), _BATCH):
        both = (part[begin : begin + _BATCH] for part in (frame.text.tolist(), target))
        pairs = tokenizer(*both, **asked)
        with torch.inference_mode():
            found.append(network(**pairs).logits.softmax(dim=1).double().numpy())
    return np.concatenate(found)[:, [labels.index(label) for label in LABELS]]
