"""What the command prints: the contradictions with the chains that led to the claims, and a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from jaxlint.observe.comparison import CONTRADICTIONS, Comparison, Judged, Score, Verdict


def scores(comparison: Comparison, targets: Sequence[Path]) -> dict[str, Score]:
    """A score for each package or script, and one for all if there are several."""
    table = {target.name: Score() for target in targets}
    total = Score()
    for judged in comparison.judged:
        target = target_of(judged, targets)
        table[target.name].add(judged)
        total.add(judged)
    return table if len(targets) == 1 else {**table, "total": total}


def target_of(judged: Judged, targets: Sequence[Path]) -> Path:
    """The package or script that a place stands in."""
    path = Path(judged.record.site.path)
    return max((t for t in targets if t == path or t in path.parents), key=lambda t: len(t.parts))


def lists(comparison: Comparison, targets: Sequence[Path], limit: int, verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The contradictions, each kind under a heading, up to `limit` of each."""
    for verdict in verdicts:
        places = list(comparison.of(verdict))
        if not places:
            continue
        yield f"{verdict.value}: {len(places)}"
        for judged in places[:limit]:
            site = judged.record.site
            path = Path(site.path).relative_to(target_of(judged, targets).parent).as_posix()
            yield f"  {path}:{site.line}:{site.column}: {site.name} in {site.function}"
            yield f"      under a trace it held: {judged.record.tracing}"
            if judged.claim.claim != "unknown":
                yield f"      claimed {judged.claim.claim}{f': {judged.claim.because}' if judged.claim.because else ''}"
        if len(places) > limit:
            yield f"  … and {len(places) - limit} more (--list {len(places)})"
        yield ""


def table(rows: dict[str, Score]) -> Iterator[str]:
    """The scores as text."""
    yield (
        f"{'':24} {'under a':>8} {'always':>8} {'called':>8} {'never':>8} {'claims of':>10} {'of these':>9}"
        f" {'called static,':>15}"
    )
    yield (
        f"{'':24} {'trace':>8} {'traced':>8} {'traced':>8} {'traced':>8} {'traced':>10} {'wrong':>9}"
        f" {'always / at times traced':>24}"
    )
    for name, score in rows.items():
        yield (
            f"{name:24} {score.places:8} {score.traced:8} {_share(score.found, score.traced):>8} {score.never:8}"
            f" {score.claims:10} {score.contradicted:3} {_share(score.contradicted, score.claims, 2)}"
            f" {score.missed:8} / {score.sometimes}"
        )


def _share(part: int, whole: int, digits: int = 1) -> str:
    return f"{100 * part / whole:.{digits}f}%" if whole else "-"


def text(comparison: Comparison, targets: Sequence[Path], limit: int, verdicts: Sequence[Verdict] = CONTRADICTIONS) -> str:
    """The whole report."""
    head = f"{comparison.executed} places where names are bound were executed, {len(comparison.judged)} under a trace."
    return "\n".join([head, "", *lists(comparison, targets, limit, verdicts), *table(scores(comparison, targets))])


def json_lines(comparison: Comparison, targets: Sequence[Path]) -> str:
    """One JSON object a line for each place executed under a trace, then one with the scores."""
    rows = [
        asdict(judged.record.site)
        | {
            "held": {held.value: count for held, count in judged.record.tracing.held.items()},
            "held_otherwise": {held.value: count for held, count in judged.record.otherwise.held.items()},
            "claim": judged.claim.claim,
            "because": judged.claim.because,
            "verdict": judged.verdict.value,
        }
        for judged in comparison.judged
    ]
    summary = {"scores": {name: asdict(score) for name, score in scores(comparison, targets).items()}}
    return "\n".join(map(json.dumps, [*rows, summary]))
