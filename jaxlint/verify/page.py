"""The table as a web page: one file without scripts, that opens from a disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from jaxlint.verify.claims import Claim, Outcome, Proof
from jaxlint.verify.report import NOT_TRIED, summary

STYLE = """
:root { color-scheme: light dark; --page: #fff; --text: #1c1c1c; --line: #ddd; --row: #f4f6f8; --quiet: #777;
  --good: #17663a; --bad: #8c1a10; --bad-cell: #fbd9d5; --open: #6d5200; --open-cell: #fdf1cf }
@media (prefers-color-scheme: dark) { :root { --page: #16181b; --text: #e4e4e4; --line: #3a3d42;
  --row: #22262b; --quiet: #999; --good: #6fcf97; --bad: #ffb4aa; --bad-cell: #5a1d17; --open: #f2d479;
  --open-cell: #4a3c10 } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 84rem; padding: 0 1rem; color: var(--text);
  background: var(--page) }
table { border-collapse: collapse }
th, td { padding: .2rem .5rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap }
thead th { position: sticky; top: 0; z-index: 1; background: var(--page); white-space: normal; vertical-align: bottom }
tbody th { position: sticky; left: 0; background: var(--page); font-weight: 500 }
tbody tr:hover > * { background: var(--row) }
.holds, .executed, .compiled { color: var(--good) }
td.broken, td.failed { background: var(--bad-cell); color: var(--bad); font-weight: 600 }
td.unavailable, td.in_part { background: var(--open-cell); color: var(--open) }
.not_tried, .not_applicable { color: var(--quiet) }
details { margin: .2rem 0 }
@media (max-width: 40rem) { tbody th { white-space: normal; min-width: 8rem } }
"""


def page(proofs: Sequence[Proof], versions: str) -> str:
    """The page for `proofs`. What is broken or unavailable is told where one points at its cell, and listed below."""
    head = "".join(f"<th>{escape(name)}</th>" for name in ("rule", "platform", "status", *(claim.value for claim in Claim)))
    return (
        '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>jaxlint verify</title><style>{STYLE}</style>\n"
        f"<h1>jaxlint verify</h1>\n<p>{escape(versions)}</p>\n"
        f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in summary(proofs))}</ul>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{''.join(map(_row, proofs))}</tbody></table>\n"
        f"<p>{escape(NOT_TRIED)}; {Outcome.NOT_APPLICABLE.value}  not asked of it</p>\n"
        f"<h2>What is broken or could not be shown</h2>\n{''.join(_reasons(proofs)) or '<p>Nothing.</p>'}\n</html>\n"
    )


def _row(proof: Proof) -> str:
    cells = "".join(_cell(proof, claim) for claim in Claim)
    status = proof.status.value
    return (
        f"<tr><th>{escape(proof.symbol)}</th><td>{escape(proof.platform)}</td>"
        f'<td class="{status.replace(" ", "_")}">{status}</td>{cells}</tr>\n'
    )


def _cell(proof: Proof, claim: Claim) -> str:
    outcome = proof.outcome(claim)
    details = [verdict.detail for verdict in proof.verdicts if verdict.claim is claim and verdict.detail]
    title = escape("; ".join(dict.fromkeys(details)), quote=True)
    return f'<td class="{outcome.name.lower()}" title="{title}">{escape(outcome.value)}</td>'


def _reasons(proofs: Iterable[Proof]) -> Iterable[str]:
    for proof in proofs:
        items = [
            f"<li>{escape(' '.join(filter(None, (verdict.function, verdict.claim.value))))}: {escape(verdict.detail)}</li>"
            for verdict in proof.verdicts
            if verdict.outcome in (Outcome.BROKEN, Outcome.UNAVAILABLE, Outcome.IN_PART)
        ]
        if items:
            shown = " open" if not proof.holds else ""
            title = escape(f"{proof.symbol} ({proof.platform}): {proof.status.value}")
            yield f"<details{shown}><summary>{title}</summary><ul>{''.join(items)}</ul></details>\n"
