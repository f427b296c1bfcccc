"""Keys that give the same numbers again: consumed twice, made alike each time, the same in every lane, dropped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from astroid import nodes

from jaxlint.model.schema import KeyUse, Operation
from jaxlint.rules import CERTAIN, Finding, Rule, Severity, because, listens_to, source_of
from jaxlint.trace.liveness import is_read_later, unread_names
from jaxlint.trace.observations import Discarded, KeyMisuse, KeyTrouble, LibraryCall
from jaxlint.values import External

KEY_REUSE = Rule(
    6202,
    "jax-key-reuse",
    Severity.WARNING,
    "{what}: {write}",
    explanation="""A key is consumed twice.

What it does
Reports a key that is consumed a second time: by draws (`jax.random.normal`, ...) or `split`, in a straight line, in
each iteration of a Python loop or comprehension, in the body of `scan`, `fori_loop` or `while_loop` that captures
it or carries it unchanged, or by calling a function that consumes it. Reports as well `fold_in(key, i)` of a key
that was split into more than `i` keys: both give the same key.

Why
A key is a value, and no generator: the same key gives the same numbers. Noise that should be independent is equal,
layers that should differ start alike, and no error tells so.

Write instead
    key, subkey = jax.random.split(key)
    a = jax.random.normal(subkey)
    key, subkey = jax.random.split(key)
    b = jax.random.normal(subkey)

    for i in range(steps):
        x = x + jax.random.normal(jax.random.fold_in(key, i))
Where the same numbers are wanted, say so: `jax.random.clone(key)`.

When it stays silent
`fold_in` and `key_data` do not consume. Uses in two branches of which one runs are one use. Keys are followed
through names, containers of known items, attributes and calls; not through arrays of keys with an index that is not
known, nor to a depth of more than three containers. An object that draws and replaces the key that it holds is
taken to do so for all who share it.

References
https://docs.jax.dev/en/latest/random-numbers.html
https://docs.jax.dev/en/latest/jax.experimental.key_reuse.html
""",
)

CONSTANT_KEY = Rule(
    6203,
    "jax-constant-key",
    Severity.WARNING,
    "`{code}` makes the same key each time, so the same numbers are drawn each time: take the key as an argument",
    explanation="""A key is made from a constant seed where code runs again and again.

What it does
Reports a key made from a constant seed, and drawn from or split, where the code runs once for many: in a traced
function, or in a loop that repeats one thing.

Why
The key is the same at every call and in every lane or step, and so is every number that is drawn with it: dropout
always drops the same units, noise is a constant.

Write instead
    @jax.jit
    def noisy(key, x):
        return x + jax.random.normal(key, x.shape)
or fold the step into it:
        key = jax.random.fold_in(jax.random.key(0), step)

When it stays silent
Under `eval_shape` nothing is drawn. A traced function without parameters is a constant by itself, such as an
initialisation that is jitted to place its results. Loops over items that the body uses may mean the same key for
each. A program that makes its key once at the start is what it should be.

References
https://docs.jax.dev/en/latest/random-numbers.html
""",
)

DISCARDED_KEY = Rule(
    6204,
    "jax-discarded-key",
    Severity.WARNING,
    "the result of `{code}` is not used: the key that went in stays as it was; bind the new one and use it",
    explanation="""New keys are made, and not used.

What it does
Reports `split` and `fold_in` as statements, and their result bound to local names none of which is read.

Why
They return new keys and leave the old one as it was. Without them the program goes on with a key that it believes
to be fresh.

Write instead
    key, subkey = jax.random.split(key)
    noise = jax.random.normal(subkey)

When it stays silent
Some of the parts may stay unused. Where the key itself is not read again either, nothing goes on with it. Names that
begin with an underscore, names of a module or class, and names that are read anywhere in the function, are not
reported.

References
https://docs.jax.dev/en/latest/_autosummary/jax.random.split.html
https://docs.jax.dev/en/latest/_autosummary/jax.random.fold_in.html
""",
)

BROADCAST_KEY = Rule(
    6207,
    "jax-broadcast-key",
    Severity.WARNING,
    "`{code}` uses a key that is mapped with None, so every lane draws the same numbers: split it, and map over the keys",
    explanation="""All lanes of a map draw with one key.

