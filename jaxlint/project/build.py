"""The lean tree: bytes -> text -> `ast.parse` -> astroid's tree builder, and nothing else.

`astroid.parse` spends four fifths of its time on what comes after the tree: transforms (the *brain*), inference of what
`self.x = …` assigns to, and garbage collections that find nothing, since all that was made is still in use. The lean
tree leaves these out. It differs from the tree that pylint builds in three things, which its users must not rely on:

- `ClassDef.instance_attrs` is empty;
- `from m import *` adds no names to `locals`;
- no transform was applied, and the module is not in astroid's cache of modules.

Positions are those of `ast` (lines from 1; columns from 0, in UTF-8 bytes), with astroid's one exception: a decorated
function's `lineno` is that of its first decorator; `node.position` is where `def` stands.
"""

from __future__ import annotations

import ast
import gc
import io
import os
import stat
import sys
import tokenize
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from astroid import nodes
from astroid.astroid_manager import MANAGER
from astroid.rebuilder import TreeRebuilder

BUILD_DEPTH = 2_000
"""Python frames that building one tree may use, however deep the caller stands.

The builder takes two frames for a level of nesting. Without a number of its own, whether a module can be built would
depend on how deep in the analysis it was first asked for.
"""


@dataclass(frozen=True, slots=True)
class Tree:
    """A module that could be read: its astroid tree, and the text (newlines as `\\n`) that its positions refer to."""

    path: Path
    module: nodes.Module
    text: str


@dataclass(frozen=True, slots=True)
class BuildFailure:
    """Why there is no tree: `line` counts from 1, `column` from 0; (1, 0) where the trouble has no place."""

    path: Path
    line: int
    column: int
    message: str


def build_file(path: Path, name: str) -> Tree | BuildFailure:
    """The tree of the file at `path` as the module `name`. Never raises."""
    data = read_source(path)
    return data if isinstance(data, BuildFailure) else build_tree(data, path, name)


def build_tree(data: bytes, path: Path, name: str) -> Tree | BuildFailure:
    """The tree of the source `data`, which stands at `path` as the module `name`. Never raises."""
    text = decode_source(data, path)
    if isinstance(text, BuildFailure):
        return text
    try:
        with collection_paused(), _own_recursion_limit(BUILD_DEPTH):
            return Tree(path, _rebuild(_parse(text), text, path, name), text)
    except SyntaxError as error:
        return BuildFailure(path, max(error.lineno or 1, 1), max((error.offset or 1) - 1, 0), error.msg)
    except RecursionError:
        return BuildFailure(path, 1, 0, "the code is nested too deeply to build its tree")
    except MemoryError:
        # Python's parser also says so of code that is nested too deeply.
        return BuildFailure(path, 1, 0, "not enough memory to parse the code, or it is nested too deeply")
    except Exception as error:
        # The boundary around astroid: syntax newer than the installed astroid ends as an AttributeError in its builder.
        return BuildFailure(path, 1, 0, f"astroid could not build the tree: {type(error).__name__}: {error}")


def read_source(path: Path) -> bytes | BuildFailure:
    """The bytes of a regular file; to read from a pipe or a device could wait for ever."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return BuildFailure(path, 1, 0, "not a regular file")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return BuildFailure(path, 1, 0, f"cannot be read: {reason}")
    except MemoryError:
        return BuildFailure(path, 1, 0, "cannot be read: not enough memory")


def decode_source(data: bytes, path: Path) -> str | BuildFailure:
    """The text of a source file, as PEP 263 has it (byte-order mark, coding line, else UTF-8), newlines as `\\n`."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        # Also said of bytes in the first two lines that are not UTF-8: then decoding shows where.
        text = _decode(data, "utf-8", path)
        return text if isinstance(text, BuildFailure) else BuildFailure(path, 1, 0, error.msg)
    text = _decode(data, encoding, path)
    if isinstance(text, BuildFailure):
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        return BuildFailure(path, line, nul - (text.rfind("\n", 0, nul) + 1), "NUL byte in the source")
    return text


def _decode(data: bytes, encoding: str, path: Path) -> str | BuildFailure:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1)
        return BuildFailure(path, line, column, f"cannot be decoded as {encoding}: {error.reason}")
    except (LookupError, ValueError) as error:  # a codec that is none for text, as `rot13`, or that refuses to work
        return BuildFailure(path, 1, 0, f"cannot be decoded as {encoding}: {error}")
    except MemoryError:
        return BuildFailure(path, 1, 0, f"cannot be decoded as {encoding}: not enough memory")


@contextmanager
def collection_paused() -> Iterator[None]:
    """Garbage collection is off inside, and as it was before after. May be nested."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _own_recursion_limit(frames: int) -> Iterator[None]:
    """Inside, exactly `frames` (and a handful) more frames may be stacked on the caller's."""
    depth = 0
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        depth += 1
        frame = frame.f_back
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _parse(text: str) -> ast.Module:
    with warnings.catch_warnings():
        # `"\d"` and the like: not for us to say, and not to be turned into an error by the caller's filters.
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text, type_comments=True)
        except SyntaxError:
            # A `# type:` comment may stand where the grammar wants none: without them, the file may well be in order.
            if "type:" not in text:
                raise
            return ast.parse(text)


def _rebuild(parsed: ast.Module, text: str, path: Path, name: str) -> nodes.Module:
    rebuilder = TreeRebuilder(MANAGER, text)  # which keeps the manager, and asks nothing of it
    module = rebuilder.visit_module(parsed, name, os.path.abspath(path), path.name == "__init__.py")
    for statement, global_names in rebuilder._import_from_nodes:
        if statement.modname == "__future__":
            module.future_imports.update(name for name, _ in statement.names)
        for imported, alias in statement.names:
            if imported != "*":
                _add_imported_name(module, statement, alias or imported, global_names)
    return module


def _add_imported_name(
    module: nodes.Module, statement: nodes.ImportFrom, local: str, global_names: Collection[str]
) -> None:
    """`locals` of the scope gets `local`, in the order of lines: astroid's own builder puts these in last, too."""
    holder = module if local in global_names else statement.parent
    assert holder is not None
    holder.set_local(local, statement)
    bindings = holder.scope().locals[local]
    if len(bindings) > 1:
        bindings.sort(key=lambda node: node.fromlineno or 0)
