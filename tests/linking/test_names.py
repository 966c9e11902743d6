import pytest

from planengine.domain.names import Names, Spellings
from planengine.domain.parts import Label
from tests.linking.libraries import base


@pytest.fixture
def names():
    return base().names


@pytest.mark.parametrize("text", ["deaths", "死亡人数", "死亡", "Deaths", " 死亡 "])
def test_id_label_and_alias(names, text):
    findings = []
    assert names.resolve("fact", text, None, findings) == "deaths"
    assert findings == []


@pytest.mark.parametrize("text", ["I", "一级", "Ⅰ", "Ⅰ级", "level i"])
def test_levels(names, text):
    assert names.level("response", text, None, []) == 3


def test_no_level_only_where_it_is_allowed(names):
    findings = []
    assert names.level("response", "none", None, findings, none_allowed=True) == 0
    assert findings == []
    assert names.level("response", "none", None, findings) is None
    assert [d.code for d in findings] == ["unknown-level"]


def test_unknown_with_the_nearest(names):
    findings = []
    assert names.resolve("agency", "市应急", None, findings) is None
    assert [(d.code, d.hint) for d in findings] == [("unknown-agency", "did you mean `市应急局`?")]


def test_ambiguous_alias_but_not_its_ids(names):
    findings = []
    assert names.find("agency", "应急局") == ("emergency-bureau", "lake-bureau")
    assert names.resolve("agency", "应急局", None, findings) is None
    assert [d.code for d in findings] == ["ambiguous-name"]
    assert names.find("agency", "lake-bureau") == ("lake-bureau",)


def test_an_id_wins_over_a_label_of_another():
    spellings = Spellings()
    spellings.add("fact", "a", Label((("en", "b"),)))
    spellings.add("fact", "b", Label())
    names = Names(spellings.known)
    assert names.find("fact", "b") == ("b",)


def test_place_is_areas_and_objects(names):
    assert names.find("place", "北县") == ("north-county",)
    assert names.find("place", "大桥站") == ("bridge-station",)
    assert names.find("authority", "市政府") == ("government",)


def test_attributes_of_kinds_and_of_areas(names):
    assert set(names.attributes("station")) == {"warning-stage", "class"}
    assert set(names.attributes("area")) == set(names.attributes("city")) == {"city-class"}
    assert names.find("attribute:station", "警戒水位") == ("warning-stage",)
    assert names.find("value:@station/class", "重要站") == ("main",)
    assert names.find("value:density", "密集") == ("dense",)


def test_documents_know_their_tracks(names):
    flood = names.document("plan", "flood")
    assert flood.tracks == {"flood": "response", "drought": "response", None: "response"}
    assert flood.warnings == {"flood"}
    assert flood.scales == {"response"}
    assert names.document("standard", "accident").tracks == {None: "grade"}
    assert names.document("plan", "accident") is None


def test_unknown_kind_knows_nothing(names):
    assert names.find("nonsense", "x") == ()


def test_an_ambiguous_name_shows_where_its_meanings_are_declared(names):
    for kind in ("agency", "provider"):
        found = names.ambiguous(kind, "应急局", None, ("emergency-bureau", "lake-bureau"))
        assert [(words.en, span.line) for words, span in found.related] == [
            ("`emergency-bureau` is declared here", 23),
            ("`lake-bureau` is declared here", 25),
        ]


def test_an_unknown_level_shows_those_there_are(names):
    found = names.unknown("level:warning", "orange", None)
    assert found.hint == "the levels of `warning` are red, blue"
    assert found.hint_in("zh") == "`warning` 的级别有 red（红色）、blue（蓝色）"
    assert names.unknown("level:response", "V", None).hint_in("zh").endswith("III（三级）")


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("agency", "指挥长", "`指挥长` is a post, and an agency is wanted here"),
        ("post", "county-flood-hq", "`county-flood-hq` is a role, and a post is wanted here"),
        ("object", "北县", "`北县` is a jurisdiction, and an object is wanted here"),
        (
            "body",
            "bridge-station",
            "`bridge-station` is an object, and an agency or post is wanted here",
        ),
    ],
)
def test_a_name_of_another_kind(names, kind, text, message):
    assert names.unknown(kind, text, None).message == message
