"""TensorFlow's surface as data: decays, optimizers, moves, reads and modes. No logic, no imports of TensorFlow.

Names are canonical: ``tf.`` stands for every root under which the same object is found (``PREFIXES``). Behaviour is
that of TensorFlow 1.15.5 and 2.15.1, observed by running them.
"""

from __future__ import annotations

from typing import NamedTuple

from lrlint.decays import DECAYS as _DECAYS

PREFIXES: tuple[tuple[str, str], ...] = (
    # The longest prefix comes first; ``*`` stands for one component that is dropped.
    ("tensorflow._api.v2.compat.v1", "tf"),
    ("tensorflow._api.v1", "tf"),
    ("tensorflow.compat.v1", "tf"),
    ("tensorflow.compat.v2", "tf"),
    ("tensorflow.contrib.eager.python.tfe", "tf.contrib.eager"),
    ("tensorflow.contrib.opt.python.training.*", "tf.contrib.opt"),
    ("tensorflow.contrib.framework.python.ops.variables", "tf.contrib.framework"),
    ("tensorflow.contrib", "tf.contrib"),
    ("tensorflow.python.keras.optimizer_v2.legacy_learning_rate_decay", "tf.train"),
    ("tensorflow.python.keras.optimizer_v2.learning_rate_schedule", "tf.keras.optimizers.schedules"),
    ("tensorflow.python.keras.optimizer_v2.*", "tf.keras.optimizers"),
    ("tensorflow.python.keras.api._v1.keras", "tf.keras"),
    ("tensorflow.python.keras", "tf.keras"),
    ("tensorflow.python.training.experimental.*", "tf.train.experimental"),
    ("tensorflow.python.training.tracking.util", "tf.train"),
    ("tensorflow.python.training.*", "tf.train"),
    ("tensorflow.python.framework.*", "tf"),
    ("tensorflow.python.eager.*", "tf"),
    ("tensorflow.python.ops.*", "tf"),
    ("tensorflow.python.platform.tf_logging", "tf.logging"),
    ("tensorflow.python", "tf"),
    ("tensorflow", "tf"),
    ("tensorflow_core", "tf"),
    ("keras.src.optimizers.legacy_learning_rate_decay", "tf.train"),
    ("keras", "tf.keras"),
    ("tf_slim", "tf.contrib.slim"),
    ("numpy", "numpy"),
)
"""Roots of dotted paths, and the canonical root of what is found below them."""

DECAYS = _DECAYS
"""The ten names of the nine decays, each with its parameters; the step is the parameter ``decay.step``."""

TENSOR_ATTRIBUTES = frozenset({"numpy", "dtype", "shape"})
"""What the tensor that a schedule gives has, and the schedule has not."""

DECAY_FUNCTIONS = frozenset(f"tf.train.{name}" for name in DECAYS)

PARTIAL_ATTRIBUTES = frozenset({"func", "args", "keywords", "__call__", "__class__", "__doc__"})
"""What an uncalled schedule does have: the attributes of a ``functools.partial``."""


class Constructor(NamedTuple):
    """An optimizer class: where its rate stands, and whether it calls a callable rate before each update."""

    rate: str | None = "learning_rate"
    position: int = 0
    calls_rate: bool = True
    slots: bool = True
    wraps: str | None = None


_V1 = "tf.train."
_OPT = "tf.contrib.opt."

