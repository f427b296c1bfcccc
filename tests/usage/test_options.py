"""The plugin's own options."""

from __future__ import annotations

import pytest

from .conftest import RunPylint, Write

LOSSES = """
    import jax
    from collections.abc import Callable

    def squared(x, weight=None, clip: bool = False, reduce: Callable | None = None):
        if weight is not None:
            x = x * weight
        if clip:
            x = x / 2
        if x > 0:
            return x
        return -x

    def repeated(x, n: int):
        for _ in range(n):
            x = x + 1
        return 1 if x > 0 else 0

    class Scaled:
        def apply(self, x):
            return x if x > 0 else -x

    def make():
        def inner(x):
            return x if x > 0 else -x
        return inner
    """

@pytest.mark.parametrize(
    ("pattern", "lines"),
    [
        ("mylib.losses.*", {9, 16, 20}),
        ("mylib.*", {9, 16, 20}),
        ("mylib.losses.squared", {9}),
        ("mylib.losses.Scaled.*,mylib.losses.r*", {16, 20}),
        ("mylib.losses.make.inner", {24}),
        ("other.*", set()),
    ],
)
def test_assumed_to_be_traced(pattern: str, lines: set[int], write: Write, run_pylint: RunPylint) -> None:
    write({"mylib/__init__.py": "", "mylib/losses.py": LOSSES})
    said = run_pylint(f"--assume-traced={pattern}", "mylib")
    assert {message["line"] for message in said.messages} == lines
    assert {message["confidence"] for message in said.messages} <= {"INFERENCE"}


def test_nothing_is_assumed_unless_said(write: Write, run_pylint: RunPylint) -> None:
    write({"mylib/__init__.py": "", "mylib/losses.py": LOSSES})
    assert run_pylint("mylib").messages == []


def test_in_pyproject(write: Write, run_pylint: RunPylint) -> None:
    write({
        "mylib/__init__.py": "",
        "mylib/losses.py": LOSSES,
        "pyproject.toml": """
            [tool.pylint.jax]
            assume-traced = ["mylib.losses.squared"]
            """,
    })
    said = run_pylint("mylib")
    assert said.findings == {("mylib/losses.py", 9, "jax-traced-branch")}


def test_without_the_rest_of_the_package(write: Write, run_pylint: RunPylint) -> None:
    write({
        "pkg/__init__.py": "",
        "pkg/ops.py": "import jax\n\ndef relu(x):\n    return x if x > 0 else 0\n",
        "pkg/train.py": "import jax\nfrom pkg.ops import relu\n\nstep = jax.jit(relu)\n",
    })
    assert run_pylint("pkg/ops.py").findings == {("pkg/ops.py", 4, "jax-traced-branch")}
    assert run_pylint("--read-package=n", "pkg/ops.py").findings == set()
