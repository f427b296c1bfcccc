"""The table that people read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jaxlint.verify.claims import Claim, Outcome, Proof

NAMED_AT_MOST = 3
"""Places with one and the same trouble that are named; more are counted."""


def table(proofs: Sequence[Proof]) -> str:
    """One row an example and platform, one column a claim; below it, what is broken or unavailable, and why."""
    header = ["rule", "platform", "status", *(claim.value for claim in Claim)]
    rows = [
        [proof.symbol, proof.platform, proof.status.value, *(proof.outcome(claim).value for claim in Claim)]
        for proof in proofs
    ]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (header, *rows)]
    broken = sum(not proof.holds for proof in proofs)
    unshown = sum(any(proof.outcome(claim) is Outcome.UNAVAILABLE for claim in Claim) for proof in proofs)
    summary = f"{len(proofs)} examples: {broken} with a broken claim, {unshown} with one that could not be shown"
    return "\n".join([*(line.rstrip() for line in lines), "", *_troubles(proofs), summary])


def _troubles(proofs: Iterable[Proof]) -> list[str]:
    """What is broken, then what could not be shown. A reason that many examples share is given once."""
    lines: list[str] = []
    for outcome in (Outcome.BROKEN, Outcome.UNAVAILABLE):
        places: dict[tuple[str, str], list[str]] = {}
        for proof in proofs:
            for verdict in proof.verdicts:
                if verdict.outcome is outcome:
                    place = f"{proof.symbol} ({proof.platform})" + (f" {verdict.function}" if verdict.function else "")
                    places.setdefault((verdict.claim.value, verdict.detail), []).append(place)
        lines += (
            f"{', '.join(where) if len(where) <= NAMED_AT_MOST else f'{len(where)} functions or examples'}: "
            f"{claim}: {'unavailable: ' if outcome is Outcome.UNAVAILABLE else ''}{detail}"
            for (claim, detail), where in places.items()
        )
    return [*lines, ""] if lines else []