OPTIMIZERS: dict[str, Constructor] = {
    _V1 + "GradientDescentOptimizer": Constructor(slots=False),
    _V1 + "MomentumOptimizer": Constructor(),
    _V1 + "AdamOptimizer": Constructor(),
    _V1 + "AdagradOptimizer": Constructor(),
    _V1 + "AdadeltaOptimizer": Constructor(),
    _V1 + "RMSPropOptimizer": Constructor(),
    _V1 + "FtrlOptimizer": Constructor(calls_rate=False),
    _V1 + "ProximalAdagradOptimizer": Constructor(calls_rate=False),
    _V1 + "ProximalGradientDescentOptimizer": Constructor(calls_rate=False, slots=False),
    _V1 + "AdagradDAOptimizer": Constructor(calls_rate=False),
    _V1 + "SyncReplicasOptimizer": Constructor(rate=None, wraps="opt"),
    _V1 + "experimental.MixedPrecisionLossScaleOptimizer": Constructor(rate=None, wraps="opt"),
    _V1 + "experimental.enable_mixed_precision_graph_rewrite": Constructor(rate=None, wraps="opt"),
    "tf.mixed_precision.enable_mixed_precision_graph_rewrite": Constructor(rate=None, wraps="opt"),
    "tf.tpu.CrossShardOptimizer": Constructor(rate=None, wraps="opt"),
    "tf.contrib.tpu.CrossShardOptimizer": Constructor(rate=None, wraps="opt"),
    "tf.contrib.estimator.clip_gradients_by_norm": Constructor(rate=None, wraps="optimizer"),
    "tf.contrib.estimator.TowerOptimizer": Constructor(rate=None, wraps="optimizer_or_optimizer_fn"),
    "horovod.tensorflow.DistributedOptimizer": Constructor(rate=None, wraps="optimizer"),
    "tf.contrib.mixed_precision.LossScaleOptimizer": Constructor(rate=None, wraps="opt"),
    _OPT + "AdaMaxOptimizer": Constructor(),
    _OPT + "AdamGSOptimizer": Constructor(position=1),
    _OPT + "AddSignOptimizer": Constructor(calls_rate=False),
    _OPT + "PowerSignOptimizer": Constructor(calls_rate=False),
    _OPT + "LARSOptimizer": Constructor(calls_rate=False),
    _OPT + "LazyAdamOptimizer": Constructor(),
    _OPT + "LazyAdamGSOptimizer": Constructor(position=1),
    _OPT + "NadamOptimizer": Constructor(),
    _OPT + "RegAdagradOptimizer": Constructor(),
    _OPT + "ShampooOptimizer": Constructor(position=6, calls_rate=False),
    _OPT + "GGTOptimizer": Constructor(),
    _OPT + "AdamWOptimizer": Constructor(position=1),
    _OPT + "MomentumWOptimizer": Constructor(position=1),
    _OPT + "AGNOptimizer": Constructor(rate=None, wraps="optimizer"),
    _OPT + "ElasticAverageOptimizer": Constructor(rate=None, wraps="opt"),
    _OPT + "ModelAverageOptimizer": Constructor(rate=None, wraps="opt"),
    _OPT + "DropStaleGradientOptimizer": Constructor(rate=None, wraps="opt"),
    _OPT + "MovingAverageOptimizer": Constructor(rate=None, wraps="opt"),
    _OPT + "VariableClippingOptimizer": Constructor(rate=None, wraps="opt"),
    _OPT + "MultitaskOptimizerWrapper": Constructor(rate=None, wraps="opt"),
}
"""The v1 optimizers: ``position`` is that of the rate."""


KERAS_OPTIMIZERS = frozenset(
    f"{module}.{name}"
    for module in (
        "tf.keras.optimizers",
        "tf.keras.optimizers.legacy",
        "tf.optimizers",
        "tf.keras.optimizers.experimental",
    )
    for name in (
        "SGD",
        "Adam",
        "AdamW",
        "Adagrad",
        "Adadelta",
        "RMSprop",
        "Adamax",
        "Nadam",
        "Ftrl",
        "Adafactor",
        "Lion",
    )
)

UPDATES: dict[str, tuple[str, ...]] = {
    "minimize": (
        "loss",
        "global_step",
        "var_list",
        "gate_gradients",
        "aggregation_method",
        "colocate_gradients_with_ops",
        "name",
        "grad_loss",
    ),
    "apply_gradients": ("grads_and_vars", "global_step", "name"),
}
"""The methods of a v1 optimizer that update the weights, with their parameters."""


class TrainOp(NamedTuple):
    """A function that updates by itself: where it takes the optimizer, the rate and the step."""

    parameters: tuple[str, ...]
    moves_default_step: bool


CHECKPOINTS = frozenset({"tf.train.Checkpoint", "tf.contrib.eager.Checkpoint"})
"""Classes that save what they are given by name, and nothing else."""

