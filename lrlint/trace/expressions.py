"""What expressions may be."""

from __future__ import annotations

import builtins
import operator
from abc import abstractmethod
from collections.abc import Callable, Sequence

import libcst as cst

from lrlint import tf_api
from lrlint.trace.core import REST, Arguments, Core
from lrlint.trace.events import Compiled, ContainerStory, Element, Passed, Use, UseKind
from lrlint.trace.names import attribute
from lrlint.trace.refine import condition_of, narrow
from lrlint.trace.scope import Loop
from lrlint.trace.syntax import parts
from lrlint.trace.values import (
    NONE,
    NOTHING,
    NUMBER,
    PLAIN,
    UNKNOWN,
    Atom,
    Bound,
    Class,
    ConstantTensor,
    Container,
    Derived,
    External,
    Function,
    Instance,
    Literal,
    Method,
    Number,
    Object,
    Optimizer,
    Rate,
    Schedule,
    Super,
    Value,
    Variable,
    is_opaque,
    join,
    literal,
)

_CONSTANTS = {"None": NONE, "True": literal(True), "False": literal(False)}
_BUILTINS = frozenset(dir(builtins))

_FOLDABLE: dict[type[cst.CSTNode], Callable[[float, float], object]] = {
    cst.Add: operator.add,
    cst.Subtract: operator.sub,
    cst.Multiply: operator.mul,
    cst.Divide: operator.truediv,
    cst.FloorDivide: operator.floordiv,
    cst.Modulo: operator.mod,
    cst.Power: operator.pow,
}

_ORDERINGS = (cst.LessThan, cst.GreaterThan, cst.LessThanEqual, cst.GreaterThanEqual)


