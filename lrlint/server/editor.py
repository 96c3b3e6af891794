"""The other side of the conversation: what an editor has open, and what it was told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from lrlint.config import Settings
from lrlint.finding import Finding
from lrlint.fixes import fix_source
from lrlint.linter import CheckResult, check_source
from lrlint.selectors import SettingsError
from lrlint.server.configure import settings_for
from lrlint.server.convert import diagnostics
from lrlint.server.documents import Document, Part
from lrlint.server.documents import notebook as notebook_of
from lrlint.server.texts import Units
from lrlint.source import Source

_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(slots=True)
class Open:
    """An open document, the task that looks at it, and the program in which its findings were found."""

    document: Document
    task: asyncio.Task[None] | None = None
    found_in: Source | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Editor:
    """The other side of the conversation: what it has open, and what it was told."""

    server: LanguageServer
    options: Mapping[str, Any] = field(default_factory=dict)
    open: dict[str, Open] = field(default_factory=dict)  # by the address of the file or the notebook
    complaint: str = ""
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "lrlint"))

    @property
    def units(self) -> Units:
        return Units(str(getattr(encoding := self.server.workspace.position_encoding, "value", encoding)))

    def holding(self, uri: str) -> Open | None:
        """What is open at an address, which may be that of a cell."""
        notebook = self.server.workspace.get_notebook_document(cell_uri=uri)
        return self.open.get(notebook.uri if notebook else uri)

    def read_notebook(self, uri: str) -> Document:
        """A notebook as it is now."""
        workspace = self.server.workspace
        notebook = workspace.get_notebook_document(notebook_uri=uri)
        texts = [
            workspace.get_text_document(cell.document)
            for cell in (notebook.cells if notebook else ())
            if cell.kind == lsp.NotebookCellKind.Code
        ]
        parts = [Part(text.uri, text.version, Source(text.uri, text.source)) for text in texts]
        return notebook_of(to_fs_path(uri) or uri, parts, self.units)

    def close(self, uri: str) -> None:
        """Take back what was said of what is open no more."""
        opened = self.open.pop(uri, None)
        if opened:
            if opened.task:
                opened.task.cancel()
            self.tell(opened.document, ())

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

    async def findings(self, opened: Open) -> tuple[Finding, ...]:
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

    async def fixed(self, source: Source, findings: Sequence[Finding]) -> Source:
        """The text with all safe fixes of what was found in it."""
        settings = self.settings(source.path)
        if settings is None:
            return source
        return (await self.beside(fix_source, source, settings, findings=findings)).source

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
        for part, found in diagnostics(document, findings).items():
            self.server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(part.uri, found, part.version))

    @property
    def versioned(self) -> bool:
        """Whether the editor takes edits for one version of a text."""
        workspace = self.server.client_capabilities.workspace
        return bool(workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes)
