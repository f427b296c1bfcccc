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
from pathlib import Path

from jaxlint.verify.claims import Proof
from jaxlint.verify.platforms import Platform

SECONDS_TO_START = 120.0
"""Past this, a compiler that only has to load is taken to hang."""


def prove_all(folders: Sequence[Path], platform: Platform, workers: int) -> list[Proof]:
    """The runtime proofs of all `folders` on `platform`, in their order, `workers` at a time."""
    missing = why_missing(platform)
    compiling = missing is not None
    if missing is not None:
        claims, platform = platform.claims, platform.without_device()
        no_compiler = why_no_compiler(platform)
        if no_compiler is not None:
            why = f"{missing}; {no_compiler}"
            return [Proof.unavailable(folder.name, platform.name, claims, why) for folder in folders]
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "proofs.json"
        order = {
            "platform": platform.name,
            "folders": [str(folder) for folder in folders],
            "workers": workers,
            "compiling": compiling,
            "output": str(output),
        }
        done = subprocess.run(
            [sys.executable, "-m", "jaxlint.verify.workplace"],
            input=json.dumps(order),
            env=_environment(platform),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            why = f"the process failed: {_last_line(done.stderr)}"
            return [Proof.broken(folder.name, platform.name, platform.claims, why) for folder in folders]
        return [Proof.from_json(values) for values in json.loads(output.read_text())]


def why_missing(platform: Platform) -> str | None:
    """Why JAX has no device of a platform here, and what would bring one; None when it has one."""
    done = subprocess.run(
        [sys.executable, "-c", f"import jax; jax.devices({platform.name!r})"],
        env=_environment(platform),
        capture_output=True,
        text=True,
        check=False,
    )
    return None if done.returncode == 0 else f"{_last_line(done.stderr)} ({platform.installs})"


def why_no_compiler(platform: Platform) -> str | None:
    """Why code cannot be compiled here for a platform without its device, and what would help; None if it can."""
    if not platform.targets:
        return "and there is no compiler that does without"
    script = (
        "from jaxlint.verify.compilers import sharding; from jaxlint.verify.platforms import PLATFORMS; "
        f"[sharding(target) for target in PLATFORMS[{platform.name!r}].targets]"
    )
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
        return f"its compiler did not start in {SECONDS_TO_START:g} seconds"
    if done.returncode == 0:
        return None
    return f"no compiler for it: {_last_line(done.stderr)} ({platform.installs_compiler})"


def _environment(platform: Platform) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **platform.environment}


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1]
