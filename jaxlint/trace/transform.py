"""Transformations: what a function is called with under `jit`, `vmap`, `grad`, `scan`, `cond`, …, by the model's rows.

Three steps: the arguments *enter* the trace (leaves become tracers of the new trace), the function is walked in the
context of that trace, and its result *leaves* it (tracers of the trace become what the code around sees).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import Callee, Gives, Hiding, Leaves, Loop, Returns, Selects, Source, Staging, Wrapper
from jaxlint.trace import buffers, events, keys
from jaxlint.trace.binding import Arguments
from jaxlint.trace.context import EAGER, Context
from jaxlint.trace.items import peek, store
from jaxlint.trace.observations import LoopCall, TransformApplied, TransformedCall
from jaxlint.trace.options import integers, signature, strings
from jaxlint.trace.rebuilding import rebuilt
from jaxlint.trace.staleness import is_made_anew
from jaxlint.trace.tree_map import map_unlike_leaves
from jaxlint.values import (
    HOST,
    NEVER,
    NONE,
    UNKNOWN,
    Answer,
    Array,
    Class,
    Const,
    Dict,
    External,
    Fields,
    Function,
    Host,
    HostKind,
    Instance,
    Iterator,
    List,
    Location,
    NumPyArray,
    Partial,
    PytreeKind,
    Ref,
    TraceEntry,
    Tracing,
    Transformed,
    Tree,
    Tuple,
    TupleOf,
    Union,
    Unknown,
    Value,
    View,
    join,
    join_all,
    underlying,
)
from jaxlint.values.objects import is_record
from jaxlint.values.pytree import is_dynamic_field, leaves, made_at, map_leaves, tracing_of, worst
from jaxlint.values.size import holds_tracer

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer

_NUMERIC = (HostKind.BOOL, HostKind.INT, HostKind.FLOAT, HostKind.COMPLEX)


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
    depth = outer.depth + 1
    entry = TraceEntry(row.path, name, location, depth, contract, hides, kept, repeats, outer.entry)
    staging = Answer.YES if row.staging is Staging.YES else outer.staging
    bound = outer.axes
    if isinstance(row, Wrapper) and row.axis and bound is not None:
        bound = bound | {axes.value} if isinstance(axes, Const) and isinstance(axes.value, str) else bound
        if axes is not None and not isinstance(axes, Const):
            bound = None
    keeper = outer.keeper
    if keeper is None and row.caches and isinstance(base, Function):
        keeper = base.node
    # A map over modules may give each lane parameters of its own.
    held = None if isinstance(row, Wrapper) and row.lifts else outer.held
    return Context(staging, depth, bound, entry=entry, keeper=keeper, held=held)


def enter(
    value: Value, row: Wrapper | Loop, context: Context, drop_axis: bool = False, hiding: Hiding | None = None
) -> Value:
    """What a traced function receives for an argument; `hiding` where it is not that of the row."""
    hiding = hiding or row.hiding
    if hiding is Hiding.SAME:
        return value
    if hiding is Hiding.HOST:
        return map_leaves(value, _on_host)
    if hiding is Hiding.BARE:
        return map_leaves(value, _bare)
    entry = context.entry
    parameters_only = row.leaves is Leaves.PARAMETERS
    only = Leaves.ALL if parameters_only else row.leaves
    updates = isinstance(row, Wrapper) and row.updates

    def leaf(child: Value) -> Value:
        if only is not Leaves.ALL and not isinstance(child, Array | NumPyArray | Tree | Ref | Instance):
            return child
        if only is Leaves.INEXACT and isinstance(child, Array | NumPyArray):
            if not _is_inexact(child):
                return child
            if child.dtype is None and isinstance(child, Array):
                return _perhaps(child, hiding, context)
        match child:
            case Ref(content):
                inner = _perhaps(content, hiding, context) if parameters_only else leaf(content)
                return Ref(inner) if isinstance(inner, Array) else child
            case Array(tracing, shape, dtype, weak, key, key_id):
                shape = (shape[1:] if shape else None) if drop_axis else shape
                identity = None if drop_axis else key_id
                return Array(_entered(tracing, hiding, context), shape, dtype, weak, key, identity, entry)
            case NumPyArray(shape, dtype):
                shape = (shape[1:] if shape else None) if drop_axis else shape
                narrowed = {"float64": "float32", "int64": "int32"}.get(dtype or "", dtype)
                return Array(_entered(Tracing.CONCRETE, hiding, context), shape, narrowed, False, why=entry)
            case Const(bool() | int() | float() | complex() as number):
                dtype = {bool: "bool", int: "int32", float: "float32", complex: "complex64"}[type(number)]
                weak = not isinstance(number, bool)
                return Array(_entered(Tracing.CONCRETE, hiding, context), (), dtype, weak, why=entry)
            case Host(kind) if kind in _NUMERIC:
                return Array(_entered(Tracing.CONCRETE, hiding, context), (), why=entry)
            case Tree(tracing):
                return Tree(_entered(tracing, hiding, context), entry)
            case Unknown():
                return Tree(_entered(Tracing.UNKNOWN, hiding, context), entry)
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


def _bare(child: Value) -> Value:
    """The primal, where the code around differentiates and does not hide it."""
    if isinstance(child, Array | Tree):
        match child.tracing:
            case Tracing.PRIMAL:
                return replace(child, tracing=Tracing.CONCRETE)
            case Tracing.TRACER:
                return replace(child, tracing=Tracing.UNKNOWN)
    return child


def _differentiated(value: Value, operands: Tracing) -> Value:
    """What the code around sees of the result of a function that got bare primals."""

    def leaf(child: Value) -> Value:
        if isinstance(child, Array | Tree):
            return replace(child, tracing=child.tracing.with_operand(operands))
        return child

    return value if operands is Tracing.CONCRETE else map_leaves(value, leaf)


def _rebuilt(value: Value, depth: int, updates: bool = False, level: int = 0) -> Value:
    """Containers arrive as copies that JAX made: what is changed in them is lost. Not what is written into the state of
    an object, where the transformation `updates` that of the caller.
    """
    if level > 4:
        return value
    match value:
        case List(items=tuple(items)):
            return List(tuple(_rebuilt(item, depth, updates, level + 1) for item in items), UNKNOWN, depth, True)
        case List(element=element):
            return List(None, element, depth, True)
        case Dict(items, rest):
            return Dict(tuple((key, _rebuilt(item, depth, updates, level + 1)) for key, item in items), rest, depth, True)
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
            inner = {
                name: _rebuilt(field, depth, updates, level + 1) if is_dynamic_field(value, name) else field
                for name, field in fields.items()
            }
            return replace(value, fields=Fields(inner), made=depth, rebuilt=True)
    return value


# ------------------------------------------------------------------------------------------------ leaving a trace


def leave(
    value: Value, outer: Context, operands: Tracing, stacked: bool = False, only: Leaves = Leaves.ALL
) -> Value:
    """What the code around sees of a result: arrays, no matter whether the function returned numbers; unless the
    transformation is about arrays `only`.
    """
    only = Leaves.ALL if only is Leaves.PARAMETERS else only
    tracing = outer.result_of(operands)
    entry = outer.entry

    def leaf(child: Value) -> Value:
        if only is not Leaves.ALL and not isinstance(child, Array | Tree | Ref | Instance | NumPyArray):
            return child
        match child:
            case Ref(content):
                inner = leaf(content)
                return Ref(inner) if isinstance(inner, Array) else child
            case Array(inner, shape, dtype, weak, key, why=why):
                shape = ((None, *shape) if shape is not None else None) if stacked else shape
                kept = _left(inner, why, tracing, outer)
                return Array(kept, shape, dtype, weak, key, why=entry if kept is not Tracing.CONCRETE else None)
            case Tree(inner, why):
                return Tree(_left(inner, why, tracing, outer), entry)
            case Const(bool() | int() | float() | complex() as number):
                dtype = {bool: "bool", int: "int32", float: "float32", complex: "complex64"}[type(number)]
                return Array(tracing, None if stacked else (), dtype, why=entry)
            case Host(kind) if kind in _NUMERIC:
                return Array(tracing, None if stacked else (), why=entry)
            case NumPyArray(shape, dtype):
                return Array(tracing, None if stacked else shape, dtype, why=entry)
            case Unknown():
                return Tree(tracing, entry)
            case Instance(fields=fields):
                # Put together anew from children that are not known.
                static = {name: field for name, field in fields.items() if not holds_tracer(field)}
                return replace(child, fields=Fields(static), made=outer.depth, rebuilt=False)
        return child

    return made_at(map_leaves(value, leaf), outer.depth)


def _left(inner: Tracing, why: TraceEntry | None, tracing: Tracing, outer: Context) -> Tracing:
    if inner.is_tracer is Answer.YES and why is not None and why.depth <= outer.depth:
        return inner  # a tracer of the code around, captured and returned
    return tracing


# ------------------------------------------------------------------------------------------------ wrappers: jit(f)


def apply_wrapper(t: Tracer, frame: Frame, node: nodes.NodeNG, wrapper: Wrapper, arguments: Arguments) -> Value:
    """`jit(f, …)`: a function with a transformation on it; without the function, a decorator."""
    function = arguments.named(wrapper.parameters, wrapper.function)
    options = _options(wrapper, arguments)
    if function is None:
        return Partial(t.external(wrapper.path), (), options) if wrapper.decorator_options else UNKNOWN
    if isinstance(function, Unknown):
        return Transformed(wrapper, UNKNOWN, options, node, frame.module_name)
    if wrapper.lifts and isinstance(function, Class):
        return _lifted(t, frame, node, wrapper, function, arguments)
    transformed = Transformed(wrapper, function, options, node, frame.module_name)
    t.transformed.setdefault(transformed, transformed)
    t.origins.setdefault(transformed, frame)
    t.observe(TransformApplied(node, frame, wrapper, transformed, arguments))
    return transformed


def _lifted(
    t: Tracer, frame: Frame, node: nodes.NodeNG, wrapper: Wrapper, cls: Class, arguments: Arguments
) -> Value:
    """A class of modules with the transformation on what its objects do when they are called."""
    lifted = Class(cls.name, cls.node, cls.module, (cls,), cls.environment)
    lifted.pytree, lifted.dataclass, lifted.frozen = cls.pytree, cls.dataclass, cls.frozen
    methods = arguments.keyword("methods")
    names = {"__call__"} if methods is None or methods == NONE else strings(methods) or set()
    for name in sorted(names):
        found = cls.find(name)
        if found is not None:
            given = replace(arguments, positional=(found[0], *arguments.positional[1:]))
            lifted.namespace[name] = apply_wrapper(t, frame, node, wrapper, given)
    return lifted


def _options(wrapper: Wrapper, arguments: Arguments) -> tuple[tuple[str, Value], ...]:
    given = [
        (name, value)
        for name, value in zip(wrapper.parameters, arguments.positional, strict=False)
        if name != wrapper.function
    ]
    given += [(name, value) for name, value in arguments.keywords if name != wrapper.function]
    return tuple(given)


def call_transformed(
    t: Tracer, frame: Frame, node: nodes.NodeNG, transformed: Transformed, arguments: Arguments
) -> Value:
    """Call a function with a wrapper on it."""
    wrapper = transformed.transformation
    if not isinstance(wrapper, Wrapper):
        return UNKNOWN
    t.called.add(transformed)
    if isinstance(transformed.function, Unknown):
        return leave(UNKNOWN, frame.context, _operands(arguments), only=wrapper.leaves)
    origin = transformed.node if transformed.node is not None else node
    axes = transformed.option("axis_name")
    once = isinstance(node, nodes.Call) and isinstance(node.func, nodes.Call)  # jax.checkpoint(f)(x)
    context = open_trace(frame, origin, wrapper, transformed.function, transformed.module, axes, once)
    if wrapper.axis and context.entry is not None:
        context = replace(context, entry=replace(context.entry, alike=_alike(t, transformed)))
    inside = select(t, transformed, arguments, context)
    if context is frame.context:
        result = t.call(frame, node, transformed.function, inside)
        if wrapper.hiding is Hiding.BARE:
            result = _differentiated(result, _operands(arguments))
    else:
        positional = tuple(
            rebuilt(t, frame, node, value, entered, context, lambda child: enter(child, wrapper, context))
            for value, entered in zip(arguments.positional, inside.positional, strict=True)
        )
        inside = replace(inside, positional=positional)
        outer = frame.context
        frame.context = context
        try:
            result = t.call(frame, node, transformed.function, inside)
        finally:
            frame.context = outer
        if wrapper.updates:
            _take_back(t, frame, node, transformed, arguments)
        result = _result(frame, transformed, wrapper, arguments, result)
    t.observe(TransformedCall(node, frame, transformed, arguments, result, _traced_arguments(t, transformed, arguments)))
    buffers.called(t, frame, node, transformed, arguments, result)
    return result


def _take_back(
    t: Tracer, frame: Frame, node: nodes.NodeNG, transformed: Transformed, arguments: Arguments
) -> None:
    """What was written into the objects with state that were given is theirs now."""
    operands = _operands(arguments)
    places = list(arguments.nodes)
    if len(places) < len(arguments.positional) and isinstance(node, nodes.Call) and isinstance(node.func, nodes.Attribute):
        places = [node.func.expr, *places]
    for place in places:
        held = peek(t, frame, place)
        if isinstance(held, Instance) and isinstance(held.cls, Class) and held.cls.pytree is PytreeKind.STATE:
            store(t, frame, place, leave(held, frame.context, operands))


def _traced_arguments(t: Tracer, transformed: Transformed, arguments: Arguments) -> tuple[Value, ...]:
    if not t.listens(TransformedCall):
        return ()
    traced = traced_positions(t, transformed, len(arguments.positional))
    positional = [value for index, value in enumerate(arguments.positional) if traced(index, None)]
    return (*positional, *(value for name, value in arguments.keywords if traced(None, name)))


def _operands(arguments: Arguments) -> Tracing:
    tracing = Tracing.CONCRETE
    for value in arguments.all_values():
        tracing = tracing.with_operand(worst(value))
    return tracing


def select(t: Tracer, transformed: Transformed, arguments: Arguments, context: Context) -> Arguments:
    """The arguments as the function under the wrapper receives them: traced where the wrapper traces them."""
    wrapper = transformed.transformation
    assert isinstance(wrapper, Wrapper)  # call_transformed asked
    if wrapper.selects is Selects.LOOPED:
        return _looped(transformed, arguments, context)
    traced = traced_positions(t, transformed, len(arguments.positional))
    mapped = wrapper.maps
    if wrapper.selects is Selects.SCANNED:
        return _scanned(transformed, wrapper, arguments, context)
    if wrapper.lifts and wrapper.selects is Selects.IN_AXES and _is_receiver(arguments):
        receiver, rest = arguments.positional[0], replace(arguments, positional=arguments.positional[1:])
        return select(t, transformed, rest, context).with_first(receiver)
    alike = _unmapped(transformed) if wrapper.axis else set()
    positional = tuple(
        enter(value, wrapper, context, drop_axis=mapped and index not in alike) if traced(index, None) else value
        for index, value in enumerate(
            keys.broadcast(value) if index in alike else value for index, value in enumerate(arguments.positional)
        )
    )
    keywords = tuple(
        (name, enter(value, wrapper, context, drop_axis=mapped) if traced(None, name) else value)
        for name, value in arguments.keywords
    )
    star = None if arguments.star is None else enter(arguments.star, wrapper, context)
    star_keywords = None if arguments.star_keywords is None else enter(arguments.star_keywords, wrapper, context)
    return Arguments(positional, keywords, star, star_keywords, arguments.nodes)


def _is_receiver(arguments: Arguments) -> bool:
    """Whether the first argument is the module whose method is called."""
    return bool(arguments.positional) and isinstance(arguments.positional[0], Instance)


def _scanned(transformed: Transformed, wrapper: Wrapper, arguments: Arguments, context: Context) -> Arguments:
    """The receiver, the carry whole, and slices of the rest; along which axis, `in_axes` says."""
    sliced = transformed.option("in_axes") is None
    skipped = 1 if wrapper.lifts and _is_receiver(arguments) else 0
    entered: list[Value] = list(arguments.positional[:skipped])
    for index, value in enumerate(arguments.positional[skipped:]):
        inside = enter(value, wrapper, context, drop_axis=sliced and index > 0)
        entered.append(inside if sliced else map_leaves(inside, _unshaped))
    keywords = tuple((name, enter(value, wrapper, context)) for name, value in arguments.keywords)
    star = None if arguments.star is None else enter(arguments.star, wrapper, context)
    return Arguments(tuple(entered), keywords, star, arguments.star_keywords, arguments.nodes)


def _unshaped(child: Value) -> Value:
    return replace(child, shape=None) if isinstance(child, Array) else child


def _looped(transformed: Transformed, arguments: Arguments, context: Context) -> Arguments:
    """`jnp.vectorize` maps over the axes that an argument has beyond its core dimensions, if it has any."""
    excluded = transformed.option("excluded")
    left_out = set() if excluded is None else {leaf.value for leaf in leaves(excluded) if isinstance(leaf, Const)}
    row = transformed.transformation
    assert isinstance(row, Wrapper)  # select asked
    given = transformed.option("signature")
    signature_text = given.value if isinstance(given, Const) and isinstance(given.value, str) else None
    cores = core_ranks(signature_text) if signature_text is not None else []
    positional: list[Value] = []
    for index, value in enumerate(arguments.positional):
        core = cores[index] if index < len(cores) else 0 if given is None else None
        if index in left_out:
            positional.append(value)
        elif isinstance(value, Array) and value.shape is not None and core is not None:
            beyond = len(value.shape) > core
            positional.append(enter(value, row, context, True, Hiding.HIDDEN if beyond else Hiding.SAME))
        else:
            # A function of scalars is vectorized to be called with arrays; of longer cores nothing is known.
            positional.append(enter(value, row, context, True, Hiding.HIDDEN if core == 0 else Hiding.PERHAPS))
    keywords = tuple((name, enter(value, row, context, hiding=Hiding.PERHAPS)) for name, value in arguments.keywords)
    star = None if arguments.star is None else enter(arguments.star, row, context, hiding=Hiding.PERHAPS)
    return Arguments(tuple(positional), keywords, star, arguments.star_keywords, arguments.nodes)


def core_ranks(text: str) -> list[int]:
    """The number of core dimensions of each input of a signature such as "(n,m),(),(m)->(n)"."""
    inputs = text.partition("->")[0]
    groups = inputs.replace(" ", "").strip("()").split("),(")
    return [len([name for name in group.split(",") if name]) for group in groups]


class _Traced:
    """Which arguments a wrapper traces, by position or by keyword."""

    def __init__(self, everything: bool, positions: set[int], names: set[str]) -> None:
        self._everything = everything
        self._positions = positions
        self._names = names

    def __call__(self, position: int | None, name: str | None) -> bool:
        listed = position in self._positions if position is not None else name in self._names
        return not listed if self._everything else listed


def traced_positions(t: Tracer, transformed: Transformed, count: int) -> _Traced:
    """Which arguments the wrapper traces; where its options are not known, those that cannot be told count as traced
    only if nothing is excluded.
    """
    wrapper = transformed.transformation
    assert isinstance(wrapper, Wrapper)
    names = signature(t, transformed.function)
    match wrapper.selects:
        case Selects.NOT_STATIC:
            option = transformed.option("static_argnums") or transformed.option("static_broadcasted_argnums")
            return _excluding(option, transformed.option("static_argnames"), names, count)
        case Selects.NOT_NONDIFF:
            return _excluding(transformed.option("nondiff_argnums"), transformed.option("nondiff_argnames"), names, count)
        case Selects.ARGNUMS:
            given = transformed.option("argnums")
            numbers = {0} if given is None else integers(given)
            if numbers is None:
                return _Traced(False, set(), set())
            positions = {number % count if count and -count <= number < 0 else number for number in numbers}
            return _Traced(False, positions, set())
        case Selects.IN_AXES:
            axes = transformed.option("in_axes")
            return _mapped(axes, count)
        case Selects.ALL | Selects.LOOPED | Selects.SCANNED:
            return _Traced(True, set(), set())


def _excluding(numbers: Value | None, texts: Value | None, names: tuple[str, ...] | None, count: int) -> _Traced:
    positions: set[int] = set()
    keywords: set[str] = set()
    if numbers is not None and numbers != NONE:
        known = integers(numbers)
        if known is None:
            return _Traced(False, set(), set())
        total = len(names) if names else count
        positions = {number % total if total and -total <= number < 0 else number for number in known}
        if names:
            keywords = {names[position] for position in positions if 0 <= position < len(names)}
    if texts is not None and texts != NONE:
        known_texts = strings(texts)
        if known_texts is None:
            return _Traced(False, set(), set())
        keywords |= known_texts
        if names:
            positions |= {names.index(name) for name in known_texts if name in names}
    return _Traced(True, positions, keywords)


def _mapped(axes: Value | None, count: int) -> _Traced:
    if axes is None or (isinstance(axes, Const) and axes.value is not None):
        return _Traced(True, set(), set())
    if isinstance(axes, Tuple) or (isinstance(axes, List) and axes.items is not None):
        items = axes.items or ()
        unmapped = {index for index, item in enumerate(items) if item == NONE}
        unsure = {index for index, item in enumerate(items) if isinstance(item, Unknown)}
        return _Traced(True, unmapped | unsure, set())
    return _Traced(False, set(), set())


def _alike(t: Tracer, transformed: Transformed) -> frozenset[object]:
    """The parameters that `in_axes` surely maps with None, with the tree of their function."""
    function = underlying(transformed)
    names = signature(t, transformed.function)
    if not isinstance(function, Function) or names is None:
        return frozenset()
    return frozenset((function.node, names[index]) for index in _unmapped(transformed) if index < len(names))


def _unmapped(transformed: Transformed) -> set[int]:
    """The positions that `in_axes` surely maps with None."""
    axes = transformed.option("in_axes")
    items = axes.items if isinstance(axes, Tuple | List) else None
    return {index for index, item in enumerate(items or ()) if item == NONE}


def _result(frame: Frame, transformed: Transformed, wrapper: Wrapper, arguments: Arguments, result: Value) -> Value:
    outer = frame.context
    operands = _operands(arguments)
    only = wrapper.leaves
    match wrapper.returns:
        case Returns.SAME:
            return leave(result, outer, operands, wrapper.maps, only)
        case Returns.GRADIENT:
            gradient = _gradient(transformed, arguments, outer, operands)
            aux = _auxiliary(transformed, result)
            return gradient if aux is None else Tuple((gradient, leave(aux, outer, operands, only=only)))
        case Returns.VALUE_AND_GRADIENT:
            gradient = _gradient(transformed, arguments, outer, operands)
            return Tuple((leave(result, outer, operands, only=only), gradient))
        case Returns.CARRY_AND_STACK:
            items = result.items if isinstance(result, Tuple | List) else None
            carry, stacked = items if items is not None and len(items) == 2 else (UNKNOWN, UNKNOWN)
            shaped = transformed.option("out_axes") is None
            parts = leave(carry, outer, operands), leave(stacked, outer, operands, stacked=True)
            return Tuple(parts if shaped else tuple(map_leaves(part, _unshaped) for part in parts))
        case Returns.JACOBIAN:
            return Tree(outer.result_of(operands), outer.entry)
        case Returns.JAXPR | Returns.SHAPES:
            return HOST
        case Returns.ERROR_AND_VALUE:
            return Tuple((UNKNOWN, leave(result, outer, operands)))
        case Returns.UNKNOWN:
            return Tree(outer.result_of(operands), outer.entry)


def _gradient(transformed: Transformed, arguments: Arguments, outer: Context, operands: Tracing) -> Value:
    given = transformed.option("argnums")
    wrapper = transformed.transformation
    assert isinstance(wrapper, Wrapper)  # call_transformed asked
    single = given is None or (isinstance(given, Const) and isinstance(given.value, int))
    numbers = [0] if given is None else sorted(integers(given) or ())
    gradients: list[Value] = []
    for number in numbers:
        value = arguments.positional[number] if -len(arguments.positional) <= number < len(arguments.positional) else UNKNOWN
        gradient = leave(value, outer, operands)
        if wrapper.leaves is Leaves.INEXACT:
            gradient = map_leaves(gradient, lambda leaf: leaf if isinstance(leaf, Array | Tree) else UNKNOWN)
        gradients.append(gradient)
    if not gradients:
        return UNKNOWN
    return gradients[0] if single else Tuple(tuple(gradients))


def _auxiliary(transformed: Transformed, result: Value) -> Value | None:
    option = transformed.option("has_aux")
    if option is None or option == Const(False):
        return None
    return result.items[1] if isinstance(result, Tuple) and len(result.items) == 2 else UNKNOWN


# ------------------------------------------------------------------------------------------------ loops: scan(f, …)


def call_loop(t: Tracer, frame: Frame, node: nodes.NodeNG, loop: Loop, arguments: Arguments) -> Value:
    """A transformation that calls its functions at once."""
    given = _given(loop, arguments)
    outer = frame.context
    operands = Tracing.CONCRETE
    called = {callee.parameter for callee in loop.callees}
    for name, values in given.items():
        if name not in called:
            for value in values:
                operands = operands.with_operand(worst(value))
    if loop.gives is Gives.TREE and {"f", "tree"} <= given.keys():
        is_leaf = arguments.keyword("is_leaf")
        mapped = map_unlike_leaves(t, frame, node, given["f"][0], given["tree"][0], given.get("*rest", ()), is_leaf)
        if mapped is not None:
            return mapped
    functions: list[tuple[Callee, Value]] = []
    for callee in loop.callees:
        for value in given.get(callee.parameter, ()):
            functions += [(callee, function) for function in (_members(value) if callee.many else (value,))]
    results = _run_callees(t, frame, node, loop, functions, given)
    result = _given_back(loop, given, results, outer, operands)
    t.observe(LoopCall(node, frame, loop, arguments, tuple(functions), tuple(results), result))
    return result


def _members(value: Value) -> tuple[Value, ...]:
    match value:
        case Tuple(items) | List(items=tuple(items)):
            return items
        case TupleOf(element) | List(element=element):
            return (element,)
    return ()


def _given(loop: Loop, arguments: Arguments) -> dict[str, tuple[Value, ...]]:
    """The arguments by the loop's parameter names; a `*` parameter takes the rest."""
    given: dict[str, tuple[Value, ...]] = {}
    for index, name in enumerate(loop.parameters):
        if name.startswith("*"):
            rest = arguments.positional[index:]
            if arguments.star is not None:
                rest = (*rest, arguments.star)
            given[name] = rest
            break
        value = arguments.get(index, name)
        if value is not None:
            given[name] = (value,)
    for name, value in arguments.keywords:
        if name not in given:
            given[name] = (value,)
    if "operand" in given:  # cond(p, f, g, operand=x)
        given["*operands"] = given["operand"]
    return given


