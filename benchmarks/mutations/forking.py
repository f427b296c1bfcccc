"""Work in forked processes that are ended when one hangs."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Generic, TypeVar

FORK = multiprocessing.get_context("fork")
"""Copies this process, which has imported JAX and started no backend: the only time when a fork is safe."""

T = TypeVar("T")
R = TypeVar("R")
Send = Callable[[R], None]


@dataclass(slots=True)
class Done(Generic[T, R]):
    """A task, what its process sent, and why it ended before its time (empty: it did not)."""

    task: T
    sent: list[R] = field(default_factory=list)
    trouble: str = ""


@dataclass(slots=True)
class _Running(Generic[T, R]):
    done: Done[T, R]
    process: ForkProcess
    deadline: float
    finished: bool = False


def in_processes(
    tasks: Iterable[T], work: Callable[[T, Send[R]], None], *, jobs: int, seconds: float
) -> Iterator[Done[T, R]]:
    """Run `work(task, send)` for each task in a process of its own; yields as they end. One may take so many seconds."""
    waiting = iter(tasks)
    running: dict[Connection, _Running[T, R]] = {}
    more = True
    while running or more:
        while more and len(running) < jobs:
            try:
                task = next(waiting)
            except StopIteration:
                more = False
                break
            ours, theirs = FORK.Pipe(duplex=False)
            process = FORK.Process(target=_child, args=(work, task, theirs))
            process.start()
            theirs.close()
            running[ours] = _Running(Done(task), process, time.monotonic() + seconds)
        for pipe in wait(list(running), timeout=1.0):
            assert isinstance(pipe, Connection)
            if ended := _receive(pipe, running[pipe]):
                del running[pipe]
                yield ended
        for each in running.values():
            if time.monotonic() > each.deadline and not each.done.trouble:
                each.done.trouble = f"not done in {seconds:.0f} s"
                each.process.kill()


def _receive(pipe: Connection, running: _Running[T, R]) -> Done[T, R] | None:
    try:
        kind, value = pipe.recv()
    except (EOFError, OSError):
        running.process.join()
        if not running.finished and not running.done.trouble:
            running.done.trouble = "the process died"
        return running.done
    if kind == "sent":
        running.done.sent.append(value)
    elif kind == "fault":
        running.done.trouble = value
    running.finished = kind != "sent"
    return None


def _child(work: Callable[[T, Send[R]], None], task: T, pipe: Connection) -> None:
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    with contextlib.suppress(BrokenPipeError):
        try:
            work(task, lambda result: pipe.send(("sent", result)))
            pipe.send(("end", None))
        except BaseException as error:  # told by whoever waits
            pipe.send(("fault", f"{type(error).__name__}: {str(error)[:300]}"))
        pipe.close()
    os._exit(0)  # JAX's threads, copied by the fork in name only, are not waited for
