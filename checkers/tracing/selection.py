"""Selection: `range(n)`, `items[i]`, `table[key]` need an integer or a hash."""

from __future__ import annotations

from collections.abc import Iterator

from jaxlint.rules import Finding, Rule, Severity, because, is_hidden, listens_to, source_of
from jaxlint.trace.observations import Display, PythonIndex, RangeBound
from jaxlint.values import Array

TRACED_RANGE = Rule(
    6403,
    "jax-traced-range",
    Severity.ERROR,
    "`{code}` needs its bounds while JAX traces, and one is a tracer, which has no value yet; use jax.lax.fori_loop or "
    "jax.lax.scan, or make the bound static",
    explanation="""`range` over a traced bound.

What it does
Reports `range` with a start, stop or step that is a tracer which hides its value, in a loop or elsewhere.

Why
A Python loop is unrolled while JAX traces, so the number of its rounds must be known then:
TracerIntegerConversionError.

    @jax.jit
    def power(x, n):
        y = 1.0
        for _ in range(n):
            y = y * x
        return y

Write instead
    jax.lax.fori_loop(0, n, lambda i, y: y * x, 1.0)
    jax.lax.scan(body, init, xs)
    @partial(jax.jit, static_argnames="n")                # unrolled, and compiled for each n

When it stays silent
On `len(x)`, shapes and static arguments, under grad alone, outside of traced code.

References
https://docs.jax.dev/en/latest/control-flow.html
https://docs.jax.dev/en/latest/errors.html#jax.errors.TracerIntegerConversionError
""",
)

TRACED_INDEX = Rule(
    6408,
    "jax-traced-index",
    Severity.ERROR,
    "{what} needs {wanted}, and `{code}` is {kind}; {instead}",
    explanation="""A traced value selects from a Python container.

What it does
Reports a tracer that hides its value as index or slice bound of a list, tuple or string, and a JAX array as key of a
dict or member of a set.

Why
Python's containers are indexed by integers and hashes. A tracer has no integer (TracerIntegerConversionError), and no
JAX array has a hash (TypeError).

    SCALES = [1.0, 2.0, 3.0]
    @jax.jit
    def f(x, i):
        return x * SCALES[i]

Write instead
    jnp.array(SCALES)[i]
    jnp.stack(arrays)[i]
    jax.lax.switch(i, functions, x)                       # for a list of functions
    table[int(i)]                                         # outside of traced code

When it stays silent
On arrays, which tracers do index; on static indices; under grad alone, whose integers keep their value; in callbacks.

References
https://docs.jax.dev/en/latest/errors.html#jax.errors.TracerIntegerConversionError
https://docs.jax.dev/en/latest/_autosummary/jax.lax.switch.html
""",
)

RULES = (TRACED_RANGE, TRACED_INDEX)

_INDEXED = frozenset({Display.LIST, Display.TUPLE, Display.STRING, Display.RANGE})
_HASHED = frozenset({Display.DICT, Display.SET})


class SelectionListeners:
    """The rules about integers and hashes."""

    @listens_to(RangeBound)
    def range_bound(self, bound: RangeBound) -> Iterator[Finding]:
        """A bound of `range`."""
        if is_hidden(bound.value):
            yield Finding(TRACED_RANGE, bound.node, {"code": source_of(bound.node)}, because(bound, bound.value))

    @listens_to(PythonIndex)
    def python_index(self, selection: PythonIndex) -> Iterator[Finding]:
        """A value selects from a Python container."""
        index = selection.index
        code = source_of(getattr(selection.node, "slice", selection.node))
        what = f"a {selection.container.value}"
        if selection.container in _INDEXED and is_hidden(index):
            kind = "a tracer, which has no value yet"
            instead = "index a JAX array made of it, or use jax.lax.switch"
            fills = {"what": what, "wanted": "an integer index", "code": code, "kind": kind, "instead": instead}
            yield Finding(TRACED_INDEX, selection.node, fills, because(selection, index))
        elif selection.container in _HASHED and isinstance(index, Array):
            kind = "a JAX array, which has no hash"
            instead = "use a static value, or index an array"
            fills = {"what": what, "wanted": "keys with a hash", "code": code, "kind": kind, "instead": instead}
            yield Finding(TRACED_INDEX, selection.node, fills, because(selection, index))
