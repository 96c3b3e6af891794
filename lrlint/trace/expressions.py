"""What expressions may be."""

from __future__ import annotations

import ast
import builtins
import re
from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import lru_cache

from lrlint import outline, tf_api
from lrlint.trace.attributes import Attributes
from lrlint.trace.containers import elements, entry
from lrlint.trace.events import Compiled, Passed
from lrlint.trace.folding import OPERATORS, constant, fold
from lrlint.trace.names import attribute
from lrlint.trace.passing import Arguments
from lrlint.trace.refine import condition_of, decided, narrow
from lrlint.trace.scope import Loop
from lrlint.trace.store import REST
from lrlint.trace.values import (
    NONE,
    NOTHING,
    NUMBER,
    PLAIN,
    UNKNOWN,
    Bound,
    ConstantTensor,
    Container,
    Derived,
    External,
    Function,
    Guard,
    Literal,
    Number,
    Optimizer,
    Rate,
    Schedule,
    Value,
    literal,
    outside,
)

_CONSTANTS = {"None": NONE, "True": literal(True), "False": literal(False)}
_BUILTINS = frozenset(dir(builtins))

_MOST_NUMBERS = 32
"""The length up to which a list that is computed from numbers is computed one by one."""

_ORDERINGS = frozenset({outline.LessThan, outline.GreaterThan, outline.LessThanEqual, outline.GreaterThanEqual})


