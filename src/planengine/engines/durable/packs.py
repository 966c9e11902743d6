"""Flat rules → rule sets of durable_rules, each within what was measured to be sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from planengine.engines.durable.adapter import Json, number_text
from planengine.engines.durable.atoms import Quantity, comparison, quantity
from planengine.engines.durable.rules import Claim, FlatRule, Group, Wanted
from planengine.rules.lowered import Atom

STACK = 60
"""Of the 64 alpha nodes that may match at once (error 303 beyond)."""

UNDER_ONE_NODE = 100
"""Of the 512 tests, and 128 alternatives, under one node (the process hangs beyond)."""

TOGETHER = 150
"""How many rules a pack may have: of the 256 that may share an antecedent (false
activations beyond)."""

PROPERTIES = 200
"""Of the 255 properties that a message may have."""

ANTECEDENTS = 16
"""The antecedents that one rule may have, the message among them."""

GROUPS = 15
"""The nested `$and` and `$or` that one antecedent may have."""


class _Node(Struct):
    """An alpha node of the network that durable_rules will build, to count what can match."""

    tests: dict[str, _Node] = field(default_factory=dict)
    joins: list[_Node] = field(default_factory=list)

    def stack(self) -> int:
        """How high its stack can get below this node, when everything matches."""
        below = [*self.tests.values(), *self.joins]
        if not below:
            return 1
        return max(1, len(below) - 1 + max(node.stack() for node in below))

    def fits(self) -> bool:
        return (
            len(self.tests) <= UNDER_ONE_NODE
            and len(self.joins) <= UNDER_ONE_NODE
            and all(node.fits() for node in (*self.tests.values(), *self.joins))
        )


class Pack(Struct, frozen=True):
    """The rules of one durable_rules rule set, by name, and what its messages must hold."""

    rules: Mapping[str, FlatRule]
    quantities: Mapping[Quantity, str]
    claims: frozenset[Claim]
    definition: Mapping[str, Json]


class _Draft:
    def __init__(self) -> None:
        self.rules: list[FlatRule] = []
        self.quantities: dict[Quantity, str] = {}
        self._claims: set[Claim] = set()
        self._known = _Node()
        self._nodes = 1

    def takes(self, rule: FlatRule) -> bool:
        """Whether a rule fits in; then it is in, else the draft is spoilt for more rules."""
        for group in rule.groups:
            for atom in group:
                self.quantities.setdefault(quantity(atom), f"p{len(self.quantities)}")
        self._claims.update(want.claim for want in rule.wants)
        node = self._known
        for group in rule.groups:
            node = self._below(node, group)
        self.rules.append(rule)
        return (
            len(self.rules) <= TOGETHER
            and len(self.quantities) <= PROPERTIES
            and len(self._claims) <= UNDER_ONE_NODE
            and 1 + sum(1 for group in rule.groups if len(group) > 1) <= GROUPS
            and len(rule.wants) + 1 <= ANTECEDENTS
            and (self._nodes <= STACK or (self._known.fits() and self._known.stack() <= STACK))
        )

    def _below(self, node: _Node, group: Group) -> _Node:
        self._nodes += 1 + len(group)  # at most
        ends = [node.tests.setdefault(self._text(atom), _Node()) for atom in group]
        if len(ends) == 1:
            return ends[0]
        join = _Node()
        for end in ends:
            end.joins.append(join)
        return join

    def _text(self, atom: Atom) -> str:
        operator, constant = comparison(atom)
        return f"{self.quantities[quantity(atom)]}{operator}{number_text(constant)}"


def packs_of(rules: Sequence[FlatRule], numbers: Mapping[Claim, int]) -> Iterator[Pack]:
    """The rules in as few packs as the limits allow, in order; `numbers` are the claims'."""
    together: list[FlatRule] = []
    draft = _Draft()
    for rule in rules:
        if not draft.takes(rule):
            if not together:
                raise ValueError(f"a rule that is too large was not taken apart: {rule}")
            yield _pack(together, numbers)
            together = []
            draft = _Draft()
            draft.takes(rule)
        together.append(rule)
    if together:
        yield _pack(together, numbers)


def _pack(together: Sequence[FlatRule], numbers: Mapping[Claim, int]) -> Pack:
    names: dict[Quantity, str] = {}
    for rule in together:
        for group in rule.groups:
            for atom in group:
                names.setdefault(quantity(atom), f"p{len(names)}")
    rules = {f"r{place}": rule for place, rule in enumerate(together)}
    return Pack(
        rules,
        names,
        frozenset(want.claim for rule in together for want in rule.wants),
        {name: {"all": _antecedents(rule, names, numbers)} for name, rule in rules.items()},
    )


def _antecedents(
    rule: FlatRule, names: Mapping[Quantity, str], numbers: Mapping[Claim, int]
) -> list[Json]:
    found: list[Json] = []
    if rule.groups or not rule.wants:
        # The guard stands before everything, so that it is asked once and not per `$or`.
        tests: list[Json] = [{"known": 1}]
        tests += [_group(group, names) for group in rule.groups]
        found.append({"m": {"$and": tests}})
    for place, want in enumerate(rule.wants):
        found.append({f"a{place}": _want(want, numbers)})
    return found


def _want(want: Wanted, numbers: Mapping[Claim, int]) -> Json:
    return {"$and": [{"claim": numbers[want.claim]}, {"$gte": {"rank": want.rank}}]}


def _group(group: Group, names: Mapping[Quantity, str]) -> Json:
    tests: list[Json] = []
    for atom in group:
        operator, constant = comparison(atom)
        tests.append({operator: {names[quantity(atom)]: _plain(constant)}})
    return tests[0] if len(tests) == 1 else {"$or": tests}


def _plain(number: float) -> float:
    return int(number) if float(number).is_integer() else number
