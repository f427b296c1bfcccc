"""What README.md says is so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jaxlint.docs import output_of, program_of, updated

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_screen_is_what_pylint_says() -> None:
    """`python -m jaxlint.docs README.md` makes it so."""
    shown = output_of(README)
    assert shown in README
    assert "(jax-traced-branch)" in shown


def test_what_is_generated_is_up_to_date() -> None:
    assert updated(README) == README


def test_jax_refuses_the_program(tmp_path: Path) -> None:
    """The first error is the first that the README shows."""
    path = tmp_path / "train.py"
    path.write_text(program_of(README), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(path)],
        env=os.environ | {"JAX_PLATFORMS": "cpu"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode != 0
    assert "TracerBoolConversionError" in done.stderr
    assert "if norm > limit:" in done.stderr


def test_two_commands_do_all_the_set_up() -> None:
    commands = re.findall(r"^    (python -m pip install .*&&.*)$", README, re.MULTILINE)
    assert [("pylint" in command, "pytest" in command) for command in commands] == [(True, False), (False, True)]


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert link.startswith("https://") or (ROOT / link).exists()
