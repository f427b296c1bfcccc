"""PRNG keys as a linear resource: who made a key, and whether it was consumed on the way here.

Consumption is part of the environment, so it forks and joins with control flow. It stands there under the key's
`KeyId`. What a function does to the keys that it is given is part of its summary: keys that come in are renamed to
parameter slots, so that one summary serves every caller.

    k = jax.random.key(0)
    a = jax.random.normal(k)      # k: consumed
    b = jax.random.normal(k)      # consumed again: KeyMisuse(REUSED)

JAX's own checker judges alike (`jax_debug_key_reuse`, `jax.experimental.key_reuse`): draws and `split` consume,
`fold_in` and `key_data` do not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jaxlint.trace.observations import KeyMisuse, KeyTrouble
from jaxlint.values import Array, Dict, Fields, Instance, KeyId, List, Tuple, Union, Value, join_all

if TYPE_CHECKING:
    from astroid import nodes

    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.tracer import Tracer


@dataclass(frozen=True, slots=True)
class Consumption(Value):
    """A key was consumed at `node`.

    `surely` is False where only one of the ways that met consumed it; `depth` is the nesting of branches at which the
    ways met. A later consumption nested deeper may belong to the other way (`if a: …` and later `if not a: …`), so it
    is not reported; one that is not nested deeper follows both.
    """

    node: nodes.NodeNG
    depth: int
    surely: bool = True

    def maybe(self) -> Consumption:
        """The consumption after its way met one without it."""
        return Consumption(self.node, max(self.depth - 1, 0), False)


def meet(a: Consumption, b: Consumption) -> Consumption:
    """The consumption where two ways that both consumed meet."""
    return Consumption(a.node, min(a.depth, b.depth), a.surely and b.surely)


def consume(t: Tracer, frame: Frame, node: nodes.NodeNG, key: Value) -> None:
    """Record that `key` is consumed here, and observe it when it was consumed before."""
    if not isinstance(key, Array) or key.key_id is None:
        return
    identity = key.key_id
    earlier = _earlier(frame.env, identity)
    if earlier is not None and (earlier.surely or frame.branch_depth <= earlier.depth):
        t.observe(KeyMisuse(node, frame, KeyTrouble.REUSED, key, earlier.node))
    frame.env[identity] = Consumption(node, frame.branch_depth)  # type: ignore[index]


def _earlier(env: Env, identity: KeyId) -> Consumption | None:
    """The consumption of this key, of a batch that it was taken from, or of a key taken from it."""
    known = env.get(identity)  # type: ignore[call-overload]
    if isinstance(known, Consumption):
        return known
    path = identity.path
    for length in range(len(path)):
        known = env.get(KeyId(identity.source, path[:length]))  # type: ignore[call-overload]
        if isinstance(known, Consumption):
            return known
    for other, value in env.items():
        if (
            isinstance(other, KeyId)
            and other.source == identity.source
            and other.path[: len(path)] == path
            and isinstance(value, Consumption)
        ):
            return value
    return None


def made(frame: Frame, source: object) -> KeyId:
    """The identity of a key made at `source`: fresh, whatever became of the one made there before."""
    identity = KeyId(source)
    for known in [k for k in frame.env if isinstance(k, KeyId) and k.source == source]:
        del frame.env[known]
    return identity


def rename(value: Value, names: dict[object, KeyId], depth: int = 0) -> Value:
    """The value with the identities of its keys renamed: by source, and a new one for sources not listed."""
    if depth > 3:
        return value
    match value:
        case Array(key_id=KeyId(source, path)):
            base = names.get(source)
            if base is None:
                return value
            return replace(value, key_id=KeyId(base.source, base.path + path))
        case Tuple(items):
            return Tuple(tuple(rename(item, names, depth + 1) for item in items))
        case List(items=tuple(items)):
            return replace(value, items=tuple(rename(item, names, depth + 1) for item in items))
        case Dict(items, rest):
            return replace(value, items=tuple((key, rename(item, names, depth + 1)) for key, item in items))
        case Instance(fields=fields) if fields:
            changed = {name: rename(field, names, depth + 1) for name, field in fields.items()}
            if all(changed[name] is fields[name] for name in changed):
                return value
            return replace(value, fields=Fields(changed))
        case Union(options):
            return join_all(rename(option, names, depth + 1) for option in sorted(options, key=repr))
    return value


def sources(value: Value, depth: int = 0) -> set[KeyId]:
    """The identities of the keys in a value."""
    match value:
        case Array(key_id=KeyId() as identity):
            return {identity}
        case _ if depth > 3:
            return set()
        case Tuple(items) | List(items=tuple(items)):
            return set().union(*(sources(item, depth + 1) for item in items))
        case Dict(items):
            return set().union(*(sources(item, depth + 1) for _, item in items))
        case Instance(fields=fields):
            return set().union(*(sources(field, depth + 1) for field in fields.values()))
    return set()


def canonical(bound: dict[str, Value]) -> tuple[dict[str, Value], dict[object, KeyId]]:
    """Arguments with their keys renamed to slots 0, 1, …, and which key of the caller each slot is."""
    actual: dict[object, KeyId] = {}
    names: dict[object, KeyId] = {}
    for value in bound.values():
        for identity in sorted(sources(value), key=lambda k: (str(k.source), k.path)):
            if identity not in actual.values():
                slot = len(actual)
                actual[slot] = identity
    if not actual:
        return bound, actual
    renamed = {}
    by_identity = {identity: KeyId(slot) for slot, identity in actual.items()}
    for name, value in bound.items():
        renamed[name] = _rename_exact(value, by_identity)
    del names
    return renamed, actual


def _rename_exact(value: Value, names: dict[KeyId, KeyId], depth: int = 0) -> Value:
    match value:
        case Array(key_id=KeyId() as identity) if identity in names:
            return replace(value, key_id=names[identity])
        case _ if depth > 3:
            return value
        case Tuple(items):
            return Tuple(tuple(_rename_exact(item, names, depth + 1) for item in items))
        case List(items=tuple(items)):
            return replace(value, items=tuple(_rename_exact(item, names, depth + 1) for item in items))
        case Dict(items):
            return replace(value, items=tuple((k, _rename_exact(item, names, depth + 1)) for k, item in items))
        case Instance(fields=fields) if fields:
            return replace(value, fields=Fields({n: _rename_exact(f, names, depth + 1) for n, f in fields.items()}))
    return value


def consumed_in(env: Env | None) -> tuple[tuple[KeyId, Consumption], ...]:
    """The consumptions that an environment holds."""
    if not env:
        return ()
    return tuple((k, v) for k, v in env.items() if isinstance(k, KeyId) and isinstance(v, Consumption))


def replay(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    consumed: tuple[tuple[KeyId, Consumption], ...],
    actual: dict[object, KeyId],
    result: Value,
) -> Value:
    """Apply to the caller what a callee did to its keys; returns the result with the caller's keys in it."""
    for identity, consumption in consumed:
        base = actual.get(identity.source)
        if base is None:
            if isinstance(identity.source, int):
                continue
            key = identity  # a key of an enclosing function, captured
        else:
            key = KeyId(base.source, base.path + identity.path)
        earlier = _earlier(frame.env, key)
        if (
            earlier is not None
            and consumption.surely
            and (earlier.surely or frame.branch_depth <= earlier.depth)
        ):
            t.observe(KeyMisuse(node, frame, KeyTrouble.REUSED, _placeholder(key), earlier.node))
        depth = frame.branch_depth
        frame.env[key] = Consumption(node, depth, consumption.surely)  # type: ignore[index]
    names = dict(actual)
    for identity in sources(result):
        if identity.source not in names and not isinstance(identity.source, int):
            if frame.env.get(identity) is None:  # type: ignore[call-overload]
                names[identity.source] = made(frame, (node, identity.source))
    return rename(result, names) if names else result


def _placeholder(identity: KeyId) -> Array:
    from jaxlint.values import KeyKind, Tracing  # noqa: PLC0415

    return Array(Tracing.UNKNOWN, key=KeyKind.TYPED, key_id=identity)
