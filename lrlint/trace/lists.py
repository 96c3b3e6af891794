"""Questions about lists that stand for a step."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lrlint import outline, tf_api
from lrlint.trace.computed import ComputedQueries
from lrlint.trace.events import ContainerStory
from lrlint.trace.values import Atom, Container, Literal, Schedule, Variable


class ListQueries(ComputedQueries):
    """What becomes of a list."""

    __slots__ = ()

    def list_steps(self, schedule: Schedule) -> list[Container]:
        """The lists and tuples that a schedule reads its step from."""
        return [
            container
            for container in self.steps(schedule).all(Container)
            if container.kind in ("list", "tuple") and isinstance(container.site.node, (outline.List, outline.Tuple))
        ]

    def lists_beside(self, lists: Iterable[Container]) -> list[Container]:
        """Some lists, and those that stand under the same names: in the other arm of a branch."""
        found = dict.fromkeys(lists)
        todo = list(found)
        while todo:
            for node in self.mentions.get(todo.pop(), ()):
                new = [atom for atom in self.stands_for[node] if isinstance(atom, Container) and atom not in found]
                found.update(dict.fromkeys(new))
                todo.extend(new)
        return [container for container in self.containers if container in found]

    def only_element(self, story: ContainerStory) -> tuple[outline.BaseExpression, bool] | None:
        """The one element that a list is made with, and whether it is a variable; ``None`` for any other list."""
        node = story.node
        if not isinstance(node, (outline.List, outline.Tuple)) or len(node.elements) != 1:
            return None
        held = self.store.read((story.container, 0))
        made = self.first_elements.get(node, held)
        if made is None or not isinstance(node.elements[0], outline.Element):
            return None
        if made.only(Variable) is not None:
            return node.elements[0].value, True
        number = made.only(Literal)
        return (node.elements[0].value, False) if number is not None and number.kind in (int, float) else None

    def is_list_used_as_step(self, lists: Collection[Container]) -> bool:
        """Whether all that is done with some lists is known, and is what is done with a step."""
        ends = {node for container in lists for story in [self.containers[container]] for node in story.passed}
        ends |= {element.node.value for container in lists for element in self.containers[container].elements.values()}
        mentions = {node for container in lists for node in self.mentions.get(container, ())}
        ends |= {node for node in mentions if self._is_moved_as_variable(node)}
        return not any(self.is_reached_from_outside(container) for container in lists) and all(
            self.stands_for[node] <= set(lists) and self.is_passed_on(node, ends) for node in mentions
        )

    def _is_moved_as_variable(self, node: outline.BaseExpression) -> bool:
        """Whether something is moved by a method that only variables have, and so once there is one."""
        whole = self.around(node)[-2]
        return isinstance(whole, outline.Attribute) and whole.value is node and whole.attr.value in tf_api.MOVE_METHODS

    def is_moved_beside_update(self, lists: Collection[Container]) -> bool:
        """Whether a list is counted by hand in a loop in which an update would move the step, too."""
        elements = {
            node: element for container in lists for node, element in self.containers[container].elements.items()
        }
        counted = [element.where.loops for element in elements.values() if element.statement is not None]
        things: list[Atom | outline.Node] = [*lists, *elements]
        return any(update.where.loops in counted for thing in things for update in self.updates_given(thing))

    def stands_for_step(self, node: outline.Subscript) -> bool:
        """Whether an element is used as a step variable is: moved, or passed on as a step."""
        return node in self.attributes or node in self.step_places()
