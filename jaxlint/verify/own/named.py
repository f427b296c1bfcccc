"""A function that a command line names: by its file (`src/train.py:step`) or its module (`pkg.train:Model.loss`)."""

from __future__ import annotations

import contextlib
import difflib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

from jaxlint.verify.errors import described, is_theirs


class NamedError(Exception):
    """There is no such function, or its file cannot be imported; the message is for whoever wrote the command."""


@dataclass(frozen=True, slots=True)
class Named:
    """A module or a file, and the name of a function in it."""

    where: str
    function: str

    @property
    def is_file(self) -> bool:
        """Whether it is named by its file."""
        return self.where.endswith(".py") or "/" in self.where or "\\" in self.where

    def __str__(self) -> str:
        return f"{self.where}:{self.function}"


def parsed(text: str) -> Named:
    """What `text` names.

    Raises:
        NamedError: it is not of the form.
    """
    where, colon, function = text.rpartition(":")
    if not (where and colon and function) or function.endswith(".py"):
        raise NamedError(f"{text!r} names no function: write train.py:step or package.train:step")
    if not all(part.isidentifier() for part in function.split(".")):
        raise NamedError(f"{function!r} is no name of a function, in {text!r}")
    named = Named(where, function)
    if not named.is_file and not all(part.isidentifier() for part in where.split(".")):
        raise NamedError(f"{where!r} is no name of a module; a file is named with its ending, as in {where}.py:{function}")
    return named


@dataclass(frozen=True, slots=True)
class Imported:
    """A function, and the modules of the user's that its import brought."""

    function: Callable[..., Any]
    module: ModuleType
    path: tuple[str, ...]
    modules: dict[str, ModuleType]

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """While this lasts, `import` finds the user's modules of this function's side, and none of another's."""
        path, hidden = list(sys.path), _without(_is_users)
        sys.path[:] = self.path
        sys.modules.update(self.modules)
        try:
            yield
        finally:
            self.modules.update(_without(_is_users))
            sys.modules.update(hidden)
            sys.path[:] = path

    def apart(self) -> Callable[..., Any]:
        """The function, for use when another version of its modules has been imported since."""

        @wraps(self.function)
        def function(*args: Any, **kwargs: Any) -> Any:
            with self.entered():
                return self.function(*args, **kwargs)

        return function


def imported(named: Named, root: Path) -> Imported:
    """Imports the file or module, found from the folder `root` on, and gets the function. This runs the user's code.

    The user's modules are forgotten again, so that another version of them can be imported; `Imported.entered` brings them
    back.

    Raises:
        NamedError: it cannot be imported, or has no such function.
    """
    path, hidden = list(sys.path), _without(_is_users)
    try:
        with _told(named):
            module = _of_file(root / named.where, named) if named.is_file else _of_module(named, root)
        function = _function(named, module)
    finally:
        changed, sys.path[:] = tuple(sys.path), path
        own = _without(_is_users)
        sys.modules.update(hidden)
    return Imported(function, module, changed, own)


def _without(unwanted: Callable[[ModuleType], bool]) -> dict[str, ModuleType]:
    """Takes modules out of those that are loaded, and returns them."""
    taken = {name: module for name, module in list(sys.modules.items()) if unwanted(module)}
    for name in taken:
        del sys.modules[name]
    return taken


def _is_users(module: ModuleType) -> bool:
    said = getattr(module, "__dict__", {})  # to ask the module itself may make it load
    if said.get("__name__") == "__main__":
        return False
    if file := said.get("__file__"):
        return is_theirs(file)
    # A folder without __init__.py: whose, says what is in it.
    return any(is_theirs(str(path)) for place in said.get("__path__") or () for path in Path(place).glob("*.py"))


@contextlib.contextmanager
def _told(named: Named) -> Iterator[None]:
    """What goes wrong while the user's code is imported, as an error of the command."""
    try:
        yield
    except (NamedError, KeyboardInterrupt):
        raise
    except BaseException as error:
        hint = "; is what it should do only as a program under if __name__ == '__main__'?" * isinstance(error, SystemExit)
        raise NamedError(f"importing {named.where} raises {described(error)}{hint}") from error


def _of_module(named: Named, root: Path) -> ModuleType:
    sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    try:
        return importlib.import_module(named.where)
    except ModuleNotFoundError as error:
        if error.name is not None and (named.where == error.name or named.where.startswith(f"{error.name}.")):
            raise NamedError(
                f"there is no module {named.where} here: no {error.name} in {root} or among what is installed"
            ) from error
        raise


def _of_file(path: Path, named: Named) -> ModuleType:
    if not path.is_file():
        raise NamedError(f"there is no file {named.where}")
    path = path.resolve()
    package, top = _package(path)
    # As Python runs a file: what lies beside it, or beside its package, can be imported.
    sys.path.insert(0, str(top))
    importlib.invalidate_caches()
    if package and all(part.isidentifier() for part in package):
        importlib.import_module(package[0])
        if Path(getattr(sys.modules[package[0]], "__file__", None) or "").resolve().parent == top / package[0]:
            return importlib.import_module(".".join(part for part in package if part != "__init__"))
    # Under a name that no other module has: a file may be called random.py, or my-file.py.
    stem = path.stem if path.stem.isidentifier() else "file"
    name = stem if stem not in sys.modules and importlib.util.find_spec(stem) is None else f"{stem}_of_jaxlint_verify"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise NamedError(f"{named.where} is no file of Python's: its name has to end in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def _package(path: Path) -> tuple[list[str], Path]:
    """The names from the outermost package around a file down to it, none where there is none; and the folder above."""
    names, folder = [path.stem], path.parent
    while (folder / "__init__.py").is_file():
        names.insert(0, folder.name)
        folder = folder.parent
    return (names if len(names) > 1 else []), folder


def _function(named: Named, module: ModuleType) -> Callable[..., Any]:
    found: Any = module
    for part in named.function.split("."):
        if not hasattr(found, part):
            owner = named.where if found is module else f"{named.where}:{found.__name__}"
            near = difflib.get_close_matches(part, [name for name in dir(found) if callable(getattr(found, name, None))])
            raise NamedError(f"{owner} has no {part}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
        found = getattr(found, part)
    if not callable(found):
        raise NamedError(f"{named} is no function but of type {type(found).__name__}")
    return found  # type: ignore[no-any-return]
