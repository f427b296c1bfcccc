"""The examples of the repository: their form, and that JAX confirms them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jaxlint.verify.claims import Outcome
from jaxlint.verify.cli import EXAMPLES, example_folders
from jaxlint.verify.lint import marks
from jaxlint.verify.platforms import PLATFORMS, Platform
from jaxlint.verify.processes import prove_all

FOLDERS = example_folders(EXAMPLES)


def test_there_are_examples() -> None:
    assert FOLDERS


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.name)
def test_jax_confirms_every_example(platform: Platform) -> None:
    proofs = prove_all(FOLDERS, platform, workers=min(4, os.cpu_count() or 1))
    broken = [
        f"{proof.symbol} {verdict.function}: {verdict.claim.value}: {verdict.detail}"
        for proof in proofs
        for verdict in proof.verdicts
        if verdict.outcome is Outcome.BROKEN
    ]
    assert broken == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_bad_code_is_marked_and_the_rest_is_not(folder: Path) -> None:
    assert folder.name in {spot.symbol for spot in marks(folder / "bad.py")}
    assert not marks(folder / "fixed.py") | marks(folder / "reference.py")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_reference_can_be_run_alone(folder: Path) -> None:
    assert 'if __name__ == "__main__":\n    run_example(__file__)\n' in (folder / "reference.py").read_text()
