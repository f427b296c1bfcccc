"""Comprehensions and generator expressions: loops that build a container.

Where the length of what is iterated over is known and small, the items are walked one by one; else one step stands for
all, and is walked twice, so that the second walk meets what the first left behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.assignment import assign
from jaxlint.trace.frame import LoopExits
from jaxlint.trace.identity import another
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.trace.narrowing import fork
from jaxlint.trace.observations import Site
from jaxlint.trace.own_operators import iterator_of
from jaxlint.trace.truth import truth
from jaxlint.values import UNKNOWN, Answer, Array, Dict, Iterator, List, Set, Tuple, Value, join_all
from jaxlint.values.keys import known_key

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def _comprehension(
    t: Tracer, frame: Frame, generators: list[nodes.Comprehension], produce: Callable[[], None]
) -> bool:
    """Walk the clauses of a comprehension, then `produce` for one step; True when every length is known and walked."""
    if not generators:
        produce()
        return True
    clause, rest = generators[0], generators[1:]
    iterable = iterator_of(t, frame, clause.iter, t.evaluate(frame, clause.iter))
    items = items_of(iterable)
    exits = frame.loops[-1]
    around = exits.walks
    limit = t.budgets.tabulated if isinstance(iterable, List | Tuple) else t.budgets.unrolled
    if (
        items is not None
        and len(items) <= limit
        and around * len(items) <= t.budgets.repetitions
        and not clause.ifs
    ):
        if isinstance(iterable, Iterator | Array):
            iterate(t, frame, clause.iter, iterable)
        exact = True
        exits.walks = around * len(items)
        for item in items:
            assign(t, frame, clause.target, item)
            exact = _comprehension(t, frame, rest, produce) and exact
        exits.walks = around
        return exact
    element = iterate(t, frame, clause.iter, iterable)
    assign(t, frame, clause.target, another(frame, clause, element))
    saved = frame.env
    for test in clause.ifs:
        answer = truth(t, frame, test, t.evaluate(frame, test), Site.COMPREHENSION)
        if answer is Answer.NO:
            frame.env = saved
            return False
        frame.env = fork(t, frame, test, True)
    frame.branch_depth += 1
    exits.walks = around * 2
    before = frame.env.copy()
    _comprehension(t, frame, rest, produce)
    if exits.walks <= t.budgets.repetitions and frame.env != before:
        # A second walk shows what the first left behind: a key that each step consumes.
        assign(t, frame, clause.target, another(frame, clause, element))
        _comprehension(t, frame, rest, produce)
    exits.walks = around
    frame.branch_depth -= 1
    frame.env = {**frame.env, **{k: v for k, v in saved.items() if isinstance(k, str)}}
    return False


def _repeated(t: Tracer, frame: Frame, node: nodes.NodeNG, produce: Callable[[], None]) -> bool:
    """Walk a comprehension, which is a loop for whoever asks whether code runs again and again."""
    frame.loops.append(LoopExits(counts_steps=t.counts_steps(node), walks=frame.walks(1)))
    exact = _comprehension(t, frame, node.generators, produce)
    frame.loops.pop()
    return exact


def _collected(
    t: Tracer, frame: Frame, node: nodes.NodeNG, element: nodes.NodeNG
) -> tuple[tuple[Value, ...] | None, Value]:
    found: list[Value] = []
    hidden = {name: frame.env.get(name) for name in node.locals}

    def produce() -> None:
        found.append(t.evaluate(frame, element))

    exact = _repeated(t, frame, node, produce)
    for name, value in hidden.items():
        if value is None:
            frame.env.pop(name, None)
        else:
            frame.env[name] = value
    items = tuple(found) if exact and len(found) <= t.budgets.display_items else None
    return items, join_all(found)


def list_comprehension(t: Tracer, frame: Frame, node: nodes.ListComp) -> Value:
    """`[f(x) for x in xs]`."""
    items, element = _collected(t, frame, node, node.elt)
    return List(items, UNKNOWN if items is not None else element, frame.context.depth)


def set_comprehension(t: Tracer, frame: Frame, node: nodes.SetComp) -> Value:
    """`{f(x) for x in xs}`."""
    return Set(_collected(t, frame, node, node.elt)[1], frame.context.depth)


def generator_expression(t: Tracer, frame: Frame, node: nodes.GeneratorExp) -> Value:
    """`(f(x) for x in xs)`, walked where it stands, once."""
    items, element = _collected(t, frame, node, node.elt)
    return Iterator(element, frame.context.depth, items)


def dict_comprehension(t: Tracer, frame: Frame, node: nodes.DictComp) -> Value:
    """`{k: v for k, v in xs}`."""
    found: list[tuple[Value, Value]] = []
    hidden = {name: frame.env.get(name) for name in node.locals}

    def produce() -> None:
        found.append((t.evaluate(frame, node.key), t.evaluate(frame, node.value)))

    exact = _repeated(t, frame, node, produce)
    for name, value in hidden.items():
        if value is None:
            frame.env.pop(name, None)
        else:
            frame.env[name] = value
    keys = [known_key(key) for key, _ in found]
    if exact and len(found) <= t.budgets.display_items and None not in keys:
        result = Dict((), None, frame.context.depth)
        for known, (_, value) in zip(keys, found, strict=True):
            assert known is not None  # for the type checker: tested above
            result = result.with_item(known[0], value)
        return result
    return Dict((), join_all(value for _, value in found), frame.context.depth)
