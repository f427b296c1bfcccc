"""Dtypes of results, by the rules that rows name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jaxlint.model.avals import DtypeRule
from jaxlint.trace import dtypes
from jaxlint.trace.avals.call import Call, TypedBy
from jaxlint.trace.dtypes import UNTYPED, Typed
from jaxlint.values import Array, Const, NumPyArray


def _of_first(call: Call) -> Typed:
    value = call.at(0)
    return UNTYPED if value is None else dtypes.dtype_of(value)


def _strong_as_first(call: Call) -> bool | None:
    """What a reduction of a strongly typed array is; that of a weakly typed one hangs on the version of JAX."""
    dtype, weak = _of_first(call)
    return False if weak is False or dtype == "bool" else None


def _promoted(call: Call) -> Typed:
    return dtypes.promoted(call.operands())


def _chosen(call: Call) -> Typed:
    return dtypes.promoted(call.operands()[1:])


def _joined(call: Call) -> Typed:
    members = call.members()
    if members is None:
        return UNTYPED
    return dtypes.promoted(members)


def _filled(call: Call) -> Typed:
    value = call.given("fill_value")
    if not isinstance(value, Array | NumPyArray | Const):
        return UNTYPED
    dtype, weak = dtypes.dtype_of(value)
    return dtype, weak


DTYPES: Mapping[DtypeRule, TypedBy] = MappingProxyType({
    DtypeRule.FIRST: _of_first,
    DtypeRule.LOOSE: lambda call: (_of_first(call)[0], _strong_as_first(call)),
    DtypeRule.PROMOTED: _promoted,
    DtypeRule.CHOSEN: _chosen,
    DtypeRule.NUMERIC: lambda call: dtypes.numeric(_promoted(call)),
    DtypeRule.INEXACT: lambda call: dtypes.inexact(_promoted(call)),
    DtypeRule.SUMMED: lambda call: (dtypes.summed(_of_first(call))[0], _strong_as_first(call)),
    DtypeRule.AVERAGED: lambda call: (dtypes.inexact(_of_first(call))[0], _strong_as_first(call)),
    DtypeRule.MAGNITUDE: lambda call: (dtypes.real(dtypes.inexact(_of_first(call)))[0], _strong_as_first(call)),
    DtypeRule.REAL: lambda call: dtypes.real(_of_first(call)),
    DtypeRule.JOINED: _joined,
    DtypeRule.FLOAT: lambda _: dtypes.FLOAT,
    DtypeRule.INTEGER: lambda _: dtypes.INTEGER,
    DtypeRule.BOOL: lambda _: ("bool", None),
    DtypeRule.CAST: _of_first,
    DtypeRule.FILLED: _filled,
})