KERAS_SCHEDULES = frozenset(
    f"{module}.{name}"
    for module in ("tf.keras.optimizers.schedules", "tf.keras.experimental", "tf.optimizers.schedules")
    for name in (
        "ExponentialDecay",
        "InverseTimeDecay",
        "PiecewiseConstantDecay",
        "PolynomialDecay",
        "CosineDecay",
        "CosineDecayRestarts",
        "LinearCosineDecay",
        "NoisyLinearCosineDecay",
    )
)
"""The schedules of Keras, which are called with the step."""

CHOICES = frozenset({"tf.cond", "tf.case", "tf.switch_case"})
"""Functions that call one of the functions they are given, at once."""

TRAIN_OPS: dict[str, TrainOp] = {
    "tf.contrib.layers.optimize_loss": TrainOp(
        (
            *("loss", "global_step", "learning_rate", "optimizer", "gradient_noise_scale", "gradient_multipliers"),
            *("clip_gradients", "learning_rate_decay_fn"),
        ),
        True,
    ),
    "tf.contrib.slim.learning.create_train_op": TrainOp(("total_loss", "optimizer", "global_step"), True),
    "tf.contrib.training.create_train_op": TrainOp(("total_loss", "optimizer", "global_step"), True),
    "tf.contrib.gan.gan_train_ops": TrainOp(("model", "loss", "generator_optimizer", "discriminator_optimizer"), True),
}
"""Functions that take an optimizer and move the default global step themselves."""

GLOBAL_STEPS = frozenset(
    f"{module}.{name}"
    for module in ("tf.train", "tf.contrib.framework", "tf.contrib.slim")
    for name in ("get_or_create_global_step", "create_global_step", "get_global_step", "assert_global_step")
)
"""Calls that give the one global step of the program (``get_global_step`` may give ``None``)."""

CONSTANT = ("value", "dtype", "shape", "name")
"""The parameters of ``tf.constant``."""

VARIABLES: dict[str, tuple[str, ...]] = {
    "tf.Variable": ("initial_value", "trainable"),
    "tf.ResourceVariable": ("initial_value", "trainable"),
    "tf.contrib.eager.Variable": ("initial_value", "trainable"),
    "tf.keras.backend.variable": ("value", "dtype"),
    "tf.get_variable": ("name", "shape", "dtype", "initializer"),
    "tf.contrib.framework.variable": ("name", "shape", "dtype", "initializer"),
    "tf.contrib.slim.variable": ("name", "shape", "dtype", "initializer"),
    "tf.contrib.framework.model_variable": ("name", "shape", "dtype", "initializer"),
    "tf.contrib.framework.local_variable": ("initial_value",),
}
"""Calls that make a variable, with the leading parameters."""


MOVE_METHODS = frozenset(
    {"assign", "assign_add", "assign_sub", "load", "count_up_to", "scatter_add", "scatter_update", "scatter_nd_add"}
)
"""Methods of a variable that change its value."""

RATE_ATTRIBUTES = frozenset({"_lr", "_learning_rate"})
"""Where the optimizers of ``tf.train`` keep the rate that they were given, and read it when they update."""

ADDING = frozenset({"assign_add", "update_add", "count_up_to", "scatter_add", "scatter_nd_add"})
"""The names, with and without a receiver, that add to a variable."""

SETTING = frozenset({"assign", "load", "update", "set_value", "scatter_update"})
"""The names that set a variable to a value: to a constant, that is a reset."""

MOVE_FUNCTIONS: dict[str, tuple[str, ...]] = {
    "tf.assign": ("ref", "value"),
    "tf.assign_add": ("ref", "value"),
    "tf.assign_sub": ("ref", "value"),
    "tf.count_up_to": ("ref", "limit"),
    "tf.scatter_add": ("ref", "indices", "updates"),
    "tf.scatter_update": ("ref", "indices", "updates"),
    "tf.keras.backend.update": ("x", "new_x"),
    "tf.keras.backend.update_add": ("x", "increment"),
    "tf.keras.backend.update_sub": ("x", "decrement"),
    "tf.keras.backend.set_value": ("x", "value"),
}
"""Functions that change the value of the variable they take first."""

READ_METHODS = frozenset({"numpy", "value", "read_value", "initialized_value", "eval", "item"})
"""Methods of a variable or tensor that give its value now."""

