"""Keys that are used more than once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from mutations.mutation import Edits, Place


def split_removed(place: Place) -> Iterator[Edits]:
    """The parts of a key are the key itself."""
    for statement, call in place.calls("jax.random.split"):
        if not call.args:
            continue
        key = ast.unparse(call.args[0])
        match statement:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value) if value is call:
                if all(isinstance(target, ast.Name) for target in targets):
                    yield (place.source.replacing(call, ", ".join([key] * len(targets))),)
            case ast.Assign(targets=[ast.Name()], value=value) if value is call and len(call.args) > 1:
                yield (place.source.replacing(call, f"[{key}] * {ast.unparse(call.args[1])}"),)


def fold_removed(place: Place) -> Iterator[Edits]:
    """A number is not folded in."""
    for _, call in place.calls("jax.random.fold_in"):
        if call.args:
            yield (place.source.replacing(call, ast.unparse(call.args[0])),)


def drawn_again(place: Place) -> Iterator[Edits]:
    """A key that was drawn from is drawn from again."""
    for statement, name in place.bindings():
        match statement.value:
            case ast.Call(func=function, args=[ast.Name(id=key), *_]):
                path = place.source.meaning(function)
                if path.startswith("jax.random.") and path not in {
                    "jax.random.split",
                    "jax.random.fold_in",
                    "jax.random.key",
                }:
                    line = f"{name} = {name} + {ast.unparse(function)}({key}, {name}.shape)"
                    yield (place.source.after(statement, [line]),)
