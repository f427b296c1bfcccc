"""Which arguments of a transformed function are traced, and in which form each arrives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jaxlint.model.schema import Hiding, Selects, Wrapper
from jaxlint.trace import keys
from jaxlint.trace.binding import Arguments
from jaxlint.trace.context import Context
from jaxlint.trace.options import integers, signature, strings
from jaxlint.trace.transform.boundary import enter, unshaped
from jaxlint.values import (
    NONE,
    Array,
    Const,
    Function,
    Instance,
    List,
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
    mapped = wrapper.maps
    if wrapper.selects is Selects.SCANNED:
        return _scanned(transformed, wrapper, arguments, context)
    if wrapper.lifts and wrapper.selects is Selects.IN_AXES and _is_receiver(arguments):
        receiver, rest = arguments.positional[0], replace(arguments, positional=arguments.positional[1:])
        return select(t, transformed, rest, context).with_first(receiver)
    alike = unmapped(transformed) if wrapper.axis else set()
    positional = tuple(
        enter(value, wrapper, context, drop_axis=mapped and index not in alike) if traced(index, None) else value
        for index, value in enumerate(
            keys.broadcast(value) if index in alike else value for index, value in enumerate(arguments.positional)
        )
    )
    keywords = tuple(
        (name, enter(value, wrapper, context, drop_axis=mapped) if traced(None, name) else value)
        for name, value in arguments.keywords
    )
    star = None if arguments.star is None else enter(arguments.star, wrapper, context)
    star_keywords = None if arguments.star_keywords is None else enter(arguments.star_keywords, wrapper, context)
    return Arguments(positional, keywords, star, star_keywords, arguments.nodes)


def _is_receiver(arguments: Arguments) -> bool:
    """Whether the first argument is the module whose method is called."""
    return bool(arguments.positional) and isinstance(arguments.positional[0], Instance)


def _scanned(transformed: Transformed, wrapper: Wrapper, arguments: Arguments, context: Context) -> Arguments:
    """The receiver, the carry whole, and slices of the rest; along which axis, `in_axes` says."""
    sliced = transformed.option("in_axes") is None
    skipped = 1 if wrapper.lifts and _is_receiver(arguments) else 0
    entered: list[Value] = list(arguments.positional[:skipped])
    for index, value in enumerate(arguments.positional[skipped:]):
        inside = enter(value, wrapper, context, drop_axis=sliced and index > 0)
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
            beyond = len(value.shape) > core
            positional.append(enter(value, row, context, True, Hiding.HIDDEN if beyond else Hiding.SAME))
        else:
            # A function of scalars is vectorized to be called with arrays; of longer cores nothing is known.
            positional.append(enter(value, row, context, True, Hiding.HIDDEN if core == 0 else Hiding.PERHAPS))
    keywords = tuple((name, enter(value, row, context, hiding=Hiding.PERHAPS)) for name, value in arguments.keywords)
    star = None if arguments.star is None else enter(arguments.star, row, context, hiding=Hiding.PERHAPS)
    return Arguments(tuple(positional), keywords, star, arguments.star_keywords, arguments.nodes)


def core_ranks(text: str) -> list[int]:
    """The number of core dimensions of each input of a signature such as "(n,m),(),(m)->(n)"."""
    inputs = text.partition("->")[0]
    groups = inputs.replace(" ", "").strip("()").split("),(")
    return [len([name for name in group.split(",") if name]) for group in groups]


class _Traced:
    """Which arguments a wrapper traces, by position or by keyword."""

    def __init__(self, everything: bool, positions: set[int], names: set[str]) -> None:
        self._everything = everything
        self._positions = positions
        self._names = names

    def __call__(self, position: int | None, name: str | None) -> bool:
        listed = position in self._positions if position is not None else name in self._names
        return not listed if self._everything else listed


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
        if names:
            keywords = {names[position] for position in positions if 0 <= position < len(names)}
    if texts is not None and texts != NONE:
        known_texts = strings(texts)
        if known_texts is None:
            return _Traced(False, set(), set())
        keywords |= known_texts
        if names:
            positions |= {names.index(name) for name in known_texts if name in names}
    return _Traced(True, positions, keywords)


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
