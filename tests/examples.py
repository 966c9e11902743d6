"""How many examples a property tries: as many as it says, or its share of them."""

from __future__ import annotations

from hypothesis import settings

_USUAL = 100


def examples(usual: int) -> int:
    """`usual` by the default profile, by another its share, and five at least."""
    return max(5, usual * settings().max_examples // _USUAL)
