"""Sizes: shapes, axes and counts are Python numbers, and what comes out must have a shape before there are values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.rules import Finding, Rule, Severity, because, is_hidden, listens_to, source_of
from jaxlint.trace.binding import Arguments
from jaxlint.trace.observations import LibraryCall, MethodCall
from jaxlint.values import NONE, Value

from .parts import float_part, hidden_part

TRACED_SHAPE = Rule(
    6501,
    "jax-traced-shape",
    Severity.ERROR,
    "`{code}` needs its `{parameter}` while JAX traces, and gets a tracer; make it static, or take the largest size and "
    "mask the rest",
    explanation="""A traced value is a shape, a size or an axis.

What it does
Reports a tracer at a position of a jax function or array method that must be known while tracing: the shape of `zeros`,
`full`, `reshape`, `broadcast_to` and `random.normal`, the bounds of `arange`, `num` of `linspace`, `N` of `eye`, `reps`
of `tile`, `num_classes` of `one_hot`, the sections of `split`, an `axis`.

Why
A program is compiled for shapes. A tracer has no value when the shape is needed: TypeError, or ConcretizationTypeError.

    @jax.jit
    def ramp(x, n):
        return x[:3] * jnp.arange(n)

Write instead
    @functools.partial(jax.jit, static_argnames="n")      # one compilation for each n
    jnp.arange(x.shape[0])                                # shapes are static
    jnp.where(jnp.arange(MOST) < n, jnp.arange(MOST), 0)  # one size for all, the rest masked

When it stays silent
On shapes, `len(x)`, `x.ndim` and static arguments, which are Python numbers while tracing; under grad alone, where values
are there.

References
https://docs.jax.dev/en/latest/errors.html#jax.errors.ConcretizationTypeError
https://docs.jax.dev/en/latest/jit-compilation.html#marking-arguments-as-static
""",
)

DYNAMIC_OUTPUT_SHAPE = Rule(
    6503,
    "jax-dynamic-output-shape",
    Severity.ERROR,
    "the size of what `{code}` returns hangs on traced values; give it with {given}=, or use a mask",
    explanation="""The size of a result hangs on traced values.

What it does
Reports `nonzero`, `where` with one argument, `argwhere`, `flatnonzero`, `unique`, `union1d`, `intersect1d`, `setdiff1d`,
`extract`, `compress`, `repeat`, `bincount` and their like on a tracer, without the argument that fixes the size.

Why
How many elements are not zero is not known before there are values, and a program is compiled for shapes:
ConcretizationTypeError.

    @jax.jit
    def first_hits(x):
        return jnp.nonzero(x > 0)[0]

Write instead
    jnp.nonzero(x > 0, size=8, fill_value=-1)[0]
    jnp.where(x > 0, x, 0.0)                       # three arguments: the shape of x
    jnp.repeat(x, counts, total_repeat_length=16)
    jnp.bincount(labels, length=10)

When it stays silent
Where the size is given; on concrete arrays; outside of traced code; under grad alone.

References
https://docs.jax.dev/en/latest/errors.html#jax.errors.ConcretizationTypeError
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.nonzero.html
""",
)

FLOAT_SHAPE = Rule(
    6506,
    "jax-float-shape",
    Severity.ERROR,
    "`{code}` is given a float in its shape, and a shape is made of integers; use `//`, or int(…)",
    explanation="""A shape has a float in it.

What it does
Reports a float as a shape, or as an entry of one: of `zeros`, `ones`, `full`, `reshape`, `broadcast_to`, of the functions of
`jax.random`, of arrays' own `reshape`.

Why
`n / 2` is a float in Python, also where it comes out even, and JAX takes no float for a size, not even `2.0`: TypeError.

    def halves(x):
        return x.reshape(2, x.shape[0] / 2)

Write instead
    x.reshape(2, x.shape[0] // 2)
    jnp.zeros(int(0.5 * n))
    jnp.zeros(math.ceil(n / 2))

When it stays silent
On integers; where it is not certain that the number is a float, as for an argument that nobody is seen to give; for the
bounds of `arange`, which may be floats.

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.zeros.html
https://docs.python.org/3/reference/expressions.html#binary-arithmetic-operations
""",
)

_SHAPE = "shape"
"""The name of the parameter that is a shape, in the rows of all functions that take one."""


class SizeListeners:
    """The rules about sizes."""

    rules: ClassVar[tuple[Rule, ...]] = (TRACED_SHAPE, DYNAMIC_OUTPUT_SHAPE, FLOAT_SHAPE)

    @listens_to(LibraryCall)
    def static_parameter(self, call: LibraryCall) -> Iterator[Finding]:
        """A tracer where a function wants a Python value, a float where it wants the integers of a shape."""
        yield from _wrong_sizes(call, call.operation.parameters, call.operation.static)

    @listens_to(MethodCall)
    def static_parameter_of_a_method(self, call: MethodCall) -> Iterator[Finding]:
        """The same where a method of an array wants them."""
        if call.meaning is not None:
            yield from _wrong_sizes(call, call.meaning.parameters, call.meaning.static)

    @listens_to(LibraryCall)
    def unknown_size(self, call: LibraryCall) -> Iterator[Finding]:
        """A function whose result has as many elements as the values say."""
        row = call.operation
        if any(call.arguments.named(row.parameters, name) not in (None, NONE) for name in row.only_with):
            return
        named = [call.arguments.named(row.parameters, name) for name in row.sized_from]
        sources = named or list(call.arguments.positional)
        yield from _unsized(call, row.parameters, row.sized_by, sources)

    @listens_to(MethodCall)
    def unknown_size_of_a_method(self, call: MethodCall) -> Iterator[Finding]:
        """A method of an array that does."""
        row = call.meaning
        if row is None:
            return
        given = (call.receiver if name == "self" else call.arguments.named(row.parameters, name) for name in row.sized_from)
        yield from _unsized(call, row.parameters, row.sized_by, list(given))


def _wrong_sizes(call: LibraryCall | MethodCall, parameters: tuple[str, ...], static: tuple[str, ...]) -> Iterator[Finding]:
    if _SHAPE in static and any(map(float_part, _arguments(parameters, _SHAPE, call.arguments))):
        yield Finding(FLOAT_SHAPE, call.node, {"code": source_of(call.node)})
    for name in static:
        for value in _arguments(parameters, name, call.arguments):
            part = hidden_part(value)
            if part is not None:
                fills = {"code": source_of(call.node), "parameter": name}
                yield Finding(TRACED_SHAPE, call.node, fills, because(call, part))
                return


def _arguments(parameters: tuple[str, ...], name: str, arguments: Arguments) -> Iterator[Value]:
    """What is given for a parameter; several values for one that takes the rest."""
    rest = f"*{name}"
    if rest in parameters:
        yield from arguments.positional[parameters.index(rest) :]
    elif (value := arguments.named(parameters, name)) is not None:
        yield value


def _unsized(
    call: LibraryCall | MethodCall, parameters: tuple[str, ...], sized_by: str, sources: list[Value | None]
) -> Iterator[Finding]:
    if not sized_by or call.arguments.named(parameters, sized_by) not in (None, NONE):
        return
    for source in sources:
        if source is not None and is_hidden(source):
            fills = {"code": source_of(call.node), "given": sized_by}
            yield Finding(DYNAMIC_OUTPUT_SHAPE, call.node, fills, because(call, source))
            return
