"""The runtime half: runs an example under JAX, in this process, and judges each claim.

Needs JAX and NumPy only. Claims start from modules loaded afresh, so that what one leaves behind in a module's globals
does not help or hurt the next; those about the fixed function's results and compilations share one jitted function.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import jax

from jaxlint.verify import match
from jaxlint.verify.claims import RUNTIME_CLAIMS, Claim, Outcome, Proof, Verdict
from jaxlint.verify.compilers import NeedsDevice, compile_for
from jaxlint.verify.evidence import Work, finished, printed, watched
from jaxlint.verify.expect import Case, Close, Raises, SameDistribution, Silent, Warns
from jaxlint.verify.inputs import JaxSide, ReferenceSide, arguments, has_key, redrawn, varied
from jaxlint.verify.platforms import Platform, Target
from jaxlint.verify.sides import ExampleError, Lesson, MissingModule, SideName, lesson

FEW_DRAWS = 3
"""Random draws on which plain and jitted results are compared; the jitted ones are compared with the reference."""

Function = Callable[..., Any]
Inputs = tuple[Any, ...]


def prove(folder: Path, platform: Platform) -> Proof:
    """All runtime claims of `platform` about the example in `folder`."""
    with _quiet():
        try:
            found = lesson(folder)
        except MissingModule as missing:
            return Proof.unavailable(folder.name, platform.name, (Claim.LOADS, *platform.claims), str(missing))
        except ExampleError as error:
            return Proof(folder.name, platform.name, (Verdict(Claim.LOADS, Outcome.BROKEN, detail=str(error)),))
        subjects = [Subject(found, case) for case in found.cases]
        verdicts = [
            _judge(claim, show, subject)
            for subject in subjects
            for claim, show in SHOWN_BY.items()
            if claim in platform.claims
        ]
    return Proof(folder.name, platform.name, (Verdict(Claim.LOADS, Outcome.HOLDS), *verdicts))


def prove_compiled(folder: Path, platform: Platform) -> Proof:
    """That the fixed functions compile for each target of `platform`, without a device of that kind."""
    with _quiet():
        try:
            found = lesson(folder)
        except MissingModule as missing:
            return Proof.unavailable(folder.name, platform.name, platform.claims, str(missing))
        except ExampleError as error:
            return Proof(folder.name, platform.name, (Verdict(Claim.LOADS, Outcome.BROKEN, detail=str(error)),))
        subjects = [Subject(found, case) for case in found.cases]
        verdicts = [_compiled(subject, target) for subject in subjects for target in platform.targets]
        verdicts += (Verdict(claim, Outcome.NOT_TRIED) for claim in RUNTIME_CLAIMS if claim not in platform.claims)
    return Proof(folder.name, platform.name, (Verdict(Claim.LOADS, Outcome.HOLDS), *verdicts))


def _compiled(subject: Subject, target: Target) -> Verdict:
    """Whether the case's fixed function compiles for `target`."""
    case = subject.case
    if case.plain_python:
        return Verdict(Claim.COMPILES, Outcome.NOT_APPLICABLE, case.function, "host code, which is not put under jit")
    fixed = subject.jitted
    try:
        compile_for(target, fixed.function, fixed.arguments(case.args))
    except NeedsDevice as error:
        return Verdict(Claim.COMPILES, Outcome.UNAVAILABLE, case.function, str(error))
    except Exception as error:
        return Verdict(Claim.COMPILES, Outcome.BROKEN, case.function, f"for {target.name} raises {_describe(error)}")
    return Verdict(Claim.COMPILES, Outcome.HOLDS, case.function, target.name)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Examples may print and warn; neither belongs into the table."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _judge(claim: Claim, show: Callable[[Subject], str | None], subject: Subject) -> Verdict:
    name = subject.case.function
    if subject.case.plain_python and claim in (Claim.COMPILES, Claim.JIT):
        return Verdict(claim, Outcome.NOT_APPLICABLE, name, "host code, which is not put under jit")
    try:
        objection = show(subject)
    except Exception as error:
        objection = f"raises {_describe(error)}"
    if objection is None:
        return Verdict(claim, Outcome.HOLDS, name)
    return Verdict(claim, Outcome.BROKEN, name, objection)


def _describe(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__module__}.{type(error).__qualname__}: {lines[0]}".removeprefix("builtins.")


# --- calling a side ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Callee:
    """A function of one side, and the module that it comes from."""

    function: Function
    module: ModuleType
    form: JaxSide | ReferenceSide

    def arguments(self, inputs: Inputs) -> list[Any]:
        """Fresh arguments for inputs as a case states them."""
        return arguments(inputs, self.form, self.module)

    def __call__(self, inputs: Inputs) -> Any:
        """The result for fresh arguments, when all that was dispatched is done."""
        return finished(self.function, *self.arguments(inputs))

    @property
    def is_jitted(self) -> bool:
        """Whether the function is the result of `jit`."""
        return isinstance(self.function, jax.stages.Wrapped)

    def under_jit(self, case: Case) -> Callee:
        """As verify runs the fixed function: put under `jit`, unless it is or must not be."""
        if case.plain_python or self.is_jitted:
            return self
        return replace(self, function=jax.jit(self.function, static_argnames=case.static))

    def without_jit(self) -> Callee:
        """The function that `jit` was given."""
        return replace(self, function=self.function.__wrapped__) if self.is_jitted else self  # type: ignore[attr-defined]


