"""Which arguments of a transformed function are traced, and in which form each arrives."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.model.schema import Hiding, Selects, Wrapper
from jaxlint.trace import keys
from jaxlint.trace.binding import Arguments
from jaxlint.trace.context import Context
from jaxlint.trace.options import integers, signature, strings
from jaxlint.trace.transform.boundary import FIRST_AXIS, Axis, enter, unshaped
from jaxlint.values import (
    NONE,
    UNKNOWN,
    Array,
    Const,
    Function,
    Instance,
    List,
    NumPyArray,
    Transformed,
    Tuple,
    Unknown,
    Value,
    underlying,
)
from jaxlint.values.pytree import leaves, map_leaves

if TYPE_CHECKING:
    from jaxlint.trace.tracer import Tracer


def select(t: Tracer, transformed: Transformed, arguments: Arguments, context: Context) -> Arguments:
    """The arguments as the function under the wrapper receives them: traced where the wrapper traces them."""
    wrapper = transformed.transformation
    assert isinstance(wrapper, Wrapper)  # call_transformed asked
    if wrapper.selects is Selects.LOOPED:
        return _looped(transformed, arguments, context)
    traced = traced_positions(t, transformed, len(arguments.positional))
    if wrapper.selects is Selects.SCANNED:
        return _scanned(transformed, wrapper, arguments, context)
    if wrapper.lifts and wrapper.selects is Selects.IN_AXES and _is_receiver(arguments):
        receiver, rest = arguments.positional[0], replace(arguments, positional=arguments.positional[1:])
        return select(t, transformed, rest, context).with_first(receiver)
    alike = unmapped(transformed) if wrapper.axis else set()
    positional = tuple(
        enter(value, wrapper, context, mapped_axis(transformed, index)) if traced(index, None) else value
        for index, value in enumerate(
            keys.broadcast(value) if index in alike else value for index, value in enumerate(arguments.positional)
        )
    )
    keywords = tuple(
        (name, enter(value, wrapper, context, FIRST_AXIS if wrapper.maps else None) if traced(None, name) else value)
        for name, value in arguments.keywords
    )
    star, star_keywords = arguments.star, arguments.star_keywords
    if star is not None:
        star = enter(star, wrapper, context) if traced.all_from(len(positional)) else UNKNOWN
    if star_keywords is not None:
        star_keywords = enter(star_keywords, wrapper, context) if traced.all_named() else UNKNOWN
    entered = Arguments(positional, keywords, star, star_keywords, arguments.nodes)
    return _without_shapes(entered) if wrapper.blocks else entered


def _without_shapes(arguments: Arguments) -> Arguments:
    positional = tuple(map_leaves(value, unshaped) for value in arguments.positional)
    return replace(arguments, positional=positional)


def _is_receiver(arguments: Arguments) -> bool:
    """Whether the first argument is the module whose method is called."""
    return bool(arguments.positional) and isinstance(arguments.positional[0], Instance)


def _scanned(transformed: Transformed, wrapper: Wrapper, arguments: Arguments, context: Context) -> Arguments:
    """The receiver, the carry whole, and slices of the rest; along which axis, `in_axes` says."""
    sliced = transformed.option("in_axes") is None
    skipped = 1 if wrapper.lifts and _is_receiver(arguments) else 0
    entered: list[Value] = list(arguments.positional[:skipped])
    for index, value in enumerate(arguments.positional[skipped:]):
        inside = enter(value, wrapper, context, FIRST_AXIS if sliced and index > 0 else None)
        entered.append(inside if sliced else map_leaves(inside, unshaped))
    keywords = tuple((name, enter(value, wrapper, context)) for name, value in arguments.keywords)
    star = None if arguments.star is None else enter(arguments.star, wrapper, context)
    return Arguments(tuple(entered), keywords, star, arguments.star_keywords, arguments.nodes)


def _looped(transformed: Transformed, arguments: Arguments, context: Context) -> Arguments:
    """`jnp.vectorize` maps over the axes that an argument has beyond its core dimensions, if it has any."""
    excluded = transformed.option("excluded")
    left_out = set() if excluded is None else {leaf.value for leaf in leaves(excluded) if isinstance(leaf, Const)}
    row = transformed.transformation
    assert isinstance(row, Wrapper)  # select asked
    given = transformed.option("signature")
    signature_text = given.value if isinstance(given, Const) and isinstance(given.value, str) else None
    cores = core_ranks(signature_text) if signature_text is not None else []
    positional: list[Value] = []
    for index, value in enumerate(arguments.positional):
        core = cores[index] if index < len(cores) else 0 if given is None else None
        if index in left_out:
            positional.append(value)
        elif isinstance(value, Array) and value.shape is not None and core is not None:
            inner = value.shape[len(value.shape) - core :] if len(value.shape) >= core else None
            if inner == value.shape:
                positional.append(value)
            else:
                entered = enter(replace(value, key_id=None), row, context, hiding=Hiding.HIDDEN)
                positional.append(replace(entered, shape=inner) if isinstance(entered, Array) else entered)
        else:
            # A function of scalars is vectorized to be called with arrays; of longer cores nothing is known.
            hiding = Hiding.HIDDEN if core == 0 else Hiding.PERHAPS
            positional.append(map_leaves(enter(value, row, context, FIRST_AXIS, hiding), unshaped))
    keywords = tuple((name, enter(value, row, context, hiding=Hiding.PERHAPS)) for name, value in arguments.keywords)
    star = None if arguments.star is None else enter(arguments.star, row, context, hiding=Hiding.PERHAPS)
    return Arguments(tuple(positional), keywords, star, arguments.star_keywords, arguments.nodes)


def core_ranks(text: str) -> list[int]:
    """The number of core dimensions of each input of a signature such as "(n,m),(),(m)->(n)"."""
    inputs = text.partition("->")[0]
    groups = re.findall(r"\(([^()]*)\)", inputs)
    return [len([name for name in group.split(",") if name.strip()]) for group in groups]


class _Traced:
    """Which arguments a wrapper traces, by position or by keyword; of those `unsure` that is not known."""

    def __init__(self, everything: bool, positions: set[int], names: set[str], unsure: Set[int] = frozenset()) -> None:
        self._everything = everything
        self._positions = positions
        self._names = names
        self._unsure = unsure

    def __call__(self, position: int | None, name: str | None) -> bool:
        if position is not None and position in self._unsure:
            return False
        return self._lists(position, name) is not self._everything

    def all_from(self, position: int) -> bool:
        """Whether all arguments at this position and after it are traced, however many there are."""
        return self._everything and all(index < position for index in self._positions | self._unsure)

    def all_named(self) -> bool:
        """Whether all arguments that are given by name are traced."""
        return self._everything and not self._names

    def leaves_out(self, position: int | None, name: str | None) -> bool:
        """Whether the argument surely is one of those that are named as not traced."""
        return self._everything and self._lists(position, name)

    def _lists(self, position: int | None, name: str | None) -> bool:
        return position in self._positions if position is not None else name in self._names


def traced_positions(t: Tracer, transformed: Transformed, count: int) -> _Traced:
    """Which arguments the wrapper traces; where its options are not known, those that cannot be told count as traced
    only if nothing is excluded.
    """
    wrapper = transformed.transformation
    assert isinstance(wrapper, Wrapper)
    names = signature(t, transformed.function)
    match wrapper.selects:
        case Selects.NOT_STATIC:
            option = transformed.option("static_argnums") or transformed.option("static_broadcasted_argnums")
            return _excluding(option, transformed.option("static_argnames"), names, count)
        case Selects.NOT_NONDIFF:
            return _excluding(transformed.option("nondiff_argnums"), transformed.option("nondiff_argnames"), names, count)
        case Selects.ARGNUMS:
            given = transformed.option("argnums")
            numbers = {0} if given is None else integers(given)
            if numbers is None:
                return _Traced(False, set(), set())
            positions = {number % count if count and -count <= number < 0 else number for number in numbers}
            return _Traced(False, positions, set())
        case Selects.IN_AXES:
            axes = transformed.option("in_axes")
            return _mapped(axes, count)
        case Selects.ALL | Selects.LOOPED | Selects.SCANNED:
            return _Traced(True, set(), set())


def _excluding(numbers: Value | None, texts: Value | None, names: tuple[str, ...] | None, count: int) -> _Traced:
    positions: set[int] = set()
    keywords: set[str] = set()
    if numbers is not None and numbers != NONE:
        known = integers(numbers)
        if known is None:
            return _Traced(False, set(), set())
        total = len(names) if names else count
        positions = {number % total if total and -total <= number < 0 else number for number in known}
        if names and texts in (None, NONE):
            keywords = {names[position] for position in positions if 0 <= position < len(names)}
    if texts is not None and texts != NONE:
        known_texts = strings(texts)
        if known_texts is None:
            return _Traced(False, set(), set())
        keywords |= known_texts
        if numbers not in (None, NONE):
            return _Traced(True, positions, keywords)  # JAX infers the one from the other only where it is left out
        if names is None:
            return _Traced(True, positions, keywords, set(range(count + 1)) - positions)  # and of further ones
        positions |= {names.index(name) for name in known_texts if name in names}
    return _Traced(True, positions, keywords)


def mapped_axis(transformed: Transformed, index: int) -> Axis | None:
    """The axis of an argument over which the wrapper maps, None where it hands over the whole."""
    wrapper = transformed.transformation
    if not isinstance(wrapper, Wrapper) or not wrapper.maps:
        return None
    axes = transformed.option("in_axes")
    items = axes.items if isinstance(axes, Tuple | List) else None
    if items is not None:
        axes = items[index] if index < len(items) else UNKNOWN
    match axes:
        case None:
            return FIRST_AXIS
        case Const(None):
            return None
        case Const(int() as number):
            return Axis(number)
    return Axis(None)


def stacked_axis(transformed: Transformed, arguments: Arguments) -> Axis | None:
    """The axis along which the wrapper stacks what the function returns, None where it hands it on."""
    wrapper = transformed.transformation
    if not isinstance(wrapper, Wrapper) or not wrapper.maps:
        return None
    match transformed.option("out_axes"):
        case None:
            number: int | None = 0
        case Const(None):
            return None
        case Const(int() as known):
            number = known
        case _:
            number = None
    axes = [(mapped_axis(transformed, index), value) for index, value in enumerate(arguments.positional)]
    sizes = [size_along(value, axis) for axis, value in axes if axis is not None]
    return Axis(number, next((size for size in sizes if size is not None), None))


def size_along(value: Value, axis: Axis) -> int | None:
    """The size of the arrays in a tree along an axis, as far as one of them tells."""
    if axis.number is None:
        return None
    for leaf in leaves(value):
        shape = leaf.shape if isinstance(leaf, Array | NumPyArray) else None
        if shape is not None and -len(shape) <= axis.number < len(shape) and shape[axis.number] is not None:
            return shape[axis.number]
    return None


def _mapped(axes: Value | None, count: int) -> _Traced:
    if axes is None or (isinstance(axes, Const) and axes.value is not None):
        return _Traced(True, set(), set())
    if isinstance(axes, Tuple) or (isinstance(axes, List) and axes.items is not None):
        items = axes.items or ()
        unmapped = {index for index, item in enumerate(items) if item == NONE}
        unsure = {index for index, item in enumerate(items) if isinstance(item, Unknown)}
        return _Traced(True, unmapped | unsure, set())
    return _Traced(False, set(), set())


def alike(t: Tracer, transformed: Transformed) -> frozenset[object]:
    """The parameters that `in_axes` surely maps with None, with the tree of their function."""
    function = underlying(transformed)
    names = signature(t, transformed.function)
    if not isinstance(function, Function) or names is None:
        return frozenset()
    return frozenset((function.node, names[index]) for index in unmapped(transformed) if index < len(names))


def unmapped(transformed: Transformed) -> set[int]:
    """The positions that `in_axes` surely maps with None."""
    axes = transformed.option("in_axes")
    items = axes.items if isinstance(axes, Tuple | List) else None
    return {index for index, item in enumerate(items or ()) if item == NONE}
