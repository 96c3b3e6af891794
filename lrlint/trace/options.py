"""Models of what the user sets from outside: arguments of the command line, and flags."""

from __future__ import annotations

from lrlint import outline
from lrlint.trace.calls import Calls
from lrlint.trace.events import Passed
from lrlint.trace.folding import constant
from lrlint.trace.passing import Arguments
from lrlint.trace.values import (
    ARGUMENTS,
    FLAGS,
    NONE,
    PARSED,
    UNKNOWN,
    Default,
    External,
    Literal,
    Object,
    Value,
    literal,
)

_PARSER = PARSED.rpartition(".")[0]
_SWITCHES = {"store_true": literal(False), "store_false": literal(True)}
_CONVERSIONS = {"builtins.float": float, "builtins.int": int}


class Options(Calls):
    """Options: what they are by default."""

    def declared_flag(self, name: str, node: outline.Node, arguments: Arguments) -> Value | None:
        """``flags.DEFINE_float("lr", 0.1, "the learning rate")``, of TensorFlow or of absl."""
        module, _, function = name.rpartition(".")
        if not name.startswith(("tf.", "absl.")) or not module.endswith(".flags") or not function.startswith("DEFINE_"):
            return None
        bound = arguments.bind(("name", "default"))
        holder = self.thing(Object, node, name)
        named = bound["name"].value.only(Literal) if "name" in bound else None
        if named is not None and "default" in bound:
            default = self._default(bound["default"].value, node)
            self.store.add((FLAGS, named.content), default)
            self.store.add((holder, "value"), default)
        return Value.of(holder)

    def parser_method(self, receiver: Object, name: str, node: outline.Node, arguments: Arguments) -> Value | None:
        """A method of an ``argparse.ArgumentParser``, or of a group of its arguments."""
        if not receiver.name.startswith(_PARSER):
            return None
        if name == "add_argument":
            self._argument(node, arguments)
        elif name == "set_defaults":
            for dest, passed in arguments.keywords.items():
                self.store.write((ARGUMENTS, dest), self._default(passed.value, node))
            return NONE
        elif name == "parse_known_args":
            pair = self.new_container(node, "tuple")
            self.store.write((pair, 0), Value.of(self.thing(Object, node, PARSED)))
            self.store.write((pair, 1), UNKNOWN)
            return Value.of(pair)
        return None

    def _argument(self, node: outline.Node, arguments: Arguments) -> None:
        """``parser.add_argument("--lr", type=float, default=0.1)``."""
        names = [only.content for passed in arguments.positional if (only := passed.value.only(Literal)) is not None]
        flags = [name for name in names if isinstance(name, str)]
        if not flags or arguments.more_keywords:
            return
        dest: object = next((name for name in flags if name.startswith("--")), flags[0]).lstrip("-").replace("-", "_")
        if "dest" in arguments.keywords:
            named = arguments.keywords["dest"].value.only(Literal)
            dest = named.content if named is not None else None
        self.store.add((ARGUMENTS, dest), self._default(self._given_default(arguments), node))

    def _given_default(self, arguments: Arguments) -> Value:
        """What an argument is by default: text is converted by its type, a number is taken as it is."""
        if "default" not in arguments.keywords:
            action = arguments.keywords.get("action", Passed(UNKNOWN)).value.only(Literal)
            return _SWITCHES.get(str(action.content), UNKNOWN) if action is not None else UNKNOWN
        default = arguments.keywords["default"].value
        text = default.only(Literal)
        kind = arguments.keywords.get("type", Passed(UNKNOWN)).value.only(External)
        if text is not None and isinstance(text.content, str) and kind is not None and kind.name in _CONVERSIONS:
            try:
                return literal(_CONVERSIONS[kind.name](text.content))
            except ValueError:
                return UNKNOWN
        return default

    def _default(self, value: Value, node: outline.Node) -> Value:
        """A value as the default of an option: a number that the user may override, or nobody knows what."""
        known = constant(value)
        return Value.of(Default(known.content, known.kind, self.site(node))) if known is not None else UNKNOWN
