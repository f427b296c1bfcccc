"""The table that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from jaxlint.verify.claims import Claim, Outcome, Proof, Status

NAMED_AT_MOST = 3
"""Places with one and the same trouble that are named; more are counted."""

NOT_TRIED = f"{Outcome.NOT_TRIED.value}  not tried: there is a compiler for the device here and no device, so nothing runs"


TOLD = {Outcome.UNAVAILABLE: "unavailable: ", Outcome.IN_PART: "in part: "}
"""What stands before the detail of an outcome."""


def table(proofs: Sequence[Proof]) -> str:
    """One row an example and platform, one column a claim; below it, what is broken or unavailable, and why."""
    header = ["rule", "platform", "status", *(claim.value for claim in Claim)]
    rows = [
        [proof.symbol, proof.platform, proof.status.value, *(proof.outcome(claim).value for claim in Claim)]
        for proof in proofs
    ]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (header, *rows)]
    legend = [NOT_TRIED] if any(Outcome.NOT_TRIED.value in row for row in rows) else []
    lines = [line.rstrip() for line in lines]
    return "\n".join([*lines, *legend, "", *troubles(proofs), *summary(proofs)])


def summary(proofs: Sequence[Proof]) -> list[str]:
    """A line a platform: how many examples there are, and what became of them there."""
    lines = []
    for platform in dict.fromkeys(proof.platform for proof in proofs):
        here = [proof for proof in proofs if proof.platform == platform]
        became = Counter(proof.status for proof in here)
        parts = [f"{became[status]} {status.value}" for status in Status if became[status]]
        if lacking := sum(proof.lacks and proof.status is not Status.UNAVAILABLE for proof in here):
            parts.append(f"{lacking} with a claim that could not be shown")
        if in_part := sum(any(verdict.outcome is Outcome.IN_PART for verdict in proof.verdicts) for proof in here):
            parts.append(f"{in_part} of them in part")
        lines.append(f"{platform}: {len(here)} {'example' if len(here) == 1 else 'examples'}: {', '.join(parts)}")
    return lines


def troubles(proofs: Iterable[Proof]) -> list[str]:
    """What is broken, then what could not be shown. A reason that many examples share is given once."""
    lines: list[str] = []
    for outcome in (Outcome.BROKEN, Outcome.UNAVAILABLE, Outcome.IN_PART):
        places: dict[tuple[str, str], list[str]] = {}
        for proof in proofs:
            for verdict in proof.verdicts:
                if verdict.outcome is outcome:
                    place = f"{proof.symbol} ({proof.platform})" + (f" {verdict.function}" if verdict.function else "")
                    places.setdefault((verdict.claim.value, verdict.detail), []).append(place)
        lines += (
            f"{', '.join(where) if len(where) <= NAMED_AT_MOST else f'{len(where)} functions or examples'}: "
            f"{claim}: {TOLD.get(outcome, '')}{detail}"
            for (claim, detail), where in places.items()
        )
    return [*lines, ""] if lines else []
