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

LENGTHS = "ValueError: The length of boundaries should be 1 less than the length of values"
"""Boundaries and values of ``piecewise_constant`` that do not fit each other."""

NO_BOUNDARY = "IndexError: list index out of range"
"""No boundaries at all."""

TWO_PIECES = (
    "InvalidArgumentError: Expected 'tf.Tensor(False, shape=(), dtype=bool)' to be true. Summarized data: "
    "b'Input error: exclusive=True: more than 1 conditions (...) evaluated as True:'..."
)
"""A step that lies in two pieces, because the boundaries do not rise."""

_NO_TEXT = {
    "+": 'can only concatenate str (not "functools.partial") to str',
    ":": "unsupported format string passed to functools.partial.__format__",
    **dict.fromkeys("eEfFgG", "must be real number, not functools.partial"),
    **{kind: f"%{kind} format: a number is required, not functools.partial" for kind in "diu"},
    **{kind: f"%{kind} format: an integer is required, not functools.partial" for kind in "oxX"},
}

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

_BINARY = (
    "InvalidArgumentError: cannot compute {} as input #1(zero-based) was expected to be a {} tensor but is a {} tensor"
)
_EAGER = "TypeError: Cannot convert {} to EagerTensor of dtype {}"
_WHOLE = {
    "exponential_decay": _BINARY.format("Pow", "{dtype}", "double"),
    "natural_exp_decay": _BINARY.format("Pow", "{dtype}", "double"),
    "inverse_time_decay": _BINARY.format("Mul", "{dtype}", "double"),
    "polynomial_decay": _BINARY.format("Pow", "double", "{dtype}"),
    "cosine_decay": _BINARY.format("Mul", "float", "double"),
    "cosine_decay_restarts": _EAGER.format("1.0", "{dtype}"),
    "linear_cosine_decay": _EAGER.format("2.0", "{dtype}"),
    "noisy_linear_cosine_decay": _EAGER.format("1.0", "{dtype}"),
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


def no_text(asked: str) -> str | None:
    """A schedule in text that asks for more than text, in the words of Python 3.7."""
    said = _NO_TEXT.get(asked)
    return f"TypeError: {said}" if said else None


def no_attribute(name: str) -> str:
    """An attribute that tensors have and schedules have not."""
    return f"AttributeError: 'functools.partial' object has no attribute {name!r}"


def whole_rate(decay: str, dtype: str) -> str | None:
    """A whole number as the learning rate of a decay in eager mode: ``"int32"`` for one of Python's."""
    said = _WHOLE.get(decay)
    return said.format(dtype=dtype) if said else None


def other_types(kind: str) -> str:
    """A list of ``piecewise_constant``, ``"Boundaries"`` or ``"Values"``, that is not of one type with the rest."""
    if kind == "Values":
        return "ValueError: Values must have elements all with the same dtype (<dtype: ...> vs <dtype: ...>)."
    return "ValueError: Boundaries (<dtype: ...>) must have the same dtype as x (<dtype: ...>)."


def missing(function: str, names: tuple[str, ...]) -> str:
    """Arguments that a call does not have."""
    quoted = [repr(name) for name in names]
    many = f"{', '.join(quoted[:-1])}{',' if len(quoted) > 2 else ''} and {quoted[-1]}" if quoted[1:] else quoted[0]
    return f"TypeError: {function}() missing {len(quoted)} required positional argument{'s'[: len(quoted) > 1]}: {many}"


def unexpected(function: str, name: str) -> str:
    """An argument of a name that a function does not have."""
    return f"TypeError: {function}() got an unexpected keyword argument {name!r}"


def repeated(function: str, name: str) -> str:
    """An argument that is given by its position and by its name."""
    return f"TypeError: {function}() got multiple values for argument {name!r}"


def surplus(function: str, fewest: int, most: int, given: int) -> str:
    """More arguments by position than there are."""
    return f"TypeError: {function}() takes from {fewest} to {most} positional arguments but {given} were given"
