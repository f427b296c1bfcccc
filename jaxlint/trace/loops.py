"""Python's loops, to a fixed point.

    x = 0                  # first walk:  x is 0, then an array
    for row in rows:       # second walk: x is `0 | Array`, and stays so: the fixed point
        x = x + row

The first walk is the first iteration as it happens; further walks start from the join of what can reach the loop's head.
What still changes in the last walk allowed is widened to unknown. A short sequence of known items is walked item by item.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.assignment import assign
from jaxlint.trace.events import Record
from jaxlint.trace.frame import FrameKind, LoopExits, join_envs
from jaxlint.trace.identity import another, made_where_ways_meet
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.trace.narrowing import fork
from jaxlint.trace.observations import LoopStatement, Site
from jaxlint.trace.own_operators import iterator_of
from jaxlint.trace.places import peek, store
from jaxlint.trace.truth import truth
from jaxlint.values import UNKNOWN, Answer, Array, Const, Dict, Iterator, List, Tuple, Value, View
from jaxlint.values.base import widened

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.tracer import Tracer


def run_for(t: Tracer, frame: Frame, node: nodes.For) -> bool:
    """`for target in iterable`."""
    iterable = iterator_of(t, frame, node.iter, t.evaluate(frame, node.iter))
    items = items_of(iterable)
    steps = _steps(t, frame, node.iter, iterable, items)
    t.observe(LoopStatement(node, frame, iterable, steps))
    is_table = frame.kind is FrameKind.MODULE and isinstance(iterable, List | Tuple)
    limit = t.budgets.tabulated if is_table else t.budgets.unrolled
    if (
        items is not None
        and len(items) <= limit
        and frame.walks(len(items)) <= t.budgets.repetitions
        and not isinstance(iterable, Array | Dict)
        and not (isinstance(iterable, Iterator) and isinstance(node.iter, nodes.Name))
    ):
        if isinstance(iterable, Iterator):
            iterate(t, frame, node.iter, iterable)
        return _unrolled(t, frame, node, iterable, items)
    element = iterate(t, frame, node.iter, iterable)

    def enter() -> bool:
        assign(t, frame, node.target, another(frame, node, element))
        return True

    return _fixed_point(t, frame, node, enter, lambda: None, always_ends=True, steps=steps)


def _steps(
    t: Tracer, frame: Frame, expression: nodes.NodeNG, iterable: Value, items: tuple[Value, ...] | None
) -> int | None:
    """How many steps a loop has, by the bounds of a range, the length of a container, the shape of an array."""
    if isinstance(iterable, Array):
        return iterable.shape[0] if iterable.shape else None
    if isinstance(iterable, View) and isinstance(expression, nodes.Call):
        given = [_constant(t, frame, argument) for argument in expression.args]
        bounds = [bound for bound in given if bound is not None]
        if len(bounds) == len(given) and 1 <= len(bounds) <= 3 and 0 not in bounds[2:]:
            return len(range(*bounds))
        return None
    return None if items is None else len(items)


def _constant(t: Tracer, frame: Frame, expression: nodes.NodeNG) -> int | None:
    match expression:
        case nodes.Const(value=int() as number):
            return number
        case nodes.UnaryOp(op="-", operand=nodes.Const(value=int() as number)):
            return -number
    held = peek(t, frame, expression)
    return held.value if isinstance(held, Const) and isinstance(held.value, int) else None


def run_while(t: Tracer, frame: Frame, node: nodes.While) -> bool:
    """`while test`."""
    outcome = Answer.UNKNOWN

    def enter() -> bool:
        nonlocal outcome
        outcome = truth(t, frame, node.test, t.evaluate(frame, node.test), Site.WHILE)
        frame.env = fork(t, frame, node.test, True)
        return outcome is not Answer.NO

    def leave() -> None:
        frame.env = fork(t, frame, node.test, False)

    forever = isinstance(node.test, nodes.Const) and bool(node.test.value)
    return _fixed_point(t, frame, node, enter, leave, always_ends=not forever)


def _fixed_point(
    t: Tracer,
    frame: Frame,
    node: nodes.For | nodes.While,
    enter: Callable[[], bool],
    leave: Callable[[], None],
    always_ends: bool,
    steps: int | None = None,
) -> bool:
    before = head = frame.env
    breaks: list[Env] = []
    counts_steps = t.counts_steps(node)
    passes = t.budgets.loop_passes
    if frame.walks(passes) > t.budgets.repetitions:
        t.spent.note("repetitions")
        passes = 1
        head = _without(head, node)
    frame.branch_depth += 1
    for walk in range(passes):
        frame.env = head.copy()
        exits = LoopExits(counts_steps, frame.walks(passes), steps)
        frame.loops.append(exits)
        end: Env | None = None
        if enter() and t.run_block(frame, node.body):
            end = frame.env
        frame.loops.pop()
        for env in exits.continues:
            end = join_envs(end, env)
        breaks = exits.breaks
        if end is None:
            break
        following = _next_head(head, end, widen=walk + 2 >= passes)
        settled = _tells_the_same(following, head, t.carried(node))
        head = following
        if settled:
            break
    else:
        head = _without(head, node)  # what changed last may not have reached all that depends on it
    frame.branch_depth -= 1
    frame.env = head.copy()
    alive = always_ends
    if alive:
        leave()
        if node.orelse:
            alive = t.run_block(frame, node.orelse)
    after: Env | None = frame.env if alive else None
    for env in breaks:
        after = join_envs(after, env)
    if after is None:
        return False
    frame.env = after
    made_where_ways_meet(frame, node, before, [after])
    return True


def _without(head: Env, node: nodes.For | nodes.While) -> Env:
    """What holds at the head of a loop of which nothing is known but the names that it binds."""
    bound = {name.name for part in node.body for name in part.nodes_of_class(nodes.AssignName)}
    return {name: UNKNOWN if name in bound else value for name, value in head.items()}


def _next_head(head: Env, end: Env, widen: bool) -> Env:
    joined = join_envs(head, end)
    assert joined is not None  # both arrive
    for name, value in joined.items():
        before = head.get(name)
        if before is value:
            continue
        if isinstance(name, Record):
            # The next iteration follows this one: what happened in it has happened.
            joined[name] = end.get(name, value)
            continue
        if before is None or before == value:
            continue
        if widen:
            joined[name] = UNKNOWN if not isinstance(before, Const) else _forget(before, value)
    return joined


def _forget(before: Const, value: Value) -> Value:
    """A counter keeps its kind: `i = 0; i += 1` is an int."""
    kind = widened(before)
    return kind if value == kind else UNKNOWN


def _tells_the_same(following: Env, head: Env, carried: Set[str]) -> bool:
    """Whether another walk of the body would meet nothing new: what differs is bound anew before anything reads it."""
    for name, value in following.items():
        before = head.get(name)
        if before is not value and before != value and (name in carried or isinstance(name, Record)):
            return False
    return True


def _unrolled(t: Tracer, frame: Frame, node: nodes.For, iterable: Value, items: tuple[Value, ...]) -> bool:
    breaks: list[Env] = []
    target = node.target.name if isinstance(node.target, nodes.AssignName) else None
    changed = list(items)
    counts_steps = t.counts_steps(node)
    for step, item in enumerate(items):
        frame.env = frame.env.copy()
        assign(t, frame, node.target, item)
        if target is not None:
            frame.mutated.discard(target)
        exits = LoopExits(counts_steps, frame.walks(len(items)), len(items))
        frame.loops.append(exits)
        end: Env | None = frame.env if t.run_block(frame, node.body) else None
        if end is not None:
            end = frame.env
        frame.loops.pop()
        for env in exits.continues:
            end = join_envs(end, env)
        breaks += exits.breaks
        if end is None:
            if not breaks:
                return False
            after: Env | None = None
            for env in breaks:
                after = join_envs(after, env)
            assert after is not None  # breaks is not empty
            frame.env = after
            return True
        frame.env = end
        if target in frame.mutated:
            changed[step] = end.get(target, item)
    if not breaks and changed != list(items) and isinstance(iterable, List | Tuple):
        # The steps changed the objects that the sequence holds: `for row in rows: row["x"] = 0`.
        store(t, frame, node.iter, replace(iterable, items=tuple(changed)))
    alive = t.run_block(frame, node.orelse) if node.orelse else True
    result: Env | None = frame.env if alive else None
    for env in breaks:
        result = join_envs(result, env)
    if result is None:
        return False
    frame.env = result
    return True
