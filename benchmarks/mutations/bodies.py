"""Functions that are given to `scan`, `while_loop`, `fori_loop` and `cond`, and return something else than they should."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from mutations.mutation import Edits, Place

_LOOPS = {"jax.lax.scan": 0, "jax.lax.while_loop": 1, "jax.lax.fori_loop": 2}
"""Which argument is the body."""

_Results = Iterator[tuple[ast.expr, bool]]


def _bodies(place: Place, arguments: dict[str, tuple[int, ...]]) -> _Results:
    """What the bodies in a function return, and whether of a `scan`: of lambdas, and of functions defined in view."""
    source = place.source
    for _, call in place.calls(*arguments):
        path = source.meaning(call.func)
        for position in arguments[path]:
            match call.args[position] if len(call.args) > position else None:
                case ast.Lambda(body=body):
                    yield body, path == "jax.lax.scan"
                case ast.Name(id=name):
                    for function in source.functions:
                        visible = function.outer == () or function.outer[-1] == place.function.name
                        if function.node.name == name and visible:
                            for statement in function.statements:
                                if isinstance(statement, ast.Return) and statement.value is not None:
                                    yield statement.value, path == "jax.lax.scan"


def _carries(place: Place) -> _Results:
    return _bodies(place, {path: (position,) for path, position in _LOOPS.items()})


def _changed(place: Place, change: Callable[[str], str]) -> Iterator[Edits]:
    """The carry of each body, changed."""
    for result, scans in _carries(place):
        if not scans:
            yield (place.source.replacing(result, change(ast.unparse(result))),)
        elif isinstance(result, ast.Tuple) and len(result.elts) == 2:
            yield (place.source.replacing(result.elts[0], change(ast.unparse(result.elts[0]))),)


def carry_dtype(place: Place) -> Iterator[Edits]:
    """The carry has another dtype after a step."""
    jnp, _ = place.source.name_for("jax.numpy", "jnp")
    jax = place.source.name_of("jax")
    if jnp and jax:
        yield from _changed(place, lambda code: f"{jax}.tree.map({jnp}.isfinite, {code})")


def carry_nested(place: Place) -> Iterator[Edits]:
    """The carry is a tuple more after a step."""
    yield from _changed(place, lambda code: f"({code}, 0)")


def carry_element(place: Place) -> Iterator[Edits]:
    """The carry lacks its last element after a step."""
    for result, scans in _carries(place):
        carry = result.elts[0] if scans and isinstance(result, ast.Tuple) and len(result.elts) == 2 else result
        if scans and carry is result:
            continue
        if isinstance(carry, ast.Tuple) and len(carry.elts) > 2:
            kept = ", ".join(map(ast.unparse, carry.elts[:-1]))
            yield (place.source.replacing(carry, f"({kept})"),)


def output_missing(place: Place) -> Iterator[Edits]:
    """The body of a `scan` returns the carry alone."""
    for result, scans in _carries(place):
        if scans and isinstance(result, ast.Tuple) and len(result.elts) == 2:
            yield (place.source.replacing(result, ast.unparse(result.elts[0])),)


def branch_structure(place: Place) -> Iterator[Edits]:
    """One branch of a `cond` returns a pair."""
    for result, _ in _bodies(place, {"jax.lax.cond": (1, 2)}):
        yield (place.source.replacing(result, f"({ast.unparse(result)}, 0)"),)


def branch_dtype(place: Place) -> Iterator[Edits]:
    """One branch of a `cond` returns truth values."""
    jnp, _ = place.source.name_for("jax.numpy", "jnp")
    for result, _ in _bodies(place, {"jax.lax.cond": (1, 2)}) if jnp and place.source.name_of("jax") == "jax" else ():
        yield (place.source.replacing(result, f"jax.tree.map({jnp}.isfinite, {ast.unparse(result)})"),)


def _leafwise(place: Place, change: str) -> Callable[[str], str] | None:
    """What changes every leaf of a result."""
    jax = place.source.name_of("jax")
    return (lambda code: f"{jax}.tree.map(lambda leaf: {change}, {code})") if jax else None


def carry_shape(place: Place) -> Iterator[Edits]:
    """The carry has a dimension more after a step."""
    if change := _leafwise(place, "leaf[None]"):
        yield from _changed(place, change)


def carry_list(place: Place) -> Iterator[Edits]:
    """The carry is a list after a step, and was a tuple."""
    for result, scans in _carries(place):
        carry = result.elts[0] if scans and isinstance(result, ast.Tuple) and len(result.elts) == 2 else result
        if isinstance(carry, ast.Tuple) and not (scans and carry is result):
            yield (place.source.replacing(carry, f"[{', '.join(map(ast.unparse, carry.elts))}]"),)


def branch_shape(place: Place) -> Iterator[Edits]:
    """One branch of a `cond` returns arrays of a dimension more."""
    if change := _leafwise(place, "leaf[None]"):
        for result, _ in _bodies(place, {"jax.lax.cond": (1, 2)}):
            yield (place.source.replacing(result, change(ast.unparse(result))),)
