"""Functions that the user says are traced, because only the users of a library call them.

    assume-traced = ["mylib.losses.*"]

A function that is named so is walked as if it were under `jax.jit`, besides whatever calls of it are in view. What has a
default, or by its annotation is no array, stays as it is: `train: bool`, `axis=None`, `mode="same"`.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import Hiding, Selects, Staging, Wrapper
from jaxlint.trace.annotations import annotated
from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.values import Array, Const, Function, Instance, Tracing, Transformed, Tree, Tuple, Unknown, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jaxlint.trace.tracer import Tracer

def assumed(t: Tracer, functions: Iterable[Function]) -> list[Transformed]:
    """Those of the functions that a pattern names, put under a transformation."""
    return [_traced(t, function) for function in functions if _is_named(t, function)]


def _is_named(t: Tracer, function: Function) -> bool:
    closure = function.closure
    if not t.assume_traced or not isinstance(closure, Frame):
        return False
    name = function.node.qname()
    # `mylib.*` means what a module and its classes define; what a function makes inside has to be named to its end.
    is_nested = closure.kind is FrameKind.FUNCTION
    return any(
        fnmatchcase(name, pattern) and not (is_nested and pattern.rpartition(".")[2] != function.name)
        for pattern in t.assume_traced
    )


def _traced(t: Tracer, function: Function) -> Transformed:
    parameters = t.parameters(function.node)
    names = (*parameters.positional, *parameters.keyword_only)
    receiver = parameters.positional[:1] if function.owner is not None else ()
    optional = {name for name, _ in function.defaults}
    kept = [name for name in names if name in optional or name in receiver or not may_be_array(t, function, name)]
    return said_to_be_traced(function, "assume-traced", kept)


def said_to_be_traced(function: Function, by: str, kept: Iterable[str], staging: Staging = Staging.YES) -> Transformed:
    """A function as if under `jax.jit`, but for the parameters that stay what they are, because something says so."""
    under = Wrapper(by, Hiding.HIDDEN, staging, Selects.NOT_STATIC, caches=staging is Staging.YES, contract=True)
    module = function.closure.module_name if isinstance(function.closure, Frame) else ""
    return Transformed(under, function, (("static_argnames", Tuple(tuple(map(Const, kept)))),), function.node, module)


def may_be_array(t: Tracer, function: Function, name: str) -> bool:
    """Whether the annotation of a parameter lets it be an array; it does where there is none."""
    hint = t.parameters(function.node).annotations.get(name)
    if hint is None or not isinstance(function.closure, Frame):
        return True
    options = alternatives(annotated(t, function.closure, hint, Tracing.UNKNOWN))
    if any(isinstance(option, Unknown) for option in options):
        return not _is_plain(hint)
    return any(isinstance(option, Array | Tree | Instance | Tuple) for option in options)


def is_said_to_be_array(t: Tracer, function: Function, name: str) -> bool:
    """Whether a parameter is annotated as an array, and nothing else."""
    hint = t.parameters(function.node).annotations.get(name)
    if hint is None or not isinstance(function.closure, Frame):
        return False
    return isinstance(annotated(t, function.closure, hint, Tracing.UNKNOWN), Array)


def _is_plain(hint: nodes.NodeNG) -> bool:
    """Whether an annotation says that a value is no array: `int`, `Callable[…]`. A number may well be traced."""
    base = hint.value if isinstance(hint, nodes.Subscript) else hint
    return base.as_string().rpartition(".")[2] in {"bool", "int", "str", "bytes", "type", "Type", "Callable", "Literal"}
