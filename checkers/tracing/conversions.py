"""Conversions: `float(x)`, `x.item()`, `math.sin(x)`, `np.sin(x)` need the number itself."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from jaxlint.model.schema import Reads
from jaxlint.rules import Because, Finding, Rule, Severity, because, is_hidden, is_tracer, listens_to, source_of
from jaxlint.trace.observations import Conversion, ConversionKind, Display, ItemWrite, LibraryCall, PythonIndex
from jaxlint.values import Array, NumPyArray, Tracing, Tree
from jaxlint.values.pytree import tracer_in

TRACED_CONVERSION = Rule(
    6406,
    "jax-traced-conversion",
    Severity.ERROR,
    "`{name}` needs the {wanted} of `{code}` {when}; {instead}",
    explanation="""A traced value is converted to a Python number or text.

What it does
Reports `int(x)`, `float(x)`, `bool(x)`, `complex(x)`, `x.item()`, `x.tolist()`, the functions of `math`,
`operator.index`, a format specification (`f"{x:.2f}"`, `"%.2f" % x`) and `hash` on a tracer.

Why
A tracer stands for a value that is not there yet, so there is no number to convert: ConcretizationTypeError,
TracerIntegerConversionError, TypeError. In traced code what `jnp` returns is a tracer even when only plain numbers
went in: `int(jnp.sqrt(4))` raises under jit. `float`, `math`, `tolist` and formatting raise under grad alone as well.

    @jax.jit
    def mean(x):
        return float(jnp.sum(x)) / x.shape[0]

Write instead
    jnp.sum(x) / x.shape[0]                    # an array calculates as it is
    x.astype(int), jnp.floor(x)
    jnp.sin(x), jnp.exp(x)                     # for math.sin, math.exp
    math.sqrt(x.shape[0])                      # shapes are plain numbers, so stay with math
    jax.debug.print("x = {x:.2f}", x=x)

When it stays silent
On static values, on concrete arrays of the enclosing scope, outside of traced code, in callbacks, on `str(x)` and a
plain `f"{x}"`, which run and show the tracer. Under grad alone `int` and `item` run: jax-gradient-cut.

References
https://docs.jax.dev/en/latest/errors.html#jax.errors.ConcretizationTypeError
https://docs.jax.dev/en/latest/errors.html#jax.errors.TracerIntegerConversionError
""",
)

GRADIENT_CUT = Rule(
    6413,
    "jax-gradient-cut",
    Severity.WARNING,
    "`{name}` makes a plain number of `{code}`, so the gradient through it is silently zero; calculate with the array, "
    "or say so with jax.lax.stop_gradient",
    explanation="""A differentiated value becomes a Python number.

What it does
Reports `int(x)` and `x.item()` of a floating-point tracer of grad, jvp or vjp alone.

Why
Under grad alone a tracer keeps its value, so the conversion runs; what comes out is a number that knows nothing of
`x`, and its part of the gradient is zero. (`float(x)` raises.)

    def loss(w):
        return w.item() * 2.0
    jax.grad(loss)(3.0)                        # 0.0

Write instead
    w * 2.0
    jnp.floor(w)
    int(jax.lax.stop_gradient(w))              # where no gradient is meant to flow

When it stays silent
On arguments that are not differentiated, on integers (`int(x.astype(int))`). Under jit it raises:
jax-traced-conversion.

References
https://docs.jax.dev/en/latest/automatic-differentiation.html
https://docs.jax.dev/en/latest/_autosummary/jax.lax.stop_gradient.html
""",
)

NUMPY_ON_TRACED = Rule(
    6407,
    "jax-numpy-on-traced",
    Severity.ERROR,
    "{what} makes a NumPy array of `{code}`, a tracer, which raises; {instead}",
    explanation="""NumPy or SciPy is given a traced value.

What it does
Reports NumPy and SciPy functions, NumPy scalar types, indexing a NumPy array by a tracer and writing a tracer into one.

Why
NumPy computes at once, on numbers. It asks the tracer for an array, and that raises TracerArrayConversionError, under
grad alone as well. Functions that only call the method of the same name (`np.sum`, `np.mean`, `np.reshape`, …) get the
tracer's own method, and run.

    @jax.jit
    def wave(x):
        return np.sin(x)

Write instead
    jnp.sin(x), jax.scipy.special.expit(x)
    jnp.asarray(TABLE)[i]
    out = jnp.zeros(3).at[0].set(x)
    jax.pure_callback(f, jax.ShapeDtypeStruct(x.shape, x.dtype), x)   # where only NumPy has it

When it stays silent
On static values, which NumPy is right for (`np.prod(x.shape)`), on operators between NumPy arrays and tracers, on
object arrays, outside of traced code, in callbacks. Functions that the model does not know are not reported.

References
https://docs.jax.dev/en/latest/errors.html#jax.errors.TracerArrayConversionError
https://docs.jax.dev/en/latest/external-callbacks.html
""",
)

NUMPY_SILENT = Rule(
    6414,
    "jax-numpy-silent",
    Severity.WARNING,
    "`{name}` cannot look at `{code}`, a tracer, and answers False whatever the values are; use {instead}",
    explanation="""A NumPy function answers wrongly for a tracer.

What it does
Reports `np.array_equal` and `np.array_equiv` of a traced value.

Why
They catch the error that the tracer raises, and return False: nothing tells that the answer is wrong.

    @jax.jit
    def same(x):
        return np.array_equal(x, x)            # False

Write instead
    jnp.array_equal(x, y), jnp.array_equiv(x, y)

When it stays silent
Outside of traced code, on static values, in callbacks.

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.array_equal.html
""",
)

RULES = (TRACED_CONVERSION, GRADIENT_CUT, NUMPY_ON_TRACED, NUMPY_SILENT)

_REFUSED_BY_EVERY_TRACER = frozenset({ConversionKind.FLOAT, ConversionKind.COMPLEX, ConversionKind.FORMAT})
_CUTS = frozenset({ConversionKind.INT, ConversionKind.METHOD})
_OF_GRADIENTS = frozenset({Tracing.PRIMAL, Tracing.TRACER})
"""A tracer of grad, whether or not the code around is compiled: then it raises."""

_INSTEAD = {
    ConversionKind.INT: "use astype(int), or a static value",
    ConversionKind.BOOL: "keep the array, or use jax.lax.cond",
    ConversionKind.INDEX: "use a static value",
    ConversionKind.FORMAT: "use jax.debug.print",
    ConversionKind.PERCENT: "use jax.debug.print",
    ConversionKind.METHOD: "keep the array, or convert what the traced function returned",
}


class ConversionListeners:
    """The rules about conversions."""

    @listens_to(Conversion)
    def conversion(self, conversion: Conversion) -> Iterator[Finding]:
        """Python or NumPy converts a value."""
        value = conversion.value
        leaf = value if isinstance(value, Array | Tree) else None
        if conversion.kind is ConversionKind.NUMPY:
            leaf = tracer_in(value)
            if leaf is not None:
                yield _on_numpy(conversion, f"`{conversion.name}`", because(conversion, leaf), conversion.name)
        elif conversion.kind is ConversionKind.HASH:
            if isinstance(value, Array):
                fills = _fills(conversion, "hash", "which arrays do not have", "use a static value, such as its shape")
                yield Finding(TRACED_CONVERSION, conversion.node, fills, because(conversion, value))
        elif leaf is not None and _is_refused(conversion, leaf):
            instead = _INSTEAD.get(conversion.kind, "calculate with the array, by the functions of jnp")
            not_yet, never = "while JAX traces, which is not there yet", "itself, which a tracer does not give"
            when = not_yet if is_hidden(leaf) else never
            yield Finding(
                TRACED_CONVERSION,
                conversion.node,
                _fills(conversion, "value", when, instead),
                because(conversion, leaf),
            )
        elif leaf is not None and conversion.kind in _CUTS and leaf.tracing in _OF_GRADIENTS and _may_be_real(leaf):
            fills = {"name": conversion.name, "code": _operand(conversion)}
            yield Finding(GRADIENT_CUT, conversion.node, fills, because(conversion, leaf))

    @listens_to(LibraryCall)
    def swallowed(self, call: LibraryCall) -> Iterator[Finding]:
        """A function that swallows the tracer's error."""
        if call.operation.reads is not Reads.SILENT:
            return
        for value in call.arguments.all_values():
            leaf = tracer_in(value)
            if leaf is not None:
                name = call.path.rsplit(".", 1)[-1]
                fills = {"name": f"np.{name}", "code": source_of(call.node), "instead": f"jnp.{name}"}
                yield Finding(NUMPY_SILENT, call.node, fills, because(call, leaf))
                return

    @listens_to(PythonIndex)
    def numpy_index(self, index: PythonIndex) -> Iterator[Finding]:
        """A tracer indexes a NumPy array."""
        if index.container is Display.NUMPY and not index.slicing and is_hidden(index.index):
            fills = {
                "what": f"`{source_of(index.node)}`",
                "code": "the index",
                "instead": "index a JAX array: jnp.asarray(table)[i]",
            }
            yield Finding(NUMPY_ON_TRACED, index.node, fills, because(index, index.index))

    @listens_to(ItemWrite)
    def numpy_write(self, write: ItemWrite) -> Iterator[Finding]:
        """A tracer is written into a NumPy array of numbers."""
        target, value = write.target, write.value
        if not isinstance(target, NumPyArray) or not isinstance(value, Array) or write.deletes:
            return
        refused = is_tracer(value) if target.dtype in ("float64", "float32") else is_hidden(value)
        if refused and target.dtype not in (None, "object"):
            fills = {
                "what": f"`{source_of(write.node)} = …`",
                "code": "the value",
                "instead": "build the array with jnp, and update it with .at[…].set",
            }
            yield Finding(NUMPY_ON_TRACED, write.node, fills, because(write, value))


