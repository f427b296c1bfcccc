"""What names are claimed to hold: `python -m jaxlint.trace --json`."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path


def claims(tmp_path: Path, source: str) -> dict[tuple[int, str], tuple[str, str]]:
    path = tmp_path / "code.py"
    path.write_text(textwrap.dedent(source).lstrip())
    command = [sys.executable, "-m", "jaxlint.trace", "--json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = map(json.loads, done.stdout.splitlines())
    return {(row["line"], row["name"]): (row["claim"], row.get("because", "")) for row in rows}


def test_a_claim_comes_with_the_way_that_led_to_it(tmp_path: Path) -> None:
    found = claims(
        tmp_path,
        """
        import jax

        def double(x):
            factor = 2
            return factor * x

        @jax.jit
        def step(x):
            y = double(x)
            return y

        step(3.0)
        """,
    )
    assert found[3, "x"] == ("traced", "traced by jax.jit of step (line 7), step called at line 12, double called at line 9")
    assert found[4, "factor"][0] == "static"
    assert found[9, "y"] == ("traced", "traced by jax.jit of step (line 7), step called at line 12")


def test_an_object_of_a_class_without_fields_may_have_those_of_a_subclass(tmp_path: Path) -> None:
    found = claims(
        tmp_path,
        """
        import jax
        from flax import struct

        @struct.dataclass
        class Params:
            pass

        @struct.dataclass
        class Rates(Params):
            rate: float

        @jax.jit
        def step(params: Params, x):
            return params

        exact = Params()
        step(Rates(0.1), 2.0)
        """,
    )
    assert found[13, "x"][0] == "traced"
    assert found[13, "params"][0] == "traced"
    assert found[16, "exact"][0] == "static"


def test_who_is_handed_an_object_of_an_abstract_class_is_not_known(tmp_path: Path) -> None:
    found = claims(
        tmp_path,
        """
        import jax
        from flax import struct

        @struct.dataclass
        class Params:
            pass

        def weigh(params: Params, x):
            return params
        """,
    )
    assert found[8, "params"][0] == "unknown"
