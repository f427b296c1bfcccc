"""The process around JAX: options that come too late, and forks of a process with threads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from astroid import nodes

from jaxlint.rules import AsksFacts, Finding, Rule, Severity, listens_to, source_of
from jaxlint.trace.events import started
from jaxlint.trace.observations import ItemWrite, NamedCall, Observation
from jaxlint.values import Const, External, Value

LATE_CONFIG = Rule(
    6815,
    "jax-late-config",
    Severity.WARNING,
    "`{code}` comes too late: {why}; {instead}",
    explanation="""An option that is set when JAX has read it already.

What it does
Reports `jax.config.update` of `jax_platforms` and `jax_num_cpu_devices`, and `XLA_FLAGS` in the environment, after code
that made JAX choose its devices; and `JAX_…` options in the environment after JAX was imported.

Why
JAX reads its environment when it is imported, and chooses its devices for the first array. Later changes of these are
ignored without a word (`jax_num_cpu_devices` raises).

    import jax
    os.environ["JAX_ENABLE_X64"] = "1"                    # read before

    x = jnp.zeros(3)
    jax.config.update("jax_platforms", "cpu")             # the devices are chosen

Write instead
    os.environ["JAX_ENABLE_X64"] = "1"
    import jax

    jax.config.update("jax_platforms", "cpu")
    x = jnp.zeros(3)

When it stays silent
On options that work at any time (`jax_enable_x64`, `jax_debug_nans`, `jax_disable_jit`), where it is not sure that JAX
was used before, and in the environment of processes that the module starts itself.

References
https://docs.jax.dev/en/latest/config_options.html
https://docs.jax.dev/en/latest/xla_flags.html
""",
)

FORK = Rule(
    6816,
    "jax-fork",
    Severity.WARNING,
    "`{code}` forks a process in which JAX has started its threads (line {line}), and may hang; use the spawn method",
    explanation="""A fork of a process that uses JAX.

What it does
Reports `os.fork`, `multiprocessing.Process` and `Pool`, `ProcessPoolExecutor`, and PyTorch's `DataLoader(num_workers=2)`,
with the start method of the platform, after code that made JAX start its backend.

Why
A fork copies one thread and the locks of all others. JAX has many threads, so a child that uses JAX waits forever for a
lock that nobody holds. Python's default start method is fork on Linux up to 3.13; JAX warns with a RuntimeWarning.

    keys = jax.random.split(jax.random.key(0), 8)
    with multiprocessing.Pool(8) as pool: …

Write instead
    with multiprocessing.get_context("spawn").Pool(8) as pool: …

When it stays silent
Where the program chooses `spawn` or `forkserver` anywhere, where JAX was not surely used before in the same function or
at module level, and on threads and subprocesses.

