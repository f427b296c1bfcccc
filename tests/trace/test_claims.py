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


def test_what_another_caller_may_leave_out_is_not_claimed(tmp_path: Path) -> None:
    found = claims(
        tmp_path,
        """
        import jax

        def shift(x, by=None, rate: float = 0.5):
            return x if by is None else x + rate * by

        def _shift(x, by=None):
            return x + by

        @jax.jit
        def step(x):
            return shift(x, x, x) + _shift(x, x)

        step(3.0)
        """,
    )
    assert found[3, "x"][0] == "traced"
    assert found[3, "by"][0] == "unknown"
    assert found[3, "rate"][0] == "unknown"
    assert found[6, "by"][0] == "traced"


def test_a_part_of_the_state_of_a_loop_may_be_empty(tmp_path: Path) -> None:
    found = claims(
        tmp_path,
        """
        import jax
        from elsewhere import aux

        def body(i, carry):
            x, extra = carry
            return x + 1, extra

        jax.lax.fori_loop(0, 3, body, (0.0, aux))
        """,
    )
    assert found[5, "x"][0] == "traced"
    assert found[5, "extra"][0] == "unknown"


def test_what_a_map_leaves_concrete_is_of_the_trace_around_it(tmp_path: Path) -> None:
    found = claims(
        tmp_path,
        """
        import jax
        import jax.numpy as jnp

        def lane(x):
            mask = jnp.zeros(3)
            both = mask + x
            return both

        @jax.jit
        def outer(xs):
            return jax.vmap(lane)(xs)

        alone = jax.vmap(lane)
        """,
    )
    assert found[5, "mask"] == ("traced", "traced by jax.jit of outer (line 9), lane called at line 11")
    assert found[4, "x"][1].startswith("traced by jax.vmap of lane (line 11)")


def test_an_object_of_a_base_class_may_be_a_pytree_of_a_class_derived_from_it(tmp_path: Path) -> None:
    found = claims(
        tmp_path,
        """
        import jax
        from elsewhere import pytree_dataclass

        class Group:
            def apply(self, x):
                return self.move(x)

        @pytree_dataclass
        class Rotation(Group):
            def move(self, x):
                return self.angle * x

        class Plain:
            def apply(self, x):
                return x
        """,
    )
    assert found[5, "self"][0] == "unknown"
    assert found[14, "self"][0] == "static"
