"""Mistakes in how a function is transformed or called: axes, static arguments, what is differentiated."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from mutations.mutation import Edits, Place

_COLLECTIVES = tuple(
    f"jax.lax.{name}" for name in ("psum", "pmean", "pmax", "pmin", "all_gather", "axis_index", "axis_size")
)
_GRADIENTS = ("jax.grad", "jax.value_and_grad")


def _keywords(place: Place, name: str, *paths: str) -> Iterator[tuple[ast.Call, ast.keyword]]:
    for _, call in place.calls(*paths):
        for keyword in call.keywords:
            if keyword.arg == name:
                yield call, keyword


def _without(place: Place, call: ast.Call, removed: ast.keyword) -> Edits:
    """The call without one of its keyword arguments."""
    kept = [*map(ast.unparse, call.args), *(ast.unparse(each) for each in call.keywords if each is not removed)]
    return (place.source.replacing(call, f"{ast.unparse(call.func)}({', '.join(kept)})"),)


def axis_name(place: Place) -> Iterator[Edits]:
    """The name of an axis is misspelt."""
    for _, call in place.calls(*_COLLECTIVES):
        for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
            match value:
                case ast.Constant(value=str() as name):
                    yield (place.source.replacing(value, f"'{name}s'"),)
                case ast.Name(id=name) if "axis" in name:
                    yield (place.source.replacing(value, f"'{name}s'"),)
    for _, keyword in _keywords(place, "axis_name", "jax.vmap", "jax.pmap"):
        if isinstance(keyword.value, ast.Constant):
            yield (place.source.replacing(keyword.value, repr(f"{keyword.value.value!s}s")),)


def axes_short(place: Place) -> Iterator[Edits]:
    """`in_axes` has an entry less, or one too many."""
    for number, (_, keyword) in enumerate(_keywords(place, "in_axes", "jax.vmap", "jax.pmap")):
        if isinstance(keyword.value, ast.Tuple) and keyword.value.elts:
            axes = [ast.unparse(each) for each in keyword.value.elts]
            axes = axes[:-1] if number % 2 and len(axes) > 1 else [*axes, "None"]
            yield (place.source.replacing(keyword.value, f"({', '.join(axes)},)"),)


def axes_none(place: Place) -> Iterator[Edits]:
    """No argument is mapped over, or there is an axis for more arguments than there are."""
    for _, call in place.calls("jax.vmap"):
        if len(call.args) == 1 and not call.keywords:
            yield (place.source.replacing(call, f"{ast.unparse(call.func)}({ast.unparse(call.args[0])}, in_axes=None)"),)


def static_removed(place: Place) -> Iterator[Edits]:
    """An argument is static no longer."""
    for name in ("static_argnums", "static_argnames"):
        for call, keyword in _keywords(place, name, "jax.jit", "functools.partial"):
            yield _without(place, call, keyword)


def static_removed_in_decorator(place: Place) -> Iterator[Edits]:
    """The same, where a decorator says it."""
    for decorator in place.function.node.decorator_list:
        if isinstance(decorator, ast.Call):
            for keyword in decorator.keywords:
                if keyword.arg in {"static_argnums", "static_argnames"}:
                    yield _without(place, decorator, keyword)


def gradient_position(place: Place) -> Iterator[Edits]:
    """An argument is differentiated that there is none of."""
    for _, call in place.calls(*_GRADIENTS):
        if len(call.args) == 1 and not any(keyword.arg == "argnums" for keyword in call.keywords):
            given = ", ".join([ast.unparse(call.args[0]), "argnums=9", *map(ast.unparse, call.keywords)])
            yield (place.source.replacing(call, f"{ast.unparse(call.func)}({given})"),)


def aux_removed(place: Place) -> Iterator[Edits]:
    """That the function returns more than its value is not said."""
    for call, keyword in _keywords(place, "has_aux", *_GRADIENTS):
        yield _without(place, call, keyword)


def axis_list(place: Place) -> Iterator[Edits]:
    """Axes are given as a list."""
    for _, node in place.function.places:
        if isinstance(node, ast.Call) and place.source.meaning(node.func).startswith("jax.numpy."):
            for keyword in node.keywords:
                if keyword.arg == "axis" and not isinstance(keyword.value, ast.Name):
                    axes = keyword.value.elts if isinstance(keyword.value, ast.Tuple) else [keyword.value]
                    yield (place.source.replacing(keyword.value, f"[{', '.join(map(ast.unparse, axes))}]"),)


def list_of_operands(place: Place) -> Iterator[Edits]:
    """A list is given where one array is wanted."""
    names = ("jax.numpy.sum", "jax.numpy.mean", "jax.numpy.exp", "jax.numpy.log", "jax.numpy.sqrt", "jax.numpy.abs")
    for _, call in place.calls(*names):
        if call.args and place.is_traced(call.args[0]):
            yield (place.source.replacing(call.args[0], f"[{ast.unparse(call.args[0])}]"),)


def tree_structure(place: Place) -> Iterator[Edits]:
    """The second tree of a map is a tuple deeper."""
    for _, call in place.calls("jax.tree.map", "jax.tree_util.tree_map"):
        if len(call.args) > 2 and not any(isinstance(each, ast.Starred) for each in call.args):
            yield (place.source.replacing(call.args[2], f"({ast.unparse(call.args[2])},)"),)


def cached(place: Place) -> Iterator[Edits]:
    """A function that is given tracers is cached."""
    name, imports = place.source.name_for("functools", "functools")
    function = place.function
    if name and not function.outer and "." not in function.name and not function.node.decorator_list:
        yield *imports, place.source.before(function.node, [f"@{name}.cache"])


def axis_not_bound(place: Place) -> Iterator[Edits]:
    """A sum over an axis that nobody has named."""
    jax = place.source.name_of("jax")
    for statement, name in place.bindings() if jax else ():
        yield (place.source.after(statement, [f"{name} = {jax}.lax.psum({name}, 'workers')"]),)


def out_axes_large(place: Place) -> Iterator[Edits]:
    """The results have fewer dimensions than the place of the mapped one."""
    for _, call in place.calls("jax.vmap"):
        if call.args and not any(keyword.arg == "out_axes" for keyword in call.keywords):
            given = ", ".join([*map(ast.unparse, call.args), *map(ast.unparse, call.keywords), "out_axes=9"])
            yield (place.source.replacing(call, f"{ast.unparse(call.func)}({given})"),)


def gradient_of_pair(place: Place) -> Iterator[Edits]:
    """A function that returns a pair is differentiated."""
    for _, call in place.calls(*_GRADIENTS):
        if call.args and not any(keyword.arg == "has_aux" for keyword in call.keywords):
            given = ast.unparse(call.args[0])
            yield (place.source.replacing(call.args[0], f"lambda *given: (({given})(*given), 0)"),)


def static_array(place: Place) -> Iterator[Edits]:
    """An argument that is an array is static."""
    for _, call in place.calls("jax.jit"):
        if len(call.args) == 1 and not call.keywords:
            code = f"{ast.unparse(call.func)}({ast.unparse(call.args[0])}, static_argnums=0)"
            yield (place.source.replacing(call, code),)


def removed_function(place: Place) -> Iterator[Edits]:
    """`jax.tree.map` goes by the name that it had."""
    for _, call in place.calls("jax.tree.map", "jax.tree_util.tree_map"):
        jax = place.source.name_of("jax")
        if jax:
            yield (place.source.replacing(call.func, f"{jax}.tree_map"),)
