"""What is taken for a key and is none, keys of the old kind, and random numbers without keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from jaxlint.model.schema import ClassKind, Effect, HostResult, KeyResult, KeyUse, LibraryClass
from jaxlint.rules import Finding, Rule, Severity, because, chain, listens_to, source_of
from jaxlint.trace.frame import Frame
from jaxlint.trace.liveness import unread_names
from jaxlint.trace.observations import BinaryOperation, ItemRead, LibraryCall
from jaxlint.values import (
    HOST_INT,
    TRUE,
    Array,
    Const,
    External,
    Host,
    HostKind,
    Instance,
    KeyKind,
    List,
    NumPyArray,
    Slice,
    TraceEntry,
    Tuple,
    TupleOf,
    Value,
)
from jaxlint.values.provenance import entries

GLOBAL_RNG = Rule(
    6201,
    "jax-global-rng",
    Severity.WARNING,
    "`{code}` draws once, while tracing, and is a constant from then on; use jax.random with a key argument",
    explanation="""Traced code draws from a generator of the host.

What it does
Reports draws from `numpy.random`, `random`, `secrets`, `uuid` and `os.urandom` in traced code, from generators made
outside (`default_rng()`, `RandomState`) as well.

Why
A traced function runs once. What these draw is a number like any other, and becomes a constant of the compiled
program; under `vmap`, `scan` and `map` one draw serves all lanes and steps.

Write instead
    @jax.jit
    def noisy(key, x):
        return x + jax.random.normal(key, x.shape)

When it stays silent
Host code of callbacks runs each time. Under `grad` alone the function runs at each call. A generator that is made
from a seed inside of the traced code gives the same numbers without any trace. What nobody reads, and
bytes and text that are only compared, are no constants of the program.

References
https://docs.jax.dev/en/latest/random-numbers.html
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#pure-functions
""",
)

MISSING_KEY = Rule(
    6205,
    "jax-missing-key",
    Severity.ERROR,
    "`{code}` needs one key as its first argument, and {got}: {write}",
    explanation="""A function of jax.random gets no key.

What it does
Reports functions of `jax.random` called without a key, with something else in its place (a shape, a number, None, a
NumPy generator), or with an array of keys where one is wanted.

Why
A key is a typed key of shape (), or a uint32 array of shape (2,). Everything else raises TypeError, a batch of keys
ValueError.

Write instead
    jax.random.normal(key, (3,))                 # np.random.normal(0, 1, (3,))
    jax.random.uniform(key, minval=0, maxval=1)  # np.random.uniform(0, 1)
    key, subkey = jax.random.split(key)          # split gives an array of keys: unpack or index it
    jax.vmap(jax.random.normal)(keys)            # one draw for each key

When it stays silent
Where it is not known what is passed.

References
https://docs.jax.dev/en/latest/jax.random.html
""",
)

LEGACY_KEY = Rule(
    6206,
    "jax-legacy-key",
    Severity.REFACTOR,
    "`{code}` {what}; use typed keys: jax.random.key, and key_data where the words are meant",
    explanation="""A raw key is made, or treated as data.

What it does
Reports `jax.random.PRNGKey`, and arithmetic on and indexing into the raw keys that it makes. Off by default.

Why
A raw key is an array of integers. Nothing keeps it from being added to, indexed, cast or mixed up with data, JAX's
checker of key reuse ignores it, and it carries no name of its algorithm.

Write instead
    key = jax.random.key(0)
    words = jax.random.key_data(key)

When it stays silent
For keys of which it is not known who made them.

References
https://docs.jax.dev/en/latest/jep/9263-typed-keys.html
""",
    default=False,
)

KEY_ARITHMETIC = Rule(
    6208,
    "jax-key-arithmetic",
    Severity.ERROR,
    "`{code}` treats a key as data, which raises: {write}",
    explanation="""A typed key is treated as data.

What it does
Reports arithmetic on typed keys (`key + 1`), and an index into a single one (`key[0]`).

Why
A typed key is no array of integers: arithmetic raises TypeError, and since its shape is () an index raises
IndexError.

Write instead
    jax.random.fold_in(key, step)       # key + step
    first, second = jax.random.split(key)
    jax.random.key_data(key)            # the words, if they are meant

When it stays silent
Comparing keys, stacking them, and indexing an array of keys are fine. On raw keys (`PRNGKey`) arithmetic runs: see
jax-legacy-key.

