"""Durations: halves, words around them, and what has no fixed length."""

import pytest

from planengine.values.durations import Role, parse_duration

H = 3600


@pytest.mark.parametrize(
    ("text", "role", "seconds"),
    [
        ("半小时", None, H // 2),
        ("半天", None, 12 * H),
        ("两个半小时", None, 9000),
        ("1小时半", None, 5400),
        ("一天半", None, 36 * H),
        ("half an hour", None, H // 2),
        ("an hour", None, H),
        ("1 hour and 30 minutes", None, 5400),
        ("1 hour, 30 minutes", None, 5400),
        ("30時間", None, 30 * H),
        ("24小时内", "within", 24 * H),
        ("24小时以内", "within", 24 * H),
        ("半小时内", "within", H // 2),
        ("within 24 hours", "within", 24 * H),
        ("2小时前", "before", 2 * H),
        ("每2小时", "every", 2 * H),
        ("每隔2小时", "every", 2 * H),
        ("每2小时一次", "every", 2 * H),
        ("每小时", "every", H),
        ("每日", "every", 24 * H),
        ("every 2 hours", "every", 2 * H),
        ("every hour", "every", H),
        ("2 h", "every", 2 * H),
    ],
)
def test_durations(text: str, role: Role | None, seconds: int) -> None:
    assert parse_duration(text, role) == seconds


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("24小时内", None),
        ("24小时内", "before"),
        ("每2小时", "within"),
        ("1 month", None),
        ("3个月", "within"),
        ("1 year", None),
        ("日", None),
        ("every", "every"),
        ("within", "within"),
        ("每日两次", "every"),
    ],
)
def test_no_durations(text: str, role: Role | None) -> None:
    assert parse_duration(text, role) is None


@pytest.mark.parametrize(
    ("text", "role", "seconds"),
    [
        ("one hour", None, 3600),
        ("within two hours", "within", 7200),
        ("two hours and thirty minutes", None, 9000),
        ("every twelve hours", "every", 43_200),
        ("forty-eight hours", None, 172_800),
        ("one and a half hours", None, None),
        ("one hundred hours", None, None),
    ],
)
def test_english_numbers_in_words(text, role, seconds):
    assert parse_duration(text, role) == seconds
