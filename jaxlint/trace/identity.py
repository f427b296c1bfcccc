"""Which object a value is: keys and buffers, followed from where they are made through names, containers and calls.

    k = jax.random.key(0)       # k: the key made at this call
    w = jnp.ones(3)             # w: the array bound by this assignment
    v = w                       # the same array
    f(w, k)                     # inside f: slots 0 and 1, so that one summary serves every caller

What happens to an object is kept in `jaxlint.trace.events`, under its identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.values import (
    Array,
    Dict,
    Fields,
    Identity,
    Instance,
    KeyKind,
    List,
    NumPyArray,
    Tuple,
    Union,
    Value,
    join_all,
)
from jaxlint.values.objects import is_record

if TYPE_CHECKING:
    from jaxlint.trace.frame import Env, Frame

_DEPTH = 3
"""How deep in containers and objects identities are followed."""


def made(frame: Frame, source: object) -> Identity:
    """The identity of an object made at `source`: another one each time, since an earlier one may still be there."""
    count = frame.made.get(source, 0)
    frame.made[source] = count + 1
    return Identity(source if count == 0 else (source, count))


def made_where_ways_meet(frame: Frame, node: nodes.NodeNG, before: Env, ways: Iterable[Env]) -> None:
    """Each name that holds another key on each way holds one key from here on, whichever it is.

    if flag:
        key, _ = split(key)
    a = normal(key)
    b = normal(key)         # the same key as in the line before, on both ways
    """
    bound = dict.fromkeys(
        name
        for way in ways
        for name, value in way.items()
        if type(value) is Array and value.key is not None and before.get(name) is not value
    )
    for name in bound:
        value = frame.env.get(name)
        if type(value) is Array and value.key_id is None:
            frame.env[name] = replace(value, key_id=made(frame, (node, name)))


def with_buffers(value: Value, new: Callable[[], Identity], depth: int = 0) -> Value:
    """The value with an identity for each array in it that has none yet: it was bound to something that keeps it."""
    if type(value) not in _FOLLOWED:
        return value
    match value:
        case Array(buffer=None, key=None):
            return value.with_buffer(new())
        case NumPyArray(buffer=None):
            return NumPyArray(value.shape, value.dtype, new())
        case Tuple() | List(items=tuple()) | Dict() if depth < _DEPTH:
            return _map(value, lambda child: with_buffers(child, new, depth + 1))
        case Instance() if depth < _DEPTH and is_record(value):
            return _map(value, lambda child: with_buffers(child, new, depth + 1))
    return value


def holds_identity(value: Value) -> bool:
    """Whether a key or array that can be told apart is anywhere in a value."""
    if type(value) not in _FOLLOWED:
        return False
    match value:
        case Array(key_id=key, buffer=buffer):
            return key is not None or buffer is not None
        case NumPyArray(buffer=buffer):
            return buffer is not None
        case Instance(fields=fields):
            if fields.identified is None:
                fields.identified = any(map(holds_identity, fields.values()))
            return fields.identified
        case Union(options):
            return any(map(holds_identity, options))
    return any(map(holds_identity, _children(value)))


_FOLLOWED = frozenset({Array, NumPyArray, Instance, Tuple, List, Dict, Union})
"""The kinds of values that are objects with an identity or may hold some."""


def identities(value: Value, depth: int = 0) -> Iterator[Identity]:
    """The identities of the keys and arrays in a value, in order."""
    match value:
        case Array(key_id=key, buffer=buffer):
            if key is not None:
                yield key
            if buffer is not None:
                yield buffer
        case NumPyArray(buffer=Identity() as buffer):
            yield buffer
        case Union(options):
            for option in options:
                yield from identities(option, depth)
        case Tuple() | List() | Dict() | Instance() if depth <= _DEPTH:
            for child in _children(value):
                yield from identities(child, depth + 1)


def renamed(value: Value, name: Callable[[Identity], Identity | None], depth: int = 0) -> Value:
    """The value with each identity replaced by what `name` says; deeper ones than are followed are dropped."""
    if not holds_identity(value):
        return value
    match value:
        case Array(key_id=key, buffer=buffer):
            follow = depth <= _DEPTH + 1
            key = name(key) if follow and key is not None else None
            buffer = name(buffer) if follow and buffer is not None else None
            return Array(
                value.tracing, value.shape, value.dtype, value.weak, value.key, key, value.why, buffer
            )
        case NumPyArray(buffer=Identity() as buffer):
            return replace(value, buffer=name(buffer) if depth <= _DEPTH + 1 else None)
        case Union(options):
            return join_all(renamed(option, name, depth) for option in options)
        case Tuple() | List() | Dict() | Instance() if depth <= 2 * _DEPTH:
            return _map(value, lambda child: renamed(child, name, depth + 1))
    return value


def another(frame: Frame, step: nodes.NodeNG, element: Value) -> Value:
    """What one step of an iteration gives, of which only any `element` is known: not the key or array of the step before."""

    def renewed(identity: Identity) -> Identity:
        return identity.moved(made(frame, (step, identity.source)).source)

    def followed(value: Value) -> Value:
        match value:
            case Array(key=KeyKind(), key_id=None):
                return replace(value, key_id=made(frame, step))  # one out of a batch: whichever, it is one key
            case Tuple(items):
                return Tuple(tuple(map(followed, items)))
        return value

    return followed(renamed(element, renewed))


def canonical(
    function: nodes.NodeNG, bound: dict[str, Value]
) -> tuple[dict[str, Value], dict[object, Identity]]:
    """Arguments with their identities renamed to slots 0, 1, … of the function, and what the caller calls each."""
    slots: dict[Identity, Identity] = {}
    for value in filter(holds_identity, bound.values()):
        for identity in identities(value):
            if identity not in slots:
                slots[identity] = identity.moved((function, len(slots)))
    if not slots:
        return bound, {}
    arguments = {name: renamed(value, slots.get) for name, value in bound.items()}
    return arguments, {slot.source: identity for identity, slot in slots.items()}


class BroughtBack:
    """What a function's objects are called by its caller.

    Slots are the caller's own objects, what was made inside is new each time, what was captured keeps its name.
    """

    def __init__(
        self, frame: Frame, call: nodes.NodeNG, function: nodes.NodeNG, actual: dict[object, Identity]
    ) -> None:
        self._frame = frame
        self._call = call
        self._function = function
        self._names = dict(actual)

    def __call__(self, identity: Identity) -> Identity | None:
        """The caller's name of an object; None for one that it does not have."""
        base = self._names.get(identity.source)
        if base is None:
            if is_parameter(self._function, identity):
                return None
            if not is_made_in(self._function, identity):
                return identity
            new = made(self._frame, (self._call, identity.source))
            base = self._names[identity.source] = identity.moved(new.source)
        return identity.renamed(base)