class Subject:
    """A case of an example, with what several claims look at."""

    def __init__(self, found: Lesson, case: Case) -> None:
        """Loads and runs nothing yet."""
        self.lesson = found
        self.case = case

    def callee(self, side: SideName) -> Callee:
        """The side's function as it is written, from a module loaded afresh."""
        function, module = self.lesson.function(side, self.case)
        return Callee(function, module, ReferenceSide() if side is SideName.REFERENCE else JaxSide())

    @cached_property
    def jitted(self) -> Callee:
        """The fixed function under `jit` (host code as it is): one object, so that it is compiled only once."""
        return self.callee(SideName.FIXED).under_jit(self.case)

    @cached_property
    def first_call(self) -> Work:
        """What JAX traced and compiled when `jitted` was called for the first time."""
        args = self.jitted.arguments(self.case.args)
        with watched() as work:
            finished(self.jitted.function, *args)
        return work


# --- the bad side -----------------------------------------------------------------------------------------------------


def _fails(subject: Subject) -> str | None:
    match subject.case.fails:
        case Raises(error, message):
            return _raises(subject, _class_named(error), message)
        case Warns(category, message):
            return _warns(subject, _class_named(category), message)
        case Silent(effect, shows):
            return _fails_silently(subject, effect, shows)


def _class_named(name: str) -> type:
    module, _, attribute = name.rpartition(".")
    found = getattr(importlib.import_module(module) if module else builtins, attribute)
    if not isinstance(found, type):
        raise ExampleError(f"{name} is not a class")
    return found


def _raises(subject: Subject, error: type, message: str) -> str | None:
    try:
        subject.callee(SideName.BAD)(subject.case.bad_inputs)
    except Exception as raised:
        if type(raised) is error and message in str(raised):
            return None
        return f"raises {_describe(raised)}, not {error.__name__} with {message!r}"
    return f"runs, and does not raise {error.__name__}"


def _warns(subject: Subject, category: type, message: str) -> str | None:
    for side, inputs, expected in (
        (SideName.BAD, subject.case.bad_inputs, True),
        (SideName.FIXED, subject.case.args, False),
    ):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            subject.callee(side)(inputs)
        given = any(one.category is category and message in str(one.message) for one in caught)
        if given is not expected:
            return f"the {side.value} function {'warns as well' if given else 'does not warn'}"
    return None


def _fails_silently(subject: Subject, effect: str, shows: Callable[..., bool] | None) -> str | None:
    bad, inputs = subject.callee(SideName.BAD), subject.case.bad_inputs
    if shows is None:
        matches = _mismatch(subject, bad, inputs) is None
        return f"the bad function matches the reference, so it does not show: {effect}" if matches else None
    if not shows(bad.function, *bad.arguments(inputs)):
        return f"the bad function does not show: {effect}"
    fixed = subject.callee(SideName.FIXED).under_jit(subject.case)
    if shows(fixed.function, *fixed.arguments(subject.case.args)):
        return f"the fixed function shows it as well: {effect}"
    return None


# --- the fixed side ---------------------------------------------------------------------------------------------------


def _compiles(subject: Subject) -> str | None:
    return None if subject.first_call.compiled else "the call under jit compiled nothing"


def _compiles_once(subject: Subject) -> str | None:
    case = subject.case
    others = case.again or varied(case.args, subject.jitted.function, case.static)
    args = subject.jitted.arguments(others)
    _ = subject.first_call
    with watched() as work:
        finished(subject.jitted.function, *args)
    return f"the second call, with equal shapes: {work}" if work.traced or work.compiled else None


def _leaks_nothing(subject: Subject) -> str | None:
    fixed = subject.callee(SideName.FIXED).under_jit(subject.case)
    args = fixed.arguments(subject.case.args)
    jax.clear_caches()  # what was traced before is not traced again
    with jax.checking_leaks():
        if subject.case.plain_python:
            finished(fixed.function, *args)
        else:
            fixed.function.lower(*args)  # type: ignore[attr-defined]
    return None


def _keys_are_fresh(subject: Subject) -> str | None:
    jax.clear_caches()
    with jax.debug_key_reuse(True):
        subject.callee(SideName.FIXED).under_jit(subject.case)(subject.case.args)
    return None


def _matches_under_jit(subject: Subject) -> str | None:
    return _fixed_mismatch(subject, subject.jitted)


def _matches_plain(subject: Subject) -> str | None:
    plain = subject.callee(SideName.FIXED).without_jit()
    if not isinstance(subject.case.same, SameDistribution) or subject.case.plain_python:
        return _fixed_mismatch(subject, plain)
    for draw in range(FEW_DRAWS):
        inputs = redrawn(subject.case.args, draw)
        if difference := match.mismatch(plain(inputs), subject.jitted(inputs), Close()):
            return f"not what jit gives for the same key: {difference}"
    return None


def _fixed_mismatch(subject: Subject, fixed: Callee) -> str | None:
    """How the fixed function's results differ, for either of the two calls' inputs."""
    case = subject.case
    both = [subject] if case.again is None else [subject, Subject(subject.lesson, replace(case, args=case.again))]
    return next(filter(None, (_mismatch(one, fixed, one.case.args) for one in both)), None)


def _mismatch(subject: Subject, ours: Callee, inputs: Inputs) -> str | None:
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


SHOWN_BY: dict[Claim, Callable[[Subject], str | None]] = {
    Claim.FAILS: _fails,
    Claim.COMPILES: _compiles,
    Claim.ONCE: _compiles_once,
    Claim.JIT: _matches_under_jit,
    Claim.PLAIN: _matches_plain,
    Claim.NO_LEAK: _leaks_nothing,
    Claim.FRESH_KEYS: _keys_are_fresh,
}
"""The judge of each runtime claim: says what is wrong, or None. The last two empty JAX's caches, so they come last."""
