"""Where names live in the text: what stands around a node, and whether a name means the same in two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lrlint import outline
from lrlint.trace.syntax import last_name, parts, walk

SCOPES = (outline.FunctionDef, outline.Lambda, outline.ClassDef)
_COMPREHENSIONS = (outline.ListComp, outline.SetComp, outline.DictComp, outline.GeneratorExp)


def parents(root: outline.Node) -> dict[outline.Node, outline.Node]:
    """What each node below a root stands in."""
    return {inner: outer for outer in walk(root) for inner in parts(outer)}


def line_of(chain: Sequence[outline.Node]) -> outline.SimpleStatementLine | None:
    """The line in which the last of nested nodes runs, once each time that the line does."""
    for outer in reversed(chain[:-1]):
        if isinstance(outer, outline.SimpleStatementLine):
            return outer
        if isinstance(outer, (*_COMPREHENSIONS, outline.Lambda, outline.BaseCompoundStatement)):
            return None
    return None


def lines_of_one(module: outline.Module) -> dict[outline.Node, outline.SimpleStatementLine]:
    """The lines that are one expression or assignment, by that expression, but for the only line of a block."""
    found: dict[outline.Node, outline.SimpleStatementLine] = {}
    for block in walk(module):
        if type(block) is not outline.Module and type(block) is not outline.IndentedBlock:
            continue
        for line in block.body if len(block.body) > 1 else ():
            if isinstance(line, outline.SimpleStatementLine) and len(line.body) == 1:
                small = line.body[0]
                if isinstance(small, (outline.Expr, outline.Assign, outline.AugAssign)):
                    found[small.value] = line
    return found


def means_the_same(name: str, here: Sequence[outline.Node], there: Sequence[outline.Node]) -> bool:
    """Whether a name that is looked up in two places is one and the same, or the receiver of methods of one class."""
    home, other = home_of(name, here), home_of(name, there)
    if home is other:
        return True
    if home is None or other is None or not is_receiver(name, home, here) or not is_receiver(name, other, there):
        return False
    return any(cls in _lineage(there) for cls in _lineage(here))


def _lineage(chain: Sequence[outline.Node]) -> list[outline.ClassDef]:
    """The class that nested nodes stand in, and those at the top of the module that it inherits from."""
    top = {node.name.value: node for node in parts(chain[0]) if isinstance(node, outline.ClassDef)}
    found = [outer for outer in chain if isinstance(outer, outline.ClassDef)][-1:]
    for cls in found:
        bases = [top.get(last_name(base.value)) for base in cls.bases]
        found.extend(base for base in bases if base is not None and base not in found)
    return found


def innermost(chain: Sequence[outline.Node]) -> outline.Node | None:
    """The function that nested nodes stand in."""
    functions = [outer for outer in chain if isinstance(outer, (outline.FunctionDef, outline.Lambda))]
    return functions[-1] if functions else None


def receiver_of(function: outline.Node, chain: Sequence[outline.Node]) -> str | None:
    """The name of the first parameter of a method."""
    params = function.params if isinstance(function, outline.FunctionDef) else None
    first = [*params.posonly_params, *params.params][:1] if params is not None else []
    return next((param.name.value for param in first if is_receiver(param.name.value, function, chain)), None)


def is_receiver(name: str, function: outline.Node, chain: Sequence[outline.Node]) -> bool:
    """Whether a name is the first parameter of a method."""
    if not isinstance(function, outline.FunctionDef) or function.decorators:
        return False
    methods = [inner for outer in chain if isinstance(outer, outline.ClassDef) for inner in outer.body.body]
    first = [*function.params.posonly_params, *function.params.params][:1]
    return function in methods and [param.name.value for param in first] == [name]


def home_of(name: str, chain: Sequence[outline.Node]) -> outline.Node | None:
    """The function in which a name is bound that is looked up inside nested nodes; ``None`` for the module."""
    innermost = True
    for scope in reversed([outer for outer in chain if isinstance(outer, SCOPES)]):
        if isinstance(scope, outline.ClassDef) and not innermost:
            continue
        innermost = False
        if name in bindings_of(scope):
            return scope
        if declared_global(name, scope) is not None:
            return None
    return None


def declared_global(name: str, scope: outline.Node) -> outline.Name | None:
    """Where a function says that a name is a global one."""
    todo = parts(scope)
    while todo:
        node = todo.pop()
        if isinstance(node, outline.Global):
            named = [item.name for item in node.names if item.name.value == name]
            if named:
                return named[0]
        elif not isinstance(node, SCOPES):
            todo.extend(parts(node))
    return None


def first_statement(function: outline.FunctionDef) -> outline.Node | None:
    """The statement of a function before which its declarations stand: the first one that is not its docstring."""
    if not isinstance(function.body, outline.IndentedBlock):
        return None
    statements = list(function.body.body)
    first = statements[0]
    if isinstance(first, outline.SimpleStatementLine) and isinstance(first.body[0], outline.Expr):
        is_docstring = isinstance(first.body[0].value, (outline.SimpleString, outline.ConcatenatedString))
        return (statements[1] if len(statements) > 1 else None) if is_docstring else first
    return first


def can_be_global(name: str, function: outline.FunctionDef) -> bool:
    """Whether a function may declare a name of its own ``global``: no parameter, and none that an inner one rebinds."""
    params = function.params
    names = {param.name.value for param in (*params.posonly_params, *params.params, *params.kwonly_params)}
    names.update(star.name.value for star in (params.star_arg, params.star_kwarg) if isinstance(star, outline.Param))
    rebound = (item.name.value for node in walk(function) if isinstance(node, outline.Nonlocal) for item in node.names)
    return name not in names and name not in rebound


def bindings_of(scope: outline.Node) -> set[str]:
    """The names that a function or class binds by itself."""
    bound: set[str] = set()
    outside: set[str] = set()
    todo = parts(scope)
    while todo:
        node = todo.pop()
        if isinstance(node, (outline.FunctionDef, outline.ClassDef)):
            bound.add(node.name.value)
        elif isinstance(node, (outline.Global, outline.Nonlocal)):
            outside.update(item.name.value for item in node.names)
        elif not isinstance(node, outline.Lambda):
            bound.update(_bound_by(node))
            todo.extend(parts(node))
    return bound - outside


def _bound_by(node: outline.Node) -> Iterator[str]:
    target = getattr(node, "target", None)
    if isinstance(node, (outline.Assign, outline.CompFor)):
        target = None
    if isinstance(node, (outline.Param, outline.AsName)) or (
        isinstance(node, outline.ImportAlias) and node.asname is None
    ):
        target = node.name
    todo = [target] if isinstance(target, outline.Node) else []
    while todo:
        inner = todo.pop()
        if isinstance(inner, outline.Name):
            yield inner.value
        elif isinstance(inner, (outline.Tuple, outline.List)):
            todo.extend(element.value for element in inner.elements)
        elif isinstance(inner, outline.Attribute) and isinstance(node, outline.ImportAlias):
            todo.append(inner.value)


def argument_of(function: outline.Node, call: outline.Call, name: str) -> outline.BaseExpression | None:
    """What a call passes for a parameter of a function that it calls by position and keyword alone."""
    if not isinstance(function, (outline.FunctionDef, outline.Lambda)) or any(arg.star for arg in call.args):
        return None
    names = [param.name.value for param in (*function.params.posonly_params, *function.params.params)]
    positional = [arg.value for arg in call.args if arg.keyword is None]
    if names[:1] in (["self"], ["cls"]):
        return None
    given = dict(zip(names, positional, strict=False))
    given.update({arg.keyword.value: arg.value for arg in call.args if arg.keyword is not None})
    return given.get(name)
