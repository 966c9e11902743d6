"""Runs the commands of a page in turn, in one folder, and compares what they print with what is shown.

Beside `console` blocks, a block after `<!-- append: FILE -->` is what the reader adds to a file.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from planengine.cli import times
from planengine.values.times import parse_time
from tests.cli.run import run
from tests.docs.blocks import Block, blocks

_NOW = parse_time("2026-07-20T10:00:00+08:00")


def steps(page: Path) -> list[Block]:
    """What the reader types or writes, from the top."""
    written = (block for block in blocks(page, "yaml") if block.check.startswith("append: "))
    return sorted([*blocks(page, "console"), *written], key=lambda block: block.line)


def printed(page: Path) -> Iterator[tuple[Block, list[str]]]:
    """Each command of a page, with the lines that it prints in the present folder.

    It is ten o'clock on the day of the incident.
    """
    with patch.object(times, "now", lambda: _NOW):
        yield from _printed(page)


def _printed(page: Path) -> Iterator[tuple[Block, list[str]]]:
    for block in steps(page):
        if block.language == "yaml":
            with Path(block.check.removeprefix("append: ")).open("a", encoding="utf-8") as file:
                file.write(block.text)
            continue
        command = block.text.splitlines()[0].removeprefix("$ planengine ")
        result = run(*shlex.split(command), columns=90)
        assert result.exit_code == 0, f"{block}: {result.output}"
        yield block, [line.rstrip() for line in result.stdout.splitlines()]


def is_shown(lines: Sequence[str], actual: Sequence[str]) -> bool:
    """Whether lines are as shown: `…` stands for any lines, and at the end of a line for its rest."""
    pattern = "".join(_pattern(line) for line in _comparable(lines))
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _comparable(actual))) is not None


def _pattern(line: str) -> str:
    if line == "…":
        return r"(?:.*\n)*?"
    return re.escape(line.removesuffix("…").rstrip()) + (r".*\n" if line.endswith("…") else r"\n")


def _comparable(lines: Sequence[str]) -> list[str]:
    """Without blanks that fill a column or line, and how many files a library has."""
    plain = (" ".join(line.split()) for line in lines)
    return [re.sub(r"^\d+(?= files| 个文件)", "#", line) for line in plain if line]
