"""A session: what is told is kept, what it answers is what the exported incident gives."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import planengine
from planengine import Effects, Journal, PlanError, Session
from tests.acceptance.test_timeline import as_received
from tests.shipped import ROOT
from tests.worlds import made
from tests.worlds.drawing import libraries
from tests.worlds.laws import law
from tests.worlds.small import TICKS, clock
from tests.worlds.telling import stories

FLOOD = "linjiang/flood/flood@linjiang"
HEAD: dict[str, Any] = {"incident": "test", "hazards": ["flood"], "scope": ["linjiang"]}


def at(time: str) -> str:
    return f"2026-07-18T{time}:00+08:00"


def begun(engine: planengine.Engine, folder: Path, **more: object) -> Session:
    return engine.begin(folder / "a.journal", {**HEAD, **more}, now=at("06:00"))


def gauge(level: str, **more: str) -> dict[str, Any]:
    own = {"object": "hankou", "source": "hydrology-bureau", "facts": {"water-level": level}}
    return {**own, **more}


def decide(level: str, by: str = "flood-commander") -> dict[str, Any]:
    return {"decide": {"plan": "flood", "track": "flood", "level": level, "by": by}}


def codes(raised: pytest.ExceptionInfo[PlanError]) -> list[str]:
    return [one.code for one in raised.value.diagnostics]


@pytest.mark.slow
@law(0.15)
@given(st.data())
def test_a_session_answers_as_what_it_exports(data: st.DataObject) -> None:
    """Also when it is opened anew, told by two in turn, and told a thing twice."""
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, (5, 9)))
    engine = made.load(drawn, story.stated).compile()
    incident = story.incident()
    arriving = as_received(incident["observations"])
    first = data.draw(st.integers(0, len(arriving)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.journal"
        start = {**incident, "observations": arriving[:first]}
        both = engine.begin(path, start, now=clock(0)), engine.session(path)
        for number, one in enumerate(arriving[first:]):
            told = both[number % 2].tell(one, now=clock(TICKS))
            assert told.number == first + number + 2
            assert both[1].tell(one, now=clock(TICKS)).arrival == "repeated"
        exported = both[0].export()
        time = clock(data.draw(st.integers(0, TICKS)))
        whole = engine.assess(exported, at=time).to_json()
        for session in (*both, engine.session(path)):
            assert session.export() == exported
            assert session.at(time).to_json() == whole
        assert both[0].journal.verify() is None


def test_times_and_ids_that_are_not_said_are_added(
    engine: planengine.Engine, tmp_path: Path
) -> None:
    session = begun(engine, tmp_path)
    first = session.tell(gauge("24.0 m"), now=at("08:00"))
    late = session.tell(gauge("24.1 m", at=at("07:00")), now=at("08:30"))
    fixed = session.tell({"correct": "1", "facts": {"water-level": "27.4 m"}}, now=at("08:40"))
    gone = session.tell({"withdraw": "2"}, now=at("08:50"))
    assert [(one.number, one.id, one.arrival) for one in (first, late, fixed, gone)] == [
        (2, "1", "new"),
        (3, "2", "late"),
        (4, "3", "correction"),
        (5, "4", "withdrawal"),
    ]
    records = [msgspec.json.decode(line) for line in session.export().splitlines()[1:]]
    assert [(one["id"], one["at"], one["received"]) for one in records] == [
        ("1", at("08:00"), at("08:00")),
        ("2", at("07:00"), at("08:30")),
        ("3", at("08:40"), at("08:40")),
        ("4", at("08:50"), at("08:50")),
    ]


def test_the_same_told_again_is_not_written_again(
    engine: planengine.Engine, tmp_path: Path
) -> None:
    session = begun(engine, tmp_path)
    named = gauge("24.0 m", id="g1")
    first = session.tell(named, now=at("08:00"))
    assert session.tell(named, now=at("08:10")) == msgspec.structs.replace(
        first, arrival="repeated"
    )
    timed = gauge("25.0 m", at=at("08:20"))
    second = session.tell(timed, now=at("08:20"))
    assert session.tell(timed, now=at("08:30")) == msgspec.structs.replace(
        second, arrival="repeated"
    )
    with pytest.raises(PlanError) as raised:
        session.tell(gauge("24.5 m", id="g1"), now=at("08:40"))
    assert codes(raised) == ["duplicate-id"]
    assert session.number == 3
    third = session.tell(gauge("25.0 m"), now=at("08:50"))
    assert (third.number, third.id, third.arrival) == (4, "3", "new")


def test_a_mistake_is_told_at_its_place_and_nothing_is_kept(
    engine: planengine.Engine, tmp_path: Path
) -> None:
    session = begun(engine, tmp_path)
    session.tell(gauge("24.0 m"), now=at("08:00"))
    wrong = gauge("24.0 m", object="hankuo")
    with pytest.raises(PlanError) as raised:
        session.tell(wrong, now=at("08:10"))
    (found,) = raised.value.diagnostics
    assert (found.code, found.span and found.span.line) == ("unknown-object", 3)
    assert found.span is not None
    line = session.draft(wrong, now=at("08:10")).splitlines()[2]
    assert line[found.span.column - 1 :].startswith('"hankuo"')
    assert session.number == 2


@pytest.mark.slow
def test_what_follows_is_told(engine: planengine.Engine, tmp_path: Path) -> None:
    session = begun(engine, tmp_path)
    session.tell(gauge("24.0 m"), now=at("08:00"))
    session.tell(gauge("27.4 m"), now=at("08:10"))
    found = session.effects(at=at("08:10"), since=at("08:00"))
    moved = [(one.of, one.before, one.now) for one in found.levels if one.decision == FLOOD]
    assert moved == [("recommended", None, "II"), ("indicated", None, "II")]
    (proposed,) = [one for one in found.proposals if one.decision == FLOOD]
    assert (proposed.before, proposed.now, proposed.level) == ("none", "start", "II")
    assert proposed.approve is not None
    assert proposed.approve.id == "flood-commander"
    (patrol,) = [
        duty
        for order in found.orders
        for duty in order.duties
        if order.body == "jiangbei-flood-hq" and duty.item == "patrol-dykes"
    ]
    assert (patrol.document, patrol.kind, patrol.due) == ("linjiang/flood", "action", None)
    started = session.tell(decide("II"), now=at("08:20"))
    after = session.effects(at=at("08:20"), since=at("08:20"), after=started.number - 1)
    assert [(one.of, one.before, one.now) for one in after.levels if one.decision == FLOOD] == [
        ("in-force", None, "II")
    ]
    (limit,) = [one for one in after.limits if one.duty.item == "patrol-dykes"]
    assert (limit.change, limit.before) == ("set", None)
    assert limit.duty.due is not None
    due = limit.duty.due.isoformat()
    past = limit.duty.due.timestamp() + 1
    late = session.effects(at=past, since=at("08:20"))
    (missed,) = [one for one in late.limits if one.duty.item == "patrol-dykes"]
    assert missed.change == "missed"
    (told,) = [one for one in late.escalations if one.duty.item == "patrol-dykes"]
    assert [one.id for one in told.to] == ["flood-commander", "flood-office"]
    counties = ("jiangbei", "lingang", "nanpu", "qingshi", "xikou", "dongze")
    assert told.superiors == tuple(f"{one}-government" for one in counties)
    done = {"done": {"plan": "flood", "action": "patrol-dykes"}, "at": due}
    session.tell(done, now=past)
    met = session.effects(at=past, since=at("08:20"))
    assert [one.change for one in met.limits if one.duty.item == "patrol-dykes"] == ["met"]
    assert msgspec.json.decode(met.to_json(), type=Effects) == met


@pytest.mark.slow
def test_nothing_new_is_nothing(engine: planengine.Engine, tmp_path: Path) -> None:
    session = begun(engine, tmp_path)
    session.tell(gauge("24.0 m"), now=at("08:00"))
    assert session.effects(at=at("08:05"), since=at("08:00")).are_none
    assert not session.effects(at=at("08:05")).are_none


@pytest.mark.slow
def test_the_life_of_an_incident(engine: planengine.Engine, tmp_path: Path) -> None:
    session = begun(engine, tmp_path)

    def stage() -> tuple[object, ...]:
        found = session.course(session.timeline.assessment.at)
        own = next((one for one in found.standings if one.decision == FLOOD), None)
        if own is None:
            return (found.stage,)
        since = own.differ_since and own.differ_since.strftime("%H:%M")
        return found.stage, own.stage, own.recommended, own.in_force, since

    session.tell(gauge("24.0 m", source="a fisherman"), now=at("07:50"))
    assert stage() == ("reported",)
    session.tell(gauge("24.0 m"), now=at("08:00"))
    assert stage() == ("verified",)
    session.tell(gauge("27.4 m"), now=at("08:10"))
    assert stage() == ("verified", "verified", "II", None, "08:10")
    session.tell({"issued": {"warning.flood": "orange"}}, now=at("08:15"))
    assert stage() == ("warning", "warning", "II", None, "08:10")
    session.tell(decide("III"), now=at("08:20"))
    assert stage() == ("responding", "responding", "II", "III", "08:10")
    session.tell(decide("II"), now=at("08:30"))
    assert stage() == ("adjusted", "adjusted", "II", "II", None)
    session.tell(decide("none"), now=at("09:00"))
    assert stage() == ("ended", "ended", None, None, None)
    session.tell(gauge("27.6 m"), now=at("10:00"))
    assert stage()[:2] == ("ended", "ended")


def test_two_see_what_the_other_told(engine: planengine.Engine, tmp_path: Path) -> None:
    one = begun(engine, tmp_path)
    other = engine.session(one.journal.path)
    one.tell(gauge("24.0 m"), now=at("08:00"))
    assert other.number == 2
    other.tell(gauge("27.4 m"), now=at("08:10"))
    found = next(d for d in one.timeline.assessment.decisions if d.id == FLOOD)
    assert found.level == "II"
    early = next(d for d in one.as_of(2).assessment.decisions if d.id == FLOOD)
    assert early.level is None
    with pytest.raises(planengine.ArgumentError):
        one.as_of(0)


@pytest.mark.slow
def test_several_threads_tell_one_session(engine: planengine.Engine, tmp_path: Path) -> None:
    session = begun(engine, tmp_path)

    def tell(number: int) -> None:
        for each in range(5):
            session.tell(gauge(f"24.{number}{each} m"), now=at(f"08:{number}{each}"))

    threads = [Thread(target=tell, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.number == 16
    assert session.journal.verify() is None
    assert engine.session(session.journal.path).export() == session.export()


def test_a_session_can_be_pickled(engine: planengine.Engine, tmp_path: Path) -> None:
    session = begun(engine, tmp_path)
    session.tell(gauge("27.4 m"), now=at("08:00"))
    again = pickle.loads(pickle.dumps(session))
    assert again.export() == session.export()


def test_an_altered_journal_gives_no_answer(engine: planengine.Engine, tmp_path: Path) -> None:
    session = begun(engine, tmp_path)
    session.tell(gauge("24.0 m"), now=at("08:00"))
    import sqlite3

    connection = sqlite3.connect(session.journal.path)
    with connection:
        connection.execute("UPDATE entries SET body = replace(body, '24.0', '20.0')")
    connection.close()
    with pytest.raises(PlanError) as raised:
        engine.session(session.journal.path).export()
    assert codes(raised) == ["journal-broken"]


def test_entries_that_others_forge_give_no_answer(
    engine: planengine.Engine, tmp_path: Path
) -> None:
    session = begun(engine, tmp_path)
    session.tell(gauge("24 m"), now=at("07:00"))
    connection = sqlite3.connect(session.journal.path)
    with connection:
        connection.execute(
            "INSERT INTO entries SELECT 3, kind, recorded, replace(body, '24', '30'), digest"
            " FROM entries WHERE number = 2"
        )
    connection.close()
    for use in (
        lambda: session.at(at("08:00")),
        lambda: session.tell(gauge("25 m"), now=at("08:00")),
    ):
        with pytest.raises(PlanError) as raised:
            use()
        assert codes(raised) == ["journal-broken"]


def test_nothing_is_begun_with_a_mistake(engine: planengine.Engine, tmp_path: Path) -> None:
    with pytest.raises(PlanError) as raised:
        engine.begin(tmp_path / "b.journal", {**HEAD, "hazards": ["fload"]}, now=at("06:00"))
    assert codes(raised) == ["unknown-hazard"]
    assert not (tmp_path / "b.journal").exists()
    for observations in ("deaths: 1", ["deaths: 1"], {"at": 1}):
        with pytest.raises(PlanError):
            begun(engine, tmp_path, observations=observations)
    assert not (tmp_path / "a.journal").exists()


@pytest.mark.slow
def test_an_example_is_begun_with(engine: planengine.Engine, tmp_path: Path) -> None:
    text = (ROOT / "examples" / "flood-day.yaml").read_text("utf-8")
    session = engine.begin(tmp_path / "b.journal", text, now=at("06:00"))
    assert session.timeline.incident.newest == engine.library.read_incident(text).newest
    levels = [(one.id, one.level) for one in session.timeline.assessment.decisions]
    assert levels == [(one.id, one.level) for one in engine.assess(text).decisions]


def library(folder: Path, deaths: str) -> planengine.Engine:
    folder.mkdir()
    shutil.copy(ROOT / "planengine.yaml", folder)
    (folder / "planengine.yaml").write_text(
        "library: town\nlabel: {en: town}\ninclude: [planengine:cn, town.yaml, plan.yaml]\n"
        "home: town\ntime-zone: Asia/Shanghai\n"
    )
    (folder / "town.yaml").write_text(
        "registry: town\njurisdictions:\n"
        "  shire: {label: {en: Shire}, tier: province, in: china}\n"
        "  town: {label: {en: Town}, tier: city, in: shire}\n"
    )
    (folder / "plan.yaml").write_text(
        "plan: river\nkind: special\nlabel: {en: flood}\njurisdiction: town\n"
        "edition: {number: 1, issued: 2026-01-01, in-force: 2026-01-01}\n"
        "applies: {hazards: [flood]}\nlevels:\n"
        f"  - {{level: III, verb: must, when: {{deaths: {deaths}}}}}\n"
    )
    return planengine.load(folder).compile()


@pytest.mark.slow
def test_what_new_plans_cannot_read_stays_with_the_old(tmp_path: Path) -> None:
    old = library(tmp_path / "old", "≥ 3")
    library(tmp_path / "new", "≥ 3")
    (tmp_path / "new" / "plan.yaml").write_text(
        (tmp_path / "new" / "plan.yaml").read_text().replace("plan: river", "plan: water")
    )
    new = planengine.load(tmp_path / "new").compile()
    path = tmp_path / "a.journal"
    session = old.begin(path, {"incident": "a", "hazards": ["flood"]}, now=at("06:00"))
    session.tell({"decide": {"plan": "river", "level": "III"}}, now=at("08:00"))
    with pytest.raises(PlanError) as raised:
        new.session(path).migrate(now=at("08:10"))
    assert codes(raised) == ["unknown-plan"]
    assert len(Journal(path).entries()) == 2
    assert old.session(path).number == 2


@pytest.mark.slow
def test_what_was_read_is_kept_for_the_next_process(tmp_path: Path) -> None:
    """Kept or not, and whoever wrote since, the answer is the same."""
    library(tmp_path / "old", "≥ 3")
    path, cache = tmp_path / "a.journal", tmp_path / "cache"

    def opened(*, kept: bool) -> Session:
        found = planengine.load(tmp_path / "old", cache=cache if kept else None)
        return found.compile().session(path)

    first = planengine.load(tmp_path / "old", cache=cache).compile()
    session = first.begin(path, {"incident": "a", "hazards": ["flood"]}, now=at("06:00"))
    session.tell_all(
        [{"at": at(f"07:{n:02}"), "facts": {"deaths": n}} for n in range(20)], now=at("08:00")
    )
    assert [one.name[:8] for one in cache.rglob("session-*")] == ["session-"]
    assert opened(kept=True).timeline.incident == opened(kept=False).timeline.incident
    opened(kept=False).tell({"correct": "20", "facts": {"deaths": 3}}, now=at("08:10"))
    again = opened(kept=True)
    assert len(again.timeline.incident.events) == 21
    assert again.at(at("08:10")) == opened(kept=False).at(at("08:10"))


@pytest.mark.slow
def test_other_plans_judge_only_when_they_are_told_to(tmp_path: Path) -> None:
    old = library(tmp_path / "old", "≥ 3")
    new = library(tmp_path / "new", "≥ 2")
    same = library(tmp_path / "same", "≥ 3")
    path = tmp_path / "a.journal"
    session = old.begin(path, {"incident": "a", "hazards": ["flood"]}, now=at("06:00"))
    session.tell({"facts": {"deaths": 2}}, now=at("08:00"))
    assert same.session(path).export() == session.export()
    changed = new.session(path)
    with pytest.raises(PlanError) as raised:
        changed.tell({"facts": {"deaths": 3}}, now=at("08:10"))
    assert codes(raised) == ["library-changed"]
    assert changed.migrate(now=at("08:10")) == 3
    assert changed.migrate(now=at("08:10")) == 0

    def level(one: Session) -> object:
        return next(d.level for d in one.timeline.assessment.decisions if d.plan == "town/river")

    assert level(changed) == "III"
    with pytest.raises(PlanError) as raised:
        session.tell({"facts": {"deaths": 3}}, now=at("08:20"))
    assert codes(raised) == ["library-changed"]
    assert [one.kind for one in Journal(path).entries()] == ["opened", "told", "edition"]


def told_facts(session: Session) -> list[object]:
    """What each record after the header says of facts, moments or issued levels."""
    found = [msgspec.json.decode(line) for line in session.export().splitlines()[1:]]
    return [one.get("facts") or one.get("moments") or one.get("issued") for one in found]


def test_a_correction_keeps_what_it_does_not_name(
    engine: planengine.Engine, tmp_path: Path
) -> None:
    session = begun(engine, tmp_path)
    session.tell({"id": "a", "facts": {"deaths": 2, "missing": 3, "trapped": 1}}, now=at("08:00"))
    first = session.tell({"id": "b", "correct": "a", "facts": {"失联": 0}}, now=at("08:10"))
    assert first.carried == ("deaths", "trapped")
    again = session.tell(
        {"id": "c", "correct": "a", "facts": {"trapped": "unknown"}}, now=at("08:20")
    )
    assert again.carried == ("deaths", "失联")
    assert told_facts(session)[1:] == [
        {"deaths": 2, "trapped": 1, "失联": 0},
        {"deaths": 2, "失联": 0, "trapped": "unknown"},
    ]
    session.tell({"withdraw": "c"}, now=at("08:30"))
    back = session.tell({"id": "d", "correct": "b", "facts": {"deaths": 4}}, now=at("08:40"))
    assert back.carried == ("trapped", "失联")  # of what counts: `c` was taken back
    assert told_facts(session)[-1] == {"trapped": 1, "失联": 0, "deaths": 4}
    same = session.tell({"id": "d", "correct": "b", "facts": {"deaths": 4}}, now=at("08:50"))
    assert same.arrival == "repeated"


def test_a_correction_keeps_moments_and_levels_but_no_decision(
    engine: planengine.Engine, tmp_path: Path
) -> None:
    session = begun(engine, tmp_path)
    moments = {"occurrence": at("05:00"), "receipt": at("05:30")}
    session.tell({"id": "m", "moments": moments}, now=at("08:00"))
    issued = {"warning.rainstorm": "red", "warning.heat": "blue"}
    session.tell({"id": "w", "issued": issued, "by": "weather-bureau"}, now=at("08:00"))
    session.tell({"id": "p", **decide("II")}, now=at("08:00"))
    session.tell({"correct": "m", "moments": {"接报": at("05:40")}}, now=at("08:10"))
    session.tell({"correct": "w", "issued": {"warning.heat": "none"}}, now=at("08:10"))
    plain = session.tell({"correct": "p", **decide("III")}, now=at("08:10"))
    assert plain.carried == ()
    assert told_facts(session)[3:5] == [
        {"occurrence": at("05:00"), "接报": at("05:40")},
        {"warning.rainstorm": "red", "warning.heat": "none"},
    ]


def test_several_are_told_in_one_commit_or_none(engine: planengine.Engine, tmp_path: Path) -> None:
    session = begun(engine, tmp_path)
    told = session.tell_all([gauge("24 m"), gauge("24 m", at=at("07:00"))], now=at("08:00"))
    assert [(one.number, one.id, one.arrival) for one in told] == [
        (2, "1", "new"),
        (3, "2", "late"),
    ]
    with pytest.raises(PlanError) as raised:
        session.tell_all([gauge("25 m"), gauge("many")], now=at("08:10"))
    assert codes(raised) == ["vague-value"]
    assert session.number == 3
    assert session.tell(gauge("25 m"), now=at("08:20")).id == "3"
    assert session.export() == engine.session(session.journal.path).export()


@pytest.mark.slow
def test_threads_that_wait_share_a_commit_and_each_has_its_own_answer(
    engine: planengine.Engine, tmp_path: Path
) -> None:
    session = begun(engine, tmp_path)
    outcomes: dict[int, object] = {}

    def tell(number: int) -> None:
        level = "many" if number % 5 == 4 else f"2{number % 4}.0 m"
        try:
            outcomes[number] = session.tell(gauge(level, id=f"t{number}"), now=at("08:00")).number
        except PlanError as error:
            outcomes[number] = error.diagnostics[0].code

    with session.journal.writing():  # the others gather meanwhile
        threads = [Thread(target=tell, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    assert {outcomes[n] for n in range(20) if n % 5 == 4} == {"vague-value"}
    numbers = [outcomes[n] for n in range(20) if n % 5 != 4]
    assert sorted(numbers) == list(range(2, 18))  # type: ignore[type-var]
    assert session.journal.verify() is None
    kept = {one.number: msgspec.json.decode(one.body)["id"] for one in session.journal.entries(1)}
    assert all(kept[outcomes[n]] == f"t{n}" for n in range(20) if n % 5 != 4)  # type: ignore[index]


@pytest.mark.slow
def test_a_new_edition_comes_into_force_in_mid_incident(tmp_path: Path) -> None:
    """The library with it is gone over to before; each moment is judged by the edition then."""
    old = library(tmp_path / "old", "≥ 3")
    library(tmp_path / "new", "≥ 3")
    folder = tmp_path / "new"
    first = (folder / "plan.yaml").read_text()
    second = first.replace(
        "number: 1, issued: 2026-01-01, in-force: 2026-01-01",
        "number: 2, issued: 2026-07-01, in-force: 2026-07-19",
    )
    (folder / "second.yaml").write_text(second.replace("≥ 3", "≥ 2"))
    (folder / "plan.yaml").write_text(
        first.replace("in-force: 2026-01-01", "in-force: 2026-01-01, until: 2026-07-19")
    )
    manifest = (folder / "planengine.yaml").read_text()
    (folder / "planengine.yaml").write_text(
        manifest.replace("plan.yaml]", "plan.yaml, second.yaml]")
    )
    new = planengine.load(folder).compile()
    path = tmp_path / "a.journal"
    session = old.begin(path, {"incident": "a", "hazards": ["flood"]}, now=at("20:00"))
    session.tell({"facts": {"deaths": 2}}, now=at("22:00"))
    session.tell({"decide": {"plan": "river", "level": "III", "reason": "rain"}}, now=at("22:10"))
    before = session.at(at("23:00"))
    moved = new.session(path)
    assert moved.migrate(now=at("23:00")) == 4

    def river(when: str) -> tuple[object, ...]:
        answer = moved.at(when)
        (one,) = [d for d in answer.decisions if d.plan == "town/river"]
        kinds = [c.kind for c in answer.conflicts if c.kind == "edition"]
        return one.edition, one.level, one.in_force, one.proposal, kinds

    assert moved.at(at("23:00")).to_dict()["decisions"][-1] == before.to_dict()["decisions"][-1]
    assert river(at("23:59")) == ("1", None, "III", "keep", [])
    midnight = "2026-07-19T00:00:00+08:00"
    assert river(midnight) == ("2", "III", "III", "keep", ["edition"])
    moved.tell({"facts": {"deaths": 3}}, now="2026-07-19T01:00:00+08:00")
    assert river("2026-07-19T01:00:00+08:00")[:3] == ("2", "III", "III")
    text = moved.export()
    for when in (at("23:59"), midnight, "2026-07-19T01:00:00+08:00"):
        own = [(d.id, d.level, d.edition) for d in moved.at(when).decisions]
        assert own == [(d.id, d.level, d.edition) for d in new.assess(text, at=when).decisions]
    kinds = [one.kind for one in Journal(path).entries()]
    assert kinds == ["opened", "told", "told", "edition", "told"]
    assert new.session(path).export() == text  # read anew


def test_a_reading_is_no_dearer_after_many(engine: planengine.Engine, tmp_path: Path) -> None:
    session = begun(engine, tmp_path)

    def reading(number: int) -> dict[str, Any]:
        clock = f"{6 + number // 60:02}:{number % 60:02}"
        return {"at": at(clock), "object": "hankou", "facts": {"water-level": "24 m"}}

    def calls(number: int) -> int:
        count = 0

        def counted(_frame: object, event: str, _argument: object) -> None:
            nonlocal count
            count += event == "call"  # each step of a generator too

        sys.setprofile(counted)
        try:
            session.tell(reading(number), now=at("20:00"))
        finally:
            sys.setprofile(None)
        return count

    session.tell_all(map(reading, range(20)), now=at("20:00"))
    few = calls(20)
    session.tell_all(map(reading, range(21, 400)), now=at("20:00"))
    assert calls(400) <= few + 20
