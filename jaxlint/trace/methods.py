"""Methods of Python's own objects (lists, dicts, strings, …) and of objects of library classes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import Caller, LibraryClass, Loop, Operation, Returns, Wrapper
from jaxlint.trace import buffers, dispatch, leafwise
from jaxlint.trace.arithmetic import merge_dicts
from jaxlint.trace.binding import Arguments
from jaxlint.trace.callers import call_caller
from jaxlint.trace.items import escape, unknown_items
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.trace.library import call_operation
from jaxlint.trace.observations import ConversionKind, DerivativeGiven, Display, IteratorAdvance, Membership
from jaxlint.trace.operations import convert, python_index
from jaxlint.trace.places import registered_in, store, with_item
from jaxlint.trace.text import text_method
from jaxlint.trace.transform import apply_wrapper, call_loop
from jaxlint.values import (
    HOST,
    HOST_INT,
    HOST_STR,
    NONE,
    UNKNOWN,
    Class,
    Const,
    Dict,
    Dispatched,
    External,
    Fields,
    Host,
    HostKind,
    Instance,
    Iterator,
    List,
    Method,
    NumPyArray,
    Set,
    Transformed,
    Tree,
    Tuple,
    TupleOf,
    Value,
    View,
    join,
    join_all,
)
from jaxlint.values.join import dict_value, list_element
from jaxlint.values.keys import key_value, known_key
from jaxlint.values.objects import is_record

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def call_method(t: Tracer, frame: Frame, node: nodes.NodeNG, method: Method, arguments: Arguments) -> Value:
    """`receiver.name(*arguments)` for a built-in object or an object of a library."""
    receiver, name = method.receiver, method.name
    place = node.func.expr if isinstance(node, nodes.Call) and isinstance(node.func, nodes.Attribute) else None
    match receiver:
        case List():
            return _list_method(t, frame, node, place, receiver, name, arguments)
        case Dict():
            return _dict_method(t, frame, node, place, receiver, name, arguments)
        case Set():
            if name in _SET_WRITERS and place is not None:
                value = join_all(arguments.positional)
                if name in ("add", "discard", "remove") and arguments.positional:
                    python_index(t, frame, node, Display.SET, value)
                escape(t, frame, node, place, receiver, value)
                store(t, frame, place, Set(join(receiver.element, value), receiver.made))
                return NONE
            return receiver if name in ("union", "copy", "difference", "intersection") else UNKNOWN
        case Const(str()) | Host(HostKind.STR):
            return _text_method(t, frame, node, receiver, name, arguments)
        case Iterator() if name == "__next__":
            t.observe(IteratorAdvance(node, frame, receiver, receiver.made))
            return receiver.element
        case Tuple() | TupleOf():
            return HOST_INT if name in ("index", "count") else UNKNOWN
        case NumPyArray():
            return _numpy_method(t, frame, node, receiver, name, arguments)
        case Tree():
            return _tree_method(frame, receiver, name)
        case Instance(cls=External()):
            return _library_method(t, frame, node, receiver, name, arguments)
        case Instance(cls=Class()):
            return _object_method(t, frame, node, receiver, name, arguments)
        case Dispatched():
            return dispatch.method(t, frame, node, receiver, name, arguments)
        case Transformed():
            return _transformed_method(t, frame, node, receiver, name, arguments)
    return UNKNOWN


_HASHING = frozenset({"get", "pop", "setdefault"})
_SET_WRITERS = frozenset({"add", "update", "discard", "remove", "clear", "pop"})


# ------------------------------------------------------------------------------------------------ lists and dicts


def _list_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, place: nodes.NodeNG | None, receiver: List, name: str, arguments: Arguments
) -> Value:
    first = arguments.positional[0] if arguments.positional else UNKNOWN
    changed: Value
    result: Value = NONE
    match name:
        case "append":
            held = registered_in(t, frame, place, receiver, first) if place is not None else receiver
            changed = _appended(held if isinstance(held, List) else receiver, (first,), frame)
        case "extend":
            items = items_of(first)
            if items is not None:
                changed = _appended(receiver, items, frame)
            else:
                element = join(list_element(receiver), iterate(t, frame, node, first))
                changed = List(None, element, receiver.made, receiver.rebuilt)
        case "appendleft" | "extendleft":
            added = first if name == "appendleft" else iterate(t, frame, node, first)
            changed = List(None, join(list_element(receiver), added), receiver.made, receiver.rebuilt)
        case "insert":
            value = arguments.positional[1] if len(arguments.positional) > 1 else UNKNOWN
            changed = List(None, join(list_element(receiver), value), receiver.made, receiver.rebuilt)
            first = value
        case "pop":
            if receiver.items and not arguments.positional:
                result = receiver.items[-1]
                changed = replace(receiver, items=receiver.items[:-1])
            else:
                if arguments.positional:
                    convert(t, frame, node, first, ConversionKind.INDEX, "pop")
                result = list_element(receiver)
                changed = List(None, result, receiver.made, receiver.rebuilt)
            first = NONE
        case "popleft":
            result = list_element(receiver)
            changed, first = List(None, result, receiver.made, receiver.rebuilt), NONE
        case "sort" | "reverse" | "clear" | "remove" | "rotate":
            changed = List(None, list_element(receiver), receiver.made, receiver.rebuilt)
            first = NONE
        case "copy":
            return replace(receiver, made=frame.context.depth, rebuilt=False)
        case "index" | "count":
            return HOST_INT
        case _:
            return UNKNOWN
    if place is not None:
        escape(t, frame, node, place, receiver, first)
        store(t, frame, place, changed)
    return result


def _appended(receiver: List, values: tuple[Value, ...], frame: Frame) -> Value:
    # In a branch or loop the length is not known any more: another way may not append.
    if receiver.items is not None and len(receiver.items) + len(values) <= 32:
        return List(receiver.items + values, receiver.element, receiver.made, receiver.rebuilt)
    return List(None, join_all([list_element(receiver), *values]), receiver.made, receiver.rebuilt)


def _dict_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, place: nodes.NodeNG | None, receiver: Dict, name: str, arguments: Arguments
) -> Value:
    first = arguments.positional[0] if arguments.positional else UNKNOWN
    second = arguments.positional[1] if len(arguments.positional) > 1 else NONE
    if name in _HASHING and arguments.positional:
        python_index(t, frame, node, Display.DICT, first)
    match name:
        case "get":
            t.observe(Membership(node, frame, first, receiver))
            key = known_key(first)
            if key is not None and receiver.get(key[0]) is not None:
                return receiver.get(key[0]) or UNKNOWN
            if key is not None and receiver.rest is None:
                return second
            return join(dict_value(receiver) if receiver.items or receiver.rest else UNKNOWN, second)
        case "items":
            pairs = tuple(Tuple((key_value(key), value)) for key, value in receiver.items)
            if receiver.rest is None:
                return View(join_all(pairs), pairs)
            return View(Tuple((HOST, dict_value(receiver))))
        case "values":
            values = tuple(value for _, value in receiver.items)
            items = values if receiver.rest is None else None
            return View(dict_value(receiver), items)
        case "keys":
            keys = tuple(key_value(key) for key, _ in receiver.items)
            return View(HOST, keys if receiver.rest is None else None)
        case "copy":
            return replace(receiver, made=frame.context.depth, rebuilt=False)
        case "update" | "setdefault" | "pop" | "popitem" | "clear":
            return _dict_change(t, frame, node, place, receiver, name, arguments)
    return UNKNOWN


def _dict_change(
    t: Tracer, frame: Frame, node: nodes.NodeNG, place: nodes.NodeNG | None, receiver: Dict, name: str, arguments: Arguments
) -> Value:
    first = arguments.positional[0] if arguments.positional else UNKNOWN
    second = arguments.positional[1] if len(arguments.positional) > 1 else NONE
    changed: Value = unknown_items(receiver)
    written: Value = NONE
    result: Value = NONE
    match name:
        case "update":
            merged = merge_dicts(receiver, first) if isinstance(first, Dict) else receiver
            if arguments.positional and not isinstance(first, Dict):
                merged = Dict(receiver.items, UNKNOWN, receiver.made, receiver.rebuilt)
            for key, value in arguments.keywords:
                merged = merged.with_item(key, value)
            changed = replace(merged, made=receiver.made, rebuilt=receiver.rebuilt)
            written = Tuple(tuple(arguments.all_values()))
        case "setdefault":
            index = known_key(first)
            known = receiver.get(index[0]) if index is not None else None
            result = second if known is None else known
            changed, written = with_item(receiver, first, result), second
        case "pop" | "popitem":
            index = known_key(first)
            known = receiver.get(index[0]) if index is not None else None
            result = known if known is not None else join(dict_value(receiver), second) if receiver.items else UNKNOWN
            if index is not None:
                changed = replace(receiver, items=tuple((k, v) for k, v in receiver.items if k != index[0]))
    if place is not None:
        escape(t, frame, node, place, receiver, written)
        store(t, frame, place, changed)
    return result


def _text_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, receiver: Value, name: str, arguments: Arguments
) -> Value:
    match name:
        case "split" | "splitlines" | "rsplit":
            return List(None, HOST_STR, frame.context.depth)
        case "startswith" | "endswith" | "isdigit" | "isidentifier":
            return Host(HostKind.BOOL)
        case "find" | "index" | "count":
            return HOST_INT
        case "encode":
            return Host(HostKind.BYTES)
    return text_method(t, frame, node, receiver, name, arguments)


def _numpy_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, receiver: NumPyArray, name: str, arguments: Arguments
) -> Value:
    match name:
        case "item" | "tolist":
            return HOST
        case "view" | "reshape" | "transpose" | "swapaxes" | "squeeze":
            return NumPyArray(buffer=receiver.buffer)
        case "astype" | "copy":
            return NumPyArray(receiver.shape)
        case "sum" | "mean" | "max" | "min" | "ravel" | "flatten" | "dot" | "std" | "any" | "all":
            return NumPyArray()
        case "fill" | "sort" | "put" | "partition" | "resize" | "itemset":
            buffers.write(t, frame, node, receiver)
            return NONE
    del t, frame, node, arguments
    return UNKNOWN


def _tree_method(frame: Frame, receiver: Tree, name: str) -> Value:
    child = Tree(receiver.tracing, receiver.why, filled=receiver.filled)
    match name:
        case "items":
            return View(Tuple((HOST, child)))
        case "values":
            return View(child)
        case "keys":
            return View(HOST)
        case "_replace" | "replace":
            return receiver
        case "_asdict":
            return Dict((), child, frame.context.depth)
        case "get":
            return UNKNOWN
    return UNKNOWN


# ------------------------------------------------------------------------------------------------ objects


def _object_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, receiver: Instance, name: str, arguments: Arguments
) -> Value:
    """Methods that dataclasses and named tuples have without defining them; inherited library methods by their rows."""
    assert isinstance(receiver.cls, Class)  # the caller matched
    match name:
        case "_replace" | "replace":
            fields = dict(receiver.fields)
            fields.update(arguments.keywords)
            if arguments.star_keywords is not None:
                fields = {key: join(value, arguments.star_keywords) for key, value in fields.items()}
            return Instance(receiver.cls, Fields(fields), receiver.exact, frame.context.depth)
        case "_asdict":
            return Dict(tuple(receiver.fields.items()), None, frame.context.depth)
    for base in receiver.cls.mro:
        if isinstance(base, External):
            match t.method_meaning(base.path, name):
                case Operation() as operation:
                    return call_operation(t, frame, node, f"{base.path}.{name}", operation, arguments, receiver)
                case Caller() as caller:
                    return call_caller(t, frame, node, caller, receiver, arguments)
    return UNKNOWN


def _library_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, receiver: Instance, method: str, arguments: Arguments
) -> Value:
    if is_record(receiver) and method in ("replace", "_replace"):
        return replace(receiver, fields=Fields({**receiver.fields, **dict(arguments.keywords)}), made=frame.context.depth)
    assert isinstance(receiver.cls, External)  # the caller matched
    if receiver.cls.path == "jaxlint.treedef":
        return t.call(frame, node, External(f"jaxlint.treedef.{method}"), arguments.with_first(receiver))
    tree = leafwise.wrapped(receiver)
    if tree is not None and method == "call" and arguments.positional:
        mapping = Arguments((arguments.positional[0], tree))
        return leafwise.wrap(receiver.cls, t.call(frame, node, t.external("jax.tree.map"), mapping), frame.context.depth)
    path = f"{receiver.cls.path}.{method}"
    meaning = t.method_meaning(receiver.cls.path, method)
    match meaning:
        case Caller() as caller:
            return call_caller(t, frame, node, caller, receiver, arguments)
        case Operation() as operation:
            return call_operation(t, frame, node, path, operation, arguments, receiver)
        case Wrapper() as wrapper:
            return apply_wrapper(t, frame, node, wrapper, arguments)
        case Loop() as loop:
            return call_loop(t, frame, node, loop, arguments)
        case LibraryClass():
            return UNKNOWN
    return UNKNOWN


def _transformed_method(
    t: Tracer, frame: Frame, node: nodes.NodeNG, receiver: Transformed, name: str, arguments: Arguments
) -> Value:
    """`jit(f).lower(x)`, `custom_vjp(f).defvjp(fwd, bwd)`, `custom_jvp(f).defjvp(rule)`."""
    match name:
        case "lower" | "trace" | "eval_shape":
            if isinstance(wrapper := receiver.transformation, Wrapper):
                t.call(frame, node, replace(receiver, transformation=replace(wrapper, returns=Returns.JAXPR)), arguments)
            return HOST
        case "defvjp" | "defjvp" | "defjvps":
            # With symbolic zeros, what JAX hands to the rules are objects of its own around the values, or in their place.
            symbolic = arguments.keyword("symbolic_zeros") not in (None, Const(False))
            rules = arguments.positional
            t.rules_of.setdefault(receiver, []).extend((UNKNOWN,) * len(rules) if symbolic else rules)
            t.observe(DerivativeGiven(node, frame, receiver, name, arguments))
            return arguments.positional[0] if arguments.positional else NONE
    return UNKNOWN
