"""Operands: arrays calculate with arrays and numbers, and `|` binds closer than `>=`."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from jaxlint.rules import CERTAIN, Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.frame import Frame
from jaxlint.trace.observations import BinaryOperation, ItemRead, UnaryOperation
from jaxlint.values import (
    Array,
    Const,
    Dict,
    Host,
    HostKind,
    IndexUpdate,
    List,
    NumPyArray,
    Set,
    Tree,
    Tuple,
    TupleOf,
    Value,
)
from jaxlint.values.pytree import leaves

CONTAINER_OPERAND = Rule(
    6409,
    "jax-container-operand",
    Severity.ERROR,
    "`{code}`: {what}, which raises a TypeError; {instead}",
    explanation="""A list, tuple or dict where an array is wanted.

What it does
Reports arithmetic and comparisons of a JAX array with a list, tuple, dict or set; arithmetic on a dict, list or tuple
that holds arrays, such as gradients; and a list as index of an array.

Why
NumPy makes an array of a list without being asked. JAX does not, since each such array costs a transfer: TypeError.
Gradients have the structure of the parameters, and a dict has no `*`.

    x + [1, 2, 3]
    x[[0, 2]]
    params - 0.1 * jax.grad(loss)(params)

Write instead
    x + jnp.array([1, 2, 3])
    x[jnp.array([0, 2])]
    jax.tree.map(lambda p, g: p - 0.1 * g, params, grads)

When it stays silent
On lists added to lists, on tuples as indices, on NumPy arrays, on classes with operators of their own, and where it is
not known that a value is a container.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#non-array-inputs-numpy-vs-jax
https://docs.jax.dev/en/latest/working-with-pytrees.html
""",
)

BITWISE_PRECEDENCE = Rule(
    6411,
    "jax-bitwise-precedence",
    Severity.WARNING,
    "`{code}` means `{meaning}`, since `{operator}` binds closer than comparisons; put the comparison into parentheses",
    explanation="""A comparison next to `|`, `&` or `^` without parentheses.

What it does
Reports `a >= b | c`, `x == 1 & y`, `mask & x == 2` and their like on arrays, where an operand of the bitwise operator
is Boolean, or where it stands between a number and another operand as a condition would.

Why
`|`, `&` and `^` bind closer than comparisons: `a >= b | c` is `a >= (b | c)`. On arrays that mostly runs, and says
something else.

    done = step >= 500 | fallen

Write instead
    done = (step >= 500) | fallen

When it stays silent
On parentheses, on bit masks of integers (`flags & 1 == 1` is what it says), on plain Python numbers, sets and dicts.

