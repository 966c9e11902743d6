"""Checks that other installed packages offer, with the codes of what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from msgspec import Struct

from planengine.diagnostics.code import Code

GROUP = "planengine.checks"
"""The entry points by which packages offer checks: each names a `Checks`."""


class Checks(Struct, frozen=True):
    """The checks of one package: what they can find, and the function that looks for it.

    `run` takes a `Checked` (the linked library, and the date for which it is checked) and
    yields findings, made with `finding`, of `codes`.
    """

    codes: tuple[Code, ...]
    run: Callable[..., Iterable[Any]]


class Offer(Struct, frozen=True):
    """What an entry point gave: checks, or why it gave none."""

    name: str
    checks: Checks | None
    fault: str | None = None


@cache
def offers() -> tuple[Offer, ...]:
    """What the installed packages offer, by name; they are imported when this is first asked."""
    from planengine.diagnostics.codes import CODES

    taken = set(CODES)
    found: list[Offer] = []
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        try:
            checks = point.load()
        except Exception as error:  # noqa: BLE001 - another package may raise anything
            found.append(Offer(point.name, None, f"{type(error).__name__}: {error}"))
            continue
        fault = _fault(checks, taken)
        if fault is None:
            taken.update(code.id for code in checks.codes)
        found.append(Offer(point.name, checks if fault is None else None, fault))
    return tuple(found)


def offered_codes() -> Mapping[str, Code]:
    """The codes of the packages whose checks can be used."""
    return {
        code.id: code
        for offer in offers()
        if offer.checks is not None
        for code in offer.checks.codes
    }


def _fault(checks: object, taken: set[str]) -> str | None:
    if not isinstance(checks, Checks):
        return f"{type(checks).__name__} is no planengine.checks.Checks"
    twice = sorted(code.id for code in checks.codes if code.id in taken)
    return f"the code {twice[0]} is declared already" if twice else None