FLOATS = frozenset({"float", "float32", "float64", "identity", "convert_to_tensor"})
"""Functions that give the number in a tensor, and do nothing else."""

CASTS = {"tf.to_float": "float32", "tf.to_double": "float64", "tf.to_int32": "int32", "tf.to_int64": "int64"}
"""The casts that have a name of their own, each with the type that it gives."""

PLAIN_READS = frozenset({"numpy", "value", "read_value"})
PLAIN_COPIES = frozenset({"int", "identity", "convert_to_tensor", "to_float", "to_int32", "to_int64"})
"""Methods and functions that give the value of a step and do nothing else."""

TENSOR_FUNCTIONS = frozenset(
    """
    abs add add_n argmax argmin broadcast_to cast ceil clip_by_value clip_by_norm concat constant convert_to_tensor
    cos cumsum div div_no_nan divide equal exp expand_dims fill floor floordiv floormod greater greater_equal identity
    is_nan is_finite less less_equal log log1p logical_and logical_not logical_or matmul maximum minimum mod multiply
    negative not_equal ones_like pow reciprocal reduce_max reduce_mean reduce_min reduce_prod reduce_sum reshape round
    rsqrt scalar_mul sigmoid sign sin sqrt square squeeze stack stop_gradient subtract tan tanh tile to_double to_float
    to_int32 to_int64 truediv where zeros_like
    """.split()
)
"""Functions directly under ``tf`` (and ``tf.math``) that turn every argument into a tensor."""

TENSOR_MODULES = frozenset({"tf", "tf.math", "tf.debugging", "tf.linalg"})

SUMMARY_FUNCTIONS = frozenset(
    f"{module}.{name}"
    for module in ("tf.summary", "tf.contrib.summary", "tf.summary_ops_v2")
    for name in ("scalar", "histogram", "tensor_summary")
)

TEXT_FUNCTIONS = frozenset(
    {
        "tf.print",
        "tf.logging.debug",
        "tf.logging.info",
        "tf.logging.warn",
        "tf.logging.warning",
        "tf.logging.error",
        "tf.logging.fatal",
        "tf.logging.log",
        "logging.debug",
        "logging.info",
        "logging.warning",
        "logging.warn",
        "logging.error",
        "logging.critical",
        "logging.exception",
        "logging.log",
        "absl.logging.debug",
        "absl.logging.info",
        "absl.logging.warning",
        "absl.logging.warn",
        "absl.logging.error",
        "absl.logging.fatal",
        "absl.logging.log",
        "IPython.core.display.display",
        "IPython.display.display",
        "pprint.pprint",
        "pprint.pformat",
        "reprlib.repr",
        "warnings.warn",
        "sys.stdout.write",
        "sys.stderr.write",
    }
)
"""Functions that put their arguments into text."""

LOGGER_FACTORIES = frozenset({"logging.getLogger", "tf.get_logger", "absl.logging.get_absl_logger"})
LOGGER_METHODS = frozenset({"debug", "info", "warning", "warn", "error", "critical", "exception", "log"})

NUMBER_BUILTINS = frozenset({"float", "int", "complex", "round", "abs", "sum", "max", "min", "len", "divmod", "pow"})
"""Builtins that raise on an uncalled schedule."""

NAME_READERS = frozenset({"locals", "globals", "vars", "eval", "exec"})
"""Builtins that read names without naming them."""

TEXT_BUILTINS = frozenset({"print", "str", "repr", "format", "ascii"})

NUMBER_FUNCTIONS = frozenset(
    f"numpy.{name}"
    for name in (
        "abs add allclose clip cos divide exp float16 float32 float64 floor int32 int64 isclose isfinite isnan log log10 "
        "log2 max maximum mean min minimum multiply power prod round sin sqrt square std subtract sum var"
    ).split()
) | frozenset(
    f"math.{name}" for name in "ceil cos exp fabs floor isclose isfinite isnan log log10 log2 pow sin sqrt tan".split()
)
"""Functions that raise on an uncalled schedule (``numpy.array`` does not: it makes an array of objects)."""

ARRAY_FUNCTIONS = frozenset({"numpy.array", "numpy.asarray", "numpy.save", "numpy.append"})
"""Functions that make an array of objects of an uncalled schedule, without a word."""

