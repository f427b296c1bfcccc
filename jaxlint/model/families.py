"""Families of rows: functions that differ in nothing but their name share one line of a table.

*operations(Operation("jax.numpy", ARRAY, pure=True), "sin cos tan", "x")
# Operation("jax.numpy.sin", ARRAY, ("x",), pure=True), Operation("jax.numpy.cos", ...), ...
"""

from __future__ import annotations

from dataclasses import replace

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.schema import (
    ArrayListResult,
    ArrayResult,
    ClassKind,
    Contract,
    HostResult,
    LibraryClass,
    NumPyResult,
    Operation,
    Result,
    UnknownResult,
)
from jaxlint.values.base import HostKind

ARRAY = ArrayResult()
KEPT = ArrayResult(keeps=True, typed=DtypeRule.FIRST)
BOOL = ArrayResult(typed=DtypeRule.BOOL)
INT = ArrayResult(typed=DtypeRule.INTEGER)
INT32 = ArrayResult(dtype="int32")

ELEMENTWISE = ArrayResult(shape=ShapeRule.BROADCAST, typed=DtypeRule.PROMOTED)
INEXACT = ArrayResult(shape=ShapeRule.BROADCAST, typed=DtypeRule.INEXACT)
NUMERIC = ArrayResult(shape=ShapeRule.BROADCAST, typed=DtypeRule.NUMERIC)
PREDICATE = ArrayResult(shape=ShapeRule.BROADCAST, typed=DtypeRule.BOOL)
SAME = ArrayResult(typed=DtypeRule.FIRST)
LIKEWISE = ArrayResult(shape=ShapeRule.FIRST, typed=DtypeRule.FIRST)
RECAST = ArrayResult(keeps=True, shape=ShapeRule.FIRST, typed=DtypeRule.CAST)

SUM = ArrayResult(shape=ShapeRule.REDUCED, typed=DtypeRule.SUMMED)
MEAN = ArrayResult(shape=ShapeRule.REDUCED, typed=DtypeRule.AVERAGED)
MAGNITUDE = ArrayResult(shape=ShapeRule.REDUCED, typed=DtypeRule.MAGNITUDE)
SAME_SCALAR = ArrayResult(shape=ShapeRule.REDUCED, typed=DtypeRule.LOOSE)
BOOL_SCALAR = ArrayResult(shape=ShapeRule.REDUCED, typed=DtypeRule.BOOL)
INT_SCALAR = ArrayResult(shape=ShapeRule.REDUCED, typed=DtypeRule.INTEGER)
SCALAR = ArrayResult(shape=ShapeRule.REDUCED)
ACCUMULATED = ArrayResult(shape=ShapeRule.ACCUMULATED, typed=DtypeRule.SUMMED)

PAIR = ArrayResult(count=2)
TRIPLE = ArrayResult(count=3)
ARRAYS = ArrayListResult()
ARRAY_TUPLE = ArrayListResult(fixed=True)
NUMPY = NumPyResult()
HOST = HostResult()
HOST_BOOL = HostResult(HostKind.BOOL)
HOST_INT = HostResult(HostKind.INT)
HOST_FLOAT = HostResult(HostKind.FLOAT)
HOST_STR = HostResult(HostKind.STR)
HOST_DTYPE = HostResult(HostKind.DTYPE)
NOTHING = HostResult(None)
UNKNOWN = UnknownResult()

CALLED = Contract("__call__", ("inputs",), annotated=True, customary=True)
"""A module of a neural network: nobody runs one on much data but under a trace, though the first call may be outside."""

JNP = Operation("jax.numpy", ARRAY, pure=True)
JNP_OUT = replace(JNP, refuses_out=True)
JNP_INPLACE = replace(JNP, refuses_inplace=True)


def arranged(shape: ShapeRule, *, keeps: bool = False) -> ArrayResult:
    """An array with the dtype of the first parameter, and a shape by this rule."""
    return ArrayResult(keeps=keeps, shape=shape, typed=DtypeRule.FIRST)


def filled(typed: DtypeRule, shape: ShapeRule = ShapeRule.ASKED) -> ArrayResult:
    """An array that is made, or whose dtype has nothing to do with its shape."""
    return ArrayResult(shape=shape, typed=typed)


def operations(
    like: Operation,
    names: str,
    parameters: str = "",
    result: Result | None = None,
    *,
    static: str = "",
    unless: str = "",
    sized_by: str = "",
    sized_from: str = "",
) -> tuple[Operation, ...]:
    """One row for each of `names`, which are separated by blanks and stand in the module `like.path`.

    `result=None` takes that of `like`, and so do the fields of a row that are no parameter here, but for its aliases.
    """
    result = like.result if result is None else result
    of = tuple(parameters.split())
    static_parameters, without, sizes = tuple(static.split()), tuple(unless.split()), tuple(sized_from.split())
    return tuple(
        # Spelled out, since `dataclasses.replace` takes twice as long, and the table is built whenever pylint starts.
        Operation(
            f"{like.path}.{name}",
            result,
            of,
            library=like.library,
            reads=like.reads,
            reads_only=like.reads_only,
            static=static_parameters,
            unless=without,
            only_with=like.only_with,
            otherwise=like.otherwise,
            sized_by=sized_by,
            sized_from=sizes,
            key=like.key,
            key_parameter=like.key_parameter,
            seeds=like.seeds,
            effect=like.effect,
            pure=like.pure,
            writes=like.writes,
            aligned=like.aligned,
            shares=like.shares,
            waits=like.waits,
            refuses_out=like.refuses_out,
            refuses_inplace=like.refuses_inplace,
            chooses=like.chooses,
            joins=like.joins,
            demands=like.demands,
            within=like.within,
        )
        for name in names.split()
    )


def classes(module: str, kind: ClassKind, names: str) -> tuple[LibraryClass, ...]:
    """One row for each of `names`, which are separated by blanks and stand in `module`."""
    return tuple(LibraryClass(f"{module}.{name}", kind) for name in names.split())


def layers(
    module: str,
    kind: ClassKind,
    names: str,
    *,
    arrays: str = "",
    base: str = "",
    opaque: str = "",
    within: str = "",
    makes_within: bool = False,
) -> tuple[LibraryClass | Operation, ...]:
    """Classes of layers whose call gives one array, computed with parameters that are kept; two rows for each of `names`.

    `arrays` are their attributes that are arrays (or mutable ones, for those with state) whatever the options. Both are
    separated by blanks. `base` and `opaque` are those of `LibraryClass`.
    `within` is what has to be around a call, or with `makes_within` around the constructor.
    """
    held = ArrayResult(held=True)
    return tuple(
        row
        for name in names.split()
        for row in (
            LibraryClass(
                f"{module}.{name}",
                kind,
                arrays=tuple(arrays.split()),
                base=base,
                opaque=tuple(opaque.split()),
                within=within if makes_within else "",
            ),
            Operation(f"{module}.{name}.__call__", held, within=within if not makes_within else ""),
        )
    )
