"""What a result surely is computed from, given what its operands are (`jaxlint.values.dependence`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.derivatives import DEPENDENT, DEPENDENT_METHODS, DIFFERENTIABLE, DIFFERENTIABLE_METHODS, POLES, ROOTS
from jaxlint.values import Array, Const, List, Tree, Tuple, Value
from jaxlint.values.dependence import NOWHERE, Origin, Variable, derivatives, lanes
from jaxlint.values.pytree import leaves, map_leaves

if TYPE_CHECKING:
    from jaxlint.trace.binding import Arguments

_SMOOTH = frozenset({"+", "-", "*", "/", "@", "**"})


def of_operation(left: Value, operator: str, right: Value) -> frozenset[Origin]:
    """What an operator's result is of."""
    origins = _of((left, right))
    if operator == "**" and isinstance(right, Const) and not right.value:
        return NOWHERE  # one, whatever the base is
    return origins if not origins or operator in _SMOOTH else lanes(origins)


def of_call(node: nodes.NodeNG, path: str, arguments: Arguments) -> frozenset[Origin]:
    """What the result of a function of JAX is of."""
    if path not in DEPENDENT:
        return NOWHERE
    origins = _of(arguments.positional)
    if not origins or path not in DIFFERENTIABLE:
        return lanes(origins)
    if (path in POLES or path in ROOTS) and isinstance(node, nodes.Call) and node.args:
        return origins | _infinite(origins, Variable.POLE if path in POLES else Variable.ROOT, node.args[0])
    return origins


def with_infinite(node: nodes.NodeNG, result: Value, right: Value) -> Value:
    """The result of an operator, of which it is known where its derivative is infinite: `1 / x`, `x ** 0.5`."""
    if not isinstance(result, Array) or not result.of or not isinstance(node, nodes.BinOp):
        return result
    if node.op == "/" and not isinstance(right, Const):
        return replace(result, of=result.of | _infinite(result.of, Variable.POLE, node.right))
    if node.op == "**" and isinstance(right, Const) and isinstance(right.value, float) and 0 < right.value < 1:
        return replace(result, of=result.of | _infinite(result.of, Variable.ROOT, node.left))
    return result


def _infinite(origins: frozenset[Origin], variable: Variable, operand: nodes.NodeNG) -> frozenset[Origin]:
    return frozenset(Origin(variable, depth, operand) for depth in derivatives(origins))


def of_method(name: str, receiver: Value) -> frozenset[Origin]:
    """What the result of a method of an array is of."""
    if name not in DEPENDENT_METHODS:
        return NOWHERE
    origins = _of((receiver,))
    return origins if name in DIFFERENTIABLE_METHODS else lanes(origins)


def without_origin(leaf: Value) -> Value:
    """A leaf of which nothing is known where it comes from."""
    return replace(leaf, of=NOWHERE) if isinstance(leaf, Array | Tree) and leaf.of else leaf


def through_one_way(node: nodes.NodeNG, initial: Value, result: Value) -> Value:
    """What comes out of a loop that reverse mode refuses: a leaf of the carry is of a variable if it came in as one of it,
    or if the body made it one.
    """
    before = list(leaves(initial))
    if len(before) != len(list(leaves(result))):
        before = []
    coming = iter(before)

    def leaf(child: Value) -> Value:
        first = next(coming, None)
        if not isinstance(child, Array | Tree):
            return child
        of = child.of | first.of if isinstance(first, Array | Tree) else child.of
        marks = {Origin(Variable.ONE_WAY, depth, node) for depth in derivatives(of)}
        return replace(child, of=of | marks) if of else child

    return map_leaves(result, leaf)


def loops_without_way_back(value: Value, depth: int) -> frozenset[Origin]:
    """The loops that reverse mode refuses, through which a value came from the variable of the trace at this depth."""
    found = _of(leaf for leaf in leaves(value) if isinstance(leaf, Array | Tree))
    return frozenset(origin for origin in found if origin.variable is Variable.ONE_WAY and origin.depth == depth)


def _of(operands: Iterable[Value]) -> frozenset[Origin]:
    found = NOWHERE
    for operand in _arrays(operands):
        if operand.of:
            found = found | operand.of
    return found


def _arrays(operands: Iterable[Value]) -> Iterator[Array | Tree]:
    """Operands, and those in a sequence of them, as `stack` takes it."""
    for operand in operands:
        match operand:
            case Array() | Tree():
                yield operand
            case Tuple(items) | List(items=tuple(items)):
                yield from (item for item in items if isinstance(item, Array | Tree))
