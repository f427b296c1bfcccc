"""Runs literate cases under the installed JAX, the judge of what they say.

    python tests/cases/against_jax.py [FILES and folders]      # default: every case below this folder

Each case runs in a process of its own, forked from one that has imported JAX, so that no case sees another's modules,
caches or configuration. Prints the cases that JAX contradicts; the exit status is 1 if there are any, 2 if a file is no
list of cases.
"""

import argparse
import importlib.util
import multiprocessing
import os
import runpy
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

from format import Case, CaseError, Judge, parse

SECONDS_PER_CASE = 60.0
"""A case takes well below a second alone; the rest is for a busy machine. A case that needs more hangs."""


@dataclass(frozen=True, slots=True)
class Raised:
    """The exception that ended a run, and the lines of the case's own files in its traceback, the innermost last."""

    kind: str
    message: str
    frames: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        return f"raised {self.kind} at {' > '.join(f'{file}:{line}' for file, line in self.frames)}: {self.message}"


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a case, by itself or under JAX's checker of keys."""

    case: Case
    checks_keys: bool


FORK = multiprocessing.get_context("fork")
"""Copies a process that has imported JAX and started no backend yet, which is when a fork is safe."""


def execute(run: Run, results: Connection) -> None:
    """In the forked process: runs `main.py` and sends what was raised, or None."""
    import jax

    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    with tempfile.TemporaryDirectory() as folder:
        for file in run.case.files:
            path = Path(folder, file.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text, encoding="utf-8")
        os.chdir(folder)
        sys.path.insert(0, folder)
        jax.config.update("jax_debug_key_reuse", run.checks_keys)
        raised = None
        try:
            runpy.run_path(str(Path(folder, "main.py")), run_name="__main__")
            jax.effects_barrier()
        except Exception as error:
            own = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(folder)]
            frames = tuple((os.path.relpath(frame.filename, folder), frame.lineno or 0) for frame in own)
            raised = Raised(type(error).__name__, (str(error).splitlines() or [""])[0], frames)
        results.send(raised)
    os._exit(0)  # JAX's threads, copied by the fork in name only, are not waited for


def judge(run: Run, raised: Raised | None) -> str | None:
    """What JAX says against the case, or None."""
    case = run.case
    if not case.flagged() or (Judge.SILENT in case.judges and not run.checks_keys):
        return str(raised) if raised else None
    if raised is None:
        return "raised nothing"
    if run.checks_keys and raised.kind != "KeyReuseError":
        return str(raised)
    flagged = {(file.name, line): None for file in case.files for line in file.errors()}
    elsewhere = {(file.name, line): kind for file in case.files for line, kind in file.raises().items()}
    frames = raised.frames if run.checks_keys else raised.frames[-1:]
    fits = any((elsewhere or flagged).get(frame, "") in (None, raised.kind) for frame in frames)
    return None if fits else str(raised)


def outcomes(runs: Iterable[Run], jobs: int) -> Iterator[tuple[Run, str | None]]:
    """Executes the runs, some at a time, and judges them."""
    waiting = list(runs)
    running: dict[Connection, tuple[Run, ForkProcess, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            run = waiting.pop(0)
            ours, theirs = FORK.Pipe(duplex=False)
            process = FORK.Process(target=execute, args=(run, theirs))
            process.start()
            theirs.close()
            running[ours] = (run, process, time.monotonic() + SECONDS_PER_CASE)
        ready = wait(list(running), timeout=1.0)
        for pipe, (run, process, deadline) in list(running.items()):
            if pipe in ready:
                try:
                    verdict = judge(run, pipe.recv())
                except EOFError:
                    verdict = "the process died"
            elif time.monotonic() > deadline:
                process.kill()
                verdict = f"did not end within {SECONDS_PER_CASE:.0f} s"
            else:
                continue
            process.join()
            del running[pipe]
            yield run, verdict


def main(arguments: list[str]) -> int:
    """Runs what the command line names; returns the exit status."""
    parser = argparse.ArgumentParser(description="run literate cases under JAX")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    try:
        given = options.files or [Path(__file__).parent]
        files = [file for path in given for file in (sorted(path.rglob("*.md")) if path.is_dir() else [path])]
        cases = [case for file in files for case in parse(file)]
    except (CaseError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    warnings.filterwarnings("ignore", "os.fork")
    import jax  # once, before the forks; no backend is started here

    missing = {name for case in cases for name in case.needs if importlib.util.find_spec(name) is None}
    ready = [case for case in cases if case.runnable and not case.needs & missing]
    runs = [Run(case, False) for case in ready]
    runs += [Run(case, True) for case in ready if Judge.KEY_REUSE in case.judges]
    contradicted = 0
    for run, verdict in outcomes(runs, options.jobs):
        if verdict:
            contradicted += 1
            checker = " under jax_debug_key_reuse" if run.checks_keys else ""
            print(f"{run.case}{checker}: {verdict}", flush=True)
    lacking = f" ({', '.join(sorted(missing))} not installed)" if missing else ""
    print(f"{len(cases)} cases, {len(cases) - len(ready)} of them not run{lacking}, {len(runs)} runs under JAX")
    print(f"{jax.__version__}: {contradicted} contradicted")
    return 1 if contradicted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
