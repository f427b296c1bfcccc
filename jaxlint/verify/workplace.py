"""A platform's process: proves examples there, each in a fresh process of its own.

An example may change JAX's configuration, hang, or bring the compiler down. A fork server imports JAX once and forks a
process for each example before any device is in use. Where there is no fork server (Windows), each example starts
Python anew.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from jaxlint.verify.claims import Proof
from jaxlint.verify.platforms import PLATFORMS, Platform

SECONDS_PER_EXAMPLE = 120.0
"""Past this, the example's process is ended and its claims are broken. A slow machine takes some five seconds."""


def _prove_in_child(folder: Path, platform: Platform, compiling: bool, reply: Connection) -> None:
    from jaxlint.verify.runtime import prove, prove_compiled  # imports JAX, which the platform's process itself must not do

    reply.send(prove_compiled(folder, platform) if compiling else prove(folder, platform))


def prove_isolated(folder: Path, platform: Platform, seconds: float = SECONDS_PER_EXAMPLE, compiling: bool = False) -> Proof:
    """The runtime proof of `folder`, made in a process of its own that is ended after `seconds`."""

    def broken(why: str) -> Proof:
        return Proof.broken(folder.name, platform.name, platform.claims, why)

    receive, reply = multiprocessing.Pipe(duplex=False)
    process = _process(folder, platform, compiling, reply)
    process.start()
    reply.close()
    try:
        if not receive.poll(seconds):
            return broken(f"no answer in {seconds:g} seconds")
        proof: Proof = receive.recv()
        return proof
    except EOFError:
        process.join()
        return broken(f"the process ended with exit code {process.exitcode}")
    finally:
        process.kill()
        process.join()
        receive.close()


def _process(folder: Path, platform: Platform, compiling: bool, reply: Connection) -> BaseProcess:
    """A process forked from one that has imported JAX and used no device; where there is no such thing, a new one."""
    args = (folder, platform, compiling, reply)
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn").Process(target=_prove_in_child, args=args)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["jaxlint.verify.runtime"])
    return context.Process(target=_prove_in_child, args=args)


def _main() -> None:
    order = json.load(sys.stdin)
    platform = PLATFORMS[order["platform"]]
    compiling = order["compiling"]
    if compiling:
        platform = platform.without_device()
    with ThreadPoolExecutor(order["workers"]) as pool:
        proofs = list(
            pool.map(lambda folder: prove_isolated(folder, platform, compiling=compiling), map(Path, order["folders"]))
        )
    Path(order["output"]).write_text(json.dumps([proof.to_json() for proof in proofs]))


if __name__ == "__main__":
    _main()
