"""What was seen under a trace beside what the linter claims of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from jaxlint.observe.linting import NO_CLAIM, Claim, Claims
from jaxlint.observe.sites import Record


class Verdict(Enum):
    """What becomes of a claim."""

    AGREES = "agrees"
    FALSELY_TRACED = "claimed traced, never was"
    MISSED = "claimed not to be traced, always was"
    SOMETIMES = "claimed not to be traced, sometimes was"
    NOT_KNOWN = "always traced, not known to the linter"
    NEITHER = "neither"  # the linter knows nothing, or was right about some executions


CONTRADICTIONS = (Verdict.FALSELY_TRACED, Verdict.MISSED, Verdict.SOMETIMES)


@dataclass(frozen=True, slots=True)
class Judged:
    """A place that was executed under a trace, and the claim about it."""

    record: Record
    claim: Claim

    @property
    def verdict(self) -> Verdict:
        """How they fit."""
        seen = self.record.tracing
        if self.claim.is_traced:
            if seen.never_traced:
                return Verdict.FALSELY_TRACED
            return Verdict.AGREES if seen.always_traced else Verdict.NEITHER
        if self.claim.is_not_traced:
            if seen.never_traced:
                return Verdict.AGREES
            return Verdict.MISSED if seen.always_traced else Verdict.SOMETIMES
        return Verdict.NOT_KNOWN if seen.always_traced else Verdict.NEITHER


@dataclass(slots=True)
class Score:
    """Counts of the places of one package that were executed under a trace."""

    places: int = 0
    traced: int = 0
    found: int = 0
    never: int = 0
    claims: int = 0
    contradicted: int = 0
    missed: int = 0
    sometimes: int = 0

    def add(self, judged: Judged) -> None:
        """Count one place."""
        seen, verdict = judged.record.tracing, judged.verdict
        self.places += 1
        self.traced += seen.always_traced
        self.found += seen.always_traced and judged.claim.is_traced
        self.never += seen.never_traced
        self.claims += judged.claim.is_traced
        self.contradicted += verdict is Verdict.FALSELY_TRACED
        self.missed += verdict is Verdict.MISSED
        self.sometimes += verdict is Verdict.SOMETIMES


@dataclass(slots=True)
class Comparison:
    """All places of all packages."""

    executed: int = 0
    judged: list[Judged] = field(default_factory=list)

    def of(self, verdict: Verdict) -> Iterator[Judged]:
        """The places about which claims came to a verdict."""
        return (judged for judged in self.judged if judged.verdict is verdict)

    @property
    def is_contradicted(self) -> bool:
        """Whether any claim is."""
        return any(judged.verdict in CONTRADICTIONS for judged in self.judged)


def compare(records: Iterable[Record], claims: Claims) -> Comparison:
    """Put claims beside what was seen in functions; what a module binds is bound on import, outside of every trace."""
    result = Comparison()
    for record in sorted(records, key=lambda r: (r.site.path, r.site.line, r.site.column)):
        result.executed += 1
        site = record.site
        if site.function and record.tracing.held:
            claim = claims.get((site.path, site.line, site.column, site.name), NO_CLAIM)
            result.judged.append(Judged(record, claim))
    return result
