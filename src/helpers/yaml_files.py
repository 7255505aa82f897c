"""YAML files that people write for a corpus, checked: a mistake is told with its line."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from helpers.paths import CorpusError

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(source: Path, model: type[Model], parts: dict[str, type[BaseModel]]) -> Model:
    """Read a YAML file as `model`; without the file, the model is as it is by default.

    Parameters
    ----------
    source
        The file.
    model
        What it is to hold.
    parts
        The model of the entries under a key of the file, to name the known keys of an entry.

    Raises
    ------
    CorpusError
        If the file is not YAML or not such a model: with file, line, key and what was expected.
    """
    if not source.is_file():
        return model()
    try:
        text = source.read_text(encoding="utf-8-sig")
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CorpusError(f"{source} is not valid YAML: {error}") from None
    _check_keys(tree, source)
    try:
        return model.model_validate(content or {})
    except ValidationError as error:
        # An unknown key comes first: a misspelt one also shows up as one that is missing.
        first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        key = ".".join(str(part) for part in first["loc"] if part != "[key]")
        line = _line(tree, first["loc"])
        message = _message(first, model, parts)
        raise CorpusError(f"{source}, line {line}: {key or 'the file'}: {message}") from None


def _message(error: dict, model: type[BaseModel], parts: dict[str, type[BaseModel]]) -> str:
    if error["type"] != "extra_forbidden":
        return error["msg"]
    model = parts.get(error["loc"][0], model) if len(error["loc"]) > 1 else model
    return f"unknown key; known here: {', '.join(model.model_fields)}"


def _check_keys(node: yaml.Node | None, source: Path) -> None:
    """Refuse a key or a label that occurs twice: YAML would keep the last and lose the first."""
    if not isinstance(node, yaml.MappingNode):
        return
    keys: set[str] = set()
    labels: set[str] = set()
    for key, value in node.value:
        where = f"{source}, line {key.start_mark.line + 1}"
        if key.value in keys:
            raise CorpusError(f"{where}: {key.value} is there twice")
        keys.add(key.value)
        _check_keys(value, source)
        for inner, label in value.value if isinstance(value, yaml.MappingNode) else []:
            if inner.value == "label":
                if label.value in labels:
                    raise CorpusError(f"{where}: the label {label.value!r} is used twice")
                labels.add(label.value)


def _line(node: yaml.Node | None, keys: tuple) -> int:
    """The line of the deepest key of `keys` that the file has."""
    line = 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line
