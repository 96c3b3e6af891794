"""The language server: what an editor says and asks, and what it is told.

A text is looked at as soon as nobody has typed for a moment, in a thread beside the conversation. Whatever is asked
about a text is answered from what was found in exactly that text.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from lrlint import __version__
from lrlint.config import Settings
from lrlint.finding import Finding
from lrlint.fixes import fix_source
from lrlint.linter import CheckResult, check_source
from lrlint.selectors import SettingsError
from lrlint.server.configure import settings_for
from lrlint.server.convert import FIX_ALL, Document
from lrlint.server.hover import about, about_code
from lrlint.server.texts import Change, Units, changed
from lrlint.source import Source

PAUSE = 0.2
"""So long, in seconds, nobody must have typed."""

_P = ParamSpec("_P")
_R = TypeVar("_R")

_QUICK_FIX = str(lsp.CodeActionKind.QuickFix.value)


@dataclass(slots=True)
class _Open:
    """An open document, the task that looks at it, and the text in which its findings were found."""

    document: Document
    task: asyncio.Task[None] | None = None
    found_in: Source | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Editor:
    """The other side of the conversation: what it has open, and what it was told."""

    server: LanguageServer
    options: Mapping[str, Any] = field(default_factory=dict)
    open: dict[str, _Open] = field(default_factory=dict)
    complaint: str = ""
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "lrlint"))

    @property
    def units(self) -> Units:
        return Units(str(getattr(encoding := self.server.workspace.position_encoding, "value", encoding)))

    def look(self, uri: str, *, after: float = 0) -> None:
        """Look at a text in a moment, and not at what it was before."""
        opened = self.open[uri]
        if opened.task:
            opened.task.cancel()
        opened.task = asyncio.create_task(self._look(uri, after))

    async def _look(self, uri: str, after: float) -> None:
        await asyncio.sleep(after)
        opened = self.open[uri]
        document = opened.document
        findings = await self.findings(opened)
        if self.open.get(uri) is opened and opened.document is document:
            self.tell(document, findings)

    async def findings(self, opened: _Open) -> tuple[Finding, ...]:
        """What there is to say of the text as it is now."""
        source = opened.document.source
        if opened.found_in is not source:
            settings = self.settings(source.path)
            result = await self.beside(check_source, source, settings) if settings else CheckResult()
            if result.error:
                self.server.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, result.error))
            if opened.document.source is not source:
                return result.findings
            opened.found_in, opened.findings = source, result.findings
        return opened.findings

    async def fixed(self, source: Source) -> Source:
        """The text with all safe fixes."""
        settings = self.settings(source.path)
        return (await self.beside(fix_source, source, settings)).source if settings else source

    def settings(self, path: str) -> Settings | None:
        """What holds for a file; ``None`` where it is left out. What is wrong in a configuration is told once."""
        try:
            found, complaint = settings_for(path, self.options), ""
        except SettingsError as error:
            found, complaint = Settings(), str(error)
        if complaint and complaint != self.complaint:
            self.server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, f"lrlint: {complaint}"))
        self.complaint = complaint
        return found

    async def beside(self, function: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """What a function returns, called in the thread beside the conversation."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, lambda: function(*args, **kwargs))

    def tell(self, document: Document, findings: tuple[Finding, ...]) -> None:
        diagnostics = [document.diagnostic(finding) for finding in findings]
        self.server.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(document.uri, diagnostics, document.version)
        )

    @property
    def versioned(self) -> bool:
        """Whether the editor takes edits for one version of a text."""
        workspace = self.server.client_capabilities.workspace
        return bool(workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes)


def make_server() -> LanguageServer:
    """The server, ready to be started."""
    server = LanguageServer("lrlint", __version__)
    editor = _Editor(server)

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        if isinstance(params.initialization_options, Mapping):
            editor.options = params.initialization_options
        root = to_fs_path(params.root_uri) if params.root_uri else None
        if root and os.path.isdir(root):
            os.chdir(root)  # where the command would be run

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: lsp.DidOpenTextDocumentParams) -> None:
        opened = params.text_document
        source = Source(to_fs_path(opened.uri) or opened.uri, opened.text)
        editor.open[opened.uri] = _Open(Document(opened.uri, opened.version, source, editor.units))
        editor.look(opened.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: lsp.DidChangeTextDocumentParams) -> None:
        opened = editor.open[params.text_document.uri]
        source = changed(opened.document.source, map(_change, params.content_changes), editor.units)
        opened.document = replace(opened.document, source=source, version=params.text_document.version)
        editor.look(params.text_document.uri, after=PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(_: lsp.DidSaveTextDocumentParams) -> None:
        for uri, opened in editor.open.items():  # all of them: it may be a configuration that was saved
            opened.found_in = None
            editor.look(uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: lsp.DidCloseTextDocumentParams) -> None:
        opened = editor.open.pop(params.text_document.uri)
        if opened.task:
            opened.task.cancel()
        editor.tell(opened.document, ())

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        opened = editor.open.get(params.text_document.uri)
        if opened is None:
            return None
        document = opened.document
        findings = await editor.findings(opened)
        place = document.location(params.position)
        for finding in findings:
            if finding.location <= place <= finding.end_location:
                content = lsp.MarkupContent(lsp.MarkupKind.Markdown, about(finding))
                return lsp.Hover(content, document.range(finding.location, finding.end_location))
        text = about_code(document.source, place)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if text else None

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[_QUICK_FIX, FIX_ALL]))
    async def code_action(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        opened = editor.open.get(params.text_document.uri)
        if opened is None:
            return []
        document = opened.document
        findings = await editor.findings(opened)
        actions: list[lsp.CodeAction] = []
        if _wanted(_QUICK_FIX, params.context):
            start, end = document.location(params.range.start), document.location(params.range.end)
            actions += [
                action
                for finding in findings
                if finding.fix and finding.location <= end and start <= finding.end_location
                if (action := document.quick_fix(finding, finding.fix, versioned=editor.versioned))
            ]
        if _wanted(FIX_ALL, params.context) and any(_safe(finding) for finding in findings):
            fixed = await editor.fixed(document.source)
            if fixed.text != document.source.text:
                actions.append(document.fix_all(fixed, versioned=editor.versioned))
        return actions

    return server


def _change(change: lsp.TextDocumentContentChangeEvent) -> Change:
    if isinstance(change, lsp.TextDocumentContentChangeWholeDocument):
        return Change(change.text)
    start, end = change.range.start, change.range.end
    return Change(change.text, (start.line, start.character), (end.line, end.character))


def _safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.applicability == "safe"


def _wanted(kind: str, context: lsp.CodeActionContext) -> bool:
    """Whether an action of a kind is asked for: by no kind at all, by its own, or by one that it belongs to."""
    if context.only is None:
        return True
    asked = [str(getattr(each, "value", each)) for each in context.only]
    return any(each in ("", kind) or kind.startswith(f"{each}.") for each in asked)
