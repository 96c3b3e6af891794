"""The facts of a program, as they were seen: plain data, written by the interpreter and read by the trace's queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lrlint.trace.mode import Modes
from lrlint.trace.store import Store
from lrlint.trace.values import (
    Atom,
    Container,
    Default,
    Derived,
    Optimizer,
    Parameter,
    Rate,
    Schedule,
    Value,
    Variable,
)

if TYPE_CHECKING:
    import ast

    from lrlint import outline
    from lrlint.program import Program
    from lrlint.trace.events import (
        Called,
        Checkpoint,
        Compiled,
        ContainerStory,
        Count,
        KerasUpdate,
        Mention,
        Move,
        OptimizerStory,
        Passed,
        RateSetting,
        ScheduleStory,
        Update,
        Use,
        Where,
    )
    from lrlint.trace.scope import Loop, Path
    from lrlint.trace.story import Trace


@dataclass(slots=True)
class Facts:
    """All that was seen. Events are kept by their node and calling context, so that each is there once."""

    program: Program
    modes: Modes
    store: Store
    schedules: dict[Schedule, ScheduleStory] = field(default_factory=dict)
    optimizers: dict[Optimizer, OptimizerStory] = field(default_factory=dict)
    containers: dict[Container, ContainerStory] = field(default_factory=dict)
    updates: dict[tuple[outline.Node, Path], Update] = field(default_factory=dict)
    moves: dict[tuple[outline.Node, Path, Variable], Move] = field(default_factory=dict)
    uses: dict[tuple[outline.Node, Path, Schedule, str], Use] = field(default_factory=dict)
    counts: dict[tuple[outline.Node, Path, Variable], Count] = field(default_factory=dict)
    calls: dict[outline.Call, Rate] = field(default_factory=dict)
    called: dict[tuple[outline.Node, Path, Schedule], Called] = field(default_factory=dict)
    checkpoints: dict[tuple[outline.Node, Path], Checkpoint] = field(default_factory=dict)
    compiled: dict[tuple[outline.Node, Path], Compiled] = field(default_factory=dict)
    keras_updates: dict[tuple[outline.Node, Path], KerasUpdate] = field(default_factory=dict)
    rate_settings: dict[tuple[outline.Node, Path], RateSetting] = field(default_factory=dict)
    global_step_calls: set[outline.Node] = field(default_factory=set)
    """The calls that ask for the global step."""

    initial: dict[Variable, Passed] = field(default_factory=dict)
    """What variables are made with."""

    made_where: dict[Variable, Where] = field(default_factory=dict)
    untrainable: set[Variable] = field(default_factory=set)
    choices: set[outline.Node] = field(default_factory=set)
    """Calls of ``tf.cond`` and its kind."""

    kept: dict[Schedule, set[outline.BaseExpression]] = field(default_factory=dict)
    """The expressions, but for its decay call, that stand for a schedule."""

    attributes: dict[outline.Subscript, outline.Attribute] = field(default_factory=dict)
    """The elements of which an attribute is taken, each with the whole of it."""

    first_elements: dict[outline.Node, Value] = field(default_factory=dict)
    """What the first element of a list or tuple is where it is written out."""

    mentions: dict[Atom, set[outline.BaseExpression]] = field(default_factory=dict)
    """The names, attributes and elements that stand for a variable, a list, or something computed."""

    outermost: dict[Atom, outline.BaseExpression] = field(default_factory=dict)
    """For rates and what is computed from them: the last expression that does no more than read them out."""

    stands_for: dict[outline.BaseExpression, set[Atom]] = field(default_factory=dict)
    """All that each of the expressions among the mentions may be."""

    loads: set[str] = field(default_factory=set)
    """The names that are looked up."""

    runs: dict[outline.Node, list[Where]] = field(default_factory=dict)
    """The updates that a session runs, with where it does."""

    inspected: set[Schedule] = field(default_factory=set)
    """The schedules of which the program reads what a partial is made of."""

    handed: set[outline.BaseExpression] = field(default_factory=set)
    """The expressions that are passed to functions of the file, returned, or given another name."""

    held: dict[outline.BaseExpression, outline.BaseExpression] = field(default_factory=dict)
    """The elements of a display, the arms of a conditional and the like, each with the whole that passes it on."""

    saved: list[Value] = field(default_factory=list)
    """What a saver of another kind saves."""

    shared: set[Variable] = field(default_factory=set)
    """The variables that several calls of ``get_variable`` ask for by one name."""

    graph_steps: set[Variable] = field(default_factory=set)
    """The global steps of graphs that the program makes."""

    rebuilt: set[Schedule] = field(default_factory=set)
    """The schedules that a callable rate builds anew in each update."""

    shown: frozenset[outline.BaseExpression] = frozenset()
    """The expressions that are statements of a notebook's cell, whose values are shown below it."""

    left_out: Sequence[ast.stmt] = ()
    """The statements of the file that cannot matter and are not in the module."""

    dropped: set[outline.BaseExpression] = field(default_factory=set)
    """The expressions that are statements: what they give is dropped."""

    decay_names: dict[outline.Node, Mention] = field(default_factory=dict)
    """The names under ``tf.train`` that stand for a decay, or are misspelt and mean one."""

    tf2_names: dict[outline.Node, Mention] = field(default_factory=dict)
    """The names that only TensorFlow 2 has."""

    parameter_defaults: dict[Parameter, Default] = field(default_factory=dict)
    """What the parameters of functions whose callers are not known are by default, where that is a number."""

    dtypes: dict[Variable, str | None] = field(default_factory=dict)
    """The types of variables, where they are known."""

    turns: dict[Loop, Value] = field(default_factory=dict)
    """How often loops turn at the most, where that is known."""

    fed: set[Atom] = field(default_factory=set)
    """What a session is given a value for."""

    as_numbers: set[Derived] = field(default_factory=set)
    """What is computed and then used as only a number or a tensor can be, not a variable."""

    assigned: dict[outline.BaseExpression, outline.BaseExpression] = field(default_factory=dict)
    """The expressions that are assigned to a single target, with the target."""

    bindings: dict[str, set[tuple[outline.Node, bool]]] = field(default_factory=dict)
    """The statements that bind a name, anywhere in the module, and whether in a loop."""

    other_uses: set[outline.Node] = field(default_factory=set)
    """Expressions that, in some context, are used as a schedule must not be, and are no schedule there."""

    escaped: set[Atom] = field(default_factory=set)
    """What code outside the file gets hold of."""

    variables: dict[Variable, outline.Node] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    """The names that the module imports at its top, each with the dotted path of what it stands for."""

    recursive: set[outline.Node] = field(default_factory=set)
    """The functions that call themselves, so that what is in them is done again and again."""

    swept: set[str] = field(default_factory=set)
    """The collections of variables of which the program sets those that it meets, whatever they are called."""

    again: Callable[[frozenset[outline.BaseExpression]], Trace] | None = None
    """Walks the program another time, supposing that some of its numbers are variables: see ``suppose``."""

    supposed: dict[outline.BaseExpression, dict[Variable, None]] = field(default_factory=dict)
    """The numbers in whose place this walk has variables, with these: one for each call that leads there."""

    finished: bool = False
    """Whether the walk is over, so that nothing changes any more; ``answers`` are then kept, by question and arguments."""

    answers: dict[str, dict[tuple[object, ...], Any]] = field(default_factory=dict)
    complete: bool = True
    """Whether the whole program was walked: else nothing may be concluded from what was not seen."""
