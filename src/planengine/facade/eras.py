"""The rules of an incident at any moment, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from planengine.facade.epochs import Epochs, Frame

if TYPE_CHECKING:
    from planengine.assessment.outline import Outline
    from planengine.engines.both import Engine as Backend
    from planengine.evidence.world import World


class Era:
    """The rules of one frame and the world of its stretch of time, made when first asked for."""

    def __init__(
        self,
        outline: Callable[[], Outline],
        world: Callable[[], World],
        backend: Callable[[], Backend],
    ) -> None:
        self._outline = outline
        self._world = world
        self._backend = backend

    @cached_property
    def outline(self) -> Outline:
        return self._outline()

    @cached_property
    def world(self) -> World:
        return self._world()

    @cached_property
    def backend(self) -> Backend:
        return self._backend()


class Eras:
    """The rules of one incident at any moment."""

    def __init__(
        self,
        epochs: Epochs,
        frame: Frame,
        make: Callable[[Frame], Era],
    ) -> None:
        self._epochs = epochs
        self._frame = frame  # that of the incident, for some epoch
        self._make = make
        self._made: dict[tuple[int, frozenset[str]], Era] = {}

    def is_for(
        self,
        roster: tuple[str, ...],
        scope: frozenset[str] | None,
        hazards: frozenset[str] | None,
    ) -> bool:
        """Whether these are the rules of an incident that has these, at any moment."""
        frame = self._frame
        return (frame.roster, frame.scope, frame.hazards) == (roster, scope, hazards)

    def at(self, moment: int, used: frozenset[str]) -> Era:
        epoch = self._epochs.number(moment)
        found = self._made.get((epoch, used))
        if found is None:
            own = self._epochs.applying(epoch, self._frame.hazards or frozenset())
            also = used - own
            if also != used:
                found = self.at(moment, also)
            else:
                found = self._make(replace(self._frame, epoch=epoch, also=also))
            self._made[epoch, used] = found
        return found

    def starts(self, since: int, until: int) -> tuple[int, ...]:
        return self._epochs.between(since, until)
