"""The boundary of a trace: its arguments *enter* it (leaves become tracers of the new trace), its results *leave* it
(tracers of the trace become what the code around sees).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import Hiding, Leaves, Loop, Staging, Wrapper
from jaxlint.trace import dtypes
from jaxlint.trace.binding import Arguments
from jaxlint.trace.context import EAGER, Context
from jaxlint.trace.dependence import without_origin
from jaxlint.trace.options import strings
from jaxlint.trace.staleness import is_made_anew
from jaxlint.trace.transform.bare import bare
from jaxlint.values import (
    UNKNOWN,
    Answer,
    Array,
    Class,
    Const,
    Dict,
    Fields,
    Filtered,
    Function,
    Host,
    HostKind,
    Instance,
    Iterator,
    List,
    Location,
    NumPyArray,
    PytreeKind,
    Ref,
    TraceEntry,
    Tracing,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Unknown,
    Value,
    View,
    join_all,
    underlying,
)
from jaxlint.values.dependence import NOWHERE, Origin, Variable, within
from jaxlint.values.immutable import immutable
from jaxlint.values.objects import is_record
from jaxlint.values.pytree import dynamic_fields, has_own_children, made_at, map_leaves, worst
from jaxlint.values.size import HOLDERS, holds_tracer

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.values import Shape

_NUMERIC = (HostKind.BOOL, HostKind.INT, HostKind.FLOAT, HostKind.COMPLEX)


@immutable(frozen=True, slots=True)
class Axis:
    """The axis over which a map goes.

    Attributes:
        number: which one, None when that is not known.
        size: how many steps there are, None when that is not known.
    """

    number: int | None = 0
    size: int | None = None

    def taken_from(self, shape: Shape | None) -> Shape | None:
        """The shape of one slice."""
        if shape is None or self.number is None or not -len(shape) <= self.number < len(shape):
            return None
        place = self.number % len(shape)
        return shape[:place] + shape[place + 1 :]

    def added_to(self, shape: Shape | None) -> Shape | None:
        """The shape of all slices together."""
        if shape is None or self.number is None or not -len(shape) <= self.number + 1 <= len(shape) + 1:
            return None
        place = self.number % (len(shape) + 1)
        return (*shape[:place], self.size, *shape[place:])


FIRST_AXIS = Axis()


# ------------------------------------------------------------------------------------------------ entering a trace


def open_trace(
    frame: Frame,
    node: nodes.NodeNG,
    row: Wrapper | Loop,
    function: Value,
    module: str = "",
    axes: Value | None = None,
    once: bool = False,
) -> Context:
    """The context inside of a transformation applied at `node`; `once` says that what it gives is called once."""
    outer = frame.context
    if row.staging is Staging.NO:
        return EAGER
    if row.hiding in (Hiding.SAME, Hiding.BARE) and row.staging is Staging.INHERIT:
        return outer
    base = underlying(function)
    name = base.name if isinstance(base, Function) else "a function"
    location = Location(module or frame.module_name, node.lineno or 0)
    hides = row.hiding is not Hiding.PRIMAL
    repeats = isinstance(row, Loop) and row.repeats
    kept = (row.caches or repeats) and not (once and is_made_anew(frame, base))
    contract = isinstance(row, Wrapper) and row.contract
    compiles = isinstance(row, Wrapper) and row.caches and row.hashes
    depth = outer.depth + 1
    stages = row.staging is Staging.YES
    entry = TraceEntry(row.path, name, location, depth, contract, hides, kept, repeats, compiles, stages, outer.entry)
    staging = Answer.YES if stages else outer.staging
    bound = _names_bound(row, axes, outer.axes) if isinstance(row, Wrapper) and row.axis else outer.axes
    keeper = outer.keeper
    if keeper is None and row.caches and isinstance(base, Function):
        keeper = base.node
    # A map over modules may give each lane parameters of its own.
    held = None if isinstance(row, Wrapper) and row.lifts else outer.held
    return replace(outer, staging=staging, depth=depth, axes=bound, locked=False, entry=entry, keeper=keeper, held=held)


def _names_bound(row: Wrapper, given: Value | None, around: frozenset[str] | None) -> frozenset[str] | None:
    """The names of axes that are bound inside of a map; None when some are not known."""
    if given is None and row.binds:
        given = Const(row.binds)
    if row.blocks and not row.binds:
        names = None if given is None else strings(given)
        return None if around is None or not names else around | names
    if around is None or (given is not None and not isinstance(given, Const)):
        return None
    return around | {given.value} if isinstance(given, Const) and isinstance(given.value, str) else around


def enter(
    value: Value, row: Wrapper | Loop, context: Context, axis: Axis | None = None, hiding: Hiding | None = None
) -> Value:
    """What a traced function receives for an argument, slices along `axis` or the whole.

    `hiding` where it is not that of the row.
    """
    hiding = hiding or row.hiding
    if hiding is Hiding.SAME:
        return value if axis is None else map_leaves(value, lambda leaf: _slice(leaf, axis))
    if hiding is Hiding.HOST:
        return map_leaves(value, _on_host)
    if hiding is Hiding.BARE:
        return map_leaves(value, bare(context))
    entry = context.entry
    parameters_only = row.leaves is Leaves.PARAMETERS
    only = Leaves.ALL if parameters_only else row.leaves
    updates = isinstance(row, Wrapper) and row.updates
    own = _own(row, context, axis, hiding)
    whole = isinstance(row, Wrapper)

    def of(child: Array | Tree) -> frozenset[Origin]:
        return child.of if hiding is Hiding.PRIMAL and not _surely_inexact(child, row) else child.of | own

    def leaf(child: Value) -> Value:
        if only is Leaves.ARRAYS and hiding is Hiding.HIDDEN and (
            isinstance(child, Unknown) or (isinstance(child, Tree) and child.tracing is Tracing.UNKNOWN)
        ):
            return Filtered(entry, child is value)  # there need be no array in it at all
        if only is not Leaves.ALL and not isinstance(child, Array | NumPyArray | Tree | Ref | Instance):
            return child
        if only is not Leaves.ALL and isinstance(child, Tree) and child.tracing is Tracing.UNKNOWN:
            return UNKNOWN
        if only is Leaves.INEXACT and isinstance(child, Array | NumPyArray):
            if not _is_inexact(child):
                return child
            if child.dtype is None and isinstance(child, Array):
                return _perhaps(child, hiding, context)
        match child:
            case Ref(content):
                inner = _perhaps(content, hiding, context) if parameters_only else leaf(content)
                return replace(child, content=inner) if isinstance(inner, Array) else child
            case Array(tracing, shape, dtype, weak, key, key_id):
                shape = shape if axis is None else axis.taken_from(shape)
                identity = None if axis is not None else key_id
                return Array(_entered(tracing, hiding, context), shape, dtype, weak, key, identity, entry, of=of(child))
            case NumPyArray(shape, dtype):
                shape = shape if axis is None else axis.taken_from(shape)
                narrowed, _ = dtypes.dtype_of(child)
                made = Array(_entered(Tracing.CONCRETE, hiding, context), shape, narrowed, False, why=entry)
                return replace(made, of=of(made))
            case Const(bool() | int() | float() | complex()):
                dtype, weak = dtypes.dtype_of(child)
                made = Array(_entered(Tracing.CONCRETE, hiding, context), (), dtype, weak, why=entry)
                return replace(made, of=of(made))
            case Host(kind) if kind in _NUMERIC:
                return Array(_entered(Tracing.CONCRETE, hiding, context), (), why=entry)
            case Tree(tracing):
                return Tree(_entered(tracing, hiding, context), entry, of(child), child.filled)
            case Unknown():
                entered = _entered(Tracing.UNKNOWN, hiding, context)
                return Tree(entered, entry, of(Tree(Tracing.UNKNOWN)), whole or child is value)
            case Iterator() | View():
                return UNKNOWN  # no pytree: refused
            case Host(HostKind.OBJECT):
                return UNKNOWN if hiding is Hiding.HIDDEN and only is Leaves.ALL else child
            case Instance(cls=Class(pytree=PytreeKind.CUSTOM) as cls, fields=fields):
                # Its own `tree_flatten` says what is a child: arrays must be, plain objects cannot be, numbers may be.
                inside = {name: _child(_rebuilt(field, context.depth)) for name, field in fields.items()}
                return Instance(cls, Fields(inside), child.exact, context.depth, rebuilt=True)
            case Instance(cls=Class(pytree=PytreeKind.UNKNOWN) as cls):
                # Rebuilt by JAX from children that are not known.
                return Instance(cls, made=context.depth, rebuilt=True)
        return child

    def _child(field: Value) -> Value:
        match field:
            case Array() | Tree() | Instance(cls=Class(pytree=PytreeKind.CUSTOM | PytreeKind.UNKNOWN)):
                return leaf(field)
            case Const(bool() | int() | float()) | Host() | NumPyArray() | Unknown():
                return UNKNOWN
            case Tuple() | List() | Dict() | Instance(cls=Class(pytree=PytreeKind.FIELDS | PytreeKind.NAMEDTUPLE)):
                return map_leaves(field, _child)
        return field

    return map_leaves(_rebuilt(value, context.depth, updates), leaf)


def _own(row: Wrapper | Loop, context: Context, axis: Axis | None, hiding: Hiding) -> frozenset[Origin]:
    """Of what variable of this trace the arguments are."""
    if hiding is Hiding.PRIMAL:
        return frozenset({Origin(Variable.DERIVATIVE, context.depth)})
    batches = isinstance(row, Wrapper) and row.maps and row.staging is Staging.INHERIT  # pmap runs each lane by itself
    if hiding is Hiding.HIDDEN and batches and axis is not None and axis.number is not None:
        return frozenset({Origin(Variable.LANE, context.depth)})
    return NOWHERE


def _surely_inexact(child: Array | Tree, row: Wrapper | Loop) -> bool:
    """Whether an argument surely is of numbers that can be differentiated: `grad` refuses others."""
    dtype = child.dtype if isinstance(child, Array) else None
    if isinstance(child, Array) and child.key is not None:
        return False
    if dtype is not None:
        return "float" in dtype or "complex" in dtype
    return isinstance(row, Wrapper) and row.leaves is Leaves.ALL


def _slice(leaf: Value, axis: Axis) -> Value:
    """One slice of an array that is handed over as it is."""
    return replace(leaf, shape=axis.taken_from(leaf.shape), key_id=None) if isinstance(leaf, Array) else leaf


def _is_inexact(array: Array | NumPyArray) -> bool:
    """Whether an array may be differentiated, by its dtype; True when that is not known."""
    if isinstance(array, Array) and array.key is not None:
        return False
    return array.dtype is None or "float" in array.dtype or "complex" in array.dtype


def _perhaps(array: Array, hiding: Hiding, context: Context) -> Array:
    """An array that enters a trace if it is one of numbers that can be differentiated."""
    tracing = _entered(array.tracing, hiding, context)
    if tracing is not array.tracing:
        tracing = tracing.join(array.tracing)
    return replace(array, tracing=tracing, why=context.entry)


def _entered(tracing: Tracing, hiding: Hiding, context: Context) -> Tracing:
    if hiding is Hiding.PERHAPS and tracing is not Tracing.HIDDEN:
        return Tracing.UNKNOWN
    if hiding is Hiding.HIDDEN or tracing is Tracing.HIDDEN or context.staging is Answer.YES:
        return Tracing.HIDDEN
    # Under grad alone the primal keeps its value, unless the code around hides it already.
    if tracing is Tracing.UNKNOWN or context.staging is Answer.UNKNOWN:
        return Tracing.TRACER
    return Tracing.PRIMAL


def _on_host(child: Value) -> Value:
    match child:
        case Array(shape=shape, dtype=dtype):
            return Array(Tracing.CONCRETE, shape, dtype)
        case Tree():
            return Tree(Tracing.CONCRETE)
    return child


def _rebuilt(value: Value, depth: int, updates: bool = False, level: int = 0) -> Value:
    """Containers arrive as copies that JAX made: what is changed in them is lost. Not what is written into the state of
    an object, where the transformation `updates` that of the caller.
    """
    if level > 4 or type(value) not in HOLDERS:
        return value
    match value:
        case List(items=tuple(items)):
            return List(tuple(_rebuilt(item, depth, updates, level + 1) for item in items), UNKNOWN, depth, True)
        case List(element=element):
            return List(None, element, depth, True)
        case Dict(items):
            rebuilt = tuple((key, _rebuilt(item, depth, updates, level + 1)) for key, item in items)
            return replace(value, items=rebuilt, made=depth, rebuilt=True)
        case Tuple(items):
            return Tuple(tuple(_rebuilt(item, depth, updates, level + 1) for item in items))
        case TupleOf(element):
            return TupleOf(_rebuilt(element, depth, updates, level + 1))
        case Union(options):
            return join_all(_rebuilt(option, depth, updates, level + 1) for option in options)
        case Instance(cls=Class(pytree=PytreeKind.STATE), fields=fields):
            inner = {name: _rebuilt(field, depth, updates, level + 1) for name, field in fields.items()}
            return replace(value, fields=Fields(inner), made=depth, rebuilt=not updates)
        case Instance(fields=fields) if is_record(value):
            dynamic = dynamic_fields(value)
            inner = {
                name: _rebuilt(field, depth, updates, level + 1) if name in dynamic else field
                for name, field in fields.items()
            }
            return Instance(value.cls, Fields(inner), value.exact, depth, True)
    return value


# ------------------------------------------------------------------------------------------------ leaving a trace


def leave(
    value: Value,
    outer: Context,
    operands: Tracing,
    axis: Axis | None = None,
    only: Leaves = Leaves.ALL,
    carried: bool = False,
) -> Value:
    """What the code around sees of a result: arrays, no matter whether the function returned numbers; unless the
    transformation is about arrays `only`. Those that each step of a map made are stacked along `axis`.

    Of the state that a loop has `carried`, some parts may be empty.
    """
    only = Leaves.ALL if only is Leaves.PARAMETERS else only
    tracing = outer.result_of(operands)
    entry = outer.entry

    def leaf(child: Value) -> Value:
        if isinstance(child, Filtered) and only is not Leaves.ALL:
            return child if child.why is not None and child.why.depth <= outer.depth else UNKNOWN
        if only is not Leaves.ALL and not isinstance(child, Array | Tree | Ref | Instance | NumPyArray):
            return child
        match child:
            case Ref(content):
                inner = leaf(content)
                return replace(child, content=inner) if isinstance(inner, Array) else child
            case Array(inner, shape, dtype, weak, key, why=why):
                shape = shape if axis is None else axis.added_to(shape)
                kept = _left(inner, why, tracing, outer)
                of = within(child.of, outer.depth)
                return Array(kept, shape, dtype, weak, key, why=entry if kept is not Tracing.CONCRETE else None, of=of)
            case Tree(inner, why):
                return Tree(_left(inner, why, tracing, outer), entry, within(child.of, outer.depth), child.filled)
            case Const(bool() | int() | float() | complex()):
                dtype, _ = dtypes.dtype_of(child)
                return Array(tracing, () if axis is None else axis.added_to(()), dtype, why=entry)
            case Host(kind) if kind in _NUMERIC:
                return Array(tracing, () if axis is None else axis.added_to(()), why=entry)
            case NumPyArray(shape):
                dtype, _ = dtypes.dtype_of(child)
                return Array(tracing, shape if axis is None else axis.added_to(shape), dtype, why=entry)
            case Unknown():
                return Tree(tracing, entry, filled=not carried or child is value)
            case Instance(fields=fields) if has_own_children(child):
                # The arrays in it must be children; numbers may be, and what else there is cannot.
                inside = {name: map_leaves(field, _child) for name, field in fields.items()}
                return replace(child, fields=Fields(inside), made=outer.depth, rebuilt=False)
            case Instance(fields=fields):
                # Put together anew from children that are not known.
                static = {name: field for name, field in fields.items() if not holds_tracer(field)}
                return replace(child, fields=Fields(static), made=outer.depth, rebuilt=False)
        return child

    def _child(held: Value) -> Value:
        if isinstance(held, Const | Host | NumPyArray | Unknown):
            return UNKNOWN
        return leaf(held) if isinstance(held, Array | Tree | Instance) else held

    return made_at(map_leaves(value, leaf), outer.depth)


def derivative(value: Value, outer: Context) -> Value:
    """What the code around sees of a derivative, which is shaped like this.

    Where nothing is staged out, that of a linear function is no tracer, whatever it is taken at.
    """

    def leaf(child: Value) -> Value:
        if outer.staging is not Answer.YES and isinstance(child, Array | Tree) and child.tracing.is_tracer is Answer.YES:
            child = replace(child, tracing=Tracing.UNKNOWN)
        return without_origin(child)

    return map_leaves(value, leaf)


def linear(like: Value, context: Context, arguments: Iterable[Value]) -> Value:
    """What a linear function gives that `jax.linearize` or `jax.vjp` made; what it is `like` is known."""
    operands = Tracing.CONCRETE
    for value in arguments:
        operands = operands.with_operand(worst(value))

    def leaf(child: Value) -> Value:
        match child:
            case Array(shape=shape, dtype=dtype):
                return Array(context.result_of(child.tracing.with_operand(operands)), shape, dtype, why=context.entry)
            case Tree():
                return Tree(context.result_of(child.tracing.with_operand(operands)), context.entry, filled=child.filled)
        return UNKNOWN

    return map_leaves(like, leaf)


def _left(inner: Tracing, why: TraceEntry | None, tracing: Tracing, outer: Context) -> Tracing:
    if inner.is_tracer is Answer.YES and why is not None and why.depth <= outer.depth:
        return inner  # a tracer of the code around, captured and returned
    return tracing


def operands_of(arguments: Arguments) -> Tracing:
    """The most abstract of the arguments."""
    tracing = Tracing.CONCRETE
    for value in arguments.all_values():
        tracing = tracing.with_operand(worst(value))
    return tracing


def unshaped(child: Value) -> Value:
    """A leaf of whose shape nothing is known."""
    return replace(child, shape=None) if isinstance(child, Array) else child
