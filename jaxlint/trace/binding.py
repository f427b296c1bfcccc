"""Arguments of a call, and how they reach the parameters of a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from astroid import nodes

from jaxlint.values import NEVER, UNKNOWN, Dict, Function, Tuple, TupleOf, Value, join, unless_given
from jaxlint.values.immutable import immutable

if TYPE_CHECKING:
    from jaxlint.trace.frame import Frame
    from jaxlint.trace.tracer import Tracer


@immutable(frozen=True, slots=True)
class Arguments:
    """The arguments of one call.

    Attributes:
        positional: the values known one by one.
        keywords: by name.
        star: what any further positional argument is (`f(*xs)` of unknown length), None when there are none.
        star_keywords: what any further keyword argument is (`f(**kw)`), None when there are none.
        nodes: the expressions of the positional arguments, as far as they are plain.
    """

    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    star: Value | None = None
    star_keywords: Value | None = None
    nodes: tuple[nodes.NodeNG, ...] = ()

    @property
    def first(self) -> Value:
        """The first positional argument; Unknown without one."""
        return self.positional[0] if self.positional else UNKNOWN

    def keyword(self, name: str) -> Value | None:
        """The value given by keyword."""
        for known, value in self.keywords:
            if known == name:
                return value
        return None

    def get(self, position: int | None, name: str) -> Value | None:
        """The value given at a position or by name; None when it is left out, Unknown when it may be in a `*`."""
        if position is not None and position < len(self.positional):
            return self.positional[position]
        value = self.keyword(name) if name else None
        if value is not None:
            return value
        if position is not None and self.star is not None:
            return UNKNOWN
        return UNKNOWN if self.star_keywords is not None and name else None

    def named(self, parameters: tuple[str, ...], name: str) -> Value | None:
        """The value of the parameter `name` of a function with these positional parameters."""
        return self.get(parameters.index(name) if name in parameters else None, name)

    def all_values(self) -> Iterator[Value]:
        """Every argument."""
        yield from self.positional
        for _, value in self.keywords:
            yield value
        if self.star is not None:
            yield self.star
        if self.star_keywords is not None:
            yield self.star_keywords

    def with_first(self, value: Value) -> Arguments:
        """The arguments with a receiver put first."""
        return Arguments((value, *self.positional), self.keywords, self.star, self.star_keywords, self.nodes)

    @property
    def is_exact(self) -> bool:
        """Whether no `*` or `**` of unknown length is among them."""
        return self.star is None and self.star_keywords is None


Builtin = Callable[["Tracer", "Frame", nodes.NodeNG, Arguments], Value]
"""A function that the tracer knows by itself: what a call of it gives."""


@immutable(frozen=True, slots=True)
class Parameters:
    """The parameters of a function, read off its tree once.

    Attributes:
        single: those that take one argument each.
        names: all of them, in the order of the signature.
    """

    positional: tuple[str, ...]
    positional_only: int
    vararg: str | None
    keyword_only: tuple[str, ...]
    kwarg: str | None
    annotations: dict[str, nodes.NodeNG]
    single: tuple[str, ...]
    names: tuple[str, ...]


def parameters_of(node: nodes.FunctionDef | nodes.Lambda) -> Parameters:
    """Read the parameters of a function's tree."""
    args = node.args
    positional = [*args.posonlyargs, *(args.args or ())]
    annotated: dict[str, nodes.NodeNG] = {}
    hints = [*args.posonlyargs_annotations, *args.annotations]
    for parameter, hint in zip([*positional, *args.kwonlyargs], [*hints, *args.kwonlyargs_annotations], strict=False):
        if hint is not None:
            annotated[parameter.name] = hint
    names = tuple(p.name for p in positional)
    keyword_only = tuple(p.name for p in args.kwonlyargs)
    star = (args.vararg,) if args.vararg else ()
    double = (args.kwarg,) if args.kwarg else ()
    return Parameters(
        names,
        len(args.posonlyargs),
        args.vararg,
        keyword_only,
        args.kwarg,
        annotated,
        single=(*names, *keyword_only),
        names=(*names, *star, *keyword_only, *double),
    )


def accepts(function: Function, count: int) -> bool:
    """Whether a function can be called with so many positional arguments."""
    args = function.node.args
    positional = [*args.posonlyargs, *(args.args or ())]
    defaults = dict(function.defaults)
    required = sum(parameter.name not in defaults for parameter in positional)
    if any(parameter.name not in defaults for parameter in args.kwonlyargs):
        return False
    return required <= count and (count <= len(positional) or args.vararg is not None)


def bind(
    function: Function, parameters: Parameters, arguments: Arguments, depth: int
) -> dict[str, Value] | None:
    """The values of the parameters for a call inside of so many traces, in the order of the signature.

    None when the arguments do not fit the signature.
    """
    given = arguments.positional
    count = len(parameters.positional)
    bound = dict(zip(parameters.positional, given, strict=False))
    extra = given[count:]
    if parameters.vararg is not None:
        if arguments.star is None:
            bound[parameters.vararg] = Tuple(extra)
        else:
            element = arguments.star
            for value in extra:
                element = join(element, value)
            bound[parameters.vararg] = TupleOf(element)
    elif extra:
        return None
    rest: list[tuple[object, Value]] = []
    accepted: tuple[str, ...] = ()
    if arguments.keywords:
        accepted = (*parameters.positional[parameters.positional_only :], *parameters.keyword_only)
    for name, value in arguments.keywords:
        if name in accepted:
            if name in bound:
                return None
            bound[name] = value
        elif parameters.kwarg is not None:
            rest.append((name, value))
        else:
            return None
    if parameters.kwarg is not None:
        bound[parameters.kwarg] = Dict(tuple(rest), arguments.star_keywords, depth)
    if len(bound) < len(parameters.names):
        defaults = dict(function.defaults)
        for index, name in enumerate(parameters.single):
            if name in bound:
                continue
            value = defaults.get(name, NEVER)
            if arguments.star is not None and index < count:
                value = _perhaps(value, arguments.star)
            if arguments.star_keywords is not None:
                value = _perhaps(value, arguments.star_keywords)
            if value is NEVER:
                return None
            bound[name] = value
    return {name: bound[name] for name in parameters.names}


def _perhaps(default: Value, given: Value) -> Value:
    """A parameter for which perhaps something is given."""
    return unless_given(default) if given is UNKNOWN else join(default, given)
