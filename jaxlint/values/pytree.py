"""Pytrees: walking the leaves of a value, as `jax.tree.map` and every transformation do.

Containers, named tuples and registered classes are inner nodes; arrays, numbers and everything else are leaves; None is
an empty tree. https://docs.jax.dev/en/latest/pytrees.html
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from jaxlint.values.arrays import Array, IndexUpdate, NumPyArray, Ref, Tracing
from jaxlint.values.base import HOST, NONE, UNKNOWN, Answer, Const, Host, Never, Unknown, Value
from jaxlint.values.containers import Dict, List, Set, Tree, Tuple, TupleOf, View
from jaxlint.values.containers import Iterator as IteratorValue
from jaxlint.values.functions import Bound, External, Function, Partial, Transformed
from jaxlint.values.join import Union, join_all
from jaxlint.values.objects import Class, Fields, Instance, PytreeKind, is_record
from jaxlint.values.provenance import TraceEntry

DEPTH_LIMIT = 8
"""How deep values are walked; deeper parts count as unknown. Real parameter trees rarely nest further."""

PATH = TupleOf(HOST)
"""The way to a leaf: a tuple of keys, each of which says an attribute, a key or a position."""


def dynamic_fields(instance: Instance) -> Collection[str]:
    """The attributes that JAX treats as children of the pytree (not as static data)."""
    cls = instance.cls
    if isinstance(cls, External) and cls.meaning is not None:
        return [name for name, static in cls.meaning.declared() if not static]
    if not isinstance(cls, Class):
        return ()
    if cls.pytree is PytreeKind.NAMEDTUPLE:
        return instance.fields.keys()
    return cls.dynamic_fields if cls.pytree is PytreeKind.FIELDS else ()


def _is_extended(instance: Instance) -> bool:
    """Whether an object may have children of which nothing is known, because a subclass brings them."""
    return not instance.exact and isinstance(instance.cls, Class) and instance.cls.pytree is PytreeKind.FIELDS


def map_leaves(value: Value, leaf: Callable[[Value], Value], depth: int = 0) -> Value:
    """The same structure with `leaf` applied to each leaf; static fields and None stay as they are."""
    if depth > DEPTH_LIMIT or (type(value) not in _INNER and value != NONE):
        return leaf(value)

    def walk(child: Value) -> Value:
        return map_leaves(child, leaf, depth + 1)

    match value:
        case Tuple(items):
            return Tuple(tuple(walk(item) for item in items))
        case TupleOf(element):
            return TupleOf(walk(element))
        case List(items, element, made, rebuilt):
            if items is None:
                return List(None, walk(element), made, rebuilt)
            return List(tuple(walk(item) for item in items), element, made, rebuilt)
        case Dict(items, rest, made, rebuilt, partial):
            known = tuple((key, walk(item)) for key, item in items)
            return Dict(known, None if rest is None else walk(rest), made, rebuilt, partial)
        case Instance() if is_record(value):
            dynamic = dynamic_fields(value)
            fields = {name: walk(field) if name in dynamic else field for name, field in value.fields.items()}
            return Instance(value.cls, Fields(fields), value.exact, value.made, value.rebuilt)
        case Instance(cls=Class(pytree=PytreeKind.STATE)):
            arrays = {name: map_leaves(field, only_arrays(leaf), depth + 1) for name, field in value.fields.items()}
            return Instance(value.cls, Fields(arrays), value.exact, value.made, value.rebuilt)
        case Union(options):
            return join_all(map_leaves(option, leaf, depth + 1) for option in options)
        case Never() | Const(None):
            return value
    return leaf(value)


def only_arrays(leaf: Callable[[Value], Value]) -> Callable[[Value], Value]:
    """The function for leaves that are arrays; all others stay what they are."""
    return lambda child: leaf(child) if _is_array(child) else child


def made_at(value: Value, made: int, depth: int = 0) -> Value:
    """The same structure as a new one, whose containers were made inside of so many traces."""
    if depth > DEPTH_LIMIT or type(value) not in _INNER:
        return value

    def walk(child: Value) -> Value:
        return made_at(child, made, depth + 1)

    match value:
        case Tuple(items):
            return Tuple(tuple(map(walk, items)))
        case TupleOf(element):
            return TupleOf(walk(element))
        case List(items, element):
            return List(None if items is None else tuple(map(walk, items)), element, made)
        case Dict(items, rest, partial=partial):
            return Dict(tuple((key, walk(item)) for key, item in items), rest, made, partial=partial)
        case Instance() if is_record(value):
            dynamic = dynamic_fields(value)
            fields = {name: walk(field) if name in dynamic else field for name, field in value.fields.items()}
            return Instance(value.cls, Fields(fields), value.exact, made)
        case Instance(cls=Class(pytree=PytreeKind.STATE)):
            return Instance(value.cls, value.fields, value.exact, made)
    return value


def leaves(value: Value, depth: int = 0) -> Iterator[Value]:
    """The leaves of a value, an option of a union counting as a leaf of its own."""
    if depth > DEPTH_LIMIT:
        yield value
        return
    if type(value) not in _INNER:
        if not (isinstance(value, Const) and value.value is None):
            yield value
        return
    children: tuple[Value, ...]
    match value:
        case Tuple(items):
            children = items
        case TupleOf(element) | Set(element) | IteratorValue(element) | View(element):
            children = (element,)
        case List(items, element):
            children = (element,) if items is None else items
        case Dict(items, rest):
            children = tuple(item for _, item in items) + (() if rest is None else (rest,))
        case Instance() if is_record(value):
            dynamic = dynamic_fields(value)
            children = tuple(field for name, field in value.fields.items() if name in dynamic)
            if not children and _is_extended(value):
                children = (UNKNOWN,)
        case Instance(cls=Class(pytree=PytreeKind.STATE)):
            children = _state(value, depth)
        case Union(options):
            children = options
        case Never():
            children = ()
        case _:
            yield value
            return
    for child in children:
        yield from leaves(child, depth + 1)


def has_own_children(value: Value) -> bool:
    """Whether a value is an object whose class says by functions of its own what its children are."""
    return isinstance(value, Instance) and isinstance(value.cls, Class) and value.cls.pytree is PytreeKind.CUSTOM


def arrays_in(value: Value) -> tuple[Value, ...]:
    """The arrays in the attributes of an object that has its own children: whatever array it holds must be one of these."""
    fields = value.fields.values() if isinstance(value, Instance) else ()
    return tuple(leaf for field in fields for leaf in sure_leaves(field) if isinstance(leaf, Array))


def _state(value: Instance, depth: int) -> tuple[Value, ...]:
    """The arrays in an object with state."""
    return tuple(leaf for field in value.fields.values() for leaf in leaves(field, depth + 1) if _is_array(leaf))


def _is_array(value: Value) -> bool:
    return isinstance(value, Array | Tree | Ref | NumPyArray)


_WITH_FUNCTIONS = frozenset({Function, Union, Partial, Bound, Transformed, Tuple, List, Dict, Instance})
"""The kinds of values that are functions of the project, or may hold some."""


def functions(value: Value, depth: int = 0) -> Iterator[Function]:
    """The functions of the project in a value: a pytree of them, or what is bound to arguments."""
    if type(value) not in _WITH_FUNCTIONS:
        return
    match value:
        case Function():
            yield value
        case Union(options):
            for option in options:
                yield from functions(option, depth)
        case Partial(function=inner) | Bound(function=inner) | Transformed(function=inner) if depth <= DEPTH_LIMIT:
            yield from functions(inner, depth + 1)
        case Tuple(items) | List(items=tuple(items)) if depth <= DEPTH_LIMIT:
            for item in items:
                yield from functions(item, depth + 1)
        case Dict(items) if depth <= DEPTH_LIMIT:
            for _, item in items:
                yield from functions(item, depth + 1)
        case Instance(fields=fields) if depth <= DEPTH_LIMIT:
            for item in fields.values():
                yield from functions(item, depth + 1)


_INNER = frozenset({Tuple, TupleOf, Set, IteratorValue, View, List, Dict, Instance, Union, Never})
"""The kinds of values that are no leaf, or need not be one."""


_CONCRETE = frozenset({Const, Host, NumPyArray, External, Function, Instance, Tuple, List, Dict})
"""Most kinds of values that are no array and hold none as what they are."""


def tracing_of(value: Value) -> Tracing:
    """How abstract a single value is, taken as an operand: arrays say so, Python objects are concrete."""
    if type(value) in _CONCRETE:
        return Tracing.CONCRETE
    match value:
        case Array(tracing) | Tree(tracing):
            return tracing
        case Ref(content):
            return content.tracing
        case IndexUpdate(array):
            return tracing_of(array)
        case Unknown():
            return Tracing.UNKNOWN
        case Union(options):
            kinds = [tracing_of(option) for option in options]
            result = kinds[0]
            for kind in kinds[1:]:
                result = result.join(kind)
            return result
    return Tracing.CONCRETE


def reason(value: Value) -> TraceEntry | None:
    """Why a single value is traced."""
    return value.why if isinstance(value, Array | Tree) else None


def worst(value: Value) -> Tracing:
    """How abstract the most abstract leaf is, as an operation on the whole tree would see it."""
    if type(value) not in _INNER:
        return tracing_of(value)
    result = Tracing.CONCRETE
    for leaf in leaves(value):
        result = result.with_operand(tracing_of(leaf))
        if result is Tracing.HIDDEN:
            break
    return result


def holds_tracer(value: Value) -> Answer:
    """Whether any leaf is a tracer."""
    return worst(value).is_tracer


def tracer_in(value: Value) -> Array | Tree | None:
    """A leaf that certainly is a tracer, for the message; None when there is none."""
    if type(value) not in _INNER:
        return value if isinstance(value, Array | Tree) and value.tracing.is_tracer is Answer.YES else None
    for leaf in sure_leaves(value):
        if isinstance(leaf, Array | Tree) and leaf.tracing.is_tracer is Answer.YES:
            return leaf
    return None


def sure_leaves(value: Value, depth: int = 0) -> Iterator[Value]:
    """The leaves that a value certainly has: of what may be either of several, those of one if each has a tracer."""
    if depth > DEPTH_LIMIT:
        return
    children: tuple[Value, ...]
    match value:
        case Tuple(items) | List(items=tuple(items)):
            children = items
        case TupleOf(element) | List(element=element) | Set(element) | IteratorValue(element) | View(element):
            children = (element,)
        case Dict(items, rest):
            children = tuple(item for _, item in items) + (() if rest is None else (rest,))
        case Instance() if is_record(value):
            dynamic = dynamic_fields(value)
            children = tuple(field for name, field in value.fields.items() if name in dynamic)
        case Instance(cls=Class(pytree=PytreeKind.STATE)):
            children = _state(value, depth)
        case Union(options):
            found = [tracer_in(option) for option in options]
            if all(leaf is not None for leaf in found):
                yield from (leaf for leaf in found[:1] if leaf is not None)
            return
        case Never():
            return
        case Const(None):
            return
        case _:
            yield value
            return
    for child in children:
        yield from sure_leaves(child, depth + 1)
