"""Questions about lists that stand for a step."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from lrlint.trace.events import ContainerStory
from lrlint.trace.rates import RateQueries
from lrlint.trace.values import Container, Literal, Schedule, Variable


@dataclass(slots=True)
class ListQueries(RateQueries):
    """What becomes of a list."""

    def list_steps(self, schedule: Schedule) -> list[Container]:
        """The lists and tuples that a schedule reads its step from."""
        return [
            container
            for container in self.steps(schedule).all(Container)
            if container.kind in ("list", "tuple") and isinstance(container.site.node, (cst.List, cst.Tuple))
        ]

    def only_element(self, story: ContainerStory) -> tuple[cst.BaseExpression, bool] | None:
        """The one element that a list is made with, and whether it is a variable; ``None`` for any other list."""
        node = story.node
        if not isinstance(node, (cst.List, cst.Tuple)) or len(node.elements) != 1:
            return None
        held = self.store.read((story.container, 0))
        made = self.first_elements.get(node, held)
        if made is None or not isinstance(node.elements[0], cst.Element):
            return None
        if made.only(Variable) is not None:
            return node.elements[0].value, True
        number = made.only(Literal)
        return (node.elements[0].value, False) if number is not None and number.kind in (int, float) else None

    def is_moved_beside_update(self, story: ContainerStory) -> bool:
        """Whether a list is counted by hand in a loop in which an update would move the step, too."""
        counted = [element.where.loops for element in story.elements.values() if element.statement is not None]
        return any(
            update.where.loops in counted
            for update in self.updates.values()
            if story.container in update.global_step.value or update.global_step.node in story.elements
        )

    def stands_for_step(self, node: cst.Subscript) -> bool:
        """Whether an element is used as a step variable is: moved, or passed on as a step."""
        return (
            node in self.attributes
            or any(node is story.step.node for story in self.schedules.values())
            or any(node is update.global_step.node for update in self.updates.values())
        )
