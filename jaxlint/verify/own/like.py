"""What `--like` says: the arguments of a call, where an array is written by its type.

    x=f32[128], params={"w": f32[3, 4], "b": f32[4]}, key=key[], n=3

Types are written as JAX prints them (`f32[128]`, `i32[]`, `bool[3]`, `key<fry>[]`, `~f32[]` for a Python number that is
traced) or with NumPy's names (`float32[128]`). All else is a Python literal. Text only: nothing here needs JAX.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

DTYPES = {
    "bool": "bool",
    **{f"i{bits}": f"int{bits}" for bits in (8, 16, 32, 64)},
    **{f"u{bits}": f"uint{bits}" for bits in (8, 16, 32, 64)},
    **{f"f{bits}": f"float{bits}" for bits in (16, 32, 64)},
    "bf16": "bfloat16",
    "f8_e4m3fn": "float8_e4m3fn",
    "f8_e5m2": "float8_e5m2",
    "c64": "complex64",
    "c128": "complex128",
}
"""NumPy's name of a dtype by JAX's short one."""

WIDE = {"int64", "uint64", "float64", "complex128"}
"""Dtypes that there are only with `jax_enable_x64`."""

KEY = "key"
"""The dtype of random keys."""

MOST_ELEMENTS = 2**28
"""Of one array: it is made, and computed with."""

NOT_PYTHON = re.compile(
    r"""(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*") | (?P<key>\bkey<fry>) | (?<=[\w>])\[\s*\]""", re.VERBOSE
)
"""What JAX writes in types and Python's grammar does not have, `key<fry>` an array without axes; and texts, which stay."""


class LikeError(ValueError):
    """The text is no list of arguments; the message says which part of it is not, and what would be."""


@dataclass(frozen=True, slots=True)
class ArrayLike:
    """An array of which only the type is said."""

    dtype: str
    shape: tuple[int, ...]
    weak: bool = False
    """A Python number that is traced."""

    def __str__(self) -> str:
        short = {name: letters for letters, name in DTYPES.items()}.get(self.dtype, self.dtype)
        return f"{'~' if self.weak else ''}{short}[{','.join(map(str, self.shape))}]"

    __repr__ = __str__


@dataclass(frozen=True, slots=True)
class Like:
    """The arguments of a call: in order, and by name."""

    positional: tuple[Any, ...]
    named: dict[str, Any]

    @property
    def arrays(self) -> list[ArrayLike]:
        """All arrays among the arguments."""
        return [leaf for value in (*self.positional, *self.named.values()) for leaf in arrays_in(value)]

    @property
    def is_wide(self) -> bool:
        """Whether a type is named that there is only with `jax_enable_x64`."""
        return any(array.dtype in WIDE for array in self.arrays)

    def __str__(self) -> str:
        return ", ".join([*map(repr, self.positional), *(f"{name}={value!r}" for name, value in self.named.items())])


def arrays_in(value: Any) -> Iterator[ArrayLike]:
    """The arrays in a tuple, list or dict, or the value itself."""
    match value:
        case ArrayLike():
            yield value
        case tuple() | list():
            for item in value:
                yield from arrays_in(item)
        case dict():
            for item in value.values():
                yield from arrays_in(item)


def parsed(text: str) -> Like:
    """The arguments that `text` says.

    Raises:
        LikeError: it says none.
    """
    source = NOT_PYTHON.sub(lambda found: found["text"] or (KEY if found["key"] else "[()]"), text)
    try:
        call = ast.parse(f"like({source}\n)", mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise LikeError(f"cannot read {text!r}: write a call's arguments, as in x=f32[128], n=3") from error
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        raise LikeError(f"cannot read {text!r}: write a call's arguments, as in x=f32[128], n=3")
    named: dict[str, Any] = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            raise LikeError(f"{ast.unparse(keyword.value)!r}: ** cannot be used here")
        if keyword.arg in named:
            raise LikeError(f"{keyword.arg!r} is given twice")
        named[keyword.arg] = _value(keyword.value)
    return Like(tuple(map(_value, call.args)), named)


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Tuple():
            return tuple(map(_value, node.elts))
        case ast.List():
            return list(map(_value, node.elts))
        case ast.Dict():
            if None in node.keys:
                raise LikeError(f"{ast.unparse(node)}: ** cannot be used here")
            return {_literal(key): _value(item) for key, item in zip(node.keys, node.values, strict=True) if key}
        case ast.Subscript(value=ast.Name(id=name)):
            return ArrayLike(_dtype(name, node), _shape(node))
        case ast.UnaryOp(op=ast.Invert(), operand=ast.Subscript() as operand):
            return _weak(_value(operand), node)
        case _:
            return _literal(node)


def _weak(array: Any, node: ast.expr) -> ArrayLike:
    if not isinstance(array, ArrayLike) or array.shape or array.dtype[0] not in "ifc":
        raise LikeError(f"{_written(node)}: only a number can be a Python number that is traced, as in ~f32[]")
    return ArrayLike(array.dtype, (), weak=True)


def _dtype(name: str, node: ast.expr) -> str:
    dtype = DTYPES.get(name, name)
    if dtype not in (*DTYPES.values(), KEY):
        raise LikeError(f"{_written(node)}: there is no dtype {name}; there are {', '.join((*DTYPES, KEY))}")
    return dtype


def _shape(node: ast.Subscript) -> tuple[int, ...]:
    axes = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    sizes = [axis.value for axis in axes if isinstance(axis, ast.Constant) and type(axis.value) is int]
    if len(sizes) != len(axes):
        raise LikeError(f"{_written(node)}: a shape is made of whole numbers, as in f32[3,4]")
    elements = 1
    for size in sizes:
        elements *= size
    if elements > MOST_ELEMENTS:
        raise LikeError(f"{_written(node)}: {elements:,} elements; it is run, so give it at most {MOST_ELEMENTS:,}")
    return tuple(sizes)


def _literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError) as error:
        raise LikeError(
            f"{_written(node)}: neither the type of an array (f32[128], i32[], key[]) nor a Python literal"
        ) from error


def _written(node: ast.expr) -> str:
    """The text of a node, as it was written."""
    return ast.unparse(node).replace("[()]", "[]")
