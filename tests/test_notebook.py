"""Notebooks: their cells as one program, places in cells, and fixes in the JSON as it is written."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint.api import check, fix
from lrlint.notebook.rewrite import rewritten
from lrlint.prefilter import DECAY_NAMES, KERAS_SCHEDULES, escapes_letters, may_hold_finding
from lrlint.program import Program
from lrlint.read import read
from lrlint.rules import Change, Mistake, Repair
from lrlint.source import SourceError
from stand_in import DECAY, install, replaces, rule

START = "import tensorflow as tf\ntf.enable_eager_execution()"
MADE = "step = tf.Variable(0)\nlr = tf.train.exponential_decay(0.1, step, 5, 0.5)\nopt = tf.train.AdamOptimizer(lr)"
LOOP = "for _ in range(9):\n    opt.minimize(loss)"
WORD = string.ascii_letters + string.digits + "_"
FIXED = "for _ in range(9):\n    opt.minimize(loss, global_step=step)"


def code(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: Any, **more: Any) -> dict[str, Any]:
    whole = [cell if isinstance(cell, dict) else code(cell) for cell in cells]
    return {"cells": whole, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def text(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def written(notebook: Any, **how: Any) -> bytes:
    return json.dumps(notebook, **how).encode("utf-8")


def places(notebook: Any) -> list[tuple[str, str]]:
    """The places in cells and the codes of what is found."""
    data = notebook if isinstance(notebook, bytes) else written(notebook)
    source = read("a.ipynb", data)
    assert source.cells
    return [
        (f"{source.cells.number(row)}:{source.cells.row(row)}:{column}", finding.code)
        for finding in check(data, path="a.ipynb")
        for row, column in [finding.location]
    ]


def repaired(data: bytes) -> bytes:
    return fix(data, path="a.ipynb").source.to_bytes()


def sources(data: bytes) -> list[Any]:
    return [cell["source"] for cell in json.loads(data)["cells"]]


# --- one program ----------------------------------------------------------------------------------------------------


def test_cells_are_one_program_and_are_counted_with_those_of_text() -> None:
    cells = [text("# Training"), START, MADE, text("Then:"), LOOP]
    assert places(notebook(*cells)) == [("5:2:5", "LRL101")]


@pytest.mark.parametrize(
    "source", [MADE, [MADE], MADE.splitlines(keepends=True), [*MADE.splitlines(keepends=True), ""]]
)
def test_source_is_a_string_or_a_list(source: Any) -> None:
    assert places(notebook(START, source, LOOP)) == [("3:2:5", "LRL101")]


@pytest.mark.parametrize("language", ["python", "Python", "ipython", None, 3])
def test_notebooks_for_python_are_read(language: Any) -> None:
    metadata = {"language_info": {"name": language}, "kernelspec": {"name": "python3", "language": language}}
    assert places(notebook(START, MADE, LOOP, metadata=metadata)) == [("3:2:5", "LRL101")]


@pytest.mark.parametrize(
    "metadata", [{"language_info": {"name": "R"}}, {"kernelspec": {"language": "julia", "name": "julia-1.6"}}]
)
def test_notebooks_for_another_language_are_not(metadata: dict[str, Any]) -> None:
    assert places(notebook(START, MADE, LOOP, "this is (no Python", metadata=metadata)) == []


def test_cells_in_another_language_are_left_out() -> None:
    shell = code("opt.minimize(loss, global_step=step)", metadata={"vscode": {"languageId": "shellscript"}})
    cells = ["%%bash\nls |", START, "%%html\n<b>exponential_decay</b>", MADE, shell, LOOP]
    assert places(notebook(*cells)) == [("6:2:5", "LRL101")]


def test_python_behind_magics_counts() -> None:
    moved = f"%time opt.minimize(loss, global_step=step)\n{LOOP}"
    assert places(notebook(START, MADE, moved)) == []
    assert places(notebook(START, MADE, "%time opt.minimize(loss)")) == [("3:1:7", "LRL101")]
    assert places(notebook(START, MADE, f"%%capture out\n%%time\n{LOOP}")) == [("3:4:5", "LRL101")]
    assert places(notebook(START, MADE, "rate = %time lr()\n%time for _ in '12': opt.minimize(loss)")) == [
        ("3:2:22", "LRL101")
    ]


def test_what_a_command_gives_is_not_known() -> None:
    made = MADE.replace("tf.Variable(0)", "!cat step.txt")
    assert places(notebook(START, made, LOOP)) == []


def test_old_notebooks_have_worksheets() -> None:
    cells = [{"cell_type": "code", "language": "python", "input": cell, "outputs": []} for cell in (START, MADE, LOOP)]
    shell = {"cell_type": "code", "language": "bash", "input": "ls |", "outputs": []}
    old = {"metadata": {}, "nbformat": 3, "nbformat_minor": 0}
    old["worksheets"] = [{"cells": [*cells[:2], shell]}, {"cells": cells[2:]}]
    assert places(old) == [("4:2:5", "LRL101")]
    fixed = json.loads(repaired(written(old)))
    assert fixed["worksheets"][1]["cells"][0]["input"] == FIXED
    assert fixed["worksheets"][0] == old["worksheets"][0]


def test_a_comment_silences_its_line_or_the_whole_notebook() -> None:
    assert places(notebook(START, MADE, f"{LOOP}  # noqa: LRL101")) == []
    assert places(notebook(START, MADE, "%time opt.minimize(loss)  # noqa")) == []
    assert places(notebook("# flake8: noqa", START, MADE, LOOP)) == []
    assert places(notebook(START, "%%bash\n# flake8: noqa", MADE, LOOP)) == [("4:2:5", "LRL101")]


def test_a_syntax_error_names_its_cell() -> None:
    assert places(notebook(START, MADE, "x = 1\nopt.minimize(loss", LOOP)) == [("3:2:13", "LRL001")]
    assert places(notebook(START, MADE, "for _ in range(9):")) == [("3:1:19", "LRL001")]


# --- what is no notebook --------------------------------------------------------------------------------------------

NEEDLE = "tf.train.exponential_decay"


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (f'"{NEEDLE}', (1, 1), "the notebook is not JSON: unterminated string"),
        (f'{{"cells": [\n"{NEEDLE}",\n<<<<<<< HEAD', (3, 1), "the notebook is not JSON: expecting value"),
        (f'["{NEEDLE}"]', (1, 1), "the file is JSON, but not a notebook"),
        (f'{{"a": "{NEEDLE}"}}', (1, 1), "the file is JSON, but not a notebook"),
        (f'{{"cells": "{NEEDLE}"}}', (1, 11), "the notebook's cells are not a list"),
        (f'{{"worksheets": ["{NEEDLE}"]}}', (1, 1), "the notebook's cells are not a list"),
        (f'{{"cells": [\n"{NEEDLE}"]}}', (2, 1), "the notebook has a cell that is not one"),
        (
            f'{{"cells": [{{}},\n {{"cell_type": "code"}}], "a": "{NEEDLE}"}}',
            (2, 2),
            "a cell of the notebook has no `source`",
        ),
        (
            f'{{"cells": [{{"cell_type": "code", "source":\n ["{NEEDLE}", 3]}}]}}',
            (2, 2),
            "the text of a cell is neither a string nor a list of strings",
        ),
        (
            f'{{"cells": [{{"cell_type": "code", "source": "{NEEDLE}\\u0000"}}]}}',
            (1, 44),
            "cell 1 contains a null byte",
        ),
        ("[" * 100_000 + f'"{NEEDLE}"' + "]" * 100_000, (1, 1), "the notebook is too deeply nested for lrlint to read"),
    ],
)
def test_what_is_no_notebook_is_told_so(data: str, place: tuple[int, int], message: str) -> None:
    (finding,) = check(data, path="a.ipynb")
    assert (finding.code, finding.location, finding.message) == ("LRL001", place, message)
    with pytest.raises(SourceError):
        fix(data, path="a.ipynb")


def test_encodings() -> None:
    data = written(notebook(START, MADE, LOOP + "  # größe"), ensure_ascii=False)
    assert places(data) == [("3:2:5", "LRL101")]
    assert places(b"\xef\xbb\xbf" + data) == [("3:2:5", "LRL101")]
    assert repaired(b"\xef\xbb\xbf" + data) == b"\xef\xbb\xbf" + repaired(data)
    for encoding, message in (
        ("utf-16", "the file is UTF-16, which Python cannot read"),
        ("latin-1", "the file is not utf-8: byte 0xf6 cannot be decoded"),
    ):
        (finding,) = check(data.decode().encode(encoding), path="a.ipynb")
        assert (finding.code, finding.message) == ("LRL001", message)


@pytest.mark.parametrize("data", [b"", b"\n", b"{", b"[]", b'{"cells": 3}', b"\xff\xfe", b"\0", b"not a notebook"])
def test_what_mentions_no_decay_is_nothing_to_us(data: bytes) -> None:
    assert check(data, path="a.ipynb") == []


def test_a_notebook_without_cells_is_fine() -> None:
    for nothing in (notebook(), notebook(text(NEEDLE)), notebook(metadata={"title": NEEDLE})):
        assert places(nothing) == []
        assert repaired(written(nothing)) == written(nothing)


# --- the prefilter --------------------------------------------------------------------------------------------------


def test_escaped_letters_hide_nothing() -> None:
    data = written(notebook(START, MADE, LOOP)).replace(b"exponential", b"\\u0065xponenti\\u0061l")
    assert not may_hold_finding(data)
    assert escapes_letters(data)
    assert places(data) == [("3:2:5", "LRL101")]


@given(st.text(), st.sampled_from(sorted(DECAY_NAMES | KERAS_SCHEDULES)), st.text(), st.booleans())
def test_json_never_hides_a_name(before: str, name: str, after: str, ascii_only: bool) -> None:
    source = f"{before}{name}{after.lstrip(WORD)}\nAdamOptimizer"
    data = json.dumps(source, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert may_hold_finding(data)


@given(st.sampled_from(sorted(DECAY_NAMES | KERAS_SCHEDULES)), st.data())
def test_no_escape_hides_a_name(name: str, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.integers(0, len(name) - 1), min_size=1))
    form = data.draw(st.sampled_from(["\\u%04x", "\\u%04X"]))
    hidden = "".join(form % ord(letter) if place in chosen else letter for place, letter in enumerate(name))
    assert json.loads(f'"{hidden}"') == name
    assert escapes_letters(hidden.encode())


def test_usual_escapes_hide_nothing() -> None:
    assert not escapes_letters(json.dumps("é\x7f\x1b<>&\u2028\ud83d").encode())


# --- fixes ----------------------------------------------------------------------------------------------------------


def changed(old: bytes, new: bytes) -> list[tuple[bytes, bytes]]:
    """The lines that differ."""
    return [
        (before, after) for before, after in zip(old.split(b"\n"), new.split(b"\n"), strict=True) if before != after
    ]


STYLES: list[dict[str, Any]] = [
    {"indent": 1, "ensure_ascii": False},  # Jupyter
    {"indent": 2, "ensure_ascii": True},  # Colab
    {"indent": "\t"},
    {"indent": 4, "sort_keys": True, "separators": (" ,", " : ")},
    {"indent": 0},
    {"separators": (",", ":")},
    {},
]


@pytest.mark.parametrize("style", STYLES, ids=str)
@pytest.mark.parametrize("split", [True, False], ids=["list", "string"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("end", ["", "\n"], ids=["", "newline"])
def test_only_the_changed_lines_change(style: dict[str, Any], split: bool, newline: str, end: str) -> None:
    comment = '  # größe: \u2028\\/ \U0001f600\t"'
    output = {"name": "stdout", "output_type": "stream", "text": [f"{MADE}\n", "größe"]}
    cells = [
        START,
        f"{MADE}{comment}\nprint(lr)",
        text("größe"),
        f"%%time\n{LOOP}{comment}\nx = 1",
        "%%bash\nls | größe",
    ]
    old = notebook(*cells, metadata={"z": 1.50, "a": ["größe"]})
    for cell in old["cells"]:
        cell["outputs"] = [output]
        if split:
            cell["source"] = cell["source"].splitlines(keepends=True)
    data = (json.dumps(old, **style).replace("\n", newline) + end).encode()
    new = repaired(data)
    assert new == data.replace(b"minimize(loss)", b"minimize(loss, global_step=step)").replace(
        b"print(lr)", b"print(lr())"
    )
    assert new != data
    assert repaired(new) == new


def test_mixed_escapes_stay_each_as_it_is() -> None:
    line = r"opt.minimize(loss)  # \u00e9 é \u00E9 \/ / \ud83d\ude00 😀 \b\u0008 \u003c"
    data = written(notebook(START, MADE, "HERE")).replace(b"HERE", line.encode())
    assert repaired(data) == data.replace(b"(loss)", b"(loss, global_step=step)")


def test_a_line_that_comes_is_written_as_the_others() -> None:
    loop = "for _ in range(9):\n    opt = tf.train.AdamOptimizer(lr)\n    opt.minimize(loss, step)"
    cells = [START, MADE, loop.splitlines(keepends=True)]
    data = written(notebook(*cells), indent=3)
    result = fix(data, path="a.ipynb", unsafe=True)
    new = result.source.to_bytes()
    assert result.applied == {"LRL304": 1}
    assert sources(new)[2] == [
        "opt = tf.train.AdamOptimizer(lr)\n",
        "for _ in range(9):\n",
        "    opt.minimize(loss, step)",
    ]
    assert new == written(
        {**notebook(*cells), "cells": [*notebook(*cells)["cells"][:2], code(sources(new)[2])]}, indent=3
    )


@pytest.mark.parametrize("source", ["step.assign_add(1)", ["step.assign_add(1)"], "x = 1\nstep.assign_add(1)"])
def test_a_cell_may_lose_its_last_line(source: Any) -> None:
    loop = "for _ in range(9):\n    opt.minimize(loss, step)\n    step.assign_add(1)"
    data = written(notebook(START, MADE, loop, "print(1)"))
    result = fix(data, path="a.ipynb", unsafe=True)
    assert result.applied == {"LRL107": 1}
    assert sources(result.source.to_bytes())[2] == "for _ in range(9):\n    opt.minimize(loss, step)"


def test_magics_are_not_touched() -> None:
    """A fix that would put a line before ``%%time``, or drop a ``%time``, is not applied."""
    source = read("a.ipynb", written(notebook("%%time\nx = 1", "%time f()\ny", "z")))
    text = source.text
    for wrong in (f"import a\n{text}", text.replace("%time f", "f")):
        with pytest.raises(SourceError):
            source.to_bytes(wrong)


def test_a_timed_statement_is_not_taken_away() -> None:
    loop = "for _ in range(9):\n    opt.minimize(loss, step)\n    %time step.assign_add(1)"
    (finding,) = check(written(notebook(START, MADE, loop)), path="a.ipynb")
    assert (finding.code, finding.fix) == ("LRL107", None)


def test_cells_keep_their_borders() -> None:
    source = read("a.ipynb", written(notebook("x", "y")))
    assert source.text == "x\n\0\ny\n"
    for wrong in ("x\ny\n", "x\n\0\ny\n\0\nz\n", "x\0\n\0\ny\n", ""):
        with pytest.raises(SourceError, match="it would change more than one cell at once"):
            source.to_bytes(wrong)


@given(
    st.lists(st.text(max_size=20), min_size=1, max_size=3),
    st.lists(st.text(max_size=20), min_size=1, max_size=3),
    st.sampled_from(STYLES),
    st.booleans(),
)
def test_any_text_can_be_written(old: list[str], new: list[str], style: dict[str, Any], split: bool) -> None:
    """The new text is what is read back, the rest of the file stays, and no change changes nothing."""
    new = [*new, *old][: len(old)]
    document = {"a": old, "cells": [text.splitlines(keepends=True) if split else text for text in old], "b": old}
    data = json.dumps(document, **style)
    changes = [(("cells", index), text) for index, text in enumerate(new)]
    written = json.loads(rewritten(data, changes))
    assert ["".join(each) for each in written.pop("cells")] == new
    assert written == {"a": old, "b": old}
    assert rewritten(data, [(("cells", index), text) for index, text in enumerate(old)]) == data


# --- outputs --------------------------------------------------------------------------------------------------------

UPDATE = "opt.minimize(loss, global_step=step)"


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("lr", "1:1"),
        ("x = 1\nlr  # the rate", "2:1"),
        ("x = 1; lr", "1:8"),
        ("opt, lr, step", "1:6"),
        ("lr\n%matplotlib inline\n\n", None),
        ("%%time\nlr", "2:1"),
        ("display(lr)", "1:9"),
        ("for _ in '12':\n    display(step, lr)", "2:19"),
        ("from IPython.display import display\nx = display(lr)", "2:13"),
        ("lr\nx = 1", None),
        ("lr;", None),
        ("lr()", None),
        ("if step:\n    lr", None),
        ("lr?", None),
        ("def build():\n    return lr\nbuild()", None),
        ("from helpers import *\ndisplay(lr)", None),
        ("def display(x):\n    log(x())\ndisplay(lr)", None),
    ],
)
def test_a_cell_shows_its_last_expression(cell: str, place: str | None) -> None:
    expected = [(f"3:{place}", "LRL201")] if place else []
    assert places(notebook(START, f"{MADE}\n{UPDATE}", cell, "x = 2")) == expected
    assert places(notebook(START, f"{MADE}\n{UPDATE}", cell)) == expected


def test_what_a_cell_shows_is_called() -> None:
    data = written(notebook(START, f"{MADE}\n{UPDATE}", "opt, lr", "lr"))
    first, _ = check(data, path="a.ipynb")
    assert first.message.startswith("the schedule `lr` reaches a cell's output without being called: ")
    assert sources(repaired(data))[2:] == ["opt, lr()", "lr()"]
    assert check("import tensorflow as tf\ntf.enable_eager_execution()\n" + MADE + "\n" + UPDATE + "\nlr\n") == []


# --- fixes of all kinds, with rules that stand in for the real ones ---------------------------------------------------

NAMES = [
    DECAY.removesuffix("\n"),
    "%time old\n!ls old\nold",
    "%%time\nold",
    "if old:\n    %time old\n    old",
    "x = !old\nprint(old,\n      old)",
]


def test_names_in_magics_are_not_names(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, replaces("LRL901", "old", "brand_new"))
    result = fix(written(notebook(*NAMES)), path="a.ipynb")
    assert (result.refused, sources(result.source.to_bytes())[1:]) == (
        (),
        [
            "%time brand_new\n!ls old\nbrand_new",
            "%%time\nbrand_new",
            "if brand_new:\n    %time brand_new\n    brand_new",
            "x = !old\nprint(brand_new,\n      brand_new)",
        ],
    )


def test_a_new_line_goes_below_a_cell_magic() -> None:
    loop = "%%time\nfor _ in range(9):\n    opt = tf.train.AdamOptimizer(lr)\n    opt.minimize(loss, step)"
    result = fix(written(notebook(START, MADE, loop)), path="a.ipynb", unsafe=True)
    assert result.applied == {"LRL304": 1}
    hoisted = "%%time\nopt = tf.train.AdamOptimizer(lr)\nfor _ in range(9):\n    opt.minimize(loss, step)"
    assert sources(result.source.to_bytes())[2] == hoisted


def test_a_fix_that_would_cross_a_border_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    def check_module(program: Program) -> list[Mistake]:
        change = Change(program.module, "tf.train.exponential_decay\nc")
        return [Mistake(program.module.body[0], "found all of it", Repair("safe", "Write it anew", (change,)))]

    install(monkeypatch, rule("LRL901", check_module))
    (finding,) = check(written(notebook(DECAY.strip(), "a", "b")), path="a.ipynb")
    assert (finding.message, finding.fix) == ("found all of it", None)
    (finding,) = check(DECAY + "a\nb\n")
    assert finding.fix is not None
