"""Integers: they have no negative powers and no fractions, and end at 31 bits."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from jaxlint.model.schema import Hiding, Leaves, Loop, Staging, Wrapper
from jaxlint.rules import AsksFacts, Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.observations import (
    BinaryOperation,
    LoopCall,
    MethodCall,
    NamedCall,
    Observation,
    TransformedCall,
)
from jaxlint.values import Array, Const, Host, HostKind, IndexUpdate, List, NumPyArray, Tuple, Value
from jaxlint.values.pytree import leaves

NEGATIVE_POWER = Rule(
    6808,
    "jax-negative-power",
    Severity.ERROR,
    "`{code}`: an array of {dtype} has no power {exponent}, which raises a TypeError; make it a float first",
    explanation="""A negative constant power of an integer array.

What it does
Reports `x ** -1`, `jnp.power(x, -2)` and `jax.lax.integer_pow(x, -1)` of an array of integers or Booleans.

Why
The result of integers stays an integer in JAX, and one half is none: TypeError, "Integers cannot be raised to negative
powers".

    jnp.arange(1, 4) ** -1

Write instead
    jnp.arange(1, 4) ** -1.0
    1 / jnp.arange(1, 4)

When it stays silent
On float exponents, on arrays whose dtype is not known, on Python and NumPy integers.

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.power.html
""",
)

INTEGER_EXPONENT = Rule(
    6809,
    "jax-integer-exponent",
    Severity.WARNING,
    "`{code}` raises an integer to negated integers and gives 0 (or 1) for all but the power 0; make the base a float",
    explanation="""An integer to the power of a negated integer array.

What it does
Reports `2 ** -n` and `jnp.power(2, -n)`, where the base is an integer and `n` an array of integers.

Why
Base and exponent are integers, so the result is one: `2 ** -1` is 0. Only a constant negative exponent is refused; from
an array JAX cannot tell.

    weights = 2 ** -jnp.arange(4)                         # [1, 0, 0, 0]

Write instead
    weights = 2.0 ** -jnp.arange(4)                       # [1, 0.5, 0.25, 0.125]

When it stays silent
On float bases or exponents, on exponents that are not negated, where a dtype is not known.

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.power.html
""",
)

TRUNCATED_UPDATE = Rule(
    6810,
    "jax-truncated-update",
    Severity.WARNING,
    "`{code}` writes {value} into an array of {dtype}, and keeps the integer part only; make the array a float one",
    explanation="""A fraction written into an integer array.

What it does
Reports `ints.at[i].set(0.5)`, `.add`, `.multiply`, `.min` and `.max` with floats, on arrays of integers or Booleans.

Why
The array keeps its dtype, so the value is converted to it: 0.5 becomes 0. JAX gives a FutureWarning, and will refuse it
one day.

    counts = jnp.arange(3)
    counts = counts.at[0].set(0.5)                        # [0, 1, 2]

Write instead
    counts = jnp.arange(3.0)
    counts = counts.at[0].set(0.5)

When it stays silent
On `.at[i].divide`, which gives a float array; on arrays whose dtype is not known; on floats that are integers where
they are constant (`ints.at[0].set(2.0)` loses nothing).

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html
""",
)

INT_OVERFLOW = Rule(
    6813,
    "jax-int-overflow",
    Severity.ERROR,
    "`{code}`: {number} does not fit into int32, which raises an OverflowError while jax_enable_x64 is off; use a float, "
    "or set jax_enable_x64",
    explanation="""A Python integer beyond 32 bits meets a JAX array.

What it does
Reports integers below -2**31 or from 2**31 on in arithmetic and comparisons with arrays, in `jnp.array` and
`jnp.asarray`, in updates, and as arguments that `jit` and loops trace, in programs that leave `jax_enable_x64` off.

Why
A Python integer becomes an int32 of JAX: OverflowError. That holds next to float arrays, too.

    x + 2**31
    jnp.array(3_000_000_000)
    step(x, 10_000_000_000)                               # step is jitted

Write instead
    x + 2.0**31
    jnp.array(3_000_000_000, dtype=jnp.uint32)
    jax.config.update("jax_enable_x64", True)             # first thing in the program

When it stays silent
Where 64-bit types may be on: something in the project mentions `jax_enable_x64`, or the code is part of a package that
others install (see the option `jax-x64`); with an explicit dtype; on static arguments.

