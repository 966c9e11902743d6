import pytest

from planengine.diagnostics.suggest import did_you_mean


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("emegency-bureau", ["water-bureau", "emergency-bureau"], "emergency-bureau"),
        ("死忘", ["失踪", "死亡"], "死亡"),
        ("水利局", ["应急局", "水务局"], "水务局"),
        ("kinds", ["label", "kind"], "kind"),
        ("rol", ["role", "post"], "role"),
        ("KIND", ["kind"], "kind"),
        ("x", ["y", "ab"], None),
        ("", ["a"], None),
        ("a", ["", "b"], None),
        ("人", ["亡"], None),
        ("flood", [], None),
    ],
)
def test_did_you_mean(word, candidates, expected):
    assert did_you_mean(word, candidates) == expected


def test_the_beginning_of_a_name_is_near():
    assert did_you_mean("gas", ["gale", "gas-accident"]) == "gas-accident"
    assert did_you_mean("jiangbei", ["jianghe-site", "jiangbei-district"]) == "jiangbei-district"


def test_another_name_with_the_same_ending_is_not_near():
    assert did_you_mean("gas-office", ["chemicals-office"]) is None
    assert did_you_mean("emegency-bureau", ["emergency-bureau"]) == "emergency-bureau"


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("分管副市长", ["常务副市长", "市长", "副市长兼秘书长"], None),
        ("副市长", ["常务副市长"], "常务副市长"),
        ("住建局", ["市住房和城乡建设局", "市水务局"], "市住房和城乡建设局"),
        ("南浦", ["北浦区", "南浦县"], "南浦县"),
        ("亡死", ["死亡", "失踪"], "死亡"),
        ("死亡数", ["死亡", "失踪"], "死亡"),
        ("重伤人员", ["轻伤人数", "重伤人数"], "重伤人数"),
        ("临江市医疗救援预案", ["临江市医疗卫生救援应急预案"], "临江市医疗卫生救援应急预案"),
    ],
)
def test_a_short_chinese_word_is_near_by_one_character_or_as_an_abbreviation(
    word, candidates, expected
):
    assert did_you_mean(word, candidates) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("nanpu-county/gas", None),
        ("nanpu-county/flod", "nanpu-county/flood"),
        ("nanpu/flood", "nanpu-county/flood"),
        ("flood/river", None),
    ],
)
def test_of_a_name_with_a_slash_every_part_is_near(word, expected):
    assert did_you_mean(word, ["flood", "linjiang/flood", "nanpu-county/flood"]) == expected


def test_a_short_word_in_latin_letters_has_most_letters_in_common():
    assert did_you_mean("area", ["repeat", "at", "target-track"]) is None
    assert did_you_mean("unit", ["until"]) is None
    assert did_you_mean("wehn", ["then", "when"]) == "when"