class Expressions(Core):
    """Evaluation of expressions."""

    def evaluate(self, node: cst.BaseExpression) -> Value:
        if not self.spend():
            return UNKNOWN
        evaluator = _EVALUATORS.get(type(node))
        return evaluator(self, node) if evaluator else self._each_child(node)

    def _each_child(self, node: cst.CSTNode) -> Value:
        """An expression of no interest in itself: only its parts are evaluated."""
        for part in parts(node):
            if isinstance(part, cst.BaseExpression):
                self.evaluate(part)
            else:
                self._each_child(part)
        return UNKNOWN

    # Uses.

    def use(self, node: cst.BaseExpression, value: Value, kind: UseKind, how: str, context: cst.CSTNode) -> None:
        """Note what is done with the schedules that a value may be."""
        schedules = value.all(Schedule) if not self.trying else []
        if not schedules and not all(is_opaque(atom) for atom in value):
            self.story.other_uses.add(node)
        for schedule in schedules:
            key = (node, self.frame.path, schedule, kind)
            certain = len(schedules) == len(value.atoms)
            known = self.story.uses.get(key)
            if known is None:
                self.story.uses[key] = Use(node, kind, how, schedule, context, self.where, certain)
            else:
                known.certain &= certain

    def show(self, node: cst.BaseExpression, value: Value, how: str, context: cst.CSTNode) -> None:
        """Note what reaches text, also from within a list or a dict that is written out there."""
        self.use(node, value, "text", how, context)
        if isinstance(node, (cst.List, cst.Tuple, cst.Set)):
            for element in node.elements:
                self.show(element.value, self.evaluate(element.value), how, context)
        elif isinstance(node, cst.Dict):
            for item in node.elements:
                self.show(item.value, self.evaluate(item.value), how, context)

    def as_number(self, value: Value) -> None:
        """Note what is done to a tensor that a variable does not stand: it is formatted, or counts something."""
        self.story.numbers.update(value.all(Derived))

    def truth(self, node: cst.BaseExpression, how: str = "a test") -> Value:
        """Evaluate an expression for its truth."""
        value = self.evaluate(node)
        self.use(node, value, "truth", how, node)
        return value

    # Names, attributes, elements.

    def _name(self, node: cst.Name) -> Value:
        value = self.lookup(node.value)
        self.story.loads.setdefault(node.value, set()).add(node)
        if value is None:
            value = self._unbound(node.value)
        return self._mention(node, value)

    def _unbound(self, name: str) -> Value:
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name == "__name__":
            return literal("__main__")
        for star in self.stars:
            candidate = attribute(star, name)
            if candidate in tf_api.KNOWN_NAMES:
                return Value.of(External(candidate))
        return Value.of(External(f"builtins.{name}")) if name in _BUILTINS else UNKNOWN

    def _mention(self, node: cst.BaseExpression, value: Value) -> Value:
        for atom in value.atoms:
            if isinstance(atom, Schedule):
                self.story.kept.setdefault(atom, set()).add(node)
            elif isinstance(atom, (Derived, Variable)):
                self.story.mentions.setdefault(atom, set()).add(node)
            elif isinstance(atom, Container) and atom.kind in ("list", "tuple"):
                story = self.container_story(atom)
                story.mentions[node] = story.mentions.get(node, True) and len(value.atoms) == 1
        return value

    def container_story(self, container: Container) -> ContainerStory:
        return self.story.containers.setdefault(container, ContainerStory(container, container.site.node))

    def _attribute(self, node: cst.Attribute) -> Value:
        value = self.evaluate(node.value)
        attr = node.attr.value
        if isinstance(node.value, cst.Name):
            self.story.loads.setdefault(f"{node.value.value}.{attr}", set()).add(node)
        if isinstance(node.value, cst.Subscript):
            self.story.attributes[node.value] = node
        if attr in tf_api.PARTIAL_ATTRIBUTES:
            self.story.inspected.update(value.all(Schedule))
        for schedule in value.all(Schedule):
            if attr not in tf_api.PARTIAL_ATTRIBUTES and self.store.read((schedule, attr)) is None:
                self.use(node.value, Value.of(schedule), "attribute", f"`.{attr}`", node)
        return self._mention(node, join(self.attribute_of(atom, attr, node) for atom in value).under(self.assumed))

    def attribute_of(self, atom: Atom, attr: str, node: cst.CSTNode) -> Value:
        """An attribute of one thing."""
        if isinstance(atom, External):
            name = attribute(atom.name, attr)
            if name in tf_api.TF2_ONLY:
                self.modes.sign(self.modes.root, "eager", node, f"`{name}` is there in TensorFlow 2 only")
            return Value.of(External(name))
        held = self.store.read((atom, attr))
        if isinstance(atom, Instance):
            if attr == "__class__":
                return Value.of(atom.cls)
            if held is not None:
                return held
            member = self.member(atom.cls, attr)
            return join(self._member_of(atom, part, node) for part in member) if member else UNKNOWN
        if isinstance(atom, Super):
            return self._super_attribute(atom, attr, node)
        if isinstance(atom, Class):
            member = held or self.member(atom, attr) or UNKNOWN
            return Value({self._of_class(atom, part): guards for part, guards in member.atoms.items()})
        if held is not None:
            return held
        if isinstance(atom, Optimizer) and attr in ("_lr", "_learning_rate"):
            return self.story.optimizers[atom].rate.value
        if isinstance(
            atom, (Variable, Schedule, Rate, Derived, Optimizer, Container, Object, Literal, Function, Bound)
        ):
            return Value.of(Method(atom, attr))
        if is_opaque(atom):
            return UNKNOWN
        return PLAIN

    def _super_attribute(self, atom: Super, attr: str, node: cst.CSTNode) -> Value:
        """An attribute looked up from behind the class in which ``super()`` is called."""
        lineage = self.lineage(atom.receiver.cls)
        for cls in lineage[lineage.index(atom.cls) + 1 :]:
            held = self.store.read((cls, attr))
            if held is not None:
                return join(self._member_of(atom.receiver, member, node) for member in held)
        return Value.of(Method(atom, attr))

    def _of_class(self, cls: Class, member: Atom) -> Atom:
        is_class_method = isinstance(member, Function) and member.kind == "class"
        return Bound(member, cls) if isinstance(member, Function) and is_class_method else member

    def member(self, cls: Class, name: str) -> Value | None:
        """What a class or one of its bases in the file has under a name."""
        for ancestor in self.lineage(cls):
            value = self.store.read((ancestor, name))
            if value is not None:
                return value
        return None

    def lineage(self, cls: Class) -> list[Class]:
        """A class and its bases in the file, in the order in which they are asked."""
        found: list[Class] = []
        todo = [cls]
        while todo:
            ancestor = todo.pop(0)
            if ancestor not in found:
                found.append(ancestor)
                for base in self.bases(ancestor):
                    todo.extend(base.all(Class))
        return found

    def bases(self, cls: Class) -> list[Value]:
        """The bases of a class, as they were when it was defined."""
        value = self.store.read((cls, ("bases",)))
        return [] if value is None else [Value.of(atom) for atom in value]

    def _member_of(self, receiver: Instance, member: Atom, node: cst.CSTNode) -> Value:
        if not isinstance(member, Function) or member.kind == "static":
            return Value.of(member)
        if member.kind == "property":
            return self.call(Value.of(Bound(member, receiver)), node, Arguments())
        return Value.of(Bound(member, receiver.cls if member.kind == "class" else receiver))

    def _subscript(self, node: cst.Subscript) -> Value:
        base = self.evaluate(node.value)
        index, known = self.index(node)
        self.use(node.value, base, "attribute", "an index", node)
        result = NOTHING
        for atom in base:
            if isinstance(atom, Container):
                if atom.kind in ("list", "tuple"):
                    self.container_story(atom).elements.setdefault(
                        node, Element(node, index if known else None, self.where)
                    )
                result |= self.slot(atom, index, known)
            elif isinstance(atom, (Variable, Derived, Rate)):
                result |= self.derive([Value.of(atom)], node, UNKNOWN)
            else:
                held = self.store.read((atom, ("[]", index))) if known else None
                result |= held if held is not None else UNKNOWN
        return result

    def index(self, node: cst.Subscript) -> tuple[object, bool]:
        """The index of a subscript, and whether it is known; the parts of the index are evaluated."""
        if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
            value = self.evaluate(node.slice[0].slice.value)
            self.as_number(value)
            only = value.only(Literal)
            if only is not None:
                return only.content, True
        else:
            for element in node.slice:
                self._each_child(element)
        return None, False

    def slot(self, container: Container, index: object, known: bool) -> Value:
        """What a container holds under an index, or under any."""
        slots = self.store.slots.get(container, {})
        if known:
            if isinstance(index, int) and index < 0:
                index += sum(1 for slot in slots if isinstance(slot, int))
            held = self.store.read((container, index))
            rest = self.store.read((container, REST))
            return join(value for value in (held, rest) if value is not None) or UNKNOWN
        return self.contents(container)

    def contents(self, container: Container) -> Value:
        """All that a container may hold."""
        slots = self.store.slots.get(container, {})
        return join(self.store.read((container, slot)) or NOTHING for slot in slots) or UNKNOWN

    # Literals and displays.

    def _integer(self, node: cst.Integer) -> Value:
        try:
            return literal(int(node.value.replace("_", ""), 0))
        except ValueError:
            return NUMBER

    def _float(self, node: cst.Float) -> Value:
        return literal(float(node.value.replace("_", "")))

    def _string(self, node: cst.SimpleString) -> Value:
        return literal(node.evaluated_value)

    def _concatenated(self, node: cst.ConcatenatedString) -> Value:
        content = node.evaluated_value
        self._each_child(node)
        return literal(content) if content is not None else PLAIN

    def _formatted(self, node: cst.FormattedString) -> Value:
        for part in node.parts:
            if isinstance(part, cst.FormattedStringExpression):
                value = self.evaluate(part.expression)
                self.show(part.expression, value, "an f-string", part)
                if part.format_spec:
                    self.as_number(value)
                for nested in part.format_spec or ():
                    if isinstance(nested, cst.FormattedStringExpression):
                        self.evaluate(nested.expression)
        return PLAIN

    def new_container(self, node: cst.CSTNode, kind: str) -> Container:
        """A container made here, empty."""
        container = Container(self.site(node), kind)
        for slot in self.store.slots.get(container, {}):
            self.store.write((container, slot), NOTHING)
        self.store.slots.setdefault(container, {})
        return container

    def _sequence(self, node: cst.List | cst.Tuple | cst.Set) -> Value:
        kind = {cst.List: "list", cst.Tuple: "tuple", cst.Set: "set"}[type(node)]
        values = [(element, self.evaluate(element.value)) for element in node.elements]
        container = self.new_container(node, kind)
        if values:
            self.story.first_elements[node] = values[0][1]
        position: int | None = 0
        for element, value in values:
            if isinstance(element, cst.StarredElement):
                inner = self.unpack(value)
                if inner is None:
                    self.store.add((container, REST), self.iterate(value))
                    position = None
                    continue
                parts = inner
            else:
                parts = [value]
            for part in parts:
                if position is None or kind == "set":
                    self.store.add((container, REST), part)
                else:
                    self.store.write((container, position), part)
                    position += 1
        return Value.of(container)

    def _dict(self, node: cst.Dict) -> Value:
        items: list[tuple[Literal | None, Value]] = []
        for element in node.elements:
            value = self.evaluate(element.value)
            if isinstance(element, cst.DictElement):
                items.append((self.evaluate(element.key).only(Literal), value))
            else:
                for inner in value.all(Container):
                    for slot in self.store.slots.get(inner, {}):
                        held = self.store.read((inner, slot)) or NOTHING
                        items.append((None if slot == REST else Literal(slot, type(slot)), held))
                if len(value.all(Container)) != len(value.atoms):
                    items.append((None, UNKNOWN))
        container = self.new_container(node, "dict")
        for key, value in items:
            if key is None:
                self.store.add((container, REST), value)
            else:
                self.store.write((container, key.content), value)
        return Value.of(container)

    def unpack(self, value: Value) -> list[Value] | None:
        """The elements of a sequence in their order, where they are known."""
        container = value.only(Container)
        if container is None or container.kind not in ("list", "tuple"):
            return None
        slots = self.store.slots.get(container, {})
        if self.store.read((container, REST)):
            return None
        return [
            held
            for position in sorted(slot for slot in slots if isinstance(slot, int))
            if (held := self.store.read((container, position)))
        ]

    def iterate(self, value: Value) -> Value:
        """What the elements of an iterable may be."""
        result = NOTHING
        for atom in value:
            if isinstance(atom, Container) and atom.kind == "dict":
                slots = self.store.slots.get(atom, {})
                result |= join(UNKNOWN if slot == REST else literal(slot) for slot in slots) or PLAIN
            elif isinstance(atom, Container):
                result |= self.contents(atom)
            elif isinstance(atom, Object) and atom.name in ("builtins.range", "six.moves.range", "six.moves.xrange"):
                result |= NUMBER
            else:
                result |= UNKNOWN
        return result or UNKNOWN

    # Operators.

    def _binary(self, node: cst.BinaryOperation) -> Value:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        if isinstance(node.operator, cst.Modulo) and self._is_text(node.left, left):
            if isinstance(node.right, cst.Tuple):
                for element in node.right.elements:
                    self.show(element.value, self.evaluate(element.value), "`%` formatting", node)
            else:
                self.show(node.right, right, "`%` formatting", node)
            return PLAIN
        if isinstance(node.operator, cst.Add) and self._is_text(node.left, left):
            self.use(node.right, right, "text", "text with `+`", node)
            return PLAIN
        return self.operate(node, node.operator, (node.left, left), (node.right, right))

    def _is_text(self, node: cst.BaseExpression, value: Value) -> bool:
        if isinstance(node, (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString)):
            return True
        texts = [atom for atom in value.all(Literal) if atom.kind is str]
        return bool(texts) and len(texts) == len(value.atoms)

    def operate(
        self,
        node: cst.CSTNode,
        op: cst.BaseBinaryOp | cst.BaseAugOp,
        left: tuple[cst.BaseExpression, Value],
        right: tuple[cst.BaseExpression, Value],
    ) -> Value:
        """The value of an operation on two operands."""
        for operand, value in (left, right):
            self.use(operand, value, "number", "arithmetic", node)
        first, second = left[1].only(Literal), right[1].only(Literal)
        otherwise = UNKNOWN
        if first is not None and second is not None:
            otherwise = _folded(op, first.content, second.content)
        elif is_number(left[1]) and is_number(right[1]):
            otherwise = NUMBER
        return self.derive([left[1], right[1]], node, otherwise)

    def _unary(self, node: cst.UnaryOperation) -> Value:
        if isinstance(node.operator, cst.Not):
            self.truth(node.expression)
            return PLAIN
        value = self.evaluate(node.expression)
        self.use(node.expression, value, "number", "arithmetic", node)
        only = value.only(Literal)
        if isinstance(node.operator, cst.Minus) and only is not None and isinstance(only.content, (int, float)):
            return literal(-only.content)
        return self.derive([value], node, NUMBER if is_number(value) else UNKNOWN)

    def _comparison(self, node: cst.Comparison) -> Value:
        operands = [node.left, *(target.comparator for target in node.comparisons)]
        values = [self.evaluate(operand) for operand in operands]
        for position, target in enumerate(node.comparisons):
            for operand, value in zip(operands[position : position + 2], values[position : position + 2], strict=True):
                if isinstance(target.operator, _ORDERINGS):
                    self.use(operand, value, "order", "a comparison", node)
                elif isinstance(target.operator, (cst.Equal, cst.NotEqual)) and _is_with_number(values, position):
                    how = "==" if isinstance(target.operator, cst.Equal) else "!="
                    self.use(operand, value, "equality", how, node)
        return PLAIN

    def _boolean(self, node: cst.BooleanOperation) -> Value:
        left = self.truth(node.left, "`and`" if isinstance(node.operator, cst.And) else "`or`")
        right = [NOTHING]
        outcome = isinstance(node.operator, cst.And)
        live = self.live

        def second() -> None:
            self.assume(node.left, outcome)
            right[0] = self.evaluate(node.right) if self.live else NOTHING

        self.branch([second, lambda: None])
        self.live = live
        return left | right[0]

    def _conditional(self, node: cst.IfExp) -> Value:
        results = {True: NOTHING, False: NOTHING}

        def arm(outcome: bool, expression: cst.BaseExpression) -> Callable[[], None]:
            def run() -> None:
                self.assume(node.test, outcome)
                results[outcome] = self.evaluate(expression) if self.live else NOTHING

            return run

        self.truth(node.test)
        self.either(node.test, arm(True, node.body), arm(False, node.orelse))
        condition = condition_of(node.test)
        if condition is not None:
            number = self.condition(*condition)
            return results[True].guarded((number, True)) | results[False].guarded((number, False))
        return results[True] | results[False]

    def _lambda(self, node: cst.Lambda) -> Value:
        function = Function(node, self.frame)
        self.remember_defaults(function, node.params)
        return Value.of(function)

    def remember_defaults(self, function: Function, params: cst.Parameters) -> None:
        """Evaluate the defaults of a function, where it is defined."""
        self.defaults[function.node, function.frame] = {
            param.name.value: self.evaluate(param.default)
            for param in (*params.posonly_params, *params.params, *params.kwonly_params)
            if param.default is not None
        }

    def _walrus(self, node: cst.NamedExpr) -> Value:
        value = self.evaluate(node.value)
        self.assign(node.target, value)
        return value

    def _await(self, node: cst.Await) -> Value:
        return self.evaluate(node.expression)

    def _yield(self, node: cst.Yield) -> Value:
        if isinstance(node.value, cst.From):
            self.frame.yielded |= self.iterate(self.evaluate(node.value.item))
        elif node.value is not None:
            self.frame.yielded |= self.evaluate(node.value)
        return UNKNOWN

    def _starred(self, node: cst.StarredElement) -> Value:
        return self.evaluate(node.value)

    def _comprehension(self, node: cst.BaseComp) -> Value:
        """A comprehension: a loop in a frame of its own."""
        path = self.path(self.frame.path, node, node)
        outer = self.frame
        source = self.evaluate(node.for_in.iter)
        self.frame = self.enter(path, outer, self.scope)
        self.frame.outer = outer.outer
        result = NOTHING
        with self.inside():
            self.loops = (*self.loops, Loop(node, outer.path))
            clause: cst.CompFor | None = node.for_in
            while clause is not None:
                self.assign(clause.target, self.iterate(source))
                for test in clause.ifs:
                    self.truth(test.test)
                    self.assume(test.test, True)
                clause = clause.inner_for_in
                source = self.evaluate(clause.iter) if clause is not None else source
            if isinstance(node, cst.DictComp):
                self.evaluate(node.key)
                result = self.evaluate(node.value)
            elif isinstance(node, (cst.ListComp, cst.SetComp, cst.GeneratorExp)):
                result = self.evaluate(node.elt)
        self.frame = outer
        container = self.new_container(node, "dict" if isinstance(node, cst.DictComp) else "list")
        self.store.write((container, REST), result)
        return Value.of(container)

    # Conditions.

    def assume(self, test: cst.BaseExpression, outcome: bool) -> None:
        """Narrow what places hold by the outcome of a condition."""
        narrow(self, test, outcome)

    def either(self, test: cst.BaseExpression, then: Callable[[], None], orelse: Callable[[], None]) -> None:
        """Run one arm or the other, as a condition says."""
        condition = condition_of(test)
        if condition is None:
            number = self.new_condition()
            self.branch([then, orelse], [(number, True), (number, False)], tied=False)
        else:
            number = self.condition(*condition)
            outcomes = [outcome for outcome in (True, False) if self.assumed.get(number, outcome) == outcome]
            arms = {True: then, False: orelse}
            self.branch([arms[outcome] for outcome in outcomes], [(number, outcome) for outcome in outcomes])

    def _call(self, node: cst.Call) -> Value:
        callee = self.evaluate(node.func)
        arguments = self.arguments(node.args)
        if isinstance(node.func, cst.Attribute) and node.func.attr.value == "compile":
            self.compiled(callee, node, arguments)
        if (
            isinstance(node.func, cst.Attribute)
            and node.func.attr.value == "run"
            and self.runs_session(callee, arguments)
        ):
            return UNKNOWN
        return self.call(callee, node, arguments)

    @abstractmethod
    def runs_session(self, callee: Value, arguments: Arguments) -> bool:
        """Whether ``.run()`` of nobody knows what is that of a session, which fetches what it is given and no more."""

    def compiled(self, callee: Value, node: cst.Call, arguments: Arguments) -> None:
        """Note a model that is compiled with an optimizer of ``tf.train``, unless the method is the file's own."""
        passed = arguments.bind(("optimizer",)).get("optimizer")
        if passed is None or any(isinstance(atom, (Function, Bound)) for atom in callee):
            return
        for optimizer in passed.value.all(Optimizer):
            if not self.story.optimizers[optimizer].keras:
                compiled = Compiled(node, optimizer, passed, self.where)
                self.story.compiled.setdefault((node, self.frame.path), compiled)

    def arguments(self, args: Sequence[cst.Arg]) -> Arguments:
        """The arguments of a call, with stars over known sequences and dicts resolved."""
        result = Arguments()
        for arg in args:
            value = self.evaluate(arg.value)
            if arg.star == "*":
                parts = self.unpack(value)
                if parts is None or result.more_positional:
                    result.more_positional = True
                else:
                    nodes = _elements(arg.value, len(parts))
                    result.positional.extend(Passed(part, node) for part, node in zip(parts, nodes, strict=True))
            elif arg.star == "**":
                container = value.only(Container)
                if container is None or self.store.read((container, REST)):
                    result.more_keywords = True
                for slot in self.store.slots.get(container, {}) if container else ():
                    held = self.store.read((container, slot)) if container else None
                    if isinstance(slot, str) and slot != REST and held:
                        result.keywords[slot] = Passed(held, _entry(arg.value, slot))
            elif arg.keyword is not None:
                result.keywords[arg.keyword.value] = Passed(value, arg.value, arg)
            elif result.more_positional:
                result.more_keywords = True
            else:
                result.positional.append(Passed(value, arg.value, arg))
        return result