References
https://docs.python.org/3/reference/expressions.html#operator-precedence
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.logical_or.html
""",
)

RULES = (CONTAINER_OPERAND, BITWISE_PRECEDENCE)

_CONTAINERS = {Dict: "dict", List: "list", Tuple: "tuple", TupleOf: "tuple", Set: "set"}
_BITWISE = frozenset({"|", "&", "^"})
_ORDERED = frozenset({"<", "<=", ">", ">="})
_COMPARISONS = _ORDERED | {"==", "!="}
_NUMBERS = (HostKind.BOOL, HostKind.INT, HostKind.FLOAT, HostKind.COMPLEX)
_OF_SEQUENCES = frozenset({"+", "*"})


class OperandListeners:
    """The rules about operands."""

    @listens_to(BinaryOperation)
    def binary(self, operation: BinaryOperation) -> Iterator[Finding]:
        """`left operator right`."""
        left, right = operation.left, operation.right
        if _may_be_wrapped(operation.frame):
            return
        for one, other in ((left, right), (right, left)):
            container = _CONTAINERS.get(type(one))
            if container is None:
                continue
            if isinstance(other, Array):
                what = f"a JAX array has no `{operation.operator}` with a {container}"
                instead = "make an array of it with jnp.array" if container != "dict" else _TREE_MAP
                yield _container_operand(operation.node, what, instead)
                return
        container = _CONTAINERS.get(type(left)) or _CONTAINERS.get(type(right))
        if container is not None and _is_no_operation(left, operation.operator, right):
            what = f"a {container} of arrays has no `{operation.operator}`"
            yield _container_operand(operation.node, what, _TREE_MAP)

    @listens_to(UnaryOperation)
    def unary(self, operation: UnaryOperation) -> Iterator[Finding]:
        """`-tree`."""
        container = _CONTAINERS.get(type(operation.value))
        if container is not None and not _may_be_wrapped(operation.frame) and _holds_array(operation.value):
            what = f"a {container} of arrays has no `{operation.operator}`"
            yield _container_operand(operation.node, what, _TREE_MAP)

    @listens_to(ItemRead)
    def list_index(self, read: ItemRead) -> Iterator[Finding]:
        """`x[[0, 2]]`."""
        target = read.target.array if isinstance(read.target, IndexUpdate) else read.target
        if isinstance(read.index, List) and isinstance(target, Array):
            what, instead = "a list is no index of a JAX array", "make an array of it with jnp.array"
            yield _container_operand(read.node, what, instead)

    @listens_to(BinaryOperation)
    def precedence(self, operation: BinaryOperation) -> Iterator[Finding]:
        """`a >= b | c`."""
        node = operation.node
        if operation.operator not in _BITWISE or not isinstance(node, nodes.BinOp):
            return
        comparison = node.parent
        if not isinstance(comparison, nodes.Compare) or not _near_arrays(operation):
            return
        comparator = comparison.ops[0][0]
        if comparator not in _COMPARISONS or len(comparison.ops) != 1:
            return
        before = comparison.left is node
        if _in_parentheses(node, comparison, before):
            return
        meant = operation.right if before else operation.left
        if not (
            _is_boolean(operation.left)
            or _is_boolean(operation.right)
            or (not before and (comparator in _ORDERED or _is_number(meant)))
        ):
            return
        inner = f"({node.as_string()})"
        other = comparison.ops[0][1].as_string() if before else comparison.left.as_string()
        meaning = f"{inner} {comparator} {other}" if before else f"{other} {comparator} {inner}"
        fills = {"code": source_of(comparison), "meaning": meaning, "operator": operation.operator}
        yield Finding(BITWISE_PRECEDENCE, comparison, fills)


_TREE_MAP = "apply the operation to each array with jax.tree.map"


def _may_be_wrapped(frame: Frame) -> bool:
    """Whether a decorator of which nothing is known gives the function its arguments, maybe in a wrapper with operators."""
    return frame.function is not None and frame.function.decorated


def _container_operand(node: nodes.NodeNG, what: str, instead: str) -> Finding:
    return Finding(CONTAINER_OPERAND, node, {"code": source_of(node), "what": what, "instead": instead}, CERTAIN)


def _is_no_operation(left: Value, operator: str, right: Value) -> bool:
    """Whether Python has no such operation on a container that holds arrays and a number or another container."""
    if operator in _COMPARISONS or not (_holds_array(left) or _holds_array(right)):
        return False
    if not all(isinstance(side, Dict | List | Tuple | TupleOf) or _is_number(side) for side in (left, right)):
        return False
    if isinstance(left, Dict) or isinstance(right, Dict):
        return not (operator == "|" and isinstance(left, Dict) and isinstance(right, Dict))
    if operator not in _OF_SEQUENCES:
        return True
    if operator == "+":
        return _is_number(left) or _is_number(right) or isinstance(left, List) is not isinstance(right, List)
    # A sequence is repeated by an integer.
    return not any(_is_integer(side) for side in (left, right))


def _holds_array(value: Value) -> bool:
    return isinstance(value, Dict | List | Tuple | TupleOf) and any(isinstance(leaf, Array | Tree) for leaf in leaves(value))


def _is_number(value: Value) -> bool:
    match value:
        case Const(bool() | int() | float() | complex()):
            return True
        case Host(kind):
            return kind in _NUMBERS
    return False


def _is_integer(value: Value) -> bool:
    match value:
        case Const(bool() | int()) | Host(HostKind.BOOL | HostKind.INT):
            return True
    return False


def _near_arrays(operation: BinaryOperation) -> bool:
    sides = (operation.left, operation.right)
    return any(isinstance(side, Array | Tree) for side in sides) and all(
        isinstance(side, Array | Tree | NumPyArray) or _is_number(side) for side in sides
    )


def _is_boolean(value: Value) -> bool:
    match value:
        case Array(dtype=dtype) | NumPyArray(dtype=dtype):
            return dtype == "bool"
        case Const(bool()) | Host(HostKind.BOOL):
            return True
    return False


def _in_parentheses(node: nodes.BinOp, comparison: nodes.Compare, before: bool) -> bool:
    """Whether the operation stands in parentheses: then the comparison reaches further out than it."""
    if before:
        return (node.lineno, node.col_offset) != (comparison.lineno, comparison.col_offset)
    return (node.end_lineno, node.end_col_offset) != (comparison.end_lineno, comparison.end_col_offset)
