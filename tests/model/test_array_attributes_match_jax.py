"""The attributes and methods of arrays against the installed JAX: on concrete arrays and on tracers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from jaxlint.model.array_api import ATTRIBUTES
from jaxlint.model.schema import (
    ArgumentResult,
    ArrayAttribute,
    ArrayListResult,
    ArrayResult,
    Attr,
    HostResult,
    UnknownResult,
)
from jaxlint.values.base import HostKind
from tests.model.abstract import expect_aval
from tests.model.recipes import INTS, STATIC, VI, B, F, V

ROWS = tuple(ATTRIBUTES.values())
METHODS = [row for row in ROWS if Attr.METHOD in row.flags and Attr.MISSING not in row.flags]
COMPUTED = [row for row in ROWS if not row.flags & (Attr.CONVERTS | Attr.MISSING | Attr.MISSING_ON_TRACER)]

ARGUMENTS: Mapping[str, tuple[object, ...]] = {
    "argpartition": (1,),
    "astype": (np.int32,),
    "choose": ([V, V, V], None, "wrap"),
    "clip": (0, 1),
    "compress": (B[0], 0),
    "dot": (F,),
    "item": (0,),
    "repeat": (2,),
    "reshape": (9,),
    "searchsorted": (V,),
    "swapaxes": (0, 1),
    "take": (VI,),
    "to_device": (jax.devices()[0],),
    "view": (np.int32,),
}
"""The arguments of the methods that need some."""

RECEIVERS: Mapping[str, np.ndarray] = {"searchsorted": np.sort(V), "choose": VI, "squeeze": F[:1]}
"""The arrays on which the methods are called; `F` for most."""

KEYWORDS: Mapping[str, dict[str, object]] = {"nonzero": {"size": 3}, "compress": {"size": 3}}
"""Keywords without which a tracer is refused."""

BY_VALUE = frozenset({"args", "shape"})
"""Parameters that are given by position only."""

HOST_TYPES: Mapping[HostKind, tuple[type, ...]] = {
    HostKind.BOOL: (bool,),
    HostKind.INT: (int,),
    HostKind.BYTES: (bytes,),
    HostKind.DTYPE: (np.dtype,),
    HostKind.OBJECT: (object,),
}


def by_name(row: ArrayAttribute) -> str:
    return row.name


def receiver(row: ArrayAttribute) -> np.ndarray:
    return RECEIVERS.get(row.name, F)


def value_of(row: ArrayAttribute, array: jax.Array, **keywords: object) -> object:
    """`array.name`, called when it is a method."""
    found = getattr(array, row.name)
    return found(*ARGUMENTS.get(row.name, ()), **keywords) if Attr.METHOD in row.flags else found


def traced(function: Callable[..., object], *operands: object) -> object:
    """What a function returns, called once with tracers."""
    answers: list[object] = []
    jax.eval_shape(lambda *tracers: answers.append(function(*tracers)), *operands)
    return answers[0]


def expect(value: object, row: ArrayAttribute, kind: type, array: jax.Array) -> None:
    result = row.result
    match result:
        case ArrayResult():
            assert isinstance(value, kind)
            assert isinstance(value, jax.Array)
            given = (array, *ARGUMENTS.get(row.name, ()))
            expect_aval(value, result, ("self", *row.parameters), row.static, given, KEYWORDS.get(row.name, {}))
        case ArrayListResult():
            assert isinstance(value, list | tuple)
            assert all(isinstance(item, kind) for item in value)
        case ArgumentResult():
            assert value is array
        case HostResult(None):
            assert value is None
        case HostResult(host) if host is not None:
            assert isinstance(value, HOST_TYPES[host])
            assert not isinstance(value, jax.Array)
        case UnknownResult():
            pass
        case _:
            pytest.fail(f"no test knows what {result} means")


@pytest.mark.parametrize("row", COMPUTED, ids=by_name)
def test_on_a_tracer(row: ArrayAttribute) -> None:
    def checked(array: jax.Array) -> None:
        expect(value_of(row, array, **KEYWORDS.get(row.name, {})), row, jax.core.Tracer, array)

    traced(checked, receiver(row))


@pytest.mark.parametrize("row", [row for row in ROWS if Attr.MISSING not in row.flags and row.pure], ids=by_name)
def test_on_a_concrete_array(row: ArrayAttribute) -> None:
    array = jnp.asarray(receiver(row))
    expect(value_of(row, array, **KEYWORDS.get(row.name, {})), row, jax.Array, array)


@pytest.mark.parametrize("row", [row for row in ROWS if Attr.STATIC in row.flags], ids=by_name)
def test_static_attribute_is_a_python_value(row: ArrayAttribute) -> None:
    assert not isinstance(traced(lambda array: getattr(array, row.name), F), jax.core.Tracer)


@pytest.mark.parametrize("row", [row for row in ROWS if Attr.CONVERTS in row.flags], ids=by_name)
def test_conversion_refuses_a_tracer(row: ArrayAttribute) -> None:
    with pytest.raises(jax.errors.ConcretizationTypeError):
        traced(lambda array: value_of(row, array), F)


@pytest.mark.parametrize("row", [row for row in ROWS if Attr.MISSING_ON_TRACER in row.flags], ids=by_name)
def test_missing_on_a_tracer_only(row: ArrayAttribute) -> None:
    getattr(jnp.asarray(F), row.name)
    with pytest.raises(AttributeError):
        traced(lambda array: getattr(array, row.name), F)


@pytest.mark.parametrize("row", [row for row in ROWS if Attr.MISSING in row.flags], ids=by_name)
def test_missing_on_every_array(row: ArrayAttribute) -> None:
    # `flat` says that it is not implemented.
    with pytest.raises((AttributeError, NotImplementedError)):
        getattr(jnp.asarray(F), row.name)
    with pytest.raises((AttributeError, NotImplementedError)):
        traced(lambda array: getattr(array, row.name), F)


STATICS = [(row, name) for row in METHODS for name in row.static if name not in BY_VALUE]


@pytest.mark.parametrize(("row", "name"), STATICS, ids=[f"{row.name}({name})" for row, name in STATICS])
def test_static_parameter_refuses_a_tracer(row: ArrayAttribute, name: str) -> None:
    """With a Python value the method can be called while tracing, with a tracer it cannot."""
    positional = dict(zip(row.parameters, ARGUMENTS.get(row.name, ()), strict=False))
    given = {key: value for key, value in (positional | KEYWORDS.get(row.name, {})).items() if key != name}
    value = STATIC[name]
    traced(lambda array: getattr(array, row.name)(**given, **{name: value}), receiver(row))
    with pytest.raises((TypeError, ValueError, jax.errors.JAXTypeError)):
        traced(lambda array, tracer: getattr(array, row.name)(**given, **{name: tracer}), receiver(row), value)


@pytest.mark.parametrize("row", [row for row in METHODS if "args" in row.static], ids=by_name)
def test_static_sizes_refuse_tracers(row: ArrayAttribute) -> None:
    sizes = (1, 0) if row.name == "transpose" else (3, 3)
    traced(lambda array: getattr(array, row.name)(*sizes), F)
    with pytest.raises((TypeError, ValueError)):
        traced(lambda array, *tracers: getattr(array, row.name)(*tracers), F, *sizes)


@pytest.mark.parametrize("row", [row for row in METHODS if row.sized_by], ids=by_name)
def test_tracer_needs_a_size(row: ArrayAttribute) -> None:
    operands: dict[str, tuple[object, ...]] = {"repeat": (INTS.ravel(),), "compress": (B[0],), "nonzero": ()}
    rest: dict[str, object] = {"axis": 0} if row.name == "compress" else {}

    def call(array: jax.Array, *tracers: object) -> None:
        getattr(array, row.name)(*tracers, **rest)

    with pytest.raises(jax.errors.ConcretizationTypeError):
        traced(call, F, *operands[row.name])
    rest[row.sized_by] = 9 if row.name == "repeat" else 3
    traced(call, F, *operands[row.name])


@pytest.mark.parametrize("row", [row for row in METHODS if row.refuses_out], ids=by_name)
def test_out_is_refused(row: ArrayAttribute) -> None:
    given = {"choose": ([V, V, V],)}.get(row.name, ARGUMENTS.get(row.name, ()))
    with pytest.raises((NotImplementedError, ValueError)):
        getattr(jnp.asarray(receiver(row)), row.name)(*given, out=F)


def test_every_public_name_of_an_array_is_listed() -> None:
    """Names that this JAX has and the table lacks: none but those that say nothing to a user."""
    internal = {"addressable_data", "clone", "device_buffers", "platform", "traceback", "unsafe_raw_buffer"}
    public = {name for name in dir(jnp.asarray(F)) if not name.startswith("_")}
    assert public - ATTRIBUTES.keys() <= internal
