"""The runtime half: runs an example under JAX, in this process, and judges each claim.

Needs JAX and NumPy only. Claims start from modules loaded afresh, so that what one leaves behind in a module's globals
does not help or hurt the next; those about the fixed function's results and compilations share one jitted function.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from jaxlint.verify import bad_side, fixed_side, variations
from jaxlint.verify.callbacks import left_out
from jaxlint.verify.claims import RUNTIME_CLAIMS, Claim, Outcome, Proof, Verdict
from jaxlint.verify.compilers import NeedsDevice, compile_for
from jaxlint.verify.errors import described
from jaxlint.verify.expect import Case
from jaxlint.verify.platforms import Platform, Target
from jaxlint.verify.sides import ExampleError, MissingModule, lesson
from jaxlint.verify.subjects import Subject, subject_of


def prove(folder: Path, platform: Platform) -> Proof:
    """All runtime claims of `platform` about the example in `folder`."""
    with quiet():
        try:
            found = lesson(folder)
        except MissingModule as missing:
            return Proof.unavailable(folder.name, platform.name, (Claim.LOADS, *platform.claims), str(missing))
        except ExampleError as error:
            return Proof(folder.name, platform.name, (Verdict(Claim.LOADS, Outcome.BROKEN, detail=str(error)),))
        subjects = [subject_of(found, case) for case in found.cases]
        verdicts = [
            judge(claim, show, subject)
            for subject in subjects
            for claim, show in SHOWN_BY.items()
            if claim in platform.claims
        ]
    return Proof(folder.name, platform.name, (Verdict(Claim.LOADS, Outcome.HOLDS), *verdicts))


def prove_compiled(folder: Path, platform: Platform) -> Proof:
    """That the fixed functions compile for each target of `platform`, without a device of that kind."""
    with quiet():
        try:
            found = lesson(folder)
        except MissingModule as missing:
            return Proof.unavailable(folder.name, platform.name, platform.claims, str(missing))
        except ExampleError as error:
            return Proof(folder.name, platform.name, (Verdict(Claim.LOADS, Outcome.BROKEN, detail=str(error)),))
        subjects = [subject_of(found, case) for case in found.cases]
        verdicts = [compiled_for(subject, target) for subject in subjects for target in platform.targets]
        verdicts += (Verdict(claim, Outcome.NOT_TRIED) for claim in RUNTIME_CLAIMS if claim not in platform.claims)
    return Proof(folder.name, platform.name, (Verdict(Claim.LOADS, Outcome.HOLDS), *verdicts))


def compiled_for(subject: Subject, target: Target) -> Verdict:
    """Whether the case's fixed function compiles for `target`."""
    case = subject.case
    if (why := not_asked(Claim.COMPILES, case)) is not None:
        return Verdict(Claim.COMPILES, Outcome.NOT_APPLICABLE, case.function, why)
    try:
        try:
            _compile(subject, target)
        except NeedsDevice as error:
            with left_out():
                _compile(Subject(case, subject.callee), target)
            return Verdict(Claim.COMPILES, Outcome.IN_PART, case.function, f"without its callbacks: {error}")
    except NeedsDevice as error:
        return Verdict(Claim.COMPILES, Outcome.UNAVAILABLE, case.function, str(error))
    except Exception as error:
        return Verdict(Claim.COMPILES, Outcome.BROKEN, case.function, f"for {target.name} raises {described(error)}")
    return Verdict(Claim.COMPILES, Outcome.HOLDS, case.function, target.name)


def _compile(subject: Subject, target: Target) -> None:
    fixed = subject.jitted
    compile_for(target, fixed.function, fixed.arguments(subject.case.args))


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Examples may print and warn; neither belongs into the table."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def judge(claim: Claim, show: Callable[[Subject], str | None], subject: Subject) -> Verdict:
    """The verdict on `claim`, for what `show` says is wrong, or raises."""
    name = subject.case.function
    if (why := not_asked(claim, subject.case)) is not None:
        return Verdict(claim, Outcome.NOT_APPLICABLE, name, why)
    try:
        objection = show(subject)
    except NeedsDevice as error:
        return Verdict(claim, Outcome.UNAVAILABLE, name, str(error))
    except variations.NothingToMap:
        return Verdict(claim, Outcome.NOT_APPLICABLE, name, "no argument is an array")
    except Exception as error:
        objection = f"raises {described(error)}"
    if objection is None:
        return Verdict(claim, Outcome.HOLDS, name)
    return Verdict(claim, Outcome.BROKEN, name, objection)


def not_asked(claim: Claim, case: Case) -> str | None:
    """Why `claim` is not made of a case; None if it is."""
    match claim:
        case Claim.COMPILES | Claim.JIT | Claim.VMAP if case.plain_python:
            return "host code, which is not put under jit"
        case Claim.VMAP if case.unmapped:
            return case.unmapped
        case Claim.DEVICES if not case.devices:
            return "the example is for one device"
        case _:
            return None


SHOWN_BY: dict[Claim, Callable[[Subject], str | None]] = {
    Claim.FAILS: bad_side.fails,
    Claim.COMPILES: fixed_side.compiles,
    Claim.ONCE: fixed_side.compiles_once,
    Claim.JIT: fixed_side.matches_under_jit,
    Claim.PLAIN: fixed_side.matches_plain,
    Claim.WIDE: variations.matches_with_64_bits,
    Claim.VMAP: variations.matches_under_vmap,
    Claim.DEVICES: variations.matches_over_devices,
    Claim.NO_LEAK: fixed_side.leaks_nothing,
    Claim.FRESH_KEYS: fixed_side.keys_are_fresh,
}
"""The judge of each runtime claim: says what is wrong, or None. The last two empty JAX's caches, so they come last."""
