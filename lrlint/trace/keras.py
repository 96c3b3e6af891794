"""Questions about the optimizers and schedules of Keras."""

from __future__ import annotations

from lrlint import tf_api
from lrlint.trace.arguments import ArgumentQueries
from lrlint.trace.events import OptimizerStory
from lrlint.trace.values import Object, Schedule, Variable


class KerasQueries(ArgumentQueries):
    """What Keras does with a rate."""

    __slots__ = ()

    def works_in_keras(self, story: OptimizerStory, schedule: Schedule) -> bool:
        """Whether a Keras optimizer may follow a schedule: one that calls its rate, where somebody moves the step."""
        steps = self.steps(schedule).all(Variable)
        if self.snapshots(schedule) and not steps:
            return False
        if steps and not any(self.moves_of(step) or self.out_of_sight(step) for step in steps):
            return False
        return self.keras_calls(story, schedule)

    def keras_calls(self, story: OptimizerStory, schedule: Schedule) -> bool:
        """Whether a Keras optimizer calls its rate before each update: as it did before TensorFlow 2.11."""
        path = self.path_of(story.node.func)
        if ".compat.v1." in path or ".legacy." in path or not tf_api.OLDER_KERAS.isdisjoint(self.lexicon.words):
            return True
        return ".compat.v1" not in self.path_of(self.schedules[schedule].node.func)

    def keras_schedule(self, story: OptimizerStory) -> Object | None:
        """The Keras schedule that an optimizer was given, the first one where it hangs on the path."""
        things = story.rate.value.all(Object)
        is_one = len(things) == len(story.rate.value.atoms) and all(
            thing.name in tf_api.KERAS_SCHEDULES for thing in things
        )
        return things[0] if things and is_one else None
