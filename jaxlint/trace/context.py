"""The context in which code runs: which traces are open around it.

jnp.zeros(3)                                  # at module level: nothing is open, the array is concrete
jax.jit(lambda: jnp.zeros(3))                 # staging: the array is a tracer
jax.vmap(lambda x: jnp.zeros(3))(xs)          # depth 1 and not staging: the array is concrete
def f(): return jnp.zeros(3)                  # nobody is seen to call f: not known
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from jaxlint.values import Answer, TraceEntry, Tracing
from jaxlint.values.immutable import immutable
from jaxlint.values.provenance import entries

if TYPE_CHECKING:
    from astroid import nodes


@immutable(frozen=True, slots=True)
class Context:
    """The traces open around a piece of code.

    Attributes:
        staging: whether an array made here is a tracer.
        depth: how many traces are open.
        axes: the names bound by the maps around; None when some are not known.
        locked: whether the code holds a lock, and so knows that it changes the state of the process.
        entry: the innermost open trace; no part of equality.
        keeper: the tree of the function by which JAX keeps the outermost trace that it keeps; no part of equality.
        held: how abstract the parameters are that a framework keeps for this code; None when not known.
        framed: how many traces were open where the innermost call of a function began that a framework made of the user's
            (`Maker`); None where none is known.
        initialising: whether that call makes the parameters.
        plain: whether functions under `jit` and in loops of JAX run as Python does here (`jax.disable_jit`).
        replaced: the names of libraries for which the program has put something else.
    """

    staging: Answer = Answer.NO
    depth: int = 0
    axes: frozenset[str] | None = frozenset()
    locked: bool = False
    entry: TraceEntry | None = field(default=None, compare=False)
    keeper: nodes.NodeNG | None = field(default=None, compare=False)
    held: Tracing | None = None
    framed: int | None = None
    initialising: bool = False
    plain: bool = False
    replaced: frozenset[str] = frozenset()

    @property
    def tracing(self) -> Answer:
        """Whether a trace is open here."""
        return Answer.YES if self.depth > 0 else (Answer.UNKNOWN if self.staging is Answer.UNKNOWN else Answer.NO)

    @property
    def hides(self) -> bool:
        """Whether a trace is open here that hides values: any but those of derivatives."""
        entry = self.entry
        while entry is not None and not entry.hides:
            entry = entry.outer
        return entry is not None or self.staging is Answer.YES

    @property
    def made_here(self) -> Tracing:
        """What an array is that is made here out of nothing traced."""
        match self.staging:
            case Answer.YES:
                return Tracing.HIDDEN
            case Answer.NO:
                return Tracing.CONCRETE
            case Answer.UNKNOWN:
                return Tracing.UNKNOWN

    @property
    def maker(self) -> TraceEntry | None:
        """The trace that an array is of that is made here out of nothing traced: the innermost that stages it out; else the
        innermost of all.
        """
        if self.staging is Answer.YES:
            staged = next((entry for entry in entries(self.entry) if entry.stages), None)
            if staged is not None:
                return staged
        return self.entry

    @property
    def parameters(self) -> Tracing:
        """What an array is that a framework keeps for this code."""
        if self.held is not None:
            return self.held
        return Tracing.CONCRETE if self.tracing is Answer.NO else Tracing.UNKNOWN

    def result_of(self, operands: Tracing) -> Tracing:
        """What an array is that a JAX operation computes here from operands this abstract."""
        if self.tracing is Answer.NO:
            return Tracing.CONCRETE  # there is no trace that a tracer could be of
        return Tracing.HIDDEN if self.staging is Answer.YES else self.made_here.with_operand(operands)


EAGER = Context()
"""Module level: runs on import, outside of every trace."""

ANYWHERE = Context(staging=Answer.UNKNOWN, axes=None)
"""A function of which nobody knows who calls it."""
