"""Questions that are answered once: what a finished trace says does not change, and rules ask it for each place."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from lrlint.trace.facts import Facts

_F = TypeVar("_F", bound="Facts")
_P = ParamSpec("_P")
_R = TypeVar("_R")


def remembered(question: Callable[Concatenate[_F, _P], _R]) -> Callable[Concatenate[_F, _P], _R]:
    """A question whose answers are kept as soon as the program has been walked; none may be changed by who asks.

    Without this, what is asked for each of n places and looks at n others takes n times n steps.
    """

    @wraps(question)
    def ask(facts: _F, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        if not facts.finished or kwargs:
            return question(facts, *args, **kwargs)
        answers: dict[tuple[object, ...], _R] = facts.answers.setdefault(question.__name__, {})
        if args not in answers:
            answers[args] = question(facts, *args, **kwargs)
        return answers[args]

    return ask
