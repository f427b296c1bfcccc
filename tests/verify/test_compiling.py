"""Compiling for a GPU and a TPU without one, where the compiler's package is installed; elsewhere the reason is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jaxlint.verify.claims import Claim, Outcome, Proof, Status
from jaxlint.verify.platforms import GPU, TPU, Platform
from jaxlint.verify.processes import prove_all, why_missing, why_no_compiler
from jaxlint.verify.report import NOT_TRIED, summary, table
from jaxlint.verify.workers import Limits

WriteExample = Callable[..., Path]


@pytest.fixture(scope="module", params=[GPU, TPU], ids=lambda platform: platform.name)
def platform(request: pytest.FixtureRequest) -> Platform:
    """A platform that is compiled for here, with no device of its kind."""
    found: Platform = request.param
    if why_missing(found) is None:
        pytest.skip(f"there is a {found.name} here, so examples run on it")
    if (why := why_no_compiler(found.without_device())) is not None:
        pytest.skip(why)
    return found


def broken(proof: Proof) -> dict[Claim, str]:
    """What is broken, and why."""
    return {verdict.claim: verdict.detail for verdict in proof.verdicts if verdict.outcome is Outcome.BROKEN}


def test_right_examples_compile_for_every_target(write_example: WriteExample, platform: Platform) -> None:
    proofs = prove_all([write_example("jax-a"), write_example("jax-b")], platform, workers=1)
    assert [proof.status for proof in proofs] == [Status.COMPILED] * 2
    for proof in proofs:
        built = {verdict.detail for verdict in proof.verdicts if verdict.claim is Claim.COMPILES}
        assert built == {target.name for target in platform.targets}
        assert proof.outcome(Claim.JIT) is proof.outcome(Claim.ONCE) is Outcome.NOT_TRIED
    assert NOT_TRIED in table(proofs)
    (line,) = summary(proofs)
    assert line.startswith(f"{platform.name}: 2 examples: 2 compiled")


def test_what_is_no_program_is_a_failed_row_and_the_next_example_is_tried(
    write_example: WriteExample, platform: Platform
) -> None:
    branch = "def double(x):\n    return 2 * x if x[0] > 0 else x\n"
    crash = "import os, signal\n\ndef double(x):\n    os.kill(os.getpid(), signal.SIGSEGV)\n"
    hang = "import time\n\ndef double(x):\n    time.sleep(600)\n"
    sides = {"jax-branch": branch, "jax-crash": crash, "jax-hang": hang}
    folders = [*(write_example(name, fixed=fixed) for name, fixed in sides.items()), write_example("jax-right")]
    *wrong, right = prove_all(folders, platform, workers=1, limits=Limits(each=30))
    assert [proof.status for proof in wrong] == [Status.FAILED] * 3
    assert "TracerBoolConversionError" in broken(wrong[0])[Claim.COMPILES]
    assert broken(wrong[1])[Claim.COMPILES] == "the process ended by SIGSEGV"
    assert broken(wrong[2])[Claim.COMPILES] == "no answer in 30 seconds"
    assert right.status is Status.COMPILED


def test_a_program_that_calls_back_is_compiled_without_that_for_a_gpu_and_it_is_said(
    write_example: WriteExample, platform: Platform
) -> None:
    fixed = """
        import jax
        import numpy as np

        def double(x):
            shape = jax.ShapeDtypeStruct(x.shape, x.dtype)
            return jax.pure_callback(lambda x: np.asarray(2 * x), shape, x)
        """
    wrong = fixed.replace("jax.pure_callback(", "bool(x[0]) or jax.pure_callback(")
    folders = [write_example("jax-a", fixed=fixed), write_example("jax-b", fixed=wrong)]
    right, broken_one = prove_all(folders, platform, workers=1)
    assert right.status is Status.COMPILED
    assert right.outcome(Claim.COMPILES) is (Outcome.IN_PART if platform is GPU else Outcome.HOLDS)
    assert ("in part: without its callbacks" in table([right])) is (platform is GPU)
    assert broken_one.status is Status.FAILED


def test_it_is_not_the_cpu_that_is_compiled_for(write_example: WriteExample, platform: Platform) -> None:
    fixed = """
        import jax

        def double(x):
            return jax.lax.platform_dependent(x, cpu=lambda x: 2 * x)
        """
    (proof,) = prove_all([write_example(fixed=fixed)], platform, workers=1)
    assert proof.status is Status.FAILED
    assert f"for platform {platform.targets[0].plugin}" in broken(proof)[Claim.COMPILES]
