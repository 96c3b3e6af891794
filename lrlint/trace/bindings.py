"""Bindings: what assignments of every shape put where, and what is counted by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lrlint import outline
from lrlint.trace.events import Count, CountForm, Element, Passed, Sign
from lrlint.trace.passing import Arguments
from lrlint.trace.store import REST
from lrlint.trace.syntax import alike
from lrlint.trace.tensorflow import TensorFlowLibrary
from lrlint.trace.values import (
    GLOBAL_STEP,
    NOTHING,
    NUMBER,
    UNKNOWN,
    Class,
    Container,
    External,
    Function,
    Instance,
    Literal,
    Optimizer,
    Value,
    Variable,
    is_dull,
    is_opaque,
)


class Bindings(TensorFlowLibrary):
    """Assignments."""

    def _expression(self, node: outline.Expr) -> None:
        value = node.value
        self.story.dropped.add(value)
        if type(value) is outline.Call or type(value) is outline.BinaryOperation:
            self._count(node, None, value)
        result = self.evaluate(value)
        if value in self.story.shown and type(value) is not outline.Call:  # what is called is called for what it does
            self.show(value, result, "a cell's output", value)

    def _assignment(self, node: outline.Assign) -> None:
        counted = NOTHING
        if len(node.targets) == 1:
            counted = self._count(node, node.targets[0].target, node.value)
            self.story.assigned[node.value] = node.targets[0].target
        else:
            self.story.handed.add(node.value)
        value = self.evaluate(node.value)
        if self.counts_in_place(counted):
            return
        for target in node.targets:
            self._element_written(node, target.target)
            self.assign(target.target, value)

    def _annotated(self, node: outline.AnnAssign) -> None:
        if node.value is not None:
            self.story.handed.add(node.value)
            self.assign(node.target, self.evaluate(node.value))

    def _augmented(self, node: outline.AugAssign) -> None:
        held = self.evaluate(node.target)
        value = self.evaluate(node.value)
        counts = isinstance(node.operator, (outline.AddAssign, outline.SubtractAssign))
        if counts and held and all(isinstance(step, Variable) for step in held):
            sign: Sign = "+" if type(node.operator) is outline.AddAssign else "-"
            count = Count(node, "augmented", GLOBAL_STEP, node.target, node.target, node.value, sign, self.where)
            self._note_count(held, count)
        self._element_written(node, node.target)
        container = held.only(Container)
        if container is not None and type(node.operator) is outline.AddAssign:
            self.store.add((container, REST), self.iterate(value))
            return
        if counts and self.counts_in_place(held):
            return
        result = self.operate(node, node.operator, (node.target, held), (node.value, value))
        numbers = all(isinstance(atom, Literal) for atom in held) and all(isinstance(atom, Literal) for atom in value)
        if numbers:
            # What is not a name of this frame, somebody may count again and again.
            own = type(node.target) is outline.Name and self.owner(node.target.value) is self.frame
            result = NUMBER if self.loops else result if own else UNKNOWN
        self.assign(node.target, result)

    def counts_in_place(self, counted: Value) -> bool:
        """Whether what a statement counts stays the same thing; variables do not, only where it is supposed."""
        return False

    def _element_written(self, node: outline.Assign | outline.AugAssign, target: outline.BaseExpression) -> None:
        if type(target) is outline.Subscript:
            for container in self.evaluate(target.value).all(Container):
                if container.kind in ("list", "tuple"):
                    index, known = self.index(target)
                    amount, sign = self._amount(node, target)
                    self.container_story(container).elements[target] = Element(
                        target, index if known else None, self.where, node, amount, sign
                    )

    def _amount(
        self, node: outline.Assign | outline.AugAssign, target: outline.Subscript
    ) -> tuple[outline.BaseExpression | None, Sign]:
        """By how much a statement counts an element: ``c[0] += 1``, ``c[0] = c[0] + 1``."""
        if type(node) is outline.AugAssign:
            if isinstance(node.operator, (outline.AddAssign, outline.SubtractAssign)):
                return node.value, "+" if type(node.operator) is outline.AddAssign else "-"
            return None, "+"
        for subject, amount, sign in self._sum(node.value) or ():
            if alike(target, subject):
                return amount, sign
        return None, "+"

    def _count(
        self, node: outline.Assign | outline.Expr, target: outline.BaseExpression | None, value: outline.BaseExpression
    ) -> Value:
        """Note a sum over a step that is bound to the step's own name, or to nothing; gives the step."""
        for subject, amount, sign in self._sum(value) or ():
            if target is not None and not alike(target, subject):
                continue
            steps = self.evaluate(subject)
            if steps and all(isinstance(step, Variable) for step in steps):
                form: CountForm = "discarded" if target is None else "assigned"
                self._note_count(steps, Count(node, form, GLOBAL_STEP, subject, target, amount, sign, self.where))
                return steps
        return NOTHING

    def _note_count(self, steps: Value, count: Count) -> None:
        """Note a sum over what is a step variable on every path, for each that it may be."""
        for step in steps.all(Variable):
            self.story.counts.setdefault((count.node, self.frame.path, step), replace(count, variable=step))

    def _sum(
        self, value: outline.BaseExpression
    ) -> list[tuple[outline.BaseExpression, outline.BaseExpression, Sign]] | None:
        """The ways to read an expression as a step and an amount: ``step + 1``, ``tf.add(step, 1)``."""
        if type(value) is outline.BinaryOperation:
            if type(value.operator) is outline.Add:
                return [(value.left, value.right, "+"), (value.right, value.left, "+")]
            if type(value.operator) is outline.Subtract:
                return [(value.left, value.right, "-")]
        elif type(value) is outline.Call and len(value.args) == 2:
            first, second = (arg.value for arg in value.args)
            if any(arg.star != "" or arg.keyword is not None for arg in value.args):
                return None
            if self._is_call_of(value, "tf.add", "tf.math.add"):
                return [(first, second, "+"), (second, first, "+")]
            if self._is_call_of(value, "tf.subtract", "tf.math.subtract"):
                return [(first, second, "-")]
        return None

    def _is_call_of(self, call: outline.Call, *names: str) -> bool:
        """Whether a call is one of a function of these names."""
        if type(call.func) is outline.Attribute and not any(name.endswith(call.func.attr.value) for name in names):
            return False  # without a look at what it is an attribute of
        function = self.evaluate(call.func).only(External)
        return function is not None and function.name in names

    def assign(self, target: outline.BaseExpression, value: Value) -> None:
        if type(target) is outline.Name:
            self.bind(target.value, value)
        elif type(target) is outline.Attribute:
            self._set_attribute(target, value)
        elif type(target) is outline.Subscript:
            self._set_element(target, value)
        elif isinstance(target, (outline.Tuple, outline.List)):
            self._spread(list(target.elements), value)

    def _set_attribute(self, target: outline.Attribute, value: Value) -> None:
        holders = self.evaluate(target.value)
        name = target.attr.value
        if type(target.value) is outline.Name:
            self.note_binding(f"{target.value.value}.{name}")
        for holder in holders:
            if len(holders.atoms) == 1 and not self.stands_for_many(holder):
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

    def _set_property(self, holder: Instance, name: str, value: Value, target: outline.Attribute) -> None:
        setter = self.store.read((holder.cls, (name, "setter")))
        for atom in setter or ():
            if isinstance(atom, Function):
                self.call_function(atom, target, Arguments([Passed(value)]), holder)

    def _set_element(self, target: outline.Subscript, value: Value) -> None:
        holders = self.evaluate(target.value)
        index, known = self.index(target)
        for holder in holders:
            if not isinstance(holder, Container):
                if isinstance(holder, Instance):
                    self.escape(value)  # what is a dict or a list by its base gives it away in many ways
                if known:
                    self.put((holder, ("[]", index)), value)
                elif is_opaque(holder):
                    self.escape(value)
            elif known and len(holders.atoms) == 1 and not (isinstance(index, int) and index < 0):
                if isinstance(index, str) and not is_dull(value):
                    self.survey.heat((index,))
                self.update((holder, index), value)
            elif type(target.slice[0].slice) is outline.Slice:
                self.store.add((holder, REST), self.iterate(value))
            else:
                from_behind = isinstance(index, int) and index < 0
                self.store.add((holder, index if known and not from_behind else REST), value)

    def _spread(self, elements: Sequence[outline.BaseElement], value: Value) -> None:
        parts = self.unpack(value)
        stars = [position for position, element in enumerate(elements) if type(element) is outline.StarredElement]
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
            self.assign(element.value, UNKNOWN if type(element) is outline.StarredElement else each[position])

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

    def _deletion(self, node: outline.Del) -> None:
        targets = [element.value for element in node.target.elements] if type(node.target) is outline.Tuple else []
        for target in targets or [node.target]:
            if type(target) is outline.Name:
                self.bind(target.value, UNKNOWN)
            else:
                self.evaluate(target)
                self._delete_element(target)

    def _delete_element(self, target: outline.BaseExpression) -> None:
        if type(target) is outline.Subscript:
            container = self.evaluate(target.value).only(Container)
            index, known = self.index(target)
            if container is not None and known:
                self.store.write((container, index), NOTHING)
