"""A clause is found within a citation of several, and within a range."""

from __future__ import annotations

import shutil

import pytest

from planengine.impact.things import Thing
from tests.impact.conftest import Bench, bench_of
from tests.linking.libraries import BASE


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("joined") / "base"
    shutil.copytree(BASE, folder)
    for file, old, new in (
        ("rules/accident.yaml", "clause: 第三条", "clause: 第三、四条"),
        ("rules/quake.yaml", "clause: 第十条", "clause: 第十条至第十二条"),
    ):
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), "utf-8")
    return bench_of(folder)


@pytest.mark.parametrize(
    ("clause", "places"),
    [
        ("第三条", ["accident.yaml:7:33", "management.yaml:7:86"]),
        ("第四条", ["accident.yaml:7:33", "management.yaml:8:59"]),
        ("第三、四条", ["accident.yaml:7:33"]),
        ("第十条", ["quake.yaml:7:33"]),
        ("第十一条", ["quake.yaml:7:33"]),
        ("第十二条", ["quake.yaml:7:33"]),
    ],
)
def test_it_is_found_where_several_are_named(joined: Bench, clause: str, places: list[str]) -> None:
    assert joined.places(f"decree {clause}") == places


def test_what_rests_on_it_follows(joined: Bench) -> None:
    follows = joined.follows("decree 第四条")
    assert follows["level:accident@river-city:serious"] == (1, None)


def test_it_is_no_clause_that_is_named_nowhere(joined: Bench) -> None:
    assert joined.things.find("decree 第十三条") == ()


def test_a_part_of_what_is_written_is_written_anew_by_hand(joined: Bench) -> None:
    found = joined.replaced("decree 第四条", "decree 第八条")
    assert [str(one.span).rpartition("/")[2] for one in found.by_hand] == ["accident.yaml:7:33"]
    assert [str(one.span).rpartition("/")[2] for one in found.rewritten] == ["management.yaml:8:59"]
    assert found.other == Thing("clause", "第八条", "decree")
