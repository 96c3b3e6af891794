"""What a format asks for where a value goes into text."""

from __future__ import annotations

import re
from string import Formatter

from lrlint import outline
from lrlint.trace.events import Use
from lrlint.trace.syntax import last_name

_CONVERSION = re.compile(r"%(?:\((?P<key>[^)]*)\))?[#0 +-]*(?P<width>\*|\d*)(?:\.(?P<digits>\*|\d*))?[hlL]?(?P<kind>.)")


def asked(use: Use) -> str | None:
    """What the text asks of the value: ``"f"`` for ``"%.3f"``, ``"+"`` for a sum, ``":"`` for any format in braces.

    ``None`` where every value will do, and where the format is not written there.
    """
    context = use.context
    if isinstance(context, outline.FormattedStringExpression):
        return ":" if context.format_spec and not context.conversion else None
    if isinstance(context, outline.BinaryOperation):
        return "+" if isinstance(context.operator, outline.Add) else _in_percent(context, use.node)
    if isinstance(context, outline.Call) and last_name(context.func) == "format":
        return _in_call(context, use.node)
    return None


def _in_percent(context: outline.BinaryOperation, node: outline.BaseExpression) -> str | None:
    text = _text(context.left)
    values = (
        [element.value for element in context.right.elements] if isinstance(context.right, outline.Tuple) else [node]
    )
    if text is None or node not in values:
        return None
    found = [match for match in _CONVERSION.finditer(text) if match["kind"] != "%"]
    if any(match["key"] is not None or "*" in (match["width"], match["digits"]) for match in found):
        return None
    place = values.index(node)
    kind = found[place]["kind"] if place < len(found) else "s"
    return None if kind in "sra" else kind


def _in_call(context: outline.Call, node: outline.BaseExpression) -> str | None:
    """The format of ``format(value, ".3f")`` and of ``"{:.3f}".format(value)``."""
    values = [argument.value for argument in context.args]
    if isinstance(context.func, outline.Name):
        return ":" if len(values) == 2 and values[0] is node and _text(values[1]) else None
    text = _text(context.func.value) if isinstance(context.func, outline.Attribute) else None
    if text is None or node not in values or any(argument.star for argument in context.args):
        return None
    keyword = context.args[values.index(node)].keyword
    name = keyword.value if keyword is not None else str(values.index(node))
    try:
        fields = [field for field in Formatter().parse(text) if field[1] is not None]
    except ValueError:
        return None
    names = [field or str(number) for number, (_, field, _, _) in enumerate(fields)]
    return (
        ":"
        if any(name == known and spec and not way for known, (_, _, spec, way) in zip(names, fields, strict=True))
        else None
    )


def _text(node: outline.BaseExpression) -> str | None:
    text = node.evaluated_value if isinstance(node, (outline.SimpleString, outline.ConcatenatedString)) else None
    return text if isinstance(text, str) else None
