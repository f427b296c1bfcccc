"""Keys that are used more than once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

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


_NO_DRAWS = frozenset(
    f"jax.random.{name}" for name in ("split", "fold_in", "key", "PRNGKey", "key_data", "wrap_key_data", "clone", "key_impl")
)


def _draws(place: Place) -> Iterator[tuple[ast.stmt, ast.Call]]:
    """The draws from a key that is given by its name."""
    for statement, node in place.function.places:
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Name):
            path = place.source.meaning(node.func)
            if path.startswith("jax.random.") and path not in _NO_DRAWS:
                yield statement, node


def _splits(place: Place) -> Iterator[tuple[ast.Assign, list[str], str]]:
    """The statements that bind the parts of a key to names, with these and the key's own."""
    for statement in place.function.statements:
        match statement:
            case ast.Assign(
                targets=[ast.Tuple(elts=targets)], value=ast.Call(func=function, args=[ast.Name(id=key), *_])
            ) if place.source.meaning(function) == "jax.random.split":
                names = [target.id for target in targets if isinstance(target, ast.Name)]
                if len(names) == len(targets):
                    yield statement, names, key


def one_part_for_two(place: Place) -> Iterator[Edits]:
    """One part of a key is used where another one should be."""
    for statement, names, _ in _splits(place):
        for first, second in pairwise(names):
            lines = [f"{second} = {first}"]
            yield (place.source.after(statement, lines),)


def key_kept(place: Place) -> Iterator[Edits]:
    """`key, part = split(key)` binds the key to no new one, so that it is split again, or drawn from."""
    for statement, names, key in _splits(place):
        if key in names:
            code = place.source.code(statement.targets[0])
            yield (place.source.replacing(statement.targets[0], re.sub(rf"\b{key}\b", "_", code)),)


def whole_for_part(place: Place) -> Iterator[Edits]:
    """The key that was split is used in place of one of its parts."""
    for statement, names, key in _splits(place):
        for name in names:
            if name != key and key not in names:
                yield (place.source.after(statement, [f"{name} = {key}"]),)


def drawn_besides(place: Place) -> Iterator[Edits]:
    """A key that is used further on is drawn from."""
    jax = place.source.name_of("jax")
    parameters = [each.arg for each in (*place.function.node.args.args, *place.function.node.args.kwonlyargs)]
    body = [each for each in place.function.node.body if not _is_docstring(each)]
    for name in parameters if jax and body and body[0] in place.function.statements else ():
        if name in place.traced and re.search(r"key|rng|seed", name):
            yield (place.source.before(body[0], [f"drawn = {jax}.random.uniform({name})"]),)


def key_left_out(place: Place) -> Iterator[Edits]:
    """A draw is asked for without a key, as of NumPy."""
    for _, call in _draws(place):
        given = [*map(ast.unparse, call.args[1:]), *map(ast.unparse, call.keywords)]
        yield (place.source.replacing(call, f"{ast.unparse(call.func)}({', '.join(given) or '()'})"),)


def keys_for_one(place: Place) -> Iterator[Edits]:
    """Several keys are given where one is wanted."""
    for _, call in _draws(place):
        jax = place.source.name_of("jax")
        if jax:
            yield (place.source.replacing(call.args[0], f"{jax}.random.split({ast.unparse(call.args[0])}, 3)"),)


def constant_key(place: Place) -> Iterator[Edits]:
    """A key is made of a constant."""
    for _, call in _draws(place):
        jax = place.source.name_of("jax")
        if jax:
            yield (place.source.replacing(call.args[0], f"{jax}.random.PRNGKey(0)"),)


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
