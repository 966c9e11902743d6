"""The engine's doors: which times it takes, and what it keeps under which name."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import planengine
from planengine import store as stores
from planengine.facade import moment
from tests.assessment.conftest import Small
from tests.assessment.test_editions import NEW, OLD, edition, july, june, put, seconds, stated

HERE = timezone(timedelta(hours=8))


@pytest.fixture
def small(tmp_path: Path) -> Small:
    folder = tmp_path / "library"
    folder.mkdir()
    return Small(folder)


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def written(*observations: dict[str, Any], **header: Any) -> dict[str, Any]:
    return {"incident": "x", "hazards": ["flood"], **header, "observations": list(observations)}


def two(small: Small) -> None:
    edition(small, "1", "2020-01-01", "2026-07-01", OLD, "old")
    edition(small, "2", "2026-07-01", None, NEW, "new")


# Times


@pytest.mark.parametrize("name", ["at", "known_at"])
def test_a_time_without_an_offset_is_refused(small: Small, name: str) -> None:
    two(small)
    engine = small.engine()
    incident = written(stated(june("08:00"), deaths=4))
    naive = datetime(2026, 6, 30, 9)  # noqa: DTZ001 - what is refused
    for given in (naive, naive.isoformat()):
        with pytest.raises(ValueError, match="offset"):
            engine.assess(incident, **{name: given})
    aware = engine.assess(incident, at=naive.replace(tzinfo=HERE))
    assert aware.at == seconds(june("09:00"))
    with pytest.raises(ValueError, match="offset"):
        engine.decider(["flood"], at=naive)


def test_a_change_of_editions_is_a_moment_to_look_again(small: Small) -> None:
    two(small)
    incident = written(stated(june("08:00"), deaths=4))
    engine = small.engine()
    assert engine.assess(incident, at=june("09:00")).recheck_at == seconds(july("00:00"))
    assert engine.assess(incident, at=july("00:00")).recheck_at is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("health: {label: {en: health},", "health: {until: 2026-07-01, label: {en: health},"),
        ("power: {label:", "power: {from: 2026-07-01, label:"),
        ("north: {label: {en: North}", "north: {until: 2026-07-01, label: {en: North}"),
    ],
)
def test_a_dated_change_of_the_registry_is_a_moment_to_look_again(
    small: Small, old: str, new: str
) -> None:
    small.plan("dam", NEW)
    path = small.folder / "registry.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    incident = written(stated(june("08:00"), deaths=4))
    assert small.engine().assess(incident, at=june("09:00")).recheck_at == seconds(july("00:00"))


def test_what_was_received_after_known_at_is_known_at_no_earlier_moment(small: Small) -> None:
    """Also where the time that is assessed is later than what had been received by."""
    two(small)
    first = stated(june("08:00"), deaths=4)
    late = {**stated(june("09:00"), deaths=12), "received": june("11:00")}
    found = small.engine().assess(written(first, late), at=june("12:00"), known_at=june("10:00"))
    (decision,) = found.decisions
    assert decision.level == "II"
    for rank, since in ((2, june("08:00")), (3, None)):
        known = found.situation.history.met_since(decision.key, rank, known=True)
        assert known == (None if since is None else seconds(since))
    earlier = found.situation.evidence.as_of(seconds(june("11:30")))
    assert earlier.known_at == seconds(june("10:00"))


def test_what_became_known_after_the_assessed_time_is_known_no_earlier(small: Small) -> None:
    two(small)
    late = {**stated(june("08:00"), deaths=4), "received": june("11:00")}
    found = small.engine().assess(written(late), at=june("10:00"), known_at=june("12:00"))
    history, (decision,) = found.situation.history, found.decisions
    assert history.met_since(decision.key, 2) == seconds(june("08:00"))
    assert history.met_since(decision.key, 2, known=True) == seconds(june("10:00"))
    assert history.met_since(decision.key, 3, known=True) is None


# What programs pass


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"status": "reel"}, "`status` is actual, exercise or test, not 'reel'"),
        ({"status": True}, "`status` is actual, exercise or test, not True"),
        ({"at": True}, "`at` is epoch seconds"),
        ({"at": float("nan")}, "`at` is epoch seconds"),
        ({"at": float("inf")}, "`at` is epoch seconds"),
        ({"at": None, "known_at": []}, "`known_at` is epoch seconds"),
        ({"at": "today"}, "`at`: 'today' is not a time; write ISO 8601 with an offset"),
        ({"at": 10**20}, "`at` is outside the years 1900 to 9998"),
        ({"at": 10**5000}, "`at` is outside the years 1900 to 9998: a whole number of 16610 bits"),
        ({"at": -(10**10)}, "`at` is outside the years 1900 to 9998"),
        ({"at": datetime(1850, 1, 1, tzinfo=HERE)}, "`at` is outside the years 1900 to 9998"),
    ],
)
def test_a_mistake_of_a_program_says_what_would_be_right(
    small: Small, given: dict[str, Any], said: str
) -> None:
    two(small)
    engine = small.engine()
    incident = written(stated(june("08:00"), deaths=4))
    with pytest.raises(planengine.ArgumentError) as raised:
        engine.assess(incident, **given)
    assert str(raised.value).startswith(said)
    assert isinstance(raised.value, ValueError)


@pytest.mark.parametrize("text", ["1900-01-01T00:00:00+14:00", "9998-12-31T23:59:59-14:00"])
def test_the_first_and_the_last_time_that_can_be_written_are_times(text: str) -> None:
    assert moment(text) == int(datetime.fromisoformat(text).timestamp())


def test_what_is_finer_than_a_second_is_cut() -> None:
    half = datetime.fromisoformat("2026-07-01T08:00:00.900+08:00")
    wanted = 1_782_864_000
    assert [moment(one) for one in (half, half.timestamp(), wanted)] == [wanted] * 3


@pytest.mark.parametrize(
    ("hazards", "said"),
    [
        ("flood", '`hazards` is a list of hazards: write ["flood"]'),
        (7, "`hazards` is a list of hazards, not 7"),
        (["flod"], "unknown hazards: flod; did you mean `flood`?"),
        (["flood", 7], "unknown hazards: 7"),
    ],
)
def test_hazards_are_a_list_of_known_ones(small: Small, hazards: Any, said: str) -> None:
    two(small)
    with pytest.raises(planengine.ArgumentError) as raised:
        small.engine().decider(hazards, at=june("09:00"))
    assert str(raised.value) == said


@pytest.mark.parametrize(
    "given", ["examples/flood-day.yaml", "C:\\incidents\\one.jsonl", "事件.yml\n"]
)
def test_a_path_given_as_text_is_told_from_an_incident(small: Small, given: str) -> None:
    two(small)
    with pytest.raises(planengine.ArgumentError) as raised:
        small.engine().assess(given)
    assert str(raised.value) == (
        f"a text is the incident itself, and this one is a path: write Path({given!r})"
    )


@pytest.mark.parametrize("given", ["", "incident: x.yaml", '{"incident": "x.json"}', "nonsense"])
def test_a_text_that_is_no_path_is_read_as_an_incident(small: Small, given: str) -> None:
    two(small)
    engine = small.engine()
    try:
        found = engine.library.read_incident(given)
    except planengine.PlanError as error:
        assert error.diagnostics
    else:
        assert found.id in given


@pytest.mark.parametrize(("given", "kind"), [(None, "NoneType"), (3, "int"), ([], "list")])
def test_what_is_no_incident_at_all_is_refused(small: Small, given: Any, kind: str) -> None:
    two(small)
    with pytest.raises(planengine.ArgumentError) as raised:
        small.engine().assess(given)
    assert str(raised.value) == f"an incident is a Path, its text, or data with keys, not {kind}"


def test_the_other_doors_take_only_what_they_can_mean(small: Small) -> None:
    two(small)
    library: Any = planengine.load(str(small.folder))
    for engine in ("cernel", None, ["kernel"]):
        with pytest.raises(planengine.ArgumentError, match="`engine` is kernel, durable or both"):
            library.compile(engine=engine)
    door: Any = planengine.load
    for given in ({"path": 3}, {"path": small.folder, "cache": 3}):
        with pytest.raises(planengine.ArgumentError, match="is a path, not 3"):
            door(**given)
    found: Any = library.compile().assess(written(stated(june("08:00"), deaths=4)))
    with pytest.raises(planengine.ArgumentError, match="`lang` is zh or en, not 'fr'"):
        found.to_text("fr")


# What is kept

COUNTED = """
levels:
  - {level: II, when: {count: {over: county, where: {not: {level: ≥ 5}}, is: ≥ 2}}}
