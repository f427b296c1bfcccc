"""Mistakes about what an array is: written to, or of a shape that its values decide."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from mutations.mutation import Edits, Place

_OPERATORS = {"set": "=", "add": "+=", "multiply": "*=", "mul": "*=", "subtract": "-=", "divide": "/="}


def item_assignment(place: Place) -> Iterator[Edits]:
    """`….at[i].set(v)` becomes an item assignment in the line before."""
    source = place.source
    for statement, node in place.function.own:
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Subscript(value=ast.Attribute(value=array, attr="at"), slice=index), attr=method
                ),
                args=[value, *_],
            ) if method in _OPERATORS and isinstance(statement, ast.Assign | ast.Return | ast.Expr | ast.AnnAssign):
                lines = [
                    f"updated = {ast.unparse(array)}",
                    f"updated[{ast.unparse(index)}] {_OPERATORS[method]} {ast.unparse(value)}",
                ]
                yield source.before(statement, lines), source.replacing(node, "updated")


def first_item(place: Place) -> Iterator[Edits]:
    """An array is written to after it was computed."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"{name}[0] = 0.0"]),)


def inplace_method(place: Place) -> Iterator[Edits]:
    """A method of NumPy's that would change the array."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"{name}.fill(0.0)"]),)


def boolean_mask(place: Place) -> Iterator[Edits]:
    """A reduction over those elements that a mask selects."""
    for _, call in place.calls("jax.numpy.sum", "jax.numpy.mean", "jax.numpy.max"):
        if call.args and isinstance(call.args[0], ast.Name) and place.is_traced(call.args[0]):
            name = call.args[0].id
            yield (place.source.replacing(call.args[0], f"{name}[{name} > 0]"),)


def where_as_mask(place: Place) -> Iterator[Edits]:
    """`jnp.where(c, a, b)` becomes `a[c]`."""
    for _, call in place.calls("jax.numpy.where"):
        match call.args:
            case [condition, chosen, _] if place.is_traced(condition) and place.is_traced(chosen):
                yield (place.source.replacing(call, f"({ast.unparse(chosen)})[{ast.unparse(condition)}]"),)


def unique(place: Place) -> Iterator[Edits]:
    """The different values of an array, whose number is in the values."""
    jnp, imports = place.source.name_for("jax.numpy", "jnp")
    for statement, name in place.bindings() if jnp else ():
        yield *imports, place.source.after(statement, [f"{name}_values = {jnp}.unique({name})"])


def shape_of_value(place: Place) -> Iterator[Edits]:
    """A buffer as long as an array's largest value."""
    jnp, imports = place.source.name_for("jax.numpy", "jnp")
    for statement, name in place.bindings() if jnp else ():
        line = f"{name}_buffer = {jnp}.zeros({jnp}.max({name}).astype({jnp}.int32))"
        yield *imports, place.source.after(statement, [line])


def slice_to_value(place: Place) -> Iterator[Edits]:
    """The part of an array up to its largest element."""
    jnp, imports = place.source.name_for("jax.numpy", "jnp")
    for statement, name in place.bindings() if jnp else ():
        yield *imports, place.source.after(statement, [f"{name}_head = {name}[: {jnp}.argmax({name})]"])
