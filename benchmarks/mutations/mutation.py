"""What a mutation is: a known mistake at one place of a function, with who is to judge whether it breaks anything."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from mutations.source import Edit, Function, Source


class Judge(Enum):
    """Who shows that a mistake is one."""

    RAISES = "a test that covers the place raises"
    FAILS = "a test that covers the place fails, in whatever way"
    KEYS = "JAX's checker of keys"
    ONCE = "a call of the host's in what JAX stages out"
    KEPT = "what is kept is a tracer after the test"


HOLDER = "mutation_kept"
"""The name of a module's, a class's or an object's under which the mutants of `Judge.KEPT` keep values."""


@dataclass(frozen=True)
class Place:
    """A function that tests run under a trace, with what it was seen to hold there.

    Attributes:
        traced: names that held tracers, in it or in a function around it.
    """

    function: Function
    traced: frozenset[str]

    @property
    def source(self) -> Source:
        """The file."""
        return self.function.source

    def is_traced(self, node: ast.AST) -> bool:
        """Whether an expression reads a name that held a tracer, more of it than its shape or its type."""
        if isinstance(node, ast.Attribute) and node.attr in {"shape", "ndim", "dtype", "size"}:
            return False
        if isinstance(node, ast.Name):
            return node.id in self.traced
        return any(self.is_traced(child) for child in ast.iter_child_nodes(node))

    def bindings(self) -> Iterator[tuple[ast.Assign, str]]:
        """The statements that bind one name to what was seen to be traced, with the name."""
        for statement in self.function.statements:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)]) if name in self.traced:
                    yield statement, name

    def operands(self) -> Iterator[ast.Name]:
        """The names of traced values that are an operand."""
        for _, node in self.function.own:
            match node:
                case ast.BinOp(left=ast.Name() as name) if name.id in self.traced:
                    yield name
                case ast.BinOp(right=ast.Name() as name) if name.id in self.traced:
                    yield name

    def calls(self, *paths: str) -> Iterator[tuple[ast.stmt, ast.Call]]:
        """The calls of functions of these dotted paths, those in lambdas and comprehensions too."""
        for statement, node in self.function.places:
            if isinstance(node, ast.Call) and self.source.meaning(node.func) in paths:
                yield statement, node


Edits = tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mistake: its name, how it is judged, and where it can be made in a function.

    Attributes:
        traced: whether it needs a function that runs under a trace; those that are about how a function is transformed are
            made in the tests as well, which do that.
    """

    name: str
    judge: Judge
    make: Callable[[Place], Iterator[Edits]]
    traced: bool = True


@dataclass(frozen=True)
class Mutation:
    """A mistake of one kind in one function."""

    kind: Kind
    function: Function
    edits: Edits

    def __str__(self) -> str:
        line = self.function.source.text.count("\n", 0, self.edits[-1].start) + 1
        return f"{self.function.source.path}:{line} {self.function.name}: {self.kind.name}"


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    """An argument of a call, by place or by name."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[position] if len(call.args) > position else None
