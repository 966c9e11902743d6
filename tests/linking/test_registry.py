import pytest

from planengine.domain.registry import Registry, boundaries
from planengine.values.times import parse_date
from tests.linking.libraries import base, with_document


def registry(date="2026-06-01"):
    return Registry(base(), parse_date(date, "Asia/Shanghai"))


class TestGeography:
    def test_up_and_down(self):
        now = registry()
        assert now.parent("north-county") == "river-city"
        assert now.parent("hill-province") is None
        assert now.ancestors("north-county") == ("river-city", "hill-province")
        assert now.children("river-city") == ("north-county", "south-county")
        assert now.descendants("hill-province") == (
            "river-city",
            "north-county",
            "south-county",
            "lake-city",
        )

    def test_only_what_is_in_force(self):
        before = registry("2019-12-31")
        assert before.children("river-city") == ("north-county",)
        assert before.area_of("ford-station") is None
        assert not before.is_known("south-county")
        assert registry("2020-01-01").is_known("south-county")

    def test_enclosing(self):
        now = registry()
        assert now.enclosing("north-county", "city") == "river-city"
        assert now.enclosing("river-city", "city") == "river-city"
        assert now.enclosing("river-city", "county") is None

    def test_objects(self):
        now = registry()
        assert now.area_of("bridge-station") == "north-county"
        assert now.area_of("river-city") == "river-city"
        assert now.area_of("nowhere") is None
        assert now.is_within("bridge-station", "river-city")
        assert now.is_within("river-city", "river-city")
        assert not now.is_within("river-city", "north-county")
        assert not now.is_within("nowhere", "river-city")
        assert now.objects("station", "river-city") == ("bridge-station", "ford-station")
        assert now.objects("station", "south-county") == ("ford-station",)
        assert now.objects("reservoir") == ()
        assert now.is_open("reservoir")
        assert not now.is_open("station")
        assert now.areas("county", "river-city") == ("north-county", "south-county")
        assert now.areas("city") == ("river-city", "lake-city")

    def test_attributes_are_dated(self):
        assert str(registry().attribute("bridge-station", "warning-stage")) == "25.3"
        assert str(registry("2023-12-31").attribute("bridge-station", "warning-stage")) == "25"
        assert str(registry().attribute("river-city", "city-class")) == "other"
        assert registry().attribute("north-county", "city-class") is None
        assert registry().attribute("nowhere", "city-class") is None


class TestBodies:
    def test_in_force(self):
        assert registry("2019-01-17").agency_in_force("safety-bureau")
        assert not registry("2019-01-18").agency_in_force("safety-bureau")
        assert registry("2019-01-18").agency_in_force("emergency-bureau")

    def test_successor(self):
        assert registry().successor("safety-bureau") == "emergency-bureau"
        assert registry().successor("flood-hq") == "flood-hq"
        assert registry().successor("nobody") is None

    def test_role_of_a_lower_tier(self):
        now = registry()
        both = ("north-flood-hq", "south-flood-hq")
        assert now.agencies_for_role("county-flood-hq", "river-city") == both
        affected = ["bridge-station"]
        assert now.agencies_for_role("county-flood-hq", "river-city", affected) == both[:1]
        assert now.agencies_for_role("county-flood-hq", "river-city", ["river-city"]) == both[:0]
        assert now.agencies_for_role("county-flood-hq", "river-city", []) == ()

    def test_role_of_this_tier_or_above(self):
        now = registry()
        assert now.agencies_for_role("city-flood-hq", "north-county") == ("flood-hq",)
        assert now.agencies_for_role("nearest-flood-hq", "south-county") == ("south-flood-hq",)
        assert now.agencies_for_role("nearest-flood-hq", "lake-city") == ("province-flood-hq",)
        assert now.agencies_for_role("nobody", "river-city") == ()

    @pytest.mark.parametrize(
        ("giver", "receiver", "mode"),
        [
            ("flood-hq", "north-flood-hq", "order"),  # reports to it
            ("government", "north-flood-hq", "order"),  # further up
            ("flood-hq", "south-flood-hq", "order"),  # of an area below
            ("flood-hq", "emergency-bureau", "order"),  # of the same area
            ("river-city", "emergency-bureau", "order"),  # the government of the area
            ("flood-hq", "weather-bureau", "request"),  # vertical
            ("weather-bureau", "emergency-bureau", "request"),
            ("north-flood-hq", "flood-hq", "request"),  # upwards
            ("flood-hq", "lake-bureau", "request"),  # elsewhere
            ("government", "hospital", "request"),  # a declared relation
            ("flood-hq", "nobody", "request"),
            ("flood-hq", "flood-hq", "order"),
        ],
    )
    def test_order_or_request(self, giver, receiver, mode):
        assert registry().may_order(giver, receiver) == mode


def test_boundaries():
    found = boundaries(base())
    assert list(found) == sorted(set(found))
    dates = ("2007-06-01", "2019-01-18", "2020-01-01", "2024-01-01", "2026-04-01")
    assert {parse_date(date, "Asia/Shanghai") for date in dates} <= set(found)


def test_circles_end(tmp_path):
    text = "registry: more\njurisdictions: {a: {tier: city, in: b}, b: {tier: county, in: a}}\n"
    entities, _ = with_document(tmp_path, text)
    now = Registry(entities, 0)
    assert now.ancestors("a") == ("b",)
    assert now.descendants("a") == ("b",)
