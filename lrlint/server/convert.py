"""Findings and fixes in the types of the protocol."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from lsprotocol import types as lsp

from lrlint.edits import EditError, splices
from lrlint.finding import Finding, Fix, Location
from lrlint.report.links import page
from lrlint.server.texts import Units
from lrlint.source import Source

FIX_ALL = "source.fixAll.lrlint"

_SAFETY = {"safe": "", "unsafe": " (unsafe)", "display-only": " (only a proposal)"}


@dataclass(frozen=True, slots=True)
class Document:
    """A text as the editor knows it: by its address, its version, and the units of its columns."""

    uri: str
    version: int | None
    source: Source
    units: Units

    def position(self, location: Location) -> lsp.Position:
        return lsp.Position(*self.units.position(self.source, location))

    def range(self, start: Location, end: Location) -> lsp.Range:
        return lsp.Range(self.position(start), self.position(end))

    def location(self, position: lsp.Position) -> Location:
        return self.source.location(self.units.offset(self.source, position.line, position.character))

    def diagnostic(self, finding: Finding) -> lsp.Diagnostic:
        """A finding, with the other places of its story and the address of its rule's page."""
        return lsp.Diagnostic(
            range=self.range(finding.location, finding.end_location),
            message=finding.message,
            severity=lsp.DiagnosticSeverity.Error,
            code=finding.code,
            code_description=lsp.CodeDescription(page(finding.name)),
            source="lrlint",
            related_information=[
                lsp.DiagnosticRelatedInformation(
                    lsp.Location(self.uri, self.range(related.location, related.end_location)), related.message
                )
                for related in finding.related
            ],
        )

    def quick_fix(self, finding: Finding, fix: Fix, *, versioned: bool) -> lsp.CodeAction | None:
        """The fix of a finding as an action, with its safety in the title; ``None`` for edits that do not fit."""
        try:
            pieces = splices(self.source, fix)
        except EditError:
            return None
        edits = [
            lsp.TextEdit(self.range(self.source.location(piece.start), self.source.location(piece.end)), piece.content)
            for piece in pieces
        ]
        return lsp.CodeAction(
            title=f"{finding.code}: {fix.message}{_SAFETY[fix.applicability]}",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[self.diagnostic(finding)],
            is_preferred=fix.applicability == "safe",
            edit=self._edit(edits, versioned=versioned),
        )

    def fix_all(self, fixed: Source, *, versioned: bool) -> lsp.CodeAction:
        """All that leads to the fixed text, as one action."""
        return lsp.CodeAction(
            title="lrlint: fix all that is safe",
            kind=FIX_ALL,
            edit=self._edit(list(self._changed_lines(fixed)), versioned=versioned),
        )

    def _changed_lines(self, fixed: Source) -> Iterable[lsp.TextEdit]:
        old, new = self.source.lines, fixed.lines
        for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                start, end = (Location(row + 1, 1) for row in (first, last))
                if last == len(old):  # the last line has no line below it to begin
                    end = Location(last, len(old[-1]) + 1)
                yield lsp.TextEdit(self.range(start, end), "".join(new[new_first:new_last]))

    def _edit(self, edits: list[lsp.TextEdit], *, versioned: bool) -> lsp.WorkspaceEdit:
        """The edits for this version alone, where the editor knows how to see to that."""
        if not versioned:
            return lsp.WorkspaceEdit(changes={self.uri: edits})
        document = lsp.OptionalVersionedTextDocumentIdentifier(self.uri, self.version)
        return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(document, edits)])
