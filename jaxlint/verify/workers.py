"""Processes that prove one example after another, and are started anew when an example brought one down.

JAX, a compiler's plugin and a framework take seconds to load and are loaded once. An example may hang, or end its process,
by a crash of the compiler say: that is a broken proof, and the next example gets a new process. A fork server imports JAX
and forks the processes before any device is in use; where there is none (Windows), each starts Python anew.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue

from jaxlint.verify.claims import Proof

Prove = Callable[[Path], Proof]
"""A function of a module, or a `partial` of one, since it is sent to the process."""

Broken = Callable[[Path, str], Proof]
"""The proof of a folder that failed as a whole, and why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many seconds one example may take, and all of them together. A slow machine takes some five for one."""

    each: float = 120.0
    together: float = 1200.0


def prove_in_workers(folders: Sequence[Path], prove: Prove, broken: Broken, workers: int, limits: Limits) -> list[Proof]:
    """The proofs of `folders`, in their order, made by as many processes as `workers` says."""
    end = time.monotonic() + limits.together
    idle: SimpleQueue[Worker] = SimpleQueue()
    staff = [Worker(prove) for _ in range(min(workers, len(folders)))]
    for worker in staff:
        idle.put(worker)

    def proof(folder: Path) -> Proof:
        worker = idle.get()
        try:
            left = end - time.monotonic()
            if left <= 0:
                return broken(folder, f"not tried: the {limits.together:g} seconds for all examples had passed")
            return worker.proof(folder, min(limits.each, left))
        except WorkerLost as lost:
            return broken(folder, str(lost))
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(max(1, len(staff))) as pool:
            return list(pool.map(proof, folders))
    finally:
        for worker in staff:
            worker.close()


class WorkerLost(Exception):
    """The process hung, or is no more."""


class Worker:
    """A process that proves one example after another. It starts with the first, and anew after a loss."""

    def __init__(self, prove: Prove) -> None:
        """Starts nothing yet."""
        self._prove = prove
        self._running: tuple[BaseProcess, Connection] | None = None

    def proof(self, folder: Path, seconds: float) -> Proof:
        """What `prove` returns in the process.

        What earlier examples loaded is still there, and may be what breaks a claim: one that is broken is judged anew, in a
        process that has seen nothing.

        Raises:
            WorkerLost: it took more than `seconds`, or ended the process.
        """
        used = self._running is not None
        proof = self._answer(folder, seconds)
        if used and not proof.holds:
            self.close()
            proof = self._answer(folder, seconds)
        return proof

    def _answer(self, folder: Path, seconds: float) -> Proof:
        process, line = self._running = self._running or _started(self._prove)
        try:
            line.send(folder)
            if not line.poll(seconds):
                self.close()
                raise WorkerLost(f"no answer in {seconds:.4g} seconds")
            answer: Proof = line.recv()
        except (EOFError, ConnectionError) as error:
            process.join()
            self.close()
            raise WorkerLost(f"the process ended {how_it_ended(process.exitcode)}") from error
        return answer

    def close(self) -> None:
        """Ends the process if there is one."""
        if self._running is not None:
            process, line = self._running
            line.close()
            process.kill()
            process.join()
            self._running = None


def how_it_ended(exitcode: int | None) -> str:
    """In words, for the exit code that Python gives of a process."""
    if exitcode is not None and exitcode < 0:
        return f"by {signal.Signals(-exitcode).name}"
    return f"with exit code {exitcode}"


def _started(prove: Prove) -> tuple[BaseProcess, Connection]:
    ours, theirs = multiprocessing.Pipe()
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["jaxlint.verify.runtime"])
        process: BaseProcess = context.Process(target=_serve, args=(prove, theirs))
    else:
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=(prove, theirs))
    process.start()
    theirs.close()
    return process, ours


def _serve(prove: Prove, line: Connection) -> None:
    from jaxlint.verify.isolation import isolated  # imports JAX, which the process that starts this one must not do

    while True:
        try:
            folder = line.recv()
        except EOFError:
            return
        with isolated():
            proof = prove(folder)
        line.send(proof)
