"""Arrays: what is known of a `jax.Array`, a tracer, a NumPy array, a mutable array reference.

Three questions are kept apart (see "Traces differ" in the design): is the value a tracer; does the tracer hide its
value; is an array made here a tracer. The first two are answered by `Tracing`, the third by the context in which code
runs (`jaxlint.trace.context`).

    @jax.jit
    def f(x):        # x: hidden, `if x > 0` raises
        w            # a captured jax.Array: concrete, `float(w)` runs
    jax.grad(g)(x)   # inside g: primal, `if x > 0` runs and `float(x)` raises
"""

from __future__ import annotations

from dataclasses import field

from jaxlint.values.base import Answer, Value
from jaxlint.values.dependence import NOWHERE, Origin
from jaxlint.values.immutable import Symbol, immutable
from jaxlint.values.provenance import TraceEntry

Shape = tuple[int | None, ...]


class Tracing(Symbol):
    """What is known of an array's being a tracer."""

    CONCRETE = "concrete"
    PRIMAL = "primal"  # a tracer that keeps a concrete value: under grad, jvp, vjp, linearize alone
    HIDDEN = "traced"  # a tracer that hides its value: jit, vmap, scan, cond, checkpoint, ...
    TRACER = "tracer"  # a tracer, not known of which of the two sorts
    UNKNOWN = "maybe traced"

    @property
    def is_tracer(self) -> Answer:
        """Whether the value is a tracer."""
        if self is Tracing.CONCRETE:
            return Answer.NO
        return Answer.UNKNOWN if self is Tracing.UNKNOWN else Answer.YES

    @property
    def hides(self) -> Answer:
        """Whether Python cannot look at the value: `bool`, `int`, `range`, … raise."""
        if self is Tracing.HIDDEN:
            return Answer.YES
        return Answer.NO if self in (Tracing.CONCRETE, Tracing.PRIMAL) else Answer.UNKNOWN

    def join(self, other: Tracing) -> Tracing:
        """What holds of a value that has either."""
        if self is other:
            return self
        if self.is_tracer is Answer.YES and other.is_tracer is Answer.YES:
            return Tracing.TRACER
        return Tracing.UNKNOWN

    def with_operand(self, other: Tracing) -> Tracing:
        """What the result of an operation on two arrays is: as abstract as the more abstract of them."""
        if self is other:
            return self
        if Tracing.HIDDEN in (self, other):
            return Tracing.HIDDEN
        if Tracing.UNKNOWN in (self, other):
            # An operand that may hide its value makes a result that may; a known tracer stays one.
            known = other if self is Tracing.UNKNOWN else self
            return Tracing.TRACER if known.is_tracer is Answer.YES else Tracing.UNKNOWN
        if Tracing.TRACER in (self, other):
            return Tracing.TRACER
        return Tracing.PRIMAL if Tracing.PRIMAL in (self, other) else Tracing.CONCRETE


class KeyKind(Symbol):
    """Whether an array is a PRNG key, and of which sort."""

    TYPED = "key"
    RAW = "raw key"


@immutable(frozen=True, slots=True)
class Identity:
    """Which object a value is: a key, for counting how often it is consumed, or a buffer, for what becomes of it.

    Attributes:
        source: the place that made it (a node, or a tuple that starts with one), or a parameter slot of the function
            being summarised (an int).
        path: selects one key out of a batch, as in `split(key)[1]`.
        broadcast: True for a key that every lane of a map around gets alike; no part of equality.
        constant: True for a key made from a constant seed; no part of equality.
        repeated: True for what is made by code that runs once for many; no part of equality.
    """

    source: object
    path: tuple[int, ...] = ()
    broadcast: bool = field(default=False, compare=False)
    constant: bool = field(default=False, compare=False)
    repeated: bool = field(default=False, compare=False)

    def __getitem__(self, index: int) -> Identity:
        return Identity(self.source, (*self.path, index))

    def moved(self, source: object) -> Identity:
        """An object of the same sort, made elsewhere."""
        return Identity(source, (), self.broadcast, self.constant, self.repeated)

    def renamed(self, base: Identity) -> Identity:
        """The same part of another object, whose sort it has: one summary serves callers with keys of every sort."""
        return Identity(base.source, base.path + self.path, base.broadcast, base.constant, base.repeated)