"""


def kept(folder: Path, cache: Path) -> planengine.Engine:
    return planengine.load(folder, cache=cache).compile()


def test_kept_rules_are_those_of_their_scope(small: Small, tmp_path: Path) -> None:
    small.plan("dam", COUNTED)
    at = june("09:00")
    everywhere = written(stated(june("08:00"), calm=True))
    north = written(stated(june("08:00"), calm=True), scope=["north"])
    answers = [
        [
            kept(small.folder, tmp_path / "cache").assess(one, at=at).decisions[0].could_reach
            for one in (everywhere, north, everywhere)
        ]
        for _ in range(2)
    ]
    fresh = [
        small.engine().assess(one, at=at).decisions[0].could_reach for one in (everywhere, north)
    ]
    assert fresh == ["II", None]  # there is but one county in the north
    assert answers == [[*fresh, fresh[0]]] * 2


def test_kept_rules_are_those_of_what_people_used(small: Small, tmp_path: Path) -> None:
    """A plan of another hazard applies where people started it, and nowhere else."""
    small.plan("dam", NEW)
    path = small.folder / "plans" / "dam.yaml"
    path.write_text(path.read_text().replace("hazards: [flood]", "hazards: [drought]"))
    vocabulary = small.folder / "vocabulary.yaml"
    words = vocabulary.read_text().replace(
        "hazards: {flood: {label: {en: flood}}}",
        "hazards: {flood: {label: {en: flood}}, drought: {label: {en: drought}}}",
    )
    vocabulary.write_text(words)
    facts = stated(june("08:00"), deaths=6)
    plain, used = written(facts), written(facts, put(june("08:30"), "III"))
    for _ in range(2):
        engine = kept(small.folder, tmp_path / "cache")
        levels = [
            [(one.level, one.in_force) for one in engine.assess(each, at=june("09:00")).decisions]
            for each in (plain, used, plain)
        ]
        assert levels == [[], [("II", "III")], []]


def test_the_package_itself_is_part_of_what_is_kept_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of the package that changes names another store."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "store.py").write_text("one = 1\n")
    monkeypatch.setattr(stores, "__file__", str(package / "store.py"))

    def name() -> str:
        stores._package_state.cache_clear()
        found = stores.store_for((), tmp_path / "cache")
        assert found is not None
        return str(found.store._folder)

    first = name()
    assert name() == first
    (package / "more.py").write_text("two = 2\n")
    second = name()
    (package / "more.py").write_text("two = 22\n")
    assert len({first, second, name()}) == 3
    stores._package_state.cache_clear()