References
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#double-64bit-precision
""",
)

RULES = (NEGATIVE_POWER, INTEGER_EXPONENT, TRUNCATED_UPDATE, INT_OVERFLOW)

_WHOLE = ("int", "uint", "bool")
_POWERS = frozenset({"jax.numpy.power", "jax.numpy.pow", "jax.lax.integer_pow"})
_UPDATES = frozenset({"set", "add", "subtract", "multiply", "mul", "min", "max", "apply"})
_MAKERS = frozenset({"jax.numpy.array", "jax.numpy.asarray", "jax.device_put"})
_OPERATIONS = frozenset({"+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<", "<=", ">", ">=", "==", "!="})


class IntegerListeners(AsksFacts):
    """The rules about integers."""

    @listens_to(BinaryOperation)
    def power(self, operation: BinaryOperation) -> Iterator[Finding]:
        """`x ** -1`, `2 ** -n`."""
        if operation.operator == "**":
            yield from _power(operation, operation.left, operation.right, _exponent_node(operation.node))

    @listens_to(NamedCall)
    def power_call(self, call: NamedCall) -> Iterator[Finding]:
        """`jnp.power(x, -1)`."""
        if call.path in _POWERS and len(call.arguments.positional) == 2:
            base, exponent = call.arguments.positional
            node = call.arguments.nodes[1] if len(call.arguments.nodes) == 2 else None
            yield from _power(call, base, exponent, node)

    @listens_to(MethodCall)
    def update(self, call: MethodCall) -> Iterator[Finding]:
        """`ints.at[0].set(0.5)`."""
        if not isinstance(call.receiver, IndexUpdate) or call.name not in _UPDATES or not call.arguments.positional:
            return
        array, value = call.receiver.array, call.arguments.positional[0]
        if not isinstance(array, Array):
            return
        if _is_whole(array.dtype) and _has_fraction(value):
            shown = repr(value.value) if isinstance(value, Const) else "floats"
            fills = {"code": source_of(call.node), "value": shown, "dtype": str(array.dtype)}
            yield Finding(TRUNCATED_UPDATE, call.node, fills)
        elif _is_large(value) and array.dtype in ("int32", "int16", "int8"):
            yield from self._overflow(call, value)

    @listens_to(BinaryOperation)
    def overflow(self, operation: BinaryOperation) -> Iterator[Finding]:
        """`x + 2**31`."""
        if operation.operator not in _OPERATIONS:
            return
        for one, other in ((operation.left, operation.right), (operation.right, operation.left)):
            is_exponent = operation.operator == "**" and one is operation.right
            if _is_large(one) and isinstance(other, Array) and other.key is None and not is_exponent:
                yield from self._overflow(operation, one)

    @listens_to(NamedCall)
    def overflow_made(self, call: NamedCall) -> Iterator[Finding]:
        """`jnp.array(2**31)`."""
        if call.path not in _MAKERS or not call.arguments.is_exact or len(call.arguments.positional) != 1:
            return
        if call.arguments.keyword("dtype") is not None:
            return
        given = call.arguments.positional[0]
        values = [given, *(given.items or ())] if isinstance(given, List | Tuple) else [given]
        whole = all(isinstance(value, Const) and isinstance(value.value, int) for value in values[1:])
        for value in values:
            if _is_large(value) and whole:
                yield from self._overflow(call, value)
                return

    @listens_to(TransformedCall)
    def overflow_traced(self, call: TransformedCall) -> Iterator[Finding]:
        """`step(x, 2**40)`, where `step` is jitted."""
        wrapper = call.transformed.transformation
        if not isinstance(wrapper, Wrapper) or wrapper.staging is not Staging.YES or not _makes_arrays(wrapper):
            return
        for value in call.traced:
            large = next((leaf for leaf in leaves(value) if _is_large(leaf)), None)
            if large is not None:
                yield from self._overflow(call, large)
                return

    @listens_to(LoopCall)
    def overflow_in_loop(self, call: LoopCall) -> Iterator[Finding]:
        """`jax.lax.fori_loop(0, n, body, 2**40)`."""
        if call.loop.staging is not Staging.YES or not _makes_arrays(call.loop):
            return
        large = next((leaf for operand in call.operands for leaf in leaves(operand) if _is_large(leaf)), None)
        if large is not None:
            yield from self._overflow(call, large)

    def _overflow(self, seen: Observation, value: Value) -> Iterator[Finding]:
        if isinstance(value, Const) and self.facts.x64_is_off(seen.frame.module_name):
            yield Finding(INT_OVERFLOW, seen.node, {"code": source_of(seen.node), "number": str(value.value)})


def _makes_arrays(row: Wrapper | Loop) -> bool:
    """Whether numbers that go in become arrays."""
    return row.hiding is Hiding.HIDDEN and row.leaves is Leaves.ALL


def _power(seen: Observation, base: Value, exponent: Value, node: nodes.NodeNG | None) -> Iterator[Finding]:
    if isinstance(base, Array) and _is_whole(base.dtype) and _is_negative(exponent):
        assert isinstance(exponent, Const)
        fills = {"code": source_of(seen.node), "dtype": str(base.dtype), "exponent": str(exponent.value)}
        yield Finding(NEGATIVE_POWER, seen.node, fills)
    elif isinstance(exponent, Array) and _is_whole(exponent.dtype) and _is_integer(base) and _is_negated(node):
        yield Finding(INTEGER_EXPONENT, seen.node, {"code": source_of(seen.node)})


def _exponent_node(node: nodes.NodeNG) -> nodes.NodeNG | None:
    return node.right if isinstance(node, nodes.BinOp) else None


def _is_negated(node: nodes.NodeNG | None) -> bool:
    return isinstance(node, nodes.UnaryOp) and node.op == "-"


def _is_whole(dtype: str | None) -> bool:
    return dtype is not None and dtype.startswith(_WHOLE)


def _is_negative(value: Value) -> bool:
    return isinstance(value, Const) and type(value.value) is int and value.value < 0


def _is_integer(value: Value) -> bool:
    match value:
        case Const(int() as number):
            return abs(number) != 1
        case Array(dtype=dtype):
            return dtype is not None and dtype.startswith(("int", "uint"))
    return False


def _has_fraction(value: Value) -> bool:
    match value:
        case Const(float() as number):
            return not number.is_integer()
        case Host(HostKind.FLOAT):
            return True
        case Array(dtype=dtype) | NumPyArray(dtype=dtype):
            return dtype is not None and dtype.startswith(("float", "bfloat"))
    return False


def _is_large(value: Value) -> bool:
    return isinstance(value, Const) and type(value.value) is int and not -(2**31) <= value.value < 2**31
