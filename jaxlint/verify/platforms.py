"""Where examples run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jaxlint.verify.claims import RUNTIME_CLAIMS, Claim


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of device that XLA can compile for where there is none.

    `plugin` and `topology` are JAX's words (`jax.experimental.topologies`); `description` is the file in `targets/` that
    tells XLA what the device is like, where the plugin does not know.
    """

    name: str
    plugin: str
    topology: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Platform:
    """A place that examples are shown on, always in a process of its own, since JAX chooses its devices once.

    `environment` is set in that process before JAX looks for devices. JAX quietly takes the CPU where a device is missing,
    so `installs`, the command that brings what the platform needs, is named when it has no device called `name`. There the
    compilers for `targets` show that fixed code compiles, if `installs_compiler` was run.
    """

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = RUNTIME_CLAIMS
    installs: str = "pip install jax"
    targets: tuple[Target, ...] = ()
    installs_compiler: str = ""

    def without_device(self) -> Platform:
        """This platform's compilers alone, in a process that has only the CPU."""
        return replace(self, environment=COMPILERS_ONLY, claims=COMPILER_CLAIMS)


COMPILER_CLAIMS = (Claim.LOADS, Claim.COMPILES)
"""What can be shown without the device."""

COMPILERS_ONLY = {
    # libtpu asks a cloud's metadata server which TPU this is, and waits; and it locks a file against a second user of a
    # device that nobody uses here.
    "JAX_PLATFORMS": "cpu",
    "TPU_SKIP_MDS_QUERY": "1",
    "ALLOW_MULTIPLE_LIBTPU_LOAD": "1",
}

HOST_DEVICES = 8
"""As how many devices the CPU shows itself, for the examples that are for several."""

CPU = Platform("cpu", {"JAX_PLATFORMS": "cpu", "XLA_FLAGS": f"--xla_force_host_platform_device_count={HOST_DEVICES}"})

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
    targets=(Target("h200", "cuda", "1x1x1", "h200.txtpb"), Target("a100", "cuda", "1x1x1", "a100.txtpb")),
    installs_compiler='pip install "pylint-jaxlint[verify-gpu]"',
)
"""A CUDA device, with JAX's CUDA plugin installed."""

TPU = Platform(
    "tpu",
    {"JAX_PLATFORMS": "tpu,cpu", "JAX_DEFAULT_MATMUL_PRECISION": "highest"},
    installs='pip install "jax[tpu]", on a machine with a TPU',
    targets=(Target("v5e", "tpu", "v5e:2x2"), Target("v6e", "tpu", "v6e:2x2")),
    installs_compiler='pip install "pylint-jaxlint[verify-tpu]"',
)

PLATFORMS: Mapping[str, Platform] = {platform.name: platform for platform in (CPU, GPU, TPU)}
