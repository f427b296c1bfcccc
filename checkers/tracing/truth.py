"""Truth: `if`, `while`, `assert`, `and`, `match` and their like ask a value whether it is true.

A tracer that hides its value cannot tell, and raises. An array of another size than one never can, traced or not.
"""

from __future__ import annotations

from collections.abc import Iterator

from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace.observations import PatternMatch, Site, TruthTest
from jaxlint.trace.truth import has_no_truth
from jaxlint.values import Answer, Array, Union, Value, alternatives

TRACED_BRANCH = Rule(
    6401,
    "jax-traced-branch",
    Severity.ERROR,
    "`{site}` needs the value of `{code}` while JAX traces, which is not there yet; choose with jnp.where or "
    "jax.lax.cond, or make what decides static",
    explanation="""Python chooses a branch by a traced value.

What it does
Reports `if`, `elif`, conditional expressions, conditions of comprehensions, and `match` with literals or guards, whose
test is a tracer that hides its value: under jit, vmap, scan, cond, while_loop, checkpoint, shard_map and their like.

Why
A transformed function runs once, with stand-ins for its arrays, before there are any values. `bool(x > 0)` raises
TracerBoolConversionError.

    @jax.jit
    def relu(x):
        if x > 0:
            return x
        return 0.0

Write instead
    jnp.where(x > 0, x, 0.0)                              # both sides are computed, elementwise
    jax.lax.cond(x > 0, f, g, x)                          # one of two functions runs
    jax.lax.switch(index, branches, x)                    # one of several
    @partial(jax.jit, static_argnames="training")         # a flag or size: retraces for each value

When it stays silent
On shapes, dtypes, `len`, `is None`, `isinstance`, the structure of pytrees, static arguments and defaults that are not
passed; under grad, jvp and vjp alone, whose primals keep their value; on arguments that vmap maps with None; in host
callbacks; on a parameter that may be a container or None, since no call tells. Known limit: a value that is an array
on one way and a number on another is not reported.

References
https://docs.jax.dev/en/latest/control-flow.html
https://docs.jax.dev/en/latest/errors.html#jax.errors.TracerBoolConversionError
""",
)

TRACED_WHILE = Rule(
    6402,
    "jax-traced-while",
    Severity.ERROR,
    "`while` needs the value of `{code}` before each round, and JAX traces before there are values; use jax.lax.while_loop",
    explanation="""A Python loop runs while a traced value is true.

What it does
Reports `while` whose test is a tracer that hides its value, in the first round or once a round has made it one.

Why
The loop runs while JAX traces, when there is no value to decide by: TracerBoolConversionError.

    @jax.jit
    def halve(x):
        while x > 1:
            x = x / 2
        return x

Write instead
    jax.lax.while_loop(lambda x: x > 1, lambda x: x / 2, x)
    jax.lax.fori_loop(0, steps, body, x)                  # for a number of rounds; with static bounds grad works, too

When it stays silent
On static tests (`while x.ndim > 1`), on lists (`while stack`), under grad alone, outside of traced code, in callbacks.

References
https://docs.jax.dev/en/latest/control-flow.html#while-loop
https://docs.jax.dev/en/latest/_autosummary/jax.lax.while_loop.html
""",
)

TRACED_ASSERT = Rule(
    6404,
    "jax-traced-assert",
    Severity.ERROR,
    "{what} needs the value of `{code}` while JAX traces, which is not there yet; use {instead}, or assert outside of the "
    "traced function",
    explanation="""An assertion about a traced value.

What it does
Reports `assert` whose test is a tracer that hides its value, and Chex's assertions about values, as
`chex.assert_trees_all_close`, that are given a tracer.

Why
An assertion is an `if`: it asks for the truth of its test while JAX traces, and a tracer has none:
TracerBoolConversionError. Chex raises for every tracer, under grad alone, too.

    @jax.jit
    def sqrt(x):
        assert x >= 0
        return x**0.5

Write instead
    checkify.check(x >= 0, "negative: {x}", x=x)          # within checkify.checkify(f)
    jax.debug.callback(check_on_host, x)
    x = jnp.where(x >= 0, x, jnp.nan)

When it stays silent
On static facts (`assert x.ndim == 1`), under grad alone, outside of traced code, for a traced value in the message, for
Chex's assertions about shapes, and within `chex.chexify`.

References
https://docs.jax.dev/en/latest/debugging/checkify_guide.html
https://chex.readthedocs.io/en/latest/api.html
""",
)

