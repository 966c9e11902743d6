"""The rules of an incident at any moment, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from planengine.domain.entities import Entities
from planengine.facade.epochs import Epochs, Frame, applying

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
        entities: Entities,
        epochs: Epochs,
        frame: Frame,
        make: Callable[[Frame], Era],
    ) -> None:
        self._entities = entities
        self._epochs = epochs
        self._frame = frame  # that of the incident, for some epoch
        self._make = make
        self._made: dict[Frame, Era] = {}

    def at(self, moment: int, used: frozenset[str]) -> Era:
        epoch = self._epochs.number(moment)
        start = self._epochs.start(epoch)
        own = applying(self._entities, start, self._frame.hazards or frozenset())
        frame = replace(self._frame, epoch=epoch, also=used - own)
        if frame not in self._made:
            self._made[frame] = self._make(frame)
        return self._made[frame]

    def starts(self, since: int, until: int) -> tuple[int, ...]:
        return self._epochs.between(since, until)
