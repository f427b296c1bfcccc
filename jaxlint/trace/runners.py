"""Functions that are called by a program which is not in view, outside of every trace: tests, by their runners."""

from __future__ import annotations

from jaxlint.model.schema import LibraryClass
from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.values import Class, External, Function


def is_run(function: Function) -> bool:
    """Whether a test runner calls the function."""
    if isinstance(function.owner, Class):
        return is_case(function.owner, function.name)
    closure = function.closure
    if not isinstance(closure, Frame) or closure.kind is not FrameKind.MODULE:
        return False
    return function.name.startswith("test") and _is_test_module(closure.module_name)


def is_case(cls: Class, method: str = "") -> bool:
    """Whether a test runner makes objects of the class, and calls this method of theirs."""
    for base in cls.mro:
        if isinstance(base, External) and isinstance(base.meaning, LibraryClass) and base.meaning.runs:
            return method.startswith(base.meaning.runs) if method else True
    named = cls.name.startswith("Test") and _is_test_module(cls.module)
    return named and (method.startswith("test") if method else True)


def _is_test_module(name: str) -> bool:
    """By the names that pytest collects unless it is told otherwise.

    https://docs.pytest.org/en/stable/explanation/goodpractices.html#conventions-for-python-test-discovery
    """
    own = name.rpartition(".")[2]
    return own.startswith("test_") or own.endswith("_test")
