"""What a name can mean for `impact`: every thing that a library declares or names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from planengine.domain.acts import acts_of
from planengine.domain.citations import clauses_in
from planengine.domain.entities import Entities
from planengine.domain.ids import plan_key
from planengine.domain.names import Mention, normal_spelling
from planengine.domain.plan_names import plans_named
from planengine.domain.terms import ActTerm

PLAN = "plan"
CLAUSE = "clause"
SOME = 3


class Thing(Struct, frozen=True, order=True):
    """One thing by its kind and id (of a plan its key), and what it belongs to where its kind
    has an owner: a level to its scale, an action to its plan.

    A clause of a source belongs to the source, one that people may invoke to nothing.
    """

    kind: str
    id: str
    owner: str = ""

    @property
    def whole_kind(self) -> str:
        """The kind with its owner, as names have it: "level:response"."""
        return f"{self.kind}:{self.owner}" if self.owner else self.kind

    def __str__(self) -> str:
        return f"{self.whole_kind}:{self.id}"


class Things(Struct, dict=True):
    """Every thing of a library, and where each is named."""

    entities: Entities
    mentions: Sequence[Mention]

    @cached_property
    def places(self) -> Mapping[Thing, tuple[Mention, ...]]:
        """Where each thing is declared and used, in the order of reading; each place once."""
        found: dict[Thing, dict[Mention, None]] = {}
        for mention in self.mentions:
            for thing in self._meant(mention):
                found.setdefault(thing, {})[mention] = None
        for clause in self._acts:
            found.setdefault(Thing(CLAUSE, clause), {})
        return {thing: tuple(places) for thing, places in found.items()}

    def uses(self, thing: Thing) -> tuple[Mention, ...]:
        """Where a thing is named, but for its declarations, by file and line."""
        named = [one for one in self.places.get(thing, ()) if not one.declares]
        order = {
            file: number
            for number, file in enumerate(dict.fromkeys(one.span.file for one in named))
        }
        return tuple(sorted(named, key=lambda one: (order[one.span.file], one.span)))

    def _meant(self, mention: Mention) -> Iterator[Thing]:
        """What a mention names; a citation of several clauses names each, and all of them.

        Of plans that share an id, a plan of the file's own jurisdiction goes first; where none
        is, any of them can be meant.
        """
        if mention.kind != PLAN:
            yield Thing(mention.plain, mention.id, mention.owner)
            if mention.plain == CLAUSE and mention.owner:
                for clause in clauses_in(mention.id):
                    yield Thing(CLAUSE, clause, mention.owner)
            return
        own = self._files.get(mention.span.file)
        if mention.declares and own is not None:
            yield Thing(PLAN, own)
            return
        keys: Sequence[str] = [
            key
            for key in plans_named(self.entities.names, mention.text)
            if any(plan.id == mention.id for plan in self.entities.plans.get(key, ()))
        ]
        if not keys:
            keys = [key for key, plans in self.entities.plans.items() if plans[-1].id == mention.id]
        plans = self.entities.plans.get(own or "", ())
        near = [
            key for plan in plans[-1:] if (key := plan_key(plan.jurisdiction, mention.id)) in keys
        ]
        yield from (Thing(PLAN, key) for key in near or keys)

    @cached_property
    def _acts(self) -> Mapping[str, ActTerm]:
        """What people can judge, recognise or order, by clause: found by looking through it all."""
        return acts_of(self.entities)

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """The plan or standard that each file holds."""
        return {
            one.span.file: one.document
            for one in self.entities.written.values()
            if one.kind == "document" and one.span is not None
        }

    @cached_property
    def spelled(self) -> Mapping[str, tuple[Thing, ...]]:
        """What each spelling can mean."""
        known: dict[str, dict[Thing, None]] = {}
        for thing in self.places:
            for text in self.spellings(thing):
                known.setdefault(normal_spelling(text), {})[thing] = None
        return {text: tuple(things) for text, things in known.items()}

    @cached_property
    def _spelled_ids(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """The spellings of each id, by kind."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for kind, spelled in self.entities.spellings.items():
            own = found.setdefault(kind, {})
            for text, ids in spelled.items():
                for item in ids:
                    own[item] = (*own.get(item, ()), text)
        return found

    def spellings(self, thing: Thing) -> Iterator[str]:
        """Everything that may be written for a thing."""
        yield thing.id
        yield str(thing)
        if thing.kind == PLAN:
            yield from (plan.id for plan in self.entities.plans.get(thing.id, ()))
            yield from self._spelled_ids.get("plan-key", {}).get(thing.id, ())
        elif thing.kind == CLAUSE and thing.owner:
            sources = self._spelled_ids.get("source", {})
            for text in (thing.owner, *sources.get(thing.owner, ())):
                yield f"{text} {thing.id}"
        elif thing.kind == CLAUSE:
            act = self._acts.get(thing.id)
            yield from () if act is None else (act.local, act.what)
        else:
            yield from self._spelled_ids.get(thing.whole_kind, {}).get(thing.id, ())
            yield from self._said(thing)

    def _said(self, thing: Thing) -> Iterator[str]:
        """What an action of a plan does, in any language."""
        for plan in self.entities.plans.get(thing.owner, ()) if thing.kind == "action" else ():
            for action in plan.actions:
                if action.id == thing.id:
                    yield from (text for _, text in (*action.do.texts, *action.label.texts))

    def find(self, text: str) -> tuple[Thing, ...]:
        """What a text can mean: an id before other spellings, a plan of home before others."""
        found = self.spelled.get(normal_spelling(text), ())
        for wanted in (
            [one for one in found if str(one) == text],
            self._of_home([one for one in found if text in self._ids(one)]),
        ):
            if wanted:
                return tuple(wanted)
        return tuple(self._of_home(found))

    def _ids(self, thing: Thing) -> tuple[str, ...]:
        if thing.kind != PLAN:
            return (thing.id,)
        return (thing.id, *(plan.id for plan in self.entities.plans.get(thing.id, ())))

    def _of_home(self, things: Iterable[Thing]) -> list[Thing]:
        """Of several plans only those of home, if it has any."""
        known = list(things)
        plans = [one for one in known if one.kind == PLAN]
        home = [
            one
            for one in plans
            if any(
                plan.jurisdiction == self.entities.home
                for plan in self.entities.plans.get(one.id, ())
            )
        ]
        return [one for one in known if one.kind != PLAN or one in home or not home]

    def nearest(self, text: str) -> tuple[str, ...]:
        """What was perhaps meant: the spelling nearest to a text, else some that contain it."""
        from planengine.diagnostics.suggest import did_you_mean

        words = {word: None for thing in self.places for word in self.spellings(thing)}
        near = did_you_mean(text, words)
        if near is not None:
            return (near,)
        return tuple(one for one in words if normal_spelling(text) in normal_spelling(one))[:SOME]
