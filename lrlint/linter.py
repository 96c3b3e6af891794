"""One file from text to findings: the gates, the tree, the trace, the rules, and the comments that suppress."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lrlint.account import Account, Clock
from lrlint.collector import collector_off
from lrlint.finding import Finding, Location
from lrlint.prefilter import LIBRARIES, may_hold_finding_text, mentions_decay, mentions_decay_text
from lrlint.read import read
from lrlint.scan import is_suspect
from lrlint.unused import CODE as UNUSED_NOQA
from lrlint.unused import unused_noqa

if TYPE_CHECKING:
    import ast

    from lrlint import outline
    from lrlint.config import Settings
    from lrlint.program import Program
    from lrlint.relevant import Thinned
    from lrlint.rules import Mistake, Rule
    from lrlint.source import Source

NO_DECAY = "it names no decay"

LARGE = 2000
"""Lines from which on it is worth a look what of a file can matter."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What there is to say about one file.

    ``error`` is a line about a bug of lrlint's own that was met on the way; the findings are then those that did not
    need what broke. Bad input is no error: it is a finding, and ``problem`` is that finding even where it is
    suppressed or not selected. ``account`` says how the file was looked at.
    """

    findings: tuple[Finding, ...] = ()
    error: str | None = None
    problem: Finding | None = None
    account: Account = field(default=Account(), compare=False)


def check_bytes(path: str, data: bytes, settings: Settings, *, noqa: bool = True) -> CheckResult:
    """Check a file's bytes; ``noqa=False`` reports what comments suppress too. Never raises."""
    if not is_suspect(path, data, noqa=settings.enabled(UNUSED_NOQA)):
        return _skipped(NO_DECAY)
    from lrlint.source import SourceError

    try:
        source = read(path, data)
    except SourceError as error:
        if not mentions_decay(data):
            return _skipped("it cannot be read, and names no decay")
        return _unreadable(error.message, error.location, settings)
    return check_source(source, settings, noqa=noqa)


def check_source(
    source: Source, settings: Settings, *, noqa: bool = True, tree: ast.Module | None = None
) -> CheckResult:
    """Check a text; ``tree`` is its stdlib tree, where the caller has it. Never raises."""
    with collector_off():
        result = _all_of(source, settings, tree)
    findings = list(result.findings)
    if noqa and settings.enabled(UNUSED_NOQA) and not (result.error or result.problem):
        findings += unused_noqa(source, findings, settings)
    kept = (settings.judged(finding) for finding in findings if not (noqa and source.suppressed(finding)))
    return replace(result, findings=tuple(sorted(kept, key=lambda finding: finding.sort_key)))


def _all_of(source: Source, settings: Settings, tree: ast.Module | None) -> CheckResult:
    """What the rules find, with what is suppressed."""
    if not may_hold_finding_text(source.text):
        return _skipped(NO_DECAY if source.cells is None else "none of its Python cells names a decay")
    from lrlint.mentions import imports_anything, mentions_decay_in_code
    from lrlint.parse import TOO_DEEP, USUAL_DEPTH, ParseProblem, check_depth, depth, parse_tree

    try:
        tree = parse_tree(source.code) if tree is None else tree
        if not mentions_decay_in_code(tree, source.code):
            return _skipped("it names decays in comments and strings only")
        if not any(library in source.text for library in LIBRARIES) and imports_anything(tree):
            return _skipped("its decays are not those of TensorFlow")
        check_depth(tree, source.code)
        from lrlint.deep import deeply

        try:
            return deeply(_follow, source, tree, settings)
        except RecursionError:
            if depth(tree, source.code) <= USUAL_DEPTH:
                raise
            raise ParseProblem(TOO_DEEP, Location(1, 1)) from None
    except ParseProblem as problem:
        if not mentions_decay_text(source.code):
            return _skipped("it cannot be read, and names no decay")
        return _unreadable(problem.message, problem.location, settings)
    except Exception as error:  # noqa: BLE001  # whatever it is, the other files are not to pay for it
        return CheckResult(error=_bug(error, "lrlint"))


def _follow(source: Source, tree: ast.Module, settings: Settings) -> CheckResult:
    """Judge what can matter of a program; raises what the trace raises."""
    from lrlint.parse import parse_tree
    from lrlint.program import followed

    clock, code, thin = Clock(), source.code, None
    if source.cells is None and code.count("\n") + 1 >= LARGE:
        from lrlint.relevant import thinned

        with clock.measure("parse"):
            thin = thinned(tree, code)
            if thin is not None:
                code, tree = thin.text, parse_tree(thin.text)
    return followed(lambda program: _judge(program, tree, source, thin, settings, clock), tree, code, clock)


def _judge(
    program: Program, tree: ast.Module, source: Source, thin: Thinned | None, settings: Settings, clock: Clock
) -> CheckResult:
    """Trace, ask the rules and locate; raises what the trace raises."""
    from lrlint.parse import ParseProblem
    from lrlint.program import Unlike
    from lrlint.rules import all_rules
    from lrlint.trace import trace

    with clock.measure("trace"):
        shown = _shown(program.module, tree, source)
        left_out = thin.left_out if thin else ()
        story = trace(program, mode=settings.mode, shown=shown, left_out=left_out)
    mistakes: list[tuple[Rule, Mistake]] = []
    errors: list[str] = []
    for rule in all_rules():
        if not settings.enabled(rule.code):
            continue
        try:
            with clock.measure(rule.code):
                mistakes += [(rule, mistake) for mistake in rule.mistakes(story)]
        except (ParseProblem, Unlike):
            raise
        except Exception as error:  # noqa: BLE001  # the other rules still have something to say
            errors.append(_bug(error, rule.code))
    findings: list[Finding] = []
    if mistakes:
        from lrlint.locate import locate
        from lrlint.shift import dropped, relocated, shifted

        with clock.measure("locate"):
            findings, written = locate(program, story, mistakes)
        lost = dropped(program.text, written)
        if lost is None:
            raise ParseProblem("LibCST does not read this file faithfully, so lrlint cannot either", Location(1, 1))
        findings = [shifted(finding, lost) for finding in findings] if lost else findings
        findings = [relocated(finding, thin.place) for finding in findings] if thin else findings
    mode = story.file_mode
    account = Account(None, mode.mode if mode else None, mode.text if mode else None, clock.seconds)
    return CheckResult(tuple(findings), "; ".join(errors) or None, account=account)


def _skipped(why: str) -> CheckResult:
    return CheckResult(account=Account(why))


def _shown(module: outline.Module, tree: ast.Module, source: Source) -> frozenset[outline.BaseExpression]:
    if source.cells is None:
        return frozenset()
    from lrlint.notebook.outputs import shown

    return shown(module, tree, source.code, source.cells)


def _unreadable(message: str, location: Location, settings: Settings) -> CheckResult:
    problem = Finding("LRL001", "syntax-error", message, location, location)
    account = Account(f"it cannot be read: {message}")
    return CheckResult((problem,) if settings.enabled(problem.code) else (), problem=problem, account=account)


def _bug(error: Exception, where: str) -> str:
    """A bug as one line."""
    words = " ".join(f"{type(error).__name__}: {error}".split())
    return f"internal error in {where}, please report it: {words}"
