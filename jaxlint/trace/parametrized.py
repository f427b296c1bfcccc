"""Tests that a decorator calls with a table of cases: pytest's `parametrize`, absl's `parameterized`, Chex's `variants`.

The decorator is applied with the cases, and the function is entered once for each of them, as the test runner would.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from jaxlint.trace.binding import Arguments
from jaxlint.trace.iteration import items_of
from jaxlint.values import (
    UNKNOWN,
    Const,
    Dict,
    External,
    Function,
    List,
    Partial,
    Transformed,
    Tuple,
    Value,
    underlying,
)
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

CASE_LIMIT = 40
"""Cases of one test that are walked: they differ in values far more than in kinds."""

_T = TypeVar("_T")


@immutable(frozen=True, slots=True)
class Case:
    """One case of a test: the arguments that it is called with, and attributes that its object has then."""

    arguments: Arguments = Arguments()
    attributes: tuple[tuple[str, Value], ...] = ()

    def and_of(self, other: Case) -> Case:
        """What both say."""
        mine, theirs = self.arguments, other.arguments
        given = Arguments((*mine.positional, *theirs.positional), (*mine.keywords, *theirs.keywords))
        return Case(given, (*self.attributes, *other.attributes))


_APPLY = "jaxlint.parametrized"


def _decorator(cases: list[Case]) -> Partial:
    """A decorator that will note these cases for the function that it is put on."""
    packed = tuple(
        Tuple((Tuple(case.arguments.positional), Dict(case.arguments.keywords), Dict(case.attributes))) for case in cases
    )
    return Partial(External(_APPLY), (Tuple(packed),))


def _decorator_of(arguments: list[Arguments]) -> Partial:
    return _decorator([Case(given) for given in arguments])


def _apply(t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    if len(arguments.positional) < 2:
        return UNKNOWN
    packed, target = arguments.positional[:2]
    base = underlying(target) if isinstance(target, Transformed | Partial) else target
    if isinstance(base, Function) and isinstance(packed, Tuple):
        cases = [_unpacked(case) for case in packed.items]
        known = t.cases.get(base.node)
        t.cases[base.node] = cases if known is None else _product(known, cases)
    return target


def _unpacked(case: Value) -> Case:
    match case:
        case Tuple((Tuple(positional), Dict(items=keywords), Dict(items=attributes))):
            named = tuple((str(key), value) for key, value in keywords)
            return Case(Arguments(positional, named), tuple((str(key), value) for key, value in attributes))
    return Case()


def _product(first: list[Case], second: list[Case]) -> list[Case]:
    """Both tables: each case under each variant, and a covering part of what two tables of arguments would give."""
    if any(case.attributes for case in (*first, *second)):
        return [a.and_of(b) for a in first for b in second]
    return [a.and_of(b) for a, b in _covering([first, second])]


def _covering(axes: list[list[_T]]) -> list[tuple[_T, ...]]:
    """Combinations of a product in which every value of every axis stands at least once: its diagonal."""
    if not axes or not all(axes):
        return []
    length = min(max(len(axis) for axis in axes), CASE_LIMIT)
    return [tuple(axis[step % len(axis)] for axis in axes) for step in range(length)]


def _absl_case(case: Value, named: bool) -> Arguments:
    if isinstance(case, Dict):
        return Arguments((), tuple((str(k), v) for k, v in case.items if k != "testcase_name"))
    items = items_of(case)
    if items is None or isinstance(case, Const):
        return Arguments((case,))
    return Arguments(items[1:] if named else items)


def _absl(named: bool) -> Callable[..., Value]:
    def parameters(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
        cases = arguments.positional
        if len(cases) == 1 and isinstance(cases[0], List | Tuple):
            inner = items_of(cases[0]) or ()
            if not named or all(isinstance(case, Tuple | List | Dict) for case in inner):
                cases = inner
        if not cases:
            return External("jaxlint.identity")
        return _decorator_of([_absl_case(case, named) for case in cases[:CASE_LIMIT]])

    return parameters


def _absl_product(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    axes: list[list[tuple[tuple[str, Value], ...]]] = []
    for sequence in arguments.positional:
        rows = [row for row in items_of(sequence) or () if isinstance(row, Dict)]
        axes.append([tuple((str(k), v) for k, v in row.items) for row in rows])
    for name, values in arguments.keywords:
        axes.append([((name, value),) for value in items_of(values) or (UNKNOWN,)])
    return _decorator_of([Arguments((), tuple(itertools.chain.from_iterable(parts))) for parts in _covering(axes)])


def _pytest(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    names_value, values = arguments.get(0, "argnames"), arguments.get(1, "argvalues")
    names: list[str] = []
    if isinstance(names_value, Const) and isinstance(names_value.value, str):
        names = [name.strip() for name in names_value.value.split(",") if name.strip()]
    elif names_value is not None:
        names = [str(n.value) for n in items_of(names_value) or () if isinstance(n, Const)]
    rows = items_of(values) if values is not None else None
    if not names or not rows:
        return External("jaxlint.identity")
    cases: list[Arguments] = []
    for row in rows[:CASE_LIMIT]:
        cells = (row,) if len(names) == 1 else items_of(row) or (UNKNOWN,) * len(names)
        cases.append(Arguments((), tuple(zip(names, cells, strict=False))))
    return _decorator_of(cases)


def _chex(on: bool) -> Callable[..., Value]:
    """`@chex.variants(with_jit=True, …)`: runs of the test whose `self.variant` stages a function out, maps it, or neither.

    Variants that are not named are taken if `on`. https://chex.readthedocs.io/en/latest/api.html#variants
    """

    def variants(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
        def asked(name: str) -> bool:
            option = arguments.keyword(name)
            return on if option is None else option != Const(False)

        # What a map over devices makes of the arguments differs from what jit does in sizes and in an axis name alone.
        paths = [f"chex.variants.{name}" for name in ("with_jit", "with_pmap") if asked(name)][:1]
        if any(map(asked, ("without_jit", "with_device", "without_device"))):
            paths.append("chex.variants.plain")
        decorator = _decorator([Case(attributes=(("variant", t.external(path)),)) for path in paths])
        if not arguments.positional:
            return decorator
        return _apply(t, frame, node, Arguments((*decorator.arguments, arguments.positional[0])))

    return variants


PARAMETRIZED: Mapping[str, Callable[..., Value]] = MappingProxyType({
    _APPLY: _apply,
    "absl.testing.parameterized.parameters": _absl(named=False),
    "absl.testing.parameterized.named_parameters": _absl(named=True),
    "absl.testing.parameterized.product": _absl_product,
    "chex.all_variants": _chex(on=True),
    "chex.variants": _chex(on=False),
    "pytest.mark.parametrize": _pytest,
})
