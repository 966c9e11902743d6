"""Runs a command as a user does, in this process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from planengine.cli.main import group
from tests.shipped import ROOT

FLOOD = str(ROOT / "examples" / "flood-day.yaml")
EARTHQUAKE = str(ROOT / "examples" / "earthquake.yaml")
LIBRARY = ("--library", str(ROOT))


def run(*words: str, stdin: str | None = None, columns: int = 120) -> Result:
    """The result of a command line; what is not told to the user is raised."""
    settings = {"COLUMNS": str(columns)}
    result = CliRunner().invoke(group, list(words), input=stdin, env=settings)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
