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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import jax

from random_programs.programs import MAIN, Entry, Outcome, Place, Program, Raised

Code = tuple[list[tuple[str, types.CodeType]], list[types.CodeType]]
"""The modules of a program, and its entries."""

HIT = "__line_runs__"

TRACED = "/jax/core/compile/jaxpr_trace_duration"
"""The event that JAX tells when it has traced a function."""

KEEPS = re.compile(r"HISTORY\.append|CACHE\[|self\.(last|total) = [^N0]|self\.log\.append")
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

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        both = ast.Tuple([self._mark(node.body), node.body], ast.Load())
        last = ast.copy_location(ast.Constant(1), node.body)
        node.body = ast.copy_location(ast.Subscript(ast.copy_location(both, node.body), last, ast.Load()), node.body)
        return node

    def _marked(self, statement: ast.stmt) -> Iterator[ast.stmt]:
        if not (isinstance(statement, ast.ImportFrom) and statement.module == "__future__"):
            yield ast.copy_location(ast.Expr(self._mark(statement)), statement)
        yield statement

    def _mark(self, place: ast.stmt | ast.expr) -> ast.Call:
        call = ast.Call(ast.Name(HIT, ast.Load()), [ast.Constant(self.file), ast.Constant(place.lineno)], [])
        for node in ast.walk(call):
            ast.copy_location(node, place)
        return call


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
        self.printed: set[Place] = set()
        self.running = 0

    def _runs(self, file: str, line: int) -> None:
        self.lines.add((file, line))
        self.running = id(sys._getframe(1))

    def _is_running(self, frame: types.FrameType) -> bool:
        """Whether no other function of the program has run since the statement began that runs in a frame."""
        return self.running == id(frame)

    def outcome(self) -> Outcome:
        try:
            entries = self._definitions(self._code)
            results = tuple(self._entry(number, entry) for number, entry in enumerate(entries))
        except Exception as error:  # whatever a random program raises
            return Outcome(broken=f"{type(error).__name__}: {error}")
        finally:
            for name in self.program.files:
                sys.modules.pop(name.removesuffix(".py"), None)
        return Outcome(results)

    @cached_property
    def _code(self) -> Code:
        return self._parsed(self.program)

    @cached_property
    def _typed_code(self) -> Code:
        """The program with keys that JAX's checker knows for keys: it takes raw ones for numbers."""
        typed = {name: text.replace("jax.random.PRNGKey(", "jax.random.key(") for name, text in self.program.files.items()}
        return self._code if typed == self.program.files else self._parsed(Program(typed))

    def _parsed(self, program: Program) -> Code:
        """The modules in the order in which they are imported, and the entries."""
        modules = [
            (name, self._compiled(ast.parse(text), name))
            for name, text in sorted(program.files.items())
            if name != MAIN
        ]
        tree = ast.parse(program.files[MAIN])
        entries = [self._compiled(ast.Module([node], []), MAIN) for node in tree.body if _is_entry(node)]
        tree.body = [node for node in tree.body if not _is_entry(node)]
        return [*modules, (MAIN, self._compiled(tree, MAIN))], entries

    def _compiled(self, tree: ast.Module, name: str) -> types.CodeType:
        return compile(_Marking(name).visit(tree), str(self.folder / name), "exec")

    def _definitions(self, code: Code) -> list[Callable[[], object]]:
        """Execute the modules; returns the entries, that are not run yet."""
        modules, entries = code
        for file, compiled in modules:
            module = types.ModuleType(file.removesuffix(".py"))
            module.__dict__.update({HIT: self._runs, "print": self._print})
            sys.modules[module.__name__] = module
            exec(compiled, module.__dict__)
        return [partial(exec, compiled, module.__dict__) for compiled in entries]

    def _entry(self, number: int, entry: Callable[[], object]) -> Entry:
        raised, first = self._call(entry)
        with _traces(str(self.folder), self._is_running) as traces:
            _, second = self._call(entry) if raised is None else (None, frozenset[Place]())
        # What JAX's own functions need was traced in the first call.
        again = frozenset(place for trace in traces for place in trace.frames)
        retraced = tuple(trace.frames for trace, times in Counter(traces).items() if trace.ran and times > 1)
        keys = leaks = None
        checked: frozenset[Place] = frozenset()
        # A trace that is kept is not looked at again: the checkers see the first call of a function that was just defined.
        if raised is None and "jax.random." in str(self.program):
            new = self._definitions(self._typed_code)[number]
            with jax.debug_key_reuse(True):
                keys, ran = self._call(new)
            checked |= ran
        if raised is None and KEEPS.search(str(self.program)):
            new = self._definitions(self._code)[number]
            with jax.checking_leaks():
                leaks, ran = self._call(new)
            checked |= ran
        return Entry(first, second, raised, keys, leaks, checked, frozenset(self.printed), again, retraced)

    def _call(self, entry: Callable[[], object]) -> tuple[Raised | None, frozenset[Place]]:
        self.lines.clear()
        try:
            entry()
        except Exception as error:  # whatever a random program raises
            return self._raised(error), frozenset(self.lines)
        return None, frozenset(self.lines)

    def _print(self, *args: object, **_: object) -> None:
        """What programs call `print`: only whether a tracer is printed is of interest."""
        if any(isinstance(arg, jax.core.Tracer) for arg in args):
            frame = sys._getframe(1)
            self.printed.add((os.path.basename(frame.f_code.co_filename), frame.f_lineno))

    def _raised(self, error: Exception) -> Raised:
        frames = _own(
            ((frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)), str(self.folder)
        )
        name = type(error).__name__
        return Raised(name, (str(error).splitlines() or [""])[0][:200], frames)


@dataclass(frozen=True, slots=True)
class _Trace:
    """JAX traced a function that was called here, or took what it had traced before if none of the program ran.

    JAX tells of both alike; of the second for each call where nothing is compiled (`interpreting`).
    """

    function: str
    frames: tuple[Place, ...]
    ran: bool


def _own(frames: Iterable[tuple[str, int | None]], folder: str) -> tuple[Place, ...]:
    """Those of the program, the innermost last."""
    return tuple((os.path.relpath(file, folder), line or 0) for file, line in frames if file.startswith(folder))


@contextlib.contextmanager
def _traces(folder: str, is_running: Callable[[types.FrameType], bool]) -> Iterator[list[_Trace]]:
    """What JAX traces meanwhile, because of the program in the folder."""
    traces: list[_Trace] = []

    def listen(event: str, duration_secs: float, **kwargs: str | int) -> None:
        if event == TRACED:
            stack = list(traceback.walk_stack(sys._getframe(1)))
            own = [(frame, line) for frame, line in reversed(stack) if frame.f_code.co_filename.startswith(folder)]
            if own:
                frames = _own(((frame.f_code.co_filename, line) for frame, line in own), folder)
                traces.append(_Trace(str(kwargs.get("fun_name")), frames, not is_running(own[-1][0])))

    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        yield traces
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)


def _is_entry(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