TRACED_BOOLEAN = Rule(
    6405,
    "jax-traced-boolean",
    Severity.ERROR,
    "{what} looks at the value of `{code}` while JAX traces, which is not there yet; use {instead}",
    explanation="""A Boolean operator or a built-in function looks at a traced value.

What it does
Reports `and`, `or`, `not`, chained comparisons, `in`, `any`, `all`, `min`, `max`, `sorted`, `filter` and
`operator.truth` that must look at a tracer which hides its value.

Why
`a and b` is `b if a else a`; `low < x < high` is `low < x and x < high`; `max(a, b)` compares and asks. Each needs a
truth that a tracer does not have: TracerBoolConversionError. Only what is looked at counts: the last operand of `and`
never is.

    @jax.jit
    def inside(x):
        return 0 < x < 1

Write instead
    (0 < x) & (x < 1)                                     # with parentheses: & binds closer than <
    jnp.logical_not(done), ~mask
    jnp.maximum(x, 0.0), jnp.max(x), jnp.sort(x)
    jnp.any(x == values)                                  # for x in values

When it stays silent
On static operands, on `any([True, x])` and `max([x])`, which need not look, on `max(x)` of an array that may have one
item, under grad alone, outside of traced code.
Where one operand raises, what stands around it is not reached and not reported.

References
https://docs.jax.dev/en/latest/errors.html#jax.errors.TracerBoolConversionError
""",
)

ARRAY_TRUTH = Rule(
    6410,
    "jax-array-truth",
    Severity.ERROR,
    "{what} asks for the truth of `{code}`, {which}, which has none, traced or not; {instead}",
    explanation="""An array that has no truth is used as a condition.

What it does
Reports conditions, `and`, `or`, `not`, chained comparisons and the like on an array whose shape is known and whose
size is not one, and on PRNG keys.

Why
The truth of several elements is ambiguous and that of an empty array or a key is undefined: ValueError or TypeError,
under a transformation and without.

    key = key or jax.random.key(0)
    if jnp.arange(3) > 0: ...

Write instead
    if key is None: key = jax.random.key(0)
    if jnp.all(x > 0): ...                                # outside of traced code
    (x > low) & (x < high)
    if x.size: ...

When it stays silent
On arrays of one element, of unknown shape, on lists and dicts of arrays, on `is None`.

References
https://numpy.org/doc/stable/user/basics.rec.html
https://docs.jax.dev/en/latest/jax-101.html
""",
)

TRACED_PATTERN = Rule(
    6412,
    "jax-traced-pattern",
    Severity.WARNING,
    "`case {code}` never matches a JAX array, which is no {python}; ask for its ndim, shape or dtype",
    explanation="""A `match` pattern that no array matches.

What it does
Reports class patterns such as `int()` or `float()` on tracers, and sequence and mapping patterns on arrays.

Why
A pattern asks `isinstance(x, float)` or whether `x` is a `collections.abc.Sequence`. A tracer is neither, even where
the caller passed a float: the case is skipped without a word.

    @jax.jit
    def kind(x):
        match x:
            case float():
                return 1
            case _:
                return 2

Write instead
    match x.shape:
        case ():  ...
        case (n,): ...
    if jnp.issubdtype(x.dtype, jnp.floating): ...

When it stays silent
On patterns that only capture, on shapes and other static values. Literal patterns and guards raise: jax-traced-branch.

References
https://docs.python.org/3/reference/compound_stmts.html#class-patterns
https://docs.jax.dev/en/latest/key-concepts.html#tracing
""",
)

