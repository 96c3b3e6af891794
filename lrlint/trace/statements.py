"""What statements do: bindings, branches, loops to a fixpoint, contexts, definitions and imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack

import libcst as cst

from lrlint import tf_api
from lrlint.trace.core import REST, Arguments, hot_atoms
from lrlint.trace.events import Count, Element, Passed, Sign
from lrlint.trace.mode import Evidence, Mode
from lrlint.trace.names import canonical
from lrlint.trace.scope import Loop
from lrlint.trace.store import Layer
from lrlint.trace.syntax import last_name, parts
from lrlint.trace.tensorflow import TensorFlowLibrary, as_graph
from lrlint.trace.values import (
    NOTHING,
    NUMBER,
    UNKNOWN,
    Bound,
    Class,
    Container,
    External,
    Function,
    Instance,
    Literal,
    Object,
    Optimizer,
    Value,
    Variable,
    is_opaque,
    join,
    literal,
)

_MOST_ROUNDS = 4


class Statements(TensorFlowLibrary):
    """Execution of statements."""

    def run(self, body: cst.BaseSuite | cst.Module) -> None:
        for statement in body.body:
            if not self.live or not self.spend():
                return
            self.statement = statement
            if isinstance(statement, cst.SimpleStatementLine) and len(body.body) > 1:
                self._note_droppable(statement)
            runner = _RUNNERS.get(type(statement))
            if runner is not None:
                runner(self, statement)

    def _note_droppable(self, line: cst.SimpleStatementLine) -> None:
        """A line that is one expression or assignment and carries no comment can be taken away."""
        commented = line.trailing_whitespace.comment or any(empty.comment for empty in line.leading_lines)
        if len(line.body) == 1 and isinstance(line.body[0], (cst.Expr, cst.Assign)) and not commented:
            self.story.droppable[line.body[0].value] = line

    def _line(self, node: cst.SimpleStatementLine | cst.SimpleStatementSuite) -> None:
        for small in node.body:
            if not self.live:
                return
            runner = _RUNNERS.get(type(small))
            if runner is not None:
                runner(self, small)

    # Bindings.

    def _expression(self, node: cst.Expr) -> None:
        value = node.value
        self.story.dropped.add(value)
        if isinstance(value, (cst.BinaryOperation, cst.Call)):
            self._count(node, None, value)
        self.evaluate(value)

    def _assignment(self, node: cst.Assign) -> None:
        if len(node.targets) == 1:
            self._count(node, node.targets[0].target, node.value)
            self.story.assigned[node.value] = node.targets[0].target
        value = self.evaluate(node.value)
        for target in node.targets:
            self._element_written(node, target.target)
            self.assign(target.target, value)

    def _annotated(self, node: cst.AnnAssign) -> None:
        if node.value is not None:
            self.assign(node.target, self.evaluate(node.value))

    def _augmented(self, node: cst.AugAssign) -> None:
        held = self.evaluate(node.target)
        value = self.evaluate(node.value)
        variable = held.only(Variable)
        if variable is not None and isinstance(node.operator, (cst.AddAssign, cst.SubtractAssign)):
            sign: Sign = "+" if isinstance(node.operator, cst.AddAssign) else "-"
            count = Count(node, "augmented", variable, node.target, node.target, node.value, sign, self.where)
            self.story.counts.setdefault((node, self.frame.path), count)
        self._element_written(node, node.target)
        container = held.only(Container)
        if container is not None and isinstance(node.operator, cst.AddAssign):
            self.store.add((container, REST), self.iterate(value))
            return
        result = self.operate(node, node.operator, (node.target, held), (node.value, value))
        numbers = all(isinstance(atom, Literal) for atom in held) and all(isinstance(atom, Literal) for atom in value)
        self.assign(node.target, NUMBER if numbers and self.loops else result)

    def _element_written(self, node: cst.Assign | cst.AugAssign, target: cst.BaseExpression) -> None:
        if isinstance(target, cst.Subscript):
            for container in self.evaluate(target.value).all(Container):
                if container.kind in ("list", "tuple"):
                    index, known = self.index(target)
                    amount, sign = self._amount(node, target)
                    self.container_story(container).elements[target] = Element(
                        target, index if known else None, self.where, node, amount, sign
                    )

    def _amount(
        self, node: cst.Assign | cst.AugAssign, target: cst.Subscript
    ) -> tuple[cst.BaseExpression | None, Sign]:
        """By how much a statement counts an element: ``c[0] += 1``, ``c[0] = c[0] + 1``."""
        if isinstance(node, cst.AugAssign):
            if isinstance(node.operator, (cst.AddAssign, cst.SubtractAssign)):
                return node.value, "+" if isinstance(node.operator, cst.AddAssign) else "-"
            return None, "+"
        for subject, amount, sign in self._sum(node.value) or ():
            if target.deep_equals(subject):
                return amount, sign
        return None, "+"

    def _count(self, node: cst.Assign | cst.Expr, target: cst.BaseExpression | None, value: cst.BaseExpression) -> None:
        """Note a sum over a step that is bound to the step's own name, or to nothing."""
        readings = self._sum(value)
        if readings is None:
            return
        for subject, amount, sign in readings:
            held = self.evaluate(subject)
            variable = held.only(Variable)
            if variable is None or (target is not None and not target.deep_equals(subject)):
                continue
            count = Count(
                node,
                "discarded" if target is None else "assigned",
                variable,
                subject,
                target,
                amount,
                sign,
                self.where,
            )
            self.story.counts.setdefault((node, self.frame.path), count)
            return

    def _sum(self, value: cst.BaseExpression) -> list[tuple[cst.BaseExpression, cst.BaseExpression, Sign]] | None:
        """The ways to read an expression as a step and an amount: ``step + 1``, ``tf.add(step, 1)``."""
        if isinstance(value, cst.BinaryOperation):
            if isinstance(value.operator, cst.Add):
                return [(value.left, value.right, "+"), (value.right, value.left, "+")]
            if isinstance(value.operator, cst.Subtract):
                return [(value.left, value.right, "-")]
        elif isinstance(value, cst.Call) and len(value.args) == 2 and isinstance(value.func, (cst.Attribute, cst.Name)):
            function = self.evaluate(value.func).only(External)
            if function is not None and all(arg.star == "" and arg.keyword is None for arg in value.args):
                first, second = (arg.value for arg in value.args)
                if function.name in ("tf.add", "tf.math.add"):
                    return [(first, second, "+"), (second, first, "+")]
                if function.name in ("tf.subtract", "tf.math.subtract"):
                    return [(first, second, "-")]
        return None

    def assign(self, target: cst.BaseExpression, value: Value) -> None:
        if isinstance(target, cst.Name):
            self.bind(target.value, value)
        elif isinstance(target, cst.Attribute):
            self._set_attribute(target, value)
        elif isinstance(target, cst.Subscript):
            self._set_element(target, value)
        elif isinstance(target, (cst.Tuple, cst.List)):
            self._spread(list(target.elements), value)

    def _set_attribute(self, target: cst.Attribute, value: Value) -> None:
        holders = self.evaluate(target.value)
        name = target.attr.value
        if isinstance(target.value, cst.Name):
            self.note_binding(f"{target.value.value}.{name}")
        for holder in holders:
            if len(holders.atoms) == 1:
                self.put((holder, name), value)
            else:
                self.store.add((holder, name), value)
            if isinstance(holder, Class):
                continue
            if isinstance(holder, Instance):
                self._set_property(holder, name, value, target)
            elif isinstance(holder, Optimizer):
                self.set_rate(holder, name, value, target)
            elif name == "iterations":
                for variable in value.all(Variable):
                    self.move(variable, target, "update")

    def _set_property(self, holder: Instance, name: str, value: Value, target: cst.Attribute) -> None:
        setter = self.store.read((holder.cls, (name, "setter")))
        for atom in setter or ():
            if isinstance(atom, Function):
                self.call_function(atom, target, Arguments([Passed(value)]), holder)

    def _set_element(self, target: cst.Subscript, value: Value) -> None:
        holders = self.evaluate(target.value)
        index, known = self.index(target)
        for holder in holders:
            if not isinstance(holder, Container):
                if known:
                    self.put((holder, ("[]", index)), value)
                elif is_opaque(holder):
                    self.escape(value)
            elif known and len(holders.atoms) == 1:
                self.store.write((holder, index), value)
            else:
                self.store.add((holder, index if known else REST), value)

    def _spread(self, elements: Sequence[cst.BaseElement], value: Value) -> None:
        parts = self.unpack(value)
        stars = [position for position, element in enumerate(elements) if isinstance(element, cst.StarredElement)]
        if parts is not None and not stars and len(parts) == len(elements):
            for element, part in zip(elements, parts, strict=True):
                self.assign(element.value, part)
            return
        if parts is not None and len(stars) == 1 and len(parts) >= len(elements) - 1:
            (star,) = stars
            behind = len(elements) - star - 1
            middle = parts[star : len(parts) - behind]
            rest = self.new_container(elements[star], "list")
            for position, part in enumerate(middle):
                self.store.write((rest, position), part)
            spread = [*parts[:star], Value.of(rest), *parts[len(parts) - behind :]]
            for element, part in zip(elements, spread, strict=True):
                self.assign(element.value, part)
            return
        each = self._each_of(value, len(elements))
        for position, element in enumerate(elements):
            self.assign(element.value, UNKNOWN if isinstance(element, cst.StarredElement) else each[position])

    def _each_of(self, value: Value, count: int) -> list[Value]:
        """The elements of what may be one of several sequences."""
        columns = [NOTHING] * count
        for atom in value:
            parts = self.unpack(Value.of(atom))
            for position in range(count):
                if parts is not None and len(parts) == count:
                    columns[position] |= parts[position]
                else:
                    columns[position] |= self.iterate(Value.of(atom))
        return [column or UNKNOWN for column in columns]

    def _deletion(self, node: cst.Del) -> None:
        targets = [element.value for element in node.target.elements] if isinstance(node.target, cst.Tuple) else []
        for target in targets or [node.target]:
            if isinstance(target, cst.Name):
                self.bind(target.value, UNKNOWN)
            else:
                self.evaluate(target)

    # Jumps.

    def _return(self, node: cst.Return) -> None:
        value = self.evaluate(node.value) if node.value is not None else literal(None)
        if node.value is not None:
            self.story.handed.add(node.value)
        self.frame.returned |= value
        self.frame.exits.append(self.store.since(self.frame.depth))
        self.live = False

    def _raise(self, node: cst.Raise) -> None:
        if node.exc is not None:
            self.evaluate(node.exc)
        self.live = False

    def _break(self, node: cst.Break) -> None:
        if self.breaks:
            self.breaks[-1].append(self.store.since(self.loop_depths[-1]))
        self.live = False

    def _continue(self, node: cst.Continue) -> None:
        if self.continues:
            self.continues[-1].append(self.store.since(self.loop_depths[-1]))
        self.live = False

    def _assert(self, node: cst.Assert) -> None:
        self.truth(node.test)
        self.assume(node.test, True)

    # Branches.

    def _if(self, node: cst.If) -> None:
        only = self.truth(node.test).only(Literal)
        if only is not None and _is_constant(node.test):
            if only.content:
                self.run(node.body)
            else:
                self._orelse(node.orelse)
            return

        def then() -> None:
            with ExitStack() as stack:
                self.regions = stack
                self.assume(node.test, True)
                self.run(node.body)

        def orelse() -> None:
            with ExitStack() as stack:
                self.regions = stack
                self.assume(node.test, False)
                self._orelse(node.orelse)

        self.either(node.test, then, orelse)

    def assume_mode(self, mode: Mode, node: cst.CSTNode) -> None:
        """The arm of a question for the mode: the mode is known in it."""
        text = "`tf.executing_eagerly()` says so"
        fixed = Evidence(mode, node, text)
        if self.regions is not None:
            self.regions.enter_context(self.inside(scope=self.region((node, mode), fixed)))

    def _orelse(self, node: cst.If | cst.Else | None) -> None:
        if isinstance(node, cst.If):
            self._if(node)
        elif node is not None:
            self.run(node.body)

    def _try(self, node: cst.Try | cst.TryStar) -> None:
        """The handlers run from a state in which the body has run up to somewhere."""
        self.store.fork()
        guarded = int(_copes_with_schedules(node))
        self.trying += guarded
        self.run(node.body)
        self.trying -= guarded
        layer, ended = self.store.drop(), self.live
        self.live = True

        def normally() -> None:
            self.store.replay(layer)
            self.live = ended
            if ended and node.orelse is not None:
                self.run(node.orelse.body)

        def handled(handler: cst.ExceptHandler | cst.ExceptStarHandler) -> Callable[[], None]:
            def arm() -> None:
                self.store.merge([{}, layer])
                if handler.type is not None:
                    self.evaluate(handler.type)
                if handler.name is not None and isinstance(handler.name.name, cst.Name):
                    self.bind(handler.name.name.value, UNKNOWN)
                self.run(handler.body)

            return arm

        if node.handlers:
            self.branch([normally, *(handled(handler) for handler in node.handlers)])
        else:
            normally()
        if node.finalbody is not None:
            live, self.live = self.live, True
            self.run(node.finalbody.body)
            self.live = self.live and live

    def _match(self, node: cst.Match) -> None:
        self.evaluate(node.subject)

        def taken(case: cst.MatchCase) -> Callable[[], None]:
            def arm() -> None:
                for name in _captured(case.pattern):
                    self.bind(name, UNKNOWN)
                if case.guard is not None:
                    self.truth(case.guard)
                self.run(case.body)

            return arm

        exhaustive = any(_is_wildcard(case) for case in node.cases)
        self.branch([*(taken(case) for case in node.cases), *([] if exhaustive else [lambda: None])])

    # Loops.

    def _for(self, node: cst.For) -> None:
        source = self.evaluate(node.iter)

        def body() -> None:
            self.assign(node.target, self.iterate(source))
            self.run(node.body)

        self._loop(node, body, endless=False)
        if node.orelse is not None:
            self.run(node.orelse.body)

    def _while(self, node: cst.While) -> None:
        endless = _is_constant(node.test) and bool((only := self.evaluate(node.test).only(Literal)) and only.content)

        def body() -> None:
            self.truth(node.test)
            self.assume(node.test, True)
            self.run(node.body)

        self._loop(node, body, endless=endless)
        if node.orelse is not None and self.live:
            self.run(node.orelse.body)

    def _loop(self, node: cst.For | cst.While, body: Callable[[], None], *, endless: bool) -> None:
        """Run a loop until what holds at its head changes no more."""
        loops = self.loops
        self.loops = (*loops, Loop(node, self.frame.path))
        left: list[Layer] = []
        depth = self.store.fork()
        since = self.conditions_met
        for _ in range(_MOST_ROUNDS):
            self.breaks.append([])
            self.continues.append([])
            self.loop_depths.append(depth)
            self.store.fork()
            self.live = True
            body()
            layer = self.store.drop()
            self.loop_depths.pop()
            rounds = [*self.continues.pop(), *([layer] if self.live else [])]
            left = self.breaks.pop()
            changed = False
            for back in rounds:
                for place, value in back.items():
                    before = self.store.read(place)
                    after = value.unguarded(since) if before is None else before | value.unguarded(since)
                    if before is None or after.atoms != before.atoms:
                        # Another round can tell more only of schedules, steps and optimizers.
                        changed = changed or bool(hot_atoms(after) - hot_atoms(before or NOTHING))
                        self.store.write(place, after)
            if not changed:
                break
        head = self.store.drop()
        self.loops = loops
        exits = [*left, *([] if endless else [head])]
        self.live = bool(exits) or not endless
        self.store.merge(exits)

    # Contexts.

    def _with(self, node: cst.With) -> None:
        with ExitStack() as stack:
            for item in node.items:
                value = self.evaluate(item.item)
                fixed = self._context(value, item.item)
                if fixed is not None:
                    stack.enter_context(self.inside(scope=self.region(item, fixed)))
                if item.asname is not None:
                    self.assign(item.asname.name, self._entered(value))
            self.run(node.body)

    def _context(self, value: Value, node: cst.BaseExpression) -> Evidence | None:
        for thing in value.all(Object):
            if thing.name.startswith("tf.Graph.") or thing.name == "tf.get_default_graph.as_default":
                return Evidence("graph", node, "a graph is the default here", own_graph=True)
            if thing.name in tf_api.EAGER_CONTEXTS:
                if thing.name == "tf.init_scope" and not any(region.fixed for region in self.scope.chain):
                    return None
                return Evidence("eager", node, f"`{thing.name}()` is entered")
        return None

    def _entered(self, value: Value) -> Value:
        result = NOTHING
        for atom in value:
            if isinstance(atom, Container) and atom.kind == "generator":
                result |= self.contents(atom)
            elif isinstance(atom, Instance):
                entered = self.member(atom.cls, "__enter__")
                for member in entered or ():
                    if isinstance(member, Function):
                        result |= self.call_function(member, member.node, Arguments(), atom)
            else:
                result |= Value.of(atom)
        return result or UNKNOWN

    # Definitions.

    def _function(self, node: cst.FunctionDef) -> None:
        function = Function(node, self.frame)
        self.remember_defaults(function, node.params)
        self.pending.setdefault(function, None)
        value = Value.of(function)
        for decorator in reversed(node.decorators):
            value = self._decorated(decorator.decorator, value)
        for atom in value:
            if isinstance(atom, Function) and atom.kind == "setter":
                self.store.write((self._class_of(), (node.name.value, "setter")), Value.of(function))
                return
        self.bind(node.name.value, value)

    def _class_of(self) -> object:
        return getattr(self, "defining", None)

    def _decorated(self, node: cst.BaseExpression, value: Value) -> Value:
        if isinstance(node, cst.Attribute) and node.attr.value in ("setter", "getter", "deleter"):
            return Value.of(*(_kind(atom, node.attr.value) for atom in value.all(Function)))
        decorator = self.evaluate(node)
        result = NOTHING
        for atom in decorator:
            if isinstance(atom, External) and atom.name in _KINDS:
                result |= Value.of(*(_kind(function, _KINDS[atom.name]) for function in value.all(Function)))
            elif (isinstance(atom, External) and atom.name in tf_api.GRAPH_WRAPPERS) or (
                isinstance(atom, Object) and atom.name in tf_api.GRAPH_WRAPPERS
            ):
                result |= Value.of(
                    *(as_graph(function) for function in value if isinstance(function, (Function, Bound)))
                )
            elif isinstance(atom, (Function, Bound, Class)):
                result |= self.call(Value.of(atom), node, Arguments([Passed(value)]))
            else:
                result |= value
        return result or value

    def _class(self, node: cst.ClassDef) -> None:
        cls = Class(node, self.frame)
        bases = join(self.evaluate(arg.value) for arg in node.bases)
        self.store.write((cls, ("bases",)), bases)
        path = self.path(self.frame.path, node, node)
        outer = self.frame
        self.frame = self.enter(path, outer, self.scope)
        self.run(node.body)
        for name in self.frame.names:
            held = self.store.read((self.frame.key, name))
            if held is not None:
                self.store.write((cls, name), held)
        self.frame = outer
        self.classes.setdefault(cls, None)
        for decorator in node.decorators:
            self.evaluate(decorator.decorator)
        self.bind(node.name.value, Value.of(cls))

    # Imports and declarations.

    def _import(self, node: cst.Import) -> None:
        for alias in node.names:
            path = _dotted(alias.name)
            if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
                self._imported(alias.asname.name.value, path)
            else:
                root = path.partition(".")[0]
                self._imported(root, root)

    def _import_from(self, node: cst.ImportFrom) -> None:
        module = ("." * len(node.relative)) + (_dotted(node.module) if node.module is not None else "")
        if isinstance(node.names, cst.ImportStar):
            self.stars.append(canonical(module))
            return
        for alias in node.names:
            name = _dotted(alias.name)
            local = alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else name
            self._imported(local, f"{module}.{name}")

    def _imported(self, local: str, path: str) -> None:
        name = canonical(path)
        if self.frame is self.globals:
            self.story.imports.setdefault(local, path)
        self.bind(local, Value.of(External(name)))

    def _global(self, node: cst.Global) -> None:
        for item in node.names:
            self.frame.outer[item.name.value] = self.globals

    def _nonlocal(self, node: cst.Nonlocal) -> None:
        for item in node.names:
            name = item.name.value
            outer = self.frame.parent
            for frame in outer.chain if outer is not None else ():
                if name in frame.names:
                    self.frame.outer[name] = frame
                    break


