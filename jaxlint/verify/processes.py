"""One process a platform: JAX chooses its devices once in a process, and plugins of different platforms disturb each other.

The command starts `python -m jaxlint.verify.workplace` with the platform's environment, tells it on standard input what to
prove, and reads the proofs from a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jaxlint.verify.claims import Proof
from jaxlint.verify.platforms import Platform
from jaxlint.verify.timings import Timing
from jaxlint.verify.workers import Limits, how_it_ended

SECONDS_TO_START = 120.0
"""Past this, what only has to load is taken to hang."""

XLA_FLAGS = "XLA_FLAGS"


def prove_all(folders: Sequence[Path], platform: Platform, workers: int, limits: Limits | None = None) -> list[Proof]:
    """The runtime proofs of all `folders` on `platform`, in their order, `workers` at a time."""
    found = means(platform)
    if isinstance(found, str):
        return [Proof.unavailable(folder.name, platform.name, platform.claims, found) for folder in folders]
    platform = found.platform
    order = {
        "platform": platform.name,
        "folders": [str(folder) for folder in folders],
        "workers": workers,
        "compiling": found.compiling,
        "limits": asdict(limits or Limits()),
    }
    try:
        return [Proof.from_json(values) for values in carried_out("jaxlint.verify.workplace", order, platform)]
    except ProcessFailed as failed:
        return [Proof.broken(folder.name, platform.name, platform.claims, str(failed)) for folder in folders]


def measure_all(
    folders: Sequence[Path], platform: Platform, sizes: Sequence[int], limits: Limits | None = None
) -> list[Timing] | str:
    """The timings of the examples that are to be measured, on `platform`; or why there are none."""
    missing = why_missing(platform)
    if missing is not None:
        return missing
    order = {"folders": [str(folder) for folder in folders], "sizes": list(sizes)}
    try:
        found = carried_out("jaxlint.verify.bench", order, platform, (limits or Limits()).together)
    except ProcessFailed as failed:
        return str(failed)
    return [Timing(**values) for values in found]


class ProcessFailed(Exception):
    """A platform's process gave no answer."""


@dataclass(frozen=True, slots=True)
class Means:
    """How a platform can be shown here: with its device, or `compiling` for it alone."""

    platform: Platform
    compiling: bool


def means(platform: Platform) -> Means | str:
    """How `platform` can be shown here; or why it cannot, and what would help."""
    missing = why_missing(platform)
    if missing is None:
        return Means(platform, compiling=False)
    alone = platform.without_device()
    no_compiler = why_no_compiler(alone)
    return Means(alone, compiling=True) if no_compiler is None else f"{missing}; {no_compiler}"


def carried_out(module: str, order: dict[str, Any], platform: Platform, seconds: float | None = None) -> list[Any]:
    """What a module's process on `platform` writes for an order.

    Raises:
        ProcessFailed: it writes nothing.
    """
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "answer.json"
        try:
            done = subprocess.run(
                [sys.executable, "-m", module],
                input=json.dumps({**order, "output": str(output)}),
                env=_environment(platform),
                capture_output=True,
                text=True,
                check=False,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired as error:
            raise ProcessFailed(f"no answer in {seconds:g} seconds") from error
        if done.returncode != 0:
            raise ProcessFailed(f"the process ended {how_it_ended(done.returncode)}: {_last_line(done.stderr)}")
        answer: list[Any] = json.loads(output.read_text())
        return answer


def why_missing(platform: Platform) -> str | None:
    """Why JAX has no device of a platform here, and what would bring one; None when it has one."""
    why = _why_it_fails(f"import jax; jax.devices({platform.name!r})", platform)
    return None if why is None else f"{why} ({platform.installs})"


def why_no_compiler(platform: Platform) -> str | None:
    """Why code cannot be compiled here for a platform without its device, and what would help; None if it can."""
    if not platform.targets:
        return "and there is no compiler that does without"
    script = (
        "from jaxlint.verify.compilers import sharding; from jaxlint.verify.platforms import PLATFORMS; "
        f"[sharding(target) for target in PLATFORMS[{platform.name!r}].targets]"
    )
    why = _why_it_fails(script, platform)
    return None if why is None else f"no compiler for it: {why} ({platform.installs_compiler})"


def _why_it_fails(script: str, platform: Platform) -> str | None:
    """The last line of what a script says on `platform` when it fails; None if it does not."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=_environment(platform),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS_TO_START,
        )
    except subprocess.TimeoutExpired:
        return f"it did not start in {SECONDS_TO_START:g} seconds"
    return None if done.returncode == 0 else _last_line(done.stderr)


def _environment(platform: Platform) -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **platform.environment}
    # What the user tells XLA, and what the platform does.
    flags = {os.environ.get(XLA_FLAGS), platform.environment.get(XLA_FLAGS)} - {None}
    return {**environment, XLA_FLAGS: " ".join(sorted(map(str, flags)))} if flags else environment


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1]
