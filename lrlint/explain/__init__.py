"""What ``lrlint explain`` says: of rules, of the findings in files, and of decays. Nothing here prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrlint.selectors import SettingsError

if TYPE_CHECKING:
    from lrlint.configuration import Configurations
    from lrlint.explain.files import Found
    from lrlint.explain.target import Target
    from lrlint.plot import Panel
    from lrlint.report import Reported
    from lrlint.report.look import Look
    from lrlint.report.told import Told
    from lrlint.rules import Rule


@dataclass(frozen=True, slots=True)
class Terminal:
    """What an explanation is shown on: its look, whether it is a terminal at all, and whether it has only ASCII."""

    look: Look
    live: bool = False
    ascii_only: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be explained, and where to: ``words`` as on the command line, ``plot`` and ``html`` files to write."""

    words: tuple[str, ...]
    configurations: Configurations
    terminal: Terminal
    decay: str | None = None
    steps: int | None = None
    plot: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Answer:
    """The text of an explanation, the findings it is about, and what went wrong, each in one line."""

    text: str = ""
    about: list[Told] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def explain(request: Request) -> Answer:
    """Explain what is asked for; raises :class:`SettingsError` for what cannot be meant, before anything is read."""
    if request.steps is not None and request.decay is None:
        raise SettingsError("`--steps` says how far `--decay` goes, and none is given")
    if request.html is not None and (request.decay is not None or request.plot is not None):
        raise SettingsError("`--html` is a page by itself, and goes with neither `--decay` nor `--plot`")
    if request.decay is not None:
        return _decay(request, request.decay)
    if request.html is not None:
        return _page(request, request.html)
    if not request.words:
        raise SettingsError("missing what to explain: a rule, a file, a place in a file, or `--decay`")
    return _words(request)


def _words(request: Request) -> Answer:
    from lrlint.explain.target import target

    if request.plot is not None:
        from lrlint.plot import plot_format

        plot_format(request.plot)  # before anything is read
    answer = Answer()
    parts = [part for meant in [target(word) for word in request.words] for part in _parts(meant, request, answer)]
    answer.text = "\n\n".join(parts)  # there are empty lines within them
    if request.plot is not None:
        panels = [panel for each in answer.about if (panel := _panel(each.reported)) is not None]
        if not panels:
            raise SettingsError(f"`{request.plot}` is not written: there are no learning rates to draw")
        answer.text += _plot(panels, request.plot)
    return answer


def _parts(meant: Rule | Target, request: Request, answer: Answer) -> Iterator[str]:
    from lrlint.explain.markdown import laid_out
    from lrlint.explain.target import Target
    from lrlint.rules import reading

    terminal = request.terminal
    if isinstance(meant, Target):
        yield from _stories(meant, request, answer)
    else:
        yield laid_out(reading(meant), terminal.look, terminal=terminal.live)


def _stories(place: Target, request: Request, answer: Answer) -> Iterator[str]:
    from lrlint.explain.files import find
    from lrlint.explain.story import Teller
    from lrlint.words import counted

    terminal = request.terminal
    teller = Teller(terminal.look, terminal=terminal.live, ascii_only=terminal.ascii_only)
    read: list[Found] = []
    for found in find(place, request.configurations):
        if found.error:
            answer.errors.append(found.error)
        else:
            read.append(found)
        for told in found.told:
            yield teller.story(told)
            answer.about.append(told)
    if read and not any(found.chosen for found in read):
        yield read[0].nothing() if len(read) == 1 else f"{place}: no findings in {counted(len(read), 'file')}.\n"


def _decay(request: Request, name: str) -> Answer:
    from lrlint.explain.decay import chosen

    decay = chosen(name, request.words, request.steps)
    answer = Answer(decay.text(request.terminal.look, ascii_only=request.terminal.ascii_only))
    if request.plot is not None:
        from lrlint.plot import Panel

        answer.text += _plot([Panel(decay.title, (), decay.chart())], request.plot)
    return answer


def _panel(reported: Reported) -> Panel | None:
    """The curves of a finding under its place; ``None`` where nothing is known of its rates."""
    from lrlint.curves import call, chart_of, remarks
    from lrlint.plot import Panel
    from lrlint.report.line import printable

    finding = reported.finding
    chart = chart_of(finding.effect) if finding.effect else None
    if chart is None or finding.effect is None:
        return None
    title = printable(f"{reported.where}: {finding.code} {finding.name}")
    return Panel(title, (call(finding.effect.decay, finding.effect.arguments), *remarks(finding.effect)), chart)


def _plot(panels: Sequence[Panel], path: str) -> str:
    from lrlint.plot import picture, plot_format
    from lrlint.report.output import write

    write("--plot", path, picture(panels, plot_format(path)))
    return f"\nWrote {path}.\n"


def _page(request: Request, path: str) -> Answer:
    from lrlint.explain.files import find
    from lrlint.explain.target import Target, target
    from lrlint.report.html import render
    from lrlint.report.output import write

    places = [target(word) for word in request.words or (".",)]
    if not all(isinstance(place, Target) for place in places):
        raise SettingsError("`--html` is a page about findings in files, and a rule is given")
    read = (found for place in places if isinstance(place, Target) for found in find(place, request.configurations))
    every = list({(found.path, found.target[1:]): found for found in read}.values())  # a file below several paths once
    answer = Answer(about=[told for found in every for told in found.told])
    answer.errors = [found.error for found in every if found.error]
    files = sum(found.error is None for found in every)
    page = render(answer.about, files=files, errors=answer.errors)
    write("--html", path, page.encode("utf-8", "replace"))  # names of files may hold what is no text
    answer.text = f"Wrote {path}.\n"
    return answer
