"""Keywords that stand in JAX's signatures for NumPy's sake, and the values that raise.

`ANY` stands for every value but None.
"""

from __future__ import annotations

from collections.abc import Mapping

ANY: frozenset[object] = frozenset()

_SORTS: Mapping[str, frozenset[object]] = {"kind": ANY, "order": ANY}
_MEDIANS: Mapping[str, frozenset[object]] = {"overwrite_input": frozenset({True})}
_ORDERS: frozenset[object] = frozenset({"A", "K"})
_NOT_LEFT_ALONE: frozenset[object] = frozenset({"A", "C", "F"})

UFUNCS: Mapping[str, tuple[str, ...]] = {
    f"jax.numpy.{name}": ("*args", "out", "where")
    for name in (
        "add", "bitwise_and", "bitwise_or", "bitwise_xor", "logaddexp", "logaddexp2", "logical_and", "logical_or",
        "logical_xor", "maximum", "minimum", "multiply", "negative", "subtract",
    )
}  # fmt: skip
"""The objects of `jax.numpy.ufunc`, and what they take."""

_OF_FUNCTIONS: Mapping[str, Mapping[str, frozenset[object]]] = {
    "jax.numpy.array": {"order": _NOT_LEFT_ALONE},
    "jax.numpy.asarray": {"order": _NOT_LEFT_ALONE},
    "jax.numpy.sort": _SORTS,
    "jax.numpy.argsort": _SORTS,
    "jax.numpy.reshape": {"order": frozenset({"A"})},
    "jax.numpy.ravel": {"order": _ORDERS},
    "jax.numpy.take": {"mode": frozenset({"raise"})},
    "jax.numpy.median": _MEDIANS,
    "jax.numpy.nanmedian": _MEDIANS,
    "jax.numpy.quantile": _MEDIANS,
    "jax.numpy.nanquantile": _MEDIANS,
    "jax.numpy.percentile": _MEDIANS,
    "jax.numpy.nanpercentile": _MEDIANS,
    "jax.numpy.gradient": {"edge_order": ANY},
    "jax.numpy.meshgrid": {"copy": frozenset({False})},
    "jax.Array.sort": _SORTS,
    "jax.Array.argsort": _SORTS,
    "jax.Array.ravel": {"order": _ORDERS},
    "jax.Array.flatten": {"order": _ORDERS},
    "jax.Array.reshape": {"order": frozenset({"A"})},
}

REFUSED: Mapping[str, Mapping[str, frozenset[object]]] = {
    **_OF_FUNCTIONS, **{name: {"where": ANY} for name in UFUNCS}
}  # fmt: skip
"""By the public name of the function, or `jax.Array` and the method."""
