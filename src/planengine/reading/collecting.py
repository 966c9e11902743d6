"""Working without looking for garbage: all that is made is kept, and looking takes long."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting(*, for_good: bool = False) -> Iterator[None]:
    """Let Python look for no garbage meanwhile: of loading it would be a third, and grows.

    What was made `for_good` then counts as old, so that it is not looked through at once. So does
    all else that is young, garbage included: not for what is done again and again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if for_good:
                _make_old()
            gc.enable()


def _make_old() -> None:
    """Move all that is known to the oldest generation, unless somebody keeps things frozen."""
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()
