"""Items: `x[i]`, `x[i] = v`, `del x[i]`, and whether a change of a container outlives the trace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace import buffers, demands, leafwise
from jaxlint.trace.binding import Arguments
from jaxlint.trace.indexing import indexed
from jaxlint.trace.iteration import items_of
from jaxlint.trace.observations import Display, Escape, ItemRead, ItemWrite, Membership, Target
from jaxlint.trace.operations import python_index
from jaxlint.trace.places import peek, registered_in, store, with_item
from jaxlint.trace.staleness import Place, bound_outside, read_in_trace
from jaxlint.values import (
    HOST,
    HOST_STR,
    NEVER,
    NONE,
    UNKNOWN,
    Array,
    Class,
    Const,
    Dict,
    External,
    Function,
    Host,
    HostKind,
    IndexUpdate,
    Instance,
    List,
    Never,
    NumPyArray,
    PytreeKind,
    Ref,
    Set,
    Slice,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Unknown,
    Value,
    View,
    alternatives,
    join_all,
)
from jaxlint.values.join import dict_value, list_element
from jaxlint.values.keys import known_key
from jaxlint.values.objects import tuple_fields
from jaxlint.values.pytree import tracing_of

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


# ------------------------------------------------------------------------------------------------ reading


def read_item(t: Tracer, frame: Frame, node: nodes.NodeNG, target: Value, index: Value) -> Value:
    """`target[index]`."""
    target = _indexed_by(index, target)
    match target:
        case Array():
            t.observe(ItemRead(node, frame, target, index))
            return _array_item(frame, target, index)
        case IndexUpdate(array):
            t.observe(ItemRead(node, frame, target, index))
            return IndexUpdate(array, index)
        case Ref(content):
            tracing = frame.context.result_of(content.tracing)
            return replace(content, shape=indexed(content.shape, index), tracing=tracing)
        case Tree():
            # A pytree of unknown structure: the item of an array, or a child.
            t.observe(ItemRead(node, frame, target, index))
            return target
        case Tuple() | TupleOf():
            return _sequence_item(t, frame, node, target, index, Display.TUPLE)
        case List():
            return _sequence_item(t, frame, node, target, index, Display.LIST)
        case View():
            _indices(t, frame, node, Display.RANGE, index)
            return target if isinstance(index, Slice) else target.element
        case Dict():
            value = _dict_item(t, frame, node, target, index)
            if frame.context.keeper is not None and target.made == 0 and isinstance(node, nodes.Subscript):
                place = _item_place(frame, node.value, index)
                if place is not None:
                    read_in_trace(t, frame, node, place, value)
            return value
        case NumPyArray(shape, dtype):
            _indices(t, frame, node, Display.NUMPY, index)
            return NumPyArray(indexed(shape, index), dtype, target.buffer if _is_view(index) else None)
        case Const(str()) | Host(HostKind.STR):
            _indices(t, frame, node, Display.STRING, index)
            return HOST_STR
        case Class() | External() | Function():
            return target if isinstance(target, Class | External) else UNKNOWN
        case Instance() if tuple_fields(target) is not None:
            items = items_of(target)
            if items is not None:
                return _sequence_item(t, frame, node, Tuple(items), index, Display.TUPLE)
            return UNKNOWN
        case Instance(cls=External() as cls) if (tree := leafwise.wrapped(target)) is not None:
            parts = leafwise.mapped(frame, tree, lambda leaf: read_item(t, frame, node, leaf, index))
            return leafwise.wrap(cls, parts, frame.context.depth)
        case Instance(cls=Class() as cls):
            found = cls.find("__getitem__")
            if found is not None:
                return t.call(frame, node, found[0], Arguments((target, index)))
            return UNKNOWN
        case Union():
            # Of one of several containers it is not known that it is the one which is indexed.
            unsure = index if isinstance(index, Const | Slice) else UNKNOWN
            options = [option for option in alternatives(target) if option != NONE]
            part = index if len(options) == 1 else unsure
            return join_all(read_item(t, frame, node, option, part) for option in options)
        case Never():
            return NEVER
    return UNKNOWN


def _indexed_by(index: Value, target: Value) -> Value:
    """What is indexed. No array has items under a text: an annotation that says so of a dict of arrays is mistaken."""
    if isinstance(target, Array) and (index == HOST_STR or (isinstance(index, Const) and isinstance(index.value, str))):
        return Tree(target.tracing, target.why)
    return target


def _array_item(frame: Frame, target: Array, index: Value) -> Value:
    tracing = tracing_of(target)
    for part in index.items if isinstance(index, Tuple) else (index,):
        tracing = tracing.with_operand(tracing_of(part)) if not isinstance(part, Slice | Unknown) else tracing
    shape = indexed(target.shape, index)
    identity = None
    if target.key_id is not None and isinstance(index, Const) and isinstance(index.value, int):
        identity = target.key_id[index.value] if index.value >= 0 else None
    tracing = frame.context.result_of(tracing)
    why = target.why or frame.context.maker
    return Array(tracing, shape, target.dtype, target.weak, target.key, identity, why, of=target.of)


def _indices(t: Tracer, frame: Frame, node: nodes.NodeNG, container: Display, index: Value) -> None:
    for part in index.items if isinstance(index, Tuple) else (index,):
        if isinstance(part, Slice):
            for bound in (part.lower, part.upper, part.step):
                if bound is not None:
                    python_index(t, frame, node, container, bound, slicing=True)
        else:
            python_index(t, frame, node, container, part)


def _sequence_item(
    t: Tracer, frame: Frame, node: nodes.NodeNG, target: Tuple | TupleOf | List, index: Value, container: Display
) -> Value:
    _indices(t, frame, node, container, index)
    items = items_of(target)
    if items is None:
        element = target.element if isinstance(target, TupleOf) else list_element(target)  # type: ignore[arg-type]
        if not isinstance(index, Slice):
            return element
        return List(None, element, frame.context.depth) if isinstance(target, List) else target
    match index:
        case Const(int() as position):
            return items[position] if -len(items) <= position < len(items) else UNKNOWN
        case Slice(lower, upper, step):
            bounds = [_bound(part) for part in (lower, upper, step)]
            known = all(part is None or bound is not None for part, bound in zip((lower, upper, step), bounds, strict=True))
            if known and bounds[2] != 0:
                chosen = items[slice(*bounds)]
                return Tuple(chosen) if isinstance(target, Tuple) else List(chosen, UNKNOWN, frame.context.depth)
            element = join_all(items)
            return TupleOf(element) if isinstance(target, Tuple) else List(None, element, frame.context.depth)
    return join_all(items) if items else UNKNOWN


def _bound(part: Value | None) -> int | None:
    """A bound of a slice, as far as it is a known integer."""
    return part.value if isinstance(part, Const) and isinstance(part.value, int) else None


def _dict_item(t: Tracer, frame: Frame, node: nodes.NodeNG, target: Dict, index: Value) -> Value:
    key = known_key(index)
    if key is not None:
        found = target.get(key[0])
        if found is not None:
            return found
        return UNKNOWN if target.rest is None else target.rest
    if isinstance(index, Array):
        python_index(t, frame, node, Display.DICT, index)
    t.observe(Membership(node, frame, index, target, key=True))
    if not target.items and target.rest is None:
        return UNKNOWN
    return dict_value(target)


def _is_view(index: Value) -> bool:
    """Whether NumPy gives a view for an index: integers and slices; arrays and lists make a copy."""
    parts = index.items if isinstance(index, Tuple) else (index,)
    return all(isinstance(part, Slice | Const) or part == Host(HostKind.INT) for part in parts)


# ------------------------------------------------------------------------------------------------ writing


def write_item(
    t: Tracer, frame: Frame, node: nodes.Subscript, value: Value, operator: str = "", deletes: bool = False
) -> None:
    """`node.value[node.slice] = value`."""
    target = t.evaluate(frame, node.value)
    index = t.evaluate(frame, node.slice)
    set_item(t, frame, node, node.value, target, index, value, operator, deletes)


def set_item(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    place: nodes.NodeNG,
    target: Value,
    index: Value,
    value: Value,
    operator: str = "",
    deletes: bool = False,
) -> None:
    """`target[index] = value` at `node`, for a target that is held at `place`."""
    target = _indexed_by(index, target)
    t.observe(ItemWrite(node, frame, target, index, value, operator, deletes))
    for option in alternatives(target):
        if isinstance(option, NumPyArray):
            buffers.write(t, frame, node, option)
            escape(t, frame, node, place, option, value)
        elif isinstance(option, List | Dict):
            if isinstance(option, Dict) and isinstance(index, Array):
                python_index(t, frame, node, Display.DICT, index)
            elif isinstance(option, List):
                _indices(t, frame, node, Display.LIST, index)
            escape(t, frame, node, place, option, value)
            item = _item_place(frame, place, index) if frame.context.depth == 0 else None
            if item is not None:
                bound_outside(t, frame, node, item, value)
        elif isinstance(option, Ref):
            written(t, frame, node, place, option, value)
        elif isinstance(option, Instance) and isinstance(option.cls, Class):
            found = option.cls.find("__setitem__")
            if found is not None:
                t.call(frame, node, found[0], Arguments((option, index, value)))
    if not deletes:
        store(t, frame, place, with_item(registered_in(t, frame, place, target, value), index, value))


def escape(t: Tracer, frame: Frame, node: nodes.NodeNG, place: nodes.NodeNG, owner: Value, value: Value) -> None:
    """Code changes `owner`, found at `place`; observed when the change outlives the trace, or is lost with it."""
    depth = frame.context.depth
    if depth == 0:
        return
    made: int | None
    rebuilt = False
    match owner:
        case List(made=made, rebuilt=rebuilt) | Dict(made=made, rebuilt=rebuilt) | Instance(made=made, rebuilt=rebuilt):
            pass
        case Set(made=made):
            pass
        case NumPyArray():
            made = _depth_of(t, frame, place)
        case Function(closure=closure):
            made = closure.traces if isinstance(closure, type(frame)) else None
        case _:
            return
    if made is None:
        return
    if rebuilt and made == depth:
        t.observe(Escape(node, frame, Target.ARGUMENT, place.as_string(), value, owner, made, place))
    elif made < depth:
        target = Target.ATTRIBUTE if isinstance(owner, Instance | Function) else Target.CONTAINER
        t.observe(Escape(node, frame, target, place.as_string(), value, owner, made, place))


def written(t: Tracer, frame: Frame, node: nodes.NodeNG, place: nodes.NodeNG, target: Ref, value: Value) -> None:
    """Code writes into a mutable array; one that an object with state holds is a part of that."""
    demands.write(frame, node, target)
    owner = peek(t, frame, place.expr) if isinstance(place, nodes.Attribute) else UNKNOWN
    if isinstance(owner, Instance) and isinstance(owner.cls, Class) and owner.cls.pytree is PytreeKind.STATE:
        escape(t, frame, node, place.expr, owner, value)


def _item_place(frame: Frame, holder: nodes.NodeNG, index: Value) -> Place | None:
    """The item of a dict that a global name holds."""
    if not isinstance(holder, nodes.Name) or not isinstance(index, Const):
        return None
    owner = frame.owner_of(holder.name)
    return Place(owner.module_name, holder.name, index.value) if owner is not None and owner.parent is None else None


def _depth_of(t: Tracer, frame: Frame, place: nodes.NodeNG) -> int | None:
    """How many traces were open where what is held at a place was put there; None when that is not known."""
    match place:
        case nodes.Name(name=name):
            owner = frame.owner_of(name)
            return None if owner is None or owner is frame else owner.traces
        case nodes.Attribute(expr=expr) | nodes.Subscript(value=expr):
            holder = peek(t, frame, expr)
            if isinstance(holder, List | Dict | Instance) and not holder.rebuilt:
                return holder.made
    return None


def unknown_items(value: Value) -> Value:
    """A container after a change that is not followed."""
    match value:
        case List(made=made, rebuilt=rebuilt):
            return List(None, UNKNOWN, made, rebuilt)
        case Dict(made=made, rebuilt=rebuilt):
            return Dict((), HOST if not value.items and value.rest is None else UNKNOWN, made, rebuilt)
    return value
