"""An answer is JSON whatever was told: it can be written strictly and reads back as it was."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import planengine
from planengine import answers
from planengine.values.sets import NumberSet
from tests.shipped import ROOT
from tests.worlds import made
from tests.worlds.drawing import libraries
from tests.worlds.laws import law
from tests.worlds.small import clock
from tests.worlds.telling import stories

TICK = 9
PUBLISHED = json.loads((ROOT / "docs/reference/assessment.schema.json").read_text("utf-8"))
SCHEMA = Draft202012Validator(PUBLISHED)


def assert_strict(found: planengine.Assessment) -> None:
    """It is JSON by the published schema, with no other key than it has, and reads back."""
    data = found.to_dict()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert json.loads(found.to_json(indent=2)) == data
    assert [error.message for error in SCHEMA.iter_errors(data)] == []
    assert msgspec.json.decode(found.to_json(), type=answers.Answer) == found.answer


@law(0.3)
@given(st.data())
def test_every_answer_is_strict_json(data: st.DataObject) -> None:
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, (TICK,)))
    engine = made.load(drawn, story.stated).compile()
    assert_strict(engine.assess(story.incident(), at=clock(TICK)))


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.stem for path in sorted((ROOT / "examples").glob("*.yaml"))])
def test_the_examples_are_strict_json(engine: planengine.Engine, name: str) -> None:
    assert_strict(engine.assess(ROOT / "examples" / f"{name}.yaml"))


@pytest.mark.slow
def test_the_schema_refuses_what_is_no_answer(engine: planengine.Engine) -> None:
    data = engine.assess(ROOT / "examples" / "flood-day.yaml").to_dict()
    assert SCHEMA.is_valid(data)
    decision = data["decisions"][0]
    for wrong in (
        {**data, "schema": 2},
        {**data, "at": 1},
        {**data, "status": "reel"},
        {key: value for key, value in data.items() if key != "tainted"},
        {**data, "decisions": [{**decision, "level": 3}]},
        {**data, "conflicts": [{"kind": "evidence", "subject": "x", "text": "", "statements": []}]},
    ):
        assert not SCHEMA.is_valid(wrong)


def test_the_published_schema_is_that_of_the_types() -> None:
    assert answers.json_schema() == PUBLISHED
    Draft202012Validator.check_schema(PUBLISHED)


def test_an_end_that_there_is_not_is_null(engine: planengine.Engine) -> None:
    """Deaths of a county leave the city's open upwards, and a level says how far the next is."""
    at = "2026-07-18T12:30:00+08:00"
    said = {"at": at, "area": "nanpu-county", "facts": {"deaths": 2, "water-outage-people": 5}}
    found = engine.assess({"incident": "x", "hazards": ["flood"], "observations": [said]})
    asked = [row for row in found.ask if str(row.cell) == "deaths@linjiang"]
    assert isinstance(asked[0].value, NumberSet)
    row = next(row for row in found.to_dict()["ask"] if row["cell"] == "deaths@linjiang")
    assert row["value"]["ranges"] == [
        {"low": 2, "low_closed": True, "high": None, "high_closed": False}
    ]
