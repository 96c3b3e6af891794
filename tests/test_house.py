"""The house as CONTRIBUTING.md draws it: every module has its row, and imports from rows below its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ENTRANCES = ("__init__", "__main__")


def rows() -> dict[str, int]:
    """The row of each module, from the top; packages count as one."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    cells = re.findall(r"^\| (`.*?`) \|", text, re.MULTILINE)
    return {name: row for row, cell in enumerate(cells) for name in re.findall(r"`(\w+)(?:\.py|/)`", cell)}


def imported(file: Path) -> set[str]:
    """The modules of lrlint that a file imports, at its top or in its functions, for types too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name.split(".")[1] for name in names if name.startswith("lrlint.")} & set(rows())


def test_every_module_has_a_row() -> None:
    modules = {
        path.stem for path in (ROOT / "lrlint").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert set(rows()) == modules - set(ENTRANCES)


def test_imports_lead_down() -> None:
    place = rows()
    upward = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in (ROOT / "lrlint").rglob("*.py")
        if (own := file.relative_to(ROOT / "lrlint").parts[0].removesuffix(".py")) not in ENTRANCES
        for name in imported(file)
        if place[name] < place[own]
    }
    assert upward == set()
