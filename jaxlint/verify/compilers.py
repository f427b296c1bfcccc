"""XLA's compilers for devices that are not here: what fixed code becomes on a TPU or GPU, short of running it.

JAX calls a description of such devices a topology. Needs the platform's plugin (libtpu, or the CUDA plugin), no device.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jax
from jax.experimental import topologies
from jax.sharding import Mesh, NamedSharding, PartitionSpec, SingleDeviceSharding

from jaxlint.verify.platforms import Target

DESCRIPTIONS = Path(__file__).with_name("targets")
NEEDS_A_CLIENT = "Unknown backend:"
"""How JAX's error begins where lowering asks for the device itself: callbacks into Python, on a GPU."""


class NeedsDevice(Exception):
    """The program cannot be built without the device, whether or not it is right."""


@cache
def sharding(target: Target) -> SingleDeviceSharding:
    """Placement on the first device of `target`.

    Raises what JAX raises where the compiler is not installed.
    """
    return SingleDeviceSharding(_devices(target)[0])


@cache
def _devices(target: Target) -> list[Any]:
    """The devices of `target`, which XLA is told of once in a process."""
    if target.description is None:
        topology = topologies.get_topology_desc(platform=target.plugin, topology_name=target.topology)
    else:
        text = (DESCRIPTIONS / target.description).read_text(encoding="utf-8")
        topology = topologies.get_topology_desc(
            platform=target.plugin, topology_name=target.name, topology=target.topology, target_config=text
        )
    return list(topology.devices)


def compile_for(target: Target, function: Callable[..., Any], args: Sequence[Any]) -> None:
    """Compiles the jitted `function` for `target`.

    Its JAX arrays are only described, and a mesh becomes one of the target's devices. All else is given as it is: `function`
    traces it, or takes it as static.

    Raises:
        NeedsDevice: the program cannot be built here.
    """
    leaves, tree = jax.tree.flatten(list(args))
    meshes = [index for index, leaf in enumerate(leaves) if isinstance(leaf, Mesh)]
    for index in meshes:
        leaves[index] = Mesh(_devices(target), leaves[index].axis_names)
    traced = [index for index, leaf in enumerate(leaves) if isinstance(leaf, jax.Array)]

    def program(*values: Any) -> Any:
        filled = list(leaves)
        for index, value in zip(traced, values, strict=True):
            filled[index] = value
        return function(*jax.tree.unflatten(tree, filled))

    # What goes over a mesh is on all of its devices.
    where = NamedSharding(leaves[meshes[0]], PartitionSpec()) if meshes else sharding(target)
    given = [_described(leaves[index]) for index in traced]
    try:
        jax.jit(program, in_shardings=where, out_shardings=where).lower(*given).compile()
    except RuntimeError as error:
        if str(error).startswith(NEEDS_A_CLIENT):
            raise NeedsDevice("the program calls back into Python, which JAX builds only where the device is") from error
        raise


def _described(array: jax.Array) -> jax.ShapeDtypeStruct:
    weak = bool(getattr(array, "weak_type", False))  # arrays of keys have no such attribute
    return jax.ShapeDtypeStruct(array.shape, array.dtype, weak_type=weak)
