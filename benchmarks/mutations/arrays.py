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


def item_operated(place: Place) -> Iterator[Edits]:
    """An element is added to where it stands, or deleted."""
    for number, (statement, name) in enumerate(place.bindings()):
        yield (place.source.after(statement, [(f"{name}[0] += 1.0", f"del {name}[0]")[number % 2]]),)


def discarded_update(place: Place) -> Iterator[Edits]:
    """`x = x.at[i].set(v)` becomes `x.at[i].set(v)`."""
    for statement in place.function.statements:
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(
                    func=ast.Attribute(value=ast.Subscript(value=ast.Attribute(value=ast.Name(id=array), attr="at")))
                ),
            ) if name == array:
                yield (place.source.replacing(statement, place.source.code(statement.value)),)


_OF_ITS_VALUES = (
    "nonzero({0})", "argwhere({0})", "where({0} > 0)", "flatnonzero({0})", "repeat({0}, {0}.astype(int).ravel())",
)  # fmt: skip
_AS_LONG_AS_A_VALUE = (
    "arange({0})", "eye({0})", "linspace(0.0, 1.0, {0})", "ones((2, {0}))", "tile(1.0, {0})", "full({0}, 1)",
)  # fmt: skip


def number_of_results(place: Place) -> Iterator[Edits]:
    """What an array has of some kind, whose number is in the values."""
    yield from _computed(place, "found", _OF_ITS_VALUES, "{0}")


def length_from_value(place: Place) -> Iterator[Edits]:
    """An array made as long as a value says."""
    yield from _computed(place, "made", _AS_LONG_AS_A_VALUE, "{0}.astype(int).sum()")


def _computed(place: Place, suffix: str, calls: tuple[str, ...], argument: str) -> Iterator[Edits]:
    jnp, imports = place.source.name_for("jax.numpy", "jnp")
    for number, (statement, name) in enumerate(place.bindings() if jnp else ()):
        call = calls[number % len(calls)].format(argument.format(name))
        yield *imports, place.source.after(statement, [f"{name}_{suffix} = {jnp}.{call}"])


def reshaped_to_value(place: Place) -> Iterator[Edits]:
    """An array in a shape that a value says."""
    for statement, name in place.bindings():
        yield (place.source.after(statement, [f"{name}_reshaped = {name}.reshape({name}.astype(int).max(), -1)"]),)


def numpy_made(place: Place) -> Iterator[Edits]:
    """`jnp.zeros(n)` becomes `np.zeros(n)`, and is updated or indexed as one of JAX's."""
    module, imports = place.source.name_for("numpy", "np")
    names = ("zeros", "ones", "full", "arange", "array", "asarray", "eye", "linspace")
    for _, call in place.calls(*(f"jax.numpy.{name}" for name in names)) if module else ():
        function = place.source.meaning(call.func).removeprefix("jax.numpy.")
        yield *imports, place.source.replacing(call.func, f"{module}.{function}")
