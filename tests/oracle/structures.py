"""The structures of the generated programs: where the parts of a program live, and how they reach each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from oracle.dice import Dice
from oracle.schedules import UPDATES
from oracle.template import fill, roles

Refs = Callable[[str], str]


@dataclass(frozen=True)
class Binding:
    """A part and the expression that makes it; ``function`` where that is the body of a function."""

    role: str
    template: str
    function: bool = False
    other: str | None = None
    """What stands in the branch that is not taken, where that is something else."""


@dataclass
class Parts:
    """What a program consists of, before it is known where anything lives.

    ``body`` is one iteration, ``setup_uses`` and ``last`` what is done once before and after the loop; ``assigned`` are the
    parts that the body binds anew. ``compiled`` asks for a ``tf.function`` of that name around ``core``, the lines of the
    update.
    """

    bindings: list[Binding]
    core: list[str]
    before: list[str] = field(default_factory=list)
    behind: list[str] = field(default_factory=list)
    setup_uses: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    assigned: frozenset[str] = frozenset()
    compiled: str | None = None
    travels: frozenset[str] = frozenset()
    """Parts that are handed on together with those that are needed."""

    imported: frozenset[str] = frozenset()
    """Names of TensorFlow that the program imports by themselves."""

    @property
    def body(self) -> list[str]:
        return [*self.before, *self.core, *self.behind]

    @property
    def roles(self) -> list[str]:
        return [binding.role for binding in self.bindings]

    def used(self, lines: Iterable[str]) -> list[str]:
        """The parts that some lines name, in the order in which they are made."""
        named = {role for line in lines for role in roles(line)}
        return [role for role in self.roles if role in named or role in self.travels]


def indent(lines: Iterable[str], by: int = 1) -> list[str]:
    return [("    " * by + line) if line else "" for line in lines]


_SPELLINGS = {
    "w": ["w", "weight", "weights", "kernel"],
    "loss": ["loss", "loss_fn", "compute_loss"],
    "step": ["step", "global_step", "gs", "counter", "iteration", "step_var"],
    "other": ["other", "iterations", "epoch_step"],
    "lr": ["lr", "learning_rate", "schedule", "decayed", "lr_fn"],
    "rate": ["rate", "lr_var", "current_rate"],
    "opt": ["opt", "optimizer", "solver"],
}


def spellings(dice: Dice, parts: Iterable[str]) -> dict[str, str]:
    """A name for each part; the second of a kind has the name of the first with a mark."""
    chosen: dict[str, str] = {}
    for part in parts:
        kind = part.rstrip("2")
        if kind not in chosen:
            chosen[kind] = dice.pick(_SPELLINGS[kind])
        chosen[part] = chosen[kind] if part == kind else f"{chosen[kind]}_b"
    return chosen


class Structure:
    """Writes a program: picks a layout, a way to hold the parts, and a way to make each of them."""

    def __init__(self, dice: Dice, parts: Parts) -> None:
        self.dice = dice
        self.parts = parts
        self.names = spellings(dice, parts.roles)
        self.prelude: list[str] = []
        self.imports: set[str] = set()
        self.layout = dice.weighted(_LAYOUTS)
        self.made: dict[str, str] = {}

    def lines(self) -> list[str]:
        """The program without its imports; the helpers come first."""
        lines: list[str] = getattr(self, "_" + self.layout)()
        noise = self._noise() if self.dice.chance(0.15) else []
        return [*self.prelude, *noise, *lines]

    def _noise(self) -> list[str]:
        """Code that uses the same names for other things, and is never run or does no harm."""
        step, lr, opt = (self.names.get(role, role) for role in ("step", "lr", "opt"))
        forms = [
            [f"def unrelated({lr}):", f"    {step} = 0", f"    {step} += 1", f"    return {lr} * {step}", "", ""],
            ["class Other(object):", "    def __init__(self):", f"        self.{step} = 0", f"        self.{lr} = 0.1", "",
             "    def describe(self):", f"        self.{step} += 1", f"        return '%s %s' % (self.{step}, self.{lr})", "", ""],
            [f"def exponential_decay({lr}, {step}, decay_steps, decay_rate):", f"    return {lr} * decay_rate ** ({step} / decay_steps)",
             "", "", "print('%.3f' % exponential_decay(0.1, 3, 10, 0.5))"],
            [f"def describe({opt}=None, {lr}=0.5):", f"    if {opt} is not None:", f"        {opt}.minimize(lambda: 0.0)",
             f"    print('%.2f' % {lr})", "", "", "describe()"],
            [f"def log({step}, {lr}):", f"    print('%d: %.3f' % ({step}, {lr}))", "", "", "log(1, 0.25)"],
        ]  # fmt: skip
        return self.dice.pick(
            [form for form in forms if not any(f"def {name}(" in form[0] for name in self.parts.imported)]
        )

    def name(self, role: str) -> str:
        return self.names[role]

    def attribute(self, role: str) -> str:
        return f"self.{self.names[role]}"

    # Making the parts ----------------------------------------------------------------------------------------------

    def bind(self, binding: Binding, refs: Refs) -> list[str]:
        """The lines that make a part."""
        target = refs(binding.role)
        if binding.function:
            return self._bind_function(binding, target, refs)
        text = fill(binding.template, refs)
        making = self.dice.weighted(_MAKINGS)
        if binding.role.startswith("loss") or "lambda" in binding.template:
            making = "direct"
        self.made[binding.role] = making
        if making in ("helper", "lambda helper"):
            return self._bind_by_helper(binding, target, refs, named=making == "helper")
        other = fill(binding.other or binding.template, refs)
        if making == "conditional":
            return [f"{target} = {text} if {self._flag()} else {other}"]
        if making == "branches":
            return [f"if {self._flag()}:", f"    {target} = {text}", "else:", f"    {target} = {other}"]
        if making == "try":
            return ["try:", f"    {target} = {text}", "except ImportError:", "    raise"]
        if making == "chained" and binding.role not in self.parts.assigned:
            return [f"kept_{self.names[binding.role]} = {target} = {text}"]
        if making == "annotated" and target.isidentifier() and self.layout != "globals":
            return [f"{target}: object = {text}"]
        if making == "list of one":
            return [f"({target},) = ({text},)"]
        return [f"{target} = {text}"]

    def _bind_function(self, binding: Binding, target: str, refs: Refs) -> list[str]:
        name = f"make_{self.names[binding.role]}" if not target.isidentifier() else target
        lines = [f"def {name}():", "    " + fill(binding.template, refs)]
        return lines if name == target else [*lines, f"{target} = {name}"]

    def _bind_by_helper(self, binding: Binding, target: str, refs: Refs, *, named: bool) -> list[str]:
        taken = roles(binding.template)
        parameters = {role: self.dice.pick([self.names[role], f"the_{role}", f"{role}_arg"]) for role in taken}
        made = fill(binding.template, parameters.__getitem__)
        name = f"{self.dice.pick(['make', 'build', 'get', 'create'])}_{self.names[binding.role]}"
        head = ", ".join(parameters.values())
        if named:
            inner = self.dice.pick([[f"return {made}"], [f"result = {made}", "return result"]])
            self.prelude += [f"def {name}({head}):", *indent(inner), "", ""]
        else:
            self.prelude += [f"{name} = lambda {head}: {made}".replace("lambda :", "lambda:")]
        keyword = self.dice.chance(0.3)
        arguments = [f"{parameters[role]}={refs(role)}" if keyword else refs(role) for role in taken]
        return [f"{target} = {name}({', '.join(arguments)})"]

    def _flag(self) -> str:
        return self.dice.pick(["len(sys.argv) < 9", "'LRLINT_OTHER' not in os.environ", "sys.maxsize > 0"])

    def _setup(self, refs: Refs, chosen: Iterable[str] | None = None) -> list[str]:
        wanted = set(self.parts.roles if chosen is None else chosen)
        lines = [line for binding in self.parts.bindings if binding.role in wanted for line in self.bind(binding, refs)]
        if wanted >= set(self.parts.used(self.parts.setup_uses)):
            lines += self._filled(self.parts.setup_uses, refs)
        return lines

    def _filled(self, lines: Iterable[str], refs: Refs) -> list[str]:
        return [fill(line, refs) for line in lines]

    # The loop ------------------------------------------------------------------------------------------------------

    def _loop(self, body: list[str]) -> list[str]:
        form = self.dice.pick(["for", "for", "for", "nested", "while", "data", "enumerate"])
        if len(body) == 1 and body[0].endswith(")") and self.dice.chance(0.25):
            form = self.dice.pick(["comprehension", "map", "generator"])
        if form == "comprehension":
            return [f"results = [{body[0]} for _ in range({UPDATES})]"]
        if form == "map":
            return [f"results = list(map(lambda batch: {body[0]}, range({UPDATES})))"]
        if form == "generator":
            return [f"for result in ({body[0]} for _ in range({UPDATES})):", "    pass"]
        if form == "for":
            variable = self.dice.pick(["_", "i", "batch"])
            return [f"for {variable} in range({UPDATES}):", *indent(body)]
        if form == "nested":
            return ["for epoch in range(2):", f"    for batch in range({UPDATES // 2}):", *indent(body, 2)]
        if form == "while":
            return ["done = 0", f"while done < {UPDATES}:", *indent(body), "    done += 1"]
        if form == "data":
            return [f"batches = [0.0] * {UPDATES}", "for batch in batches:", *indent(body)]
        return [f"for number, batch in enumerate([1.0] * {UPDATES}):", *indent(body)]

    def _training(self, refs: Refs) -> list[str]:
        if self.parts.compiled:
            core = [
                f"@{self.parts.compiled}",
                "def compiled_update():",
                *indent(self._filled(self.parts.core, refs)),
                "",
            ]
            body = [*self._filled(self.parts.before, refs), "compiled_update()", *self._filled(self.parts.behind, refs)]
            return [*core, *self._loop(body), *self._filled(self.parts.last, refs)]
        return [*self._loop(self._filled(self.parts.body, refs)), *self._filled(self.parts.last, refs)]

    def _in_step(self, refs: Refs, call: str, head: str, scope: str | None) -> tuple[list[str], list[str]]:
        """The function of one iteration, and the loop that calls it."""
        rebound = [refs(role) for role in self.parts.roles if role in self.parts.assigned and refs(role).isidentifier()]
        declared = [f"{scope} {', '.join(rebound)}"] if rebound and scope else []
        function = [head, *indent([*declared, *self._filled(self.parts.body, refs)]), ""]
        return function, [*self._loop([call]), *self._filled(self.parts.last, refs)]

    # The layouts ---------------------------------------------------------------------------------------------------

    def _flat(self) -> list[str]:
        return [*self._setup(self.name), "", *self._training(self.name)]

    def _main(self) -> list[str]:
        lines = ["def main():", *indent([*self._setup(self.name), *self._training(self.name)]), "", ""]
        return [*lines, *self._start("main()")]

    def _start(self, call: str) -> list[str]:
        if self.dice.chance(0.5):
            return ["if __name__ == '__main__':", f"    {call}"]
        return [call]

    def _functions(self) -> list[str]:
        """A step function over globals."""
        function, loop = self._in_step(self.name, "train_step()", "def train_step():", "global")
        if self.dice.chance(0.5):
            return [*self._setup(self.name), "", "", *function, "", *loop]
        return [*function, "", *self._setup(self.name), "", *loop]

    def _closure(self) -> list[str]:
        """A step function that a builder returns."""
        lines = self._setup(self.name)
        rebound = [self.name(role) for role in self.parts.roles if role in self.parts.assigned]
        declared = [f"nonlocal {', '.join(rebound)}"] if rebound else []
        inner = ["def train_step():", *indent([*declared, *self._filled(self.parts.body, self.name)])]
        returned = "train_step"
        if self.parts.last:
            inner += ["", "def finish():", *indent(self._filled(self.parts.last, self.name))]
            returned = "train_step, finish"
        builder = ["def build():", *indent([*lines, "", *inner, "", f"return {returned}"]), "", ""]
        end = ["finish()"] if self.parts.last else []
        return [*builder, f"{returned} = build()", *self._loop(["train_step()"]), *end]

    def _parameters(self) -> list[str]:
        """A training function that gets the parts as arguments."""
        lines = [*self.parts.body, *self.parts.last]
        taken = self.dice.shuffled(self.parts.used(lines))
        inner = {role: self.dice.pick([self.names[role], f"{self.names[role]}_", f"my_{role}"]) for role in taken}
        function = [
            f"def run_training({', '.join(inner.values())}):",
            *indent(self._training(inner.__getitem__)),
            "",
            "",
        ]
        form = self.dice.pick(["positional", "keyword", "mixed", "star", "double star"])
        keywords = [f"{inner[role]}={self.name(role)}" for role in taken]
        given = [self.name(role) for role in taken]
        before: list[str] = []
        if form == "keyword":
            given = self.dice.shuffled(keywords)
        elif form == "mixed":
            given = given[:2] + keywords[2:]
        elif form == "star":
            before = [f"arguments = ({', '.join(given)},)"]
            given = ["*arguments"]
        elif form == "double star":
            before = [f"settings = dict({', '.join(keywords)})"]
            given = ["**settings"]
        outer = [*self._setup(self.name), *before, f"run_training({', '.join(given)})"]
        if self.dice.chance(0.5):
            return [*function, *outer]
        return [*function, "def main():", *indent(outer), "", "", *self._start("main()")]

    def _passed_step(self) -> list[str]:
        """One iteration as a function that gets the parts as arguments in each call."""
        if self.parts.assigned:
            return self._main()
        taken = self.parts.used(self.parts.body)
        inner = {role: self.dice.pick([self.names[role], f"{self.names[role]}_"]) for role in taken}
        head = f"def train_step({', '.join(inner.values())}):"
        function = [head, *indent(self._filled(self.parts.body, inner.__getitem__)), "", ""]
        call = f"train_step({', '.join(self.name(role) for role in taken)})"
        loop = [*self._loop([call]), *self._filled(self.parts.last, self.name)]
        return [*function, *self._setup(self.name), "", *loop]

    def _tuple(self) -> list[str]:
        """A builder that returns a tuple, unpacked by its caller; some of them are long."""
        needed = self.parts.used([*self.parts.body, *self.parts.last])
        lines = self._setup(self.name)
        order = self.dice.shuffled(needed)
        values, targets = [self.name(role) for role in order], [self.name(role) for role in order]
        if self.dice.chance(0.4):
            for number in range(15 - len(order)):
                place = self.dice.pick(range(len(values) + 1))
                values.insert(place, self.dice.pick(["None", "0", "'x'", "1e-3", "[]"]))
                targets.insert(place, f"extra{number}")
        builder = ["def build():", *indent([*lines, f"return {', '.join(values)}"]), "", ""]
        form = self.dice.pick(["unpacked", "unpacked", "indexed", "starred"])
        if form == "unpacked" or len(values) < 3:
            unpacked = [f"{', '.join(targets)} = build()" if len(targets) > 1 else f"{targets[0]} = build()"]
        elif form == "starred":
            unpacked = [f"{targets[0]}, *rest = build()", *(f"{t} = rest[{i}]" for i, t in enumerate(targets[1:]))]
        else:
            unpacked = ["built = build()", *(f"{target} = built[{i}]" for i, target in enumerate(targets))]
        if self.dice.chance(0.5):
            return [*builder, *unpacked, "", *self._training(self.name)]
        return [
            *builder,
            "def main():",
            *indent([*unpacked, *self._training(self.name)]),
            "",
            "",
            *self._start("main()"),
        ]

    def _held(self) -> list[str]:
        """The parts in a dict, a list, a tuple, a namespace or a namedtuple."""
        needed = self.parts.used([*self.parts.body, *self.parts.last])
        forms = ["dict", "dict", "namespace", "list", "object", "dict call"] + (
            [] if self.parts.assigned else ["tuple", "namedtuple"]
        )
        form = self.dice.pick(forms)
        holder = self.dice.pick(["state", "parts", "ctx", "config"])
        place = {role: index for index, role in enumerate(needed)}
        lines = self._setup(self.name)
        if form in ("dict", "dict call"):
            refs = {role: f'{holder}["{self.names[role]}"]' for role in needed}
            if form == "dict call":
                made = [f"{holder} = dict({', '.join(f'{self.names[role]}={self.name(role)}' for role in needed)})"]
            elif self.dice.chance(0.5):
                made = [f"{holder} = {{{', '.join(f'{self.names[role]!r}: {self.name(role)}' for role in needed)}}}"]
            else:
                made = [f"{holder} = {{}}", *(f"{refs[role]} = {self.name(role)}" for role in needed)]
        elif form in ("list", "tuple"):
            refs = {role: f"{holder}[{place[role]}]" for role in needed}
            given = ", ".join(self.name(role) for role in needed)
            made = [f"{holder} = [{given}]" if form == "list" else f"{holder} = ({given},)"]
        else:
            refs = {role: f"{holder}.{self.names[role]}" for role in needed}
            keywords = ", ".join(f"{self.names[role]}={self.name(role)}" for role in needed)
            if form == "namespace":
                self.imports.add("types")
                made = [f"{holder} = types.SimpleNamespace({keywords})"]
            elif form == "namedtuple":
                self.imports.add("collections")
                self.prelude += [
                    f"Parts = collections.namedtuple('Parts', {[self.names[role] for role in needed]!r})",
                    "",
                ]
                made = [f"{holder} = Parts({keywords})"]
            else:
                self.prelude += ["class Bag(object):", "    pass", "", ""]
                made = [f"{holder} = Bag()", *(f"{refs[role]} = {self.name(role)}" for role in needed)]
        training = self._training(refs.__getitem__)
        scope = self.dice.pick(["flat", "function", "builder"])
        if scope == "flat":
            return [*lines, *made, "", *training]
        if scope == "function":
            return [f"def run_training({holder}):", *indent(training), "", "", *lines, *made, f"run_training({holder})"]
        builder = ["def build():", *indent([*lines, *made, f"return {holder}"]), "", ""]
        return [*builder, f"def run_training({holder}):", *indent(training), "", "", "run_training(build())"]

    def _class(self) -> list[str]:
        """A class that holds the parts."""
        refs = self.attribute
        base = self.dice.chance(0.3)
        head = self.dice.pick(["class Trainer(object):", "class Trainer:"])
        if base:
            cut = self.dice.pick(range(1, len(self.parts.roles)))
            first, second = self.parts.roles[:cut], self.parts.roles[cut:]
            lines = ["class Base(object):", *indent(["def __init__(self):", *indent(self._setup(refs, first))]), "", ""]
            head = "class Trainer(Base):"
            start = ["super(Trainer, self).__init__()", *self._setup(refs, second)]
            if set(first) >= set(self.parts.used(self.parts.setup_uses)):
                pass
            else:
                start += [line for line in self._filled(self.parts.setup_uses, refs) if line not in start]
        else:
            lines, start = [], self._class_setup()
        inner: list[str]
        if self.dice.chance(0.5):
            inner = ["def train(self):", *indent(self._training(refs))]
        else:
            step, loop = self._in_step(refs, "self.train_step()", "def train_step(self):", None)
            inner = [*step, "def train(self):", *indent(loop)]
        made = self._made_in_class(start)
        lines += [head, *indent([*made, "", *inner]), "", ""]
        form = self.dice.pick(["trainer", "direct", "main"])
        if form == "trainer":
            return [*lines, "trainer = Trainer()", "trainer.train()"]
        if form == "direct":
            return [*lines, "Trainer().train()"]
        return [*lines, "def main():", "    trainer = Trainer()", "    trainer.train()", "", "", *self._start("main()")]

    def _class_setup(self) -> list[str]:
        """The constructor's body: the parts made in place, or as local names that are then kept."""
        if self.dice.chance(0.6):
            return self._setup(self.attribute)
        kept = self.parts.used([*self.parts.body, *self.parts.last])
        return [*self._setup(self.name), *(f"{self.attribute(role)} = {self.name(role)}" for role in kept)]

    def _made_in_class(self, start: list[str]) -> list[str]:
        if self.dice.chance(0.25):
            return ["def __init__(self):", "    self._build()", "", "def _build(self):", *indent(start)]
        return ["def __init__(self):", *indent(start)]

    def _constructor(self) -> list[str]:
        """A class that gets the parts from outside."""
        kept = self.parts.used([*self.parts.body, *self.parts.last])
        parameters = ", ".join(self.name(role) for role in kept)
        start = [f"def __init__(self, {parameters}):"]
        start += indent(f"{self.attribute(role)} = {self.name(role)}" for role in kept)
        step, loop = self._in_step(self.attribute, "self.train_step()", "def train_step(self):", None)
        lines = ["class Trainer(object):", *indent([*start, "", *step, "def train(self):", *indent(loop)]), "", ""]
        given = (
            ", ".join(f"{self.name(role)}={self.name(role)}" for role in kept) if self.dice.chance(0.4) else parameters
        )
        return [*lines, *self._setup(self.name), f"Trainer({given}).train()"]

    def _factory(self) -> list[str]:
        """A class with a factory that makes the parts, and properties that give them away."""
        kept = self.parts.used([*self.parts.body, *self.parts.last])
        hidden = {role: f"_{self.names[role]}" for role in kept}
        parameters = ", ".join(self.name(role) for role in kept)
        start = [
            f"def __init__(self, {parameters}):",
            *indent(f"self.{hidden[role]} = {self.name(role)}" for role in kept),
            "",
        ]
        making = [
            "@classmethod",
            "def create(cls):",
            *indent([*self._setup(self.name), f"return cls({parameters})"]),
            "",
        ]
        shown = [role for role in kept if role not in self.parts.assigned and self.dice.chance(0.5)]
        properties = [
            line
            for role in shown
            for line in ["@property", f"def {self.names[role]}(self):", f"    return self.{hidden[role]}", ""]
        ]
        refs = {role: f"self.{self.names[role] if role in shown else hidden[role]}" for role in kept}
        step, loop = self._in_step(refs.__getitem__, "self.train_step()", "def train_step(self):", None)
        call = self.dice.pick(["train", "__call__"])
        inner = [*start, *making, *properties, *step, f"def {call}(self):", *indent(loop)]
        end = ["trainer = Trainer.create()", "trainer()" if call == "__call__" else "trainer.train()"]
        return ["class Trainer(object):", *indent(inner), "", "", *end]

    def _globals(self) -> list[str]:
        """Globals that one function sets and another one uses."""
        needed = self.parts.used([*self.parts.body, *self.parts.last])
        declared = f"global {', '.join(self.name(role) for role in needed)}"
        start = ["def prepare():", *indent([declared, *self._setup(self.name)]), "", ""]
        function, loop = self._in_step(self.name, "train_step()", "def train_step():", "global")
        main = ["def main():", *indent(["prepare()", *loop]), "", ""]
        return [*start, *function, "", *main, *self._start("main()")]

    def _decorated(self) -> list[str]:
        """A step function under a decorator of the file."""
        self.imports.add("functools")
        self.prelude += [
            "def logged(function):",
            "    @functools.wraps(function)",
            "    def wrapper(*args, **kwargs):",
            "        return function(*args, **kwargs)",
            "    return wrapper",
            "",
            "",
        ]
        function, loop = self._in_step(self.name, "train_step()", "def train_step():", "global")
        return [*self._setup(self.name), "", "", "@logged", *function, "", *loop]

    def _recursion(self) -> list[str]:
        """A loop by recursion."""
        rebound = [self.name(role) for role in self.parts.roles if role in self.parts.assigned]
        declared = [f"global {', '.join(rebound)}"] if rebound else []
        body = [
            *declared,
            "if left == 0:",
            "    return",
            *self._filled(self.parts.body, self.name),
            "train_on(left - 1)",
        ]
        end = [f"train_on({UPDATES})", *self._filled(self.parts.last, self.name)]
        return [*self._setup(self.name), "", "", "def train_on(left):", *indent(body), "", "", *end]

    def _wrapper(self) -> list[str]:
        """A class around the optimizer, whose method makes the update."""
        if self.parts.assigned or self.parts.compiled or "opt" not in self.parts.roles:
            return self._main()
        taken = [role for role in self.parts.used(self.parts.core) if role != "loss"]
        start = [f"def __init__(self, {', '.join(self.name(role) for role in taken)}):"]
        start += indent(f"self.{self.names[role]} = {self.name(role)}" for role in taken)
        refs = {**{role: f"self.{self.names[role]}" for role in taken}, "loss": self.name("loss")}
        update = [f"def update(self, {self.name('loss')}):", *indent(self._filled(self.parts.core, refs.__getitem__))]
        lines = ["class Updater(object):", *indent([*start, "", *update]), "", ""]
        made = [*self._setup(self.name), f"updater = Updater({', '.join(self.name(role) for role in taken)})"]
        self.parts.core = ["updater.update(<loss>)"]
        return [*lines, *made, "", *self._training(self.name)]

    def _class_attributes(self) -> list[str]:
        """A class whose parts are attributes of the class itself."""
        refs = "Trainer.{}".format if self.dice.chance(0.5) else "self.__class__.{}".format
        setup = self._setup(lambda role: f"Trainer.{self.names[role]}")
        step, loop = self._in_step(
            lambda role: refs(self.names[role]), "self.train_step()", "def train_step(self):", None
        )
        lines = ["class Trainer(object):", *indent([*step, "def train(self):", *indent(loop)]), "", ""]
        return [*lines, *setup, "Trainer().train()"]


_LAYOUTS: list[tuple[float, str]] = [
    (8, "flat"),
    (6, "main"),
    (5, "functions"),
    (4, "closure"),
    (5, "parameters"),
    (4, "passed_step"),
    (5, "tuple"),
    (6, "held"),
    (8, "class"),
    (3, "constructor"),
    (1, "class_attributes"),
    (4, "factory"),
    (3, "globals"),
    (2, "decorated"),
    (1, "recursion"),
    (3, "wrapper"),
]

_MAKINGS: list[tuple[float, str]] = [
    (60, "direct"),
    (12, "helper"),
    (3, "lambda helper"),
    (4, "conditional"),
    (4, "branches"),
    (2, "try"),
    (2, "chained"),
    (1, "annotated"),
    (1, "list of one"),
]
