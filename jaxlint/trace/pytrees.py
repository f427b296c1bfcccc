"""Functions over pytrees whose result follows from the structure of what they are given: `jax.tree.flatten`, `transpose`.

A tree's structure is an object of the class `jaxlint.treedef` that remembers the tree. What `jax.tree.map` does stands in
`tree_map` and among the transformations.
https://docs.jax.dev/en/latest/jax.tree.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeGuard

from jaxlint.trace.binding import Arguments, Builtin
from jaxlint.trace.iteration import iterate
from jaxlint.trace.observations import Site
from jaxlint.trace.options import strings
from jaxlint.trace.truth import truth
from jaxlint.values import (
    HOST,
    UNKNOWN,
    Array,
    Class,
    Const,
    Dict,
    External,
    Fields,
    Instance,
    List,
    Partial,
    PytreeKind,
    Tree,
    Tuple,
    Unknown,
    Value,
    join,
    join_all,
)
from jaxlint.values.pytree import PATH, has_own_children, leaves, made_at, map_leaves, sure_leaves, tracing_of, worst

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

_TREEDEF = External("jaxlint.treedef")


def _leaves(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> List:
    value = arguments.first
    depth = frame.context.depth
    found = tuple(leaves(value))
    if any(isinstance(leaf, Unknown) or has_own_children(leaf) for leaf in found):
        return List(None, UNKNOWN, depth)
    if _is_fixed(value) and len(found) <= 32 and not any(isinstance(leaf, Tree) for leaf in found):
        return List(found, UNKNOWN, depth)
    return List(None, join_all(found) if found else UNKNOWN, depth)


def _is_fixed(value: Value) -> bool:
    """Whether the number of leaves is known."""
    match value:
        case Tuple(items) | List(items=tuple(items)):
            return all(_is_fixed(item) for item in items)
        case Dict(items, rest=None):
            return all(_is_fixed(item) for _, item in items)
        case Array() | Const():
            return True
    return False


def _flatten(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    return Tuple((_leaves(t, frame, node, arguments), _treedef(frame, arguments.first)))


def _with_paths(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> List:
    found = _leaves(t, frame, node, arguments)
    if found.items is None:
        return replace(found, element=Tuple((PATH, found.element)))
    return replace(found, items=tuple(Tuple((PATH, leaf)) for leaf in found.items))


def _flatten_with_path(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    return Tuple((_with_paths(t, frame, node, arguments), _treedef(frame, arguments.first)))


def _structure(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    return _treedef(frame, arguments.first)


def _treedef(frame: Frame, tree: Value) -> Instance:
    return Instance(_TREEDEF, Fields({"tree": tree}), True, frame.context.depth)


def _tree_of(structure: Value | None) -> Value | None:
    """The tree that a structure was taken from."""
    return structure.fields.get("tree") if isinstance(structure, Instance) and structure.cls == _TREEDEF else None


def _unflatten(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    structure, items = arguments.get(0, "treedef"), arguments.get(1, "leaves")
    if items is None:
        return UNKNOWN
    element, tree = iterate(t, frame, node, items), _tree_of(structure)
    if tree is not None:
        return made_at(map_leaves(tree, lambda _: element), frame.context.depth)
    if isinstance(element, Array | Tree):
        return Tree(tracing_of(element), element.why)
    return UNKNOWN


def _flatten_up_to(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`treedef.flatten_up_to(tree)`: what stands in the tree where the other one has leaves."""
    element = join_all(leaves(arguments.positional[1])) if len(arguments.positional) > 1 else UNKNOWN
    plain = isinstance(element, Array) and _is_fixed(arguments.positional[1])
    return List(None, element if plain else UNKNOWN, frame.context.depth)


