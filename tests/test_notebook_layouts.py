"""Notebooks as the tools of this world write them, and as accidents leave them."""

from __future__ import annotations

import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlint.config import Settings
from lrlint.linter import check_bytes
from lrlint.run import Job, examine

FIXTURE = (Path(__file__).parent.parent / "fixtures" / "line_notebook" / "wrong.ipynb").read_bytes()

CELLS = [
    "import tensorflow as tf\ntf.enable_eager_execution()",
    "step = tf.Variable(0)\nlr = tf.train.exponential_decay(0.1, step, 5, 0.5)\nopt = tf.train.AdamOptimizer(lr)",
    "for _ in range(9):\n    opt.minimize(loss)\nlr",
]
FIXED = [*CELLS[:2], "for _ in range(9):\n    opt.minimize(loss, global_step=step)\nlr()"]
FOUND = Counter(LRL101=1, LRL201=1)


def jupyter(cells: list[str]) -> str:
    """As nbformat writes it for Jupyter."""
    v4 = nbformat.v4
    found = [v4.new_code_cell(cell, id=f"c{number}") for number, cell in enumerate(cells)]
    return str(nbformat.writes(v4.new_notebook(cells=[v4.new_markdown_cell("# é", id="m"), *found]))) + "\n"


def jupyter_3(cells: list[str]) -> str:
    """As IPython 2 wrote it."""
    v3 = nbformat.v3
    found = [v3.new_code_cell(cell, prompt_number=number) for number, cell in enumerate(cells, start=1)]
    sheet = v3.new_worksheet(cells=[v3.new_heading_cell("é", level=1), *found])
    notebook = v3.new_notebook(metadata=v3.new_metadata("n"), worksheets=[sheet])
    return str(nbformat.writes(notebook, version=nbformat.NO_CONVERT))


def code(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {}, "execution_count": None, "outputs": [], **more}


