"""The `planengine` command, which `python -m planengine` is too."""

from __future__ import annotations

import gc
import os
import signal
import sys
from types import FrameType

INTERRUPTED = 130  # as a shell tells of Ctrl-C


def main() -> None:
    """Run the command line; Ctrl-C ends it at once and in silence, whatever it is doing."""
    signal.signal(signal.SIGINT, _interrupted)
    gc.disable()  # a short process that frees nothing: collecting costs a tenth of its time
    from planengine.cli.language import language_of, speaker
    from planengine.cli.main import group
    from planengine.cli.streams import take_everything, tell_what_lacked

    take_everything()
    try:
        group(prog_name="planengine")
    finally:
        tell_what_lacked(speaker(language_of(sys.argv[1:])))


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    """Raising would be lost where an import or a destructor swallows what is raised."""
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