@immutable(frozen=True, slots=True)
class Array(Value):
    """A `jax.Array`, or a tracer that stands for one.

    Attributes:
        tracing: whether it is a tracer, and whether that hides its value.
        shape: the sizes known, None for a size that is not; None when not even the rank is known.
        dtype: NumPy's name of the dtype ("float32") as it is while `jax_enable_x64` is off, or None.
        weak: whether the dtype is weakly typed, None when not known.
        key: set when it is a PRNG key or a batch of them.
        key_id: which key it is, None when it cannot be followed.
        why: the transformation that made it a tracer; no part of equality.
        buffer: which array it is, where that can be followed (outside of traces); never set for keys.
        plural: whether its size certainly is not one, although its shape is not known: `x > jnp.zeros(3)`.
        of: what it surely is computed from.
    """

    tracing: Tracing
    shape: Shape | None = None
    dtype: str | None = None
    weak: bool | None = None
    key: KeyKind | None = None
    key_id: Identity | None = None
    why: TraceEntry | None = field(default=None, compare=False)
    buffer: Identity | None = None
    plural: bool = False
    of: frozenset[Origin] = NOWHERE

    def __repr__(self) -> str:
        return f"{'Key' if self.key else 'Array'}({_aval(self.dtype, self.shape)}{self.tracing.value})"

    def with_buffer(self, buffer: Identity | None) -> Array:
        """The same array, known by this identity."""
        return Array(
            self.tracing, self.shape, self.dtype, self.weak, self.key, self.key_id, self.why, buffer, self.plural, self.of
        )

    @property
    def size(self) -> int | None:
        """The number of elements, when every axis is known."""
        if self.shape is None:
            return None
        size = 1
        for axis in self.shape:
            if axis is None:
                return None
            size *= axis
        return size


@immutable(frozen=True, slots=True)
class NumPyArray(Value):
    """A NumPy array or scalar: host data, mutable, never a tracer.

    `buffer` is the memory that it holds or views, where that can be followed: an array and its views have the same.
    """

    shape: Shape | None = None
    dtype: str | None = None
    buffer: Identity | None = None

    def __repr__(self) -> str:
        return f"NumPy({_aval(self.dtype, self.shape).removesuffix(', ')})"


@immutable(frozen=True, slots=True)
class Ref(Value):
    """A mutable array: `jax.new_ref`, a Pallas kernel's `Ref`. Reading it with `[...]` gives `content`.

    `collection` names the collection of variables in which a framework keeps it ("" for none, or not known which).
    `bare` says that it surely is one of JAX's own, which is no operand; those of frameworks may be.
    """

    content: Array
    collection: str = ""
    bare: bool = False

    def __repr__(self) -> str:
        return f"Ref({self.content!r})"


@immutable(frozen=True, slots=True)
class IndexUpdate(Value):
    """`x.at` or, with an index, `x.at[i]`: an update of `array` that waits for its method."""

    array: Value
    index: Value | None = None


_SHORT = {"float": "f", "int": "i", "uint": "u", "complex": "c", "bfloat": "bf"}


def _aval(dtype: str | None, shape: Shape | None) -> str:
    if dtype is None and shape is None:
        return ""
    name = dtype or "?"
    for long, short in _SHORT.items():
        if name.startswith(long) and name[len(long) :].isdigit():
            name = short + name[len(long) :]
    sizes = "…" if shape is None else ",".join("?" if n is None else str(n) for n in shape)
    return f"{name}[{sizes}], "