def _transpose(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`tree.transpose(outer, inner, tree)`: a tree of the inner structure, whose leaves are trees of the outer one."""
    outer, inner = _tree_of(arguments.get(0, "outer_treedef")), _tree_of(arguments.get(1, "inner_treedef"))
    given = arguments.get(2, "pytree_to_transpose")
    leaf = UNKNOWN if given is None else join_all(leaves(given))
    if outer is None or inner is None:
        return Tree(tracing_of(leaf), leaf.why) if isinstance(leaf, Array | Tree) else UNKNOWN
    return made_at(map_leaves(inner, lambda _: map_leaves(outer, lambda _: leaf)), frame.context.depth)


def _ravel(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`ravel_pytree(tree)`: the array of all leaves, and the function that makes such a tree of one."""
    tree = arguments.first
    flat = Array(frame.context.result_of(worst(tree)), (None,), why=frame.context.entry)
    return Tuple((flat, Partial(External("jaxlint.unravel"), (_treedef(frame, tree),))))


def _unravel(_t: Tracer, frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    tree = _tree_of(arguments.first)
    flat = arguments.positional[1] if len(arguments.positional) > 1 else UNKNOWN
    if tree is None or not isinstance(flat, Array):
        return UNKNOWN

    def leaf(child: Value) -> Value:
        if isinstance(child, Tree | Unknown):
            return Tree(flat.tracing, flat.why)
        shape, dtype = (child.shape, child.dtype) if isinstance(child, Array) else (None, None)
        return Array(flat.tracing, shape, dtype, why=flat.why)

    return made_at(map_leaves(tree, leaf), frame.context.depth)


def _reduce(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    function, tree = arguments.get(0, "function"), arguments.get(1, "tree")
    if function is None or tree is None:
        return UNKNOWN
    initial = arguments.get(2, "initializer")
    found = _leaves(t, frame, node, Arguments((tree,)))

    def combine(total: Value, item: Value) -> Value:
        return t.call(frame, node, function, Arguments((total, item)))

    if found.items and len(found.items) <= t.budgets.unrolled:
        return reduce(combine, found.items) if initial is None else reduce(combine, found.items, initial)
    leaf = join_all(leaves(tree))
    total = leaf if initial is None else initial
    once = combine(total, leaf)
    if initial is not None and any(isinstance(sure, Array) for sure in sure_leaves(tree)):
        return join(once, combine(once, leaf))
    return join(total, once)


def _tree_all(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    for leaf in sure_leaves(arguments.first):
        truth(t, frame, node, leaf, Site.CALL, "jax.tree.all")
    return HOST


def _is_unregistered(value: Value) -> TypeGuard[Class]:
    """Whether a value is a class of the project that no other function has made a pytree of."""
    return isinstance(value, Class) and value.pytree in (PytreeKind.LEAF, PytreeKind.UNKNOWN)


def _register_class(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`register_pytree_node(Class, flatten, unflatten)`, `register_pytree_node_class(Class)`; returns the class."""
    value = arguments.first
    if _is_unregistered(value):
        value.pytree = PytreeKind.CUSTOM
        value.registered = arguments.positional[1:3]
    return value


def _register_with_keys(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`register_pytree_with_keys(Class, flatten, unflatten)`: what the function gives has keys, and is not followed."""
    return _register_class(t, frame, node, Arguments(arguments.positional[:1]))


def _register_static(_t: Tracer, _frame: Frame, _node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`register_static(Class)`: its objects are nodes without children; returns the class."""
    value = arguments.first
    if _is_unregistered(value):
        value.pytree = PytreeKind.FIELDS
        value.fields = tuple(replace(spec, static=True) for spec in value.fields)
    return value


def _register_dataclass(t: Tracer, frame: Frame, node: nodes.NodeNG, arguments: Arguments) -> Value:
    """`register_dataclass(Class, data_fields, meta_fields)`; returns the class."""
    value, static = arguments.first, arguments.get(2, "meta_fields")
    if _is_unregistered(value):
        names = strings(static) if static is not None else set()
        if names is None:
            return _register_class(t, frame, node, arguments)
        value.pytree = PytreeKind.FIELDS
        value.fields = tuple(replace(spec, static=spec.static or spec.name in names) for spec in value.fields)
    return value


PYTREES: Mapping[str, Builtin] = MappingProxyType({
    "jax.tree.leaves": _leaves,
    "jax.tree.flatten": _flatten,
    "jax.tree.leaves_with_path": _with_paths,
    "jax.tree.flatten_with_path": _flatten_with_path,
    "jax.tree.structure": _structure,
    "jax.tree.unflatten": _unflatten,
    "jaxlint.treedef.unflatten": _unflatten,
    "jaxlint.treedef.flatten_up_to": _flatten_up_to,
    "jax.tree.transpose": _transpose,
    "jax.tree.reduce": _reduce,
    "jax.tree_util.tree_reduce": _reduce,
    "jax.tree.all": _tree_all,
    "jax.flatten_util.ravel_pytree": _ravel,
    "jaxlint.unravel": _unravel,
    "jax.tree_util.register_pytree_node_class": _register_class,
    "jax.tree_util.register_dataclass": _register_dataclass,
    "jax.tree_util.register_pytree_node": _register_class,
    "jax.tree_util.register_static": _register_static,
    "jax.tree_util.register_pytree_with_keys": _register_with_keys,
    "jax.tree_util.register_pytree_with_keys_class": _register_class,
})
