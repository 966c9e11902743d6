"""A former name is told with what it rests on, and with the doubt that there is about it."""

from pathlib import Path

from planengine import Library
from planengine.linking.load import read_library
from tests.linking.libraries import BASE

FORMER = Path(__file__).parents[1] / "fixtures" / "invalid" / "checks" / "former-name.yaml"


def test_a_former_name_says_that_its_basis_is_unverified() -> None:
    entities, findings, sources = read_library(BASE, extra=[FORMER])
    assert entities is not None
    found = Library(entities, tuple(findings), sources).check(at="2026-06-01T00:00:00+08:00")
    (told,) = (one for one in found if one.code == "former-name")
    assert told.message_in("zh") == (
        "“河管局”自 2019-04-01 起为水利局（事故条例（第1号，2007），未核实）"
    )
    assert told.message_in("en") == (
        "河管局 has been 水利局 since 2019-04-01 (accident decree (第1号, 2007), unverified)"
    )