def is_parameter(function: nodes.NodeNG, identity: Identity) -> bool:
    """Whether an object is one that a function was given: a slot, or an unknown parameter by its name."""
    match identity.source:
        case (nodes.NodeNG() as tree, int() | str()):
            return tree is function
    return False


def is_made_in(function: nodes.NodeNG, identity: Identity) -> bool:
    """Whether an object was made by code inside of a function, so that nobody outside can have a name for it."""
    node = identity.source
    while isinstance(node, tuple):
        node = node[0]
    while isinstance(node, nodes.NodeNG):
        if node is function:
            return True
        node = node.parent
    return False


def _children(value: Value) -> tuple[Value, ...]:
    match value:
        case Tuple(items) | List(items=tuple(items)):
            return items
        case Dict(items):
            return tuple(item for _, item in items)
        case Instance(fields=fields):
            return tuple(fields.values())
    return ()


def _map(value: Value, change: Callable[[Value], Value]) -> Value:
    """The container with each of its items changed; the same object when nothing changes."""
    children = _children(value)
    changed = tuple(change(child) for child in children)
    if all(new is old for new, old in zip(changed, children, strict=True)):
        return value
    match value:
        case Tuple():
            return Tuple(changed)
        case List():
            return List(changed, value.element, value.made, value.rebuilt)
        case Dict(items):
            pairs = tuple((key, new) for (key, _), new in zip(items, changed, strict=True))
            return replace(value, items=pairs)
        case Instance(fields=fields):
            new = Fields(dict(zip(fields, changed, strict=True)))
            return Instance(value.cls, new, value.exact, value.made, value.rebuilt)
    return value
