"""Hypothesis strategies of what may be told of an incident, by the facts of a library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from hypothesis import strategies as st

from planengine.domain.vocabulary import INCIDENT
from planengine.facade import Engine, Moment, moment
from planengine.rules.conditions import FactCell
from planengine.testing.bounds import judged_hazards, usual_time, values_asked
from planengine.values.sets import NumberDomain
from planengine.values.times import format_time

Record: TypeAlias = dict[str, Any]
"""An observation as data, as `Engine.assess` and `Timeline.tell` take it."""
Incident: TypeAlias = dict[str, Any]
"""An incident as data; its observations are in the order of receipt."""
_HALF_HOUR = 1800
_MOST_FACTS = 4


def stated(values: Sequence[str], *, numbers: bool) -> st.SearchStrategy[str]:
    """What may be stated where rules ask for some values: one of them, a range, `unknown`.

    >>> from hypothesis import find
    >>> find(stated(["true", "false"], numbers=False), lambda value: value not in {"true", "false"})
    'unknown'
    """
    one = st.sampled_from([*values])
    several: list[st.SearchStrategy[str]] = [one, one, one, st.just("unknown")]
    if numbers:
        several.append(st.tuples(one, one).map(_range))
    return st.one_of(several)


def _range(ends: tuple[str, str]) -> str:
    low, high = sorted(ends, key=float)
    return f"[{low}..{high}]"


def observations(
    engine: Engine, hazards: Iterable[str], *, at: Moment | None = None
) -> st.SearchStrategy[Record]:
    """Facts that the rules for some hazards ask about, said of one place in six hours from `at`.

    By default at a time when the newest editions are in force. Half of them are received later
    than they were stated. Raises `ArgumentError` for a bad time.
    """
    start = usual_time(engine) if at is None else moment(at)
    asked = values_asked(engine, hazards, start)
    places: dict[str, dict[FactCell, list[str]]] = {}
    for cell, values in asked.items():
        places.setdefault(cell.place, {})[cell] = values

    @st.composite
    def draw_one(draw: st.DrawFn) -> Record:
        place = draw(st.sampled_from(sorted(places)))
        cells = sorted(places[place], key=lambda cell: cell.fact)
        chosen = draw(st.lists(st.sampled_from(cells), min_size=1, max_size=_MOST_FACTS))
        facts = {
            cell.fact: draw(
                stated(places[place][cell], numbers=isinstance(cell.domain, NumberDomain))
            )
            for cell in chosen
        }
        said = start + _HALF_HOUR * draw(st.integers(0, 12))
        received = said + _HALF_HOUR * draw(st.sampled_from([0, 0, 1, 4]))
        zone = engine.library.entities.time_zone
        record: Record = {"at": format_time(said, zone), "received": format_time(received, zone)}
        return {**record, **_where(engine, place), "facts": facts}

    return draw_one() if places else st.nothing()


def _where(engine: Engine, place: str) -> Mapping[str, str]:
    if place == INCIDENT:
        return {}
    return {"object" if place in engine.library.entities.objects else "area": place}


@st.composite
def incidents(
    draw: st.DrawFn,
    engine: Engine,
    *,
    hazards: Iterable[str] | None = None,
    at: Moment | None = None,
    most: int = 6,
) -> Incident:
    """An incident of one of the hazards (default: any that something in force is for), as data.

    It has one observation or more, at most `most`, in the order in which they were received.
    """
    start = usual_time(engine) if at is None else moment(at)
    named = judged_hazards(engine, start) if hazards is None else tuple(hazards)
    hazard = draw(st.sampled_from(sorted(named)))
    told = st.lists(observations(engine, [hazard], at=start), min_size=1, max_size=most)
    records = sorted(draw(told), key=lambda record: str(record["received"]))
    numbered = [{"id": f"o{number}", **record} for number, record in enumerate(records)]
    return {"incident": "drawn", "hazards": [hazard], "observations": numbered}


@st.composite
def timelines(
    draw: st.DrawFn,
    engine: Engine,
    *,
    hazards: Iterable[str] | None = None,
    at: Moment | None = None,
    most: int = 6,
) -> tuple[Incident, list[Record]]:
    """An incident of which nothing is told yet, and what is told of it one by one.

    For `engine.open(incident)` and `tell`. Some records correct or withdraw one before them.
    """
    whole = draw(incidents(engine, hazards=hazards, at=at, most=most))
    records: list[Record] = []
    for record in whole.pop("observations"):
        change = draw(st.sampled_from(["none", "none", "none", "correct", "withdraw"]))
        earlier = [one["id"] for one in records if "facts" in one]
        if change == "none" or not earlier:
            records.append(record)
            continue
        target = draw(st.sampled_from(earlier))
        if change == "correct":
            records.append({**record, "correct": target})
        else:
            told = {key: record[key] for key in ("id", "at", "received")}
            records.append({**told, "withdraw": target})
    return {**whole, "observations": []}, records
