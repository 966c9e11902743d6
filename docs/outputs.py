"""Put real output into the READMEs and the officer's page.

In the READMEs, after each `<!-- output: COMMAND -->` its first lines. The commands of the officer's
page are run in turn; what they print replaces what is shown, but where a line `…` stands for it.
`python docs/outputs.py` writes them; with `--check` it only tells what is out of date.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner

ROOT = Path(__file__).parent.parent
FILES = ("README.md", "README.zh-CN.md")
STEPS = tuple(
    f"docs/guide/{page}{language}"
    for page in ("officer", "session")
    for language in (".md", ".zh-CN.md")
)
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


def with_outputs(page: Path) -> str:
    """The page with the first lines of what its commands print in the project's folder."""
    return BLOCK.sub(lambda found: found[1] + output(found[2]) + found[4], page.read_text("utf-8"))


def with_steps(page: Path) -> str:
    """The page with what its commands print when they are given in turn in an empty folder."""
    from tests.docs.shown import printed

    text = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for block, lines in printed(page):
            command, *shown = block.text.splitlines()
            if shown and "…" not in shown:
                text = text.replace(block.text, "\n".join([command, *lines]) + "\n")
        os.chdir(ROOT)
    return text


def main() -> int:
    """Write or check; 1 when `--check` finds a block out of date."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    fresh = {name: with_outputs(Path(name)) for name in FILES}
    fresh |= {name: with_steps(ROOT / name) for name in STEPS}
    stale = [name for name, text in fresh.items() if text != Path(name).read_text("utf-8")]
    for name in stale:
        if "--check" in sys.argv[1:]:
            print(f"out of date: {name} (run: python docs/outputs.py)")
        else:
            Path(name).write_text(fresh[name], "utf-8")
    return 1 if stale and "--check" in sys.argv[1:] else 0


if __name__ == "__main__":
    sys.exit(main())
