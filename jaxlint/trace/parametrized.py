"""Tests that a decorator calls with a table of arguments: pytest's `parametrize`, absl's `parameterized`.

The decorator is applied with the cases, and the function is entered once for each of them, as the test runner would.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from jaxlint.trace.binding import Arguments
from jaxlint.trace.operations import items_of
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

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

CASE_LIMIT = 40
"""Cases of one test that are walked: they differ in values far more than in kinds."""

_T = TypeVar("_T")

_APPLY = "jaxlint.parametrized"


def _decorator(cases: list[Arguments]) -> Value:
    """A decorator that will note these cases for the function that it is put on."""
    packed = tuple(
        Tuple((Tuple(case.positional), Dict(tuple((key, value) for key, value in case.keywords)))) for case in cases
    )
    return Partial(External(_APPLY), (Tuple(packed),))


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


def _unpacked(case: Value) -> Arguments:
    if isinstance(case, Tuple) and isinstance(case.items[0], Tuple) and isinstance(case.items[1], Dict):
        keywords = tuple((str(key), value) for key, value in case.items[1].items)
        return Arguments(case.items[0].items, keywords)
    return Arguments()


def _product(first: list[Arguments], second: list[Arguments]) -> list[Arguments]:
    return [
        Arguments((*a.positional, *b.positional), (*a.keywords, *b.keywords)) for a, b in _covering([first, second])
    ]


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
        return _decorator([_absl_case(case, named) for case in cases[:CASE_LIMIT]])

    return parameters


def _absl_product(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    axes: list[list[tuple[tuple[str, Value], ...]]] = []
    for sequence in arguments.positional:
        rows = [row for row in items_of(sequence) or () if isinstance(row, Dict)]
        axes.append([tuple((str(k), v) for k, v in row.items) for row in rows])
    for name, values in arguments.keywords:
        axes.append([((name, value),) for value in items_of(values) or (UNKNOWN,)])
    return _decorator([Arguments((), tuple(itertools.chain.from_iterable(parts))) for parts in _covering(axes)])


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
    return _decorator(cases)


PARAMETRIZED: Mapping[str, Callable[..., Value]] = MappingProxyType({
    _APPLY: _apply,
    "absl.testing.parameterized.parameters": _absl(named=False),
    "absl.testing.parameterized.named_parameters": _absl(named=True),
    "absl.testing.parameterized.product": _absl_product,
    "pytest.mark.parametrize": _pytest,
})
