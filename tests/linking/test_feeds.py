"""What systems send: data of any kind, streams with bad records, numbers as computers write them."""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from time import process_time
from types import MappingProxyType
from typing import NamedTuple

import msgspec
import pytest
from pydantic import BaseModel, Field

import planengine
from planengine.values.sets import NumberDomain
from tests.linking.libraries import BASE
from tests.shipped import ROOT

AT = "2026-07-20T08:00:00+08:00"
HEADER = {"incident": "storm", "hazards": ["flood"]}


@pytest.fixture(scope="module")
def library() -> planengine.Library:
    return planengine.load(BASE)


def refused(library, source, **options):
    with pytest.raises(planengine.PlanError) as caught:
        library.read_incident(source, **options)
    return [(one.code, str(one.span)) for one in caught.value.diagnostics]


def values(incident, fact="deaths"):
    return [str(event.facts[fact]) for event in incident.events if fact in event.facts]


# Data


class Record(Mapping):
    """A mapping that is no dict."""

    def __init__(self, **items):
        self._items = items

    def __getitem__(self, key):
        return self._items[key]

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)


@dataclass
class Observation:
    at: datetime
    facts: object
    off_watch: str | None = None
    area: str = "north-county"


class Facts(BaseModel):
    deaths: int
    water_level: float | None = None


class Statement(BaseModel):
    when: datetime = Field(alias="at")
    facts: Facts


class Struct(msgspec.Struct):
    at: str
    facts: dict


class Row(NamedTuple):
    at: str
    facts: dict


EIGHT = datetime(2026, 7, 20, 0, 0, tzinfo=UTC)


class Level(Enum):
    HIGH = "dense"


@pytest.mark.parametrize(
    "observation",
    [
        {"at": AT, "facts": {"deaths": 3}},
        Record(at=AT, facts=Record(deaths=3)),
        MappingProxyType({"at": AT, "facts": ChainMap({"deaths": 3})}),
        Observation(EIGHT, {"deaths": 3}),
        Statement(at=EIGHT, facts=Facts(deaths=3)),
        Struct(AT, {"deaths": 3}),
        Row(AT, {"deaths": Decimal(3)}),
        {"at": EIGHT, "facts.deaths": Fraction(3)},
        {"at": AT, "facts": {"deaths": 3, "missing": None, "density": None}},
        {"at": AT, "facts.deaths": 3.0, "facts.missing": float("nan"), "area": None},
    ],
)
def test_any_record_is_an_observation(library, observation) -> None:
    incident = library.read_incident({**HEADER, "observations": [observation]})
    assert incident.warnings == ()
    (event,) = incident.events
    assert (event.stamp.at, {k: str(v) for k, v in event.facts.items()}) == (
        int(EIGHT.timestamp()),
        {"deaths": "3"},
    )


def test_records_may_come_one_by_one(library) -> None:
    some = ({"at": AT, "facts": {"deaths": n, "density": Level.HIGH}} for n in (1, 2))
    incident = library.read_incident({**HEADER, "observations": some})
    assert values(incident) == ["1", "2"]
    assert values(incident, "density") == ["dense", "dense"]


class Table:
    """As much of a table of pandas as is asked of it."""

    def __init__(self, rows):
        self.rows = rows

    def iterrows(self):
        raise AssertionError("slow, and it changes types")

    def to_dict(self, orient):
        assert orient == "records"
        return self.rows


class Series:
    def __init__(self, **items):
        self.items = items

    def to_dict(self):
        return self.items


class Pandas(NamedTuple):
    """A row as `itertuples` gives it."""

    Index: int
    at: str
    facts: dict


class NAType:
    def __bool__(self):
        raise TypeError("neither true nor false")


