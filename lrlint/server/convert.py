"""Findings and fixes in the types of the protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from lsprotocol import types as lsp

from lrlint.edits import EditError, splices
from lrlint.finding import Finding, Fix, Location
from lrlint.report.links import page
from lrlint.server.documents import Document, Part
from lrlint.source import Source

FIX_ALL = "source.fixAll.lrlint"

_SAFETY = {"safe": "", "unsafe": " (unsafe)", "display-only": " (only a proposal)"}

_Edits = Iterable[tuple[Part, lsp.TextEdit]]


def place(document: Document, start: Location, end: Location) -> tuple[Part, lsp.Range]:
    """The text that a finding is in, and from where to where it goes there."""
    part, first = document.place(start)
    _, last = document.place(end)
    return part, lsp.Range(lsp.Position(*first), lsp.Position(*last))


def diagnostics(document: Document, findings: Iterable[Finding]) -> Mapping[Part, list[lsp.Diagnostic]]:
    """What there is to say of each part, of some of them nothing."""
    found: dict[Part, list[lsp.Diagnostic]] = {part: [] for part in document.parts}
    for finding in findings:
        part, _ = document.place(finding.location)
        found[part].append(diagnostic(document, finding))
    return found


def diagnostic(document: Document, finding: Finding) -> lsp.Diagnostic:
    """A finding, with the other places of its story and the address of its rule's page."""
    _, where = place(document, finding.location, finding.end_location)
    others = [(*place(document, each.location, each.end_location), each.message) for each in finding.related]
    return lsp.Diagnostic(
        range=where,
        message=finding.message,
        severity=lsp.DiagnosticSeverity.Error,
        code=finding.code,
        code_description=lsp.CodeDescription(page(finding.name)),
        source="lrlint",
        related_information=[
            lsp.DiagnosticRelatedInformation(lsp.Location(part.uri, there), message) for part, there, message in others
        ],
    )


def quick_fix(document: Document, finding: Finding, fix: Fix, *, versioned: bool) -> lsp.CodeAction | None:
    """The fix of a finding as an action, with its safety in the title; ``None`` for edits that do not fit."""
    source = document.source
    try:
        pieces = splices(source, fix)
    except EditError:
        return None
    edits = []
    for piece in pieces:
        part, where = place(document, source.location(piece.start), source.location(piece.end))
        edits.append((part, lsp.TextEdit(where, piece.content)))
    return lsp.CodeAction(
        title=f"{finding.code}: {fix.message}{_SAFETY[fix.applicability]}",
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(document, finding)],
        is_preferred=fix.applicability == "safe",
        edit=_edit(edits, versioned=versioned),
    )


def fix_all(document: Document, fixed: Source, *, versioned: bool) -> lsp.CodeAction:
    """All that leads to the fixed program, as one action."""
    edits = [
        (part, edit) for part, text in document.rewritten(fixed) for edit in _changed_lines(document, part.source, text)
    ]
    return lsp.CodeAction(title="lrlint: fix all that is safe", kind=FIX_ALL, edit=_edit(edits, versioned=versioned))


def _changed_lines(document: Document, before: Source, after: Source) -> Iterator[lsp.TextEdit]:
    old, new = before.lines, after.lines
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            start, end = (Location(row + 1, 1) for row in (first, last))
            if last == len(old):  # the last line has no line below it to begin
                end = Location(last, len(old[-1]) + 1)
            where = (lsp.Position(*document.units.position(before, location)) for location in (start, end))
            yield lsp.TextEdit(lsp.Range(*where), "".join(new[new_first:new_last]))


def _edit(edits: _Edits, *, versioned: bool) -> lsp.WorkspaceEdit:
    """The edits for these versions alone, where the editor knows how to see to that."""
    by_part: dict[Part, list[lsp.TextEdit]] = {}
    for part, edit in edits:
        by_part.setdefault(part, []).append(edit)
    if not versioned:
        return lsp.WorkspaceEdit(changes={part.uri: found for part, found in by_part.items()})
    return lsp.WorkspaceEdit(
        document_changes=[
            lsp.TextDocumentEdit(lsp.OptionalVersionedTextDocumentIdentifier(part.uri, part.version), found)
            for part, found in by_part.items()
        ]
    )