class Expressions(Attributes):
    """Evaluation of expressions."""

    def evaluate(self, node: outline.BaseExpression) -> Value:
        self._visits += 1  # as in spend(), without the call: this is what is done most often
        if self._visits > self._most_visits:
            self.spend()
            return UNKNOWN
        evaluator = _EVALUATORS.get(type(node))
        return evaluator(self, node) if evaluator else self._each_child(node)

    # Names and attributes.

    def _name(self, node: outline.Name) -> Value:
        name = node.value
        value = self.lookup(name)
        self.story.loads.add(name)
        if value is None:
            return self._unbound(name)
        return value if value.inert else self.mention(node, value)

    def _unbound(self, name: str) -> Value:
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name == "__name__":
            return literal("__main__")
        for star in self.stars:
            candidate = attribute(star, name)
            if candidate in tf_api.KNOWN_NAMES:
                return outside(candidate)
        if name == "display" and not self.stars:
            return outside("IPython.display.display")
        return outside(f"builtins.{name}") if name in _BUILTINS else UNKNOWN

    def _attribute(self, node: outline.Attribute) -> Value:
        """A dotted name, from its root on."""
        links = [node]
        root = node.value
        while type(root) is outline.Attribute:
            links.append(root)
            root = root.value
        if type(root) is outline.Subscript:
            self.story.attributes[root] = links[-1]
        value = self.evaluate(root)
        for link in reversed(links):
            named = value.only(External)
            value = self.external_attribute(named, link.attr.value, link) if named else self._link(value, link)
        return value

    def _link(self, value: Value, node: outline.Attribute) -> Value:
        attr = node.attr.value
        for schedule in value.all(Schedule) if not value.inert else ():
            if attr in tf_api.PARTIAL_ATTRIBUTES:
                self.story.inspected.add(schedule)
            elif self.store.read((schedule, attr)) is None:
                self.use(node.value, Value.of(schedule), "attribute", f"`.{attr}`", node)
        result = NOTHING
        for atom in value.atoms:
            result |= self.attribute_of(atom, attr, node)
        if not result.sure:
            result = result.under(self.assumed)
        return result if result.inert else self.mention(node, result)

    # Literals and displays.

    def _written(self, node: outline.Integer | outline.Float | outline.SimpleString) -> Value:
        return _written_out(node.value)

    def _concatenated(self, node: outline.ConcatenatedString) -> Value:
        part: outline.BaseExpression = node
        while isinstance(part, outline.ConcatenatedString):
            self.evaluate(part.left)
            part = part.right
        self.evaluate(part)
        return PLAIN

    def _formatted(self, node: outline.FormattedString) -> Value:
        for part in node.parts:
            if isinstance(part, outline.FormattedStringExpression):
                value = self.evaluate(part.expression)
                self.show(part.expression, value, "an f-string", part)
                if part.format_spec:
                    self.as_number(value)
                for nested in part.format_spec or ():
                    if isinstance(nested, outline.FormattedStringExpression):
                        self.evaluate(nested.expression)
        return PLAIN

    # Operators.

    def _binary(self, node: outline.BinaryOperation) -> Value:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        if type(node.operator) is outline.Modulo and self._is_text(node.left, left):
            if type(node.right) is outline.Tuple:
                for element in node.right.elements:
                    self.show(element.value, self.evaluate(element.value), "`%` formatting", node)
            else:
                self.show(node.right, right, "`%` formatting", node)
            return PLAIN
        if type(node.operator) is outline.Add and self._is_text(node.left, left):
            self.use(node.right, right, "text", "text with `+`", node)
            return PLAIN
        return self.operate(node, node.operator, (node.left, left), (node.right, right))

    def _is_text(self, node: outline.BaseExpression, value: Value) -> bool:
        if isinstance(node, (outline.SimpleString, outline.ConcatenatedString, outline.FormattedString)):
            return True
        texts = [atom for atom in value.all(Literal) if atom.kind is str]
        return bool(texts) and len(texts) == len(value.atoms)

    def operate(
        self,
        node: outline.Node,
        op: outline.BaseBinaryOp | outline.BaseAugOp,
        left: tuple[outline.BaseExpression, Value],
        right: tuple[outline.BaseExpression, Value],
    ) -> Value:
        """The value of an operation on two operands."""
        for operand, value in (left, right):
            self.use(operand, value, "number", "arithmetic", node)
        for value in (left[1], right[1]):
            if not value.inert:
                self.escape(value.where(lambda atom: isinstance(atom, Container)))
        return self.derive([left[1], right[1]], node, self._computed(op, left[1], right[1]))

    def _computed(self, op: outline.Node, *operands: Value) -> Value:
        """The number that an operator gives, as far as it is known."""
        function = OPERATORS.get(type(op))
        folded = fold(function, [self.by_default(operand) for operand in operands]) if function is not None else None
        if folded is not None:
            return folded
        return NUMBER if all(is_number(operand) for operand in operands) else UNKNOWN

    def _unary(self, node: outline.UnaryOperation) -> Value:
        if type(node.operator) is outline.Not:
            self.truth(node.expression)
            return PLAIN
        value = self.evaluate(node.expression)
        self.use(node.expression, value, "number", "arithmetic", node)
        return self.derive([value], node, self._computed(node.operator, value))

    def _comparison(self, node: outline.Comparison) -> Value:
        operands = [node.left, *(target.comparator for target in node.comparisons)]
        values = [self.evaluate(operand) for operand in operands]
        for position, target in enumerate(node.comparisons):
            for operand, value in zip(operands[position : position + 2], values[position : position + 2], strict=True):
                if type(target.operator) in _ORDERINGS:
                    self.use(operand, value, "order", "a comparison", node)
                elif isinstance(target.operator, (outline.Equal, outline.NotEqual)) and _is_with_number(
                    values, position
                ):
                    how = "==" if isinstance(target.operator, outline.Equal) else "!="
                    self.use(operand, value, "equality", how, node)
            if isinstance(target.operator, (outline.In, outline.NotIn)) and self._holds_numbers(values[position + 1]):
                self.use(operands[position], values[position], "equality", "in", node)
        return PLAIN

    def _holds_numbers(self, value: Value) -> bool:
        """Whether a value is a list of numbers and rates, and of nothing else."""
        container = value.only(Container)
        held = self.contents(container) if container is not None and container.kind != "dict" else NOTHING
        return bool(held) and all(isinstance(atom, (Rate, Derived)) or is_number(Value.of(atom)) for atom in held)

    def _boolean(self, node: outline.BooleanOperation) -> Value:
        left = self.truth(node.left, "`and`" if type(node.operator) is outline.And else "`or`")
        right = [NOTHING]
        outcome = type(node.operator) is outline.And
        live = self.live

        def second() -> None:
            self.assume(node.left, outcome)
            right[0] = self.evaluate(node.right) if self.live else NOTHING

        arms = (second, lambda: None)
        self.either(node.left, *(arms if outcome else arms[::-1]))
        self.live = live
        return left | right[0]

    def _conditional(self, node: outline.IfExp) -> Value:
        results = {True: NOTHING, False: NOTHING}

        def arm(outcome: bool, expression: outline.BaseExpression) -> Callable[[], None]:
            def run() -> None:
                self.assume(node.test, outcome)
                results[outcome] = self.evaluate(expression) if self.live else NOTHING

            return run

        self.truth(node.test)
        self.story.held[node.body] = self.story.held[node.orelse] = node
        self.either(node.test, arm(True, node.body), arm(False, node.orelse))
        guards = self._guards(node.test)
        if guards is None:
            return results[True] | results[False]
        holding, failing = guards
        return results[True].guarded(holding) | results[False].guarded(failing)

    def _lambda(self, node: outline.Lambda) -> Value:
        function = self.frame.function(node)
        self.remember_defaults(function, node.params)
        return Value.of(function)

    def remember_defaults(self, function: Function, params: outline.Parameters) -> None:
        """Evaluate the defaults of a function, where it is defined."""
        self.defaults[function.node, function.frame] = {
            param.name.value: self.evaluate(param.default)
            for param in (*params.posonly_params, *params.params, *params.kwonly_params)
            if param.default is not None
        }

    def _walrus(self, node: outline.NamedExpr) -> Value:
        value = self.evaluate(node.value)
        frame = self.frame
        while isinstance(self.frame.node, outline.BaseComp) and self.frame.parent is not None:
            self.frame = self.frame.parent  # it binds around the comprehension that it stands in
        self.assign(node.target, value)
        self.frame = frame
        return value

    def _await(self, node: outline.Await) -> Value:
        return self.evaluate(node.expression)

    def _yield(self, node: outline.Yield) -> Value:
        if isinstance(node.value, outline.From):
            self.frame.yielded |= self.iterate(self.evaluate(node.value.item))
        elif node.value is not None:
            self.frame.yielded |= self.evaluate(node.value)
        return UNKNOWN

    def _comprehension(self, node: outline.BaseComp) -> Value:
        """A comprehension: a loop in a frame of its own."""
        path = self.path(self.frame.path, node, node)
        outer = self.frame
        source = self.evaluate(node.for_in.iter)
        self.frame = self.enter(path, outer, self.scope)
        self.frame.outer = outer.outer
        result = NOTHING
        numbers: list[Value] = []
        with self.inside():
            self.loops = (*self.loops, Loop(node, outer.path))
            clause: outline.CompFor | None = node.for_in
            while clause is not None:
                self.assign(clause.target, self.iterate(source))
                for test in clause.ifs:
                    self.truth(test.test)
                    self.assume(test.test, True)
                clause = clause.inner_for_in
                source = self.evaluate(clause.iter) if clause is not None else source
            if isinstance(node, outline.ListComp):
                numbers = self._each_number(node, source)
            if isinstance(node, outline.DictComp):
                self.keyed(self.evaluate(node.key))
                result = self.evaluate(node.value)
            elif isinstance(node, (outline.ListComp, outline.SetComp, outline.GeneratorExp)):
                result = self.repeated(lambda: self.evaluate(node.elt))
        self.frame = outer
        container = self.new_container(node, "dict" if isinstance(node, outline.DictComp) else "list")
        if numbers:
            self.store.write((container, REST), NOTHING)
            for position, number in enumerate(numbers):
                self.store.write((container, position), number)
        else:
            self.store.write((container, REST), result)
        return Value.of(container)

    def _each_number(self, node: outline.ListComp, source: Value) -> list[Value]:
        """The elements of a list that is computed from a list of numbers, one by one; none where it is not."""
        parts = self.unpack(source) or []
        if node.for_in.inner_for_in or node.for_in.ifs or len(parts) > _MOST_NUMBERS or not all(map(constant, parts)):
            return []
        found: list[Value] = []
        for part in parts:
            self.assign(node.for_in.target, part)
            found.append(self.evaluate(node.elt))
        return found if all(map(constant, found)) else []

    # Conditions.

    def assume(self, test: outline.BaseExpression, outcome: bool) -> None:
        """Narrow what places hold by the outcome of a condition."""
        narrow(self, test, outcome)

    def either(self, test: outline.BaseExpression, then: Callable[[], None], orelse: Callable[[], None]) -> None:
        """Run one arm or the other, as a condition says."""
        outcome = decided(self, test)
        if outcome is not None:
            self.branch([then if outcome else orelse])
            return
        guards = self._guards(test)
        if guards is None:
            number = self.new_condition()
            self.branch([then, orelse], [(number, True), (number, False)], tied=False)
        else:
            arms = zip(guards, (then, orelse), strict=True)
            still_open = [(guard, arm) for guard, arm in arms if self.assumed.get(*guard) == guard[1]]
            self.branch([arm for _, arm in still_open], [guard for guard, _ in still_open])

    def _guards(self, test: outline.BaseExpression) -> tuple[Guard, Guard] | None:
        """The outcomes of a condition where a test holds and where it fails; ``None`` for a test that is like no other."""
        condition = condition_of(test)
        if condition is None:
            return None
        number = self.condition(condition.text, condition.names)
        return (number, condition.holds), (number, not condition.holds)

    def _call(self, node: outline.Call) -> Value:
        callee = self.evaluate(node.func)
        arguments = self.arguments(node.args)
        if type(node.func) is outline.Attribute and node.func.attr.value == "compile":
            self.compiled(callee, node, arguments)
        if (
            type(node.func) is outline.Attribute
            and node.func.attr.value == "run"
            and self.runs_session(callee, arguments)
        ):
            return UNKNOWN
        return self.call(callee, node, arguments)

    @abstractmethod
    def runs_session(self, callee: Value, arguments: Arguments) -> bool:
        """Whether ``.run()`` of nobody knows what is that of a session, which fetches what it is given and no more."""

    def compiled(self, callee: Value, node: outline.Call, arguments: Arguments) -> None:
        """Note a model that is compiled with an optimizer of ``tf.train``, unless the method is the file's own."""
        passed = arguments.bind(("optimizer",)).get("optimizer")
        if passed is None or any(isinstance(atom, (Function, Bound)) for atom in callee):
            return
        for optimizer in passed.value.all(Optimizer):
            if not self.story.optimizers[optimizer].keras:
                compiled = Compiled(node, optimizer, passed, self.where)
                self.story.compiled.setdefault((node, self.frame.path), compiled)

    def arguments(self, args: Sequence[outline.Arg]) -> Arguments:
        """The arguments of a call, with stars over known sequences and dicts resolved."""
        result = Arguments()
        for arg in args:
            value = self.evaluate(arg.value)
            if arg.star:
                self.story.handed.add(arg.value)
            if arg.star == "*":
                parts = self.unpack(value)
                if parts is None or result.more_positional:
                    result.more_positional = True
                    self.escape(value)  # nobody sees which parameters these are
                else:
                    nodes = elements(arg.value, len(parts))
                    result.positional.extend(Passed(part, node) for part, node in zip(parts, nodes, strict=True))
            elif arg.star == "**":
                container = value.only(Container)
                if container is None or self.store.read((container, REST)):
                    result.more_keywords = True
                    self.escape(value)
                for slot in self.store.slots.get(container, {}) if container else ():
                    held = self.store.read((container, slot)) if container else None
                    if isinstance(slot, str) and slot != REST and held:
                        result.keywords[slot] = Passed(held, entry(arg.value, slot))
            elif arg.keyword is not None:
                result.keywords[arg.keyword.value] = Passed(value, arg.value, arg)
            elif result.more_positional:
                result.more_keywords = True
                self.escape(value)  # nobody sees which parameter it is
            else:
                result.positional.append(Passed(value, arg.value, arg))
        return result


