"""The `planengine` command. Each subcommand's module is imported only when it is called."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

_COMMANDS = {
    "assess": "Assess an incident: levels, agencies, actions, deadlines and reasons.",
    "check": "Check a library: everything that reading, linking and compiling find.",
    "explain": "Explain a diagnostic's code, with an example and its mending.",
    "graph": "Draw what depends on what: facts, standards, plans, agencies, actions.",
    "list": "List what a library declares: plans, facts, agencies and so on.",
    "schema": "Print a JSON Schema of the YAML files, for editors.",
}


class _LazyGroup(click.Group):
    """A group that knows its commands' names and imports a command only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"planengine.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.command(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="planengine")
def group() -> None:
    """Emergency plans that run and can be checked.

    Exit status: 0 fine, 1 findings in what you wrote, 2 wrong use.
    """


def main() -> None:
    """Run the command line; the entry point of the `planengine` script."""
    gc.disable()  # a short process that frees nothing: collecting costs a tenth of its time
    try:
        group(prog_name="planengine")
    except BrokenPipeError:  # the reader (head, a pager) has gone: not an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