def _elements(node: cst.BaseExpression, count: int) -> list[cst.BaseExpression | None]:
    """The expressions of a sequence that is written out."""
    if isinstance(node, (cst.List, cst.Tuple)) and len(node.elements) == count:
        return [element.value for element in node.elements]
    return [None] * count


def _entry(node: cst.BaseExpression, key: str) -> cst.BaseExpression | None:
    """The expression under a key of a dict that is written out: ``{'key': it}``, ``dict(key=it)``."""
    if isinstance(node, cst.Dict):
        for element in node.elements:
            name = element.key if isinstance(element, cst.DictElement) else None
            if isinstance(name, cst.SimpleString) and name.evaluated_value == key:
                return element.value
    if isinstance(node, cst.Call):
        for arg in node.args:
            if arg.keyword is not None and arg.keyword.value == key:
                return arg.value
    return None


def _is_with_number(values: list[Value], position: int) -> bool:
    """Whether one side of a comparison is known to be a number."""
    return any(
        is_number(value) or bool(value.all(Rate) or value.all(Derived)) for value in values[position : position + 2]
    )


def _folded(op: cst.CSTNode, left: object, right: object) -> Value:
    fold = next((fold for kind, fold in _FOLDABLE.items() if isinstance(op, kind)), None)
    if fold is None or not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
        return UNKNOWN
    if isinstance(op, cst.Power) and (abs(left) > 1e6 or abs(right) > 64):
        return NUMBER
    try:
        result = fold(left, right)
    except (ArithmeticError, ValueError):
        return NUMBER
    return NUMBER if isinstance(result, complex) else literal(result)