def colab(cells: list[str]) -> str:
    """As Colab downloads it: two blanks, the numbers of the format first, no newline at the end."""
    forms = {"colab": {"base_uri": "https://localhost:8080/"}, "id": "Xy_1"}
    document = {
        "nbformat": 4,
        "nbformat_minor": 0,
        "metadata": {
            "colab": {"provenance": [], "toc_visible": True},
            "kernelspec": {"name": "python3", "display_name": "é"},
        }
        | {"language_info": {"name": "python"}, "accelerator": "GPU"},
        "cells": [
            code(
                ["%tensorflow_version 1.x\n", '#@title Größe { run: "auto" }\n', 'lr = 0.1 #@param {type:"number"}'],
                metadata=forms,
            ),
            *(code(cell.splitlines(keepends=True), metadata=forms) for cell in cells),
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def vs_code(cells: list[str]) -> str:
    """As VS Code saves it, with languages of cells."""
    shell = code(['echo "$lr"'], metadata={"vscode": {"languageId": "shellscript"}})
    python = [code(cell.splitlines(keepends=True), metadata={"vscode": {"languageId": "python"}}) for cell in cells]
    metadata = {"language_info": {"name": "python"}, "orig_nbformat": 4}
    return (
        json.dumps({"cells": [shell, *python], "metadata": metadata, "nbformat": 4, "nbformat_minor": 2}, indent=1)
        + "\n"
    )


def jupytext(cells: list[str]) -> str:
    """As jupytext writes it, with metadata of its own and sources that are strings."""
    metadata = {
        "jupytext": {"formats": "ipynb,py:percent", "cell_metadata_filter": "-all"},
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    }
    found = [code(cell, metadata={"lines_to_next_cell": 2, "tags": ["é"]}) for cell in cells]
    return json.dumps({"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}, sort_keys=True)


def databricks(cells: list[str]) -> str:
    """As Databricks exports it: other languages behind magics of one sign."""
    found = [
        code(["%md\n", "## It's a title"]),
        code("%sql\nselect * from rates"),
        code("%pip install x"),
        *map(code, cells),
    ]
    metadata = {"application/vnd.databricks.v1+notebook": {"language": "python"}, "language_info": {"name": "python"}}
    return json.dumps({"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 0})


def kaggle(cells: list[str]) -> str:
    """As Kaggle writes it: all in one line, in its own order."""
    found = [
        {"cell_type": "code", "source": cell, "metadata": {"trusted": True}, "execution_count": 1, "outputs": []}
        for cell in cells
    ]
    kernel = {"language": "python", "display_name": "Python 3", "name": "python3"}
    document = {"metadata": {"kernelspec": kernel}, "nbformat_minor": 4, "nbformat": 4, "cells": found}
    return json.dumps(document, separators=(",", ":"))


def sagemaker(cells: list[str]) -> str:
    """In CRLF, as git leaves it on Windows, with tabs, and an empty string at the end of each list."""
    found = [code([*cell.splitlines(keepends=True), ""]) for cell in cells]
    document = {"cells": found, "metadata": {"instance_type": "ml.t3.medium"}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(document, indent="\t").replace("\n", "\r\n") + "\r\n"


def windows_cells(cells: list[str]) -> str:
    """With CRLF in the code itself, as some editors put it there."""
    return jupytext([cell.replace("\n", "\r\n") for cell in cells])


def with_plots(cells: list[str]) -> str:
    """With outputs that are much larger than the code."""
    image = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"image/png": "iVBORw0KGgo" * 20_000, "text/plain": ["<Figure>"]},
    }
    widget = {
        "output_type": "execute_result",
        "execution_count": 3,
        "metadata": {},
        "data": {"application/json": {"a": [[[1.0e-5]]]}},
    }
    found = [code(cell.splitlines(keepends=True), outputs=[image, widget]) for cell in cells]
    return json.dumps({"cells": found, "metadata": {}, "nbformat": 4, "nbformat_minor": 1}, indent=1)


def papermill(cells: list[str]) -> str:
    """With parameters, and cells of kinds that nobody else knows."""
    parameters = code("# Parameters\nalpha = 0.6\n", metadata={"tags": ["parameters"], "papermill": {"duration": 0.01}})
    others = [{"cell_type": "raw", "source": "lr", "metadata": {}}, {"cell_type": "form", "source": 3}]
    found = [others[0], parameters, *map(code, cells), others[1]]
    return json.dumps({"cells": found, "metadata": {"papermill": None}, "nbformat": 4, "nbformat_minor": 4}, indent=1)


def without_metadata(cells: list[str]) -> str:
    """As little as can be."""
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]})


LAYOUTS = [
    *(
        jupyter,
        jupyter_3,
        colab,
        vs_code,
        jupytext,
        databricks,
        kaggle,
        sagemaker,
        windows_cells,
        with_plots,
        papermill,
    ),
    without_metadata,
]


def complaint(data: bytes) -> str:
    """What nbformat has against a notebook; some tools write what it does not like."""
    try:
        nbformat.validate(nbformat.reads(data.decode("utf-8"), nbformat.NO_CONVERT))
    except (AttributeError, nbformat.ValidationError, nbformat.reader.NotJSONError) as error:
        return f"{type(error).__name__}: {error}".split("\n")[0]
    return ""


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_layout_is_read_and_kept(layout: Any) -> None:
    old = layout(CELLS).encode()
    outcome = examine("a.ipynb", old, Job(Settings(), "fix"))
    assert (outcome.fixed, outcome.findings, outcome.refused, outcome.error) == (FOUND, (), (), None)
    assert outcome.new == layout(FIXED).encode()
    assert complaint(outcome.new) == complaint(old)
    assert len(outcome.patch().splitlines()) <= 14 + 4 * old.startswith(b'{"')


@given(st.data())
@settings(max_examples=200)
def test_no_accident_costs_more_than_its_file(data: st.DataObject) -> None:
    """Bytes are lost, doubled or overwritten."""
    start = data.draw(st.integers(0, len(FIXTURE)))
    end = data.draw(st.integers(start, min(start + 40, len(FIXTURE))))
    put = data.draw(
        st.one_of(
            st.binary(max_size=4), st.just(FIXTURE[start : end + 30]), st.sampled_from([b"\\", b'"', b"%%", b"\\n"])
        )
    )
    broken = FIXTURE[:start] + put + FIXTURE[end:]
    assert check_bytes("a.ipynb", broken, Settings()).error is None
    outcome = examine("a.ipynb", broken, Job(Settings(), "fix", unsafe=True))
    assert (outcome.error, outcome.refused) == (None, ())
    outcome.reported()


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["cells", "source", "a"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.data())
@settings(max_examples=200)
def test_no_value_in_the_place_of_another_is_an_error(data: st.DataObject) -> None:
    """Any value of the document becomes another one, or goes."""
    document = copy.deepcopy(json.loads(FIXTURE))
    holder: Any = document
    for _ in range(data.draw(st.integers(0, 4))):
        inner = [
            each
            for each in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(each, (dict, list)) and each
        ]
        if not inner:
            break
        holder = data.draw(st.sampled_from(inner))
    key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
    if data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(VALUES)
    outcome = examine(
        "a.ipynb", json.dumps(document).encode("utf-8", "surrogatepass"), Job(Settings(), "fix", unsafe=True)
    )
    assert (outcome.error, outcome.refused) == (None, ())
    outcome.reported()
