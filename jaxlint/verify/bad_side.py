"""The judges of the bad side: whether it fails as its case says. Each says what is wrong, or None."""

from __future__ import annotations

import builtins
import importlib
import warnings
from collections.abc import Callable

from jaxlint.verify.errors import described
from jaxlint.verify.expect import Raises, Silent, Warns
from jaxlint.verify.fixed_side import reference_mismatch
from jaxlint.verify.sides import ExampleError, SideName
from jaxlint.verify.subjects import Subject


def fails(subject: Subject) -> str | None:
    """`Claim.FAILS`."""
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
        return f"raises {described(raised)}, not {error.__name__} with {message!r}"
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
        matches = reference_mismatch(subject, bad, inputs) is None
        return f"the bad function matches the reference, so it does not show: {effect}" if matches else None
    if not shows(bad.function, *bad.arguments(inputs)):
        return f"the bad function does not show: {effect}"
    fixed = subject.callee(SideName.FIXED).under_jit(subject.case)
    if shows(fixed.function, *fixed.arguments(subject.case.args)):
        return f"the fixed function shows it as well: {effect}"
    return None
