"""What verify shows of an example, and how it went: claims, outcomes, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Claim(Enum):
    """One thing that is shown of every example. The value is the name of the table's column."""

    LOADS = "loads"
    """The three files load and define the functions that the cases name."""
    FLAGGED = "flagged"
    """The linter reports bad.py at the marked lines and at no others."""
    CLEAN = "clean"
    """The linter reports nothing in fixed.py and reference.py."""
    FAILS = "fails"
    """The bad function fails as its case says."""
    COMPILES = "compiles"
    """XLA compiles the fixed function under `jit`."""
    ONCE = "once"
    """A second call of the fixed function with equal shapes traces and compiles nothing."""
    NO_LEAK = "no leak"
    """No tracer outlives its trace."""
    FRESH_KEYS = "fresh keys"
    """No random key is consumed twice."""
    JIT = "jit"
    """Under `jit` the fixed function equals the reference."""
    PLAIN = "plain"
    """Without `jit` it does, too."""
    WIDE = "64 bit"
    """With `jax_enable_x64` it does, too."""
    VMAP = "vmap"
    """Under `vmap` each lane does, too."""
    DEVICES = "devices"
    """With its arguments spread over several devices, where the case says so, it does, too."""


STATIC_CLAIMS = (Claim.FLAGGED, Claim.CLEAN)
RUNTIME_CLAIMS = tuple(claim for claim in Claim if claim not in STATIC_CLAIMS)


class Outcome(Enum):
    """How a claim came out, from best to worst. Only `BROKEN` makes verify fail."""

    NOT_APPLICABLE = "-"
    HOLDS = "ok"
    IN_PART = "part"
    """It holds for the program without its callbacks into Python, which need the device to be built."""
    NOT_TRIED = "."
    """The platform's compiler stands in for the device: nothing runs, and what only running shows is not claimed."""
    UNAVAILABLE = "n/a"
    BROKEN = "FAIL"


COMPILED = (Outcome.HOLDS, Outcome.IN_PART)
"""Outcomes of `Claim.COMPILES` which say that there was something to compile."""


class Status(Enum):
    """What became of an example on a platform, in a word."""

    EXECUTED = "executed"
    """It ran there under `jit`, and equals the reference."""
    COMPILED = "compiled"
    """XLA's compiler for that platform built it, without the device."""
    FAILED = "failed"
    UNAVAILABLE = "unavailable"
    """It could not be tried, or not in all parts; the reason is given."""
    HOST_CODE = "host code"
    """Without the device there is nothing to try: the example's functions are host code, which no compiler sees."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one claim about one function (or about the folder as a whole: `function` is empty)."""

    claim: Claim
    outcome: Outcome
    function: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """All verdicts about one example, on one platform where it ran."""

    symbol: str
    platform: str
    verdicts: tuple[Verdict, ...]

    def outcome(self, claim: Claim) -> Outcome:
        """The worst outcome among the verdicts on `claim`; what has no verdict is unavailable."""
        outcomes = [verdict.outcome for verdict in self.verdicts if verdict.claim is claim]
        return max(outcomes, key=list(Outcome).index, default=Outcome.UNAVAILABLE)

    @property
    def holds(self) -> bool:
        """No claim is broken. An unavailable claim is not broken; the table shows it."""
        return all(verdict.outcome is not Outcome.BROKEN for verdict in self.verdicts)

    @property
    def status(self) -> Status:
        """What became of the example here."""
        if not self.holds:
            return Status.FAILED
        if any(verdict.claim is Claim.PLAIN and verdict.outcome is Outcome.HOLDS for verdict in self.verdicts):
            return Status.EXECUTED
        match self.outcome(Claim.COMPILES):
            case Outcome.UNAVAILABLE:
                return Status.UNAVAILABLE
            case _ if any(v.claim is Claim.COMPILES and v.outcome in COMPILED for v in self.verdicts):
                return Status.COMPILED
            case _:
                return Status.HOST_CODE

    @property
    def lacks(self) -> bool:
        """Something that was to be shown here could not be."""
        return any(self.outcome(claim) is Outcome.UNAVAILABLE for claim in Claim)

    def with_verdicts(self, more: Iterable[Verdict]) -> Proof:
        """This proof and `more`."""
        return Proof(self.symbol, self.platform, (*self.verdicts, *more))

    @classmethod
    def broken(cls, symbol: str, platform: str, claims: Iterable[Claim], why: str) -> Proof:
        """The proof that failed as a whole: each of `claims` broken, for one reason."""
        return cls(symbol, platform, tuple(Verdict(claim, Outcome.BROKEN, detail=why) for claim in claims))

    @classmethod
    def unavailable(cls, symbol: str, platform: str, claims: Iterable[Claim], why: str) -> Proof:
        """The proof that could not be tried: each of `claims` unavailable, for one reason."""
        return cls(symbol, platform, tuple(Verdict(claim, Outcome.UNAVAILABLE, detail=why) for claim in claims))

    def to_json(self) -> dict[str, Any]:
        """This proof as JSON values."""
        return {
            "rule": self.symbol,
            "platform": self.platform,
            "status": self.status.value,
            "holds": self.holds,
            "claims": [
                {
                    "claim": verdict.claim.value,
                    "outcome": verdict.outcome.name.lower(),
                    "function": verdict.function,
                    "detail": verdict.detail,
                }
                for verdict in self.verdicts
            ],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Proof:
        """The proof that `to_json` gave `values` for."""
        return cls(
            values["rule"],
            values["platform"],
            tuple(
                Verdict(Claim(row["claim"]), Outcome[row["outcome"].upper()], row["function"], row["detail"])
                for row in values["claims"]
            ),
        )
