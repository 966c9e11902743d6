import pytest

from planengine.reading.suggest import did_you_mean


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
