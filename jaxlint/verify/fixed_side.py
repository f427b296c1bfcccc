"""The judges of the fixed side: what it compiles to and what it computes. Each says what is wrong, or None."""

from __future__ import annotations

import jax

from jaxlint.verify import match
from jaxlint.verify.evidence import finished, printed, watched
from jaxlint.verify.expect import Close, SameDistribution
from jaxlint.verify.inputs import has_key, redrawn, varied
from jaxlint.verify.sides import ExampleError, SideName
from jaxlint.verify.subjects import Callee, Inputs, Subject

FEW_DRAWS = 3
"""Random draws on which plain and jitted results are compared; the jitted ones are compared with the reference."""


def compiles(subject: Subject) -> str | None:
    """`Claim.COMPILES`."""
    return None if subject.first_call.compiled else "the call under jit compiled nothing"


def compiles_once(subject: Subject) -> str | None:
    """`Claim.ONCE`."""
    case = subject.case
    others = case.again or varied(case.args, subject.jitted.function, case.static)
    args = subject.jitted.arguments(others)
    _ = subject.first_call
    with watched() as work:
        finished(subject.jitted.function, *args)
    return f"the second call, with equal shapes: {work}" if work.traced or work.compiled else None


def leaks_nothing(subject: Subject) -> str | None:
    """`Claim.NO_LEAK`."""
    fixed = subject.callee(SideName.FIXED).under_jit(subject.case)
    args = fixed.arguments(subject.case.args)
    jax.clear_caches()  # what was traced before is not traced again
    with jax.checking_leaks():
        if subject.case.plain_python:
            finished(fixed.function, *args)
        else:
            fixed.function.lower(*args)  # type: ignore[attr-defined]
    return None


def keys_are_fresh(subject: Subject) -> str | None:
    """`Claim.FRESH_KEYS`."""
    jax.clear_caches()
    with jax.debug_key_reuse(True):
        subject.callee(SideName.FIXED).under_jit(subject.case)(subject.case.args)
    return None


def matches_under_jit(subject: Subject) -> str | None:
    """`Claim.JIT`."""
    return fixed_mismatch(subject, subject.jitted)


def matches_plain(subject: Subject) -> str | None:
    """`Claim.PLAIN`."""
    plain = subject.callee(SideName.FIXED).without_jit()
    if not isinstance(subject.case.same, SameDistribution) or subject.case.plain_python:
        return fixed_mismatch(subject, plain)
    for draw in range(FEW_DRAWS):
        inputs = redrawn(subject.case.args, draw)
        if difference := match.mismatch(plain(inputs), subject.jitted(inputs), Close()):
            return f"not what jit gives for the same key: {difference}"
    return None


def fixed_mismatch(subject: Subject, fixed: Callee) -> str | None:
    """How the fixed function's results differ, for either of the two calls' inputs."""
    case = subject.case
    both = [subject] if case.again is None else [subject, subject.given(case.again)]
    return next(filter(None, (reference_mismatch(one, fixed, one.case.args) for one in both)), None)


def reference_mismatch(subject: Subject, ours: Callee, inputs: Inputs) -> str | None:
    """How what `ours` gives for `inputs` differs from what the reference gives for the case's; None if they match."""
    case, reference = subject.case, subject.callee(SideName.REFERENCE)
    if isinstance(case.same, SameDistribution):
        if not has_key(case.args):
            raise ExampleError("SameDistribution needs a Key or a Seed among the arguments")
        return match.distribution_mismatch(
            lambda draw: ours(redrawn(inputs, draw)),
            lambda draw: reference(redrawn(case.args, draw)),
            case.same.draws,
        )
    if difference := match.mismatch(ours(inputs), reference(case.args), case.same):
        return difference
    if case.prints and (printed(ours, inputs)) != (wanted := printed(reference, case.args)):
        return f"prints {printed(ours, inputs)!r}, the reference {wanted!r}"
    return None
