"""pylint on the command line, with the plugin."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .conftest import PROJECT_FINDINGS, RunPylint, Write

BRANCH, WHILE = "jax-traced-branch", "jax-traced-while"

STEP = """
    import jax

    @jax.jit
    def step(x):
        if x > 0:{branch}
            x = x + 1
        while x > 0:{loop}
            x = x - 1
        return x
    """


def step(branch: str = "", loop: str = "") -> str:
    return STEP.replace("{branch}", branch).replace("{loop}", loop)


def test_a_project_is_linted(project: Path, run_pylint: RunPylint) -> None:
    said = run_pylint("pkg")
    assert said.findings == PROJECT_FINDINGS
    assert said.code == 2
    assert said.err == ""


def test_clean_code_is_exit_status_0(write: Write, run_pylint: RunPylint) -> None:
    write({"clean.py": "import jax\n\nprint(jax.jit(lambda x: x + 1)(2))\n"})
    said = run_pylint("clean.py")
    assert (said.code, said.messages) == (0, [])


def test_one_file_gives_what_the_package_gives(project: Path, run_pylint: RunPylint) -> None:
    apart = run_pylint("pkg/ops.py").messages + run_pylint("pkg/train.py").messages
    assert sorted(map(str, apart)) == sorted(map(str, run_pylint("pkg").messages))
    assert apart


def test_the_order_of_files_does_not_matter(project: Path, run_pylint: RunPylint) -> None:
    forward = run_pylint("pkg/ops.py", "pkg/train.py", "pkg/plain.py")
    backward = run_pylint("pkg/plain.py", "pkg/train.py", "pkg/ops.py")
    assert sorted(map(str, forward.messages)) == sorted(map(str, backward.messages))
    assert forward.findings == PROJECT_FINDINGS


def test_several_processes_say_the_same(project: Path, run_pylint: RunPylint) -> None:
    one, two = run_pylint("-j", "1", "pkg"), run_pylint("-j", "2", "pkg")
    assert sorted(map(str, one.messages)) == sorted(map(str, two.messages))
    assert one.code == two.code
    assert one.findings == PROJECT_FINDINGS


def test_confidence_tells_how_it_is_known(project: Path, run_pylint: RunPylint) -> None:
    confidence = {message["path"]: message["confidence"] for message in run_pylint("pkg").messages}
    assert confidence == {"pkg/ops.py": "INFERENCE", "pkg/train.py": "HIGH"}
    assert {path for path, _, _ in run_pylint("--confidence=HIGH", "pkg").findings} == {"pkg/train.py"}


def test_json2_says_where(write: Write, run_pylint: RunPylint) -> None:
    folder = write({"step.py": step()})
    branch, loop = run_pylint("step.py").messages
    assert (branch["symbol"], branch["type"], branch["messageId"]) == (BRANCH, "error", "E6401")
    assert (branch["line"], branch["column"], branch["endLine"], branch["endColumn"]) == (5, 7, 5, 12)
    assert Path(branch["absolutePath"]) == (folder / "step.py").resolve()
    assert "jax.jit" in branch["message"]
    assert loop["symbol"] == WHILE


def test_the_message_tells_the_chain(project: Path, run_pylint: RunPylint) -> None:
    (message,) = [m["message"] for m in run_pylint("pkg").messages if m["symbol"] == BRANCH]
    assert "step" in message
    assert "pkg.train" in message
    assert "clip called at" in message


COMMENTED = {
    "none": (step(), {BRANCH, WHILE}),
    "on_a_line": (step(branch=f"  # pylint: disable={BRANCH}"), {WHILE}),
    "on_another_line": (step(loop=f"  # pylint: disable={WHILE}"), {BRANCH}),
    "by_the_name_of_all": (step(branch="  # pylint: disable=jax"), {WHILE}),
    "by_number": (step(branch="  # pylint: disable=E6401"), {WHILE}),
    "of_another_rule": (step(branch=f"  # pylint: disable={WHILE}"), {BRANCH, WHILE}),
    "on_the_next_line": (step().replace("    if x", f"    # pylint: disable-next={BRANCH}\n        if x"), {WHILE}),
    "in_a_block": (step().replace("(x):", f"(x):\n        # pylint: disable={BRANCH}"), {WHILE}),
    "of_two_in_a_block": (step().replace("(x):", f"(x):\n        # pylint: disable={BRANCH}, {WHILE}"), set()),
    "in_a_file": (f"\n    # pylint: disable={WHILE}\n{step()}", {BRANCH}),
    "of_a_file": (f"\n    # pylint: skip-file\n{step()}", set()),
}


def test_comments_disable(write: Write, run_pylint: RunPylint) -> None:
    write({f"{name}.py": text for name, (text, _) in COMMENTED.items()})
    said = run_pylint(*(f"{name}.py" for name in COMMENTED))
    left = {name: {symbol for path, _, symbol in said.findings if path == f"{name}.py"} for name in COMMENTED}
    assert left == {name: symbols for name, (_, symbols) in COMMENTED.items()}


@pytest.mark.parametrize(
    ("options", "symbols"),
    [
        (["--disable=all", f"--enable={BRANCH}"], {BRANCH}),
        (["--disable=all", f"--enable={BRANCH},{WHILE}"], {BRANCH, WHILE}),
        (["--disable=all", "--enable=jax", f"--disable={BRANCH}"], {WHILE}),
        (["--disable=all", "--enable=E6402"], {WHILE}),
        (["--disable=jax"], set()),
        ([], {BRANCH, WHILE}),
        (["--errors-only"], {BRANCH, WHILE}),
    ],
)
def test_options_enable_and_disable(
    options: list[str], symbols: set[str], write: Write, run_pylint: RunPylint
) -> None:
    write({"step.py": step()})
    said = run_pylint(*options, "step.py", only_jax=False)
    assert {symbol for _, _, symbol in said.findings if symbol.startswith("jax-")} == symbols


@pytest.mark.parametrize(
    ("option", "told"),
    [("--enable=jax", False), ("--enable=jax-extra", True), ("--enable=jax-legacy-key", True), ("--enable=R6206", True)],
)
def test_a_rule_that_is_off_by_default(option: str, told: bool, write: Write, run_pylint: RunPylint) -> None:
    write({"keys.py": "import jax\n\nprint(jax.random.normal(jax.random.PRNGKey(0), (3,)))\n"})
    said = run_pylint("--disable=all", option, "keys.py", only_jax=False)
    assert said.findings == ({("keys.py", 3, "jax-legacy-key")} if told else set())


def test_a_disabled_comment_that_is_of_no_use_is_told(write: Write, run_pylint: RunPylint) -> None:
    write({"step.py": f"import jax\n\nprint(jax.jit(abs)(2))  # pylint: disable={BRANCH}\n"})
    said = run_pylint("--enable=useless-suppression", "step.py")
    assert [message["symbol"] for message in said.messages] == ["useless-suppression"]


def test_a_disabled_comment_that_is_of_use_is_not(write: Write, run_pylint: RunPylint) -> None:
    write({"step.py": step(f"  # pylint: disable={BRANCH}", f"  # pylint: disable={WHILE}")})
    assert run_pylint("--enable=useless-suppression", "step.py").messages == []


PYPROJECT = """
    [tool.pylint.main]
    load-plugins = ["jaxlint"]
    score = false

    [tool.pylint."messages control"]
    disable = ["all"]
    enable = ["jax-traced-while"]
    """


def test_a_project_configures_it(project: Path, write: Write, run_pylint: RunPylint) -> None:
    write({"pyproject.toml": PYPROJECT})
    said = run_pylint("pkg", plugin=False, only_jax=False)
    assert said.findings == {("pkg/train.py", 7, WHILE)}


def test_input_from_an_editors_buffer(write: Write, run_pylint: RunPylint, tmp_path: Path) -> None:
    """`--from-stdin` needs a name; what is linted is the text given, not the file of that name."""
    import subprocess

    write({"step.py": "import jax\n"})
    done = subprocess.run(
        [sys.executable, "-m", "pylint", "--load-plugins=jaxlint", "--disable=all", "--enable=jax", "--score=no",
         "--from-stdin", "step.py"],
        cwd=tmp_path, input=step().replace("\n    ", "\n"), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert BRANCH in done.stdout
    assert WHILE in done.stdout


def test_every_rule_has_a_help_page(run_pylint: RunPylint) -> None:
    said = run_pylint("--help-msg=jax-traced-branch", json2=False)
    assert said.code == 0
    assert "jax-traced-branch (E6401)" in said.out
    assert "belongs to the jax checker" in said.out