def test_tables_and_their_rows(library) -> None:
    rows = [
        {"at": EIGHT, "facts.deaths": 3, "facts.missing": NAType()},
        {"at": EIGHT, "facts.deaths": float("nan"), "facts.missing": 4},
    ]
    for observations in (Table(rows), [Series(**row) for row in rows]):
        incident = library.read_incident({**HEADER, "observations": observations})
        assert (values(incident), values(incident, "missing")) == (["3"], ["4"])
    rows = [Pandas(7, AT, {"deaths": 1})]
    incident = library.read_incident({**HEADER, "observations": rows})
    assert values(incident) == ["1"]


def test_findings_point_into_the_data(library) -> None:
    observations = [
        {"at": AT, "facts": {"deaths": -999999}},
        {"at": AT, "facts": {"deths": 1}},
        {"facts": {"deaths": 1}},
        {"at": "noon", "facts": {"deaths": 1}},
        {"at": AT, "facts": {"deaths": 1}, "kind": "rumour"},
        Observation(EIGHT, {"deaths": object()}),
        {"at": AT, "valid": {"from": 3}, "facts": {"deaths": "\x1b[2J"}},
        {"at": AT, "facts": {"deaths": [1, 10**400]}},
        {"at": AT, "facts": "none", "facts.deaths": 1},
        {"at": AT, "facts": {"deaths": 1}, "facts.deaths": 1},
    ]
    assert refused(library, {**HEADER, "observations": observations}) == [
        ("outside-domain", "observations[0].facts.deaths"),
        ("unknown-fact", "observations[1].facts.deths"),
        ("missing-key", "observations[2]"),
        ("bad-time", "observations[3].at"),
        ("not-a-choice", "observations[4].kind"),
        ("wrong-type", "observations[5].facts.deaths"),
        ("control-character", "observations[6].facts.deaths"),
        ("bad-time", "observations[6].valid.from"),
        ("unreadable-bound", "observations[6].facts.deaths"),
        ("inexact-number", "observations[7].facts.deaths[1]"),
        ("wrong-type", "observations[8].facts"),
        ("unknown-key", "observations[8].facts.deaths"),
        ("duplicate-key", "observations[9].facts.deaths"),
    ]
    assert refused(library, {"incident": "a", "hazards": "flod"}) == [("wrong-type", "hazards")]
    assert refused(library, {"hazards": ["flood"]}) == [("unknown-document", "hazards")]
    ring: dict[str, object] = {}
    ring["incident"] = ring
    assert ("too-deep", ".".join(["incident"] * 50)) in refused(library, ring)


def test_the_place_in_data_is_told_in_json(library) -> None:
    with pytest.raises(planengine.PlanError) as caught:
        library.read_incident({**HEADER, "observations": [{"at": AT, "facts": {"deaths": -1}}]})
    from planengine.diagnostics.json import to_json

    assert to_json(caught.value.diagnostics[0])["place"] == {
        "file": "<data>",
        "line": 1,
        "column": 1,
        "end_line": 1,
        "end_column": 1,
        "path": "observations[0].facts.deaths",
    }


# Null and numbers


def stream(*records: object) -> str:
    return "\n".join(json.dumps(one) for one in (HEADER, *records))


def test_null_is_no_statement(library) -> None:
    known = {"at": AT, "facts": {"deaths": 3}}
    silent = {"at": "2026-07-20T09:00:00+08:00", "facts": {"deaths": None}, "area": None}
    for source in (
        stream(known, silent),
        {**HEADER, "observations": [known, silent], "status": None},
    ):
        incident = library.read_incident(source)
        assert (values(incident), incident.warnings) == (["3"], ())
        assert len(incident.events) == 2
    nothing = {"at": AT, "facts": None}
    assert [code for code, _ in refused(library, stream(nothing))] == ["one-of"]


def test_null_written_by_hand_is_told(library, tmp_path) -> None:
    path = tmp_path / "storm.yaml"
    path.write_text(
        f"incident: storm\nhazards: [flood]\nobservations:\n  - {{at: {AT}, facts: {{deaths: ~, missing: 1}}}}\n"
    )
    incident = library.read_incident(path)
    assert [(w.code, w.span.line, w.span.column) for w in incident.warnings] == [
        ("null-says-nothing", 4, 53)
    ]
    assert values(incident) == []


