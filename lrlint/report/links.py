"""Where more can be read of what is reported."""

from __future__ import annotations

HOME = "https://github.com/lrlint/lrlint"


def page(name: str) -> str:
    """The address of a rule's page, by the rule's name."""
    return f"{HOME}/blob/main/lrlint/rules/{name.replace('-', '_')}.md"
