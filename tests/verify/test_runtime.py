"""The runtime half: a right example holds, and each way of being wrong breaks the claim that is about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jaxlint.verify.claims import RUNTIME_CLAIMS, Claim, Outcome, Proof
from jaxlint.verify.platforms import CPU
from jaxlint.verify.runtime import prove

WriteExample = Callable[..., Path]


def broken(proof: Proof) -> dict[Claim, str]:
    """What is broken, and why."""
    return {verdict.claim: verdict.detail for verdict in proof.verdicts if verdict.outcome is Outcome.BROKEN}


def test_a_right_example_holds_in_every_claim(write_example: WriteExample) -> None:
    proof = prove(write_example(), CPU)
    one_device = dict.fromkeys(RUNTIME_CLAIMS, Outcome.HOLDS) | {Claim.DEVICES: Outcome.NOT_APPLICABLE}
    assert {claim: proof.outcome(claim) for claim in RUNTIME_CLAIMS} == one_device
    assert proof.holds


# --- a wrong fix ------------------------------------------------------------------------------------------------------


def test_a_fix_with_other_values_does_not_match(write_example: WriteExample) -> None:
    found = broken(prove(write_example(fixed="def double(x):\n    return 2 * x + 0.5\n"), CPU))
    assert found.keys() == {Claim.JIT, Claim.PLAIN, Claim.WIDE, Claim.VMAP}
    assert "2.5 at (0,), the reference has 2.0" in found[Claim.JIT]


def test_a_fix_that_still_fails_under_jit_breaks_what_needs_jit(write_example: WriteExample) -> None:
    found = broken(prove(write_example(fixed="def double(x):\n    return 2 * x if x[0] > 0 else 2 * x\n"), CPU))
    assert found.keys() == set(RUNTIME_CLAIMS) - {Claim.FAILS, Claim.LOADS, Claim.PLAIN, Claim.DEVICES}
    assert "TracerBoolConversionError" in found[Claim.COMPILES]


def test_a_fix_that_holds_under_jit_only_breaks_plain(write_example: WriteExample) -> None:
    fixed = """
        import jax

        def double(x):
            return 2 * x if isinstance(x, jax.core.Tracer) else x
        """
    assert broken(prove(write_example(fixed=fixed), CPU)).keys() == {Claim.PLAIN}


@pytest.mark.parametrize(
    "fixed",
    [
        """
        from functools import partial
        import jax

        @partial(jax.jit, static_argnames="n")
        def scale(x, n):
            return x * n
        """,
        """
        import jax

        def scale(x, n):
            return jax.jit(lambda y: y * n)(x)
        """,
        """
        import jax

        def scale(x, n):
            return jax.lax.fori_loop(0, n, lambda i, total: total + x, 0 * x)
        """,
    ],
    ids=["a static argument that changes", "jit of a new lambda", "a loop outside jit over a new lambda"],
)
def test_a_recompiling_fix_is_not_compiled_once(write_example: WriteExample, fixed: str) -> None:
    folder = write_example(
        bad="def scale(x, n):\n    return x\n",
        fixed=fixed,
        reference="def scale(x, n):\n    return x * n\n",
        example="""Example([
            Case("scale", (np.ones(3), 2), again=(np.ones(3), 3), plain_python=True, fails=Silent("it is not scaled"))
        ])""",
    )
    found = broken(prove(folder, CPU))
    assert found.keys() == {Claim.ONCE}
    assert "the second call, with equal shapes: traced: " in found[Claim.ONCE]


def test_floats_differ_in_the_second_call_even_without_again(write_example: WriteExample) -> None:
    fixed = """
        from functools import partial
        import jax

        @partial(jax.jit, static_argnames="rate")
        def decay(x, rate):
            return x * rate
        """
    folder = write_example(
        bad="def decay(x, rate):\n    return x\n",
        fixed=fixed,
        reference="def decay(x, rate):\n    return x * rate\n",
        example='Example([Case("decay", (np.ones(3), 0.5), fails=Silent("it stays"))])',
    )
    assert broken(prove(folder, CPU)).keys() == {Claim.ONCE, Claim.VMAP}


def test_a_static_argument_stays_in_the_second_call(write_example: WriteExample) -> None:
    folder = write_example(
        bad="def decay(x, rate):\n    return x\n",
        fixed="def decay(x, rate):\n    return x * rate\n",
        reference="def decay(x, rate):\n    return x * rate\n",
        example='Example([Case("decay", (np.ones(3), 0.5), static=("rate",), fails=Silent("it stays"))])',
    )
    assert broken(prove(folder, CPU)) == {}


def test_a_leaking_fix_leaks(write_example: WriteExample) -> None:
    fixed = """
        SEEN = []

        def double(x):
            SEEN.append(x + 1)
            return 2 * x
        """
    found = broken(prove(write_example(fixed=fixed), CPU))
    assert found.keys() == {Claim.NO_LEAK}
    assert "Leaked" in found[Claim.NO_LEAK]


def test_a_fix_that_uses_a_key_twice_is_caught_by_jax_and_by_the_moments(write_example: WriteExample) -> None:
    fixed = """
        import jax

        def pair(key):
            return jax.random.normal(key), jax.random.normal(key)
        """
    folder = write_example(
        bad="def pair(key):\n    return 0.0, 0.0\n",
        fixed=fixed,
        reference="def pair(rng):\n    return rng.normal(), rng.normal()\n",
        example='Example([Case("pair", (Key(0),), same=SameDistribution(), fails=Silent("nothing is drawn"))])',
    )
    found = broken(prove(folder, CPU))
    assert found.keys() == {Claim.FRESH_KEYS, Claim.JIT, Claim.WIDE}
    assert "KeyReuseError" in found[Claim.FRESH_KEYS]
    assert "second moment" in found[Claim.JIT]


def test_a_random_fix_that_draws_otherwise_without_jit_breaks_plain(write_example: WriteExample) -> None:
    fixed = """
        import jax

        def draw(key):
            return jax.random.normal(key if isinstance(key, jax.core.Tracer) else jax.random.fold_in(key, 1))
        """
    folder = write_example(
        bad="def draw(key):\n    return 0.0\n",
        fixed=fixed,
        reference="def draw(rng):\n    return rng.normal()\n",
        example='Example([Case("draw", (Key(0),), same=SameDistribution(), fails=Silent("nothing is drawn"))])',
    )
    assert broken(prove(folder, CPU)).keys() == {Claim.PLAIN}


def test_what_is_printed_is_compared_when_asked(write_example: WriteExample) -> None:
    folder = write_example(
        bad="def show(x):\n    raise ValueError('no')\n",
        fixed="import jax\n\ndef show(x):\n    jax.debug.print('x = {}', x)\n    return x\n",
        reference="def show(x):\n    print('x is', x)\n    return x\n",
        example='Example([Case("show", (3,), prints=True, fails=Raises("ValueError", "no"))])',
    )
    reason = r"prints 'x = 3\n', the reference 'x is 3\n'"
    assert broken(prove(folder, CPU)) == dict.fromkeys((Claim.JIT, Claim.PLAIN, Claim.WIDE), reason)


# --- a bad side that is not bad as stated -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("def double(x):\n    return 2 * x\n", "runs, and does not raise TypeError"),
        ("def double(x):\n    raise TypeError('something else')\n", "something else"),
        ("def double(x):\n    raise ValueError('JAX arrays are immutable')\n", "raises ValueError"),
        (
            "class Other(TypeError):\n    pass\n\ndef double(x):\n    raise Other('JAX arrays are immutable')\n",
            "not TypeError",
        ),
    ],
    ids=["it runs", "another message", "another class", "a subclass"],
)
def test_a_bad_function_that_does_not_raise_as_stated(write_example: WriteExample, bad: str, reason: str) -> None:
    found = broken(prove(write_example(bad=bad), CPU))
    assert found.keys() == {Claim.FAILS}
    assert reason in found[Claim.FAILS]


def broken_with(write_example: WriteExample, bad: str, fails: str) -> dict[Claim, str]:
    """What is broken when bad.py fails by the expression `fails`, and all else is right."""
    example = f'Example([Case("double", (np.array([1.0, 2.0]),), fails={fails})])'
    return broken(prove(write_example(bad=bad, example=example), CPU))


def test_silent_without_a_check_means_that_bad_does_not_match(write_example: WriteExample) -> None:
    assert broken_with(write_example, "def double(x):\n    return x\n", "Silent('it is not doubled')") == {}


def test_silent_is_refuted_by_a_bad_function_that_matches(write_example: WriteExample) -> None:
    found = broken_with(write_example, "def double(x):\n    return x + x\n", "Silent('it is not doubled')")
    assert found.keys() == {Claim.FAILS}
    assert "matches the reference" in found[Claim.FAILS]


def test_the_effect_must_not_show_in_the_fixed_function(write_example: WriteExample) -> None:
    found = broken_with(write_example, "def double(x):\n    return x\n", "Silent('it runs', lambda f, x: True)")
    assert found == {Claim.FAILS: "the fixed function shows it as well: it runs"}


def test_the_effect_must_show_in_the_bad_function(write_example: WriteExample) -> None:
    found = broken_with(write_example, "def double(x):\n    return x\n", "Silent('it grows', lambda f, x: False)")
    assert found == {Claim.FAILS: "the bad function does not show: it grows"}


def test_a_warning_must_come_from_bad_and_not_from_fixed(write_example: WriteExample) -> None:
    warn = "import warnings\n\ndef double(x):\n    warnings.warn('slow')\n    return 2 * x\n"
    assert broken_with(write_example, warn, "Warns('UserWarning', 'slow')") == {}
    example = 'Example([Case("double", (np.ones(2),), fails=Warns("UserWarning", "slow"))])'
    assert broken(prove(write_example("jax-other", bad=warn, fixed=warn, example=example), CPU)) == {
        Claim.FAILS: "the fixed function warns as well"
    }


# --- folders that are no examples -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sides", "reason"),
    [
        ({"fixed": "def other(x):\n    return x\n"}, "fixed.py has no function double"),
        ({"fixed": "def double(x:\n"}, "fixed.py does not load: SyntaxError"),
        ({"example": "None"}, "reference.py has no EXAMPLE"),
        ({"example": "Example([])"}, "reference.py has no EXAMPLE"),
    ],
)
def test_a_folder_of_another_form_says_what_is_missing(
    write_example: WriteExample, sides: dict[str, str], reason: str
) -> None:
    found = broken(prove(write_example(**sides), CPU))
    assert found.keys() == {Claim.LOADS}
    assert reason in found[Claim.LOADS]


def test_a_reference_function_without_a_case_is_an_error(write_example: WriteExample) -> None:
    folder = write_example()
    with (folder / "reference.py").open("a", encoding="utf-8") as file:
        file.write("\ndef halve(x):\n    return x / 2\n")
    assert broken(prove(folder, CPU)) == {Claim.LOADS: "no case for halve of reference.py"}


def test_a_missing_file_is_an_error(write_example: WriteExample) -> None:
    folder = write_example()
    (folder / "bad.py").unlink()
    assert broken(prove(folder, CPU)) == {Claim.LOADS: "there is no bad.py"}


# --- inputs -----------------------------------------------------------------------------------------------------------


def test_every_side_gets_its_own_form_of_each_input(write_example: WriteExample) -> None:
    fixed = """
        import jax
        import numpy as np

        class Box:
            pass

        def look(x, host, key, seed, box, nested):
            assert isinstance(x, jax.Array) and isinstance(nested["a"][0], jax.Array)
            assert isinstance(host, np.ndarray)
            assert jax.numpy.issubdtype(key.dtype, jax.dtypes.prng_key)
            assert seed == 7 and isinstance(box, Box)
            return 1.0
        """
    reference = """
        class Box:
            pass

        def look(x, host, rng, seed, box, nested):
            assert isinstance(x, np.ndarray) and isinstance(nested["a"][0], np.ndarray)
            assert isinstance(host, np.ndarray) and isinstance(rng, np.random.Generator)
            assert seed == 7 and isinstance(box, Box)
            return 1.0

        INPUTS = np.ones(2), Host(np.ones(2)), Key(0), Seed(7), Made(lambda side: side.Box()), {"a": [np.ones(1)]}
        """
    example = """Example([
        Case("look", INPUTS, again=INPUTS, plain_python=True, fails=Silent("2", lambda look, *args: look(*args) == 2))
    ])"""
    bad = fixed.replace("return 1.0", "return 2.0")
    assert broken(prove(write_example(bad=bad, fixed=fixed, reference=reference, example=example), CPU)) == {}


def test_a_call_does_not_see_what_an_earlier_one_did_to_its_arguments(write_example: WriteExample) -> None:
    reference = "def double(x):\n    x *= 2\n    return x\n\nX = np.array([1.0, 2.0])\n"
    example = 'Example([Case("double", (X,), again=(X,), fails=Raises("TypeError", "JAX arrays are immutable"))])'
    assert broken(prove(write_example(reference=reference, example=example), CPU)) == {}


def test_the_bad_function_may_take_other_arguments(write_example: WriteExample) -> None:
    example = """Example([
        Case("double", (np.ones(2),), bad_args=(1, 2), fails=Silent("it adds", lambda f, *args: len(args) == 2))
    ])"""
    assert broken(prove(write_example(bad="def double(x, y):\n    return x + y\n", example=example), CPU)) == {}


def test_an_example_that_needs_what_is_not_installed_is_unavailable_and_says_why(write_example: WriteExample) -> None:
    example = 'Example([Case("double", (1.0,), Silent(""))], needs=("not_there",))'
    folder = write_example(bad="import not_there", example=example)
    proof = prove(folder, CPU)
    assert {verdict.outcome for verdict in proof.verdicts} == {Outcome.UNAVAILABLE}
    assert all("needs not_there, which is not installed" in verdict.detail for verdict in proof.verdicts)


def test_an_import_that_fails_is_broken_unless_the_example_names_the_module(write_example: WriteExample) -> None:
    proof = prove(write_example(bad="import not_there"), CPU)
    assert proof.outcome(Claim.LOADS) is Outcome.BROKEN
