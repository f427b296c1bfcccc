"""Derivatives of one's own: the rules that `defjvp` and `defvjp` are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import Wrapper
from jaxlint.rules import CERTAIN, AsksFacts, Finding, Rule, Severity, around, listens_to, source_of
from jaxlint.trace.binding import accepts
from jaxlint.trace.observations import DerivativeGiven, DerivativeMissing, DerivativeRun
from jaxlint.trace.options import integers
from jaxlint.values import Array, Const, Dict, Function, List, NumPyArray, Transformed, Tuple, Value, underlying

CUSTOM_RULE = Rule(
    6710,
    "jax-custom-rule",
    Severity.ERROR,
    "{what}",
    explanation="""A derivative of one's own that does not fit its function.

What it does
Reports `defjvp` of a `custom_vjp` and the other way round, `defvjp` without both of its rules, rules that take another
number of arguments than they get, and rules that do not return what they must: a JVP rule and a forward rule a pair, a
backward rule a tuple with an entry for each argument that is differentiated by. And a call of such a function to which
nothing in the program gives a rule.

Why
JAX calls the rules when a derivative is taken, and not before: TypeError or AttributeError. A function without rules
cannot be called at all: AttributeError.

    @jax.custom_vjp
    def scaled(x, factor):
        return x * factor

    scaled.defvjp(lambda x, factor: (x * factor, factor), lambda factor, g: (g * factor,))

Write instead
    scaled.defvjp(lambda x, factor: (x * factor, factor), lambda factor, g: (g * factor, None))

When it stays silent
Where the signature of the function is open (`*args`, defaults), where the positions in `nondiff_argnums` are not known,
and where too little is known of what a rule returns.

References
https://docs.jax.dev/en/latest/notebooks/Custom_derivative_rules_for_Python_code.html
https://docs.jax.dev/en/latest/_autosummary/jax.custom_vjp.html
""",
)


class CustomRuleListeners(AsksFacts):
    """The rule about derivatives of one's own."""

    rules: ClassVar[tuple[Rule, ...]] = (CUSTOM_RULE,)

    @listens_to(DerivativeGiven)
    def given(self, given: DerivativeGiven) -> Iterator[Finding]:
        """`f.defvjp(forward, backward)`: is it that method, are there two, and what do they take."""
        wrapper = given.transformed.transformation
        if not isinstance(wrapper, Wrapper) or not wrapper.rules:
            return
        what = _method(given, wrapper) or _arity(given)
        if what is not None:
            yield Finding(CUSTOM_RULE, given.node, {"what": what}, around(given))

    @listens_to(DerivativeMissing)
    def missing(self, call: DerivativeMissing) -> Iterator[Finding]:
        """A call of a function to which no file of the program gives a rule."""
        function, wrapper = underlying(call.transformed), call.transformed.transformation
        if not isinstance(function, Function) or not isinstance(wrapper, Wrapper):
            return
        gives = re.compile(
            rf"\b{re.escape(function.name)}\s*\.\s*def[jv][jv]ps?\b" if _is_decorated(function) else "def[jv][jv]p"
        )
        if not self.facts.program.says(call.frame.module_name, gives):
            method = wrapper.rules[0]
            what = f"`{function.name}` has no derivative yet: give it one with `{method}`, or drop the decorator"
            yield Finding(CUSTOM_RULE, call.node, {"what": what}, around(call))

    @listens_to(DerivativeRun)
    def returned(self, run: DerivativeRun) -> Iterator[Finding]:
        """What a rule returned when a derivative was taken."""
        what = _no_entries(run) if run.name == "defvjp" and run.place == 1 else _no_pair(run)
        if what is not None and isinstance(run.rule, Function):
            yield Finding(CUSTOM_RULE, run.rule.node, {"what": what}, CERTAIN)


def _is_decorated(function: Function) -> bool:
    """Whether the name of a function is that of what its decorators make of it."""
    return isinstance(function.node, nodes.FunctionDef) and function.node.decorators is not None


def _method(given: DerivativeGiven, wrapper: Wrapper) -> str | None:
    """How the method is none of this function, or is called without all that it needs."""
    if given.name not in wrapper.rules:
        return f"{wrapper.path} has no `{given.name}`; use `{wrapper.rules[0]}`, or the other decorator"
    if given.name == "defvjp" and given.arguments.is_exact:
        rules = [given.arguments.get(0, "fwd"), given.arguments.get(1, "bwd")]
        if None in rules:
            return f"`{source_of(given.node)}` needs two rules, the forward one and the backward one"
    return None


def _arity(given: DerivativeGiven) -> str | None:
    """How a rule takes another number of arguments than it gets."""
    function, transformed = given.transformed.function, given.transformed
    fixed = integers(transformed.option("nondiff_argnums") or Tuple(()))
    if fixed is None or transformed.option("nondiff_argnames") is not None or not given.arguments.is_exact:
        return None
    first, second = given.arguments.get(0, "fwd"), given.arguments.get(1, "bwd")
    if given.name == "defjvp":
        return _takes(given.arguments.get(0, "jvp"), len(fixed) + 2, _after(fixed, "primals and tangents"))
    if given.name == "defvjp":
        count = _parameters(transformed)
        name = function.name if isinstance(function, Function) else "the function"
        forward = None if count is None else _takes(first, count, f"what {name} is called with")
        return forward or _takes(second, len(fixed) + 2, _after(fixed, "what the forward rule kept and the cotangent"))
    return None


def _after(fixed: set[int], rest: str) -> str:
    return f"those of nondiff_argnums, {rest}" if fixed else rest


def _takes(rule: Value | None, count: int, which: str) -> str | None:
    if not isinstance(rule, Function) or accepts(rule, count):
        return None
    return f"the rule `{rule.name}` is called with {count} argument{'s' * (count != 1)} ({which}), and takes another number"


def _parameters(transformed: Transformed) -> int | None:
    """With how many positional arguments the function must be called."""
    function = transformed.function
    if not isinstance(function, Function) or function.defaults:
        return None
    args = function.node.args
    if args.vararg is not None or args.kwarg is not None or args.kwonlyargs:
        return None
    return len(args.posonlyargs) + len(args.args or ())


def _no_pair(run: DerivativeRun) -> str | None:
    """How a rule returned no pair."""
    wanted = "the result and its tangent" if run.name == "defjvp" else "the result and what the backward rule needs"
    match run.returned:
        case Tuple((_, _)) | List(items=(_, _)):
            return None
        case Tuple(items) | List(items=tuple(items)):
            returned = f"{len(items)} things"
        case Array(key=None) | NumPyArray() | Const() | Dict():
            returned = "one thing"
        case _:
            return None
    return f"the rule `{getattr(run.rule, 'name', 'given')}` must return a pair of {wanted}, and returns {returned}"


def _no_entries(run: DerivativeRun) -> str | None:
    """How a backward rule did not return an entry for each argument."""
    match run.returned:
        case Tuple(items) | List(items=tuple(items)):
            returned = f"{len(items)}"
            if len(items) == run.count:
                return None
        case Array(key=None) | NumPyArray() | Dict():
            returned = "no tuple"
        case _:
            return None
    entries = "an entry for its one argument" if run.count == 1 else f"{run.count} entries, one for each argument"
    name = getattr(run.rule, "name", "given")
    return f"the backward rule `{name}` must return a tuple with {entries}, and returns {returned}"
