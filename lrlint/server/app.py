"""The language server: what an editor says and asks, and what it is told.

A text is looked at as soon as nobody has typed for a moment, in a thread beside the conversation. Whatever is asked
about a text is answered from what was found in exactly that text. Notebooks are documents of many texts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from lrlint import __version__
from lrlint.finding import Finding, Location
from lrlint.server.convert import FIX_ALL, fix_all, place, quick_fix
from lrlint.server.documents import Document, Part
from lrlint.server.documents import file as file_of
from lrlint.server.editor import Editor, Open
from lrlint.server.hover import about, about_code
from lrlint.server.texts import Change, changed
from lrlint.source import Source

PAUSE = 0.2
"""So long, in seconds, nobody must have typed."""

_SUFFIXES = (".py", ".pyi")
_NOTEBOOKS = lsp.NotebookDocumentSyncOptions(
    [lsp.NotebookDocumentFilterWithCells(cells=[lsp.NotebookCellLanguage("python")])]
)
_QUICK_FIX = str(lsp.CodeActionKind.QuickFix.value)


def make_server() -> LanguageServer:
    """The server, ready to be started."""
    server = LanguageServer("lrlint", __version__, notebook_document_sync=_NOTEBOOKS)
    editor = Editor(server)

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        if isinstance(params.initialization_options, Mapping):
            editor.options = params.initialization_options
        root = to_fs_path(params.root_uri) if params.root_uri else None
        if root and os.path.isdir(root):
            os.chdir(root)  # where the command would be run

    _follow_texts(server, editor)
    _follow_notebooks(server, editor)
    _answer(server, editor)
    return server


def _follow_texts(server: LanguageServer, editor: Editor) -> None:
    """Look at texts that are opened, typed in and saved."""

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: lsp.DidOpenTextDocumentParams) -> None:
        opened = params.text_document
        path = to_fs_path(opened.uri) or opened.uri
        if opened.language_id == "python" or path.endswith(_SUFFIXES):
            part = Part(opened.uri, opened.version, Source(path, opened.text))
            editor.open[opened.uri] = Open(file_of(path, part, editor.units))
            editor.look(opened.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: lsp.DidChangeTextDocumentParams) -> None:
        opened = editor.open.get(params.text_document.uri)
        if opened:
            (part,) = opened.document.parts
            source = changed(part.source, map(_change, params.content_changes), editor.units)
            part = replace(part, source=source, version=params.text_document.version)
            opened.document = file_of(source.path, part, editor.units)
            editor.look(part.uri, after=PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: lsp.DidCloseTextDocumentParams) -> None:
        editor.close(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(_: lsp.DidSaveTextDocumentParams) -> None:
        for uri, opened in editor.open.items():  # all of them: it may be a configuration that was saved
            opened.found_in = None
            editor.look(uri)


def _follow_notebooks(server: LanguageServer, editor: Editor) -> None:
    """Look at notebooks likewise."""

    @server.feature(lsp.NOTEBOOK_DOCUMENT_DID_OPEN)
    def did_open_notebook(params: lsp.DidOpenNotebookDocumentParams) -> None:
        uri = params.notebook_document.uri
        editor.open[uri] = Open(editor.read_notebook(uri))
        editor.look(uri)

    @server.feature(lsp.NOTEBOOK_DOCUMENT_DID_CHANGE)
    def did_change_notebook(params: lsp.DidChangeNotebookDocumentParams) -> None:
        uri = params.notebook_document.uri
        opened = editor.open.get(uri)
        if opened:
            before, opened.document = opened.document, editor.read_notebook(uri)
            left = {part.uri for part in opened.document.parts}
            gone = tuple(part for part in before.parts if part.uri not in left)
            editor.tell(replace(before, parts=gone), ())
            editor.look(uri, after=PAUSE)

    @server.feature(lsp.NOTEBOOK_DOCUMENT_DID_CLOSE)
    def did_close_notebook(params: lsp.DidCloseNotebookDocumentParams) -> None:
        editor.close(params.notebook_document.uri)


def _answer(server: LanguageServer, editor: Editor) -> None:
    """Tell of what is pointed at, and how it is repaired."""

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        opened = editor.holding(params.text_document.uri)
        where = opened and _location(opened.document, params.text_document.uri, params.position)
        if not opened or not where:
            return None
        document = opened.document
        for finding in await editor.findings(opened):
            if finding.location <= where <= finding.end_location:
                content = lsp.MarkupContent(lsp.MarkupKind.Markdown, about(finding))
                return lsp.Hover(content, place(document, finding.location, finding.end_location)[1])
        text = about_code(document.source, where)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if text else None

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[_QUICK_FIX, FIX_ALL]))
    async def code_action(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        opened = editor.holding(uri)
        if opened is None:
            return []
        document = opened.document
        start, end = (_location(document, uri, edge) for edge in (params.range.start, params.range.end))
        findings = await editor.findings(opened)
        actions: list[lsp.CodeAction] = []
        if _wanted(_QUICK_FIX, params.context) and start and end:
            actions += [
                action
                for finding in findings
                if finding.fix and finding.location <= end and start <= finding.end_location
                if (action := quick_fix(document, finding, finding.fix, versioned=editor.versioned))
            ]
        if _wanted(FIX_ALL, params.context) and any(_safe(finding) for finding in findings):
            fixed = await editor.fixed(document.source, findings)
            if fixed.text != document.source.text:
                actions.append(fix_all(document, fixed, versioned=editor.versioned))
        return actions


def _change(change: lsp.TextDocumentContentChangeEvent) -> Change:
    if isinstance(change, lsp.TextDocumentContentChangeWholeDocument):
        return Change(change.text)
    start, end = change.range.start, change.range.end
    return Change(change.text, (start.line, start.character), (end.line, end.character))


def _location(document: Document, uri: str, position: lsp.Position) -> Location | None:
    return document.location(uri, position.line, position.character)


def _safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.applicability == "safe"


def _wanted(kind: str, context: lsp.CodeActionContext) -> bool:
    """Whether an action of a kind is asked for: by no kind at all, by its own, or by one that it belongs to."""
    if context.only is None:
        return True
    asked = [str(getattr(each, "value", each)) for each in context.only]
    return any(each in ("", kind) or kind.startswith(f"{each}.") for each in asked)
