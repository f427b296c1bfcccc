"""A module's tree, rewritten so that each place where a name is bound tells the recorder what it holds.

    def f(x):                      def f(x):
        y = x + 1                      observe(0, x)
        return [i for i in y]          y = x + 1
                                       observe(1, y)
                                       return [i for i in y if not observe(2, i)]

Parameters are told at the function's entry, targets after their statement, those of `for` and `with` at the start of the
body. Not told are class bodies, imports, `except … as` and the captures of `match`. Lines and columns stay.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TypeVar

from jaxlint.observe.recording import OBSERVE, PASS_ON
from jaxlint.observe.sites import Site

_Loop = TypeVar("_Loop", bound=ast.For | ast.AsyncFor)
_With = TypeVar("_With", bound=ast.With | ast.AsyncWith)
_Definition = TypeVar("_Definition", bound=ast.FunctionDef | ast.AsyncFunctionDef)
_Comprehension = TypeVar("_Comprehension", bound=ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp)


def rewritten(source: bytes, path: str, number_of: Callable[[Site], int]) -> ast.Module:
    """The tree of a module whose bindings are observed.

    Raises:
        SyntaxError: the source is no Python.
    """
    tree = ast.parse(source, filename=path)
    _Rewriter(path, number_of).visit(tree)
    return ast.fix_missing_locations(tree)


class _Rewriter(ast.NodeTransformer):
    """Rewrites what binds names, scope by scope."""

    def __init__(self, path: str, number_of: Callable[[Site], int]) -> None:
        self._path = path
        self._number_of = number_of
        self._scopes: list[str] = []
        self._in_class = False

    # ------------------------------------------------------------------ calls of the recorder

    def _call(self, function: str, node: ast.arg | ast.Name, value: ast.expr) -> ast.Call:
        name = node.arg if isinstance(node, ast.arg) else node.id
        site = Site(self._path, node.lineno, node.col_offset, name, ".".join(self._scopes).removesuffix(".<locals>"))
        call = ast.Call(ast.Name(function, ast.Load()), [ast.Constant(self._number_of(site)), value], [])
        return ast.copy_location(call, node)

    def _observed(self, node: ast.arg | ast.Name) -> ast.Call:
        name = node.arg if isinstance(node, ast.arg) else node.id
        return self._call(OBSERVE, node, ast.copy_location(ast.Name(name, ast.Load()), node))

    def _statements(self, *targets: ast.expr) -> list[ast.stmt]:
        """Statements that observe what the targets have just been bound to."""
        if self._in_class:
            return []
        last = {name.id: name for target in targets for name in _names(target)}  # of `(_, a), _ = …` the second `_` is left
        return [ast.copy_location(ast.Expr(self._observed(name)), name) for name in last.values()]

    # ------------------------------------------------------------------ scopes

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        """Methods are observed, names of the class are not."""
        self._scopes.append(node.name)
        before, self._in_class = self._in_class, True
        self.generic_visit(node)
        self._in_class = before
        self._scopes.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """The parameters are observed at the entry, after the docstring."""
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AsyncFunctionDef:
        """As for other functions."""
        return self._function(node)

    def _function(self, node: _Definition) -> _Definition:
        node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
        self._visit_defaults(node.args)
        before, self._in_class = self._in_class, False
        self._scopes.append(node.name)
        entry: list[ast.stmt] = [ast.copy_location(ast.Expr(self._observed(p)), p) for p in _parameters(node.args)]
        self._scopes.append("<locals>")
        body = [each for statement in node.body for each in _listed(self.visit(statement))]
        del self._scopes[-2:]
        self._in_class = before
        first = 1 if ast.get_docstring(node, clean=False) is not None else 0
        node.body = [*body[:first], *entry, *body[first:]]
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        """`lambda x: body` becomes `lambda x: observe(0, x) or body`: the recorder returns None."""
        self._visit_defaults(node.args)
        before, self._in_class = self._in_class, False
        self._scopes.append("<lambda>")
        entry: list[ast.expr] = [self._observed(parameter) for parameter in _parameters(node.args)]
        self._scopes.append("<locals>")
        body = self.visit(node.body)
        del self._scopes[-2:]
        self._in_class = before
        node.body = ast.copy_location(ast.BoolOp(ast.Or(), [*entry, body]), body) if entry else body
        return node

    def _visit_defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self.visit(default) for default in arguments.defaults]
        arguments.kw_defaults = [None if default is None else self.visit(default) for default in arguments.kw_defaults]

    # ------------------------------------------------------------------ statements

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        """`a, b = value`."""
        self.generic_visit(node)
        return [node, *self._statements(*node.targets)]

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        """`a += value`."""
        self.generic_visit(node)
        return [node, *self._statements(node.target)]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        """`a: T = value`; without a value nothing is bound."""
        if node.value is not None:
            node.value = self.visit(node.value)
        return [node, *(self._statements(node.target) if node.value is not None else ())]

    def visit_For(self, node: ast.For) -> ast.For:
        """`for a in values`."""
        return self._loop(node)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.AsyncFor:
        """`async for a in values`."""
        return self._loop(node)

    def _loop(self, node: _Loop) -> _Loop:
        self.generic_visit(node)
        node.body = [*self._statements(node.target), *node.body]
        return node

    def visit_With(self, node: ast.With) -> ast.With:
        """`with manager as a`."""
        return self._with(node)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> ast.AsyncWith:
        """`async with manager as a`."""
        return self._with(node)

    def _with(self, node: _With) -> _With:
        self.generic_visit(node)
        targets = [item.optional_vars for item in node.items if item.optional_vars is not None]
        node.body = [*self._statements(*targets), *node.body]
        return node

    # ------------------------------------------------------------------ expressions

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.expr:
        """`(a := value)`."""
        self.generic_visit(node)
        return node if self._in_class else self._call(PASS_ON, node.target, node)

    def visit_ListComp(self, node: ast.ListComp) -> ast.ListComp:
        """`[… for a in values]`."""
        return self._comprehension(node)

    def visit_SetComp(self, node: ast.SetComp) -> ast.SetComp:
        """`{… for a in values}`."""
        return self._comprehension(node)

    def visit_DictComp(self, node: ast.DictComp) -> ast.DictComp:
        """`{…: … for a in values}`."""
        return self._comprehension(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.GeneratorExp:
        """`(… for a in values)`."""
        return self._comprehension(node)

    def _comprehension(self, node: _Comprehension) -> _Comprehension:
        self.generic_visit(node)
        if not self._in_class:
            for generator in node.generators:
                last = {name.id: name for name in _names(generator.target)}
                told: list[ast.expr] = [
                    ast.copy_location(ast.UnaryOp(ast.Not(), self._observed(name)), name) for name in last.values()
                ]
                generator.ifs = [*told, *generator.ifs]
        return node


def _names(target: ast.expr) -> Iterator[ast.Name]:
    """The names that an assignment target binds."""
    match target:
        case ast.Name():
            yield target
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            for inner in targets:
                yield from _names(inner)
        case ast.Starred(value=inner):
            yield from _names(inner)


def _parameters(arguments: ast.arguments) -> list[ast.arg]:
    """The parameters of a function."""
    stars = [star for star in (arguments.vararg, arguments.kwarg) if star is not None]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *stars]


def _listed(statements: ast.stmt | list[ast.stmt]) -> list[ast.stmt]:
    return statements if isinstance(statements, list) else [statements]
