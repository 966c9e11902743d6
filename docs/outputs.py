"""Put real output into the READMEs: after each `<!-- output: COMMAND -->` its first lines.

`python docs/outputs.py` writes them; with `--check` it only tells what is out of date.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

from click.testing import CliRunner

ROOT = Path(__file__).parent.parent
FILES = ("README.md", "README.zh-CN.md")
LINES = 48
BLOCK = re.compile(r"(<!-- output: (.+?) -->\n```text\n)(.*?)(```\n<!-- end -->)", re.DOTALL)


def output(command: str) -> str:
    """What a command line of ours prints, its first lines; runs in the project's folder."""
    from planengine.cli.main import group

    words = shlex.split(command)
    settings = dict(word.split("=", 1) for word in words if "=" in word.partition(" ")[0][:12])
    words = [word for word in words if word.partition("=")[0] not in settings]
    result = CliRunner().invoke(group, words[1:], env=settings)
    if result.exit_code:
        raise SystemExit(f"{command}: {result.output}")
    lines = [line.rstrip() for line in result.output.splitlines()]
    more = ["…"] if len(lines) > LINES else []
    return "\n".join([*lines[:LINES], *more]) + "\n"


def main() -> int:
    """Write or check; 1 when `--check` finds a block out of date."""
    os.chdir(ROOT)
    stale = 0
    for name in FILES:
        text = Path(name).read_text("utf-8")
        fresh = BLOCK.sub(lambda found: found[1] + output(found[2]) + found[4], text)
        if fresh == text:
            continue
        stale += 1
        if "--check" in sys.argv[1:]:
            print(f"out of date: {name} (run: python docs/outputs.py)")
        else:
            Path(name).write_text(fresh, "utf-8")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