def test_what_computers_write_is_rounded_and_told(library) -> None:
    rain = [0.1 + 0.2, 12.345678901234567, 0.00012345678901234567, 3.0, 1e-7]
    text = stream(*({"at": AT, "area": "north-county", "facts": {"rainfall": one}} for one in rain))
    incident = library.read_incident(text)
    assert [event.facts["rainfall"].intervals[0].low for event in incident.events] == [
        Fraction("0.3"),
        Fraction("12.3456789012346"),
        Fraction("0.000123456789012346"),
        3,
        Fraction("0.0000001"),
    ]
    assert [(w.code, w.span.line, dict(w.params)["rounded"]) for w in incident.warnings] == [
        ("number-rounded", 2, "0.3"),
        ("number-rounded", 3, "12.3456789012346"),
        ("number-rounded", 4, "0.000123456789012346"),
    ]


def test_milliseconds_are_cut_and_told(library) -> None:
    incident = library.read_incident(
        stream({"at": "2026-07-20T08:00:00.999+08:00", "facts": {"deaths": 1}})
    )
    assert incident.newest == int(EIGHT.timestamp())
    assert [(w.code, str(w.span)) for w in incident.warnings] == [("time-cut", "facts:2:8")]


def test_a_number_too_large_is_refused_still(library) -> None:
    for number in (2**53, 12345678901234567890, -(10**17)):
        observation = {"at": AT, "area": "north-county", "facts": {"rainfall": number}}
        for source in (stream(observation), {**HEADER, "observations": [observation]}):
            assert [code for code, _ in refused(library, source)] == ["inexact-number"]


def test_many_warnings_of_one_kind_are_told_in_short(library) -> None:
    text = stream(
        *({"at": "2026-07-20T08:00:00.5+08:00", "facts": {"deaths": 1}} for _ in range(500))
    )
    warnings = library.read_incident(text).warnings
    assert [w.code for w in warnings] == ["time-cut"] * 20 + ["more-alike"]
    assert dict(warnings[-1].params) == {"code": "time-cut", "count": 480}


def test_every_shipped_quantity_refuses_the_codes_for_no_value() -> None:
    library = planengine.load(ROOT)
    entities = library.entities
    quantities = {
        name: fact.domain
        for name, fact in entities.facts.items()
        if isinstance(fact.domain, NumberDomain)
    }
    for kind in entities.object_kinds.values():
        quantities |= {
            f"{kind.id}.{name}": one.domain
            for name, one in kind.attributes.items()
            if isinstance(one.domain, NumberDomain)
        }
    assert len(quantities) > 100
    wide = [name for name, domain in quantities.items() if domain.whole.intervals[0].low < -500]
    assert wide == []
    observation = {"at": AT, "object": "hankou", "facts": {"water-level": -999999}}
    found = refused(library, {"incident": "a", "hazards": ["flood"], "observations": [observation]})
    assert found == [("outside-domain", "observations[0].facts.water-level")]


# Lenient

GOOD = [{"at": AT, "id": f"g{n}", "facts": {"deaths": n}} for n in range(3)]


def rejected(incident):
    return [(one.number, one.id, str(one.place), one.reason.code) for one in incident.rejected]


