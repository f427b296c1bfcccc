"""What the fixed function computes under `vmap`, with 64-bit types and over several devices: a wrong claim fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jaxlint.verify.claims import Claim, Outcome, Proof
from jaxlint.verify.platforms import CPU, Platform
from jaxlint.verify.processes import prove_all

WriteExample = Callable[..., Path]

SPREAD = (
    'Case("double", (np.arange(16.0),), '
    'fails=Raises("TypeError", "JAX arrays are immutable and do not support in-place item assignment"), devices=8)'
)


def proof(folder: Path, platform: Platform = CPU) -> Proof:
    (found,) = prove_all([folder], platform, workers=1)
    return found


def broken(found: Proof) -> dict[Claim, str]:
    return {verdict.claim: verdict.detail for verdict in found.verdicts if verdict.outcome is Outcome.BROKEN}


def test_a_right_example_holds_in_all_three(write_example: WriteExample) -> None:
    found = proof(write_example(example=f"Example([{SPREAD}])"))
    assert {found.outcome(claim) for claim in (Claim.WIDE, Claim.VMAP, Claim.DEVICES)} == {Outcome.HOLDS}


def test_a_fix_that_is_no_more_exact_with_64_bits_is_caught(write_example: WriteExample) -> None:
    fixed = """
        import jax.numpy as jnp

        def double(x):
            return jnp.asarray(2 * x.astype(jnp.float32) * (1 + 1e-7), x.dtype)
        """
    assert broken(proof(write_example(fixed=fixed))).keys() == {Claim.WIDE}


def test_a_fix_with_a_constant_of_32_bits_may_mix_types(write_example: WriteExample) -> None:
    fixed = """
        import jax
        import jax.numpy as jnp

        def double(x):
            return jax.lax.mul(x, jnp.full_like(x, 2, dtype=jnp.float32))
        """
    assert "dtypes" in broken(proof(write_example(fixed=fixed)))[Claim.WIDE]


def test_a_fix_that_sums_over_lanes_is_caught(write_example: WriteExample) -> None:
    fixed = """
        import jax

        @jax.custom_batching.custom_vmap
        def twice(x):
            return 2 * x

        @twice.def_vmap
        def rule(size, mapped, x):
            return 2 * x.sum(axis=0, keepdims=True).repeat(size, axis=0), True

        def double(x):
            return twice(x)
        """
    found = broken(proof(write_example(fixed=fixed)))
    assert found.keys() == {Claim.VMAP}
    assert found[Claim.VMAP].startswith("lane 0: the result: ")


def test_a_lane_needs_what_vmap_can_map_and_a_reason_takes_the_claim_back(write_example: WriteExample) -> None:
    fixed = """
        import jax
        import numpy as np

        def double(x):
            shape = jax.ShapeDtypeStruct(x.shape, x.dtype)
            return jax.pure_callback(lambda x: np.asarray(2 * x), shape, x)
        """
    assert "vmap_method" in broken(proof(write_example("jax-a", fixed=fixed)))[Claim.VMAP]
    told = SPREAD.replace("devices=8", 'unmapped="its callback is for one value"')
    found = proof(write_example("jax-b", fixed=fixed, example=f"Example([{told}])"))
    assert not broken(found)
    assert found.outcome(Claim.VMAP) is Outcome.NOT_APPLICABLE


def test_a_fix_that_forgets_the_other_devices_is_caught(write_example: WriteExample) -> None:
    fixed = """
        def double(x):
            return 2 * x.addressable_data(0)
        """
    case = SPREAD.replace("devices=8", "devices=8, plain_python=True")
    found = broken(proof(write_example(fixed=fixed, example=f"Example([{case}])")))
    assert found == {Claim.DEVICES: "the result: shape (2,), the reference has (16,)"}


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (SPREAD.replace("np.arange(16.0)", "np.arange(3.0)"), "no argument has a first axis that 8 devices can share"),
    ],
)
def test_a_case_for_devices_needs_something_to_share(write_example: WriteExample, case: str, reason: str) -> None:
    assert broken(proof(write_example(example=f"Example([{case}])"))) == {Claim.DEVICES: reason}


def test_too_few_devices_are_no_failure_and_said(write_example: WriteExample) -> None:
    alone = Platform("cpu", {"JAX_PLATFORMS": "cpu"})
    found = proof(write_example(example=f"Example([{SPREAD}])"), alone)
    (verdict,) = [verdict for verdict in found.verdicts if verdict.claim is Claim.DEVICES]
    assert verdict.outcome is Outcome.UNAVAILABLE
    assert verdict.detail == "it is for 8 devices, and here is no more than 1"
