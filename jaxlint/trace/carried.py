"""What a loop carries: the names that a step may read as the step before left them.

    for row in rows:
        total = total + row     # carried: total, which is read before it is bound
        part = total / 2        # not carried: part is bound in each step before anything reads it
        print(part)

A name that is not carried cannot make another walk of the body tell more. Whatever is not sure counts as carried.
"""

from __future__ import annotations

from collections.abc import Iterable

from astroid import nodes

from jaxlint.trace.scope import children, free_names


def carried_names(loop: nodes.For | nodes.While) -> frozenset[str]:
    """The names that its body or test may read before they are bound, and those that other functions may read."""
    scope = loop.scope()
    if not isinstance(scope, nodes.FunctionDef):
        return frozenset(scope.locals)  # any function that is called may read what a module has
    reads = _Reads()
    reads.functions_in(scope)
    if isinstance(loop, nodes.While):
        reads.expression(loop.test)
    else:
        reads.bind(loop.target)
    reads.block(loop.body)
    return frozenset(reads.exposed)


class _Reads:
    """Reads met on the way through statements, of names that no statement before has surely bound."""

    def __init__(self) -> None:
        self.exposed: set[str] = set()
        self._bound: set[str] = set()

    def functions_in(self, scope: nodes.FunctionDef) -> None:
        """Nested functions may run at any time, and so read what a step before has left."""
        for function in scope.nodes_of_class((nodes.FunctionDef, nodes.Lambda)):
            if function is not scope:
                self.exposed.update(free_names(function))

    def block(self, body: Iterable[nodes.NodeNG]) -> None:
        """Statements in order."""
        for statement in body:
            self._statement(statement)

    def expression(self, node: nodes.NodeNG | None) -> None:
        """An expression: every name in it is read."""
        pending = [] if node is None else [node]
        while pending:
            item = pending.pop()
            if isinstance(item, nodes.Name):
                self._read(item.name)
            pending.extend(children(item))

    def bind(self, target: nodes.NodeNG) -> None:
        """An assignment target: names are bound, whatever else stands in it is read."""
        match target:
            case nodes.AssignName(name=name):
                self._bound.add(name)
            case nodes.Tuple(elts=parts) | nodes.List(elts=parts):
                for part in parts:
                    self.bind(part)
            case nodes.Starred(value=value):
                self.bind(value)
            case _:
                self.expression(target)

    def _read(self, name: str) -> None:
        if name not in self._bound:
            self.exposed.add(name)

    def _statement(self, node: nodes.NodeNG) -> None:
        match node:
            case nodes.Assign(targets=targets, value=value):
                self.expression(value)
                for target in targets:
                    self.bind(target)
            case nodes.AnnAssign(target=target, value=value):
                self.expression(value)
                if value is not None:
                    self.bind(target)
            case nodes.AugAssign(target=target, value=value):
                self.expression(value)
                self._names_in(target)
            case nodes.If(test=test, body=body, orelse=orelse):
                self.expression(test)
                self._ways([body, orelse])
            case nodes.With(items=items, body=body):
                for manager, target in items:
                    self.expression(manager)
                    if target is not None:
                        self.bind(target)
                self.block(body)
            case nodes.For(target=target, iter=iterable, body=body, orelse=orelse):
                self.expression(iterable)
                self._ways([body, orelse], binds=target)
            case nodes.While(test=test, body=body, orelse=orelse):
                self.expression(test)
                self._ways([body, orelse])
            case nodes.FunctionDef() | nodes.ClassDef():
                self._names_in(node)
                self._bound.add(node.name)
            case nodes.Expr() | nodes.Return() | nodes.Raise() | nodes.Assert() | nodes.Pass():
                self.expression(node)
            case nodes.Break() | nodes.Continue() | nodes.Import() | nodes.ImportFrom():
                pass
            case _:
                self._names_in(node)

    def _ways(self, ways: list[list[nodes.NodeNG]], binds: nodes.NodeNG | None = None) -> None:
        """Blocks of which perhaps one runs: what all of them bind is bound after them."""
        before = self._bound
        after: list[set[str]] = []
        for way in ways:
            self._bound = set(before)
            if binds is not None and way is ways[0]:
                self.bind(binds)
            self.block(way)
            after.append(self._bound)
        self._bound = set.intersection(*after) if after else before

    def _names_in(self, node: nodes.NodeNG) -> None:
        """Code that is not looked into: every name in it may be read, and is bound by nothing."""
        for name in node.nodes_of_class((nodes.Name, nodes.AssignName, nodes.DelName)):
            self._read(name.name)
