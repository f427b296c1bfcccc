"""Ways of calling a function: which are kept apart, and what is given up of them once there are too many.

A way is what a function is walked with: the values of its parameters and of the names that it closes over. Each bound that
was reached makes it a coarser one: arguments that grow from call to call are joined, then shapes are forgotten, then
constants, then all but outlines.

    def label(name, x): ...      # label("a", x), label("b", x), … : sixteen ways, then label(<a string>, x) for the rest
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from jaxlint.values import (
    UNKNOWN,
    Array,
    Class,
    Const,
    Dict,
    External,
    Function,
    Instance,
    List,
    NumPyArray,
    Tree,
    Tuple,
    TupleOf,
    Value,
    join,
)
from jaxlint.values.base import widened
from jaxlint.values.immutable import immutable
from jaxlint.values.objects import NO_FIELDS
from jaxlint.values.pytree import functions, map_leaves, tracer_in, worst

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.tracer import Tracer


@immutable(frozen=True, slots=True)
class Way:
    """One way of calling a function.

    Attributes:
        parameters: their values, in the order of the signature.
        captured: the values that the function takes from the functions around it.
        coarse: whether nothing may be observed, because nobody may call it in just this way (see `Frame.coarse`).
    """

    parameters: dict[str, Value]
    captured: tuple[Value, ...]
    coarse: bool

    @property
    def key(self) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
        """What the result depends on."""
        return tuple(self.parameters.values()), self.captured

    def mapped(self, change: Callable[[Value], Value], *, coarse: bool) -> Way:
        """The way with each value changed."""
        return Way(
            {name: change(value) for name, value in self.parameters.items()}, tuple(map(change, self.captured)), coarse
        )

    def joined(self, other: Way) -> Way:
        """Both ways."""
        parameters = {name: join(other.parameters[name], value) for name, value in self.parameters.items()}
        return Way(parameters, tuple(map(join, other.captured, self.captured)), coarse=True)


class Walked:
    """The ways in which one function was walked, counted by what the function does."""

    def __init__(self) -> None:
        self._ways: list[tuple[Function, Way]] = []
        self._counts: Counter[Behaviour] = Counter()

    def add(self, function: Function, way: Way) -> None:
        """The function is walked once more."""
        self._ways.append((function, way))

    def like(self, function: Function, way: Way) -> int:
        """How many of the walks were of the same behaviour. Most functions are called in few ways, and never asked."""
        while self._ways:
            self._counts[behaviour_of(*self._ways.pop())] += 1
        return self._counts[behaviour_of(function, way)]


Behaviour = tuple["nodes.NodeNG", tuple[Function | Class, ...]]
"""A function, with the functions that it is given or captures, and the classes of what it is given: what it does is what
those do."""


def behaviour_of(function: Function, way: Way) -> Behaviour:
    """Which of the behaviours of a function a way of calling it asks for.

    Nested functions beside it, itself among them, are others each time that the function around them runs, and do the same.
    """
    given = itertools.chain.from_iterable(map(functions, way.parameters.values()))
    captured = itertools.chain.from_iterable(map(functions, way.captured))
    classes = (kind for value in way.parameters.values() if (kind := _class_of(value)) is not None)
    return function.node, (*given, *(other for other in captured if other.closure is not function.closure), *classes)


def _class_of(value: Value) -> Class | None:
    """The class of the project that an argument is, or is an object of."""
    kind = value.cls if isinstance(value, Instance) else value
    return kind if isinstance(kind, Class) else None


def coarser(t: Tracer, function: Function, way: Way) -> Iterator[Way]:
    """The ways by which a call may be summarised instead, as far as bounds were reached, each coarser than the last."""
    tree, exact = function.node, way
    around = t.active[tree]
    if len(around) >= t.budgets.recursion:
        t.spent.note("recursion")
        way = way.joined(around[-1])
        yield way
    known = len(t.summaries[tree])
    shaped, cases = t.budgets.shaped_contexts, len(t.cases.get(tree, ()))
    if known < shaped + cases:
        return
    walked = t.walked[tree].like(function, exact)
    if walked < shaped + cases and known < shaped * t.budgets.behaviours:
        return
    way = way.mapped(unshaped, coarse=way.coarse)
    yield way
    contexts = t.budgets.contexts_for(tree.tolineno - tree.fromlineno + 1) + 2 * cases
    if walked < contexts and known < contexts * t.budgets.behaviours:
        return
    way = way.mapped(forget, coarse=True)
    yield way
    contexts += t.budgets.coarse_contexts
    if walked < contexts and known < contexts * t.budgets.behaviours:
        return
    t.spent.note("contexts")
    spent = walked >= 2 * contexts or known >= 2 * contexts * t.budgets.behaviours
    yield Way({name: _least(value) if spent else outline(value) for name, value in way.parameters.items()}, (), coarse=True)


def unshaped(value: Value) -> Value:
    """The value without shapes and dtypes of arrays, of which programs have more than of anything else."""

    def leaf(child: Value) -> Value:
        if isinstance(child, Array) and (child.shape is not None or child.dtype is not None):
            return Array(child.tracing, key=child.key, key_id=child.key_id, why=child.why)
        return NumPyArray() if isinstance(child, NumPyArray) else child

    return map_leaves(value, leaf)


def forget(value: Value) -> Value:
    """The value without constants, shapes and dtypes: what is kept when a function is called in too many ways."""

    def leaf(child: Value) -> Value:
        match child:
            case Const():
                return widened(child)
            case Array(tracing=tracing, key=key, key_id=key_id, why=why):
                return Array(tracing, key=key, key_id=key_id, why=why)
            case NumPyArray():
                return NumPyArray()
        return child

    return map_leaves(value, leaf)


def _least(value: Value) -> Value:
    """Classes alone, of which there are as many as the project has: a base class's `__new__` gets each of them."""
    return value if isinstance(value, Class) else UNKNOWN


def outline(value: Value) -> Value:
    """The least that is kept of an argument: whether an array is traced, and the class of an object."""
    match value:
        case Array(tracing=tracing, why=why):
            return Array(tracing, why=why)
        case Instance(cls=Class()):
            return Instance(value.cls, NO_FIELDS, False, value.made, value.rebuilt)
        case Function() | Tree() | Class() | External():
            return value
        case Const():
            return widened(value)
        case Tuple() | TupleOf() | List() | Dict():
            found = tracer_in(value)
            return UNKNOWN if found is None else Tree(worst(value), found.why)
    return UNKNOWN
