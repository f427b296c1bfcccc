"""Keywords that stand in JAX's signatures for NumPy's sake, and the values that raise.

`ANY` stands for every value but None.
"""

from __future__ import annotations

from collections.abc import Mapping

ANY: frozenset[object] = frozenset()

_SORTS = {"kind": ANY, "order": ANY}
_MEDIANS = {"overwrite_input": frozenset({True})}
_ORDERS = frozenset({"A", "K"})

UFUNCS: Mapping[str, tuple[str, ...]] = {
    f"jax.numpy.{name}": ("*args", "out", "where")
    for name in (
        "add", "bitwise_and", "bitwise_or", "bitwise_xor", "logaddexp", "logaddexp2", "logical_and", "logical_or",
        "logical_xor", "maximum", "minimum", "multiply", "negative", "subtract",
    )
}  # fmt: skip
"""The objects of `jax.numpy.ufunc`, and what they take."""

REFUSED: Mapping[str, Mapping[str, frozenset[object]]] = {
    "jax.numpy.array": {"order": frozenset({"A", "C", "F"})},
    "jax.numpy.asarray": {"order": frozenset({"A", "C", "F"})},
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
} | {name: {"where": ANY} for name in UFUNCS}
"""By the public name of the function, or `jax.Array` and the method."""
