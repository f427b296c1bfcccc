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

SECONDS_PER_EXAMPLE = 120.0
"""Past this, the example's process is ended and its claims are broken. A slow machine takes some five seconds."""


def prove_all(folders: Sequence[Path], platform: Platform, workers: int) -> list[Proof]:
    """The runtime proofs of all `folders` on `platform`, in their order, `workers` at a time."""
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "proofs.json"
        order = {
            "platform": platform.name,
            "folders": [str(folder) for folder in folders],
            "workers": workers,
            "output": str(output),
        }
        done = subprocess.run(
            [sys.executable, "-m", "jaxlint.verify.workplace"],
            input=json.dumps(order),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **platform.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            why = f"the process failed: {_last_line(done.stderr)}"
            return [Proof.broken(folder.name, platform.name, platform.claims, why) for folder in folders]
        return [Proof.from_json(values) for values in json.loads(output.read_text())]


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1]
