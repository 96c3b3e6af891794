"""HTML that cannot be broken out of: whatever is not HTML already is escaped, and control characters are signs."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

Attribute = str | int | float | bool | None


_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: 0x2421}


class Html(str):
    """A text that is HTML, and is put into other HTML as it is."""

    __slots__ = ()


Child = str | Iterable[str]
"""A text, HTML, or several of them."""


def tag(element: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element. ``_`` in a name stands for ``-``, a last one for nothing; ``True`` is an attribute without a value.

    Attributes that are ``None`` or ``False`` are left out. SVG's camel-cased names stay as they are.
    """
    opening = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{_escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Html(f"<{element}{opening}>{join(*children)}</{element}>")


def join(*children: Child) -> Html:
    """Texts and HTML, one behind the other."""
    return Html(
        "".join(_escaped(part) for child in children for part in ([child] if isinstance(child, str) else child))
    )


def void(element: str, /, **attributes: Attribute) -> Html:
    """An element of HTML that has no end, such as ``meta``."""
    return Html(tag(element, **attributes).removesuffix(f"</{element}>"))


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _escaped(text: str) -> str:
    return text if isinstance(text, Html) else escape(text.translate(_CONTROLS))
