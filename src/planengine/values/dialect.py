"""How one library writes bounds: in which languages, and with which units of its own."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from planengine.values.languages import USUAL
from planengine.values.unit_table import Unit


class Dialect(Struct, frozen=True):
    """The languages of a library's bounds, and the units that its vocabulary declares."""

    languages: tuple[str, ...] = USUAL
    units: Mapping[str, Unit] = field(default_factory=dict)


PLAIN = Dialect()
"""That of a library which declares nothing of its own."""
