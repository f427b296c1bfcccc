"""Transformations that call their functions at once: `scan`, `cond`, `while_loop`, `tree.map`, by the rows of `Loop`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.model.schema import Callee, Gives, Hiding, Loop, Source, Staging
from jaxlint.trace import dtypes, events, keys
from jaxlint.trace.binding import Arguments
from jaxlint.trace.context import Context
from jaxlint.trace.dependence import loops_without_way_back, through_one_way
from jaxlint.trace.observations import LoopCall
from jaxlint.trace.rebuilding import put_together, taken_apart
from jaxlint.trace.transform.boundary import FIRST_AXIS, Axis, derivative, enter, leave, open_trace, unshaped
from jaxlint.trace.transform.selection import size_along
from jaxlint.trace.tree_map import map_unlike_leaves
from jaxlint.values import (
    FALSE,
    HOST_INT,
    NEVER,
    NONE,
    UNKNOWN,
    Answer,
    Array,
    Const,
    External,
    Fields,
    Filtered,
    Host,
    Instance,
    List,
    NumPyArray,
    Partial,
    Pullback,
    Ref,
    Tracing,
    Tree,
    Tuple,
    TupleOf,
    Unknown,
    Value,
    join,
    join_all,
)
from jaxlint.values.pytree import PATH, has_own_children, leaves, made_at, map_leaves, tracing_of, worst

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def call_loop(t: Tracer, frame: Frame, node: nodes.NodeNG, loop: Loop, arguments: Arguments) -> Value:
    """A transformation that calls its functions at once."""
    given = _given(loop, arguments)
    outer = frame.context
    if loop.plain and outer.plain:
        loop = replace(loop, hiding=Hiding.SAME, staging=Staging.INHERIT)
    operands = Tracing.CONCRETE
    called = {callee.parameter for callee in loop.callees}
    for name, values in given.items():
        if name not in called:
            for value in values:
                operands = operands.with_operand(worst(value))
    if loop.gives is Gives.TREE and {"f", "tree"} <= given.keys():
        made = _mapped_object(t, frame, node, loop, arguments)
        if made is not None:
            return made
        is_leaf, function = arguments.keyword("is_leaf"), given["f"][0]
        if any(source.source is Source.PATH for source in loop.callees[0].takes):
            function = Partial(function, (PATH,))
            is_leaf = UNKNOWN if arguments.keyword("is_leaf_takes_path") is not None else is_leaf
        mapped = map_unlike_leaves(t, frame, node, function, given["tree"][0], given.get("*rest", ()), is_leaf)
        if mapped is not None:
            return mapped
    functions: list[tuple[Callee, Value]] = []
    for callee in loop.callees:
        for value in given.get(callee.parameter, ()):
            functions += [(callee, function) for function in (_members(value) if callee.many else (value,))]
    first, results = _run_callees(t, frame, node, loop, functions, given)
    if loop.plain and outer.plain:
        return join_all(results) if loop.gives is Gives.RESULT and results else UNKNOWN
    result = _given_back(loop, given, results, outer, operands)
    hidden = any(tracing_of(value).hides is Answer.YES for name in loop.bounds for value in given.get(name, ()))
    if loop.one_way or hidden:
        result = through_one_way(node, given.get(_carry_parameter(loop.callees[-1]), (UNKNOWN,))[0], result)
    t.observe(LoopCall(node, frame, loop, arguments, tuple(functions), tuple(first), tuple(results), result))
    return result


def _mapped_object(t: Tracer, frame: Frame, node: nodes.NodeNG, loop: Loop, arguments: Arguments) -> Value | None:
    """`tree.map` of one object whose class is registered with functions of its own: they run, around the map of its
    children.
    """
    if len(arguments.positional) != 2 or arguments.keywords or not arguments.is_exact:
        return None
    function, tree = arguments.positional
    apart = taken_apart(t, frame, node, tree)
    if apart is None or isinstance(apart.children, Unknown):
        return None
    children = call_loop(t, frame, node, loop, replace(arguments, positional=(function, apart.children)))
    return put_together(t, frame, node, replace(apart, children=children))


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
) -> tuple[list[Value], list[Value]]:
    """What the functions return: in the first step, and in whatever step."""
    first: list[Value] = []
    results: list[Value] = []
    before = dict(events.events(frame.env))
    bodies: list[events.Events] = []
    for callee, function in functions:
        if isinstance(function, Unknown):
            first.append(UNKNOWN)
            results.append(UNKNOWN)
            bodies.append({})
            continue
        context = open_trace(frame, node, loop, function, once=loop.repeats)
        result = _run_once(t, frame, node, loop, callee, function, given, context)
        first.append(result)
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
    return first, results


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
                inside += [enter(value, loop, context, FIRST_AXIS) for value in values[:1]] or [NONE]
            case Source.PART:
                inside += [map_leaves(enter(value, loop, context), unshaped) for value in values[:1]] or [UNKNOWN]
            case Source.COUNTER:
                bounds = [value for name in ("lower", "upper") for value in given.get(name, ())]
                dtype, _ = dtypes.promoted(bounds)
                counter = Array(Tracing.HIDDEN, (), dtype, why=context.entry)
                inside.append(counter if loop.hiding is Hiding.HIDDEN else HOST_INT)
            case Source.REST:
                if source.parameter.startswith("*"):
                    inside += [enter(value, loop, context) for value in values]
                elif values:
                    inside += [enter(value, loop, context) for value in _members(values[0])]
            case Source.LEAF:
                inside += [_leaf(value) for value in values]
            case Source.LINEAR:
                like = tuple(enter(value, loop, context) for value in values[:1])
                inside.append(Partial(External("jaxlint.linear"), like))
            case Source.PATH:
                inside.append(PATH)
            case Source.ELEMENT:
                inside.append(Array(Tracing.HIDDEN, why=context.entry))
            case Source.REF:
                inside.append(Ref(Array(Tracing.HIDDEN, why=context.entry), bare=True))
    outer, frame.context = frame.context, context
    try:
        return t.call(frame, node, function, Arguments(tuple(inside)))
    finally:
        frame.context = outer


def _leaf(value: Value) -> Value:
    """What `jax.tree.map` hands to its function: any leaf of the tree."""
    return join_all(UNKNOWN if has_own_children(leaf) else leaf for leaf in leaves(value))


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
            return leave(_carry(loop, given, results), outer, operands, carried=True)
        case Gives.CARRY_AND_STACK:
            result = results[0] if results else UNKNOWN
            items = result.items if isinstance(result, Tuple | List) else None
            stacked = items[1] if items is not None and len(items) == 2 else UNKNOWN
            carry = leave(_carry(loop, given, results), outer, operands, carried=True)
            return Tuple((carry, leave(stacked, outer, operands, Axis(0, _steps(given)))))
        case Gives.STACK:
            return leave(joined, outer, operands, Axis(0, _steps(given)))
        case Gives.PARTS:
            return leave(map_leaves(joined, _of_part), outer, operands)
        case Gives.DECLARED:
            declared = given.get("result_shape_dtypes", (UNKNOWN,))[0]
            return map_leaves(declared, lambda _: Array(outer.result_of(operands), why=outer.entry))
        case Gives.TREE:
            return _mapped_tree(given.get("tree", (UNKNOWN,))[0], joined, outer)
        case Gives.JVP:
            value = leave(joined, outer, operands)
            return Tuple((value, derivative(value, outer)))
        case Gives.VJP | Gives.LINEARIZED:
            value, others = _with_auxiliary(joined, given.get("has_aux", (FALSE,))[0])
            loops = loops_without_way_back(value, outer.depth + 1)
            seen = leave(value, outer, operands)
            if loop.gives is Gives.VJP:
                primals = Tuple(tuple(given.get("*primals", ())))
                back: Value = Pullback(loop.path, loops, derivative(leave(primals, outer, operands), outer))
            else:
                back = Partial(External("jaxlint.linear"), (derivative(seen, outer),))
            return Tuple((seen, back, *(leave(other, outer, operands) for other in others)))
        case Gives.LIKE | Gives.SOLVED:
            like = leave(given.get(loop.like, (UNKNOWN,))[0], outer, operands)
            if loop.gives is Gives.SOLVED:
                return Tuple((like, UNKNOWN))
            return like if given.get("has_aux", (FALSE,))[0] == FALSE else Tuple((like, UNKNOWN))
        case Gives.SHAPES:
            return map_leaves(joined, lambda _: Instance(External("jax.ShapeDtypeStruct"), exact=True))
        case Gives.FUNCTION:
            return given.get(loop.callees[0].parameter, (UNKNOWN,))[0]
        case Gives.NOTHING:
            return NONE
        case Gives.UNKNOWN:
            return Tree(outer.result_of(operands), outer.entry) if loop.hiding is Hiding.HIDDEN else UNKNOWN


def _with_auxiliary(result: Value, option: Value) -> tuple[Value, tuple[Value, ...]]:
    """What of a result is differentiated, and what the option `has_aux` keeps apart."""
    if option == FALSE:
        return result, ()
    match option, result:
        case Const(True), Tuple((value, other)) | List(items=(value, other)):
            return value, (other,)
    return UNKNOWN, (UNKNOWN,)


def _of_part(leaf: Value) -> Value:
    """What is known of an array, from a part of it."""
    return replace(leaf, shape=None, weak=None) if isinstance(leaf, Array) else leaf


def _steps(given: dict[str, tuple[Value, ...]]) -> int | None:
    """How many steps a loop over slices takes."""
    sizes = [size_along(value, FIRST_AXIS) for value in given.get("xs", ())]
    lengths = [value.value for value in given.get("length", ()) if isinstance(value, Const)]
    return next((size for size in (*sizes, *lengths) if isinstance(size, int)), None)


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
            if isinstance(result, Array | Tree):
                return Tree(tracing_of(result), outer.entry, filled=not isinstance(tree, Filtered) or tree.filled)
            return result if isinstance(result, Filtered) else UNKNOWN
        case Tree():
            if isinstance(result, Array | Tree):
                return Tree(tracing_of(result), outer.entry, filled=tree.filled)
            return UNKNOWN

    def leaf(child: Value) -> Value:
        # What is not known may be a tree of its own.
        if isinstance(child, Instance) and has_own_children(child):
            inside = {name: map_leaves(field, _of_object) for name, field in child.fields.items()}
            return replace(child, fields=Fields(inside))
        return _mapped_tree(child, result, outer) if isinstance(child, Unknown | Tree) else result

    def _of_object(held: Value) -> Value:
        """Arrays are children of the object; numbers may be."""
        if isinstance(held, Array | Tree):
            return result
        return UNKNOWN if isinstance(held, Const | Host | NumPyArray | Unknown) else held

    return made_at(map_leaves(tree, leaf), outer.depth)
