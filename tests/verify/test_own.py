"""A function of the user's own: what is found of it, and what is said where the command is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jaxlint.verify.claims import Claim, Outcome, Proof
from jaxlint.verify.cli import main
from jaxlint.verify.own.child import judged

Write = Callable[..., None]

BRANCH = """
    import jax.numpy as jnp

    def clip(x, limit):
        if jnp.max(x) > limit:
            x = x / jnp.max(x)
        return x
    """
WHERE = """
    import jax.numpy as jnp

    def clip(x, limit):
        return jnp.where(jnp.max(x) > limit, x / jnp.max(x), x)
    """


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes files of a project that is the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))

    def files(**texts: str) -> None:
        for name, text in texts.items():
            path = tmp_path / (name.replace("__of__", "/") + ".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")

    return files


def found(after: str, like: str, before: str = "", **options: Any) -> dict[str, Any]:
    """What the process finds on the CPU; it is this one here."""

    def side(name: str) -> dict[str, Any]:
        where, _, function = name.rpartition(":")
        return {"where": where, "function": function, "root": str(Path.cwd()), "revision": None}

    order = {"name": after, "after": side(after), "before": side(before) if before else None, "like": like}
    usual = {"platform": "cpu", "compiling": False, "host": False, "same_distribution": False}
    return judged({**order, **usual, **options})


def outcomes(answer: dict[str, Any]) -> dict[Claim, Outcome]:
    proof = Proof.from_json(answer["proof"])
    return {claim: proof.outcome(claim) for claim in {verdict.claim for verdict in proof.verdicts}}


def broken(answer: dict[str, Any]) -> dict[Claim, str]:
    verdicts = Proof.from_json(answer["proof"]).verdicts
    return {verdict.claim: verdict.detail for verdict in verdicts if verdict.outcome is Outcome.BROKEN}


# --- what is found ----------------------------------------------------------------------------------------------------


def test_a_right_function_holds_in_every_claim(write: Write) -> None:
    write(train=WHERE)
    answer = found("train.py:clip", "x=f32[8], limit=1.0")
    assert set(outcomes(answer).values()) == {Outcome.HOLDS}
    assert answer["reference"] == "it without jit"


def test_the_fix_is_compared_with_what_was_before_in_the_way_in_which_that_runs(write: Write) -> None:
    in_place = "import jax.numpy as jnp\n\ndef clip(x, limit):\n    x[x > limit] = limit\n    return x\n"
    write(old=BRANCH, new=WHERE, numpy_like=in_place, minimum="def clip(x, limit):\n    return x.clip(max=limit)\n")
    answer = found("new.py:clip", "x=f32[8], limit=1.0", "old.py:clip")
    assert not broken(answer)
    assert answer["reference"] == "before without jit"
    assert answer["notes"] == [
        "before under jit raises jax.errors.TracerBoolConversionError: "
        "Attempted boolean conversion of traced array with shape bool[]. (old.py:5)"
    ]
    answer = found("minimum.py:clip", "x=f32[8], limit=1.0", "numpy_like.py:clip")
    assert not broken(answer)
    assert answer["reference"] == "before without jit and on NumPy arrays"


def test_a_fix_that_computes_something_else_is_told_with_the_inputs(write: Write) -> None:
    write(old=BRANCH, new=WHERE.replace("> limit", "< limit"))
    answer = found("new.py:clip", "x=f32[8], limit=1.0", "old.py:clip")
    assert broken(answer).keys() == {Claim.JIT, Claim.PLAIN}
    assert "the reference has" in broken(answer)[Claim.JIT]


def test_a_fix_that_is_wrong_for_other_inputs_alone_is_told(write: Write) -> None:
    write(
        old="import jax.numpy as jnp\n\ndef root(x):\n    return jnp.where(x == 0, 1.0, x)\n",
        new="def root(x):\n    return x\n",
    )
    assert broken(found("new.py:root", "x=f32[8]", "old.py:root"))[Claim.JIT].startswith("where numbers are zero, ")


def test_what_still_fails_under_jit_is_told_with_its_line(write: Write) -> None:
    write(train=BRANCH)
    answer = found("train.py:clip", "x=f32[8], limit=1.0")
    assert "TracerBoolConversionError" in broken(answer)[Claim.COMPILES]
    assert broken(answer)[Claim.COMPILES].endswith("(train.py:5)")
    assert outcomes(answer)[Claim.PLAIN] is Outcome.HOLDS


def test_a_recompiling_a_leaking_and_a_key_reusing_function_are_caught(write: Write) -> None:
    write(
        train="""
        import jax

        kept = []

        def leaking(x):
            kept.append(x)
            return x

        def reusing(key):
            return jax.random.normal(key) + jax.random.normal(key)

        def recompiling(x):
            return jax.jit(lambda x: 2 * x)(x)
        """
    )
    assert Claim.NO_LEAK in broken(found("train.py:leaking", "x=f32[3]"))
    assert broken(found("train.py:reusing", "key=key[]")).keys() == {Claim.FRESH_KEYS}
    assert broken(found("train.py:recompiling", "x=f32[3]", host=True)).keys() == {Claim.ONCE}


def test_the_users_own_jit_decides_what_is_static(write: Write) -> None:
    write(
        train="""
        from functools import partial
        import jax
        import jax.numpy as jnp

        @partial(jax.jit, static_argnames="n")
        def right(x, n):
            return x * jnp.zeros(n)

        @jax.jit
        def wrong(x, n):
            return x * jnp.zeros(n)
        """
    )
    assert not broken(found("train.py:right", "n=3, x=f32[3]"))
    assert "Shapes must be 1D sequences" in broken(found("train.py:wrong", "x=f32[3], n=3"))[Claim.COMPILES]


@pytest.mark.parametrize(
    "like",
    [
        "f32[4], (f32[4], 2), opts={'w': f32[4], 'n': 2}, mode='sum', key=key[2]",
        "mode='sum', opts={'w': ~f32[], 'n': 2}, pair=(f32[4], 2), x=bf16[4], key=key[2]",
    ],
)
def test_arguments_of_every_kind(write: Write, like: str) -> None:
    write(
        train="""
        import jax

        def f(x, pair, *, opts, mode, key):
            assert mode == "sum"
            noise = jax.vmap(jax.random.normal)(key)
            return {"y": x * opts["w"] + pair[0] * pair[1] + opts["n"], "noise": noise}
        """
    )
    assert not broken(found("train.py:f", like))


def test_other_draws_are_a_mismatch_unless_moments_are_asked_for(write: Write) -> None:
    write(
        old="import jax\n\ndef f(key):\n    return jax.random.normal(key, (2,))\n",
        new="import jax\n\ndef f(key):\n    return jax.random.normal(jax.random.split(key)[0], (2,))\n",
        narrow="import jax\n\ndef f(key):\n    return 0.5 * jax.random.normal(jax.random.split(key)[0], (2,))\n",
    )
    assert broken(found("new.py:f", "key[]", "old.py:f"))[Claim.JIT].endswith("--same-distribution")
    assert not broken(found("new.py:f", "key[]", "old.py:f", same_distribution=True))
    assert "second moment" in broken(found("narrow.py:f", "key[]", "old.py:f", same_distribution=True))[Claim.JIT]


def test_a_version_without_any_result_leaves_nothing_to_compare_with(write: Write) -> None:
    write(old="def f(x):\n    raise OSError('no file')\n", new="def f(x):\n    return x\n")
    answer = found("new.py:f", "f32[3]", "old.py:f")
    assert outcomes(answer)[Claim.JIT] is Outcome.UNAVAILABLE
    assert outcomes(answer)[Claim.COMPILES] is Outcome.HOLDS
    assert "before without jit raises OSError: no file (old.py:2)" in str(answer["proof"])


# --- what is imported -------------------------------------------------------------------------------------------------


def test_each_version_sees_the_modules_beside_it_and_later_too(write: Write) -> None:
    late = "def f(x):\n    import helper\n    return helper.factor * x\n"
    write(
        old__of__train=late,
        old__of__helper="factor = 2.0\n",
        new__of__train=f"import helper\n\n{late}",
        new__of__helper="factor = 3.0\n",
    )
    assert "the reference has" in broken(found("new/train.py:f", "f32[3]", "old/train.py:f"))[Claim.PLAIN]
    assert not broken(found("new/train.py:f", "f32[3]", "new/train.py:f"))
    assert "helper" not in sys.modules
    assert "train" not in sys.modules


def test_a_file_in_a_package_and_a_module_are_imported_as_such(write: Write) -> None:
    write(
        src__of__pkg__of____init__="",
        src__of__pkg__of__constants="factor = 2.0\n",
        src__of__pkg__of__train="""
        from .constants import factor

        class Model:
            @staticmethod
            def f(x):
                return factor * x
        """,
    )
    assert not broken(found("src/pkg/train.py:Model.f", "f32[3]"))
    (Path.cwd() / "pkg").symlink_to(Path.cwd() / "src" / "pkg")
    assert not broken(found("pkg.train:Model.f", "f32[3]"))


@pytest.mark.parametrize("name", ["my-file", "2", "random", "with space", "jax", "naïve", "a:b", "a.b"])
def test_a_file_may_have_any_name(write: Write, name: str) -> None:
    write(**{name: "import random\nimport jax\n\ndef f(x):\n    return random.__name__ and 2 * x\n"})
    if name in ("random", "jax"):  # which the file itself imports: as when Python runs it
        (Path.cwd() / f"{name}.py").write_text("def f(x):\n    return 2 * x\n")
    assert not broken(found(f"{name}.py:f", "f32[3]"))


@pytest.mark.parametrize(
    ("function", "like", "message"),
    [
        ("none.py:f", "", "there is no file none.py"),
        ("no_module:f", "", "there is no module no_module here: no no_module in "),
        ("train.none:f", "", "there is no module train.none here"),
        ("train.py:clap", "", "train.py has no clap; did you mean clip?"),
        ("train.py:zzz", "", "train.py has no zzz"),
        ("train.py:limit", "", "train.py:limit is no function but of type float"),
        ("train.py:clip", "x=f32[3]", "--like does not fit clip(x, limit): missing a required argument: 'limit'"),
        ("train.py:clip", "x=f32[3], limit=1.0, n=3", "--like does not fit clip(x, limit): got an unexpected keyword"),
        ("train.py:clip", "1, 2, 3", "--like does not fit clip(x, limit): too many positional arguments"),
        ("raising.py:f", "", "importing raising.py raises ZeroDivisionError: division by zero (raising.py:1)"),
        (
            "needing.py:f",
            "",
            "importing needing.py raises ModuleNotFoundError: No module named 'no_such_thing' (needing.py:1)",
        ),
        ("broken.py:f", "", "importing broken.py raises SyntaxError: "),
        ("script.py:f", "", "importing script.py raises SystemExit: 3 (script.py:2); is what it should do"),
    ],
)
def test_a_function_that_is_not_there(write: Write, function: str, like: str, message: str) -> None:
    write(
        train=BRANCH + "\n    limit = 1.0\n",
        raising="1 / 0\n",
        needing="import no_such_thing\n",
        broken="def f(:\n",
        script="import sys\nsys.exit(3)\n",
    )
    assert found(function, like)["error"].startswith(message)


def test_random_results_need_a_key(write: Write) -> None:
    write(train=WHERE)
    assert "no key[]" in found("train.py:clip", "f32[3], 1.0", same_distribution=True)["error"]


# --- the command ------------------------------------------------------------------------------------------------------


def git(*arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@b", *arguments], check=True, capture_output=True)


def test_a_revision_is_what_was_before(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        pkg__of____init__="",
        pkg__of__helper="factor = 2.0\n",
        pkg__of__train="from pkg.helper import factor\n" + "def f(x):\n    return factor * x\n",
    )
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "One")
    write(pkg__of__helper="factor = 3.0\n")
    for function in ("pkg/train.py:f", "pkg.train:f"):
        assert main([function, "--before", "HEAD", "--like", "f32[2]", "--platform", "cpu"]) == 1
        out, err = capsys.readouterr()
        assert "cpu: failed" in out
        assert err == f"jaxlint verify imports and runs {function} of HEAD and {function}\n"
    write(pkg__of__helper="factor = 4.0 / 2\n")
    assert main(["pkg.train:f", "--before", "HEAD", "--like", "x=f64[2]", "--platform", "cpu", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["function"], answer["before"], answer["like"]) == ("pkg.train:f", "HEAD", "x=f64[2]")
    (platform,) = answer["platforms"]
    assert (platform["platform"], platform["status"], platform["holds"]) == ("cpu", "executed", True)
    assert platform["reference"] == "before under jit"


def test_text_says_what_was_compared(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write(old=BRANCH, new=WHERE)
    assert main(["old.py:clip", "new.py:clip", "--like", "x=f32[8], limit=1.0", "--platform", "cpu"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "new.py:clip (x=f32[8], limit=1.0)"
    assert "cpu: executed" in lines
    assert "  jit         ok    equals before without jit" in lines
    assert lines[-1].startswith("  before under jit raises jax.errors.TracerBoolConversionError")


def test_a_function_that_ends_or_hangs_the_process_is_a_failed_platform(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write(train="import os, time\n\ndef end(x):\n    os._exit(3)\n\ndef hang(x):\n    time.sleep(600)\n")
    assert main(["train.py:end", "--like", "f32[2]", "--platform", "cpu"]) == 1
    assert "the process ended with exit code 3" in capsys.readouterr().out
    assert main(["train.py:hang", "--like", "f32[2]", "--platform", "cpu", "--time-limit", "20"]) == 1
    assert "no answer in 20 seconds" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["train.py:f"], "say what train.py:f is called with, as in --like"),
        (["--like", "f32[3]"], "name the function, as in train.py:step"),
        (["train.py", "--like", ""], "'train.py' names no function: write train.py:step"),
        (
            ["my-file:f", "--like", ""],
            "'my-file' is no name of a module; a file is named with its ending, as in my-file.py:f",
        ),
        (["train.py:f(x)", "--like", ""], "'f(x)' is no name of a function"),
        (["train.py:f", "--like", "x=f33[2]"], "there is no dtype f33"),
        (["a.py:f", "b.py:f", "c.py:f", "--like", ""], "name one function and --before REVISION, or"),
        (["a.py:f", "b.py:f", "--before", "HEAD", "--like", ""], "name one function and --before REVISION, or"),
        (["train.py:f", "--like", "", "--rule", "jax-key-reuse"], "--rule is for the examples"),
        (["--before", "HEAD"], "--before is for a function of your own"),
        (["train.py:f", "--before", "HEAD", "--like", ""], "not a git repository"),
        (["none/train.py:f", "--before", "HEAD", "--like", ""], "there is no file none/train.py"),
    ],
)
def test_a_wrong_call_is_a_clear_error(
    write: Write, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*arguments, "--platform", "cpu"])
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("revision", "message"), [("nowhere", "git: Needed a single revision"), ("HEAD", "there is no new.py in HEAD")]
)
def test_a_revision_that_does_not_have_it(
    write: Write, revision: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(old=BRANCH)
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "One")
    write(new=WHERE)
    with pytest.raises(SystemExit) as stop:
        main(["new.py:clip", "--before", revision, "--like", "f32[3], 1.0", "--platform", "cpu"])
    assert stop.value.code == 2
    assert message in capsys.readouterr().err
