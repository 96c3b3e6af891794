"""The words behind ``--decay`` as arguments: bound as TensorFlow would bind them, by the decay's own signature."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from lrlint.decays import Decay, Parameter
from lrlint.selectors import SettingsError
from lrlint.words import listed


def signature(decay: Decay) -> str:
    """The decay as it is to be given: without the step, which is what its chart goes over, and ``name``."""
    taken = (each.name if each.required else f"{each.name}={each.default!r}" for each in _taken(decay))
    return f"{decay.name}({', '.join(taken)})"


def _taken(decay: Decay) -> list[Parameter]:
    return [each for each in decay.parameters if each.unit != "step" and each.name != "name"]


def bound(decay: Decay, words: Sequence[str]) -> dict[str, Any]:
    """The words as arguments, in the order of the decay's parameters; raises :class:`SettingsError` for wrong ones."""
    parameters = {each.name: each for each in _taken(decay)}
    given: dict[str, Any] = {}
    for index, word in enumerate(words):
        key, equals, text = word.partition("=")
        if equals:
            if key == decay.step.name:
                raise SettingsError(f"`{key}` is what the chart goes over, and is not given: {signature(decay)}")
            if key not in parameters:
                raise SettingsError(f"unknown argument `{key}`: {signature(decay)}")
        elif any("=" in before for before in words[:index]):
            raise SettingsError(f"`{word}` stands behind an argument with a name: {signature(decay)}")
        elif index >= len(parameters):
            raise SettingsError(f"too many arguments, from `{word}` on: {signature(decay)}")
        else:
            key, text = list(parameters)[index], word
        if key in given:
            raise SettingsError(f"`{key}` is given twice: {signature(decay)}")
        given[key] = _value(parameters[key], text, decay)
    missing = [each.name for each in parameters.values() if each.required and each.name not in given]
    if missing:
        raise SettingsError(f"missing {listed(missing)}: {signature(decay)}")
    return {name: given[name] for name in parameters if name in given}


def _value(parameter: Parameter, text: str, decay: Decay) -> Any:
    kind = _kind(parameter)
    try:
        value = ast.literal_eval({"true": "True", "false": "False"}.get(text.strip(), text.strip()))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        value = None
    numbers = value if kind == "a list of numbers" and isinstance(value, (list, tuple)) else [value]
    fits = isinstance(value, bool) if kind == "True or False" else all(map(_is_number, numbers))
    if not fits or (kind == "a list of numbers" and not isinstance(value, (list, tuple))):
        raise SettingsError(f"`{parameter.name}` must be {kind}, not `{text}`: {signature(decay)}")
    return list(value) if isinstance(value, tuple) else value


def _kind(parameter: Parameter) -> str:
    if parameter.name in ("boundaries", "values"):
        return "a list of numbers"
    return "True or False" if isinstance(parameter.default, bool) else "a number"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
