"""A platform's process: reads from standard input what to prove there, and writes the proofs to a file."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from jaxlint.verify.claims import Proof
from jaxlint.verify.platforms import PLATFORMS, Platform
from jaxlint.verify.workers import Limits, prove_in_workers


def prove_in_child(platform: Platform, compiling: bool, folder: Path) -> Proof:
    """The runtime proof of `folder`, in this process: with the device, or `compiling` for it alone."""
    from jaxlint.verify.runtime import prove, prove_compiled  # imports JAX, which the platform's process itself must not do

    return prove_compiled(folder, platform) if compiling else prove(folder, platform)


def prove_here(
    folders: list[Path], platform: Platform, *, compiling: bool = False, workers: int = 1, limits: Limits | None = None
) -> list[Proof]:
    """The runtime proofs of `folders` on `platform`, whose environment this process must have."""

    def broken(folder: Path, why: str) -> Proof:
        return Proof.broken(folder.name, platform.name, platform.claims, why)

    prove = partial(prove_in_child, platform, compiling)
    return prove_in_workers(folders, prove, broken, workers, limits or Limits())


def _main() -> None:
    order = json.load(sys.stdin)
    platform, compiling = PLATFORMS[order["platform"]], order["compiling"]
    proofs = prove_here(
        [Path(folder) for folder in order["folders"]],
        platform.without_device() if compiling else platform,
        compiling=compiling,
        workers=order["workers"],
        limits=Limits(**order["limits"]),
    )
    Path(order["output"]).write_text(json.dumps([proof.to_json() for proof in proofs]))


if __name__ == "__main__":
    _main()
