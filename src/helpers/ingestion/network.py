"""Small feed-forward networks, as numbers in a file: nothing but numpy reads them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Networks:
    """Networks that answer the same question; their mean is the answer.

    Attributes
    ----------
    mean, scale
        What is taken off each input and what the rest is multiplied by.
    members
        Of each network its layers: weights (inputs x outputs) and biases.
    """

    mean: np.ndarray
    scale: np.ndarray
    members: list[list[tuple[np.ndarray, np.ndarray]]]

    def arrays(self) -> dict[str, np.ndarray]:
        """Everything by name, to be saved with `numpy.savez`; half precision loses nothing that counts."""
        layers = {
            f"{member}.{depth}.{part}": values.astype(np.float16)
            for member, network in enumerate(self.members)
            for depth, layer in enumerate(network)
            for part, values in zip(("weight", "bias"), layer, strict=True)
        }
        return {"mean": self.mean, "scale": self.scale} | layers


def load(source: Path) -> dict[str, Networks]:
    """The networks of a file written with names like "first.0.1.weight"."""
    with np.load(source, allow_pickle=False) as saved:
        arrays = {name: saved[name].astype(np.float32) for name in saved.files}
    return {name: _networks(arrays, name) for name in sorted({key.split(".")[0] for key in arrays})}


def apply(networks: Networks, inputs: np.ndarray) -> np.ndarray:
    """Probabilities, one for each row of inputs."""
    standard = standardised(inputs, networks.mean, networks.scale)
    return np.mean([_answer(member, standard) for member in networks.members], axis=0)


def standardised(inputs: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Inputs of about one size; what lies five deviations out is no farther out than that."""
    return np.clip((inputs - mean) * scale, -5, 5).astype(np.float32)


def _answer(layers: list[tuple[np.ndarray, np.ndarray]], state: np.ndarray) -> np.ndarray:
    for weight, bias in layers[:-1]:
        state = np.maximum(state @ weight + bias, 0)
    weight, bias = layers[-1]
    return 1 / (1 + np.exp(-(state @ weight + bias)[:, 0]))


def _networks(arrays: dict[str, np.ndarray], name: str) -> Networks:
    members: list[list] = []
    while f"{name}.{len(members)}.0.weight" in arrays:
        layers: list[tuple] = []
        while f"{name}.{len(members)}.{len(layers)}.weight" in arrays:
            at = f"{name}.{len(members)}.{len(layers)}"
            layers.append((arrays[f"{at}.weight"], arrays[f"{at}.bias"]))
        members.append(layers)
    return Networks(arrays[f"{name}.mean"], arrays[f"{name}.scale"], members)
