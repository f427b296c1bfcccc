"""Claims: what each name that a program binds holds, joined over every way in which its function was walked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from astroid import nodes

from jaxlint.trace.chains import steps
from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.values import NEVER, Answer, Value
from jaxlint.values.arrays import Array, NumPyArray, Ref, Tracing
from jaxlint.values.base import Const, Host
from jaxlint.values.containers import List, Tree, TupleOf
from jaxlint.values.functions import Bound, External, Function, Method, Partial, Transformed
from jaxlint.values.join import alternatives
from jaxlint.values.objects import Class, Instance, Module, PytreeKind
from jaxlint.values.pytree import leaves, tracer_in, tracing_of


class Claim(Enum):
    """What a name holds, by its most array-like leaf."""

    TRACED = "traced"
    ARRAY = "array"
    NUMPY = "numpy"
    STATIC = "static"
    PERHAPS = "perhaps"  # an array that may be a tracer or not
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a name is bound; lines count from 1, columns from 0 in UTF-8 bytes."""

    module: str
    line: int
    column: int
    name: str


@dataclass(slots=True)
class Claims:
    """A recorder that joins, for each site, the claims of all walks; those under a trace count first.

    Attributes:
        tracing: walks under a trace, reached from callers in view.
        perhaps: walks under a trace inside of code that nobody is seen to call.
        elsewhere: all others.
    """

    tracing: dict[Site, set[Claim]] = field(default_factory=dict)
    perhaps: dict[Site, set[Claim]] = field(default_factory=dict)
    elsewhere: dict[Site, set[Claim]] = field(default_factory=dict)
    _ways: dict[tuple[Site, Claim], str] = field(default_factory=dict)

    def bound(self, frame: Frame, node: nodes.NodeNG, name: str, value: Value) -> None:
        """A name was bound."""
        if frame.kind is FrameKind.CLASS or isinstance(node, nodes.Import | nodes.ImportFrom):
            return
        site = Site(frame.module_name, node.lineno or 0, node.col_offset or 0, name)
        table = self.elsewhere
        if frame.context.tracing is Answer.YES:
            table = self.perhaps if frame.context.staging is Answer.UNKNOWN else self.tracing
        claim = claim_of(value)
        if claim is Claim.PERHAPS and frame.context.staging is not Answer.YES:
            claim = Claim.UNKNOWN  # whether a map or a derivative alone reaches it, nothing here tells
        table.setdefault(site, set()).add(claim)
        if table is not self.elsewhere and (site, claim) not in self._ways:
            self._ways[site, claim] = _way(frame, value)

    def because(self, site: Site, claim: Claim) -> str:
        """By which way a place came to hold what is claimed; empty where no trace in view leads there."""
        return self._ways.get((site, claim), "")

    def __iter__(self) -> Iterator[tuple[Site, Claim]]:
        """Every site with its claim: what holds of it whenever a trace is open, else whatever was seen."""
        sites = {*self.tracing, *self.perhaps, *self.elsewhere}
        for site in sorted(sites, key=lambda s: (s.module, s.line, s.column, s.name)):
            surely, perhaps = self.tracing.get(site, set()), self.perhaps.get(site, set())
            claims = surely or perhaps or self.elsewhere[site]
            yield site, _joined(claims)


def _joined(claims: set[Claim]) -> Claim:
    known = claims - {Claim.UNKNOWN}
    if known == {Claim.TRACED}:
        # Rules speak of any walk in which they know enough, and so does the claim.
        return Claim.TRACED
    return next(iter(claims)) if len(claims) == 1 and claims != {Claim.PERHAPS} else Claim.UNKNOWN


def _way(frame: Frame, value: Value) -> str:
    leaf = tracer_in(value)
    entry = leaf.why if leaf is not None and leaf.why is not None else frame.context.entry
    return "" if entry is None else ", ".join(steps(frame, entry))


def claim_of(value: Value) -> Claim:
    """The claim for a value: traced only if some leaf surely is a tracer that hides its value."""
    if value is NEVER:
        return Claim.UNKNOWN
    claims = {claim for option in alternatives(value) for claim in _leaf_claims(option)}
    if len(alternatives(value)) > 1 and Claim.TRACED in claims and not all(
        Claim.TRACED in _leaf_claims(option) for option in alternatives(value)
    ):
        return Claim.UNKNOWN
    for claim in (Claim.TRACED, Claim.UNKNOWN, Claim.PERHAPS, Claim.ARRAY, Claim.NUMPY):
        if claim in claims:
            return claim
    return Claim.STATIC


def _leaf_claims(option: Value) -> set[Claim]:
    """The claims of the leaves. That of a tree among a number of them that is not known tells nothing: there may be no leaf
    in any of them, as in the state of a chain of optimizers that keep none.
    """
    claims = {leaf: _leaf_claim(leaf) for leaf in leaves(option)}
    if isinstance(option, TupleOf) or (isinstance(option, List) and option.items is None):
        return {Claim.UNKNOWN if isinstance(leaf, Tree) else claim for leaf, claim in claims.items()}
    return set(claims.values())


def _leaf_claim(leaf: Value) -> Claim:
    match leaf:
        case Array(tracing) | Tree(tracing):
            if tracing is Tracing.HIDDEN:
                return Claim.TRACED
            if not isinstance(leaf, Array):
                return Claim.UNKNOWN
            return Claim.ARRAY if tracing is Tracing.CONCRETE else Claim.PERHAPS
        case Ref():
            return Claim.STATIC if tracing_of(leaf) is not Tracing.UNKNOWN else Claim.UNKNOWN
        case NumPyArray():
            return Claim.NUMPY
        case Const() | Host() | Function() | Class() | Module() | Transformed():
            return Claim.STATIC
        case Partial() | Bound() | Method() | External():
            return Claim.UNKNOWN
        case Instance(cls=Class(pytree=PytreeKind.LEAF)):
            return Claim.STATIC
    return Claim.UNKNOWN


