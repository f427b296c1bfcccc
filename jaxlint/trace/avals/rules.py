"""The rules by name, and the aval of a call by those that its row names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jaxlint.model.avals import DtypeRule, ShapeRule
from jaxlint.model.schema import ArrayResult
from jaxlint.trace import dtypes
from jaxlint.trace.avals import arranged, computed, made, typed
from jaxlint.trace.avals.call import Call, ShapeOf, TypedBy
from jaxlint.trace.binding import Arguments
from jaxlint.values import Shape

_SHAPES: Mapping[ShapeRule, ShapeOf] = MappingProxyType({**computed.SHAPES, **arranged.SHAPES, **made.SHAPES})
_DTYPES: Mapping[DtypeRule, TypedBy] = MappingProxyType({**typed.DTYPES, **made.DTYPES})

_ASKED = ("dtype", "new_dtype", "index_dtype", "preferred_element_type")
"""The parameters by which a dtype is asked for."""

Aval = tuple[Shape | None, str | None, bool | None]
"""The shape, the dtype, and whether that is weakly typed."""


def aval(result: ArrayResult, parameters: tuple[str, ...], static: tuple[str, ...], arguments: Arguments) -> Aval:
    """What is known of the array that a call returns.

    `parameters` are the positional ones of the function, `static` those of them that are no operands.
    """
    if result.shape is None and result.typed is None:
        return None, result.dtype, None if result.dtype is None else False
    if not arguments.is_exact:
        return None, result.dtype, None
    call = Call(parameters, static, arguments)
    shape = None if result.shape is None else _SHAPES[result.shape](call)
    if result.typed is None:
        return shape, result.dtype, None if result.dtype is None else False
    for name in _ASKED:
        if not arguments.keywords and name not in parameters:
            continue
        asked = call.given(name)
        if asked is not None:
            return shape, dtypes.named(asked), False
    return shape, *_DTYPES[result.typed](call)
