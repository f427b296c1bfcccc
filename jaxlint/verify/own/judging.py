"""What is shown of a function of the user's: that it compiles, once, leaks nothing, and computes what it did before.

The examples have a reference that says what their author meant. Here it is the function as it was before, in the first
way in which that runs: under `jit`, without, or without and on NumPy arrays, which is where code that JAX refuses often
comes from. Where no version before is given, the reference is the function without `jit`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from jaxlint.verify import fixed_side, match
from jaxlint.verify.claims import Claim, Outcome, Verdict
from jaxlint.verify.errors import described
from jaxlint.verify.expect import Case, Close, SameDistribution, Silent
from jaxlint.verify.inputs import JaxSide, has_key, redrawn
from jaxlint.verify.own.drawn import KINDS, drawn
from jaxlint.verify.own.like import KEY, Like, arrays_in
from jaxlint.verify.own.named import Imported, NamedError
from jaxlint.verify.platforms import Target
from jaxlint.verify.runtime import compiled_for, judge
from jaxlint.verify.subjects import Callee, Subject

SINGLE = 4
"""Bytes of a float32."""


class NumpySide(JaxSide):
    """Arrays as NumPy has them; keys are JAX's."""

    def array(self, value: Any) -> Any:
        """A copy of `value`."""
        return np.array(value)


@dataclass(frozen=True, slots=True)
class Reference:
    """The function whose results count, and in which way it is called."""

    callee: Callee
    way: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found."""

    verdicts: list[Verdict]
    reference: str = ""
    """What was compared with."""
    notes: tuple[str, ...] = ()
    """In which ways the function before does not run."""


class Trial:
    """A function, before and after, with the arguments that `--like` says."""

    def __init__(self, after: Imported, before: Imported | None, like: Like, *, host: bool, random: bool) -> None:
        """`host` code is not put under `jit`; `random` results are compared as distributions.

        Raises:
            NamedError: the arguments do not fit a function.
        """
        self.before = before
        self.like = _in_order(like, after.function)
        values = (*self.like.positional, *self.like.named.values())
        self.static = tuple(place for place, value in enumerate(values) if _is_static(value))
        self.inputs = {
            kind: tuple(drawn(value, kind, seed=100 * number + place) for place, value in enumerate(values))
            for number, kind in enumerate(KINDS)
        }
        first, second = [self.inputs[kind] for kind in KINDS[:2]]
        self.case = Case(
            after.function.__name__ if hasattr(after.function, "__name__") else "function",
            first,
            Silent(""),
            SameDistribution() if random else _close(self.like),
            again=second,
            plain_python=host,
        )
        self.plain = Callee(_arranged(after.function, self.like), after.module, JaxSide())
        jitted = self.plain if host else self._jitted(self.plain)
        self.subject = Subject(self.case, lambda _: jitted)
        self.old = Callee(_arranged(before.apart(), self.like), before.module, JaxSide()) if before else None
        if random and not has_key(first):
            raise NamedError("--same-distribution is for random results: no key[] is among the arguments")

    def _jitted(self, callee: Callee) -> Callee:
        """Under `jit`, as the user wrote it or as is done here."""
        if callee.is_jitted:
            return callee
        return Callee(jax.jit(callee.function, static_argnums=self.static), callee.module, callee.form)

    def compiled(self, targets: Sequence[Target]) -> Judged:
        """Whether the function compiles for `targets`."""
        return Judged([compiled_for(self.subject, target) for target in targets])

    def executed(self) -> Judged:
        """Everything that running it here shows."""
        reference, notes = self._reference()
        shown: dict[Claim, Callable[[Subject], str | None]] = {
            Claim.COMPILES: fixed_side.compiles,
            Claim.ONCE: fixed_side.compiles_once,
        }
        verdicts = [judge(claim, show, self.subject) for claim, show in shown.items()]
        verdicts += self._matching(reference, notes)
        # The last two, since they empty JAX's caches.
        verdicts.append(judge(Claim.NO_LEAK, fixed_side.leaks_nothing, self.subject))
        verdicts.append(judge(Claim.FRESH_KEYS, fixed_side.keys_are_fresh, self.subject))
        return Judged(verdicts, reference.way if reference else "", tuple(notes))

    def _reference(self) -> tuple[Reference | None, list[str]]:
        """The first way in which the reference runs, and why those before it do not."""
        notes: list[str] = []
        for reference in self._ways():
            try:
                reference.callee(self.case.args)
            except Exception as error:
                notes.append(f"{reference.way} raises {described(error)}")
            else:
                return reference, notes
        return None, notes

    def _ways(self) -> Iterator[Reference]:
        if self.old is None:
            yield Reference(self.plain.without_jit(), "it without jit")
            return
        if not self.case.plain_python:
            yield Reference(self._jitted(self.old), "before under jit")
        plain = self.old.without_jit()
        yield Reference(plain, "before without jit")
        yield Reference(Callee(plain.function, plain.module, NumpySide()), "before without jit and on NumPy arrays")

    def _matching(self, reference: Reference | None, notes: list[str]) -> list[Verdict]:
        claims = [(Claim.JIT, self.subject.jitted), (Claim.PLAIN, self.plain.without_jit())]
        name = self.case.function
        if reference is None:
            why = "there is nothing to compare with: " + "; ".join(notes)
            return [Verdict(claim, Outcome.UNAVAILABLE, name, why) for claim, _ in claims]

        def differs(callee: Callee) -> Callable[[Subject], str | None]:
            return lambda _: self._mismatch(callee, reference, notes)

        return [judge(claim, differs(callee), self.subject) for claim, callee in claims]

    def _mismatch(self, callee: Callee, reference: Reference, notes: list[str]) -> str | None:
        """What differs from the reference's results, for any kind of inputs."""
        if isinstance(self.case.same, SameDistribution):
            return match.distribution_mismatch(
                lambda draw: callee(redrawn(self.case.args, draw)),
                lambda draw: reference.callee(redrawn(self.case.args, draw)),
                self.case.same.draws,
            )
        for kind, inputs in self.inputs.items():
            try:
                wanted = reference.callee(inputs)
            except Exception as error:
                note = f"not compared where numbers are {kind}: {reference.way} raises {described(error)}"
                notes += [note] if note not in notes else []
                continue
            if difference := match.mismatch(callee(inputs), wanted, self.case.same):
                hint = "; if other draws are meant: --same-distribution" if has_key(inputs) else ""
                return f"where numbers are {kind}, {difference}{hint}"
        return None