References
https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods
https://docs.jax.dev/en/latest/faq.html
""",
)

RULES = (LATE_CONFIG, FORK)

_PLATFORM_OPTIONS = frozenset({"jax_platforms", "jax_platform_name", "jax_num_cpu_devices"})
_READ_ON_IMPORT = frozenset(
    f"JAX_{name}"
    for name in (
        "ENABLE_X64", "PLATFORMS", "PLATFORM_NAME", "DEBUG_NANS", "DEBUG_INFS", "DISABLE_JIT", "NUM_CPU_DEVICES",
        "DEFAULT_MATMUL_PRECISION", "LOG_COMPILES", "CHECK_TRACER_LEAKS", "NUMPY_RANK_PROMOTION",
        "NUMPY_DTYPE_PROMOTION", "ENABLE_CUSTOM_PRNG", "DEFAULT_PRNG_IMPL", "THREEFRY_PARTITIONABLE",
    )
)  # fmt: skip
_FORKING = frozenset({
    "os.fork", "multiprocessing.Process", "multiprocessing.Pool", "multiprocessing.pool.Pool",
    "concurrent.futures.ProcessPoolExecutor", "concurrent.futures.process.ProcessPoolExecutor",
})  # fmt: skip
_LOADERS = frozenset({"torch.utils.data.DataLoader", "torch.utils.data.dataloader.DataLoader"})
"""What forks its workers, once there are any."""

_OTHER_METHOD = re.compile(r"spawn|forkserver|mp_context|set_start_method")
_STARTS_PROCESSES = re.compile(r"\b(subprocess|Popen|multiprocessing|ProcessPoolExecutor|os\.exec|runpy|concurrent)\b")


class ProcessListeners(AsksFacts):
    """The rules about the process."""

    @listens_to(NamedCall)
    def option(self, call: NamedCall) -> Iterator[Finding]:
        """`jax.config.update("jax_platforms", …)`, `os.environ.setdefault("XLA_FLAGS", …)`."""
        if call.path == "jax.config.update":
            name = _text(call.arguments.get(0, "name"))
            if name in _PLATFORM_OPTIONS:
                yield from _after_start(call, f"`{name}` before the first array")
        elif call.path in ("os.environ.setdefault", "os.putenv"):
            yield from _environment(call, _text(call.arguments.get(0, "key")))

    @listens_to(ItemWrite)
    def environment(self, write: ItemWrite) -> Iterator[Finding]:
        """`os.environ["XLA_FLAGS"] = …`."""
        if isinstance(write.target, External) and write.target.path == "os.environ" and not write.deletes:
            yield from _environment(write, _text(write.index))

    @listens_to(NamedCall)
    def fork(self, call: NamedCall) -> Iterator[Finding]:
        """`multiprocessing.Pool()`."""
        if not _forks(call):
            return
        earlier = started(call.frame)
        if earlier is not None and not self.facts.program.says(call.frame.module_name, _OTHER_METHOD):
            yield Finding(FORK, call.node, {"code": source_of(call.node), "line": str(earlier.lineno)})


def _forks(call: NamedCall) -> bool:
    """Whether a call starts processes by the method of the platform."""
    if call.path in _LOADERS:
        workers = call.arguments.keyword("num_workers")
        others = call.arguments.keyword("multiprocessing_context") is not None or call.arguments.star_keywords is not None
        return isinstance(workers, Const) and isinstance(workers.value, int) and workers.value > 0 and not others
    return call.path in _FORKING and call.arguments.keyword("mp_context") is None


def _text(value: Value | None) -> str:
    return value.value if isinstance(value, Const) and isinstance(value.value, str) else ""


def _environment(seen: Observation, name: str) -> Iterator[Finding]:
    if name == "XLA_FLAGS":
        yield from _after_start(seen, "XLA_FLAGS before the first array")
    elif name in _READ_ON_IMPORT:
        line = _imported_before(seen.node)
        if line is not None:
            why = f"JAX read {name} when it was imported (line {line})"
            option = name.lower()
            instead = f'set it before the import, or call jax.config.update("{option}", …)'
            yield Finding(LATE_CONFIG, seen.node, {"code": source_of(seen.node), "why": why, "instead": instead})


def _after_start(seen: Observation, what: str) -> Iterator[Finding]:
    earlier = started(seen.frame)
    if earlier is not None:
        why = f"JAX has chosen its devices for line {earlier.lineno}"
        yield Finding(LATE_CONFIG, seen.node, {"code": source_of(seen.node), "why": why, "instead": f"set {what}"})


def _imported_before(node: nodes.NodeNG) -> int | None:
    """The line of an import of JAX that surely ran before this statement; None where the module starts processes."""
    module = node.root()
    if not isinstance(module, nodes.Module) or _STARTS_PROCESSES.search(module.as_string()):
        return None
    for statement in module.body:
        if statement.lineno >= node.lineno:
            return None
        names: list[str] = []
        if isinstance(statement, nodes.Import):
            names = [name for name, _ in statement.names]
        elif isinstance(statement, nodes.ImportFrom) and not statement.level:
            names = [statement.modname]
        if any(name.partition(".")[0] == "jax" for name in names):
            return int(statement.lineno)
    return None
