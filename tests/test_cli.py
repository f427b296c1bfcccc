"""The command `jaxlint`."""

from __future__ import annotations

import pytest

from jaxlint.cli import SUBCOMMANDS, main


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_alone_it_lists_its_subcommands(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert all(name in out and command.help in out for name, command in SUBCOMMANDS.items())


def test_an_unknown_subcommand_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["abacus"]) == 2
    assert "'abacus'" in capsys.readouterr().err


def test_a_subcommand_is_told_how_it_was_called(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["verify", "--help"])
    assert stop.value.code == 0
    assert "usage: jaxlint verify" in capsys.readouterr().out