RULES = (TRACED_BRANCH, TRACED_WHILE, TRACED_ASSERT, TRACED_BOOLEAN, ARRAY_TRUTH, TRACED_PATTERN)

_BRANCHES = frozenset({Site.IF, Site.ELIF, Site.TERNARY, Site.COMPREHENSION, Site.CASE, Site.GUARD})

_INSTEAD = {
    Site.AND: "`&` or jnp.logical_and",
    Site.OR: "`|` or jnp.logical_or",
    Site.NOT: "`~` or jnp.logical_not",
    Site.CHAIN: "`(a < b) & (b < c)`",
    Site.CONTAINS: "jnp.any(values == x)",
}
_BUILTIN_INSTEAD = {
    "any": "jnp.any",
    "all": "jnp.all",
    "min": "jnp.minimum or jnp.min",
    "max": "jnp.maximum or jnp.max",
    "sorted": "jnp.sort",
    "filter": "jnp.where",
}
_PYTHON = {"class": "instance of that class", "sequence": "sequence", "mapping": "mapping"}


class TruthListeners:
    """The rules about truth."""

    @listens_to(TruthTest)
    def truth_test(self, test: TruthTest) -> Iterator[Finding]:
        """Python asks for a truth."""
        value = test.value
        code = source_of(test.node)
        if has_no_truth(value):
            assert isinstance(value, Array)  # only arrays are asked
            instead = "compare with None" if value.key is not None else "use jnp.any or jnp.all, or a single element"
            fills = {"what": _place(test), "code": code, "which": _kind(value), "instead": instead}
            yield Finding(ARRAY_TRUTH, test.node, fills)
            return
        hidden = _hidden(value, in_loop=test.site is Site.WHILE)
        if hidden is None:
            return
        why = because(test, hidden)
        if test.site in _BRANCHES:
            site = "if" if test.site is Site.COMPREHENSION else test.site.value
            yield Finding(TRACED_BRANCH, test.node, {"site": site, "code": code}, why)
        elif test.site is Site.WHILE:
            yield Finding(TRACED_WHILE, test.node, {"code": code}, why)
        elif test.site is Site.ASSERT:
            fills = {"what": "`assert`", "code": code, "instead": "jax.experimental.checkify.check"}
            yield Finding(TRACED_ASSERT, test.node, fills, why)
        else:
            instead = _INSTEAD.get(test.site) or _BUILTIN_INSTEAD.get(test.builtin, "the function of jnp")
            yield Finding(TRACED_BOOLEAN, test.node, {"what": _place(test), "code": code, "instead": instead}, why)

    @listens_to(PatternMatch)
    def pattern(self, match: PatternMatch) -> Iterator[Finding]:
        """A pattern that a tracer never matches."""
        fills = {"code": source_of(match.node), "python": _PYTHON[match.pattern]}
        yield Finding(TRACED_PATTERN, match.node, fills, because(match, match.value))


def _hidden(value: Value, in_loop: bool) -> Array | None:
    """The array that surely hides its value. At the head of a loop one of several alternatives is enough: it is what
    the body leaves for the next round.
    """
    options = alternatives(value) if in_loop and isinstance(value, Union) else (value,)
    for option in options:
        # A pytree of unknown structure may be None or a container, whose truth is known.
        if isinstance(option, Array) and option.tracing.hides is Answer.YES:
            return option
    return None


def _place(test: TruthTest) -> str:
    match test.site:
        case Site.BUILTIN | Site.CALL:
            return f"`{test.builtin}`"
        case Site.CHAIN:
            return "a chained comparison"
        case Site.COMPREHENSION:
            return "the condition of a comprehension"
    return f"`{test.site.value}`"


def _kind(value: Array) -> str:
    if value.key is not None:
        return "a PRNG key"
    if value.shape is None:
        return "an array of several elements"
    sizes = ", ".join("?" if size is None else str(size) for size in value.shape)
    return f"an array of shape ({sizes}{',' if len(value.shape) == 1 else ''})"
