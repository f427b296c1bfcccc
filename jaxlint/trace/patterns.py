"""`match`: which patterns ask for the truth of a comparison, which never match a tracer, what captures bind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.trace.arithmetic import binary
from jaxlint.trace.assignment import bind_name
from jaxlint.trace.iteration import items_of, iterate
from jaxlint.trace.meet import meet_ways
from jaxlint.trace.narrowing import instance_of
from jaxlint.trace.observations import PatternMatch, Site
from jaxlint.trace.truth import truth
from jaxlint.values import (
    UNKNOWN,
    Answer,
    Array,
    Const,
    Dict,
    Instance,
    List,
    Tree,
    Tuple,
    Value,
    alternatives,
    join_all,
)
from jaxlint.values.pytree import tracing_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from jaxlint.trace.frame import Env, Frame
    from jaxlint.trace.tracer import Tracer


def run_match(t: Tracer, frame: Frame, node: nodes.Match) -> bool:
    """`match subject: case …`."""
    subject = t.evaluate(frame, node.subject)
    before = frame.env
    ways: list[Callable[[], bool]] = []
    exhaustive = False
    for case in node.cases:
        ways.append(_way(t, frame, case, subject, before))
        if case.guard is None and _irrefutable(case.pattern):
            exhaustive = True
            break
        if _compares(case.pattern) and isinstance(subject, Array) and subject.tracing.hides is Answer.YES:
            # It raises here, so that no later pattern is looked at.
            subject = UNKNOWN
    if not exhaustive:
        ways.append(lambda: True)
    return meet_ways(t, frame, node, before, ways)


def _way(t: Tracer, frame: Frame, case: nodes.MatchCase, subject: Value, before: Env) -> Callable[[], bool]:
    def run() -> bool:
        frame.env = before.copy()
        if _match(t, frame, case.pattern, subject) is Answer.NO:
            return False
        if case.guard is not None:
            answer = truth(t, frame, case.guard, t.evaluate(frame, case.guard), Site.GUARD)
            if answer is Answer.NO:
                return False
        return t.run_block(frame, case.body)

    return run


def _irrefutable(pattern: nodes.Pattern) -> bool:
    return isinstance(pattern, nodes.MatchAs) and (pattern.pattern is None or _irrefutable(pattern.pattern))


def _compares(pattern: nodes.Pattern) -> bool:
    match pattern:
        case nodes.MatchValue():
            return True
        case nodes.MatchOr(patterns=options):
            return any(_compares(option) for option in options)
        case nodes.MatchAs(pattern=inner):
            return inner is not None and _compares(inner)
    return False


def _match(t: Tracer, frame: Frame, pattern: nodes.Pattern, subject: Value) -> Answer:
    """Whether the pattern matches; binds its captures."""
    match pattern:
        case nodes.MatchValue(value=expression):
            expected = t.evaluate(frame, expression)
            return truth(t, frame, pattern, binary(t, frame, pattern, subject, "==", expected), Site.CASE)
        case nodes.MatchSingleton(value=constant):
            if isinstance(subject, Const):
                return Answer.of(subject.value is constant)
            return Answer.NO if isinstance(subject, Array) else Answer.UNKNOWN
        case nodes.MatchAs(pattern=inner, name=name):
            answer = Answer.YES if inner is None else _match(t, frame, inner, subject)
            if name is not None:
                bind_name(t, frame, name, name.name, subject)
            return answer
        case nodes.MatchOr(patterns=options):
            answers = [_match(t, frame, option, subject) for option in options]
            if Answer.YES in answers:
                return Answer.YES
            return Answer.NO if all(answer is Answer.NO for answer in answers) else Answer.UNKNOWN
        case nodes.MatchSequence(patterns=parts):
            return _match_sequence(t, frame, pattern, parts, subject)
        case nodes.MatchMapping():
            return _match_mapping(t, frame, pattern, subject)
        case nodes.MatchClass():
            return _match_class(t, frame, pattern, subject)
        case nodes.MatchStar(name=name):
            if name is not None:
                bind_name(t, frame, name, name.name, List(None, UNKNOWN, frame.context.depth))
            return Answer.YES
    return Answer.UNKNOWN


def _match_sequence(
    t: Tracer, frame: Frame, pattern: nodes.MatchSequence, parts: list[nodes.Pattern], subject: Value
) -> Answer:
    if isinstance(subject, Array):
        # A sequence pattern asks isinstance(subject, collections.abc.Sequence), which no array is.
        t.observe(PatternMatch(pattern, frame, subject, "sequence"))
        return Answer.NO
    items = items_of(subject) if isinstance(subject, Tuple | List) else None
    starred = any(isinstance(part, nodes.MatchStar) for part in parts)
    if items is not None and not starred:
        if len(items) != len(parts):
            return Answer.NO
        answers = [_match(t, frame, part, item) for part, item in zip(parts, items, strict=True)]
    else:
        element = join_all(items) if items else UNKNOWN
        if items is None and not isinstance(subject, Array):
            element = iterate(t, frame, pattern, subject)
        answers = [_match(t, frame, part, element) for part in parts]
        answers.append(Answer.UNKNOWN)
    if Answer.NO in answers:
        return Answer.NO
    return Answer.YES if all(answer is Answer.YES for answer in answers) else Answer.UNKNOWN


def _match_mapping(t: Tracer, frame: Frame, pattern: nodes.MatchMapping, subject: Value) -> Answer:
    if isinstance(subject, Array):
        t.observe(PatternMatch(pattern, frame, subject, "mapping"))
        return Answer.NO
    for key_node, part in zip(pattern.keys, pattern.patterns, strict=True):
        key = t.evaluate(frame, key_node)
        item = subject.get(key.value) if isinstance(subject, Dict) and isinstance(key, Const) else None
        _match(t, frame, part, UNKNOWN if item is None else item)
    if pattern.rest is not None:
        bind_name(t, frame, pattern.rest, pattern.rest.name, UNKNOWN)
    return Answer.UNKNOWN


def _match_class(t: Tracer, frame: Frame, pattern: nodes.MatchClass, subject: Value) -> Answer:
    cls = t.evaluate(frame, pattern.cls)
    answers = [instance_of(option, cls) for option in alternatives(subject)]
    if isinstance(subject, Array | Tree) and answers == [Answer.NO]:
        if tracing_of(subject).is_tracer is Answer.YES:
            t.observe(PatternMatch(pattern, frame, subject, "class"))
        return Answer.NO
    for part in pattern.patterns:
        _match(t, frame, part, subject if len(pattern.patterns) == 1 and not isinstance(subject, Instance) else UNKNOWN)
    for name, part in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
        value = subject.fields.get(name, UNKNOWN) if isinstance(subject, Instance) else UNKNOWN
        _match(t, frame, part, value)
    if all(answer is Answer.NO for answer in answers) and answers:
        return Answer.NO
    return Answer.UNKNOWN
