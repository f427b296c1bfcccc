"""Ways to see what a call does besides returning: what it prints, what it compiles."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import jax
import jax.monitoring

TRACE_EVENT = "/jax/core/compile/jaxpr_trace_duration"
COMPILE_EVENT = "/jax/core/compile/backend_compile_duration"


@dataclass(slots=True)
class Work:
    """The functions that JAX traced and compiled, by name, in order."""

    traced: list[str] = field(default_factory=list)
    compiled: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"traced: {', '.join(self.traced) or 'nothing'}; compiled: {', '.join(self.compiled) or 'nothing'}"


@contextlib.contextmanager
def watched() -> Iterator[Work]:
    """Records what JAX traces and compiles meanwhile, in this process, whichever function asks for it.

    JAX itself reports both (`jax.monitoring`), so nested `jit`s, single operations and control flow called outside
    `jit` count as well, which `_cache_size()` of one function would not show.
    """
    work = Work()

    def listener(event: str, duration_secs: float, **kwargs: str | int) -> None:
        name = str(kwargs.get("fun_name", "?"))
        if event == TRACE_EVENT:
            work.traced.append(name)
        elif event == COMPILE_EVENT:
            work.compiled.append(name)

    jax.monitoring.register_event_duration_secs_listener(listener)
    try:
        yield work
    finally:
        jax.monitoring.unregister_event_duration_listener(listener)


def finished(function: Callable[..., Any], *args: Any) -> Any:
    """What the call returns, once all that it dispatched, callbacks too, is done."""
    result = jax.block_until_ready(function(*args))
    jax.effects_barrier()
    return result


def printed(function: Callable[..., Any], *args: Any) -> str:
    """What the call prints, `jax.debug.print` included."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        finished(function, *args)
    return out.getvalue()


def compilations(function: Callable[..., Any], *args: Any) -> int:
    """How many programs XLA compiles during the call."""
    with watched() as work:
        finished(function, *args)
    return len(work.compiled)