What it does
Reports a draw or `split` under `vmap` or `pmap` with a key that came in through `in_axes=None`.

Why
Every lane gets the same key, and so the same numbers.

Write instead
    keys = jax.random.split(key, xs.shape[0])
    jax.vmap(noisy, in_axes=(0, 0))(keys, xs)
or fold the lane into it:
    key = jax.random.fold_in(key, jax.lax.axis_index("batch"))

When it stays silent
A key that the mapped function captures instead of taking it is not reported. Where common random numbers are meant,
as when candidates are compared on the same draws, disable the rule at that line.

References
https://docs.jax.dev/en/latest/_autosummary/jax.vmap.html
https://docs.jax.dev/en/latest/random-numbers.html
""",
)


class KeyReuse:
    """62: the same key, and so the same numbers."""

    rules: ClassVar[tuple[Rule, ...]] = (KEY_REUSE, CONSTANT_KEY, DISCARDED_KEY, BROADCAST_KEY)

    @listens_to(KeyMisuse)
    def misuse(self, misuse: KeyMisuse) -> Iterator[Finding]:
        """What the tracer followed a key to."""
        node = misuse.node
        code = source_of(node)
        first = f" (line {misuse.first.lineno})" if misuse.first is not None else ""
        match misuse.trouble:
            case KeyTrouble.REUSED if misuse.first is node:
                what = f"`{code}` consumes the same key in each iteration"
                fills = {"what": what, "write": "split it, or fold the step into it"}
                yield Finding(KEY_REUSE, node, fills)
            case KeyTrouble.REUSED:
                what = f"`{code}` uses a key that was consumed before{first}, and gives the same numbers"
                yield Finding(KEY_REUSE, node, {"what": what, "write": "split the key first, and use each part once"})
            case KeyTrouble.REPEATED:
                what = f"`{code}` consumes a key that is the same in every step"
                write = "carry the key, and split it in each step, or fold the step into it"
                yield Finding(KEY_REUSE, node, {"what": what, "write": write})
            case KeyTrouble.MIXED:
                what = f"`{code}` gives a key that splitting gives as well{first}"
                yield Finding(KEY_REUSE, node, {"what": what, "write": "use either split or fold_in on one key"})
            case KeyTrouble.CONSTANT:
                traced = misuse.frame.context.depth > 0
                why = because(misuse, misuse.key) if traced else CERTAIN
                yield Finding(CONSTANT_KEY, node, {"code": code}, why)
            case KeyTrouble.BROADCAST:
                yield Finding(BROADCAST_KEY, node, {"code": code}, because(misuse, misuse.key))

    @listens_to(Discarded)
    def statement(self, dropped: Discarded) -> Iterator[Finding]:
        """`split(key)` as a statement."""
        match dropped.callee:
            case External(meaning=Operation(key=KeyUse.SPLITS | KeyUse.FOLDS)) if _goes_on(dropped):
                yield Finding(DISCARDED_KEY, dropped.node, {"code": source_of(dropped.node)})

    @listens_to(LibraryCall)
    def unread(self, call: LibraryCall) -> Iterator[Finding]:
        """`k = fold_in(key, 1)`, and nobody reads `k`."""
        if call.operation.key not in (KeyUse.SPLITS, KeyUse.FOLDS):
            return
        if any(not name.startswith("_") for name in unread_names(call.node)):
            yield Finding(DISCARDED_KEY, call.node, {"code": source_of(call.node)})


def _goes_on(dropped: Discarded) -> bool:
    """Whether a program that believes the key that went in to be fresh may read it later."""
    match dropped.node:
        case nodes.Call(args=[nodes.Name() as key, *_]):
            return is_read_later(key)
    return True


__all__ = ["BROADCAST_KEY", "CONSTANT_KEY", "DISCARDED_KEY", "KEY_REUSE", "KeyReuse"]
