"""Answers are values: equal when they say the same, picklable, shown as text, the same in threads."""

from __future__ import annotations

import html
import json
import logging
import multiprocessing
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import pytest

import planengine
from planengine import answers
from planengine.engines.both import Difference, EnginesDisagree
from tests.assessment.conftest import Small, day, in_force, stated
from tests.shipped import ROOT, engine, shipped

__all__ = ["engine", "shipped"]

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
DAM = """
levels:
  - {level: II, when: {deaths: ≥ 3}}
  - {level: III, when: {level: ≥ 5}}
actions:
  - {id: look, from: III, executor: office, do: look, within: 1 h, of: met}
"""


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path).plan("dam", DAM)


def incident(level: float = 6) -> dict[str, Any]:
    return {
        "incident": "x",
        "hazards": ["flood"],
        "observations": [stated("08:00", level=level), in_force("08:30", "III")],
    }


# Equality


def test_answers_that_say_the_same_are_equal(small: Small) -> None:
    first, again = small.engine().assess(incident()), small.engine().assess(incident())
    assert first == again
    assert hash(first) == hash(again)
    assert first.answer == again.answer
    assert first.decisions == again.decisions
    assert hash(first.decisions[0]) == hash(again.decisions[0])
    assert first.actions == again.actions


def test_answers_that_differ_anywhere_do_not_equal(small: Small) -> None:
    engine = small.engine()
    first = engine.assess(incident())
    worse = engine.assess(incident(7))
    assert first.decisions[0].level == worse.decisions[0].level == "III"
    assert first.decisions != worse.decisions  # for what held is another figure
    assert first != worse
    assert first != engine.assess(incident(), at=day("09:00"))
    assert first != engine.assess(incident(), at=day("08:30"), status="exercise")
    assert first != first.answer
    assert first.decisions[0] != first.decisions[0].answer


# Pickles


def test_an_answer_survives_pickling_and_copying(small: Small) -> None:
    told = small.engine().assess(incident()).answer
    assert pickle.loads(pickle.dumps(told)) == told
    assert deepcopy(told) == told
    assert msgspec.json.decode(msgspec.json.encode(told), type=answers.Answer) == told


def test_the_live_parts_survive_pickling(small: Small) -> None:
    found = small.engine().assess(incident())
    for part in ("actions", "ask", "reports", "agencies", "coverage", "conflicts", "unread"):
        value = getattr(found, part)
        assert pickle.loads(pickle.dumps(value)) == value
    why = found.decisions[0].why
    assert pickle.loads(pickle.dumps(why)) == why
    with pytest.raises(TypeError, match="pickle its assessment or `answer`"):
        pickle.dumps(found.decisions[0])


def test_an_assessment_is_pickled_as_what_it_was_worked_out_from(small: Small) -> None:
    found = small.engine().assess(incident(), at=day("09:00"), status="exercise")
    again = pickle.loads(pickle.dumps(found))
    assert (again.at, again.status, again.tainted) == (found.at, "exercise", True)
    assert again == found
    assert again.to_text("zh") == found.to_text("zh")


def test_an_engine_is_pickled_without_what_it_compiled(small: Small, tmp_path: Path) -> None:
    engine = planengine.load(small.folder, cache=tmp_path / "cache").compile()
    told = engine.assess(incident()).answer
    content = pickle.dumps(engine)
    for compiled in (b"planengine.rules.ruleset", b"planengine.engines.kernel", b"store"):
        assert compiled not in content
    again = pickle.loads(content)
    assert (len(again._rules), len(again._backends), again.library.store) == (0, 0, None)
    assert again.engine == "kernel"
    assert again.library.diagnostics == engine.library.diagnostics
    assert again.assess(incident()).answer == told
    with pytest.raises(TypeError, match="pickle its engine"):
        pickle.dumps(engine.decider(["flood"], at=day("08:00")))