def _is_refused(conversion: Conversion, leaf: Array | Tree) -> bool:
    if conversion.kind in _REFUSED_BY_EVERY_TRACER or conversion.name == "tolist":
        return is_tracer(leaf)
    if conversion.kind is ConversionKind.PERCENT and conversion.name[-1] in "eEfFgG":
        return is_tracer(leaf)
    if conversion.kind is ConversionKind.METHOD and isinstance(leaf, Tree):
        return False  # a registered class may have a method of that name
    return is_hidden(leaf)


def _may_be_real(leaf: Array | Tree) -> bool:
    """Whether the dtype may be one that gradients flow through; what is differentiated is real, and mostly stays so."""
    dtype = leaf.dtype if isinstance(leaf, Array) else None
    return dtype is None or "float" in dtype or "complex" in dtype


def _operand(conversion: Conversion) -> str:
    """The code of what is converted, where it is the first argument or the receiver."""
    node = conversion.node
    if conversion.kind is ConversionKind.METHOD:
        node = getattr(getattr(node, "func", None), "expr", node)
    elif conversion.kind is ConversionKind.FORMAT and hasattr(node, "value"):
        node = node.value
    elif isinstance(node, nodes.Call) and len(node.args) == 1:
        node = node.args[0]
    return source_of(node)


def _fills(conversion: Conversion, wanted: str, when: str, instead: str) -> dict[str, str]:
    code = _operand(conversion)
    return {"name": conversion.name, "wanted": wanted, "code": code, "when": when, "instead": instead}


def _on_numpy(conversion: Conversion, what: str, why: Because, name: str) -> Finding:
    module, _, function = name.rpartition(".")
    instead = f"use jnp.{function}" if module == "numpy" else "use jax.numpy or jax.scipy, or jax.pure_callback"
    code = _operand(conversion)
    return Finding(NUMPY_ON_TRACED, conversion.node, {"what": what, "code": code, "instead": instead}, why)
