"""Small examples, written to a temporary folder."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

WriteExample = Callable[..., Path]

BAD = """
    import jax

    @jax.jit
    def double(x):
        x[0] = 2.0  # [jax-demo]
        return x
    """
DOUBLE = """
    def double(x):
        return 2 * x
    """
CASE = 'Case("double", (np.array([1.0, 2.0]),), fails=Raises("TypeError", "JAX arrays are immutable"))'


@pytest.fixture
def write_example(tmp_path: Path) -> WriteExample:
    """Writes an example and returns its folder; what is not given is that of one that is right in all claims.

    `reference` is the functions of reference.py, `example` the list of cases.
    """

    def write(
        symbol: str = "jax-demo",
        *,
        bad: str = BAD,
        fixed: str = DOUBLE,
        reference: str = DOUBLE,
        example: str = f"Example([{CASE}])",
    ) -> Path:
        folder = tmp_path / symbol
        folder.mkdir()
        header, footer = "import numpy as np\nfrom jaxlint.verify import *\n\n", f"\nEXAMPLE = {example}\n"
        files = {"bad": _text(bad), "fixed": _text(fixed), "reference": header + _text(reference) + footer}
        for side, text in files.items():
            (folder / f"{side}.py").write_text(text, encoding="utf-8")
        return folder

    return write


def _text(block: str) -> str:
    return textwrap.dedent(block).lstrip("\n")
