"""The language server: texts and their places by themselves, and the whole of it with a client over stdio."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from lrlint.finding import Location
from lrlint.server.texts import Change, Units, changed
from lrlint.source import Source

PROGRAM = """\
import tensorflow as tf

tf.enable_eager_execution()
weight = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
optimizer = tf.train.GradientDescentOptimizer(rate)
for _ in range(30):
    optimizer.minimize(lambda: weight ** 2)
print("größe 😀 \u6587:", rate)
"""
REPAIRED = PROGRAM.replace("** 2)", "** 2, global_step=step)").replace(", rate)", ", rate())")

TEXTS = st.text(st.sampled_from("a\u00e4\u6587\U0001f600\n\r\x0c\u2028"), max_size=30)
FOUND = Path(__file__).parent.parent / "fixtures" / "found"
ENCODINGS = ["utf-8", "utf-16", "utf-32"]


# Places and texts


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 24), ("utf-16", 18), ("utf-32", 17)])
def test_columns_are_counted_in_units(encoding: str, column: int) -> None:
    source, units = Source("", PROGRAM), Units(encoding)
    offset = PROGRAM.index(", rate)") - 1
    assert units.position(source, source.location(offset)) == (9, column)
    assert units.offset(source, 9, column) == offset


@given(TEXTS, st.sampled_from(ENCODINGS))
def test_every_place_leads_back_to_itself(text: str, encoding: str) -> None:
    source, units = Source("", text), Units(encoding)
    for row, line in enumerate(source.lines, start=1):
        for column in range(1, len(line.rstrip("\r\n")) + 2):
            location = Location(row, column)
            assert units.offset(source, *units.position(source, location)) == source.offset(location)


@given(TEXTS, st.integers(0, 40), st.integers(-5, 100), st.sampled_from(ENCODINGS))
def test_places_that_are_none_lead_into_the_text(text: str, row: int, column: int, encoding: str) -> None:
    assert 0 <= Units(encoding).offset(Source("", text), row, column) <= len(text)


@given(TEXTS, TEXTS, st.data(), st.sampled_from(ENCODINGS))
def test_a_change_is_what_python_makes_of_it(text: str, content: str, data: st.DataObject, encoding: str) -> None:
    source, units = Source("", text), Units(encoding)
    ends = [
        Location(row, column)
        for row, line in enumerate(source.lines, start=1)
        for column in range(1, len(line.rstrip("\r\n")) + 2)
    ]
    start, end = sorted(data.draw(st.sampled_from(ends)) for _ in range(2))
    change = Change(content, units.position(source, start), units.position(source, end))
    expected = text[: source.offset(start)] + content + text[source.offset(end) :]
    assert changed(source, [change], units).text == expected
    assert changed(source, [change, Change("all new")], units).text == "all new"


# The whole of it

Ask = Callable[["Editor"], Awaitable[Any]]


class Editor:
    """A client: what it has open, and what it was told."""

    def __init__(self) -> None:
        self.client = LanguageClient("test", "1")
        self.forget()
        self._news = asyncio.Event()

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: lsp.PublishDiagnosticsParams) -> None:
            self.told[params.uri] = params
            self._news.set()

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def show(params: lsp.ShowMessageParams) -> None:
            self.shown.append(params.message)

        @self.client.feature(lsp.WINDOW_LOG_MESSAGE)
        def log(params: lsp.LogMessageParams) -> None:
            self.logged.append(params.message)

    def forget(self) -> None:
        self.opened: set[str] = set()
        self.told: dict[str, lsp.PublishDiagnosticsParams] = {}
        self.logged: list[str] = []
        self.shown: list[str] = []

    def open(self, uri: str, text: str, version: int = 1) -> None:
        self.opened.add(uri)
        document = lsp.TextDocumentItem(uri, "python", version, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))

    def change(self, uri: str, version: int, *changes: lsp.TextDocumentContentChangeEvent) -> None:
        identifier = lsp.VersionedTextDocumentIdentifier(version, uri)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(identifier, list(changes)))

    async def diagnostics(self, uri: str, version: int) -> list[lsp.Diagnostic]:
        """What is told of a version of a text, once it is told."""
        while uri not in self.told or self.told[uri].version != version:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 60)
        return list(self.told[uri].diagnostics)

    async def actions(
        self, uri: str, row: int = 0, column: int = 0, *only: str, to: tuple[int, int] | None = None
    ) -> list[lsp.CodeAction]:
        start = lsp.Position(row, column)
        place = lsp.Range(start, lsp.Position(*to) if to else start)
        context = lsp.CodeActionContext([], only=list(only) if only else None)
        params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), place, context)
        return list(await self.client.text_document_code_action_async(params) or ())  # type: ignore[arg-type]

    async def hover(self, uri: str, row: int, column: int) -> str | None:
        params = lsp.HoverParams(lsp.TextDocumentIdentifier(uri), lsp.Position(row, column))
        answer = await self.client.text_document_hover_async(params)
        assert answer is None or isinstance(answer.contents, lsp.MarkupContent)
        return answer.contents.value if answer else None


@asynccontextmanager
async def editor(
    capabilities: lsp.ClientCapabilities | None, options: object, root: Path | None
) -> AsyncIterator[Editor]:
    """An editor that has just started its server, and ends it as the protocol asks for."""
    it = Editor()
    await it.client.start_io(sys.executable, "-m", "lrlint", "server")
    params = lsp.InitializeParams(
        capabilities or lsp.ClientCapabilities(), initialization_options=options, root_uri=root and root.as_uri()
    )
    it.answer = await it.client.initialize_async(params)  # type: ignore[attr-defined]
    it.client.initialized(lsp.InitializedParams())
    yield it
    await it.client.shutdown_async(None)
    it.client.exit(None)
    await it.client.stop()


SHARED: list[tuple[asyncio.AbstractEventLoop, Editor]] = []


@pytest.fixture(scope="module", autouse=True)
def one_server_for_most() -> Iterator[None]:
    """One server for all conversations that ask for nothing in particular: it has to bear that anyway."""
    loop = asyncio.new_event_loop()
    context = editor(None, None, None)
    SHARED.append((loop, loop.run_until_complete(context.__aenter__())))
    yield
    loop.run_until_complete(context.__aexit__(None, None, None))
    SHARED.clear()
    loop.close()


def talk(
    ask: Ask, capabilities: lsp.ClientCapabilities | None = None, options: object = None, root: Path | None = None
) -> Any:
    if capabilities is options is root is None:
        loop, it = SHARED[0]
        return loop.run_until_complete(_talk_anew(it, ask))

    async def conversation() -> Any:
        async with editor(capabilities, options, root) as it:
            return await ask(it)

    return asyncio.run(conversation())


async def _talk_anew(it: Editor, ask: Ask) -> Any:
    try:
        return await ask(it)
    finally:
        for uri in it.opened:
            it.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
        await it.hover("untitled:anything", 0, 0)  # all that was told before the answer has arrived with it
        it.forget()


def applied(text: str, action: lsp.CodeAction, uri: str) -> str:
    """The text after an action, as an editor without document changes makes it: columns count UTF-16."""
    assert action.edit is not None
    assert action.edit.changes is not None
    assert list(action.edit.changes) == [uri]
    lines = text.splitlines(keepends=True)

    def offset(position: lsp.Position) -> int:
        line = lines[position.line].encode("utf-16-le") if position.line < len(lines) else b""
        return sum(map(len, lines[: position.line])) + len(line[: 2 * position.character].decode("utf-16-le"))

    edits = action.edit.changes[uri]
    for edit in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text


URI = "file:///somewhere/train.py"


def test_diagnostics() -> None:
    async def ask(it: Editor) -> list[lsp.Diagnostic]:
        it.open(URI, PROGRAM)
        return await it.diagnostics(URI, 1)

    first, second = talk(ask)
    assert (first.code, first.source, first.severity) == ("LRL101", "lrlint", lsp.DiagnosticSeverity.Error)
    assert first.message.startswith("`minimize` gets no `global_step`, and nothing else moves `step`")
    assert first.range == lsp.Range(lsp.Position(8, 4), lsp.Position(8, 43))
    assert first.code_description.href.endswith("/lrlint/rules/missing_global_step.md")
    assert [(each.message, each.location.range.start.line) for each in first.related_information] == [
        ("the step is made here", 4),
        ("the schedule is made here", 5),
        ("the optimizer is made here", 6),
    ]
    assert (second.code, second.range) == ("LRL201", lsp.Range(lsp.Position(9, 21), lsp.Position(9, 25)))


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 27), ("utf-16", 21), ("utf-32", 20)])
def test_columns_count_what_the_editor_counts(encoding: str, column: int) -> None:
    general = lsp.GeneralClientCapabilities(position_encodings=[lsp.PositionEncodingKind(encoding)])

    async def ask(it: Editor) -> tuple[object, lsp.Diagnostic]:
        it.open(URI, PROGRAM)
        return it.answer.capabilities.position_encoding, (await it.diagnostics(URI, 1))[1]  # type: ignore[attr-defined]

    encoded, second = talk(ask, lsp.ClientCapabilities(general=general))
    assert encoded == encoding
    assert second.range.start == lsp.Position(9, column)


def test_diagnostics_follow_what_is_typed() -> None:
    def insert(row: int, column: int, text: str) -> lsp.TextDocumentContentChangePartial:
        place = lsp.Position(row, column)
        return lsp.TextDocumentContentChangePartial(lsp.Range(place, place), text)

    async def ask(it: Editor) -> list[list[str]]:
        it.open(URI, PROGRAM)
        seen = [await it.diagnostics(URI, 1)]
        it.change(URI, 2, insert(9, 25, "("))
        seen.append(await it.diagnostics(URI, 2))
        it.change(URI, 3, insert(9, 26, ")"))
        for version, sign in enumerate(" # a", start=4):  # faster than anybody looks
            it.change(URI, version, insert(9, 24 + version, sign))
        seen.append(await it.diagnostics(URI, 7))
        it.change(URI, 8, lsp.TextDocumentContentChangePartial(lsp.Range(lsp.Position(9, 25), lsp.Position(9, 27)), ""))
        seen.append(await it.diagnostics(URI, 8))
        it.change(URI, 9, lsp.TextDocumentContentChangeWholeDocument("print(1)\n"))
        seen.append(await it.diagnostics(URI, 9))
        return [[str(each.code) for each in found] for found in seen]

    assert talk(ask) == [["LRL101", "LRL201"], ["LRL001"], ["LRL101"], ["LRL101", "LRL201"], []]


def test_closing_a_text_takes_its_diagnostics_away() -> None:
    async def ask(it: Editor) -> int:
        it.open(URI, PROGRAM)
        await it.diagnostics(URI, 1)
        it.told.clear()
        it.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(URI)))
        return len(await it.diagnostics(URI, 1))

    assert talk(ask) == 0


def test_quick_fixes_and_fix_all() -> None:
    async def ask(it: Editor) -> tuple[list[lsp.CodeAction], ...]:
        it.open(URI, PROGRAM)
        return (
            await it.actions(URI, 9, 21),
            await it.actions(URI, 0, 0),
            await it.actions(URI, 0, 0, "quickfix", to=(20, 0)),
            await it.actions(URI, 0, 0, "source.fixAll"),
            await it.actions(URI, 9, 21, "refactor"),
        )

    here, elsewhere, everywhere, fix_all, refactor = talk(ask)
    assert [(each.title, each.kind) for each in here] == [
        ("LRL201: Call the schedule: `rate()`", "quickfix"),
        ("lrlint: fix all that is safe", "source.fixAll.lrlint"),
    ]
    assert here[0].is_preferred is True
    assert [each.code for each in here[0].diagnostics] == ["LRL201"]
    assert applied(PROGRAM, here[0], URI) == PROGRAM.replace(", rate)", ", rate())")
    assert [each.kind for each in elsewhere] == ["source.fixAll.lrlint"]
    assert [each.diagnostics[0].code for each in everywhere] == ["LRL101", "LRL201"]
    (action,) = fix_all
    assert applied(PROGRAM, action, URI) == REPAIRED
    assert refactor == []


def test_unsafe_fixes_say_so_and_are_not_in_fix_all() -> None:
    text = (FOUND / "weight_as_global_step.py").read_text("utf-8")

    async def ask(it: Editor) -> list[lsp.CodeAction]:
        it.open(URI, text)
        return await it.actions(URI, 0, 0, to=(20, 0))

    (action,) = talk(ask)
    assert action.title == "LRL108: Pass `var_list=[w]` (unsafe)"
    assert action.is_preferred is False


def test_edits_are_for_one_version_where_the_editor_knows_versions() -> None:
    workspace = lsp.WorkspaceClientCapabilities(
        workspace_edit=lsp.WorkspaceEditClientCapabilities(document_changes=True)
    )

    async def ask(it: Editor) -> list[lsp.CodeAction]:
        it.open(URI, PROGRAM, version=7)
        return await it.actions(URI, 9, 21)

    for action in talk(ask, lsp.ClientCapabilities(workspace=workspace)):
        assert action.edit.changes is None
        (change,) = action.edit.document_changes
        assert (change.text_document.uri, change.text_document.version) == (URI, 7)


@pytest.mark.parametrize("text", [PROGRAM, PROGRAM.rstrip("\n"), PROGRAM.replace("\n", "\r\n")])
def test_fix_all_keeps_the_ends_of_lines(text: str) -> None:
    async def ask(it: Editor) -> list[lsp.CodeAction]:
        it.open(URI, text)
        return await it.actions(URI, 0, 0, "source.fixAll.lrlint")

    (action,) = talk(ask)
    repaired = REPAIRED.replace("\n", "\r\n") if "\r" in text else REPAIRED
    assert applied(text, action, URI) == (repaired if text.endswith("\n") else repaired.rstrip("\n"))


def test_hover() -> None:
    text = PROGRAM + "print(rate)  # noqa: LRL201\n"

    async def ask(it: Editor) -> tuple[str | None, ...]:
        it.open(URI, text)
        return await it.hover(URI, 8, 10), await it.hover(URI, 0, 0), await it.hover(URI, 10, 24)

    finding, nothing, code = talk(ask)
    assert finding.startswith("**LRL101** `minimize` gets no `global_step`")
    assert "| step | intended rate | actual rate |\n| ---: | ---: | ---: |\n| 0 | 0.1 | 0.1 |\n" in finding
    assert "*eager*: `enable_eager_execution()` is called" in finding
    assert "### [LRL101 missing-global-step](https://" in finding
    assert "**Why is this bad?** A schedule computes its rate from a step" in finding
    assert nothing is None
    assert code.startswith("### [LRL201 printed-schedule](https://")


def test_the_mode_is_an_option() -> None:
    text = "import tensorflow as tf\nstep = tf.Variable(0)\nprint(tf.train.exponential_decay(0.1, step, 1, 0.5))\n"

    async def ask(it: Editor) -> list[str]:
        it.open(URI, text)
        return [str(each.code) for each in await it.diagnostics(URI, 1)]

    assert talk(ask) == []
    assert talk(ask, options={"mode": "eager"}) == ["LRL201"]


def test_configuration_files_hold_and_count_as_soon_as_they_are_saved(tmp_path: Path) -> None:
    uri = (tmp_path / "build in" / "train.py").as_uri()
    saved = lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri))
    configurations = ["ignore = ['LRL1']", "exclude = ['build*']", "ignore = 'LRL1'", "select = ['LRL1']"]

    async def ask(it: Editor) -> tuple[list[list[str]], list[str]]:
        it.open(uri, PROGRAM)
        seen = [await it.diagnostics(uri, 1)]
        for text in configurations:
            (tmp_path / "lrlint.toml").write_text(f"{text}\n")
            it.told.clear()
            it.client.text_document_did_save(saved)
            seen.append(await it.diagnostics(uri, 1))
        return [[str(each.code) for each in found] for found in seen], it.shown

    seen, shown = talk(ask, root=tmp_path)
    assert seen == [["LRL101", "LRL201"], ["LRL201"], [], ["LRL101", "LRL201"], ["LRL101"]]
    assert shown == ["lrlint: lrlint.toml:1: `ignore` must be a list of strings, not a string"]


def test_options_win_over_configuration_files(tmp_path: Path) -> None:
    (tmp_path / "lrlint.toml").write_text("ignore = ['LRL1']\n")
    uri = (tmp_path / "train.py").as_uri()

    async def ask(it: Editor) -> tuple[list[str], list[str]]:
        it.open(uri, PROGRAM)
        return [str(each.code) for each in await it.diagnostics(uri, 1)], it.shown

    assert talk(ask, root=tmp_path, options={"select": ["LRL1"]}) == (["LRL101"], [])
    assert talk(ask, root=tmp_path, options={"per-file-ignores": {"train.py": ["LRL2"]}}) == ([], [])
    assert talk(ask, root=tmp_path, options={"modus": 1}) == (
        ["LRL101", "LRL201"],
        ["lrlint: unknown key `modus`; did you mean `mode`?"],
    )


NOTEBOOK = "file:///somewhere/train.ipynb"
CELLS = [f"vscode-notebook-cell:/somewhere/train.ipynb#{number}" for number in range(4)]
CODES = [
    "%load_ext autoreload\nimport tensorflow as tf\ntf.enable_eager_execution()",
    "%%bash\nls 😀",
    "weight = tf.Variable(1.0)\n" + "".join(PROGRAM.splitlines(keepends=True)[4:8]).rstrip("\n"),
    "\n".join(PROGRAM.splitlines()[8:]).replace("    optimizer", "'😀'; optimizer"),
]


def cell(number: int) -> lsp.NotebookCell:
    return lsp.NotebookCell(lsp.NotebookCellKind.Code, CELLS[number])


def item(number: int, text: str) -> lsp.TextDocumentItem:
    return lsp.TextDocumentItem(CELLS[number], "python", 1, text)


def test_notebooks() -> None:
    codes = [*CODES[:2], CODES[2].replace("for _ in range(30):", "optimizer"), CODES[3]]

    async def ask(it: Editor) -> dict[str, Any]:
        opened = lsp.NotebookDocument(NOTEBOOK, "jupyter-notebook", 1, [cell(0), cell(1), cell(2)])
        texts = [item(number, codes[number]) for number in range(3)]
        it.client.notebook_document_did_open(lsp.DidOpenNotebookDocumentParams(opened, texts))
        seen: dict[str, Any] = {"before": await it.diagnostics(CELLS[2], 1)}
        it.told.clear()
        structure = lsp.NotebookDocumentCellChangeStructure(
            lsp.NotebookCellArrayChange(3, 0, [cell(3)]), did_open=[item(3, codes[3])]
        )
        await notebook_change(it, structure=structure)
        seen["last"] = await it.diagnostics(CELLS[3], 1)
        seen["others"] = [await it.diagnostics(uri, 1) for uri in CELLS[:3]]
        seen["hover"] = await it.hover(CELLS[3], 0, 15), await it.hover(CELLS[1], 0, 0), await it.hover(CELLS[0], 1, 1)
        seen["fix"] = await it.actions(CELLS[3], 0, 15, "quickfix")
        seen["all"] = await it.actions(CELLS[0], 0, 0, "source.fixAll")
        seen["elsewhere"] = await it.actions(CELLS[1], 0, 0, "quickfix")
        change = lsp.TextDocumentContentChangeWholeDocument("print(1)")
        content = lsp.NotebookDocumentCellContentChanges(lsp.VersionedTextDocumentIdentifier(2, CELLS[3]), [change])
        await notebook_change(it, text_content=[content])
        seen["typed"] = await it.diagnostics(CELLS[3], 2)
        it.told.clear()
        structure = lsp.NotebookDocumentCellChangeStructure(
            lsp.NotebookCellArrayChange(3, 1), did_close=[lsp.TextDocumentIdentifier(CELLS[3])]
        )
        await notebook_change(it, structure=structure)
        seen["removed"] = await it.diagnostics(CELLS[3], 2)
        it.told.clear()
        closed = lsp.DidCloseNotebookDocumentParams(
            lsp.NotebookDocumentIdentifier(NOTEBOOK), [lsp.TextDocumentIdentifier(uri) for uri in CELLS[:3]]
        )
        it.client.notebook_document_did_close(closed)
        seen["closed"] = await it.diagnostics(CELLS[0], 1)
        return seen

    seen = talk(ask)
    assert seen["before"] == []
    update, printed = seen["last"]
    assert (update.code, update.range) == ("LRL101", lsp.Range(lsp.Position(0, 6), lsp.Position(0, 45)))
    assert [(each.location.uri, each.location.range.start.line) for each in update.related_information] == [
        (CELLS[2], 1),
        (CELLS[2], 2),
        (CELLS[2], 3),
    ]
    assert (printed.code, printed.range.start) == ("LRL201", lsp.Position(1, 21))
    assert seen["others"] == [[], [], []]
    finding, bash, plain = seen["hover"]
    assert finding.startswith("**LRL101** ")
    assert (bash, plain) == (None, None)
    (fix,) = seen["fix"]
    assert applied(CODES[3], fix, CELLS[3]) == CODES[3].replace("** 2)", "** 2, global_step=step)")
    (fix_all,) = seen["all"]
    repaired = CODES[3].replace("** 2)", "** 2, global_step=step)").replace(", rate)", ", rate())")
    assert applied(CODES[3], fix_all, CELLS[3]) == repaired
    assert seen["elsewhere"] == []
    assert (seen["typed"], seen["removed"], seen["closed"]) == ([], [], [])


async def notebook_change(it: Editor, **cells: Any) -> None:
    identifier = lsp.VersionedNotebookDocumentIdentifier(2, NOTEBOOK)
    event = lsp.NotebookDocumentChangeEvent(cells=lsp.NotebookDocumentCellChanges(**cells))
    it.client.notebook_document_did_change(lsp.DidChangeNotebookDocumentParams(identifier, event))


def test_what_is_not_python_is_left_alone() -> None:
    async def ask(it: Editor) -> tuple[list[str], object]:
        page = lsp.TextDocumentItem("file:///README.md", "markdown", 1, f"# tf.train\n{PROGRAM}")
        it.client.text_document_did_open(lsp.DidOpenTextDocumentParams(page))
        it.change(page.uri, 2, lsp.TextDocumentContentChangeWholeDocument(PROGRAM))
        it.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(page.uri)))
        it.open(URI, PROGRAM)
        await it.diagnostics(URI, 1)
        return sorted(it.told), it.shown

    assert talk(ask) == ([URI], [])


BROKEN = [
    "",
    "import tensorflow as tf\ntf.train.exponential_decay(",
    "tf.train.exponential_decay('\ud800')",
    "\0tf.train.exponential_decay(1)",
    "tf.train.exponential_decay(" * 3000,
    PROGRAM.replace("\n", "\x0c\n"),
    "x = '''\u2028tf.train.exponential_decay()",
]


def test_broken_texts_end_nothing() -> None:
    async def ask(it: Editor) -> list[str]:
        for number, text in enumerate(BROKEN):
            uri = f"untitled:{number}"
            it.open(uri, text)
            await it.diagnostics(uri, 1)
            await it.hover(uri, 5, 5)
            await it.actions(uri, 0, 0, to=(100, 100))
            end = lsp.Position(1000, 1000)
            it.change(uri, 2, lsp.TextDocumentContentChangePartial(lsp.Range(end, end), "\nx = (\n"))
            await it.diagnostics(uri, 2)
        await it.hover("untitled:never opened", 0, 0)
        await it.actions("untitled:never opened")
        it.open(URI, PROGRAM)
        return [str(each.code) for each in await it.diagnostics(URI, 1)]

    assert talk(ask) == ["LRL101", "LRL201"]


def test_without_pygls_there_is_a_hint(tmp_path: Path) -> None:
    hide = "import sys; sys.modules['pygls'] = None; sys.modules['lsprotocol'] = None; from lrlint.cli import main; "
    done = subprocess.run(
        [sys.executable, "-c", f"{hide}sys.exit(main(['server']))"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'lrlint: error: the language server needs pygls: `pip install "lrlint[server]"`\n'
