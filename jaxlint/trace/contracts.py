"""Contracts of frameworks: methods that the user's classes write for a library, which runs them under a trace.

    class Walker(brax.envs.Env):
        def step(self, state, action): …      # whoever trains with it jits this

A method that a contract names is walked as if it were under `jax.jit`, besides whatever calls of it are in view. That
it is traced is said by somebody else than the code, so that findings are inferences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jaxlint.model.schema import Contract, LibraryClass, Staging
from jaxlint.trace.assumed import is_said_to_be_array, may_be_array, said_to_be_traced
from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.values import Class, External, Function, Transformed, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jaxlint.trace.tracer import Tracer


def contracted(t: Tracer, functions: Iterable[Function]) -> Iterator[Transformed]:
    """Those of the functions that are methods of which a contract speaks, put under a transformation."""
    return (traced for function in functions for traced in _spoken_of(t, function, customary=False))


def customarily_traced(t: Tracer, function: Function) -> Transformed | None:
    """A function that nobody is seen to call, put under a transformation if it is a method that users trace."""
    given = t.handed_over.get(function)
    if given is not None:
        return _traced(t, function, *given)
    return next(_spoken_of(t, function, customary=True), None)


def hand_over(t: Tracer, path: str, row: LibraryClass, fields: Mapping[str, Value]) -> None:
    """Functions are given to an object of a library in place of the methods of which contracts speak."""
    for contract in row.contracts:
        function = fields.get(contract.method)
        if isinstance(function, Function):
            t.handed_over[function] = contract, f"{path}.{contract.method}"


def _spoken_of(t: Tracer, function: Function, *, customary: bool) -> Iterator[Transformed]:
    owner, closure = function.owner, function.closure
    if not isinstance(owner, Class) or not isinstance(closure, Frame) or closure.kind is FrameKind.FUNCTION:
        return
    for base in owner.mro:
        if isinstance(base, External) and isinstance(base.meaning, LibraryClass):
            for path, contract in _contracts(t, base.path, base.meaning):
                if contract.method == function.name and contract.customary is customary:
                    yield _traced(t, function, contract, f"{path}.{contract.method}")


def _contracts(t: Tracer, path: str, row: LibraryClass) -> Iterator[tuple[str, Contract]]:
    """The contracts of a class and of those that it is based on."""
    yield from ((path, contract) for contract in row.contracts)
    base = t.external_meaning(row.base) if row.base else None
    if isinstance(base, LibraryClass):
        yield from _contracts(t, row.base, base)


def _traced(t: Tracer, function: Function, contract: Contract, path: str) -> Transformed:
    parameters = t.parameters(function.node)
    receiver = parameters.positional[: function.owner is not None]
    told = dict(zip(parameters.positional[len(receiver) :], contract.parameters, strict=False))
    optional = {name for name, _ in function.defaults}
    names = (*parameters.positional[len(receiver) :], *parameters.keyword_only)
    kept = [
        name
        for name in names
        if not (
            told[name] not in contract.open and may_be_array(t, function, name)
            if name in told
            else contract.annotated and name not in optional and is_said_to_be_array(t, function, name)
        )
    ]
    staging = Staging.INHERIT if contract.customary else Staging.YES
    return said_to_be_traced(function, path, [*receiver, *kept], staging)
