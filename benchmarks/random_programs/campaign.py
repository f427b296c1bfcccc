"""Examines many programs, in processes that are ended when a program hangs.

A process is forked from this one, which has imported JAX and started no backend. It lives for many programs, so that what
they all compute is compiled once (`interpreting`).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess

from random_programs.entries import random_program
from random_programs.interpreting import interpreted
from random_programs.judging import Disagreement, Judgement, judge
from random_programs.linting import lint
from random_programs.programs import Program
from random_programs.running import run
from random_programs.shrinking import shrink

FORK = multiprocessing.get_context("fork")
"""Copies this process before it starts a backend: the only time when a fork is safe."""

BATCH = 2500
"""Programs for one process: JAX keeps what it compiled, so a process that runs on and on grows."""

SECONDS = 120.0
"""For one program, shrinking excepted; one takes a tenth of a second, on a machine that has nothing else to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """How programs are examined: whether disagreements are shrunk, and whether programs are compiled as users' are."""

    shrinks: bool = False
    compiles: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What one program showed, and the smallest one that shows each of its disagreements."""

    seed: int
    judgement: Judgement = field(default_factory=Judgement)
    broken: str = ""
    smallest: tuple[tuple[Disagreement, Program], ...] = ()


@dataclass(slots=True)
class _Worker:
    """A process, the seeds that it was given, those that it is through with, and when it is taken to hang."""

    process: ForkProcess
    seeds: Sequence[int]
    deadline: float
    done: int = 0


def examine(program: Program) -> tuple[Judgement, str]:
    """Run and lint; the text says why nothing can be told of the program."""
    outcome = run(program)
    if outcome.broken:
        return Judgement(), outcome.broken
    return judge(program, outcome, lint(program)), ""


def report(seed: int, *, shrinks: bool) -> Report:
    """Examine the program of a seed."""
    program = random_program(seed)
    judgement, broken = examine(program)
    smallest = []
    for disagreement in judgement.disagreements if shrinks else ():
        smallest.append((disagreement, shrink(program, lambda smaller, d=disagreement: _shows(smaller, d))))  # type: ignore[misc]
    return Report(seed, judgement, broken, tuple(smallest))


def _shows(program: Program, disagreement: Disagreement) -> bool:
    try:
        judgement, broken = examine(program)
    except (RuntimeError, SyntaxError):
        return False
    same = (disagreement.trouble, disagreement.about)
    return not broken and same in {(d.trouble, d.about) for d in judgement.disagreements} and not judgement.other


def _work(seeds: Sequence[int], options: Options, results: Connection) -> None:
    """In the forked process: reports on one seed after the other."""
    with contextlib.nullcontext() if options.compiles else interpreted():
        for seed in seeds:
            try:
                results.send(report(seed, shrinks=options.shrinks))
            except Exception as error:  # told, and looked at like a false alarm
                results.send(Report(seed, broken=f"fault: {type(error).__name__}: {error}"))
    results.close()
    os._exit(0)  # JAX's threads, copied by the fork in name only, are not waited for


def reports(seeds: Iterable[int], jobs: int, end: float, options: Options) -> Iterator[Report]:
    """Reports on seeds, until there are no more or the time is over."""
    left = iter(seeds)
    running: dict[Connection, _Worker] = {}
    limit = SECONDS * (10 if options.shrinks else 1)
    over = False
    while not over or running:
        while not over and len(running) < jobs:
            batch = list(islice(left, BATCH)) if time.monotonic() < end else []
            over = not batch
            _start(batch, options, running, limit)
        for pipe in wait(list(running), timeout=1.0):
            assert isinstance(pipe, Connection)
            worker = running[pipe]
            try:
                result: Report = pipe.recv()
            except EOFError:
                worker.process.join()
                del running[pipe]
                if worker.done < len(worker.seeds) and time.monotonic() < end:
                    yield Report(worker.seeds[worker.done], broken="the process died")
                    _start(worker.seeds[worker.done + 1 :], options, running, limit)
                continue
            worker.done += 1
            worker.deadline = time.monotonic() + limit
            yield result
        for worker in running.values():
            if time.monotonic() > min(worker.deadline, end):
                worker.process.kill()


def _start(seeds: Sequence[int], options: Options, running: dict[Connection, _Worker], limit: float) -> None:
    if not seeds:
        return
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_work, args=(seeds, options, theirs))
    process.start()
    theirs.close()
    running[ours] = _Worker(process, seeds, time.monotonic() + limit)
