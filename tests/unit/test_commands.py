"""Whatever command a rule speaks against, it ends with one line and no trace of the program."""

import click
import pytest
from click.testing import CliRunner

from chengxin.cli import Nouns
from chengxin.core.errors import DomainError


def refused() -> None:
    raise DomainError("The month is not over yet.")


def test_a_refusal_ends_every_command_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    nouns = Nouns("chengxin")
    monkeypatch.setattr(nouns, "get_command", lambda _ctx, name: click.Command(name, callback=refused))
    answer = CliRunner().invoke(nouns, ["anything"])
    assert (answer.exit_code, answer.output) == (1, "Error: The month is not over yet.\n")
