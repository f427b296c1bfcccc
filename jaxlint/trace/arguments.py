"""The arguments of a call, evaluated in order: `f(a, *b, k=c, **d)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.binding import Arguments
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.values import UNKNOWN, Dict, Tree, Value, join
from jaxlint.values.join import dict_value

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


def arguments_of(t: Tracer, frame: Frame, node: nodes.Call) -> Arguments:
    """The arguments of a call, evaluated in order."""
    given = node.args
    if nodes.Starred in map(type, given):
        positional, star, given = _starred_arguments(t, frame, given)
    else:
        positional, star = [t.evaluate(frame, argument) for argument in given], None
    keywords, star_keywords = _keywords(t, frame, node.keywords) if node.keywords else ((), None)
    return Arguments(tuple(positional), keywords, star, star_keywords, tuple(given) if star is None else ())


def _starred_arguments(
    t: Tracer, frame: Frame, given: list[nodes.NodeNG]
) -> tuple[list[Value], Value | None, list[nodes.NodeNG]]:
    """Positional arguments with `*` among them: those known one by one, what any further one is, and the expressions that
    give those known: all that `*x` stands for come of `*x`.
    """
    positional: list[Value] = []
    expressions: list[nodes.NodeNG] = []
    star: Value | None = None
    for argument in given:
        if isinstance(argument, nodes.Starred):
            value = t.evaluate(frame, argument.value)
            items = items_of(value)
            if items is not None and star is None:
                positional.extend(items)
                expressions.extend([argument] * len(items))
            else:
                element = iterate(t, frame, argument, value)
                star = element if star is None else join(star, element)
        else:
            value = t.evaluate(frame, argument)
            if star is None:
                positional.append(value)
                expressions.append(argument)
            else:
                star = join(star, value)
    return positional, star, expressions


def _keywords(
    t: Tracer, frame: Frame, given: list[nodes.Keyword]
) -> tuple[tuple[tuple[str, Value], ...], Value | None]:
    """Keyword arguments: those known by name, and what any further one is."""
    keywords: list[tuple[str, Value]] = []
    star_keywords: Value | None = None
    for keyword in given:
        value = t.evaluate(frame, keyword.value)
        if keyword.arg is not None:
            keywords.append((keyword.arg, value))
            continue
        rest: Value | None = UNKNOWN
        if isinstance(value, Dict):
            keywords.extend((key, item) for key, item in value.items if isinstance(key, str))
            rest = value.rest
            if any(not isinstance(key, str) for key, _ in value.items):
                rest = dict_value(value)
        elif isinstance(value, Tree):
            rest = value
        if rest is not None:
            star_keywords = rest if star_keywords is None else join(star_keywords, rest)
    return tuple(keywords), star_keywords
