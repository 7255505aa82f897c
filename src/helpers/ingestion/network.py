"""Small feed-forward networks, as numbers in a file: nothing but numpy reads them."""

from pathlib import Path
from typing import NamedTuple

import numpy as np


class Network(NamedTuple):
    """A network with one hidden layer of rectified units.

    Attributes
    ----------
    mean, scale
        What is taken off each input and what the rest is multiplied by.
    weight, bias
        Of the hidden layer: inputs x units, and units.
    answer_weight, answer_bias
        Of the answer: units x 1, and 1.
    """

    mean: np.ndarray
    scale: np.ndarray
    weight: np.ndarray
    bias: np.ndarray
    answer_weight: np.ndarray
    answer_bias: np.ndarray


def load(source: Path) -> dict[str, Network]:
    """The networks of a file written with names like "first.weight"."""
    with np.load(source, allow_pickle=False) as saved:
        arrays = {name: saved[name].astype(np.float32) for name in saved.files}
    names = sorted({name.split(".")[0] for name in arrays})
    return {name: Network(*(arrays[f"{name}.{part}"] for part in Network._fields)) for name in names}


def save(target: Path, networks: dict[str, Network]) -> None:
    """Write networks for `load`; half precision loses nothing that counts, but for what inputs are like."""
    arrays = {}
    for name, network in networks.items():
        for part, values in network._asdict().items():
            arrays[f"{name}.{part}"] = values if part in ("mean", "scale") else values.astype(np.float16)
    np.savez_compressed(target, **arrays)


def apply(network: Network, inputs: np.ndarray) -> np.ndarray:
    """Probabilities, one for each row of inputs."""
    standard = standardised(inputs, network.mean, network.scale)
    hidden = np.maximum(standard @ network.weight + network.bias, 0)
    return 1 / (1 + np.exp(-(hidden @ network.answer_weight + network.answer_bias)[:, 0]))


def standardised(inputs: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Inputs of about one size; what lies five deviations out is no farther out than that."""
    return np.clip((inputs - mean) * scale, -5, 5).astype(np.float32)