def is_number(value: Value) -> bool:
    """Whether a value is a Python or NumPy number, whatever it is."""
    return bool(value) and all(
        isinstance(atom, (Number, ConstantTensor)) or (isinstance(atom, Literal) and atom.kind in (int, float, bool))
        for atom in value
    )


_EVALUATORS: dict[type[cst.BaseExpression], Callable[..., Value]] = {
    cst.Name: Expressions._name,
    cst.Attribute: Expressions._attribute,
    cst.Subscript: Expressions._subscript,
    cst.Integer: Expressions._integer,
    cst.Float: Expressions._float,
    cst.SimpleString: Expressions._string,
    cst.ConcatenatedString: Expressions._concatenated,
    cst.FormattedString: Expressions._formatted,
    cst.List: Expressions._sequence,
    cst.Tuple: Expressions._sequence,
    cst.Set: Expressions._sequence,
    cst.Dict: Expressions._dict,
    cst.BinaryOperation: Expressions._binary,
    cst.UnaryOperation: Expressions._unary,
    cst.Comparison: Expressions._comparison,
    cst.Comparison: Expressions._comparison,
    cst.BooleanOperation: Expressions._boolean,
    cst.IfExp: Expressions._conditional,
    cst.Lambda: Expressions._lambda,
    cst.NamedExpr: Expressions._walrus,
    cst.Await: Expressions._await,
    cst.Yield: Expressions._yield,
    cst.ListComp: Expressions._comprehension,
    cst.SetComp: Expressions._comprehension,
    cst.GeneratorExp: Expressions._comprehension,
    cst.DictComp: Expressions._comprehension,
    cst.Call: Expressions._call,
}
