"""PRNG keys as a linear resource: a key is consumed once, by a draw or by `split`.

    k = jax.random.key(0)
    a = jax.random.normal(k)      # k: CONSUMED
    b = jax.random.normal(k)      # consumed again: KeyMisuse(REUSED)

JAX's own checker judges alike (`jax_debug_key_reuse`, `jax.experimental.key_reuse`): draws and `split` consume,
`fold_in` and `key_data` do not. Beyond it: `fold_in(key, i)` equals `split(key, n)[i]` for i < n.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.events import Event, Fate, Told, find, note
from jaxlint.trace.identity import identities, made
from jaxlint.trace.observations import KeyMisuse, KeyTrouble
from jaxlint.values import Array, Identity, KeyKind, Tracing, Tree, Unknown, Value, alternatives
from jaxlint.values.provenance import entries
from jaxlint.values.pytree import map_leaves, tracing_of

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def identified(frame: Frame, key: Value, expression: nodes.NodeNG | None) -> Value:
    """The key that an expression certainly holds, since a function takes it for one.

    A parameter is the same key until it is bound again, whoever calls.
    """
    match key:
        case Unknown() | Tree():
            identity = parameter_identity(frame, expression)
            return key if identity is None else Array(tracing_of(key), key_id=identity)
        case Array(key_id=None):
            return replace(key, key_id=parameter_identity(frame, expression))
    return key


def parameter_identity(frame: Frame, expression: nodes.NodeNG | None) -> Identity | None:
    """Which object a parameter is, when nothing is known of it but that it is one; None for other expressions."""
    if not isinstance(expression, nodes.Name):
        return None
    owner = frame.owner_of(expression.name)
    if owner is None or owner.function is None or expression.name in owner.rebound:
        return None
    args = owner.function.node.args
    parameters = (*args.posonlyargs, *(args.args or ()), *args.kwonlyargs)
    if all(parameter.name != expression.name for parameter in parameters):
        return None
    source = (owner.function.node, expression.name)
    alike = any(source in entry.alike for entry in entries(frame.context.entry))
    return Identity(source, broadcast=alike)


def consume(t: Tracer, frame: Frame, node: nodes.NodeNG, key: Value) -> None:
    """Record that `key` is consumed here, and observe it when it should not be."""
    for option in alternatives(key):
        if isinstance(option, Array) and option.key_id is not None:
            if option.key_id.broadcast:
                t.observe(KeyMisuse(node, frame, KeyTrouble.BROADCAST, option, None))
            _consume(t, frame, node, option, node, surely=True)


def _consume(t: Tracer, frame: Frame, node: nodes.NodeNG, key: Array, origin: nodes.NodeNG, surely: bool) -> None:
    identity = key.key_id
    assert identity is not None  # the callers asked
    maker = origin_of(identity.source) if identity.constant else None
    if maker is not None and identity.repeated:
        t.observe(KeyMisuse(maker, frame, KeyTrouble.CONSTANT, key, None))
    elif maker is not None and frame.function is not None and maker.scope() is frame.function.node:
        note(frame, Fate.FIXED, Identity(("constant", maker)), node, maker)
    earlier = find(frame, Fate.CONSUMED, identity)
    if earlier is not None and surely and earlier.precedes(frame):
        t.observe(KeyMisuse(node, frame, KeyTrouble.REUSED, key, earlier.node))
    note(frame, Fate.CONSUMED, identity, node, origin, surely=surely)


def split(t: Tracer, frame: Frame, node: nodes.NodeNG, key: Value, number: int | None) -> None:
    """`split(key, number)`: a number folded in before may give one of these keys."""
    _derive(t, frame, node, key, Fate.SPLIT, number, Fate.FOLDED)


def fold(t: Tracer, frame: Frame, node: nodes.NodeNG, key: Value, data: int | None) -> None:
    """`fold_in(key, data)`: one of the keys that a split before gave, if there were so many."""
    _derive(t, frame, node, key, Fate.FOLDED, data, Fate.SPLIT)


def _derive(
    t: Tracer, frame: Frame, node: nodes.NodeNG, key: Value, fate: Fate, detail: int | None, other: Fate
) -> None:
    if not isinstance(key, Array) or key.key_id is None:
        return
    earlier = find(frame, other, key.key_id)
    if earlier is not None and earlier.precedes(frame) and detail is not None and earlier.detail is not None:
        parts, folded = (detail, earlier.detail) if fate is Fate.SPLIT else (earlier.detail, detail)
        if 0 <= folded < parts:
            t.observe(KeyMisuse(node, frame, KeyTrouble.MIXED, key, earlier.node))
    note(frame, fate, key.key_id, node, detail=detail)


def consumed_by_call(t: Tracer, frame: Frame, node: nodes.NodeNG, key: Identity, event: Event) -> None:
    """A function called here consumed a key of ours."""
    placeholder = Array(Tracing.UNKNOWN, key=KeyKind.TYPED, key_id=key)
    _consume(t, frame, node, placeholder, event.origin, event.surely)


def new_key(frame: Frame, node: nodes.NodeNG, constant: bool) -> Identity:
    """The identity of a key made here; marked when its seed is a constant and the code runs once for many."""
    identity = made(frame, node)
    return replace(identity, constant=True, repeated=_runs_once_for_many(frame)) if constant else identity


def fixed_by_call(t: Tracer, frame: Frame, node: nodes.NodeNG, event: Event) -> None:
    """A function called here draws from a key that it makes itself, the same at each call."""
    if _repeats_steps(frame):
        t.observe(KeyMisuse(event.origin, frame, KeyTrouble.CONSTANT, Array(Tracing.UNKNOWN), None))
    else:
        note(frame, Fate.FIXED, Identity(("constant", event.origin)), node, event.origin)


def _repeats_steps(frame: Frame) -> bool:
    return any(loop.counts_steps for loop in frame.loops)


def _runs_once_for_many(frame: Frame) -> bool:
    """Whether a trace is open that is used again and again, or a loop over steps."""
    entry = frame.context.entry
    if any(around.transformation in _DRAWS_NOTHING for around in entries(entry)):
        return False
    walk: Frame | None = frame
    while walk is not None and walk.context.depth > 0:
        caller = walk.caller
        outermost = walk.context.depth == 1 and (caller is None or caller.context.depth == 0)
        if outermost and walk.function is not None and not walk.function.node.args.arguments:
            return False  # a traced function of nothing is a constant, and made to be one
        walk = caller
    return _repeats_steps(frame) or any(around.hides for around in entries(entry))


_DRAWS_NOTHING = frozenset({"jax.eval_shape", "jax.make_jaxpr"})
"""Transformations that ask for shapes or the program only."""


def origin_of(source: object) -> nodes.NodeNG | None:
    """The call that made a key, None for what a function was given."""
    while isinstance(source, tuple):
        source = source[1] if isinstance(source[1], tuple | nodes.NodeNG) else source[0]
    return source if isinstance(source, nodes.Call) else None


def broadcast(value: Value) -> Value:
    """A value that every lane of a map gets alike: its keys are marked."""

    def leaf(child: Value) -> Value:
        if isinstance(child, Array) and child.key_id is not None:
            return replace(child, key_id=replace(child.key_id, broadcast=True))
        return child

    return map_leaves(value, leaf)


def repeated(
    t: Tracer, frame: Frame, told: Iterable[Told], carried: Iterable[Value], carry: Value
) -> None:
    """The body of a loop ran once, and runs again: what it consumed must not come back.

    `told` are the events of that run, on objects of the code around. A captured key comes back, and so does one of
    `carried` that the body returns in its `carry` as it came in.
    """
    given = {identity for value in carried for identity in identities(value)}
    returned = set(identities(carry))
    for record, event in told:
        if record.fate is Fate.CONSUMED and (record.identity not in given or record.identity in returned):
            key = Array(Tracing.UNKNOWN, key=KeyKind.TYPED, key_id=record.identity)
            t.observe(KeyMisuse(event.origin, frame, KeyTrouble.REPEATED, key, None))
