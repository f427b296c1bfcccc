"""Whether a result equals the reference's: pytrees leaf by leaf, or random results by their moments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from jaxlint.verify.expect import Close

TOLERANCES = {1: (1e-1, 1e-1), 2: (1e-2, 1e-2), 4: (1e-5, 1e-5), 8: (1e-10, 1e-10)}
"""(rtol, atol) by the size in bytes of one real number."""

SIGMAS = 6.0
"""How many standard errors two moments may lie apart. Seeds are fixed, so a comparison never fails by chance of the day."""

MOST_NUMBERS = 64
"""Numbers in a random result, at most: all pairs are compared."""

Draw = Callable[[int], Any]
"""The result for the i-th key."""


def mismatch(result: Any, reference: Any, close: Close) -> str | None:
    """What differs between the two pytrees, in words; None if nothing does."""
    ours, theirs = _leaves(result), _leaves(reference)
    if ours.keys() != theirs.keys():
        return f"leaves {_names(ours)} where the reference has {_names(theirs)}"
    for path, leaf in ours.items():
        if difference := _leaf_mismatch(leaf, theirs[path], close):
            return f"{path or 'the result'}: {difference}"
    return None


def _leaves(tree: Any) -> dict[str, Any]:
    found = jax.tree_util.tree_leaves_with_path(tree, is_leaf=lambda leaf: leaf is None)
    return {jax.tree_util.keystr(path): leaf for path, leaf in found}


def _names(leaves: dict[str, Any]) -> str:
    return ", ".join(path or "one value" for path in leaves) or "none"


def _leaf_mismatch(ours: Any, theirs: Any, close: Close) -> str | None:
    if not (_is_numeric(ours) and _is_numeric(theirs)):
        return None if type(ours) is type(theirs) and ours == theirs else f"{ours!r} is not {theirs!r}"
    a, b = np.asarray(ours), np.asarray(theirs)
    if a.shape != b.shape:
        return f"shape {a.shape}, the reference has {b.shape}"
    if _kind(a) != _kind(b):
        return f"dtype {a.dtype}, the reference has {b.dtype}"
    if _kind(a) in "bi":
        same = a == b
    else:
        rtol, atol = TOLERANCES[min(_float_size(ours), _float_size(theirs))]
        rtol, atol = (rtol if close.rtol is None else close.rtol), (atol if close.atol is None else close.atol)
        same = np.isclose(a.astype(complex), b.astype(complex), rtol=rtol, atol=atol, equal_nan=True)
    if np.all(same):
        return None
    where = tuple(int(i) for i in np.argwhere(~np.atleast_1d(same))[0])
    return f"{np.atleast_1d(a)[where]} at {where}, the reference has {np.atleast_1d(b)[where]}"


def _float_size(leaf: Any) -> int:
    """Bytes of one real number. A Python float says nothing of its precision: it may come from a float32."""
    if isinstance(leaf, (float, complex)) and not isinstance(leaf, np.generic):
        return 4
    return real_size(np.asarray(leaf).dtype)


def real_size(dtype: Any) -> int:
    """Bytes of one real number of a dtype."""
    size: int = dtype.itemsize // (2 if dtype.kind == "c" else 1)
    return size


def _is_numeric(leaf: Any) -> bool:
    if isinstance(leaf, jax.Array):
        return not jnp.issubdtype(leaf.dtype, jax.dtypes.prng_key)
    return isinstance(leaf, (bool, int, float, complex, np.ndarray, np.generic))


def _kind(array: Any) -> str:
    """b, i, f or c; unsigned counts as i, and JAX's narrow floats, whose kind NumPy does not know, as f."""
    kind: str = array.dtype.kind
    return {"u": "i", "V": "f"}.get(kind, kind)


def distribution_mismatch(result: Draw, reference: Draw, draws: int) -> str | None:
    """What tells the two samplers apart, in words; None if the first two moments do not.

    All numbers of a result are taken as one vector. Its means and its second moments about the reference's means must
    agree within `SIGMAS` standard errors, so a wrong scale is seen, and so are two numbers that ought to be independent.
    """
    if difference := _leaf_shapes_differ(result(0), reference(0)):
        return difference
    if mismatch(result(0), result(0), Close(0.0, 0.0)) is not None:
        return "the same key gives two different draws"
    ours = np.stack([_vector(result(draw)) for draw in range(draws)])
    theirs = np.stack([_vector(reference(draw)) for draw in range(draws)])
    if ours.shape[1] > MOST_NUMBERS:
        raise ValueError(f"a random result of {ours.shape[1]} numbers: at most {MOST_NUMBERS} can be compared")
    if np.all(ours == ours[0]):
        return "all keys give the same draw"
    centre = theirs.mean(axis=0)
    first, second = np.triu_indices(ours.shape[1])
    return _means_differ("mean", ours, theirs) or _means_differ(
        "second moment",
        (ours - centre)[:, first] * (ours - centre)[:, second],
        (theirs - centre)[:, first] * (theirs - centre)[:, second],
    )


def _leaf_shapes_differ(ours: Any, theirs: Any) -> str | None:
    a = {path: np.shape(leaf) for path, leaf in _leaves(ours).items()}
    b = {path: np.shape(leaf) for path, leaf in _leaves(theirs).items()}
    return None if a == b else f"shapes {a}, the reference has {b}"


def _vector(tree: Any) -> Any:
    return np.concatenate([np.ravel(np.asarray(leaf)).astype(float) for leaf in jax.tree.leaves(tree)])


def _means_differ(name: str, ours: Any, theirs: Any) -> str | None:
    """Compares the means over the first axis, column by column."""
    apart = np.abs(ours.mean(axis=0) - theirs.mean(axis=0))
    error = np.sqrt(ours.var(axis=0) / len(ours) + theirs.var(axis=0) / len(theirs))
    if np.all(apart <= SIGMAS * error + 1e-6 * (1 + np.abs(theirs.mean(axis=0)))):
        return None
    worst = int(np.argmax(apart - SIGMAS * error))
    return f"{name} {ours.mean(axis=0)[worst]:.4g}, the reference has {theirs.mean(axis=0)[worst]:.4g}"