def test_a_stream_read_leniently_counts_what_can_be_read(library) -> None:
    lines = [
        json.dumps(HEADER),
        json.dumps(GOOD[0]),
        '{"at": "2026-07-20T08:00',
        json.dumps({"at": AT, "id": "b", "facts": {"deaths": "thre"}}),
        "",
        json.dumps(GOOD[1]),
        json.dumps({"at": AT, "facts": {"deaths": -999999, "missing": 1}}),
        json.dumps({"at": AT, "id": "g1", "facts": {"deaths": 9}}),
        "[1, 2]",
        json.dumps({"at": AT, "withdraw": "nobody"}),
        json.dumps(GOOD[2]),
    ]
    text = "\n".join(lines)
    incident = library.read_incident(text, lenient=True)
    assert values(incident) == ["0", "1", "2"]
    assert rejected(incident) == [
        (2, None, "facts:3:1", "unclosed-quote"),
        (3, "b", "facts:4:1", "unreadable-bound"),
        (5, None, "facts:7:1", "outside-domain"),
        (6, "g1", "facts:8:1", "duplicate-id"),
        (7, None, "facts:9:1", "wrong-type"),
        (8, None, "facts:10:1", "unknown-observation"),
    ]
    (warning,) = incident.warnings
    assert (warning.code, warning.severity, str(warning.span)) == (
        "records-rejected",
        "warning",
        "facts:3:1",
    )
    assert dict(warning.params) == {"count": 6, "total": 9, "reason": "unclosed-quote"}
    assert len(refused(library, text)) == 6


def test_the_answer_lists_what_does_not_count(library) -> None:
    bad = {"at": AT, "id": "b", "facts": {"deaths": "thre"}}
    incident = library.read_incident({**HEADER, "observations": [GOOD[0], bad]}, lenient=True)
    told = library.compile().assess(incident).to_dict()["rejected"]
    assert [(one["number"], one["id"], one["place"]) for one in told] == [
        (2, "b", {"file": "<data>", "line": 1, "column": 1, "path": "observations[1]"})
    ]
    assert [(r["code"], r["place"]["path"]) for r in told[0]["reasons"]] == [
        ("unreadable-bound", "observations[1].facts.deaths")
    ]
    strict = library.read_incident({**HEADER, "observations": GOOD})
    assert library.compile().assess(strict).to_dict()["rejected"] == []


def test_one_line_that_is_no_text_is_one_bad_record(library) -> None:
    lines = [
        json.dumps(HEADER).encode(),
        json.dumps(GOOD[0]).encode(),
        b'{"at": "\xff"}',
        '{"at": "\u202e"}'.encode(),
        b'{"at": "\0"}',
        json.dumps(GOOD[1]).encode(),
    ]
    for end in (b"\n", b"\r\n"):
        source = end.join(lines) + end
        incident = library.read_incident(source, lenient=True)
        assert values(incident) == ["0", "1"]
        assert [(n, place, code) for n, _, place, code in rejected(incident)] == [
            (2, "facts:3:1", "not-utf8"),
            (3, "facts:4:1", "control-character"),
            (4, "facts:5:1", "control-character"),
        ]
        before = sum(len(line + end) for line in lines[:2])
        assert dict(incident.rejected[0].reason.params)["offset"] == before + 9
        assert [str(one.reason.span) for one in incident.rejected] == [
            "facts:3:9",
            "facts:4:9",
            "facts:5:9",
        ]
        assert refused(library, source) == [
            ("not-utf8", "facts:3:9"),
            ("control-character", "facts:4:9"),
            ("control-character", "facts:5:9"),
        ]


@pytest.mark.parametrize("header", ["incident: storm\n", "hazards: [flood]\n", "plan: x\n"])
def test_a_bad_header_is_refused_leniently_too(library, header) -> None:
    with pytest.raises(planengine.PlanError):
        library.read_incident(header, lenient=True)


def test_an_entry_of_a_document_is_a_record(library) -> None:
    text = (
        "incident: storm\nhazards: [flood]\nobservations:\n"
        f"  - {{at: {AT}, facts: {{deaths: 1}}}}\n"
        f'  - {{at: {AT}, facts: {{deaths: "\\e[2J"}}}}\n'
        f"  - {{at: {AT}, at: {AT}, facts: {{deaths: 2}}}}\n"
        f"  - {{at: {AT}, facts: {{deaths: 3}}}}\n"
    )
    incident = library.read_incident(text, lenient=True)
    assert values(incident) == ["1", "3"]
    assert [(n, code) for n, _, _, code in rejected(incident)] == [
        (2, "control-character"),
        (3, "duplicate-key"),
    ]


