"""Where a person sits who plays: at the desk of the duty officer, or in one body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from planengine.assessment.decisions import Decision
from planengine.domain.entities import Entities
from planengine.exercises.deeds import ids_of
from planengine.exercises.duties import Owed
from planengine.exercises.script import Inject

_BY = ("decide", "invoke", "acknowledged", "hand-over")


class Seat(Struct, frozen=True):
    """A person who plays: of a body with its posts, or the duty officer where there is none.

    The duty officer sees everything, and decides; duties are left to others where somebody else
    plays them (`others`).
    """

    members: frozenset[str] = frozenset()
    others: bool = False

    def hears(self, inject: Inject) -> bool:
        """Whether a message is for the person."""
        return not self.members or not inject.to or bool(self.members & {*inject.to})

    def decides(self, item: Decision) -> bool:
        """Whether a decision is the person's."""
        return not self.members or bool(self.members & {*ids_of(item.approve)})

    def owes(self, one: Owed) -> bool:
        """Whether a duty is the person's."""
        return bool(self.members & {*one.by}) if self.members else not self.others

    def plays(self, record: Mapping[str, Any]) -> bool:
        """Whether something in a script is the person's to do."""
        if not self.members:
            return "decide" in record or not self.others
        said = (record.get(key) for key in _BY)
        by = {one["by"] for one in said if isinstance(one, Mapping) and "by" in one}
        return bool(self.members & {record.get("source"), *by})


def seat_of(body: str | None, entities: Entities, *, others: bool) -> Seat:
    """The seat of a body with the posts that are held in it; of the duty officer without one."""
    if body is None:
        return Seat(others=others)
    posts = {post.id for post in entities.posts.values() if post.body == body}
    return Seat(frozenset({body, *posts}), others)
