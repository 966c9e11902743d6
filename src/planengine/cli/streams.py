"""Output that its stream can always take: what an encoding lacks is written as an escape."""

from __future__ import annotations

import codecs
import json
import sys
from io import TextIOWrapper

import click

from planengine.cli.language import Say

_HANDLER = "planengine.escaped"
_lacking: set[str] = set()  # the encodings that lacked something


def take_everything() -> None:
    """Let standard output and the error stream take every character.

    An escape is that of JSON, so that JSON stays JSON with the same meaning.
    """
    codecs.register_error(_HANDLER, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def tell_what_lacked(say: Say) -> None:
    """One line on the error stream where an encoding had no form for what was written."""
    for encoding in sorted(_lacking):
        click.echo(
            say(
                f"输出编码 {encoding} 无法表示的字符已写作 \\uXXXX：请设 PYTHONUTF8=1",
                f"what {encoding} cannot show is written as \\uXXXX: set PYTHONUTF8=1",
            ),
            err=True,
        )


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    if not error.encoding.lower().startswith("utf"):
        _lacking.add(error.encoding)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end
