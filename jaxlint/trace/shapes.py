"""Shapes and dtypes, as far as they are known: broadcasting, promotion, indexing. None where nothing is known.

Type promotion follows JAX's lattice (https://docs.jax.dev/en/latest/jep/9407-type-promotion.html), for the dtypes that
exist while `jax_enable_x64` is off; anything else is not known.
"""

from __future__ import annotations

from jaxlint.values import Array, Const, External, Host, HostKind, List, NumPyArray, Shape, Tuple, Value

_ORDER = ("bool", "uint8", "int8", "int16", "int32", "float16", "float32", "complex64")
_CATEGORY = {"bool": 0, "uint8": 1, "int8": 1, "int16": 1, "int32": 1, "float16": 2, "float32": 2, "complex64": 3}


def broadcast(a: Shape | None, b: Shape | None) -> Shape | None:
    """The shape of an elementwise operation on two shapes."""
    if a is None or b is None:
        return None
    rank = max(len(a), len(b))
    left = (1,) * (rank - len(a)) + a
    right = (1,) * (rank - len(b)) + b
    sizes: list[int | None] = []
    for m, n in zip(left, right, strict=True):
        if m == 1:
            sizes.append(n)
        elif n == 1 or m == n:
            sizes.append(m)
        elif m is None or n is None:
            sizes.append(m if n is None else n)
        else:
            return None
    return tuple(sizes)


def promote(a: Value, b: Value) -> tuple[str | None, bool | None]:
    """The dtype of an arithmetic operation, and whether it is weak."""
    (left, left_weak), (right, right_weak) = dtype_of(a), dtype_of(b)
    if left is None or right is None or left not in _CATEGORY or right not in _CATEGORY:
        return (left, left_weak) if left == right and left_weak == right_weak else (None, None)
    if left_weak is None or right_weak is None:
        return (left, None) if left == right else (None, None)
    if left_weak != right_weak:
        strong, weak = (right, left) if left_weak else (left, right)
        return (strong, False) if _CATEGORY[weak] <= _CATEGORY[strong] else (weak, True)
    if left == right:
        return left, left_weak
    if {left, right} == {"uint8", "int8"}:
        return "int16", left_weak
    return max(left, right, key=_ORDER.index), left_weak


def dtype_of(value: Value) -> tuple[str | None, bool | None]:
    """The dtype of an operand, and whether it is weakly typed, as Python's numbers are."""
    match value:
        case Array(dtype=dtype, weak=weak):
            return dtype, weak
        case NumPyArray(dtype=dtype):
            return dtype, False
        case Const(bool()) | Host(HostKind.BOOL):
            return "bool", False
        case Const(int()) | Host(HostKind.INT):
            return "int32", True
        case Const(float()) | Host(HostKind.FLOAT):
            return "float32", True
        case Const(complex()):
            return "complex64", True
    return None, None


def shape_of(value: Value) -> Shape | None:
    """The shape of an operand; Python numbers are scalars."""
    match value:
        case Array(shape=shape) | NumPyArray(shape=shape):
            return shape
        case Const(bool() | int() | float() | complex()):
            return ()
        case Host(HostKind.BOOL | HostKind.INT | HostKind.FLOAT | HostKind.COMPLEX):
            return ()
    return None


def shape_from(value: Value | None) -> Shape | None:
    """The shape that a `shape` argument asks for: an int or a tuple of them."""
    match value:
        case Const(int() as size) if not isinstance(size, bool):
            return (size,)
        case Host(HostKind.INT):
            return (None,)
        case Tuple(items) | List(items=tuple(items)):
            sizes: list[int | None] = []
            for item in items:
                match item:
                    case Const(int() as size):
                        sizes.append(size)
                    case Host(HostKind.INT):
                        sizes.append(None)
                    case _:
                        return None
            return tuple(sizes)
    return None


def shape_value(shape: Shape | None) -> Value | None:
    """The tuple that `x.shape` is."""
    if shape is None:
        return None
    return Tuple(tuple(Host(HostKind.INT) if size is None else Const(size) for size in shape))


def literal_shape(value: Value) -> Shape | None:
    """The shape of `jnp.array(value)` for nested lists and tuples of numbers or arrays."""
    match value:
        case Tuple(items) | List(items=tuple(items)):
            if not items:
                return (0,)
            inner = literal_shape(items[0])
            if inner is None or any(literal_shape(item) != inner for item in items[1:]):
                return None
            return (len(items), *inner)
    return shape_of(value)


def indexed(shape: Shape | None, index: Value) -> Shape | None:
    """The shape of `x[index]` for integers, slices, None and Ellipsis; None for everything else."""
    if shape is None:
        return None
    parts = index.items if isinstance(index, Tuple) else (index,)
    rest = list(shape)
    result: list[int | None] = []
    for part in parts:
        match part:
            case Const(bool()):
                return None
            case Const(int()) | Host(HostKind.INT):
                if not rest:
                    return None
                rest.pop(0)
            case Array(shape=()) as scalar if scalar.dtype is not None and "int" in scalar.dtype:
                if not rest:
                    return None
                rest.pop(0)
            case Const(None):
                result.append(1)
            case _:
                return None
    return (*result, *rest)


def reshaped(array: Array, shape: Shape | None) -> Shape | None:
    """The shape of `x.reshape(shape)`, a -1 in it computed where the size of `x` is known."""
    if shape is None or -1 not in shape:
        return shape
    known = 1
    for size in shape:
        if size is None:
            return tuple(None if n == -1 else n for n in shape)
        known *= size if size != -1 else 1
    total = array.size
    inferred = total // known if total is not None and known and total % known == 0 else None
    return tuple(inferred if n == -1 else n for n in shape)


def dtype_named(value: Value | None) -> str | None:
    """The dtype that a `dtype` argument names, as JAX makes it while `jax_enable_x64` is off."""
    match value:
        case External(path):
            name = path.rsplit(".", 1)[-1]
            return _PYTHON_DTYPES.get(path) or _NARROWED.get(name, name if name in _CATEGORY else None)
        case Const(str() as name):
            return _NARROWED.get(name, name if name in _CATEGORY else None)
    return None


_PYTHON_DTYPES = {"builtins.float": "float32", "builtins.int": "int32", "builtins.bool": "bool"}
_NARROWED = {
    "float64": "float32", "int64": "int32", "uint64": "uint32", "complex128": "complex64", "bool_": "bool",
    "float_": "float32", "int_": "int32", "single": "float32", "double": "float32",
}  # fmt: skip
