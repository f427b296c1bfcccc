"""How long the reference and the fixed code take: the figures, as a table and as a plot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ROW, LEFT, WIDE, TOP = 22, 330, 560, 40
"""Pixels of the plot: the height of a row, the width of its name, the width of the axis, and the height above."""

FEWEST = 4
"""Powers of ten on the axis, at least: a ratio of one stays in the middle."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The seconds of one call of a case's function, for inputs of one size: the median of several."""

    symbol: str
    function: str
    device: str
    size: int
    reference: float
    fixed: float

    @property
    def ratio(self) -> float:
        """How many times faster the fixed code is."""
        return self.reference / self.fixed


def timing_table(timings: Sequence[Timing]) -> str:
    """One row a function and size."""
    header = ["rule", "function", "device", "size", "reference", "fixed, jit", "ratio"]
    rows = [
        [t.symbol, t.function, t.device, f"{t.size:,}", _time(t.reference), _time(t.fixed), _ratio(t.ratio)]
        for t in timings
    ]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in (header, *rows))


def _time(seconds: float) -> str:
    """In the unit in which there are up to three digits before the point."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:,.2f} {unit}"
    return f"{seconds * 1e6:.1f} us"


def _ratio(ratio: float) -> str:
    return f"{ratio:,.0f} x" if ratio >= 10 else f"{ratio:.2g} x"


def timing_plot(timings: Sequence[Timing], title: str) -> str:
    """An SVG picture: a bar a row, from ratio one to the left where the fixed code is slower, else to the right."""
    decades = max([FEWEST / 2, *(abs(math.log10(timing.ratio)) for timing in timings)])
    half = math.ceil(decades + 0.25)  # and room for the figure beside the longest bar
    scale = WIDE / (2 * half)
    middle = LEFT + half * scale
    height = TOP + ROW * len(timings) + 30
    marks = "".join(
        f'<line x1="{LEFT + i * scale:.1f}" x2="{LEFT + i * scale:.1f}" y1="{TOP}" y2="{height - 26}" stroke="#ddd"/>'
        f'<text x="{LEFT + i * scale:.1f}" y="{height - 10}" text-anchor="middle">{10.0 ** (i - half):g} x</text>'
        for i in range(2 * half + 1)
    )
    bars = "".join(_bar(timing, TOP + ROW * place, middle, scale) for place, timing in enumerate(timings))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDE + 40}" height="{height}" '
        f'viewBox="0 0 {LEFT + WIDE + 40} {height}" style="max-width: 100%; height: auto" '
        f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="10" y="22" font-size="14">{escape(title)}</text>{marks}{bars}</svg>\n'
    )


def _beside(middle: float, reach: float) -> float:
    """Where the ratio stands: past the end of its bar."""
    return middle + reach + (4 if reach > 0 else -4)


def _bar(timing: Timing, y: float, middle: float, scale: float) -> str:
    reach = math.log10(timing.ratio) * scale
    colour = "#2b7a4b" if reach > 0 else "#b5482f"
    name = escape(f"{timing.function}, {timing.size:,} ({timing.symbol})")
    return (
        f'<text x="10" y="{y + 15}">{name}</text>'
        f'<rect x="{min(middle, middle + reach):.1f}" y="{y + 4}" width="{abs(reach):.1f}" height="14" fill="{colour}">'
        f"<title>{_time(timing.reference)} and {_time(timing.fixed)}</title></rect>"
        f'<text x="{_beside(middle, reach):.1f}" y="{y + 15}" text-anchor="{"start" if reach > 0 else "end"}">'
        f"{_ratio(timing.ratio)}</text>"
    )
