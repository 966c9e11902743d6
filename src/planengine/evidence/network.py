"""The evidence of cells that bound one another, read together at one instant (SEMANTICS 18-20).

The wholes are worked out after their parts: a place's own
statements, the roll-up of its parts, its derivations and declared bounds are intersected.
Where they cannot all be true, the older give way, or the whole is in conflict
(`giving_way.py`). Then each whole bounds its parts in turn (`narrowing.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce

from msgspec.structs import replace

from planengine.domain.statements import Statement
from planengine.domain.vocabulary import Fact
from planengine.evidence.carrying import Carrying
from planengine.evidence.combine import glued, newest_statements, over
from planengine.evidence.derive import derived_value
from planengine.evidence.giving_way import Evaluate, Item, Moment, Settled, settle
from planengine.evidence.known import Known, confine, downward, join, meet, upward
from planengine.evidence.narrowing import is_binding, narrow
from planengine.evidence.own import NOTHING, Reading, told_by
from planengine.evidence.places import outside_scope, roll_up
from planengine.evidence.relations import AtMost
from planengine.evidence.spots import Node, Spot, children
from planengine.values.sets import ValueSet


class Network:
    """The spots that bear on one another, parts before wholes."""

    __slots__ = (
        "_below",
        "_carrying",
        "_facts",
        "_finals",
        "_frozen",
        "_silent",
        "_values",
        "conflicts",
        "dropped",
        "nodes",
        "outdated",
    )

    def __init__(
        self,
        nodes: Sequence[Node],
        facts: Mapping[str, Fact],
        instant: int,
        silent: Callable[[str, str], Known],
        base: Network | None = None,
        model: Network | None = None,
    ) -> None:
        """`silent` gives what is known of a spot that is none of the nodes.

        With a `base` what was settled there stands: nobody spoke of the new nodes, so that
        these tell nothing of the old ones, which they may replace. A `model` has the same spots
        at another instant: what reads the same, all below it too, is the same.
        """
        new = {node.spot: node for node in nodes}
        before: Mapping[Spot, Node] = base.nodes if base is not None else {}
        self.nodes: dict[Spot, Node] = {
            **{spot: new[spot] for spot in new if spot not in before},
            **before,
            **new,
        }
        self._facts = facts
        self._silent = silent
        self._carrying = Carrying(self.nodes, instant)
        self._below: dict[Spot, frozenset[Spot]] = {}
        self._values: dict[Spot, Known] = {}
        self._finals: dict[Spot, Known] | None = None
        self._frozen: set[Spot] = set()  # in conflict with their parts: these keep the union
        self.dropped: frozenset[Item] = frozenset()
        self.conflicts: dict[Spot, tuple[Statement, ...]] = {}
        self.outdated: dict[Spot, tuple[Statement, ...]] = {}
        if base is not None:
            self._values.update(base._values)  # noqa: SLF001 - its own class
            self._frozen |= base._frozen  # noqa: SLF001
            self.dropped = base.dropped
            self.conflicts.update(base.conflicts)
            self.outdated.update(base.outdated)
        if model is not None and not model.is_noisy and base is None:
            self._settle_like(model)
            return
        for node in nodes:
            if node.spot not in self._values:
                self._settle(node)

    @property
    def is_noisy(self) -> bool:
        """Whether anything here contradicts or outdates anything."""
        return bool(self.conflicts or self.outdated or self.dropped or self._frozen)

    # From the parts up

    def _settle_like(self, model: Network) -> None:
        changed: set[Spot] = set()
        for spot, node in self.nodes.items():
            old = model.nodes[spot]
            is_same = old is node or old.reading is node.reading
            if is_same and not (changed and any(s in changed for s in children(node, self.nodes))):
                self._values[spot] = model._values[spot]
            else:
                changed.add(spot)
                self._settle(node)

    def _settle(self, node: Node) -> None:
        if node.reading is NOTHING and not node.parts and not node.relations:
            self._values[node.spot] = self._silent(*node.spot)
            return
        pieces = self.pieces(node, self._values, self.dropped)
        known = self._glued(node, pieces)
        if not known.value:
            known = self._contradicted(node, pieces)
        elif known.conflict and not self._conflict_below(node):
            self.conflicts[node.spot] = known.statements
        self._values[node.spot] = known

    def _conflict_below(self, node: Node) -> bool:
        return any(self._values[spot].conflict for spot in children(node, self.nodes))

    def _contradicted(self, node: Node, pieces: Mapping[str, Known]) -> Known:
        """What is left where not all can be true: the newer, or all of it and a conflict."""
        closure = self._closure(node)
        floors, tops, firm = self._items(closure)
        settled: Settled = settle(floors, tops, firm, self._evaluate(closure))
        self._drop(settled.outdated)
        if settled.conflict:
            pieces = self.pieces(node, self._values, self.dropped)
            known = self._united(node, pieces)
            self.conflicts[node.spot] = known.statements
            self._frozen.add(node.spot)
            return known
        return self._glued(node, self.pieces(node, self._values, self.dropped))

    def _drop(self, items: frozenset[Item]) -> None:
        if not items:
            return
        self.dropped |= items
        for item in items:
            given_way = self._statements_of(item)
            before = self.outdated.get(item.spot, ())
            self.outdated[item.spot] = newest_statements((before, given_way))
        spots = {item.spot for item in items}
        for spot in self._values:
            if spot not in self._frozen and not self.below(spot).isdisjoint(spots):
                node = self.nodes[spot]
                self._values[spot] = self._glued(
                    node, self.pieces(node, self._values, self.dropped)
                )

    def _statements_of(self, item: Item) -> tuple[Statement, ...]:
        reading = self.nodes[item.spot].reading
        figure = reading.figure
        if figure is not None and figure.at == item.at:
            return figure.statements
        return next(floor.statements for floor in reading.soft if floor.at == item.at)

    def pieces(
        self, node: Node, values: Mapping[Spot, Known], dropped: frozenset[Item]
    ) -> dict[str, Known]:
        """Each origin of evidence for a spot, by name; its parts are as in `values`."""
        if not node.in_scope:
            return {"scope": outside_scope(node.fact)}
        found: dict[str, Known] = {}
        own = self._own(node, dropped)
        if own is not None:
            found["own"] = own
        rolled = self._rolled(node, values)
        if rolled is not None:
            found["parts"] = rolled
            if own is not None and node.fact.roll_up == "latest":
                if (own.newest or 0) < (rolled.newest or 0):
                    del found["own"]
                elif (own.newest or 0) > (rolled.newest or 0):
                    del found["parts"]
        place = node.spot[1]
        for number, relation in enumerate(node.relations):
            known = derived_value(
                node.fact,
                relation,
                self._facts,
                lambda operand: values[operand, place],
                node.everything,
            )
            if known is not None:
                if isinstance(relation, AtMost):
                    known = replace(known, silent=(place,))
                found[f"relation {number}"] = known
        return found or {"nobody": self._silent(*node.spot)}

    def _rolled(self, node: Node, values: Mapping[Spot, Known]) -> Known | None:
        if not node.parts:
            return None
        name = node.spot[0]
        parts = [
            (part, values[name, part] if (name, part) in values else self._silent(name, part))
            for part in node.parts
        ]
        return roll_up(node.fact, parts, node.unnamed, node.everything)

    def _own(self, node: Node, dropped: frozenset[Item]) -> Known | None:
        """The place's own statements, but for what gave way; its value may be empty."""
        reading = node.reading
        if reading is NOTHING:
            return None
        figure, floor, soft = reading
        stated, counts = None, False
        if figure is not None and figure.value is not None:
            stated = self._what_remains(node, dropped)
            counts = Item(figure.at, node.spot, False) not in dropped
        floors = [one for one in soft if Item(one.at, node.spot, True) not in dropped]
        if floor is not None:
            floors.insert(0, floor)
        place = node.spot[1]
        return told_by(reading, node.fact, place, node.everything, stated, floors, counts=counts)

    def _what_remains(self, node: Node, dropped: frozenset[Item]) -> ValueSet | None:
        figure = node.reading.figure
        assert figure is not None
        assert figure.value is not None
        spot, domain = node.spot, node.fact.domain
        low_gone = figure.estimated and Item(figure.at, spot, True) in dropped
        if Item(figure.at, spot, False) in dropped:
            return upward(figure.value, domain) if node.cumulative and not low_gone else None
        value = self._carrying.carried(node)
        return downward(value, domain) if low_gone else value

    def _glued(self, node: Node, pieces: Mapping[str, Known]) -> Known:
        return glued(list(pieces.values()), node.fact)

    def _united(self, node: Node, pieces: Mapping[str, Known]) -> Known:
        """All that the evidence for a whole says, lower bounds included."""
        others = [known for name, known in pieces.items() if name != "own"]
        values = [known.value for known in others]
        by = [known.statements for known in others]
        figure, floor, soft = node.reading
        if figure is not None:
            by.append(figure.statements)
        if figure is not None and figure.value is not None:
            newest = max((known.newest or figure.at for known in others), default=figure.at)
            claim: ValueSet | None = figure.value
            if node.cumulative and figure.at < newest:
                claim = upward(figure.value, node.fact.domain)
            values.append(claim or node.everything)
        kept = [one for one in soft if Item(one.at, node.spot, True) not in self.dropped]
        floors = [floor, *kept] if floor is not None else kept
        if floors:
            least = reduce(meet, (one.value for one in floors))
            if figure is None or figure.value is None or not meet(figure.value, least):
                values.append(least)
                by += [one.statements for one in floors]
        known = over(list(pieces.values()), list(pieces.values()), reduce(join, values))
        return replace(
            known,
            value=confine(node.fact.domain, known.value),
            statements=newest_statements(by),
            conflict=True,
        )

    # What gives way

    def below(self, spot: Spot) -> frozenset[Spot]:
        """A spot and all those that its evidence comes from."""
        found = self._below.get(spot)
        if found is None:
            reached = {spot}
            for child in children(self.nodes[spot], self.nodes):
                reached |= self.below(child)
            found = self._below[spot] = frozenset(reached)
        return found

    def _closure(self, node: Node) -> list[Node]:
        """The nodes below one in order, without those of a conflict, which keep their value."""
        below = self.below(node.spot) - self._frozen
        return [one for spot, one in self.nodes.items() if spot in below]

    def _items(self, closure: Iterable[Node]) -> tuple[list[Item], list[Item], frozenset[Item]]:
        """What can give way: lower ends that estimates told, and figures, those observed apart."""
        floors: list[Item] = []
        tops: list[Item] = []
        firm: list[Item] = []
        for node in closure:
            figure, _, soft = node.reading
            if figure is not None and figure.value is not None:
                tops.append(Item(figure.at, node.spot, False))
                if not figure.estimated:
                    firm.append(tops[-1])
                elif node.cumulative:
                    floors.append(Item(figure.at, node.spot, True))
            floors += [Item(one.at, node.spot, True) for one in soft]
        gone = self.dropped
        return (
            [item for item in dict.fromkeys(floors) if item not in gone],
            [item for item in tops if item not in gone],
            frozenset(firm) - gone,
        )

    def _evaluate(self, closure: Sequence[Node]) -> Evaluate:
        def evaluate(dropped: frozenset[Item], moment: Moment | None) -> dict[str, ValueSet]:
            values = dict(self._values)
            if moment is not None:
                for spot in self._frozen:
                    values[spot] = Known(self.nodes[spot].everything)
            pieces: dict[str, Known] = {}
            for one in closure:
                if moment is None:
                    pieces = self.pieces(one, values, self.dropped | dropped)
                else:
                    pieces = self._pieces_at(one, values, moment)
                known = self._glued(one, pieces)
                values[one.spot] = Known(known.value, oldest=known.oldest, newest=known.newest)
                if not known.value:
                    break
            return {name: known.value for name, known in pieces.items()}

        return evaluate

    def _pieces_at(
        self, node: Node, values: Mapping[Spot, Known], moment: Moment
    ) -> dict[str, Known]:
        """As `pieces`, from what was true at one moment if it was true when it was stated."""
        found = self.pieces(node._replace(reading=Reading(None)), values, frozenset())
        claims = self._claims_at(node, moment)
        if claims and node.in_scope:
            found.pop("nobody", None)
            value = confine(node.fact.domain, reduce(meet, claims))
            found["own"] = Known(value, oldest=moment.at, newest=moment.at)
        return found

    def _claims_at(self, node: Node, moment: Moment) -> list[ValueSet]:
        figure = node.reading.figure
        claims: list[ValueSet] = []
        domain, gone = node.fact.domain, self.dropped | moment.yielded
        if figure is not None and figure.value is not None:
            yielded = Item(figure.at, node.spot, True) in gone
            if figure.at == moment.at:
                whole = downward(figure.value, domain) if yielded else figure.value
                claims += [whole] if whole is not None else []
            elif node.cumulative and figure.at > moment.at:
                top = downward(figure.value, domain)
                claims += [top] if top is not None else []
            elif node.cumulative and not yielded:
                low = upward(figure.value, domain)
                claims += [low] if low is not None else []
        if node.cumulative and node.own is not None:
            floor = node.own.floor_by(moment.at)
            claims += [floor.value] if floor is not None else []
            claims += [
                one.value
                for one in node.own.estimated_by(moment.at)
                if Item(one.at, node.spot, True) not in gone
            ]
        return claims

    # From the wholes down

    def known(self, spot: Spot) -> Known:
        """What is known of a spot, by all the evidence there is."""
        return self.finish()[spot]

    def finish(self) -> Mapping[Spot, Known]:
        """What is known of every spot; after it all conflicts are known."""
        if self._finals is None:
            finals = dict(self._values)
            if self.binds:
                narrow(
                    self.nodes,
                    finals,
                    self.conflicts,
                    lambda node: self.pieces(node, finals, self.dropped).values(),
                )
            for spot, known in tuple(finals.items()):
                told = [self.outdated[one] for one in self.below(spot) if one in self.outdated]
                if told:
                    finals[spot] = replace(known, outdated=newest_statements(told))
            self._finals = finals
        return self._finals

    @property
    def binds(self) -> bool:
        """Whether any whole here bounds its parts, so that these are not free of one another."""
        return any(is_binding(node, self.nodes) for node in self.nodes.values())
