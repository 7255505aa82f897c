"""YAML files that people write for a corpus, checked: a mistake is told with its line."""

from pathlib import Path
from typing import TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from helpers.paths import CorpusError

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(source: Path, model: type[Model]) -> Model:
    """Read a YAML file as `model`; without the file, the model is as it is by default.

    Raises
    ------
    CorpusError
        If the file is not YAML or not such a model: with file, line, key and what was expected.
    """
    if not source.is_file():
        return model()
    try:
        text = source.read_text(encoding="utf-8-sig")
        lines = _lines(yaml.compose(text, Loader=yaml.SafeLoader), source)
        return model.model_validate(yaml.safe_load(text) or {})
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CorpusError(f"{source} is not valid YAML: {error}") from None
    except ValidationError as error:
        # An unknown key comes first: a misspelt one also shows up as one that is missing.
        first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
        keys = tuple(str(part) for part in first["loc"] if part != "[key]")
        line = next((lines[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in lines), 1)
        message = first["msg"]
        if first["type"] == "string_type":
            message += ". Put words like no and yes, and numbers, in quotes"
        if first["type"] == "extra_forbidden":
            for key in keys[:-2:2]:  # a field, whose entries have a model of their own
                model = get_args(model.model_fields[key].annotation)[1]
            known = (field.alias or name for name, field in model.model_fields.items())
            message = f"unknown key; known here: {', '.join(known)}"
        raise CorpusError(f"{source}, line {line}: {'.'.join(keys) or 'the file'}: {message}") from None


def _lines(node: yaml.Node | None, source: Path, keys: tuple[str, ...] = ()) -> dict[tuple[str, ...], int]:
    """The line of every key, by the keys that lead to it.

    A key that occurs twice is refused: YAML would keep the last and lose the first.
    """
    inner = []
    if isinstance(node, yaml.MappingNode):
        inner = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        inner = [(str(number), value, value) for number, value in enumerate(node.value)]
    lines: dict[tuple[str, ...], int] = {}
    for name, start, value in inner:
        line = start.start_mark.line + 1
        if (*keys, name) in lines:
            raise CorpusError(f"{source}, line {line}: {name} is there twice")
        lines |= {(*keys, name): line} | _lines(value, source, (*keys, name))
    return lines