def test_reading_a_pickle_runs_nothing_but_what_makes_the_values(small: Small) -> None:
    """Every name that a pickle of an engine asks for is a class of ours, or a plain value's."""
    asked: set[str] = set()

    class Watching(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            asked.add(f"{module}.{name}")
            return super().find_class(module, name)

    path = small.folder / "engine.pickle"
    path.write_bytes(pickle.dumps(small.engine()))
    with path.open("rb") as file:
        Watching(file).load()
    makers = {name for name in asked if not name.startswith("planengine.")}
    assert makers <= {
        "builtins.frozenset",
        "builtins.set",
        "copyreg._reconstructor",
        "copyreg.__newobj__",
        "datetime.date",
        "fractions.Fraction",
        "msgspec._core.Unset",
        "msgspec._core.rebuild",
        "pathlib.PosixPath",
        "types.MappingProxyType",
    }
    assert {"planengine.facade.engine.Engine", "planengine.facade.library.Library"} <= asked
    assert not any("engines.kernel" in name for name in asked)


CHILD = """
import json, pickle, sys
found = pickle.load(sys.stdin.buffer)
print(json.dumps([found.to_dict(), 'planengine.engines.kernel' in sys.modules]))
"""


def test_another_process_answers_the_same(small: Small) -> None:
    found = small.engine().assess(incident())
    told = subprocess.run(
        [sys.executable, "-c", CHILD], input=pickle.dumps(found), capture_output=True, check=True
    )
    assert json.loads(told.stdout) == [found.to_dict(), True]


def answer_of(task: tuple[planengine.Engine, dict[str, Any]]) -> answers.Answer:
    engine, told = task
    return engine.assess(told).answer


def raised_by(engine: planengine.Engine) -> None:
    engine.assess("incident: x\nhazards: [flod]\n")


def test_work_is_shared_among_processes(small: Small) -> None:
    engine = small.engine()
    tasks = [(engine, incident(level)) for level in (4, 5, 6)]
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(answer_of, tasks)) == [answer_of(task) for task in tasks]
        with pytest.raises(planengine.PlanError) as raised:
            pool.submit(raised_by, engine).result()
    (found,) = raised.value.diagnostics
    assert (found.code, str(found.span)) == ("unknown-hazard", "facts:2:11")


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_errors_survive_pickling(protocol: int) -> None:
    finding = planengine.Diagnostic("unknown-agency", None, (("name", "x"), ("nearest", "y")))
    error = pickle.loads(pickle.dumps(planengine.PlanError([finding]), protocol))
    assert (error.diagnostics, str(error)) == ((finding,), str(planengine.PlanError([finding])))
    text = planengine.Text("no answer", "不作答")
    refusal = pickle.loads(pickle.dumps(planengine.EngineRefusal(text), protocol))
    assert (refusal.text, str(refusal)) == (text, "no answer")
    differences = (Difference("dam", (1, 2, 1), (2, 2, 1)),)
    differing = pickle.loads(pickle.dumps(EnginesDisagree(differences), protocol))
    assert (differing.differences, differing.text) == (
        differences,
        EnginesDisagree(differences).text,
    )
    mistake = pickle.loads(pickle.dumps(planengine.ArgumentError("wrong"), protocol))
    assert (type(mistake), str(mistake)) == (planengine.ArgumentError, "wrong")


# Threads


def test_threads_get_the_answers_that_one_would_get(small: Small) -> None:
    """At several times, by one engine that has compiled nothing yet."""
    tasks = [(level, clock) for level in (4, 5, 6) for clock in ("08:00", "08:40", "10:00")] * 3
    alone = small.engine()
    wanted = [alone.assess(incident(level), at=day(clock)).answer for level, clock in tasks]
    shared = small.engine()
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda task: shared.assess(incident(task[0]), at=day(task[1])).answer, tasks)
        )
    assert found == wanted


@pytest.mark.slow
def test_threads_share_the_shipped_engine(shipped: planengine.Library) -> None:
    def levels(path: Path, engine: planengine.Engine) -> list[tuple[str | None, ...]]:
        found = engine.assess(path)
        return [(d.id, d.level, d.indicated, d.could_reach) for d in found.decisions]

    alone, shared = shipped.compile(), shipped.compile()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda path: levels(path, shared), EXAMPLES * 2))
    assert found == [levels(path, alone) for path in EXAMPLES] * 2


def test_threads_share_a_decider(shipped: planengine.Library) -> None:
    decider = shipped.compile().decider(["flood"], at="2026-07-18T12:30:00+08:00")
    facts = [{"water-level@hankou": 20 + step / 4, "deaths": step % 5} for step in range(64)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(decider, facts)) == [decider(one) for one in facts]


# What people see


def test_it_is_shown_as_the_command_shows_it(small: Small) -> None:
    found = small.engine().assess(incident())
    chinese, english = found.to_text("zh"), found.to_text()
    assert english == found.to_text("en")
    assert "三级" in chinese
    assert "level III" in english
    assert "\x1b" not in chinese + english
    assert max(map(len, english.splitlines())) <= 100


def test_a_notebook_shows_it_in_the_language_of_the_locale(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {**incident(), "label": {"en": "<b>the dam & all</b>"}}
    found = small.engine().assess(told)
    for setting, language in (("zh_CN.UTF-8", "zh"), ("C", "en")):
        monkeypatch.setenv("LC_ALL", setting)
        shown = found._repr_html_()
        assert shown == f'<pre lang="{language}">{html.escape(found.to_text(language))}</pre>'
        assert "<b>" not in shown


def test_what_things_are_is_seen_at_once(small: Small) -> None:
    engine = small.engine()
    assert repr(engine) == "<Engine kernel of <Library of city: 1 plans, 0 standards>>"
    found = engine.assess(incident())
    at = "2026-07-01T08:30:00+08:00"
    assert repr(found) == f"<Assessment of x at {at}: city/dam@city III>"
    drill = engine.assess(incident(1), status="exercise")
    assert repr(drill) == f"<Assessment of x (exercise) at {at}: no level>"
    assert repr(found.decisions[0]) == "<Decision city/dam@city: III, could reach II>"
    decider = engine.decider(["flood"], at=day("08:00"))
    assert repr(decider) == "<Decider of 1 decisions by 2 cells>"


def test_what_happens_is_logged(small: Small, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "planengine"):
        small.engine().assess(incident())
    told = [(record.name, record.levelname, record.getMessage()) for record in caplog.records]
    assert {name.partition(".")[0] for name, _, _ in told} == {"planengine"}
    assert {level for _, level, _ in told} == {"DEBUG"}
    assert told[0] == (
        "planengine.facade.library",
        "DEBUG",
        f"library {small.folder}: read, 2 findings",
    )
    assert told[-1][2].startswith("compiling ")
    assert any(text == "assessing x at 1782865800, as known at None" for _, _, text in told)