def _run_callees(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    loop: Loop,
    functions: list[tuple[Callee, Value]],
    given: dict[str, tuple[Value, ...]],
) -> list[Value]:
    results: list[Value] = []
    before = dict(events.events(frame.env))
    bodies: list[events.Events] = []
    for callee, function in functions:
        if isinstance(function, Unknown):
            results.append(UNKNOWN)
            bodies.append({})
            continue
        context = open_trace(frame, node, loop, function, once=loop.repeats)
        result = _run_once(t, frame, node, loop, callee, function, given, context)
        bodies.append(events.take(frame, before))
        if loop.repeats:
            carries = [source.parameter for source in callee.takes if source.source is Source.CARRY]
            carried = [value for name in carries for value in given.get(name, ())]
            keys.repeated(t, frame, bodies[-1].items(), carried, carry_of(loop, result))
        if any(source.source is Source.CARRY for source in callee.takes):
            result = _until_stable(t, frame, node, loop, callee, function, given, context, result)
            events.take(frame, before)
        results.append(result)
    if loop.gives is Gives.RESULT:
        events.put_one_of(frame, bodies)
    else:
        for body in bodies:
            events.put(frame, body)
    return results


def _run_once(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    loop: Loop,
    callee: Callee,
    function: Value,
    given: dict[str, tuple[Value, ...]],
    context: Context,
) -> Value:
    inside: list[Value] = []
    for source in callee.takes:
        values = given.get(source.parameter, ())
        match source.source:
            case Source.WHOLE | Source.CARRY:
                inside += [enter(value, loop, context) for value in values[:1]] or [UNKNOWN]
            case Source.SLICE:
                inside += [enter(value, loop, context, drop_axis=True) for value in values[:1]] or [NONE]
            case Source.COUNTER:
                inside.append(Array(Tracing.HIDDEN, (), "int32", why=context.entry))
            case Source.REST:
                if source.parameter.startswith("*"):
                    inside += [enter(value, loop, context) for value in values]
                elif values:
                    inside += [enter(value, loop, context) for value in _members(values[0])]
            case Source.LEAF:
                inside += [_leaf(value) for value in values]
            case Source.ELEMENT:
                inside.append(Array(Tracing.HIDDEN, why=context.entry))
            case Source.REF:
                inside.append(Ref(Array(Tracing.HIDDEN, why=context.entry)))
    outer, frame.context = frame.context, context
    try:
        return t.call(frame, node, function, Arguments(tuple(inside)))
    finally:
        frame.context = outer


