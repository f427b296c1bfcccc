"""Contracts of frameworks: methods that the user's classes write for a library, which runs them under a trace.

    class Walker(brax.envs.Env):
        def step(self, state, action): …      # whoever trains with it jits this

A method that a contract names is walked as if it were under `jax.jit`, besides whatever calls of it are in view. That
it is traced is said by somebody else than the code, so that findings are inferences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.model.schema import Contract, LibraryClass
from jaxlint.trace.assumed import said_to_be_traced
from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.values import Class, External, Function, Transformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jaxlint.trace.tracer import Tracer


def contracted(t: Tracer, functions: Iterable[Function]) -> Iterator[Transformed]:
    """Those of the functions that are methods of which a contract speaks, put under a transformation."""
    for function in functions:
        owner, closure = function.owner, function.closure
        if not isinstance(owner, Class) or not isinstance(closure, Frame) or closure.kind is FrameKind.FUNCTION:
            continue
        for base in owner.mro:
            if isinstance(base, External) and isinstance(base.meaning, LibraryClass):
                for path, contract in _contracts(t, base.path, base.meaning):
                    if contract.method == function.name:
                        yield _traced(t, function, contract, f"{path}.{contract.method}")


def _contracts(t: Tracer, path: str, row: LibraryClass) -> Iterator[tuple[str, Contract]]:
    """The contracts of a class and of those that it is based on."""
    yield from ((path, contract) for contract in row.contracts)
    base = t.external_meaning(row.base) if row.base else None
    if isinstance(base, LibraryClass):
        yield from _contracts(t, row.base, base)


def _traced(t: Tracer, function: Function, contract: Contract, path: str) -> Transformed:
    parameters = t.parameters(function.node)
    traced = {
        name
        for name, said in zip(parameters.positional[1:], contract.parameters, strict=False)
        if said not in contract.open
    }
    names = (*parameters.positional, *parameters.keyword_only)
    return said_to_be_traced(function, path, [name for name in names if name not in traced])
