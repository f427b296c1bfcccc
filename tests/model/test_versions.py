"""Versions and ranges of them."""

from __future__ import annotations

import pytest

from jaxlint.model.jax_api import Api, State
from jaxlint.model.versions import VersionError, Versions, version

SOME = ("0.4.16", "0.4.30", "0.4.36", "0.5.0", "0.6.0", "0.12.0.1")


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", SOME),
        ("*", SOME),
        (">=0.4.30", SOME[1:]),
        ("> 0.4.30", SOME[2:]),
        ("<0.5", SOME[:3]),
        (">=0.4.30, <0.6", SOME[1:4]),
        ("==0.4.*", SOME[:3]),
        ("!=0.4.*", SOME[3:]),
        ("0.5", ("0.5.0",)),
        ("==0.5.0.0", ("0.5.0",)),
        ("~=0.4.30", SOME[1:3]),
        ("^0.4.30", SOME[1:3]),
        ("~0.4.30", SOME[1:3]),
        (">=0.4,!=0.4.36", (*SOME[:2], *SOME[3:])),
        (">=0.4.30rc1", SOME[1:]),
    ],
)
def test_ranges(text: str, allowed: tuple[str, ...]) -> None:
    versions = Versions.parse(text)
    assert tuple(each for each in SOME if versions.allows(version(each))) == allowed


@pytest.mark.parametrize("text", ["new", ">=", ">=x", "0.4 0.5", "=>0.4", "0.4;0.5"])
def test_no_ranges(text: str) -> None:
    with pytest.raises(VersionError):
        Versions.parse(text)


def test_the_newest_release_in_a_range() -> None:
    api = Api.known()
    newest = len(api.versions) - 1
    assert api.newest(Versions.parse("")) == newest
    assert api.newest(Versions.parse(">=99")) == newest
    assert api.newest(Versions.parse("<0.5")) == api.versions.index("0.4.38")
    assert api.newest(Versions.parse("<0.3")) is None


def test_what_appeared_and_went_between_the_two_that_are_tested() -> None:
    """The releases that the interpreters of the tests have; each row is checked by import, where one of them runs."""
    api = Api.known()
    old, new = api.versions.index("0.10.2"), len(api.versions) - 1
    assert api.state("jax.numpy", "minmax", old) is State.GONE
    assert api.state("jax.numpy", "minmax", new) is State.THERE
    assert api.state("jax.core", "is_concrete", old) is State.DEPRECATED
    assert api.state("jax.core", "is_concrete", new) is State.GONE
    assert api.has_module("jax.cloud_tpu_init", old)
    assert not api.has_module("jax.cloud_tpu_init", new)