def _leaf(value: Value) -> Value:
    """What `jax.tree.map` hands to its function: any leaf of the tree."""
    return join_all(leaves(value))


def _carry_parameter(callee: Callee) -> str:
    return next(source.parameter for source in callee.takes if source.source is Source.CARRY)


def carry_of(loop: Loop, result: Value) -> Value:
    """The carry in what a body returns: the first of `(carry, y)` for scan, all of it for the others."""
    if loop.gives is not Gives.CARRY_AND_STACK:
        return result
    items = result.items if isinstance(result, Tuple | List) else None
    return items[0] if items is not None and len(items) == 2 else UNKNOWN


def _until_stable(
    t: Tracer,
    frame: Frame,
    node: nodes.NodeNG,
    loop: Loop,
    callee: Callee,
    function: Value,
    given: dict[str, tuple[Value, ...]],
    context: Context,
    result: Value,
) -> Value:
    """Walk the body again from the carry that it returned, while that tells more."""
    name = _carry_parameter(callee)
    if callee is not loop.callees[-1] or not given.get(name):
        return result  # what a condition returns is no carry
    before = enter(given[name][0], loop, context)
    after = join(before, carry_of(loop, result))
    if after == before or after is UNKNOWN:
        return result
    again = _run_once(t, frame, node, loop, callee, function, {**given, name: (after,)}, context)
    return join(result, again)


