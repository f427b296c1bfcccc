"""Two small releases from PyPI, linted as a user would: every finding has a verdict, and every verdict its finding.

`python benchmarks/real_code.py` does the same for all releases of the table.
"""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parents[2] / "benchmarks" / "real_code.py"
PACKAGES = ("gymnax", "rlax")


def test_small_releases_are_as_the_table_says(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(tmp_path), PACKAGES[0]]
    if subprocess.run(pip, capture_output=True, check=False, timeout=120).returncode:
        pytest.skip("no package index can be reached")
    command = [sys.executable, str(COMMAND), "--only", *PACKAGES]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