_PLAIN_TEXT = re.compile(r"""'[^'\\]*'|"[^"\\]*\"""")


@lru_cache(maxsize=4096)
def _written_out(code: str) -> Value:
    """What a number or a text is, as it is written."""
    if _PLAIN_TEXT.fullmatch(code):  # as most are, and without a parser
        return literal(code[1:-1])
    try:
        return literal(ast.literal_eval(code))
    except (ValueError, SyntaxError):
        return NUMBER  # longer than Python reads


def _is_with_number(values: list[Value], position: int) -> bool:
    """Whether one side of a comparison is known to be a number."""
    return any(
        is_number(value) or bool(value.all(Rate) or value.all(Derived)) for value in values[position : position + 2]
    )


def is_number(value: Value) -> bool:
    """Whether a value is a Python or NumPy number, whatever it is."""
    return bool(value) and all(
        isinstance(atom, (Number, ConstantTensor)) or (isinstance(atom, Literal) and atom.kind in (int, float, bool))
        for atom in value.atoms
    )


_EVALUATORS: dict[type[outline.BaseExpression], Callable[..., Value]] = {
    outline.Name: Expressions._name,
    outline.Attribute: Expressions._attribute,
    outline.Subscript: Expressions._subscript,
    outline.Integer: Expressions._written,
    outline.Float: Expressions._written,
    outline.SimpleString: Expressions._written,
    outline.ConcatenatedString: Expressions._concatenated,
    outline.FormattedString: Expressions._formatted,
    outline.List: Expressions._sequence,
    outline.Tuple: Expressions._sequence,
    outline.Set: Expressions._sequence,
    outline.Dict: Expressions._dict,
    outline.BinaryOperation: Expressions._binary,
    outline.UnaryOperation: Expressions._unary,
    outline.Comparison: Expressions._comparison,
    outline.BooleanOperation: Expressions._boolean,
    outline.IfExp: Expressions._conditional,
    outline.Lambda: Expressions._lambda,
    outline.NamedExpr: Expressions._walrus,
    outline.Await: Expressions._await,
    outline.Yield: Expressions._yield,
    outline.ListComp: Expressions._comprehension,
    outline.SetComp: Expressions._comprehension,
    outline.GeneratorExp: Expressions._comprehension,
    outline.DictComp: Expressions._comprehension,
    outline.Call: Expressions._call,
}