_KINDS = {
    "builtins.property": "property",
    "functools.cached_property": "property",
    "builtins.staticmethod": "static",
    "builtins.classmethod": "class",
}


def _kind(function: Function, kind: str) -> Function:
    return Function(function.node, function.frame, function.graph, kind)


def _is_constant(test: cst.BaseExpression) -> bool:
    """Whether a condition is written so that everybody sees its outcome; a named constant may be changed tomorrow."""
    if isinstance(test, cst.Comparison):
        return False
    return isinstance(test, cst.Integer) or (isinstance(test, cst.Name) and test.value in ("True", "False"))


def _dotted(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


def _captured(pattern: cst.CSTNode) -> list[str]:
    names: list[str] = []
    todo: list[cst.CSTNode] = [pattern]
    while todo:
        node = todo.pop()
        if isinstance(node, (cst.MatchAs, cst.MatchStar)) and isinstance(node.name, cst.Name):
            names.append(node.name.value)
        todo.extend(parts(node))
    return names


def _copes_with_schedules(node: cst.Try | cst.TryStar) -> bool:
    """Whether a ``try`` is there for what raises because a schedule is a callable here and a tensor there."""
    small = len(node.body.body) <= 2
    names = [last_name(handler.type) if handler.type is not None else "" for handler in node.handlers]
    return "TypeError" in names or (small and any(name in ("", "Exception", "AttributeError") for name in names))


def _is_wildcard(case: cst.MatchCase) -> bool:
    return case.guard is None and isinstance(case.pattern, cst.MatchAs) and case.pattern.pattern is None


_RUNNERS: dict[type[cst.CSTNode], Callable[..., None]] = {
    cst.SimpleStatementLine: Statements._line,
    cst.SimpleStatementSuite: Statements._line,
    cst.Expr: Statements._expression,
    cst.Assign: Statements._assignment,
    cst.AnnAssign: Statements._annotated,
    cst.AugAssign: Statements._augmented,
    cst.Del: Statements._deletion,
    cst.Return: Statements._return,
    cst.Raise: Statements._raise,
    cst.Break: Statements._break,
    cst.Continue: Statements._continue,
    cst.Assert: Statements._assert,
    cst.If: Statements._if,
    cst.Try: Statements._try,
    cst.TryStar: Statements._try,
    cst.Match: Statements._match,
    cst.For: Statements._for,
    cst.While: Statements._while,
    cst.With: Statements._with,
    cst.FunctionDef: Statements._function,
    cst.ClassDef: Statements._class,
    cst.Import: Statements._import,
    cst.ImportFrom: Statements._import_from,
    cst.Global: Statements._global,
    cst.Nonlocal: Statements._nonlocal,
}
