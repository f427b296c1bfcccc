"""Where examples run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jaxlint.verify.claims import RUNTIME_CLAIMS, Claim


@dataclass(frozen=True, slots=True)
class Platform:
    """A place that examples are shown on, always in a process of its own, since JAX chooses its devices once.

    `environment` is set in that process before JAX looks for devices; `claims` are those that can be shown there (a
    compiler without its device shows only that fixed code compiles). JAX quietly takes the CPU where a device is missing,
    so `installs`, the command that brings what the platform needs, is named when it has no device called `name`.
    """

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = RUNTIME_CLAIMS
    installs: str = "pip install jax"


CPU = Platform("cpu", {"JAX_PLATFORMS": "cpu"})

GPU = Platform(
    "gpu",
    {
        # Callbacks and host code need the CPU beside it; several examples run at a time and share the memory; and products
        # of float32 matrices are rounded to TF32 unless one asks for more.
        "JAX_PLATFORMS": "cuda,cpu",
        "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
        "JAX_DEFAULT_MATMUL_PRECISION": "highest",
    },
    installs='pip install "jax[cuda13]", on a machine with an NVIDIA GPU',
)
"""A CUDA device, with JAX's CUDA plugin installed."""

PLATFORMS: Mapping[str, Platform] = {platform.name: platform for platform in (CPU, GPU)}
