"""The program's process: `python -m jaxlint.observe.program ORDER` runs a command with its bindings observed.

It runs what Python itself would run for the command: a script, `-m module`, or a command that an installed package brings
(`pytest`). Whatever way it ends, what was seen is written.
"""

from __future__ import annotations

import importlib.metadata
import os
import runpy
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType, ModuleType

from jaxlint.observe.classes import held_by, trace_is_open
from jaxlint.observe.importing import ObservingFinder, compiled
from jaxlint.observe.recording import Recorder
from jaxlint.observe.sites import Order


def main(path: Path) -> None:
    """Carry out the order in a file."""
    order = Order.from_json(path.read_text(encoding="utf-8"))
    recorder = Recorder(held_by, trace_is_open)
    recorder.install()
    finder = ObservingFinder(order.observed, recorder.number_of)
    sys.meta_path.insert(0, finder)

    def end(number: int, _: FrameType | None) -> None:
        recorder.write(order.output)
        os._exit(128 + number)

    signal.signal(signal.SIGTERM, end)
    try:
        _run(order.command, finder, recorder)
    finally:
        recorder.write(order.output)


def _run(command: Sequence[str], finder: ObservingFinder, recorder: Recorder) -> None:
    match command:
        case ["-m", module, *arguments]:
            sys.argv = [module, *arguments]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case [script, *arguments] if Path(script).is_file() and script.endswith(".py"):
            sys.argv = [script, *arguments]
            sys.path[0] = str(Path(script).resolve().parent)
            if finder.observes(Path(script)):
                _run_script(Path(script), recorder)
            else:
                runpy.run_path(script, run_name="__main__")
        case [name, *arguments]:
            (entry,) = importlib.metadata.entry_points(group="console_scripts", name=name)
            sys.argv = [name, *arguments]
            sys.exit(entry.load()())


def _run_script(script: Path, recorder: Recorder) -> None:
    """As `python script.py` does, with the script observed."""
    module = ModuleType("__main__")
    module.__file__ = str(script)
    sys.modules["__main__"] = module
    exec(compiled(script, recorder.number_of), module.__dict__)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
