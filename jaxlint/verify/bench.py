"""Measures the reference in NumPy against the fixed code under `jit`, in a platform's process: `Case.bench` says for what.

Arguments are made and brought to the device before the clock starts, the call that compiles is not counted, and the clock
stops when the result is there. Standard input names the folders, the sizes and the file for the figures.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

import jax

from jaxlint.verify.evidence import finished
from jaxlint.verify.sides import MissingModule, SideName, lesson
from jaxlint.verify.subjects import Callee, Subject, subject_of
from jaxlint.verify.timings import Timing

CALLS = 7
"""Calls that are measured, after two that are not."""


def measured(folder: Path, sizes: Sequence[int]) -> Iterator[Timing]:
    """The timings of the cases in `folder` that are to be measured; none where a framework is missing."""
    try:
        found = lesson(folder)
    except MissingModule:
        return
    device = jax.devices()[0].device_kind
    for case in found.cases:
        if case.bench is not None:
            for size in sizes:
                yield _timing(found.symbol, subject_of(found, case), case.bench(size), size, device)


def _timing(symbol: str, subject: Subject, inputs: tuple[Any, ...], size: int, device: str) -> Timing:
    reference, fixed = subject.callee(SideName.REFERENCE), subject.jitted
    return Timing(symbol, subject.case.function, device, size, seconds(reference, inputs), seconds(fixed, inputs))


def seconds(callee: Callee, inputs: tuple[Any, ...], clock: Callable[[], float] = time.perf_counter) -> float:
    """The median time of a call, each with fresh arguments, since a call may change or donate them."""
    times = []
    for call in range(CALLS + 2):
        args = jax.block_until_ready(callee.arguments(inputs))
        start = clock()
        finished(callee.function, *args)
        if call >= 2:
            times.append(clock() - start)
    return median(times)


def _main() -> None:
    order = json.load(sys.stdin)
    found = [timing for folder in order["folders"] for timing in measured(Path(folder), order["sizes"])]
    Path(order["output"]).write_text(json.dumps([asdict(timing) for timing in found]))


if __name__ == "__main__":
    _main()
