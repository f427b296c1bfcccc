"""`benchmarks/real_code.py` compares what is found with what is known, here in a package of two lines that are wrong."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = ROOT / "benchmarks" / "real_code.py"

SOURCE = """\
import jax

@jax.jit
def clip(x):
    if x > 0:
        return x
    return -x

key = jax.random.key(0)
a = jax.random.normal(key)
b = jax.random.normal(key)
"""

RELEASE = """
[[release]]
package = "tiny-package"
version = "1.2"
folder = "tiny"
"""


def verdict(line: int, rule: str, said: str = "right", folder: str = "tiny") -> str:
    return (
        f'[[finding]]\npackage = "tiny-package"\nversion = "1.2"\nfile = "{folder}/code.py"\nline = {line}\n'
        f'rule = "{rule}"\nverdict = "{said}"\nconfirmed = "run"\n'
    )


BRANCH, REUSE = (5, "jax-traced-branch"), (11, "jax-key-reuse")


def run(tmp_path: Path, *verdicts: str) -> tuple[int, str]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "code.py").write_text(SOURCE)
    table = tmp_path / "verdicts.toml"
    table.write_text(RELEASE + "".join(verdicts))
    command = [sys.executable, str(COMMAND), str(folder), "--verdicts", str(table)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr


def test_what_is_known_passes(tmp_path: Path) -> None:
    status, output = run(tmp_path, verdict(*BRANCH), verdict(*REUSE, said="wrong"))
    assert "tiny-package 1.2: 11 lines; for 1,000 lines: E 1 (90.91), W 1 (90.91)" in output
    assert "known right 1, known wrong 1, not looked at 0, gone 0" in output
    assert "known wrong: tiny/code.py:11: jax-key-reuse: " in output
    assert status == 0


def test_a_finding_that_was_not_looked_at_fails(tmp_path: Path) -> None:
    status, output = run(tmp_path, verdict(*BRANCH))
    assert "known right 1, known wrong 0, not looked at 1, gone 0" in output
    assert "not looked at: tiny/code.py:11: jax-key-reuse: " in output
    assert status == 1


def test_a_verdict_whose_finding_is_gone_fails(tmp_path: Path) -> None:
    status, output = run(tmp_path, verdict(*BRANCH), verdict(*REUSE), verdict(10, "jax-key-reuse"))
    assert "known right 2, known wrong 0, not looked at 0, gone 1" in output
    assert "gone: tiny/code.py:10: jax-key-reuse" in output
    assert status == 1


def test_verdicts_of_other_packages_are_left_alone(tmp_path: Path) -> None:
    status, output = run(tmp_path, verdict(*BRANCH), verdict(*REUSE), verdict(1, "jax-key-reuse", folder="other"))
    assert "known right 2, known wrong 0, not looked at 0, gone 0" in output
    assert status == 0


def test_what_is_no_folder_or_no_table_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "verdicts.toml"
    broken.write_text("[[finding")
    for arguments in ([str(tmp_path / "missing")], ["--verdicts", str(broken)]):
        command = [sys.executable, str(COMMAND), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 2
        assert "is no" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with the plugin and this command, and nothing that differs from its last commit."""
    folder = tmp_path / "repository"
    for name in ("jaxlint", "checkers", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "As it is."]):
        subprocess.run([*git, *command], check=True)
    return folder


def compare(repository: Path, tmp_path: Path, revision: str = "HEAD") -> tuple[int, str]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "code.py").write_text(SOURCE)
    table = tmp_path / "verdicts.toml"
    table.write_text(RELEASE + verdict(*BRANCH))
    command = [sys.executable, str(repository / "benchmarks" / "real_code.py"), str(folder)]
    command += ["--verdicts", str(table), "--compare", revision]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr


def test_without_a_change_nothing_differs_from_a_revision(repository: Path, tmp_path: Path) -> None:
    status, output = compare(repository, tmp_path)
    assert output == "tiny-package 1.2: no change\nin all: 0 added, 0 removed\n"
    assert status == 0


def test_what_a_change_adds_and_removes_is_told_with_what_is_known_of_it(repository: Path, tmp_path: Path) -> None:
    truth = repository / "checkers" / "tracing" / "truth.py"
    truth.write_text(truth.read_text().replace("needs the value of", "asks for the value of"))
    keys = repository / "checkers" / "keys" / "reuse.py"
    keys.write_text(keys.read_text().replace("yield Finding", "if False: yield Finding"))
    status, output = compare(repository, tmp_path)
    first, *lines, last = output.splitlines()
    assert first == "tiny-package 1.2: 1 added, 2 removed"
    assert [line.strip().partition(": jax")[0] for line in lines] == [
        "+ tiny/code.py:5",
        "- tiny/code.py:5",
        "- tiny/code.py:11",
    ]
    assert "`if` asks for the value of" in lines[0]
    assert lines[0].endswith("[right]")
    assert last == "in all: 1 added, 2 removed"
    assert status == 1


def test_a_revision_that_is_none_is_told(repository: Path, tmp_path: Path) -> None:
    status, output = compare(repository, tmp_path, "no-such-revision")
    assert "no plugin at no-such-revision" in output
    assert "Traceback" not in output
    assert status == 2


def test_a_release_that_the_table_does_not_name_is_told(tmp_path: Path) -> None:
    command = [sys.executable, str(COMMAND), "--only", "rlax", "no-such-package"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert "names no release of no-such-package" in done.stderr
