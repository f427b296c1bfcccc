"""Transformations: what a function is called with under `jit`, `vmap`, `grad`, `scan`, `cond`, …, by the model's rows.

Three steps: the arguments *enter* the trace (`selection`, `boundary`), the function is walked in the context of that
trace, and its result *leaves* it. A transformation gives a function back (`wrappers`) or calls its functions at once
(`control_flow`).
"""

from jaxlint.trace.transform.control_flow import call_loop
from jaxlint.trace.transform.selection import traced_positions
from jaxlint.trace.transform.wrappers import apply_wrapper, call_transformed

__all__ = ["apply_wrapper", "call_loop", "call_transformed", "traced_positions"]
