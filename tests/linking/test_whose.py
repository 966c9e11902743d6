"""Of whom facts of an incident are stated: of the object that they belong to."""

from pathlib import Path

import pytest

import planengine

BASE = Path(__file__).parents[1] / "fixtures" / "valid" / "base"
LIBRARY = planengine.load(BASE)
HEAD = "incident: test\nhazards: [flood]\nobservations:\n"


def findings(line: str) -> list[tuple[str, int, int]]:
    try:
        incident = LIBRARY.read_incident(HEAD + line)
    except planengine.PlanError as error:
        found = error.diagnostics
    else:
        found = incident.warnings
    return [(d.code, d.span.line, d.span.column) for d in found if d.span is not None]


AT = "at: 2026-07-20T08:00:00+08:00"


@pytest.mark.parametrize("where", ["", "area: north-county, "])
def test_a_fact_of_objects_is_said_of_one(where: str) -> None:
    line = f"  - {{{AT}, {where}facts: {{water-level: 27 m}}}}\n"
    assert findings(line) == [("object-unsaid", 4, line.index("water-level") + 1)]


def test_of_its_object_it_is_fine() -> None:
    assert findings(f"  - {{{AT}, object: ford-station, facts: {{water-level: 27 m}}}}\n") == []


def test_an_object_that_there_is_not_is_one_slip() -> None:
    found = findings(f"  - {{{AT}, object: fard-station, facts: {{water-level: 27 m}}}}\n")
    assert [code for code, _, _ in found] == ["unknown-object"]


def test_the_finding_names_an_object_of_the_area() -> None:
    with pytest.raises(planengine.PlanError) as raised:
        LIBRARY.read_incident(HEAD + f"  - {{{AT}, area: south-county, facts: {{水位: 27 m}}}}\n")
    [found] = raised.value.diagnostics
    assert found.hint == "say of which: `object: ford-station`"
    assert found.hint_in("zh") == "请写明是哪一个：`object: ford-station`"


def test_a_fact_that_is_asked_of_areas_may_be_said_of_one(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(BASE, tmp_path / "base")
    (tmp_path / "base" / "plans" / "level.yaml").write_text(
        "plan: level\nkind: special\njurisdiction: river-city\nlabel: {en: level}\n"
        'edition: {number: "1", in-force: 2026-01-01}\napplies: {hazards: [flood]}\n'
        "levels: [{level: I, approve: {post: commander}, when: {water-level: ≥ 30 m}}]\n"
    )
    library = planengine.load(tmp_path / "base")
    assert [f for f in library.check() if "water" in str(f)] == []
    library.read_incident(HEAD + f"  - {{{AT}, facts: {{water-level: 27 m}}}}\n")
