"""Working without looking for garbage: all that is made is kept, and looking takes long."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Let Python look for no garbage meanwhile: of loading it would be a third, and grows.

    What was made meanwhile then counts as old, so that it is not looked through at once.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            _make_old()
            gc.enable()


def _make_old() -> None:
    """Move all that is known to the oldest generation, unless somebody keeps things frozen."""
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()
