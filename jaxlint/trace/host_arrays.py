"""NumPy arrays as functions of NumPy make them: their shape and dtype, where the arguments show it.

np.zeros((2, 3))                 # float64[2, 3]
np.array([[1.0, 2.0]])           # float64[1, 2]
np.array([1, 2], np.float32)     # float32[2]
"""

from __future__ import annotations

from jaxlint.model.schema import Operation
from jaxlint.trace import shapes
from jaxlint.trace.binding import Arguments
from jaxlint.values import Const, External, List, NumPyArray, Tuple, Value
from jaxlint.values.arrays import Shape
from jaxlint.values.pytree import leaves

_FILLED = frozenset({"numpy.zeros", "numpy.ones", "numpy.empty"})
_READ = frozenset({"numpy.array", "numpy.asarray"})


def made(operation: Operation, arguments: Arguments) -> NumPyArray:
    """The array that a call makes."""
    return NumPyArray(_shape(operation, arguments), _dtype(operation, arguments))


def _shape(operation: Operation, arguments: Arguments) -> Shape | None:
    if operation.path in _FILLED:
        return shapes.shape_from(arguments.get(0, "shape"))
    if operation.path in _READ and arguments.is_exact and arguments.keyword("ndmin") is None:
        read = _read(operation, arguments)
        return None if read is None else shapes.literal_shape(read)
    return None


def _read(operation: Operation, arguments: Arguments) -> Value | None:
    """What `array` and `asarray` read."""
    return arguments.named(operation.parameters, operation.parameters[0])


def _dtype(operation: Operation, arguments: Arguments) -> str | None:
    """The dtype that is asked for, "object" among them; without that the one of the numbers, and of `zeros`."""
    match arguments.named(operation.parameters, "dtype"):
        case None | Const(None):
            if operation.path in _FILLED:
                return "float64"
            return _of_numbers(_read(operation, arguments)) if operation.path in _READ else None
        case External(path):
            name = path.rsplit(".", 1)[-1].removesuffix("_")
            return {"float": "float64", "int": "int64"}.get(name, name)
        case Const(str() as name):
            return name
    return None


def _of_numbers(value: Value | None) -> str | None:
    """The dtype of an array of Python's numbers, in lists as they come, or of a copy."""
    if isinstance(value, NumPyArray):
        return value.dtype
    if not isinstance(value, Tuple | List | Const):
        return None
    kinds = {type(leaf.value) if isinstance(leaf, Const) else None for leaf in leaves(value)}
    if kinds == {bool}:
        return "bool"
    if kinds == {int}:
        return "int64"
    return "float64" if kinds and kinds <= {int, float} and float in kinds else None
