"""Runs a random program under JAX, entry by entry, and tells what was raised and which lines ran.

The process is the caller's: it should be one that can be ended when a program hangs.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import sys
import tempfile
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import jax

from random_programs.programs import MAIN, Entry, Outcome, Place, Program, Raised

HIT = "__line_runs__"


KEEPS = re.compile(r"HISTORY\.append|CACHE\[")
"""How random programs keep what outlives a call."""


class _Marking(ast.NodeTransformer):
    """Puts a call before each statement that says that its line runs; tracebacks keep the lines of the source."""

    def __init__(self, file: str) -> None:
        self.file = file

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                setattr(node, name, [marked for statement in block for marked in self._marked(statement)])
        return node

    def _marked(self, statement: ast.stmt) -> Iterator[ast.stmt]:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            yield statement
            return
        call = ast.Expr(ast.Call(ast.Name(HIT, ast.Load()), [ast.Constant(self.file), ast.Constant(statement.lineno)], []))
        for node in ast.walk(call):
            ast.copy_location(node, statement)
        yield call
        yield statement


def run(program: Program) -> Outcome:
    """Run the definitions of a program, then each of its entries, twice, and under JAX's checkers of keys and leaks."""
    silent = io.StringIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.redirect_stdout(silent),
        contextlib.redirect_stderr(silent),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        return _Run(program, Path(folder)).outcome()


class _Run:
    """One run of a program in this process."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.lines: set[Place] = set()

    def _runs(self, file: str, line: int) -> None:
        self.lines.add((file, line))

    def outcome(self) -> Outcome:
        try:
            entries = self._definitions()
            results = tuple(self._entry(entry) for entry in entries)
        except Exception as error:  # whatever a random program raises
            return Outcome(broken=f"{type(error).__name__}: {error}")
        finally:
            for name in self.program.files:
                sys.modules.pop(name.removesuffix(".py"), None)
        return Outcome(results)

    def _definitions(self) -> list[Callable[[], object]]:
        """Execute the modules; returns the entries, that are not run yet."""
        for name, text in sorted(self.program.files.items()):
            if name != MAIN:
                module = types.ModuleType(name.removesuffix(".py"))
                module.__dict__[HIT] = self._runs
                sys.modules[module.__name__] = module
                self._execute(ast.parse(text), name, module.__dict__)
        tree = ast.parse(self.program.files[MAIN])
        module = types.ModuleType("main")
        sys.modules["main"] = module
        module.__dict__[HIT] = self._runs
        entries = [node for node in tree.body if _is_entry(node)]
        tree.body = [node for node in tree.body if not _is_entry(node)]
        self._execute(tree, MAIN, module.__dict__)
        return [self._entry_code(node, module.__dict__) for node in entries]

    def _compiled(self, tree: ast.Module, name: str) -> types.CodeType:
        marked = ast.fix_missing_locations(_Marking(name).visit(tree))
        return compile(marked, str(self.folder / name), "exec")

    def _execute(self, tree: ast.Module, name: str, namespace: dict[str, object]) -> None:
        exec(self._compiled(tree, name), namespace)

    def _entry_code(self, node: ast.stmt, namespace: dict[str, object]) -> Callable[[], object]:
        code = self._compiled(ast.Module([node], []), MAIN)
        return lambda: exec(code, namespace)

    def _entry(self, entry: Callable[[], object]) -> Entry:
        raised, first = self._call(entry)
        _, second = self._call(entry) if raised is None else (None, frozenset[Place]())
        keys = leaks = None
        checked: frozenset[Place] = frozenset()
        # A trace that is kept is not looked at again: the checkers see a first call only.
        if raised is None and "jax.random." in str(self.program):
            jax.clear_caches()
            with jax.debug_key_reuse(True):
                keys, ran = self._call(entry)
            checked |= ran
        if raised is None and KEEPS.search(str(self.program)):
            jax.clear_caches()
            with jax.checking_leaks():
                leaks, ran = self._call(entry)
            checked |= ran
        return Entry(first, second, raised, keys, leaks, checked)

    def _call(self, entry: Callable[[], object]) -> tuple[Raised | None, frozenset[Place]]:
        self.lines.clear()
        try:
            entry()
        except Exception as error:  # whatever a random program raises
            return self._raised(error), frozenset(self.lines)
        return None, frozenset(self.lines)

    def _raised(self, error: Exception) -> Raised:
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(self.folder))]
        frames = tuple((os.path.relpath(frame.filename, self.folder), frame.lineno or 0) for frame in own)
        name = type(error).__name__
        return Raised(name, (str(error).splitlines() or [""])[0][:200], frames)


def _is_entry(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