COLLECTIONS = frozenset(
    {
        "tf.all_variables",
        "tf.get_collection",
        "tf.get_collection_ref",
        "tf.global_variables",
        "tf.local_variables",
        "tf.trainable_variables",
    }
)
"""Functions that give all variables of a kind."""

FLOAT_ONLY_FUNCTIONS = frozenset({"round", "json.dumps", "json.dump"})
"""Functions that take neither a schedule nor the tensor that it gives: they want ``float(lr())``."""

DECORATORS = frozenset(
    {
        "functools.wraps",
        "functools.update_wrapper",
        "functools.lru_cache",
        "functools.cache",
        "contextlib.contextmanager",
    }
)
"""Functions that take a function and do not call it."""

GRAPH_WRAPPERS = frozenset(
    {
        "tf.function",
        "tf.wrap_function",
        "tf.defun",
        "tf.contrib.eager.defun",
        "tf.contrib.eager.function",
        "tf.contrib.eager.graph_callable",
    }
)
"""Decorators and calls that run a Python function as a graph."""


GIVING_AWAY = frozenset(
    {"tf.add_to_collection", "tf.add_to_collections", "tf.keras.backend.function", "tf.train.Scaffold"}
)
"""Functions that give what they are given to whoever asks for it, or do with it what nobody sees here."""

GIVING_AWAY_MODULES = ("tf.nest.", "tf.contrib.framework.nest.")

SESSION_CALLS = frozenset(
    {
        "tf.Session",
        "tf.InteractiveSession",
        "tf.placeholder",
        "tf.placeholder_with_default",
        "tf.train.MonitoredTrainingSession",
        "tf.train.MonitoredSession",
        "tf.train.SingularMonitoredSession",
        "tf.train.Supervisor",
        "tf.estimator.EstimatorSpec",
        "tf.estimator.tpu.TPUEstimatorSpec",
        "tf.contrib.tpu.TPUEstimatorSpec",
        "tf.train.start_queue_runners",
        "tf.contrib.slim.learning.train",
        "tf.contrib.training.train",
        "tf.summary.merge_all",
        "tf.keras.backend.get_session",
        "tf.keras.backend.set_session",
    }
)
"""Calls that make no sense in eager mode: evidence of graph mode."""

PLACEHOLDERS = frozenset({"tf.placeholder", "tf.placeholder_with_default", "tf.sparse_placeholder"})

EAGER_SWITCHES = frozenset(
    {
        "tf.enable_eager_execution",
        "tf.enable_v2_behavior",
        "tf.contrib.eager.enable_eager_execution",
    }
)
GRAPH_SWITCHES = frozenset({"tf.disable_eager_execution", "tf.disable_v2_behavior"})
EAGER_CONTEXTS = frozenset({"tf.eager_mode", "tf.init_scope"})
EAGER_QUERIES = frozenset(
    {"tf.executing_eagerly", "tf.contrib.eager.in_eager_mode", "tf.contrib.eager.executing_eagerly"}
)

EAGER_FUNCTIONS = frozenset({"tf.py_function", "tf.contrib.eager.py_func"})
"""Functions whose argument function runs eagerly, wherever they are called."""

ESTIMATORS = frozenset(
    {
        "tf.estimator.Estimator",
        "tf.contrib.tpu.TPUEstimator",
        "tf.estimator.tpu.TPUEstimator",
        "tf.contrib.learn.Estimator",
    }
) | {
    f"{module}.{model}{task}"
    for module in ("tf.estimator", "tf.contrib.estimator", "tf.contrib.learn")
    for model in ("Baseline", "DNN", "DNNLinearCombined", "Linear", "RNN")
    for task in ("Classifier", "Estimator", "Regressor")
}
"""Classes that run a ``model_fn``, and an optimizer that is a function, in a graph of their own."""

