"""The command: table, JSON, exit codes; one process an example."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from jaxlint.verify.claims import Claim, Outcome, Proof
from jaxlint.verify.cli import main
from jaxlint.verify.lint import NoLinter, Report, Spot, marks
from jaxlint.verify.platforms import CPU
from jaxlint.verify.processes import prove_all
from jaxlint.verify.workers import Limits

WriteExample = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[2]


class Truthful:
    """Reports exactly what is marked."""

    def lint(self, files: Sequence[Path], symbols: Sequence[str]) -> Report:
        spots: set[Spot] = set().union(*(marks(path) for path in files if path.name == "bad.py"))
        return Report(frozenset(spots))


class Missing:
    """Is not installed."""

    def lint(self, files: Sequence[Path], symbols: Sequence[str]) -> NoLinter:
        return NoLinter("pylint is not installed")


def test_all_claims_hold(write_example: WriteExample, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--examples", str(write_example("jax-demo").parent)], Truthful()) == 0
    header, row, *_, last = capsys.readouterr().out.splitlines()
    assert header.split() == ["rule", "platform", "status", *" ".join(claim.value for claim in Claim).split()]
    one_device = [Outcome.NOT_APPLICABLE.value if claim is Claim.DEVICES else "ok" for claim in Claim]
    assert row.split() == ["jax-demo", "cpu", "executed", *one_device]
    assert last == "cpu: 1 example: 1 executed"


def test_a_broken_claim_is_an_exit_code_and_a_line(
    write_example: WriteExample, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_example("jax-demo", fixed="def double(x):\n    return x\n")
    assert main(["--examples", str(folder.parent), "--rule", "jax-demo"], Truthful()) == 1
    out = capsys.readouterr().out
    assert "FAIL" in out
    assert "jax-demo (cpu) double: jit: the result: 1.0 at (0,), the reference has 2.0" in out


def test_what_is_unavailable_is_shown_and_is_no_failure(
    write_example: WriteExample, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--examples", str(write_example().parent)], Missing()) == 0
    out = capsys.readouterr().out
    assert "n/a" in out
    assert "jax-demo (cpu): flagged: unavailable: pylint is not installed" in out
    assert out.splitlines()[-1] == "cpu: 1 example: 1 executed, 1 with a claim that could not be shown"


def test_every_kind_of_wrong_fix_is_caught(write_example: WriteExample, capsys: pytest.CaptureFixture[str]) -> None:
    fixes = {
        "jax-wrong": ("def double(x):\n    return 2 * x if x[0] > 0 else x\n", Claim.COMPILES),
        "jax-recompiling": ("import jax\n\ndef double(x):\n    return jax.jit(lambda y: 2 * y)(x)\n", Claim.ONCE),
        "jax-leaking": ("SEEN = []\n\ndef double(x):\n    SEEN.append(x + 1)\n    return 2 * x\n", Claim.NO_LEAK),
        "jax-other": ("def double(x):\n    return 2 * x + 1\n", Claim.JIT),
    }
    host = 'Case("double", (np.ones(2),), fails=Raises("TypeError", "immutable"), plain_python=True)'
    for symbol, (fixed, claim) in fixes.items():
        example = {"example": f"Example([{host}])"} if claim is Claim.ONCE else {}
        folder = write_example(symbol, fixed=fixed, **example)
    write_example("jax-demo")
    assert main(["--examples", str(folder.parent), "--json", "--workers", "1"], Truthful()) == 1
    rows = {row["rule"]: row for row in json.loads(capsys.readouterr().out)}
    for symbol, (_, claim) in fixes.items():
        assert rows[symbol]["status"] == "failed"
        broken = {verdict["claim"] for verdict in rows[symbol]["claims"] if verdict["outcome"] == "broken"}
        assert claim.value in broken, symbol
    assert rows["jax-demo"]["status"] == "executed"


def test_a_trouble_that_all_share_is_said_once(write_example: WriteExample, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [write_example(f"jax-{name}", fixed="def double(x):\n    return x\n") for name in "abcd"]
    assert main(["--examples", str(folders[0].parent)], Truthful()) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "4 functions or examples: jit: the result: 1.0 at (0,), the reference has 2.0" in lines
    assert lines[-1] == "cpu: 4 examples: 4 failed"


def test_json_holds_every_verdict(write_example: WriteExample, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--examples", str(write_example().parent), "--json"], Truthful()) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["rule"], row["platform"], row["holds"]) == ("jax-demo", "cpu", True)
    assert {claim["claim"] for claim in row["claims"]} == {claim.value for claim in Claim}
    assert Proof.from_json(row).to_json() == row


def test_the_web_page_holds_the_table_and_the_reasons(write_example: WriteExample, tmp_path: Path) -> None:
    folder = write_example("jax-demo", fixed="def double(x):\n    raise ValueError('<b>')\n")
    path = tmp_path / "table.html"
    assert main(["--examples", str(folder.parent), "--html", str(path)], Truthful()) == 1
    text = path.read_text()
    assert '<td class="failed">failed</td>' in text
    assert "double jit: raises ValueError: &lt;b&gt;" in text
    assert "<b>" not in text


def test_a_web_page_that_cannot_be_written_is_a_clear_error(
    write_example: WriteExample, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--examples", str(write_example().parent), "--html", str(tmp_path / "none" / "table.html")], Truthful())
    assert stop.value.code == 2
    assert "cannot write" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rule", "jax-none"],
        ["--platform", "abacus"],
        ["--examples", "nowhere"],
        ["--workers", "0"],
        ["--time-limit", "-1"],
    ],
)
def test_a_wrong_call_is_a_clear_error(
    write_example: WriteExample, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--examples", str(write_example().parent), *arguments], Truthful())
    assert stop.value.code == 2
    assert arguments[1] in capsys.readouterr().err or arguments[0] in ("--workers",)


# --- processes --------------------------------------------------------------------------------------------------------


def test_one_example_does_not_see_what_another_did_to_jax(write_example: WriteExample) -> None:
    spoiling = "import jax\n\njax.config.update('jax_enable_x64', True)\n\ndef double(x):\n    return 2 * x\n"
    clean = "import jax\n\nassert not jax.config.jax_enable_x64\n\ndef double(x):\n    return 2 * x\n"
    folders = [write_example("jax-a", fixed=spoiling), write_example("jax-b", fixed=clean)]
    assert [proof.outcome(Claim.LOADS) for proof in prove_all(folders, CPU, workers=1)] == [Outcome.HOLDS] * 2


def test_an_example_that_ends_its_process_is_a_broken_row(write_example: WriteExample) -> None:
    folders = [write_example("jax-a", fixed="import os\nos._exit(3)\n"), write_example("jax-b")]
    first, second = prove_all(folders, CPU, workers=2)
    assert {verdict.detail for verdict in first.verdicts} == {"the process ended with exit code 3"}
    assert second.holds


def test_an_example_that_hangs_is_a_broken_row(write_example: WriteExample) -> None:
    folders = [write_example("jax-a", fixed="import time\n\ntime.sleep(600)\n"), write_example("jax-b")]
    first, second = prove_all(folders, CPU, workers=1, limits=Limits(each=20))
    assert {verdict.detail for verdict in first.verdicts} == {"no answer in 20 seconds"}
    assert second.holds


def test_past_the_time_for_all_examples_the_rest_are_broken_rows(write_example: WriteExample) -> None:
    folders = [write_example("jax-a", fixed="import time\n\ntime.sleep(600)\n"), write_example("jax-b")]
    first, second = prove_all(folders, CPU, workers=1, limits=Limits(together=5))
    assert "no answer in" in first.verdicts[0].detail
    assert {verdict.detail for verdict in second.verdicts} == {"not tried: the 5 seconds for all examples had passed"}


def test_examples_share_a_process(write_example: WriteExample) -> None:
    note = "import os\nimport pathlib\n\npathlib.Path(__file__).with_name('process').write_text(str(os.getpid()))\n"
    folders = [write_example(f"jax-{name}", fixed=f"{note}\ndef double(x):\n    return 2 * x\n") for name in "ab"]
    assert all(proof.holds for proof in prove_all(folders, CPU, workers=1))
    assert len({(folder / "process").read_text() for folder in folders}) == 1


def test_what_an_earlier_example_loaded_breaks_no_claim(write_example: WriteExample) -> None:
    loads = write_example("jax-a", fixed="import sys\n\nsys.loaded = True\n\ndef double(x):\n    return 2 * x\n")
    check = "import sys\n\nassert not hasattr(sys, 'loaded')\n"
    minds = write_example("jax-b", fixed=f"{check}\ndef double(x):\n    return 2 * x\n")
    assert all(proof.holds for proof in prove_all([loads, minds], CPU, workers=1))


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_starts_without_jax_and_the_runtime_half_without_pylint() -> None:
    script = """
        import sys
        import jaxlint.verify.cli
        assert "jax" not in sys.modules
        import jaxlint.verify.runtime
        assert not {"astroid", "pylint"} & sys.modules.keys()
        """
    done = python("-c", "\n".join(line.strip() for line in script.splitlines()))
    assert done.returncode == 0, done.stderr


def test_a_reference_verifies_its_own_folder(write_example: WriteExample) -> None:
    folder = write_example(fixed="def double(x):\n    return x\n")
    with (folder / "reference.py").open("a", encoding="utf-8") as file:
        file.write("\nif __name__ == '__main__':\n    run_example(__file__)\n")
    done = python(str(folder / "reference.py"))
    assert done.returncode == 1, done.stderr
    assert "jax-demo (cpu) double: plain: the result: 1.0 at (0,)" in done.stdout
