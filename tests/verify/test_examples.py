"""The examples of the repository: their form, and that JAX confirms them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jaxlint.verify.claims import Outcome, Status
from jaxlint.verify.cli import EXAMPLES, example_folders
from jaxlint.verify.lint import marks
from jaxlint.verify.platforms import PLATFORMS, Platform
from jaxlint.verify.processes import means, prove_all

FOLDERS = example_folders(EXAMPLES)


def test_there_are_examples() -> None:
    assert FOLDERS


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.name)
def test_jax_confirms_every_example(platform: Platform) -> None:
    """On the device; or where its compiler alone is here, that the fixed code compiles."""
    found = means(platform)
    if isinstance(found, str):
        pytest.skip(f"no {platform.name} here: {found}")
    proofs = prove_all(FOLDERS, platform, workers=min(4, os.cpu_count() or 1))
    broken = [
        f"{proof.symbol} {verdict.function}: {verdict.claim.value}: {verdict.detail}"
        for proof in proofs
        for verdict in proof.verdicts
        if verdict.outcome is Outcome.BROKEN
    ]
    assert broken == []
    lacking = {verdict.detail for proof in proofs if proof.status is Status.UNAVAILABLE for verdict in proof.verdicts}
    assert all("is not installed" in detail for detail in lacking), lacking


def test_a_platform_without_device_is_unavailable_and_says_why() -> None:
    nowhere = Platform("nowhere", {"JAX_PLATFORMS": "cpu"}, installs="pip install nothing")
    (proof,) = prove_all(FOLDERS[:1], nowhere, workers=1)
    assert {verdict.outcome for verdict in proof.verdicts} == {Outcome.UNAVAILABLE}
    assert all("pip install nothing" in verdict.detail for verdict in proof.verdicts)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_bad_code_is_marked_and_the_rest_is_not(folder: Path) -> None:
    assert folder.name in {spot.symbol for spot in marks(folder / "bad.py")}
    assert not marks(folder / "fixed.py") | marks(folder / "reference.py")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_reference_can_be_run_alone(folder: Path) -> None:
    assert 'if __name__ == "__main__":\n    run_example(__file__)\n' in (folder / "reference.py").read_text()
