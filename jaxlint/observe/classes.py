"""What a value is to JAX, and whether a trace is open: the one module that asks JAX's internals."""

from __future__ import annotations

import types

import jax
import numpy
from jax._src import core

from jaxlint.observe.sites import Held

_PLAIN = frozenset({int, float, complex, bool, str, bytes, type(None), type, types.FunctionType, types.ModuleType})
"""Types whose values need no look: no array, and no pytree that could hold one."""


def held_by(value: object) -> Held:
    """The class of a value: that of its worst leaf as a pytree. What is no pytree is static, whatever it holds."""
    kind = type(value)
    if kind in _PLAIN:
        return Held.STATIC
    if isinstance(value, jax.Array | numpy.ndarray | numpy.generic):
        return _of_leaf(value)
    return Held.worst({_of_leaf(leaf) for leaf in jax.tree_util.tree_leaves(value)})


def _of_leaf(leaf: object) -> Held:
    if isinstance(leaf, jax.core.Tracer):
        return Held.CONCRETE_TRACER if core.is_concrete(leaf) else Held.TRACED
    if isinstance(leaf, jax.Array):
        return Held.ARRAY
    return Held.NUMPY if isinstance(leaf, numpy.ndarray | numpy.generic) else Held.STATIC


def trace_is_open() -> bool:
    """Whether JAX traces here so that values are hidden: `jit`, `vmap`, `scan`, …; not under `grad` or `jvp` alone."""
    trace = core.trace_ctx.trace
    while trace is not None:
        if isinstance(trace, core.EvalTrace):
            return False
        parent = getattr(trace, "parent_trace", None)
        if not type(trace).__name__.startswith(("JVP", "Linearize")):
            return True
        trace = parent
    return False


def is_staged() -> bool:
    """Whether what runs here is recorded to run later, maybe often: `jit`, `scan`, …; not under `vmap` or `grad` alone."""
    trace = core.trace_ctx.trace
    while trace is not None:
        if type(trace).__name__.startswith("DynamicJaxpr"):
            return True
        trace = getattr(trace, "parent_trace", None)
    return False
