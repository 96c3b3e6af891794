"""What TensorFlow 1.15.5 raises, word for word: the class of the exception, a colon, and its message.

``...`` stands for what differs from run to run. Where TensorFlow 2.15.1 words it otherwise, the rules' pages say how.
"""

from __future__ import annotations

UNCALLED = (
    "ValueError: Attempt to convert a value (functools.partial(...)) with an unsupported type "
    "(<class 'functools.partial'>) to a Tensor."
)
"""A schedule, not called, where a tensor is computed from it."""

UNCALLED_FUNCTION = (
    "ValueError: Attempt to convert a value (<function ...>) with an unsupported type (<class 'function'>) to a Tensor."
)
"""A function, not called, for a rate."""

CALLED_WITH_ARGUMENT = "TypeError: __call__() takes 2 positional arguments but 3 were given"
"""A schedule that is called with an argument, as Shampoo does."""

NO_STEP = "ValueError: Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor."
"""``None`` for a step."""

NO_ARGUMENT = "TypeError: __call__() missing 1 required positional argument: 'step'"
"""A Keras schedule that is called without a step."""

TENSOR_IS_CALLED = "TypeError: 'Tensor' object is not callable"
"""A schedule of graph mode that is called."""

NO_INDEX = "TypeError: 'functools.partial' object is not subscriptable"
"""An element of a schedule."""

_COUNTED = (
    "RuntimeError: Variable {sign}= value not supported. Use variable.{method}(value) to modify the variable value and "
    "variable = variable {sign} value to get a new Tensor object."
)
_METHODS = {"+": "assign_add", "-": "assign_sub"}

_NO_SCALAR = {
    "GradientDescentOptimizer": "alpha is not a scalar: [1]",
    "AdamOptimizer": "lr is not a scalar : [1]",
    "RMSPropOptimizer": "lr is not a scalar : [1]",
    "AdadeltaOptimizer": "lr is not a scalar: [1]",
    "AdagradOptimizer": "lr is not a scalar: [1]",
    "MomentumOptimizer": "lr is not a scalar: [1]",
}

_NO_VARIABLE = {
    "numpy": "'numpy.dtype' object has no attribute '_is_ref_dtype'",
    "tensor": "'tensorflow.python.framework.ops.EagerTensor' object has no attribute 'assign_add'",
}


def counted(sign: str) -> str:
    """``step += 1`` on a variable, or ``step -= 1``."""
    return _COUNTED.format(sign=sign, method=_METHODS[sign])


def no_scalar(optimizer: str) -> str | None:
    """A rate of the shape [1] at the first update, by the class of the optimizer; ``None`` where nobody has looked."""
    said = _NO_SCALAR.get(optimizer)
    return f"InvalidArgumentError: {said}" if said else None


def no_variable(kind: str) -> str:
    """What is no variable as ``global_step``: ``"tensor"``, ``"numpy"``, or a type of Python by its name."""
    return "AttributeError: " + _NO_VARIABLE.get(kind, f"{kind!r} object has no attribute 'dtype'")


def no_attribute(name: str) -> str:
    """An attribute that tensors have and schedules have not."""
    return f"AttributeError: 'functools.partial' object has no attribute {name!r}"
