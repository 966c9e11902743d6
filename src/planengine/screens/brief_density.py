"""How much room the parts of the default screen take, from the roomiest to the densest."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from planengine.screens.brief_rows import MOST_LATE, MOST_QUESTIONS


class Beside(IntEnum):
    """Which reasons stand on the line of their level; the others have lines of their own."""

    NONE = 0
    LEVELS = 1  # another level, where the whole reason has room there
    SHORT_LEVELS = 2  # another level, without its clause where that has no room
    ALL = 3  # facts too, where what held and its value have room there


class Density(Struct, frozen=True):
    """How much room the parts take."""

    beside: Beside = Beside.NONE
    lines: int = 2  # the most that an overdue duty, a question or a kind of change takes
    blanks: bool = True
    late: int = MOST_LATE
    next_lines: int = 2  # the most that a duty takes that is to come
    packed: bool = False  # several deciders on one line, what they decide by number alone
    questions: int = MOST_QUESTIONS
    reason_lines: int = 2
    measures: bool = True  # what warnings bring
    leads: bool = True  # who leads
    levels: int | None = None  # how many rows; None: all
    choices: int | None = None  # how many that decide; None: all


STEPS: tuple[dict[str, object], ...] = (
    {"beside": Beside.LEVELS},
    {"lines": 1},
    {"blanks": False},
    {"late": 2},
    {"beside": Beside.SHORT_LEVELS},
    {"reason_lines": 1},
    {"late": 1},
    {"next_lines": 1},
    {"questions": 2},
    {"packed": True},
    {"questions": 1},
    {"beside": Beside.ALL},
    {"measures": False},
    {"leads": False},
)
CUTS = ((15, None), (13, None), (11, 12), (9, 9), (7, 7), (5, 5), (3, 3))  # levels and deciders


def densities() -> Iterator[Density]:
    """Each denser than the one before it: details go first, whole levels last."""
    density = Density()
    yield density
    for step in STEPS:
        density = replace(density, **step)
        yield density
    for levels, choices in CUTS:
        yield replace(density, levels=levels, choices=choices)