TF2_ONLY = frozenset(
    {
        "tf.config.list_physical_devices",
        "tf.config.list_logical_devices",
        "tf.config.get_visible_devices",
        "tf.config.set_visible_devices",
        "tf.config.run_functions_eagerly",
        "tf.config.functions_run_eagerly",
        "tf.config.PhysicalDevice",
        "tf.config.LogicalDeviceConfiguration",
        "tf.config.set_logical_device_configuration",
        "tf.data.AUTOTUNE",
        "tf.random.set_seed",
        "tf.random.Generator",
        "tf.random.get_global_generator",
        "tf.keras.optimizers.legacy",
        "tf.keras.utils.set_random_seed",
        "tf.optimizers",
        "tf.experimental.numpy",
        "tf.experimental.dlpack",
        "tf.distribute.MultiWorkerMirroredStrategy",
        "tf.distribute.TPUStrategy",
        "tf.profiler.experimental",
        "tf.summary.create_file_writer",
        "tf.summary.should_record_summaries",
        "tf.nn.gelu",
        "tf.nn.silu",
        "tf.keras.saving",
        "tf.debugging.enable_check_numerics",
    }
)
"""Names that only TensorFlow 2 has, where code is eager unless it says otherwise."""

OLDER_KERAS = frozenset({"_decayed_lr", "_get_hyper", "_set_hyper"})
"""What an optimizer of Keras has up to TensorFlow 2.10 only."""

INNOCENT_ROOTS = frozenset(
    {"tf", "numpy", "logging", "absl", "os", "sys", "time", "math", "json", "re", "random", "argparse", "datetime"}
    | {"pprint", "csv", "string", "warnings", "typing", "io", "glob", "shutil", "builtins", "pathlib", "tempfile"}
    | {"matplotlib", "tqdm", "pandas", "scipy", "sklearn", "tensorboardX"}
)
"""Top-level modules whose functions keep nothing of what they are given, and call nothing of it later."""

SAFE_ROOTS = frozenset(
    {
        "tf",
        "numpy",
        "logging",
        "absl",
        "os",
        "sys",
        "time",
        "math",
        "json",
        "re",
        "random",
        "collections",
        "itertools",
        "functools",
        "argparse",
        "datetime",
        "pprint",
        "csv",
        "copy",
        "pickle",
        "string",
        "warnings",
        "typing",
        "io",
        "glob",
        "shutil",
        "contextlib",
        "dataclasses",
        "types",
        "tqdm",
        "matplotlib",
        "pandas",
        "scipy",
        "sklearn",
        "six",
        "builtins",
        "pathlib",
        "tempfile",
        "threading",
        "operator",
        "abc",
        "enum",
        "tensorboardX",
    }
)
"""Top-level modules whose functions move no step and update no weights but in the ways named above."""

_TELLING = (
    *DECAY_FUNCTIONS,
    *OPTIMIZERS,
    *KERAS_SCHEDULES,
    *TRAIN_OPS,
    *VARIABLES,
    *GLOBAL_STEPS,
    *CHECKPOINTS,
    *MOVE_FUNCTIONS,
    *SESSION_CALLS,
    *EAGER_SWITCHES,
    *GRAPH_SWITCHES,
    *EAGER_CONTEXTS,
    *TF2_ONLY,
    *ESTIMATORS,
)

WORDS = frozenset(name.rpartition(".")[2] for name in _TELLING) | {
    *UPDATES,
    *MOVE_METHODS,
    "GradientTape",
    "iterations",
    "global_step",
}
"""The words that make a function worth a look."""

VAGUE = frozenset({"experimental", "legacy", "numpy", "train"})
"""Those of them that tell nothing without the word before them, being words of much else, too."""

TELLING = (WORDS - VAGUE) | {".".join(name.split(".")[-2:]) for name in _TELLING if name.rpartition(".")[2] in VAGUE}
"""The words that make a function worth a look, each as long as it has to be."""

DECLARING = frozenset({"add_argument", "DEFINE_float", "DEFINE_integer", "DEFINE_bool", "DEFINE_boolean", "global"})
"""The words of a function that declares options, or binds global names: it is worth a look, what it gives is not."""

KNOWN_NAMES = (
    DECAY_FUNCTIONS
    | OPTIMIZERS.keys()
    | GLOBAL_STEPS
    | VARIABLES.keys()
    | MOVE_FUNCTIONS.keys()
    | EAGER_SWITCHES
    | GRAPH_SWITCHES
    | SESSION_CALLS
    | GRAPH_WRAPPERS
    | {"tf.train", "tf.GradientTape", "tf.Graph"}
)
"""What a star import from TensorFlow is known to bring."""
