"""Dtypes, as far as they are known: promotion on JAX's lattice, weak types, names. None where nothing is known.

All dtypes are those that arrays have while `jax_enable_x64` is off. With x64 on, one of 32 bits may be of 64 bits in its
place: so dtypes that differ here differ there as well, and those that agree here need not. `uint64` is the exception,
since it promotes unlike `uint32`, and never known.
https://docs.jax.dev/en/latest/jep/9407-type-promotion.html

    promoted([int32, a Python float])    # float32, weak: what `jnp.arange(3) * 1.5` is
    promoted([float16, a Python float])  # float16: the array decides
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from jaxlint.values import Array, Const, External, Host, HostKind, List, NumPyArray, Tuple, Value
from jaxlint.values.pytree import leaves

Typed = tuple[str | None, bool | None]
"""A dtype by NumPy's name, and whether it is weakly typed."""

UNTYPED: Typed = (None, None)
BOOL: Typed = ("bool", False)
INTEGER: Typed = ("int32", False)
FLOAT: Typed = ("float32", False)

_ABOVE = {
    "bool": "i*",
    "i*": "uint8 int8",
    "uint8": "int16 uint16",
    "uint16": "int32 uint32",
    "uint32": "int64",
    "int8": "int16",
    "int16": "int32",
    "int32": "int64",
    "int64": "f*",
    "f*": "bfloat16 float16 c*",
    "bfloat16": "float32",
    "float16": "float32",
    "float32": "complex64",
    "c*": "complex64",
    "complex64": "",
}
"""The lattice: what lies directly above each dtype. A star marks the weak type of a kind."""

_WEAK = {"int32": "i*", "float32": "f*", "complex64": "c*", "bool": "bool"}
_NARROW = {"int64": "int32", "i*": "int32", "f*": "float32", "c*": "complex64"}


def _upwards(node: str) -> frozenset[str]:
    return frozenset({node}).union(*map(_upwards, _ABOVE[node].split()))


def _joins() -> Mapping[tuple[str, str], str]:
    above = {node: _upwards(node) for node in _ABOVE}
    joins: dict[tuple[str, str], str] = {}
    for a, up in above.items():
        for b, other in above.items():
            common = up & other
            joins[a, b] = max(common, key=lambda node: len(above[node]))
    return MappingProxyType(joins)


_JOIN = _joins()


def promoted(values: Iterable[Value]) -> Typed:
    """The dtype of an operation on several operands, as `jnp.result_type` has it."""
    return joined(map(dtype_of, values))


def joined(kinds: Iterable[Typed]) -> Typed:
    """The promotion of dtypes, each with whether it is weak."""
    options: set[str] | None = None
    for dtype, weak in kinds:
        nodes = _nodes(dtype, weak)
        if not nodes:
            return UNTYPED
        options = set(nodes) if options is None else {_JOIN[a, b] for a in options for b in nodes}
    if not options:
        return UNTYPED
    dtypes = {_NARROW.get(node, node) for node in options}
    weak_types = {node.endswith("*") for node in options}
    return (
        dtypes.pop() if len(dtypes) == 1 else None,
        weak_types.pop() if len(weak_types) == 1 else None,
    )


def _nodes(dtype: str | None, weak: bool | None) -> tuple[str, ...]:
    """The places in the lattice where a dtype may be."""
    if dtype not in _ABOVE:
        return ()
    if weak is False:
        return (dtype,)
    star = _WEAK.get(dtype)
    if star is None:
        return () if weak else (dtype,)
    return (star,) if weak else (dtype, star)


def inexact(typed: Typed) -> Typed:
    """What functions such as `sin` compute with: floating and complex numbers as they are, others as floats."""
    dtype, weak = typed
    if dtype is None:
        return UNTYPED
    return typed if is_inexact(dtype) else ("float32", weak)


def summed(typed: Typed) -> Typed:
    """The dtype of a sum: that of integers below the default one, and of bool, is the default integer."""
    dtype, weak = typed
    if dtype in ("bool", "int8", "int16", "int32"):
        return "int32", weak if dtype == "int32" else False
    return UNTYPED if dtype is None or dtype.startswith("uint") else typed


def numeric(typed: Typed) -> Typed:
    """What arithmetic that bool has not computes with."""
    return INTEGER if typed[0] == "bool" else typed


def real(typed: Typed) -> Typed:
    """The dtype of the parts of complex numbers; that of others as it is."""
    return ("float32", typed[1]) if typed[0] == "complex64" else typed


def is_inexact(dtype: str) -> bool:
    """Whether it is one of floating or complex numbers."""
    return "float" in dtype or "complex" in dtype


def dtype_of(value: Value) -> Typed:
    """The dtype of an operand, and whether it is weakly typed, as Python's numbers are."""
    match value:
        case Array(dtype=dtype, weak=weak):
            return dtype, weak
        case NumPyArray(dtype=dtype):
            return _known(dtype), False
        case Const(bool()) | Host(HostKind.BOOL):
            return BOOL
        case Const(int()) | Host(HostKind.INT):
            return "int32", True
        case Const(float()) | Host(HostKind.FLOAT):
            return "float32", True
        case Const(complex()) | Host(HostKind.COMPLEX):
            return "complex64", True
    return UNTYPED


def literal(value: Value) -> Typed:
    """The dtype of `jnp.array(value)`: that of a number, or what all leaves of nested lists promote to."""
    if isinstance(value, Tuple | List):
        kinds = [dtype_of(leaf) for leaf in leaves(value)]
        if kinds and all(kind == kinds[0] for kind in kinds):
            return kinds[0][0], False if kinds[0][0] is not None else None
        return joined(kinds)[0], False
    dtype, weak = dtype_of(value)
    return (dtype, weak) if dtype is not None else UNTYPED


def named(value: Value | None) -> str | None:
    """The dtype that a `dtype` argument names."""
    match value:
        case External(path):
            module, _, name = path.rpartition(".")
            if module == "builtins":
                return _OF_PYTHON.get(name)
            return _known(name) if module in ("jax.numpy", "numpy") else None
        case Const(str() as name):
            return _OF_PYTHON.get(name) or _known(name)
    return None


_OF_PYTHON = {"float": "float32", "int": "int32", "bool": "bool", "complex": "complex64"}
_KNOWN = {
    **{name: name for name in _ABOVE if not name.endswith("*") and name != "int64"},
    "float64": "float32", "int64": "int32", "complex128": "complex64", "bool_": "bool", "float_": "float32",
    "int_": "int32", "complex_": "complex64", "single": "float32", "double": "float32", "csingle": "complex64",
    "cdouble": "complex64", "half": "float16",
}  # fmt: skip
"""The names by which NumPy and JAX know the dtypes, and what arrays of JAX have for them."""


def _known(name: str | None) -> str | None:
    return _KNOWN.get(name) if name is not None else None
