"""Printing: what traced code prints is a tracer, once; `jax.debug.print` prints the values, and has a format."""

from __future__ import annotations

from collections.abc import Iterator

from jaxlint.model.schema import Effect
from jaxlint.rules import Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace.observations import LibraryCall
from jaxlint.trace.text import placeholders, shows_tracer
from jaxlint.values import UNKNOWN, Array, Const, Value
from jaxlint.values.pytree import tracer_in

PRINT_IN_TRACED = Rule(
    6301,
    "jax-print-in-traced",
    Severity.WARNING,
    "`{name}` runs while JAX traces and shows a tracer, not the value of `{code}`; use jax.debug.print",
    explanation="""Traced code prints a tracer.

What it does
Reports `print`, `pprint`, `sys.stdout.write`, `warnings.warn` and the functions of `logging` given a tracer, or a text
that has one in it.

Why
The line runs once, while JAX traces, and prints `JitTracer(float32[])`; in later calls it does not run at all.

    @jax.jit
    def step(x):
        print("loss", jnp.mean(x))
        return x

Write instead
    jax.debug.print("loss {}", jnp.mean(x))
    jax.debug.callback(logger.info, "loss %s", jnp.mean(x))
    return x, jnp.mean(x)                                 # and print outside

When it stays silent
On static values such as shapes and plain text, which is a good way to see retracing; outside of traced code; in
callbacks. Known limit: a text whose parts are not known.

References
https://docs.jax.dev/en/latest/debugging.html
https://docs.jax.dev/en/latest/_autosummary/jax.debug.print.html
""",
)

DEBUG_PRINT_FORMAT = Rule(
    6302,
    "jax-debug-print-format",
    Severity.WARNING,
    "`{code}` is formatted while JAX traces, so jax.debug.print shows a tracer; leave the braces in a plain string and "
    'pass the value: jax.debug.print("{{x}}", x=x)',
    explanation="""The format of `jax.debug.print` has a tracer in it already.

What it does
Reports an f-string, `"…".format(x)` or `"…" % x` with a tracer as the format of `jax.debug.print`.

Why
`jax.debug.print` fills its format in when the compiled function runs. An f-string is filled in before, while JAX
traces, with the representation of the tracer.

    jax.debug.print(f"x = {x}")                           # x = JitTracer(float32[])

Write instead
    jax.debug.print("x = {x}", x=x)
    jax.debug.print("x = {x:.2f}", x=x)

When it stays silent
On f-strings of static values, on escaped braces, outside of traced code.

References
https://docs.jax.dev/en/latest/_autosummary/jax.debug.print.html
""",
)

DEBUG_PRINT_ARGUMENTS = Rule(
    6312,
    "jax-debug-print-arguments",
    Severity.ERROR,
    "jax.debug.print raises, since {what}; {instead}",
    explanation="""The arguments of `jax.debug.print` do not fit its format.

What it does
Reports arguments that the format does not use, names and numbers that it lacks, and a format that is no string.

Why
`jax.debug.print` formats as `str.format` does, and checks that each argument is used: ValueError, KeyError, IndexError,
TypeError. It is not called like `print`.

    jax.debug.print("x is", x)
    jax.debug.print("x is %s", x)
    jax.debug.print(x)

Write instead
    jax.debug.print("x is {}", x)
    jax.debug.print("x is {x}", x=x)

When it stays silent
On formats that are built elsewhere, on `*args` and `**kwargs` of unknown length, with `skip_format_check=True`.

References
https://docs.jax.dev/en/latest/_autosummary/jax.debug.print.html
""",
)

RULES = (PRINT_IN_TRACED, DEBUG_PRINT_FORMAT, DEBUG_PRINT_ARGUMENTS)

_OPTIONS = frozenset({"ordered", "partitioned", "skip_format_check"})


class PrintingListeners:
    """The rules about printing."""

    @listens_to(LibraryCall)
    def prints(self, call: LibraryCall) -> Iterator[Finding]:
        """`print(x)`."""
        if call.operation.effect not in (Effect.PRINT, Effect.LOG):
            return
        for value in call.arguments.all_values():
            if shows_tracer(value):
                name = call.path.removeprefix("builtins.").removeprefix("logging.Logger.")
                shown = _shown(call, value)
                why = because(call, tracer_in(value) or UNKNOWN)
                yield Finding(PRINT_IN_TRACED, call.node, {"name": name, "code": shown}, why)
                return

    @listens_to(LibraryCall)
    def debug_print(self, call: LibraryCall) -> Iterator[Finding]:
        """`jax.debug.print(format, …)`."""
        if call.path != "jax.debug.print" or not call.arguments.positional:
            return
        template = call.arguments.positional[0]
        if isinstance(template, Array):
            what, instead = f"its format `{_shown(call, template)}` is no string", 'write jax.debug.print("{}", x)'
            yield Finding(DEBUG_PRINT_ARGUMENTS, call.node, {"what": what, "instead": instead})
        elif shows_tracer(template):
            fills = {"code": _shown(call, template)}
            yield Finding(DEBUG_PRINT_FORMAT, call.node, fills, because(call, UNKNOWN))
        elif isinstance(template, Const) and isinstance(template.value, str) and _is_checked(call):
            yield from _misfit(call, template)


def _is_checked(call: LibraryCall) -> bool:
    return call.arguments.is_exact and call.arguments.keyword("skip_format_check") in (None, Const(False))


def _misfit(call: LibraryCall, template: Const) -> Iterator[Finding]:
    used = {name for name, _, _ in placeholders(template)}
    count = len(call.arguments.positional) - 1
    given = {str(index) for index in range(count)}
    names = {name for name, _ in call.arguments.keywords if name not in _OPTIONS}
    unused, missing = sorted((given | names) - used), sorted(used - given - names)
    nested = any("{" in specification for _, specification, _ in placeholders(template))
    if nested or not (unused or missing):
        return
    if missing:
        what = f"nothing is given for `{{{missing[0]}}}`"
        instead = f"pass {missing[0]}=…" if not missing[0].isdigit() else "pass one more argument"
    elif unused[0].isdigit():
        what, instead = f"its format does not use argument {int(unused[0]) + 1}", "give it a placeholder `{}`"
    else:
        what, instead = f"its format does not use `{unused[0]}`", f"give it a placeholder `{{{unused[0]}}}`"
    yield Finding(DEBUG_PRINT_ARGUMENTS, call.node, {"what": what, "instead": instead})


def _shown(call: LibraryCall, value: Value) -> str:
    """The code of the argument that has this value."""
    for node, given in zip(getattr(call.node, "args", ()), call.arguments.positional, strict=False):
        if given is value:
            return source_of(node)
    return source_of(call.node)
