"""Updates whose result is dropped: they do nothing, silently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import ArrayAttribute, Attr, KeyUse, Library, Operation
from jaxlint.rules import Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.binding import Arguments
from jaxlint.trace.frame import Frame
from jaxlint.trace.observations import Discarded
from jaxlint.values import NONE, UNKNOWN, Array, ArrayMethod, Const, External, IndexUpdate, NumPyArray, Tree, Unknown, Value
from jaxlint.values.pytree import leaves

DISCARDED_UPDATE = Rule(
    6104,
    "jax-discarded-update",
    Severity.WARNING,
    "`{code}` changes nothing: it returns a new array, which is dropped here; assign the result",
    explanation="""A new array is computed, and dropped.

What it does
Reports expression statements that only compute a new array: `x.at[i].set(v)` and the other updates, calls of pure
functions of `jax.numpy`, `jax.lax`, ... (`jnp.clip(x, 0, 1)`, `jnp.nan_to_num(x, copy=False)`), and methods of
arrays that return a new one, `x.sort()` among them.

Why
Nothing in JAX writes into an array. The result is dropped, `x` stays as it was, and no error tells so.

Write instead
    x = x.at[i].set(v)
    x = jnp.clip(x, 0.0, 1.0)
    x = x.sort()

When it stays silent
Functions of the program's own, jitted ones too, may be called for their effect or to be compiled. A call in the body
of a `try` with handlers, or of a `with` whose manager is not one of JAX's, may be there for its error
(`pytest.raises`) or its time. Mutable references are written to: `ref.at[i].set(v)` is no update of an array. A
result that is bound to a name, `_` included, is not dropped.

References
https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html
https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html#pure-functions
""",
)

_UPDATES = frozenset({"set", "add", "subtract", "mul", "multiply", "div", "divide", "power", "min", "max", "apply", "get"})
"""The methods of `x.at[i]`. https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html"""

_NO_COMPUTATION = Attr.CONVERTS | Attr.MISSING | Attr.MISSING_ON_TRACER
"""Methods that wait for the value, raise, or concern the device."""


class DiscardedUpdates:
    """61: what is computed and dropped."""

    rules: ClassVar[tuple[Rule, ...]] = (DISCARDED_UPDATE,)

    @listens_to(Discarded)
    def update(self, dropped: Discarded) -> Iterator[Finding]:
        """An expression statement that calls something pure."""
        if dropped.arguments is None or _is_there_for_more(dropped.frame, dropped.node):
            return
        match dropped.callee:
            case ArrayMethod(receiver=IndexUpdate(array=Array(), index=Value()), name=name):
                pure = name in _UPDATES
            case ArrayMethod(receiver=Array(), meaning=ArrayAttribute() as method):
                pure = Attr.METHOD in method.flags and method.pure and not method.flags & _NO_COMPUTATION
            case External(meaning=Operation() as function):
                pure = _is_dropped_computation(function, dropped.arguments)
            case _:
                pure = False
        if pure and _is_accepted(dropped.arguments):
            yield Finding(DISCARDED_UPDATE, dropped.node, {"code": source_of(dropped.node)})


def _is_dropped_computation(function: Operation, arguments: Arguments) -> bool:
    """Whether the call computes something from data and does nothing else; a dropped key is a rule of its own."""
    if function.library is not Library.JAX or not function.pure or function.key in (KeyUse.SPLITS, KeyUse.FOLDS):
        return False
    if function.refuses_inplace and arguments.keyword("inplace") != Const(False):
        return False  # raises
    data = (leaf for value in arguments.all_values() for leaf in leaves(value))
    return any(isinstance(leaf, Array | Tree | NumPyArray | Unknown) for leaf in data)


def _is_accepted(arguments: Arguments) -> bool:
    """Whether the call returns: `out=` is refused."""
    return arguments.keyword("out") in (None, NONE, UNKNOWN)


def _is_there_for_more(frame: Frame, node: nodes.NodeNG) -> bool:
    """Whether the statement may be there for its error or its time: it stands in a `try` or `with` of the same body."""
    inner, outer = node, node.parent
    while outer is not None and not isinstance(outer, nodes.FunctionDef | nodes.Lambda | nodes.ClassDef):
        if isinstance(outer, nodes.Try) and outer.handlers and inner in outer.body:
            return True
        if isinstance(outer, nodes.With) and not all(_is_of_jax(frame, manager) for manager, _ in outer.items):
            return True
        inner, outer = outer, outer.parent
    return False


def _is_of_jax(frame: Frame, manager: nodes.NodeNG) -> bool:
    """Whether a context manager is one of JAX's that handle no errors and take no time: `jax.named_scope(…)`."""
    path = _path(frame, manager.func if isinstance(manager, nodes.Call) else manager)
    return path is not None and path.startswith("jax.") and not path.startswith("jax.profiler.")


def _path(frame: Frame, node: nodes.NodeNG) -> str | None:
    """The dotted name of a library's function, None for all else."""
    match node:
        case nodes.Name(name=name):
            value = frame.lookup(name)
            return value.path if isinstance(value, External) else None
        case nodes.Attribute(expr=expr, attrname=name):
            holder = _path(frame, expr)
            return None if holder is None else f"{holder}.{name}"
    return None


__all__ = ["DISCARDED_UPDATE", "DiscardedUpdates"]
