import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.values.wording import Half, NotABoundError, read_halves, read_interval


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("30人以上", [("≥", "30人")]),
        ("30人以下", [("<", "30人")]),
        ("30人及以下", [("≤", "30人")]),
        ("30人(含)以下", [("≤", "30人")]),
        ("30人(不含)以上", [(">", "30人")]),
        ("3人以上10人以下", [("≥", "3人"), ("<", "10人")]),
        ("超过3人且不足10人", [(">", "3人"), ("<", "10人")]),
        ("≥3<10", [("≥", "3"), ("<", "10")]),
        ("3", [("=", "3")]),
        ("!= 3", [("≠", "3")]),
        ("≥ @warning-stage + 0.5 m", [("≥", "@warning-stage + 0.5 m")]),
    ],
)
def test_halves(text: str, halves: list[tuple[str, str]]) -> None:
    assert [(half.relation, half.operand) for half in read_halves(text)] == halves


@pytest.mark.parametrize("text", ["≥ 3, ≥ 4", "= 3, < 4", "3人以上4人以上5人以上", ""])
def test_not_a_bound(text: str) -> None:
    with pytest.raises(NotABoundError):
        read_halves(text)


def test_intervals() -> None:
    found = read_interval("[10..30) 万元")
    assert found is not None
    assert (found.low, found.high, found.unit) == ("10", "30", "万元")
    assert (found.low_closed, found.high_closed) == (True, False)
    assert read_interval("10..30") is None
    assert read_interval("[10,30]") is None


@given(st.text(max_size=30))
def test_only_one_error_is_raised(text: str) -> None:
    try:
        halves = read_halves(text)
    except NotABoundError:
        return
    assert all(isinstance(half, Half) and half.operand for half in halves)
