"""Definitions: functions with their decorators, classes, imports, and the scope of names."""

from __future__ import annotations

from lrlint import outline, tf_api
from lrlint.trace.bindings import Bindings
from lrlint.trace.events import Passed
from lrlint.trace.names import canonical, is_harmless
from lrlint.trace.passing import Arguments
from lrlint.trace.syntax import dotted
from lrlint.trace.tensorflow import as_graph
from lrlint.trace.values import (
    NOTHING,
    Bound,
    Class,
    External,
    Function,
    Object,
    Value,
    join,
    outside,
)

_KINDS = {
    "builtins.property": "property",
    "functools.cached_property": "property",
    "builtins.staticmethod": "static",
    "builtins.classmethod": "class",
}


class Definitions(Bindings):
    """What binds a name to code."""

    def _function(self, node: outline.FunctionDef) -> None:
        function = self.frame.function(node)
        self.remember_defaults(function, node.params)
        self.pending.setdefault(function, None)
        value = Value.of(function)
        for decorator in reversed(node.decorators):
            value = self._decorated(decorator.decorator, value)
        for atom in value:
            if isinstance(atom, Function) and atom.kind == "setter":
                self.store.write((self._class_of(), (node.name.value, "setter")), Value.of(function))
                return
        self.bind(node.name.value, value)

    def _class_of(self) -> object:
        return self.defining

    def _decorated(self, node: outline.BaseExpression, value: Value) -> Value:
        if type(node) is outline.Attribute and node.attr.value in ("setter", "getter", "deleter"):
            return Value.of(*(_kind(atom, node.attr.value) for atom in value.all(Function)))
        decorator = self.evaluate(node)
        result = NOTHING
        for atom in decorator:
            if isinstance(atom, External) and atom.name in _KINDS:
                result |= Value.of(*(_kind(function, _KINDS[atom.name]) for function in value.all(Function)))
            elif (isinstance(atom, External) and atom.name in tf_api.GRAPH_WRAPPERS) or (
                isinstance(atom, Object) and atom.name in tf_api.GRAPH_WRAPPERS
            ):
                result |= Value.of(
                    *(as_graph(function) for function in value if isinstance(function, (Function, Bound)))
                )
            elif isinstance(atom, (Function, Bound, Class)):
                result |= self.call(Value.of(atom), node, Arguments([Passed(value)]))
            elif isinstance(atom, (External, Object)) and is_harmless(atom.name):
                result |= value
            else:
                # A decorator that nobody here has read may pass what the program does not.
                result |= Value.of(*(_kind(function, "open") for function in value.all(Function)))
        return result or value

    def _class(self, node: outline.ClassDef) -> None:
        cls = self.frame.class_of(node)
        bases = join(self.evaluate(arg.value) for arg in node.bases)
        self.store.write((cls, ("bases",)), bases)
        path = self.path(self.frame.path, node, node)
        outer = self.frame
        self.frame = self.enter(path, outer, self.scope)
        defining, self.defining = self.defining, cls
        self.run(node.body)
        self.defining = defining
        for name in self.frame.names:
            held = self.store.read((self.frame.key, name))
            if held is not None:
                self.store.write((cls, name), held)
        self.frame = outer
        self.classes.setdefault(cls, None)
        for decorator in node.decorators:
            self.evaluate(decorator.decorator)
        self.bind(node.name.value, Value.of(cls))

    def _import(self, node: outline.Import) -> None:
        for alias in node.names:
            path = dotted(alias.name)
            if alias.asname is not None and type(alias.asname.name) is outline.Name:
                self._imported(alias.asname.name.value, path)
            else:
                root = path.partition(".")[0]
                self._imported(root, root)

    def _import_from(self, node: outline.ImportFrom) -> None:
        module = ("." * len(node.relative)) + (dotted(node.module) if node.module is not None else "")
        if isinstance(node.names, outline.ImportStar):
            self.stars.append(canonical(module))
            return
        for alias in node.names:
            name = dotted(alias.name)
            local = alias.asname.name.value if alias.asname and type(alias.asname.name) is outline.Name else name
            self._imported(local, f"{module}.{name}")

    def _imported(self, local: str, path: str) -> None:
        name = canonical(path)
        if self.frame is self.globals:
            self.story.imports.setdefault(local, path)
        self.bind(local, outside(name))

    def _global(self, node: outline.Global) -> None:
        for item in node.names:
            self.frame.outer[item.name.value] = self.globals

    def _nonlocal(self, node: outline.Nonlocal) -> None:
        for item in node.names:
            name = item.name.value
            outer = self.frame.parent
            for frame in outer.chain if outer is not None else ():
                if name in frame.names:
                    self.frame.outer[name] = frame
                    break


def _kind(function: Function, kind: str) -> Function:
    return function.frame.function(function.node, graph=function.graph, kind=kind)