References
https://docs.jax.dev/en/latest/jep/9263-typed-keys.html
""",
)

_ONE_SHAPE = {KeyKind.TYPED: 0, KeyKind.RAW: 1}
"""The rank of a single key."""


class KeyMaking:
    """62: what is a key, and what is none."""

    rules: ClassVar[tuple[Rule, ...]] = (GLOBAL_RNG, MISSING_KEY, LEGACY_KEY, KEY_ARITHMETIC)

    @listens_to(LibraryCall)
    def global_rng(self, call: LibraryCall) -> Iterator[Finding]:
        """`np.random.normal()` in traced code."""
        operation = call.operation
        if operation.effect is not Effect.GLOBAL_RNG or (operation.result == HostResult(None) and not operation.writes):
            return
        entry = _run_once_by(call.frame)
        if entry is not None and not _is_seeded_here(call) and not _is_mark(call):
            yield Finding(GLOBAL_RNG, call.node, {"code": source_of(call.node)}, chain(call.frame, entry))

    @listens_to(LibraryCall)
    def key_argument(self, call: LibraryCall) -> Iterator[Finding]:
        """`jax.random.normal((3,))`."""
        if call.operation.key not in (KeyUse.DRAWS, KeyUse.SPLITS, KeyUse.FOLDS):
            return
        key = call.arguments.get(0, call.operation.key_parameter)
        if key is not None and call.operation.seeds:
            return
        got = "got none" if key is None else _no_key(key)
        if got is not None:
            many = isinstance(key, Array) and key.key is not None
            write = "unpack or index it, or map over it with jax.vmap" if many else "pass a key first"
            yield Finding(MISSING_KEY, call.node, {"code": call.path, "got": got, "write": write})

    @listens_to(LibraryCall)
    def legacy_key(self, call: LibraryCall) -> Iterator[Finding]:
        """`PRNGKey(0)`."""
        if isinstance(call.operation.result, KeyResult) and call.operation.result.raw:
            yield Finding(LEGACY_KEY, call.node, {"code": source_of(call.node), "what": "makes a raw key"})

    @listens_to(BinaryOperation)
    def arithmetic(self, operation: BinaryOperation) -> Iterator[Finding]:
        """`key + 1`."""
        for operand in (operation.left, operation.right):
            if isinstance(operand, Array) and operand.key is not None and operation.operator not in ("==", "!="):
                yield from self._as_data(operation, operand, "use fold_in or split", "computes with a raw key")
                return

    @listens_to(ItemRead)
    def index(self, read: ItemRead) -> Iterator[Finding]:
        """`key[0]`."""
        key = read.target
        if not isinstance(key, Array) or key.key is None or key.shape is None or not _selects(read.index):
            return
        if len(key.shape) == _ONE_SHAPE[key.key]:
            write = "use split for more keys, or key_data for its words"
            yield from self._as_data(read, key, write, "indexes into a raw key")

    def _as_data(self, seen: BinaryOperation | ItemRead, key: Array, write: str, what: str) -> Iterator[Finding]:
        code = source_of(seen.node)
        if key.key is KeyKind.RAW:
            yield Finding(LEGACY_KEY, seen.node, {"code": code, "what": what})
        elif key.key is KeyKind.TYPED:
            yield Finding(KEY_ARITHMETIC, seen.node, {"code": code, "write": write}, because(seen, key))


def _run_once_by(frame: Frame) -> TraceEntry | None:
    """The innermost transformation around that runs its function once for many, None when there is none."""
    return next((entry for entry in entries(frame.context.entry) if entry.hides), None)


def _is_seeded_here(call: LibraryCall) -> bool:
    """Whether the generator was made from a seed in this trace: it would give the same numbers without any."""
    match call.receiver:
        case Instance(made=int() as made, fields=fields):
            return made >= call.frame.context.depth and fields.get("seeded") == TRUE
    return False


def _is_mark(call: LibraryCall) -> bool:
    """Whether what is drawn goes nowhere, or is text or bytes that something is to be told apart by."""
    is_text = call.operation.result in (HostResult(HostKind.STR), HostResult(HostKind.BYTES))
    return bool(unread_names(call.node, comparing=not is_text))


def _no_key(value: Value) -> str | None:
    """What a value is that surely is no key; None when it may be one."""
    match value:
        case Array(key=KeyKind() as kind, shape=shape) if shape is not None and len(shape) > _ONE_SHAPE[kind]:
            return "got an array of keys"
        case Array(key=None, dtype=str() as dtype) if dtype != "uint32":
            return "got data"
        case NumPyArray(dtype=str() as dtype) if dtype != "uint32":
            return "got a NumPy array"
        case Const(None):
            return "got None"
        case Const(constant):
            return f"got {constant!r}"
        case Host(kind) if kind is not HostKind.OBJECT:
            return f"got {'a' if kind is not HostKind.INT else 'an'} {kind.value}"
        case Tuple() | TupleOf():
            return "got a tuple"
        case List():
            return "got a list"
        case Instance(cls=External(meaning=LibraryClass(kind=ClassKind.GENERATOR))):
            return "got a generator"
    return None


def _selects(index: Value) -> bool:
    """Whether an index takes something out of an axis: an integer or a slice."""
    parts = index.items if isinstance(index, Tuple) else (index,)
    return any(
        isinstance(part, Slice) or part == HOST_INT or (isinstance(part, Const) and isinstance(part.value, int))
        for part in parts
    )


__all__ = ["GLOBAL_RNG", "KEY_ARITHMETIC", "LEGACY_KEY", "MISSING_KEY", "KeyMaking"]
