"""Bounds: examples from the laws, and equal sets for every spelling of the same limits."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.diagnostics.codes.values import CODES
from planengine.values.bounds import (
    AttributeMargin,
    BoundError,
    is_always_true,
    parse_bound,
    parse_value,
)
from planengine.values.sets import (
    COUNT,
    FLAG,
    ChoiceDomain,
    ChoiceSet,
    Domain,
    Interval,
    NumberDomain,
    NumberSet,
    above,
    at_least,
    at_most,
    below,
    number,
)
from planengine.values.units import is_unit
from planengine.values.wording import unreadable

is_unit("mile")  # imports pint now, and not within the time of one test

POSITIVE = NumberDomain(at_least(0))
REAL = NumberDomain()
DENSITY = ChoiceDomain(("sparse", "fairly-dense", "dense"), ordered=True)
KINDS = ChoiceDomain(("flood", "storm", "fire"))


def span(low: int | Fraction, high: int | Fraction) -> NumberSet:
    return NumberSet((Interval(low, high, True, False),))


def bound(text: str, domain: Domain = COUNT, unit: str | None = "人", **options: bool) -> object:
    return parse_bound(text, domain=domain, unit=unit, **options)


# Decree 493: 以上 includes, 以下 excludes
@pytest.mark.parametrize(
    "text, expected",
    [
        ("30人以上", at_least(30)),
        ("10人以上30人以下", span(10, 30)),
        ("3人以上10人以下", span(3, 10)),
        ("3人以下", below(3)),
        ("10人以上、30人以下", span(10, 30)),
        ("3以上10人以下", span(3, 10)),
        ("三十人以上", at_least(30)),
        ("超过100例", above(100)),
        ("100例及以上", at_least(100)),
        ("100例及以下", at_most(100)),
        ("不足5000人", below(5000)),
        ("5万人以上", at_least(50_000)),
        ("１０人以上３０人以下", span(10, 30)),
        ("30人以上（含30人）", at_least(30)),
        ("30人以上（不含本数）", above(30)),
        ("30人（含）以下", at_most(30)),
        ("超过10人、不足30人", NumberSet((Interval(10, 30, False, False),))),
        ("不少于3人且少于10人", span(3, 10)),
        ("不超过100人", at_most(100)),
        ("达到30人以上", at_least(30)),
        ("达30人", at_least(30)),
        ("至少3人", at_least(3)),
        ("至多3人", at_most(3)),
        ("大于等于3人", at_least(3)),
        ("≥ 30", at_least(30)),
        (">= 30", at_least(30)),
        ("> 100 例", above(100)),
        ("≤3 人", at_most(3)),
        ("<= 3", at_most(3)),
        ("< 3", below(3)),
        ("= 3", number(3)),
        ("3", number(3)),
        ("3人", number(3)),
        ("≠ 3", NumberSet(number(3).complement().intervals)),
        ("!= 3", NumberSet(number(3).complement().intervals)),
        ("≥10<30", span(10, 30)),
        ("≥ 10, < 30", span(10, 30)),
        ("[10..30)", span(10, 30)),
        ("[10..30) 人", span(10, 30)),
        ("[10人..30人)", span(10, 30)),
        ("(100..200]", NumberSet((Interval(100, 200, False, True),))),
        ("]100..200[", NumberSet((Interval(100, 200, False, False),))),
        ("[10..30) 万人", span(100_000, 300_000)),
        ("[10..∞)", at_least(10)),
        ("[..5]", at_most(5)),
        ("n/a", NumberSet((), True)),
        ("不适用", NumberSet((), True)),
    ],
)
def test_counts(text: str, expected: NumberSet) -> None:
    assert bound(text) == COUNT.restrict(expected)


@pytest.mark.parametrize(
    "text, domain, unit, expected",
    [
        ("1亿元以上", POSITIVE, "元", at_least(10**8)),
        ("5000万元以上1亿元以下", POSITIVE, "元", span(5 * 10**7, 10**8)),
        ("5000万以上1亿元以下", POSITIVE, "元", span(5 * 10**7, 10**8)),
        ("5000万元以上1亿元以下", POSITIVE, "万元", span(5000, 10_000)),
        ("≥ 5000 万元", POSITIVE, "元", at_least(5 * 10**7)),
        ("[1000..5000) 万元", POSITIVE, "元", span(10**7, 5 * 10**7)),
        ("30%", POSITIVE, "%", number(30)),
        ("30 %", POSITIVE, "%", number(30)),
        ("30％以上", POSITIVE, "%", at_least(30)),
        ("13%以上30%以下", POSITIVE, "%", span(13, 30)),
        ("13以上30%以下", POSITIVE, "%", span(13, 30)),
        ("百分之三十以上", POSITIVE, "%", at_least(30)),
        ("≥ 0.3倍", POSITIVE, "%", at_least(30)),
        ("25.3米及以上", REAL, "m", at_least(Fraction(253, 10))),
        ("7.0级以上", POSITIVE, "级", at_least(7)),
        ("50 mm", POSITIVE, "mm", number(50)),
        ("1000公顷以上", POSITIVE, "ha", at_least(1000)),
        ("15亩以上", POSITIVE, "公顷", at_least(1)),
        ("500万千瓦以上", POSITIVE, "MW", at_least(5000)),
        ("≤ -3 ℃", REAL, "℃", at_most(-3)),
        ("零下3℃以下", REAL, "℃", below(-3)),
        ("24小时以上", POSITIVE, "h", at_least(24)),
        ("3天以上", POSITIVE, "h", at_least(72)),
        ("1 h 30 min", POSITIVE, "min", number(90)),
        ("3", POSITIVE, None, number(3)),
    ],
)
def test_quantities(text: str, domain: NumberDomain, unit: str, expected: NumberSet) -> None:
    assert bound(text, domain, unit) == expected


@pytest.mark.parametrize(
    "text, attribute, margin",
    [
        ("≥ @warning-stage", "warning-stage", at_least(0)),
        ("≥ @warning-stage + 0.5 m", "warning-stage", at_least(Fraction(1, 2))),
        ("≥ @warning-stage+50 cm", "warning-stage", at_least(Fraction(1, 2))),
        ("< @x - 1 m", "x", below(-1)),
        ("= @x", "x", number(0)),
        ("@x", "x", number(0)),
        ("≠ @x", "x", NumberSet(number(0).complement().intervals)),
        ("超过@警戒水位", "警戒水位", above(0)),
        ("@警戒水位以上", "警戒水位", at_least(0)),
        ("达到@警戒水位 + 50厘米", "警戒水位", at_least(Fraction(1, 2))),
    ],
)
def test_attribute_bounds(text: str, attribute: str, margin: NumberSet) -> None:
    assert bound(text, REAL, "m") == AttributeMargin(attribute, margin)


def choices(*members: str | bool) -> ChoiceSet:
    return ChoiceSet(frozenset(members))


@pytest.mark.parametrize(
    "text, domain, expected",
    [
        ("dense", DENSITY, choices("dense")),
        ("≥ fairly-dense", DENSITY, choices("fairly-dense", "dense")),
        ("> fairly-dense", DENSITY, choices("dense")),
        ("fairly-dense以上", DENSITY, choices("fairly-dense", "dense")),
        ("fairly-dense以下", DENSITY, choices("sparse")),
        ("fairly-dense及以下", DENSITY, choices("sparse", "fairly-dense")),
        ("≠ dense", DENSITY, choices("sparse", "fairly-dense")),
        ("n/a", DENSITY, ChoiceSet(na=True)),
        ("≠ flood", KINDS, choices("storm", "fire")),
        ("= flood", KINDS, choices("flood")),
        ("true", FLAG, choices(True)),
        ("False", FLAG, choices(False)),
        ("是", FLAG, choices(True)),
        ("有", FLAG, choices(True)),
        ("否", FLAG, choices(False)),
        ("无", FLAG, choices(False)),
        ("≠ true", FLAG, choices(False)),
    ],
)
def test_choices(text: str, domain: ChoiceDomain, expected: ChoiceSet) -> None:
    assert bound(text, domain, None) == expected


ERRORS: list[tuple[str, Domain, str | None, str]] = [
    ("数十人", COUNT, "人", "vague-bound"),
    ("若干", COUNT, "人", "vague-bound"),
    ("约30人", COUNT, "人", "vague-bound"),
    ("30余人", COUNT, "人", "vague-bound"),
    ("30多人", COUNT, "人", "vague-bound"),
    ("近百人", COUNT, "人", "vague-bound"),
    ("上百人", COUNT, "人", "vague-bound"),
    ("30人左右", COUNT, "人", "vague-bound"),
    ("10-30人", COUNT, "人", "unclear-ends"),
    ("10～30人", COUNT, "人", "unclear-ends"),
    ("10至30人", COUNT, "人", "unclear-ends"),
    ("10..30", COUNT, "人", "unclear-ends"),
    ("24小时以内", POSITIVE, "h", "unclear-ends"),
    ("5,000人以上", COUNT, "人", "thousands-comma"),
    ("12345678901234567", COUNT, "人", "inexact-number"),
    ("9100万亿元以上", POSITIVE, "元", "inexact-number"),
    ("10以上30万人以下", COUNT, "人", "ambiguous-number"),
    ("5000万", POSITIVE, "万元", "ambiguous-number"),
    ("一百五人", COUNT, "人", "ambiguous-number"),
    ("30间以上", COUNT, "人", "wrong-unit"),
    ("30m", COUNT, "人", "wrong-unit"),
    ("3 人", COUNT, None, "wrong-unit"),
    ("≥ @x + 3 人", REAL, "m", "wrong-unit"),
    ("30 foo", COUNT, "人", "unknown-unit"),
    ("50 毫来", POSITIVE, "mm", "unknown-unit"),
    ("超过30人以上", COUNT, "人", "contradictory-wording"),
    ("30人以上10人以下", COUNT, "人", "inverted-bound"),
    ("[30..10]", COUNT, "人", "inverted-bound"),
    ("(3..3]", COUNT, "人", "inverted-bound"),
    ("3.5人", COUNT, "人", "never-true"),
    ("< 0", COUNT, "人", "never-true"),
    ("> dense", DENSITY, None, "never-true"),
    ("unknown", COUNT, "人", "untestable-unknown"),
    ("未知", DENSITY, None, "untestable-unknown"),
    ("不明", FLAG, None, "untestable-unknown"),
    ("densse", DENSITY, None, "unknown-choice"),
    ("3", DENSITY, None, "unknown-choice"),
    ("y", FLAG, None, "unknown-choice"),
    ("≥ flood", KINDS, None, "unordered-choice"),
    ("≥ @a, < @b", REAL, "m", "two-sided-attribute"),
    ("dead 30", COUNT, "人", "unreadable-bound"),
    ("", COUNT, "人", "unreadable-bound"),
    ("以上", COUNT, "人", "unreadable-bound"),
    ("人", COUNT, "人", "unreadable-bound"),
    ("[10,30)", COUNT, "人", "unreadable-bound"),
    ("10人以上20人以上", COUNT, "人", "unreadable-bound"),
    ("[1..2] foo bar", COUNT, "人", "unreadable-bound"),
    ("@x-1 m", REAL, "m", "unreadable-bound"),
    ("[@a..@b]", REAL, "m", "unreadable-bound"),
    ("true", COUNT, "人", "unreadable-bound"),
]


@pytest.mark.parametrize("text, domain, unit, code", ERRORS)
def test_errors(text: str, domain: Domain, unit: str | None, code: str) -> None:
    found = bound(text, domain, unit)
    assert isinstance(found, BoundError)
    assert found.diagnostic.code == code
    for language in ("en", "zh"):
        assert found.at(None).message_in(language)  # type: ignore[arg-type]


def test_a_duration_needs_its_unit() -> None:
    found = bound("≥ 24", POSITIVE, "s", explicit_unit=True)
    assert isinstance(found, BoundError)
    assert found.diagnostic.code == "missing-unit"


def test_a_slip_of_a_flag_is_put_right() -> None:
    for text, meant in (("y", "true"), ("on", "true"), ("未发生", "false"), ("0", "false")):
        found = bound(text, FLAG, None)
        assert isinstance(found, BoundError)
        assert found.diagnostic.hint == f"did you mean `{meant}`?"


def test_a_flag_is_said_in_either_language() -> None:
    for truth, texts in (
        (True, ("true", "yes", "Yes", "是", "有")),
        (False, ("false", "no", "NO", "否", "无", "没有")),
    ):
        assert [bound(text, FLAG, None) for text in texts] == [
            ChoiceSet(frozenset({truth})) for _ in texts
        ]


@pytest.mark.parametrize(
    "text, closed, half_open",
    [
        ("10-30人", "[10..30] 人", "[10..30) 人"),
        ("80公顷～120公顷", "[80..120] 公顷", "[80..120) 公顷"),
        ("80到120公顷", "[80..120] 公顷", "[80..120) 公顷"),
        ("6.5 – 7", "[6.5..7]", "[6.5..7)"),
        ("3至10", "[3..10]", "[3..10)"),
    ],
)
def test_a_range_is_offered_as_an_interval(text: str, closed: str, half_open: str) -> None:
    found = unreadable(text).diagnostic
    assert (found.code, found.hint) == (
        "unclear-ends",
        f'write "{closed}" if both limits count, "{half_open}" if the upper one does not',
    )


def test_what_is_no_range_of_two_numbers_has_the_forms_there_are() -> None:
    for text in ("24小时以内", "1万-2万人", "1-2万人", "5千-2万人", "3天-5小时"):
        hint = unreadable(text).diagnostic.hint or ""
        assert hint.startswith('write 10人以上30人以下, 10 to 30 (both ends count), or "[10..30)"')


def test_every_code_of_the_family_is_met() -> None:
    met = {code for *_, code in ERRORS} | {"missing-unit", "outside-domain", "attribute-not-here"}
    elsewhere = {"vague-value", "bound-too-long", "bad-unit"}
    assert met | elsewhere == {code.id for code in CODES}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("102 mm", number(102)),
        ("102", number(102)),
        ("10.2 cm", number(102)),
        ("[0..4]", NumberSet((Interval(0, 4),))),
        ("≥ 5", at_least(5)),
        ("5毫米以上", at_least(5)),
        ("n/a", NumberSet((), True)),
        ("unknown", None),
        ("未知", None),
    ],
)
def test_values(text: str, expected: NumberSet | None) -> None:
    assert parse_value(text, domain=POSITIVE, unit="mm") == expected


@pytest.mark.parametrize(
    "text, code",
    [
        ("-3", "outside-domain"),
        ("@x", "attribute-not-here"),
        ("约30", "vague-bound"),
        ("8..12", "unclear-ends"),
    ],
)
def test_bad_values(text: str, code: str) -> None:
    found = parse_value(text, domain=POSITIVE, unit="mm")
    assert isinstance(found, BoundError)
    assert found.diagnostic.code == code


def test_always_true() -> None:
    assert is_always_true(at_least(0), COUNT)
    assert is_always_true(COUNT.restrict(above(-1)), COUNT)
    assert not is_always_true(at_least(1), COUNT)
    assert is_always_true(ChoiceSet(frozenset({True, False})), FLAG)
    assert not is_always_true(ChoiceSet(frozenset({True})), FLAG)


LIMITS = st.integers(0, 10**6).map(lambda n: Fraction(n, 100))
_FEEL = {("≥", "<"): "[{a}..{b}) {u}", (">", "≤"): "({a}..{b}] {u}"}
_FEEL |= {("≥", "≤"): "[{a}..{b}] {u}", (">", "<"): "({a}..{b}) {u}"}
_LOW_WORDS = {
    "≥": ["{a}{u}以上", "不少于{a}{u}", "{a}{u}及以上"],
    ">": ["超过{a}{u}", "大于{a}{u}"],
}
_HIGH_WORDS = {"<": ["{b}{u}以下", "不足{b}{u}"], "≤": ["{b}{u}及以下", "不超过{b}{u}"]}


def _text(value: Fraction) -> str:
    return f"{float(value):.2f}"


@given(LIMITS, LIMITS, st.sampled_from(sorted(_FEEL)), st.data())
def test_words_symbols_and_feel_agree(
    a: Fraction, b: Fraction, relations: tuple[str, str], data: st.DataObject
) -> None:
    low, high = sorted((a, b))
    high += 1
    unit, factor = data.draw(
        st.sampled_from([("米", 1), ("公里", 1000), ("毫米", Fraction(1, 1000)), ("m", 1)])
    )
    put = {"a": _text(low), "b": _text(high), "u": unit}
    expected = NumberSet(
        (Interval(low * factor, high * factor, relations[0] == "≥", relations[1] == "≤"),)
    )
    words = data.draw(st.sampled_from(_LOW_WORDS[relations[0]]))
    words += data.draw(st.sampled_from(["、", "，", "且"]))
    words += data.draw(st.sampled_from(_HIGH_WORDS[relations[1]]))
    symbols = f"{relations[0]} {{a}} {{u}}, {relations[1]}{{b}}{{u}}"
    for template in (words, symbols, _FEEL[relations]):
        assert bound(template.format(**put), POSITIVE, "m") == expected, template


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_printed_set_is_read_back(low: int, width: int) -> None:
    for written in (
        NumberSet((Interval(low, low + width, True, False),)),
        NumberSet((Interval(low, low + width, False, True),)),
        at_least(low),
    ):
        assert bound(str(written), POSITIVE, "m") == written


@given(
    st.text(
        alphabet="0123456789.,-+<>=≥≤≠[]()@ 万亿千百十三人元m%以上下及超过不足且、xnua/",
        max_size=24,
    )
)
def test_never_raises_and_never_gives_an_empty_test(text: str) -> None:
    for domain, unit in ((COUNT, "人"), (REAL, "m"), (POSITIVE, "万元"), (DENSITY, None)):
        found = bound(text, domain, unit)
        if isinstance(found, NumberSet | ChoiceSet):
            assert found
        parse_value(text, domain=domain, unit=unit)


@pytest.mark.parametrize(
    "text",
    [
        "[" + " " * 200 + ".." + " " * 200 + "x",
        "亿" * 60_000,
        "9" * 5_000,
        "[.." * 60_000,
        "10人以上" * 30_000,
        "≥ @" + "a -" * 50_000,
    ],
)
def test_what_is_far_too_long_is_refused_without_being_read(text):
    for read in (parse_bound, parse_value):
        found = read(text, domain=COUNT, unit="人")
        assert isinstance(found, BoundError)
        assert found.diagnostic.code == "bound-too-long"
        assert len(str(found.diagnostic)) < 400


@pytest.mark.parametrize("text", ["[..[..[..", "[..] xyz", "(..) 亿亿"])
def test_an_open_interval_with_something_behind_it_that_is_no_unit_is_refused(text):
    assert isinstance(parse_bound(text, domain=COUNT, unit="人"), BoundError)