def _close(like: Like) -> Close:
    """The tolerance of the narrowest float among the arguments: what is computed of it is no more exact."""
    dtypes = [jnp.dtype(array.dtype) for array in like.arrays if array.dtype != KEY]
    sizes = [match.real_size(dtype) for dtype in dtypes if jnp.issubdtype(dtype, np.inexact)]
    return Close(*match.TOLERANCES[min(sizes)]) if sizes and min(sizes) < SINGLE else Close()


def _is_static(value: Any) -> bool:
    """A Python value that can be hashed; a list or a dict is a pytree."""
    if any(arrays_in(value)):
        return False
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _signature(function: Callable[..., Any]) -> inspect.Signature | None:
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):  # many functions of C say nothing of their parameters
        return None


def _in_order(like: Like, function: Callable[..., Any]) -> Like:
    """The arguments in the order of the function's parameters."""
    signature = _signature(function)
    order = list(signature.parameters) if signature else []
    named = sorted(like.named.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))
    return Like(like.positional, dict(named))


def _arranged(function: Callable[..., Any], like: Like) -> Callable[..., Any]:
    """The function, taking by place what `like` says in its order: as it is, if its parameters are in that order.

    Raises:
        NamedError: these are not its arguments.
    """
    signature, count = _signature(function), len(like.positional)
    if signature is not None:
        try:
            signature.bind(*like.positional, **like.named)
        except TypeError as error:
            raise NamedError(f"--like does not fit {_named(function)}{signature}: {error}") from error
        places = [
            parameter.name
            for parameter in signature.parameters.values()
            if parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        ]
        if places[count : count + len(like.named)] == list(like.named):
            return function
    if not like.named:
        return function

    def arranged(*values: Any) -> Any:
        return function(*values[:count], **dict(zip(like.named, values[count:], strict=True)))

    return arranged


def _named(function: Callable[..., Any]) -> str:
    return str(getattr(function, "__name__", "the function"))
