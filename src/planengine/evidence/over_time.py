"""What is known of cells that look at other instants: forecasts, changes and what lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planengine.evidence.changes import condition_moments, forecast_pieces, moments, read_by
from planengine.evidence.expected import expected
from planengine.evidence.known import Known
from planengine.evidence.temporal import change, change_instants, lasting
from planengine.rules.conditions import ChangeCell, ForecastCell, LastingCell
from planengine.rules.shadows import shadows
from planengine.values.sets import NumberDomain

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence


def known_expected(evidence: Evidence, cell: ForecastCell) -> Known:
    """The worst that is forecast from now on."""
    fact = evidence.world.facts.get(cell.fact)
    if fact is None:
        return Known(cell.domain.everything)
    return expected(cell, fact, forecast_pieces(evidence, cell))


def known_change(evidence: Evidence, cell: ChangeCell) -> Known:
    """How far a fact has risen or fallen within a window."""
    domain = cell.domain
    assert isinstance(domain, NumberDomain)
    fact = evidence.world.facts.get(cell.fact)
    if fact is None:
        return Known(domain.everything)
    read = read_by(evidence, cell)
    now = evidence.known(read)
    since = evidence.at - cell.within
    found = moments(evidence, read, since, evidence.at, {})
    earlier = [evidence.at_time(t).known(read) for t in change_instants(found, since, evidence.at)]
    value = change(now.value, (known.value for known in earlier), cell.falling, domain)
    every = {s.stamp.id: s for known in (now, *earlier) for s in known.statements}
    return Known(
        value,
        tuple(sorted(every.values(), key=lambda s: (-s.stamp.at, s.stamp.id))),
        assumed=any(known.assumed for known in (now, *earlier)),
        estimated=any(known.estimated for known in (now, *earlier)),
        conflict=any(known.conflict for known in (now, *earlier)),
        silent=now.silent,
        oldest=now.oldest,
        newest=now.newest,
    )


def known_lasting(evidence: Evidence, cell: LastingCell) -> Known:
    """Whether a condition has held at every instant of a window."""
    since = evidence.at - cell.duration
    start = since - cell.gaps_under
    found = condition_moments(evidence, cell.body, start, evidence.at)
    instants = change_instants(found, since, evidence.at, cell.gaps_under)
    states = [shadows(cell.body, evidence.at_time(t).value_of) for t in instants]
    return Known(lasting(instants, states, since, cell.gaps_under))
