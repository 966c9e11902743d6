"""What management rules ask of plans, and names that a plan should no longer have."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.domain.documents import Basis

Asked: TypeAlias = Literal[
    "assessed", "exercised", "release", "first-release", "conference", "report-upward"
]


class Requirement(Struct, frozen=True):
    """What a rule asks of plans of some kinds and for some hazards; () is all of them.

    `years` is how often at least something is done, `seconds` within which time a release is
    made; with `worst` only of one that is made at the worst level.
    """

    asks: Asked
    plan_kinds: tuple[str, ...]
    hazards: tuple[str, ...]
    years: int | None
    seconds: int | None
    worst: bool
    basis: tuple[Basis, ...]


class FormerName(Struct, frozen=True):
    """Names that bodies had until a time, and what they are called since."""

    names: tuple[str, ...]
    now: str
    until: int
    basis: tuple[Basis, ...] = ()
