"""The judges of what the fixed function computes in other settings: mapped, with 64-bit types, over several devices.

Each says what is wrong, or None.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, NamedSharding, PartitionSpec

from jaxlint.verify import match
from jaxlint.verify.compilers import NeedsDevice
from jaxlint.verify.expect import Case, Close, SameDistribution
from jaxlint.verify.fixed_side import fixed_mismatch
from jaxlint.verify.inputs import varied
from jaxlint.verify.sides import SideName
from jaxlint.verify.subjects import Subject

WIDE_DRAWS = 200
"""Random draws that are compared once more with 64-bit types."""


class NothingToMap(Exception):
    """There is nothing to say of `vmap`."""


def matches_under_vmap(subject: Subject) -> str | None:
    """`Claim.VMAP`: each lane equals the reference; a random one, which has other draws, what the function gives alone.

    Raises:
        NothingToMap: no argument is an array.
    """
    case, fixed = subject.case, subject.jitted
    lanes = (case.args, case.again or varied(case.args, fixed.function, case.static))
    first, second = (jax.tree.flatten(fixed.arguments(lane)) for lane in lanes)
    pairs = list(zip(first[0], second[0], strict=True))
    mapped = [place for place, pair in enumerate(pairs) if _differs(*pair)]
    if not mapped:
        raise NothingToMap

    def one(*values: Any) -> Any:
        leaves = list(first[0])
        for place, value in zip(mapped, values, strict=True):
            leaves[place] = value
        return fixed.function(*jax.tree.unflatten(first[1], leaves))

    result = jax.jit(jax.vmap(one))(*(jnp.stack(pairs[place]) for place in mapped))
    alone = fixed if isinstance(case.same, SameDistribution) else subject.callee(SideName.REFERENCE)
    for number, lane in enumerate(lanes):
        ours = jax.tree.map(lambda leaf, number=number: leaf[number], result)
        if difference := match.mismatch(ours, alone(lane), _close(case)):
            return f"lane {number}: {difference}"
    return None


def _differs(first: Any, second: Any) -> bool:
    """Whether a leaf is mapped: an array, or a number that is another one in the second lane."""
    return isinstance(first, jax.Array) or (isinstance(first, (int, float, complex)) and first != second)


def matches_with_64_bits(subject: Subject) -> str | None:
    """`Claim.WIDE`."""
    case = subject.case
    if isinstance(case.same, SameDistribution):
        case = replace(case, same=replace(case.same, draws=min(case.same.draws, WIDE_DRAWS)))
    with jax.enable_x64(True):
        anew = Subject(case, subject.callee)
        return fixed_mismatch(anew, anew.jitted)


def matches_over_devices(subject: Subject) -> str | None:
    """`Claim.DEVICES`.

    Raises:
        NeedsDevice: there are fewer.
    """
    case, devices = subject.case, jax.devices()
    if len(devices) < case.devices:
        raise NeedsDevice(f"it is for {case.devices} devices, and here is no more than {len(devices)}")
    mesh = Mesh(np.array(devices[: case.devices]), ("devices",))
    leaves, tree = jax.tree.flatten(subject.jitted.arguments(case.args))
    placed = [_placed(leaf, mesh, case) for leaf in leaves]
    if not any(isinstance(leaf, jax.Array) and not leaf.is_fully_replicated for leaf in placed):
        return f"no argument has a first axis that {case.devices} devices can share"
    result = subject.jitted.function(*jax.tree.unflatten(tree, placed))
    return match.mismatch(result, subject.callee(SideName.REFERENCE)(case.args), _close(case))


def _close(case: Case) -> Close:
    return case.same if isinstance(case.same, Close) else Close()


def _placed(leaf: Any, mesh: Mesh, case: Case) -> Any:
    """An array whose first axis the devices share evenly, or that each has whole; anything else as it is."""
    if not isinstance(leaf, jax.Array):
        return leaf
    shared = leaf.ndim > 0 and leaf.shape[0] % case.devices == 0 and leaf.shape[0] > 0
    return jax.device_put(leaf, NamedSharding(mesh, PartitionSpec("devices") if shared else PartitionSpec()))