def _given_back(
    loop: Loop, given: dict[str, tuple[Value, ...]], results: list[Value], outer: Context, operands: Tracing
) -> Value:
    joined = join_all(results)
    if joined is NEVER:
        joined = UNKNOWN
    match loop.gives:
        case Gives.RESULT:
            return leave(joined, outer, operands) if loop.hiding is Hiding.HIDDEN else joined
        case Gives.CARRY:
            return leave(_carry(loop, given, results), outer, operands)
        case Gives.CARRY_AND_STACK:
            result = results[0] if results else UNKNOWN
            items = result.items if isinstance(result, Tuple | List) else None
            stacked = items[1] if items is not None and len(items) == 2 else UNKNOWN
            carry = leave(_carry(loop, given, results), outer, operands)
            return Tuple((carry, leave(stacked, outer, operands, stacked=True)))
        case Gives.STACK:
            return leave(joined, outer, operands, stacked=True)
        case Gives.DECLARED:
            declared = given.get("result_shape_dtypes", (UNKNOWN,))[0]
            return map_leaves(declared, lambda _: Array(outer.result_of(operands), why=outer.entry))
        case Gives.TREE:
            return _mapped_tree(given.get("tree", (UNKNOWN,))[0], joined, outer)
        case Gives.JVP:
            value = leave(joined, outer, operands)
            return Tuple((value, value))
        case Gives.VJP:
            return Tuple((leave(joined, outer, operands), External("jax.vjp.function")))
        case Gives.SHAPES:
            return map_leaves(joined, lambda _: Instance(External("jax.ShapeDtypeStruct"), exact=True))
        case Gives.NOTHING:
            return NONE
        case Gives.UNKNOWN:
            return Tree(outer.result_of(operands), outer.entry) if loop.hiding is Hiding.HIDDEN else UNKNOWN


def _carry(loop: Loop, given: dict[str, tuple[Value, ...]], results: list[Value]) -> Value:
    """The final carry: what the body returned, as far as it is known, in the structure of the initial one."""
    initial = given.get(_carry_parameter(loop.callees[-1]), (UNKNOWN,))[0]
    returned = carry_of(loop, results[-1]) if results else UNKNOWN
    if returned is UNKNOWN or returned is NEVER:
        return map_leaves(initial, lambda leaf: leaf)
    return returned


def _mapped_tree(tree: Value, result: Value, outer: Context) -> Value:
    """`tree.map(f, tree)`: every leaf becomes what `f` returned."""
    match tree:
        case Unknown():
            return UNKNOWN if not isinstance(result, Array | Tree) else Tree(tracing_of(result), outer.entry)
        case Tree():
            return Tree(tracing_of(result), outer.entry) if isinstance(result, Array | Tree) else UNKNOWN

    def leaf(child: Value) -> Value:
        # What is not known may be a tree of its own.
        return _mapped_tree(child, result, outer) if isinstance(child, Unknown | Tree) else result

    return made_at(map_leaves(tree, leaf), outer.depth)
