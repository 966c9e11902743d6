"""How the point program stops: a stand-in for every value that is no valid point."""

from __future__ import annotations

from typing import Final, NoReturn


class Divert(Exception):  # noqa: N818  # not an error
    """Raised in the point program: a test needs a value that is not a valid point."""


class _Open:
    """Takes the place of a value; whoever compares it, or asks for its truth, is diverted.

    So a value that is unknown or wrong counts only where an answer depends on it.
    """

    __slots__ = ()

    def _divert(self, *_other: object) -> NoReturn:
        raise Divert

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _divert
    __bool__ = __hash__ = __radd__ = _divert


OPEN: Final = _Open()
