"""Claims: what each name that a program binds holds, joined over every way in which its function was walked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from astroid import nodes

from jaxlint.trace.chains import steps
from jaxlint.trace.frame import Frame, FrameKind
from jaxlint.values import NEVER, Answer, Value
from jaxlint.values.arrays import Array, NumPyArray, Ref, Tracing
from jaxlint.values.base import Const, Host
from jaxlint.values.containers import Iterator as IteratorValue
from jaxlint.values.containers import List, Set, Tree, TupleOf, View
from jaxlint.values.functions import Bound, External, Function, Method, Partial, Transformed
from jaxlint.values.join import alternatives
from jaxlint.values.objects import Class, Instance, Module, PytreeKind
from jaxlint.values.pytree import arrays_in, has_own_children, leaves, sure_leaves, tracer_in, tracing_of


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
        tracing: walks under a trace that hides values, reached from callers in view; `grad` alone is none.
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
        if frame.context.tracing is Answer.YES and frame.context.hides:
            table = self.perhaps if frame.context.staging is Answer.UNKNOWN else self.tracing
        claim = Claim.UNKNOWN if _varies(frame, node, name) else claim_of(value)
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


def _varies(frame: Frame, node: nodes.NodeNG, name: str) -> bool:
    """Whether a parameter may well hold something else when a function is called by somebody else than the code in view,
    which anybody can: the parameter can be left out, or a Python number is as welcome.
    """
    function, caller = frame.function, frame.caller
    if function is None or caller is None or not isinstance(node.parent, nodes.Arguments):
        return False
    if caller.traces != frame.traces or frame.parent is None or frame.parent.kind is not FrameKind.MODULE:
        return False  # put under a transformation here, or nested
    if function.name.startswith("_") and not function.name.endswith("__"):
        return False
    arguments = function.node.args
    if name in (arguments.vararg, arguments.kwarg) or any(name == optional for optional, _ in function.defaults):
        return True
    return function.owner is None and _takes_numbers(arguments, name)


def _takes_numbers(arguments: nodes.Arguments, name: str) -> bool:
    annotated = (
        *zip(arguments.posonlyargs, arguments.posonlyargs_annotations, strict=True),
        *zip(arguments.args or (), arguments.annotations, strict=True),
        *zip(arguments.kwonlyargs, arguments.kwonlyargs_annotations, strict=True),
    )
    hint = next((hint for parameter, hint in annotated if parameter.name == name), None)
    if hint is None:
        return False
    return any(word.name in _NUMBERS for word in (hint, *hint.nodes_of_class(nodes.Name)) if isinstance(word, nodes.Name))


_NUMBERS = frozenset({"bool", "int", "float", "complex", "ScalarLike"})
"""In annotations: that a number is taken where an array is."""


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
    in any of them, as in the state of a chain of optimizers that keep none. What is no pytree holds no leaf.
    """
    if isinstance(option, IteratorValue | View | Set):
        return {Claim.STATIC}
    claims = {leaf: _leaf_claim(leaf) for leaf in leaves(option)}
    if Claim.TRACED in claims.values() and not any(_leaf_claim(leaf) is Claim.TRACED for leaf in sure_leaves(option)):
        return {Claim.UNKNOWN}
    if isinstance(option, TupleOf) or (isinstance(option, List) and option.items is None):
        return {Claim.UNKNOWN if isinstance(leaf, Tree) else claim for leaf, claim in claims.items()}
    return set(claims.values())


def _are_leaves(classes: Iterable[Class]) -> bool:
    """Whether neither classes nor those derived from them are pytrees."""
    return all(cls.pytree is PytreeKind.LEAF and _are_leaves(cls.subclasses) for cls in classes)


def _leaf_claim(leaf: Value) -> Claim:
    match leaf:
        case Array(tracing) | Tree(tracing):
            if tracing is Tracing.HIDDEN and (isinstance(leaf, Array) or leaf.filled):
                return Claim.TRACED
            if not isinstance(leaf, Array):
                return Claim.UNKNOWN
            if tracing is Tracing.CONCRETE:
                return Claim.ARRAY
            # One of a trace in view, or of what is not known.
            return Claim.UNKNOWN if leaf.why is None else Claim.PERHAPS
        case Ref():
            return Claim.STATIC if tracing_of(leaf) is not Tracing.UNKNOWN else Claim.UNKNOWN
        case NumPyArray():
            return Claim.NUMPY
        case Const() | Host() | Function() | Class() | Module() | Transformed():
            return Claim.STATIC
        case Partial() | Bound() | Method() | External():
            return Claim.UNKNOWN
        case Instance(cls=Class() as cls, exact=exact) if cls.pytree is PytreeKind.LEAF:
            return Claim.STATIC if exact or _are_leaves(cls.subclasses) else Claim.UNKNOWN
        case Instance() if has_own_children(leaf):
            # Whatever array it holds is a child of it, and so may be what else it holds.
            held = {_leaf_claim(array) for array in arrays_in(leaf)}
            return Claim.TRACED if Claim.TRACED in held else Claim.PERHAPS
    return Claim.UNKNOWN


