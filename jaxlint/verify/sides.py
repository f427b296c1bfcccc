"""The three files of an example, loaded."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

from jaxlint.verify.expect import Case, Example


class SideName(Enum):
    """Which file."""

    BAD = "bad"
    FIXED = "fixed"
    REFERENCE = "reference"


class ExampleError(Exception):
    """The folder is not an example: a file, a name or `EXAMPLE` is missing or of the wrong kind."""


class MissingModule(Exception):
    """The example needs a module that is not installed."""


def load(folder: Path, side: SideName) -> ModuleType:
    """A fresh module from the side's file: nothing that an earlier load did to its globals is seen.

    Raises:
        ExampleError: there is no such file, or running it raises.
    """
    path = folder / f"{side.value}.py"
    name = f"jaxlint_example_{folder.name.replace('-', '_')}_{side.value}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise ExampleError(f"there is no {path.name}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ExampleError(f"{path.name} does not load: {type(error).__name__}: {error}") from error
    return module


def function(module: ModuleType, case: Case) -> Callable[..., Any]:
    """The function of `case` in `module`.

    Raises:
        ExampleError: the module has no such function.
    """
    found = getattr(module, case.function, None)
    if not callable(found):
        raise ExampleError(f"{Path(module.__file__ or '').name} has no function {case.function}")
    return found  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A folder that holds an example, with its cases."""

    folder: Path
    cases: tuple[Case, ...]

    @property
    def symbol(self) -> str:
        """The rule's symbol: the folder's name."""
        return self.folder.name

    def function(self, side: SideName, case: Case) -> tuple[Callable[..., Any], ModuleType]:
        """The function of `case`, from a module loaded afresh, and that module."""
        module = load(self.folder, side)
        return function(module, case), module


def lesson(folder: Path) -> Lesson:
    """The example in `folder`, after a look at its form.

    Raises:
        ExampleError: a file or a function is missing, `EXAMPLE` is, or a function of reference.py has no case.
        MissingModule: it needs a module that is not installed.
    """
    reference = load(folder, SideName.REFERENCE)
    example = getattr(reference, "EXAMPLE", None)
    if not isinstance(example, Example) or not example.cases:
        raise ExampleError("reference.py has no EXAMPLE = Example([Case(…), …])")
    for name in example.needs:
        if importlib.util.find_spec(name) is None:
            raise MissingModule(f"it needs {name}, which is not installed (pip install 'pylint-jaxlint[frameworks]')")
    modules = [reference, load(folder, SideName.BAD), load(folder, SideName.FIXED)]
    for case in example.cases:
        for module in modules:
            function(module, case)
    if missing := _public_functions(reference) - {case.function for case in example.cases}:
        raise ExampleError(f"no case for {', '.join(sorted(missing))} of reference.py")
    return Lesson(folder, tuple(example.cases))


def _public_functions(module: ModuleType) -> set[str]:
    return {
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }
