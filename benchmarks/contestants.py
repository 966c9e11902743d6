"""The contestants: each takes the same plans in its own best form and gives the same ranks.

A contestant is built once from the plans and the events; `answer(i)` then gives, for event i,
the rank of every plan of that event's hazard, in order. All go straight to the hazard's plans.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import others
import own
from forms import Answer
from workload import Event, Plan


@dataclass(frozen=True, slots=True)
class Contestant:
    """`prepared`: events are given in the contestant's own form, made outside the clock."""

    kind: Literal["limit", "own", "peer"]
    prepared: bool
    build: Callable[[Sequence[Plan], Sequence[Event]], Answer]


LIMIT = "generated Python, unchecked"
BARE = "planengine, bare decision"
FULL = "planengine, full assessment"
TABLE = "ZEN decision table"

_PEERS: dict[str, Callable[..., Answer]] = {
    "ZEN expression": others.zen_expression,
    TABLE: others.zen_table,
    "CEL in Rust": others.cel_expression,
    "rule-engine": others.rule_engine_rules,
    "durable_rules": others.durable_rules,
}

CONTESTANTS: dict[str, Contestant] = {
    LIMIT: Contestant("limit", prepared=False, build=own.generated_python),
    BARE: Contestant("own", prepared=False, build=own.planengine_bare),
    FULL: Contestant("own", prepared=True, build=own.planengine_full),
    "planengine, mapping to dictionary": Contestant(
        "own", prepared=False, build=own.planengine_all
    ),
    **{name: Contestant("peer", prepared=False, build=build) for name, build in _PEERS.items()},
    **{
        f"{name}, prepared events": Contestant(
            "peer", prepared=True, build=partial(build, prepared=True)
        )
        for name, build in _PEERS.items()
    },
}
