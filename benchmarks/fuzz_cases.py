"""Hostile inputs made from shipped ones by seeded mutation, and what planengine makes of them.

A case is its kind and its input: a text or plain data. Running one gives None, or in a word
what is wrong: only `PlanError` (with a position in every diagnostic) and `ValueError` may be
raised.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import planengine
from planengine.diagnostics import Diagnostic
from planengine.diagnostics.render import render
from planengine.linking.load import read_library
from planengine.reading.source import REFUSED
from planengine.reading.yaml import read_document, read_lines
from planengine.values.bounds import BoundError, parse_bound, parse_value
from planengine.values.durations import parse_duration
from planengine.values.numbers import parse_number
from planengine.values.sets import COUNT, FLAG, ChoiceDomain, NumberDomain, at_least
from planengine.values.times import parse_date, parse_time

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "fixtures" / "valid" / "base"
AT = "2026-07-20T08:00:00+08:00"


class Case(NamedTuple):
    """One input: of what kind, and the text or data."""

    kind: str
    given: Any


# What is mutated


@cache
def files() -> tuple[str, ...]:
    """The documents that come with planengine."""
    folders = (ROOT / "rules", ROOT / "plans", ROOT / "tests" / "fixtures")
    paths = sorted(path for folder in folders for path in folder.rglob("*.yaml"))
    return tuple(path.read_text("utf-8", "replace") for path in paths)


@cache
def incidents() -> tuple[str, ...]:
    """Incidents of the small library, in each form."""
    statement = {"at": AT, "area": "north-county", "source": "weather-bureau"}
    observations: list[dict[str, Any]] = [
        {**statement, "id": "a", "kind": "estimated", "facts": {"deaths": "[0..4]", "missing": 3}},
        {**statement, "facts": {"rainfall": "10.2 cm", "density": "密集", "magnitude": 7.1}},
        {**statement, "facts": {"loss": "1亿元以上", "evacuated": "n/a", "dyke-breach": False}},
        {"at": AT, "object": "大桥站", "facts": {"water-level": 25.3}, "began": AT},
        {"at": AT, "correct": "a", "facts": {"deaths": 5}, "received": AT},
        {"at": AT, "withdraw": "a"},
        {"at": AT, "issued": {"warning.flood": "red"}, "valid": {"from": AT, "until": AT}},
        {"at": AT, "decide": {"plan": "flood", "level": "II", "by": "commander"}},
        {"at": AT, "done": {"plan": "flood", "action": "patrol"}},
        {"at": AT, "moments": {"occurrence": AT}},
        {"at": AT, "off-watch": "weather-bureau", "note": "x"},
    ]
    head = {"incident": "storm", "label": {"zh": "暴雨"}, "hazards": ["洪水"], "status": "actual"}
    made = []
    for first in range(0, len(observations), 2):
        some = observations[first : first + 3]
        text = json.dumps({**head, "observations": some}, ensure_ascii=False)
        made += [text, json.dumps({**head, "observations": some}, indent=1)]
        made.append("\n".join(json.dumps(line, ensure_ascii=False) for line in (head, *some)))
        lines = "".join(f"  - {json.dumps(one, ensure_ascii=False)}\n" for one in some)
        made.append(
            f"incident: storm\nhazards: [洪水]\nscope: [river-city]\nobservations:\n{lines}"
        )
    return tuple(made)


BOUNDS = (
    "30人以上",
    "3人以上10人以下",
    "超过100例",
    "不足5000人",
    "≥ 30",
    "[10..30)",
    "≥ 5000 万元",
    "≥ 24 h",
    "1亿元以上",
    "≥ @warning-stage + 0.5 m",
    "百分之三十以上",
    "unknown",
    "n/a",
    "一百五十",
    "七点五",
    "1.5亿",
    "3000万",
    "> 3",
    "≠ 4",
    "[0..4] 人",
    "-999999",
    "0.30000000000000004",
    "1e-7",
    "30 min",
    "15 分钟",
    "2 d",
    AT,
    "2026-02-30",
    "true",
    "是",
    "red",
    "大约30人",
    "10-30人",
    "零下5℃",
)
SCRAPS = (
    *"[]{}:,-?|>&*!%@`\"'#\t\n \\：，“”。　0９亿零点〇",
    ">= 30",
    "[10..30)",
    "!= 3",
    ": ",
    "- ",
    "\n---\n",
    "<<: *a",
    "&a ",
    "死亡：",
    "😀",
    "\u2028",
    "\x00",
    "\x1b[2J",
    "\u202e",
    '"\\e[2J"',
    '"\\0"',
    "\\ud83d",
    "\ufeff",
    "\r",
    "\x85",
    "null",
    "~",
    ".nan",
    ".inf",
    "1e999",
    "9" * 400,
    "-999999",
    "0.1" + "0" * 20 + "4",
    "0x" + "f" * 40,
    "1_000",
    "!!python/x",
    "2026-07-20T25:00:00+08:00",
    "+99:99",
    "[" * 60,
    "{a: " * 60,
    "../..",
    "/etc/passwd",
    "a" * 300,
)
LONG = (
    "亿",
    "[",
    "(",
    " ",
    "a",
    "1",
    "零",
    "..",
    "- ",
    "{",
    "\\",
    '"',
    "：",
    "以上",
    "@",
    "\n",
    "&a *a ",
)


def mutated(text: str, random: Random) -> str:
    """A text with a few changes: cut, doubled, moved, exchanged, filled with scraps."""
    for _ in range(random.choice((1, 1, 2, 3, 6))):
        at = random.randrange(len(text) + 1)
        end = min(len(text), at + random.choice((0, 1, 1, 2, 5, 20, 200)))
        change = random.random()
        if change < 0.2:
            text = text[:at] + text[end:]
        elif change < 0.3:
            text = text[:end] + text[at:]
        elif change < 0.4:
            other = random.randrange(len(text) + 1)
            text = text[:at] + text[other : other + end - at] + text[at:]
        elif change < 0.45:
            text = text[:at] + random.choice(LONG) * random.choice((3, 60, 300, 3000)) + text[at:]
        elif change < 0.55 and end > at:
            text = text[:at] + chr(random.choice((random.randrange(0xD800), 0x1F600))) + text[end:]
        else:
            text = text[:at] + random.choice(SCRAPS) + text[end:]
    return text


def _piece(random: Random) -> str:
    text = random.choice(files())
    start = random.randrange(max(1, len(text) - 700))
    return text[text.rfind("\n", 0, start) + 1 : start + random.choice((100, 400, 700))]


# Data


class _Odd:
    """What is no data."""


def _value(random: Random, depth: int = 0) -> Any:
    odd: tuple[Callable[[], Any], ...] = (
        lambda: None,
        lambda: random.choice((True, False, 0, 3, -999999, 10**400, 2**53, 0.1 + 0.2, 1e308)),
        lambda: random.choice((float("nan"), float("inf"), -0.0)),
        lambda: mutated(random.choice(BOUNDS), random),
        lambda: random.choice(("\x1b[2J", "\u202e", "\ud800", "", "a" * 5000, "=1+1")),
        lambda: random.choice((b"\xff", _Odd(), _Odd, range(3), {1, "a"}, (1, 2), 3 + 4j)),
        lambda: datetime(2026, 7, 20, tzinfo=random.choice((UTC, None))),
        lambda: datetime.max.replace(tzinfo=UTC),
        lambda: timedelta(days=3),
        lambda: [_value(random, depth + 1) for _ in range(random.randrange(3))],
        lambda: {_key(random): _value(random, depth + 1) for _ in range(random.randrange(3))},
    )
    return random.choice(odd if depth < 4 else odd[:9])()


def _key(random: Random) -> Any:
    known = ("at", "facts", "deaths", "area", "facts.deaths", "id", "from", "plan", "valid")
    return random.choice((*known, *known, 1, None, "\x1b[2J", "a" * 400, "水位"))


def _changed(data: Any, random: Random) -> Any:
    """Data with one value in it, at any depth, replaced, left out or added."""
    if isinstance(data, dict) and data and random.random() < 0.9:
        key = random.choice([*data])
        change = random.random()
        if change < 0.1:
            return {k: v for k, v in data.items() if k != key}
        if change < 0.2:
            return {**data, _key(random): _value(random)}
        return {**data, key: _changed(data[key], random)}
    if isinstance(data, list) and data and random.random() < 0.9:
        at = random.randrange(len(data))
        return [*data[:at], _changed(data[at], random), *data[at + 1 :]]
    return _value(random)


# Making and running

SHARES = (
    ("bound", 45),
    ("incident", 22),
    ("yaml", 15),
    ("data", 10),
    ("stream", 4),
    ("library", 3),
    ("api", 1),
)


def make(seed: int, number: int) -> Case:
    """The case of a number; the same for the same seed."""
    random = Random(seed * 1_000_003 + number)
    kind = random.choices([k for k, _ in SHARES], [share for _, share in SHARES])[0]
    if kind == "bound":
        return Case(kind, mutated(random.choice(BOUNDS), random))
    if kind in ("incident", "stream"):
        return Case(kind, mutated(random.choice(incidents()), random))
    if kind == "yaml":
        return Case(kind, mutated(_piece(random), random))
    if kind == "library":
        name = random.choice(sorted(_small_files()))
        return Case(kind, (name, mutated(_small_files()[name], random)))
    if kind == "data":
        text = random.choice(
            [one for one in incidents() if one.startswith('{"incident"') and "\n" not in one]
        )
        return Case(kind, _changed(json.loads(text), random))
    return Case(kind, [_value(random) for _ in range(5)])


@cache
def _small_files() -> Mapping[str, str]:
    return {
        path.relative_to(SMALL).as_posix(): path.read_text("utf-8")
        for path in SMALL.rglob("*.yaml")
    }


@cache
def _engine() -> planengine.Engine:
    return planengine.load(SMALL).compile()


def run(case: Case) -> str | None:
    """What is wrong with what a case brings about; None where all is well."""
    return _RUNS[case.kind](case.given)


def _bound(text: str) -> None:
    choice = ChoiceDomain(("low", "middle", "high"), True)
    domains = (
        (COUNT, "人"),
        (NumberDomain(at_least(0)), "m"),
        (NumberDomain(), "s"),
        (FLAG, None),
        (choice, None),
    )
    for domain, unit in domains:
        for found in (
            parse_bound(text, domain=domain, unit=unit),
            parse_value(text, domain=domain, unit=unit),
        ):
            if isinstance(found, BoundError):
                found.at(None).message_in("zh")
    parse_number(text)
    parse_duration(text)
    parse_time(text)
    parse_date(text, "Asia/Shanghai")


def _yaml(text: str) -> str | None:
    findings: list[Diagnostic] = []
    node = read_document(text, "f.yaml", findings)
    list(read_lines(text, "f.jsonl", findings))
    if node is None and not any(found.severity == "error" for found in findings):
        return "silent"
    return _told(findings, {"f.yaml": text, "f.jsonl": text})


def _incident(given: Any) -> str | None:
    """Strictly, and where that refuses it leniently."""
    return _read(given, lenient=False)


def _stream(text: str) -> str | None:
    bad = text.encode("utf-8", "surrogatepass")
    return _read(bad[:-1], lenient=True)


def _read(source: Any, *, lenient: bool) -> str | None:
    engine = _engine()
    try:
        incident = engine.library.read_incident(source, lenient=lenient)
    except planengine.PlanError as error:
        text = source if isinstance(source, str) else ""
        told = _told(error.diagnostics, {"facts": text})
        return told if lenient or told else _read(source, lenient=True)
    except planengine.ArgumentError:
        return None  # no incident at all
    except ValueError:
        return "a ValueError"
    untold = [one for one in incident.rejected if not one.reasons]
    if untold:
        return "rejected without reason"
    told = _told(incident.warnings, {})
    if incident.newest is None or told:
        return told
    json.dumps(engine.assess(incident).to_dict(), allow_nan=False)
    return None


def _told(findings: Any, sources: Mapping[str, str]) -> str | None:
    """Whether each finding has a position, and no words with what a terminal would obey."""
    for found in findings:
        if found.span is None or found.span.line < 1 or found.span.column < 1:
            return f"no position: {found.code}"
    text = render(findings, sources, language="zh")
    if REFUSED.search(text):
        return "unclean output"
    return None


def _api(values: list[Any]) -> str | None:
    """Anything at all where a name, a time or a mapping is wanted."""
    engine, (one, two, three, four, five) = _engine(), values
    incident: dict[str, Any] = {"incident": "a", "hazards": ["flood"]}
    attempts: tuple[Callable[[], object], ...] = (
        lambda: engine.assess(incident, at=one).to_dict(),
        lambda: engine.assess(incident, at=AT, known_at=two),
        lambda: engine.assess(incident, at=AT, status=three),
        lambda: engine.decider(four, at=AT),
        lambda: engine.decider(["flood"], at=five),
        lambda: engine.decider(["flood"], at=AT)({"deaths": one, "rainfall": two}),
        lambda: engine.decider(["flood"], at=AT)(three),
        lambda: engine.library.compile(engine=four),
        lambda: planengine.load(five) if isinstance(five, str | bytes | None) else None,
    )
    for number, attempt in enumerate(attempts):
        try:
            attempt()
        except (planengine.PlanError, ValueError):
            continue
        except TypeError as error:  # a caller's mistake, told by planengine itself
            if error.__traceback__ is None or not str(error):
                return f"attempt {number}: {error!r}"
    return None


def _library(given: tuple[str, str]) -> str | None:
    name, text = given
    contents = {SMALL / one: kept.encode() for one, kept in _small_files().items()}
    contents[SMALL / name] = text.encode("utf-8", "surrogatepass")
    entities, findings, sources = read_library(SMALL, contents=contents)
    if entities is not None and not any(found.severity == "error" for found in findings):
        planengine.Library(entities, tuple(findings), sources).check()
    return _told(findings, sources)


_RUNS: Mapping[str, Callable[[Any], str | None]] = {
    "bound": _bound,
    "incident": _incident,
    "stream": _stream,
    "data": _incident,
    "yaml": _yaml,
    "api": _api,
    "library": _library,
}