def test_a_record_sent_again_rightly_counts(library) -> None:
    again = [
        {**GOOD[0], "facts": {"deaths": "thre"}},
        GOOD[0],
        {"at": AT, "correct": "g0", "facts": {"deaths": 7}},
    ]
    incident = library.read_incident(stream(*again), lenient=True)
    assert [(n, i, code) for n, i, _, code in rejected(incident)] == [(1, "g0", "unreadable-bound")]
    assert [event.corrects for event in incident.events] == [None, "g0"]


def test_of_several_records_of_one_id_the_first_that_can_be_read_counts(library) -> None:
    bad = {**GOOD[0], "facts": {"deaths": "thre"}}
    again = [{**GOOD[0], "facts": {"deaths": n}} for n in (4, 5, 6)]
    incident = library.read_incident(stream(bad, *again), lenient=True)
    assert values(incident) == ["4"]
    assert [(n, code) for n, _, _, code in rejected(incident)] == [
        (1, "unreadable-bound"),
        (3, "duplicate-id"),
        (4, "duplicate-id"),
    ]


def test_a_correction_of_what_could_not_be_read_stands_at_its_place(library) -> None:
    bad = {"at": AT, "id": "b", "area": "north-county", "facts": {"deaths": "thre"}}
    incident = library.read_incident(
        stream(bad, {"at": AT, "correct": "b", "facts": {"deaths": 3}}), lenient=True
    )
    (event,) = incident.events
    assert (event.place, str(event.facts["deaths"])) == ("north-county", "3")


def test_records_that_correct_each_other_in_a_circle_do_not_count(library) -> None:
    ring = [{"at": AT, "id": a, "correct": b, "facts": {"deaths": 9}} for a, b in ("ab", "ba")]
    incident = library.read_incident(stream(GOOD[0], *ring, GOOD[1]), lenient=True)
    assert values(incident) == ["0", "1"]
    assert [(n, i, code) for n, i, _, code in rejected(incident)] == [
        (2, "a", "correction-circle"),
        (3, "b", "correction-circle"),
    ]


# Size


def seconds(library, count: int, make, **options) -> float:
    """Processor time for a stream of so many records."""
    text = stream(*(make(n) for n in range(count)))
    start = process_time()
    library.read_incident(text, **options)
    return process_time() - start


def plain(n: int) -> dict[str, object]:
    at = f"2026-07-{1 + n // 86400:02}T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}+08:00"
    return {"id": f"e{n}", "at": at, "area": "north-county", "facts": {"rainfall": n % 100 / 4}}


def corrected(n: int) -> dict[str, object]:
    return {**plain(n), "at": AT, **({"correct": f"e{n - 1}"} if n else {})}


def bad(n: int) -> dict[str, object]:
    return {**plain(n), "facts": {f"rainfal-{n}": 1}}


def untargeted(n: int) -> dict[str, object]:
    return {**plain(n), "correct": f"f{n}"}


def strange(n: int) -> dict[str, object]:
    return {**plain(n), "source": f"weather bureo {n}"}


@pytest.mark.slow
@pytest.mark.parametrize("make", [plain, corrected, bad, untargeted, strange])
def test_a_stream_takes_time_in_proportion_to_its_length(library, make) -> None:
    seconds(library, 50, make, lenient=True)
    small = min(seconds(library, 500, make, lenient=True) for _ in range(3))
    large = min(seconds(library, 2000, make, lenient=True) for _ in range(2))
    assert large < 9 * small  # four times as many; a square would be sixteen


@pytest.mark.slow
def test_a_hundred_thousand_observations(library, tmp_path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text(stream(*map(plain, range(100_000))), "utf-8")
    assert path.stat().st_size > 10_000_000
    start = process_time()
    incident = library.read_incident(path)
    assert process_time() - start < 60
    assert len(incident.events) == 100_000
