"""What `--bench` measures, and how it is shown."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from jaxlint.verify.cli import main
from jaxlint.verify.timings import Timing, timing_plot, timing_table

WriteExample = Callable[..., Path]

FASTER = Timing("jax-a", "f<x>", "cpu", 1_000, reference=1e-3, fixed=1e-5)
SLOWER = Timing("jax-b", "g", "cpu", 10, reference=1e-6, fixed=1e-5)


def test_the_ratio_says_how_many_times_faster_the_fixed_code_is() -> None:
    assert FASTER.ratio == pytest.approx(100.0)
    assert SLOWER.ratio == pytest.approx(0.1)
    header, first, second = timing_table([FASTER, SLOWER]).splitlines()
    assert header.split() == ["rule", "function", "device", "size", "reference", "fixed,", "jit", "ratio"]
    assert first.split() == ["jax-a", "f<x>", "cpu", "1,000", "1.00", "ms", "10.0", "us", "100", "x"]
    assert second.endswith("0.1 x")


def test_faster_goes_to_the_right_and_slower_to_the_left() -> None:
    root = ElementTree.fromstring(timing_plot([FASTER, SLOWER], "a & b"))
    faster, slower = (bar for bar in root.iter("{http://www.w3.org/2000/svg}rect") if bar.get("x"))
    start, width = float(slower.get("x") or ""), float(slower.get("width") or "")
    assert float(faster.get("x") or "") == pytest.approx(start + width, abs=0.2)
    assert float(faster.get("width") or "") == pytest.approx(2 * width, abs=0.2)


def test_cases_with_inputs_for_a_size_are_measured(
    write_example: WriteExample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = 'Case("double", (np.ones(2),), bench=lambda size: (np.ones(size),), fails=Raises("TypeError", "immutable"))'
    folder = write_example(example=f"Example([{case}])")
    write_example("jax-other")
    plot = tmp_path / "plot.svg"
    assert main(["--examples", str(folder.parent), "--bench", "--sizes", "10", "1000", "--svg", str(plot)]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("jax-")]
    assert [(row[0], row[1], row[3]) for row in rows] == [("jax-demo", "double", "10"), ("jax-demo", "double", "1,000")]
    assert "double, 1,000 (jax-demo)" in plot.read_text()


def test_nothing_to_measure_is_said(write_example: WriteExample, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--examples", str(write_example().parent), "--bench"]) == 1
    assert "nothing was measured" in capsys.readouterr().err
