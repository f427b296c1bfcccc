"""Caches and handlers: a tracer has no hash, and raises no error of the data."""

from __future__ import annotations

from collections.abc import Iterator

from astroid import nodes

from jaxlint.model.schema import Library
from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace.observations import (
    BinaryOperation,
    CachedCall,
    ExceptionGuard,
    ItemRead,
    LibraryCall,
    MethodCall,
    Observation,
)
from jaxlint.values import Answer, Array, Function, Tree, Tuple, Value

CACHED_TRACED = Rule(
    6310,
    "jax-cached-traced",
    Severity.ERROR,
    "`{name}` looks its arguments up in a cache, and `{code}` is a JAX array, which has no hash; take the cache away, "
    "or give it static values only",
    explanation="""A cached function is called with an array.

What it does
Reports calls of functions under `functools.cache` and `functools.lru_cache` with a tracer or another JAX array.

Why
The cache is a dict whose keys are the arguments, and a JAX array has no hash, traced or not: TypeError.

    @functools.cache
    def kernel(x):
        return jnp.exp(-x**2)
    @jax.jit
    def f(x):
        return kernel(x)

Write instead
    def kernel(x): ...                                    # jit keeps the compiled code anyway
    @functools.cache
    def table(n): return np.exp(-np.arange(n) ** 2)       # static arguments, and NumPy

When it stays silent
On static arguments, shapes and dtypes, and where it is not known that an argument is an array.

References
https://docs.python.org/3/library/functools.html#functools.cache
https://docs.jax.dev/en/latest/key-concepts.html#tracing
""",
)

EXCEPT_IN_TRACED = Rule(
    6311,
    "jax-except-in-traced",
    Severity.WARNING,
    "traced `{code}` never raises {error}, so the handler never runs; choose with jnp.where, or use "
    "jax.experimental.checkify",
    explanation="""A handler waits for an error of the data.

What it does
Reports `except` for ZeroDivisionError, FloatingPointError, OverflowError, ArithmeticError, IndexError or LinAlgError
around computations with traced values that would be their only source.

Why
When the `try` runs, JAX traces, and there are no values that could be wrong. When the compiled function runs, the
`try` is over; it gives inf, NaN or a clamped index instead.

    @jax.jit
    def ratio(x, y):
        try:
            return x / y
        except ZeroDivisionError:
            return 0.0

Write instead
    jnp.where(y == 0, 0.0, x / jnp.where(y == 0, 1.0, y))
    checkify.checkify(ratio, errors=checkify.float_checks)

When it stays silent
On Python numbers, lists and shapes, whose errors are raised while tracing; on errors of structure such as KeyError and
TypeError; where the body calls functions that may raise the error themselves; in callbacks.

References
https://docs.jax.dev/en/latest/debugging/checkify_guide.html
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#out-of-bounds-indexing
""",
)

RULES = (CACHED_TRACED, EXCEPT_IN_TRACED)

_DIVISIONS = frozenset({"/", "//", "%"})
_ARITHMETIC = frozenset({*_DIVISIONS, "+", "-", "*", "**", "@"})
_OF_ARITHMETIC = frozenset({"FloatingPointError", "OverflowError", "ArithmeticError"})


class CachingListeners:
    """The rules about caches and handlers."""

    @listens_to(CachedCall)
    def cached(self, call: CachedCall) -> Iterator[Finding]:
        """A cached function is called."""
        name = call.function.name if isinstance(call.function, Function) else "the function"
        for value in call.arguments.all_values():
            array = _array_in_key(value)
            if array is not None:
                fills = {"name": name, "code": _passed(call, value)}
                yield Finding(CACHED_TRACED, call.node, fills, because(call, array))
                return

    @listens_to(ExceptionGuard)
    def handler(self, guard: ExceptionGuard) -> Iterator[Finding]:
        """An `except` clause."""
        sources: list[nodes.NodeNG] = []
        for path in guard.names:
            found = _sources(path.rsplit(".", 1)[-1], guard)
            if not found:
                return
            sources += found
        error = " or ".join(path.rsplit(".", 1)[-1] for path in guard.names)
        first = min(sources, key=lambda node: (node.lineno, node.col_offset))
        seen = next(o for o in guard.body if o.node is first)
        fills = {"code": source_of(first), "error": error}
        yield Finding(EXCEPT_IN_TRACED, guard.node, fills, because(guard, _value_of(seen)))


def _array_in_key(value: Value) -> Array | Tree | None:
    """An array in an argument as `hash` reaches it. No pytree of tracers has a hash, unless it is empty."""
    match value:
        case Array():
            return value
        case Tree(tracing):
            return value if tracing.is_tracer is Answer.YES else None
        case Tuple(items):
            return next((found for found in map(_array_in_key, items) if found is not None), None)
    return None


def _passed(call: CachedCall, value: Value) -> str:
    given = getattr(call.node, "args", ())
    values = call.arguments.positional[-len(given) :] if given else ()
    for node, passed in zip(given, values, strict=False):
        if passed is value:
            return source_of(node)
    for name, passed in call.arguments.keywords:
        if passed is value:
            return name
    return source_of(call.node)


def _sources(error: str, guard: ExceptionGuard) -> list[nodes.NodeNG]:
    """Traced computations that look like sources of the error; none where something else may raise it."""
    kinds = [(seen.node, _may_seem_to_raise(seen, error)) for seen in guard.body]
    traced = {node for node, seems in kinds if seems}
    harmless = {seen.node for seen in guard.body if _is_of_jax(seen)}
    for node in _expressions(guard.statement):
        match node:
            case nodes.Call() if node not in harmless:
                return []
            case nodes.BinOp() if error != "IndexError" and node not in traced and node.op in _DIVISIONS:
                return []
            case nodes.Subscript() if error == "IndexError" and node not in traced:
                return []
            case nodes.AugAssign():
                return []
    return list(traced)


def _expressions(statement: nodes.Try | nodes.TryStar) -> Iterator[nodes.NodeNG]:
    for child in statement.body:
        yield from child.nodes_of_class((nodes.Call, nodes.BinOp, nodes.Subscript, nodes.AugAssign))


def _value_of(seen: Observation) -> Value:
    match seen:
        case BinaryOperation(result=result) | LibraryCall(result=result) | MethodCall(result=result):
            return result
        case ItemRead(target=target):
            return target
    raise AssertionError(seen)


def _is_tracer(value: Value) -> bool:
    return isinstance(value, Array) and value.tracing.is_tracer is Answer.YES


def _is_of_jax(seen: Observation) -> bool:
    match seen:
        case LibraryCall(operation=operation):
            return operation.library is Library.JAX
        case MethodCall():
            return True
    return False


def _may_seem_to_raise(seen: Observation, error: str) -> bool:
    """Whether a reader may think that this raises the error, which it does not on a tracer."""
    value = _value_of(seen)
    if not _is_tracer(value):
        return isinstance(seen, ItemRead) and error == "IndexError" and _is_tracer(seen.index)
    match seen:
        case BinaryOperation(operator=operator):
            if error == "ZeroDivisionError":
                return operator in _DIVISIONS
            return error in _OF_ARITHMETIC and operator in _ARITHMETIC
        case ItemRead():
            return error == "IndexError"
        case LibraryCall(path=path) if _is_of_jax(seen):
            if error == "LinAlgError":
                return ".linalg." in path
            return error in _OF_ARITHMETIC
    return False
