"""What nodes are made of, and the kinds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import dataclass_transform

    from lrlint.outline.expressions import CompFor
else:

    def dataclass_transform(**_: Any) -> Any:
        """Only type checkers need the real one, which Python has from 3.11 on."""
        return lambda kind: kind


FIELDS: dict[type, tuple[str, ...]] = {str: (), type(None): ()}
"""The fields of each kind of node, in their order; none for what else stands in a field."""


@dataclass_transform(eq_default=False)
class _Kind(type):
    """Makes slots of what a class declares, and a constructor that takes its fields in their order.

    A dataclass would do so, too, at many times the cost for each of a hundred kinds.
    """

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> _Kind:
        """A kind of node, with the fields that it inherits before its own; what it declares anew stands among these."""
        own = tuple(namespace.get("__annotations__", ()))
        inherited = dict.fromkeys(field for base in bases for field in FIELDS[base])
        fields = (*(field for field in inherited if field not in own), *own)
        made: dict[str, Any] = {}
        if own:
            lines = "".join(f"\n    self.{field} = {field}" for field in fields)
            exec(f"def __init__(self, {', '.join(fields)}):{lines}", made)  # noqa: S102
            del made["__builtins__"]
        kind = super().__new__(
            mcs, name, bases, {**namespace, **made, "__slots__": [field for field in own if field not in inherited]}
        )
        FIELDS[kind] = fields
        return kind


class Node(metaclass=_Kind):
    """A piece of code: what it means, and nothing of how it is written. It is equal to itself only."""


class BaseExpression(Node):
    pass


class BaseNumber(BaseExpression):
    pass


class BaseString(BaseExpression):
    pass


class BaseComp(BaseExpression):
    for_in: CompFor


class BaseElement(Node):
    value: BaseExpression


class BaseDictElement(Node):
    value: BaseExpression


class BaseSlice(Node):
    pass


class BaseFormattedStringContent(Node):
    pass


class BaseTemplatedStringContent(Node):
    pass


class BaseAugOp(Node):
    pass


class BaseBinaryOp(Node):
    pass


class BaseBooleanOp(Node):
    pass


class BaseCompOp(Node):
    pass


class BaseUnaryOp(Node):
    pass


class BaseStatement(Node):
    pass


class BaseSmallStatement(Node):
    pass


class BaseCompoundStatement(BaseStatement):
    pass


class BaseSuite(Node):
    body: Sequence[BaseStatement] | Sequence[BaseSmallStatement]


class MatchPattern(Node):
    pass
