import os

import pytest

from planengine.diagnostics import PlanError
from planengine.domain.ids import DoneOf
from planengine.domain.parts import Label, Period
from planengine.domain.terms import ALWAYS_TERM, CalendarTerm, FactTerm, LevelTerm
from planengine.linking.load import load_library, read_library
from planengine.values.times import parse_date
from tests.linking.libraries import BASE, base, with_document


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


MANIFEST = "library: tiny\ninclude: [parts.yaml]\nhome: town\ntime-zone: Asia/Shanghai\n"
TINY = """registry: tiny
jurisdictions: {town: {tier: city}}
"""


def test_no_library_here(tmp_path):
    entities, findings, texts = read_library(tmp_path)
    assert entities is None
    assert texts == {}
    assert [d.code for d in findings] == ["no-library"]


def test_no_such_path(tmp_path):
    _, findings, _ = read_library(tmp_path / "nowhere" / "plan.yaml")
    assert [d.code for d in findings] == ["unreadable-file"]


def test_load_raises_one_error_with_everything(tmp_path):
    write(tmp_path, planengine=MANIFEST, parts=TINY + "agencies: {a: {in: twon}, b: {in: twon}}\n")
    with pytest.raises(PlanError) as caught:
        load_library(tmp_path)
    codes = [d.code for d in caught.value.diagnostics]
    assert codes == ["unknown-tier", "unknown-jurisdiction"]
    assert [str(words) for words, _ in caught.value.diagnostics[1].related] != []


def test_missing_include_points_at_its_name(tmp_path):
    write(tmp_path, planengine=MANIFEST)
    _, findings, _ = read_library(tmp_path)
    assert ("unreadable-file", 2, 11) in [
        (d.code, d.span.line, d.span.column) for d in findings if d.span
    ]


def test_manifest_of_another_kind(tmp_path):
    write(tmp_path, planengine="plan: flood\n")
    entities, findings, _ = read_library(tmp_path)
    assert entities is None
    assert [d.code for d in findings] == ["unknown-document"]


def test_files_are_named_as_they_were_reached(tmp_path, monkeypatch):
    write(tmp_path, planengine=MANIFEST, parts=TINY)
    monkeypatch.chdir(tmp_path)
    from pathlib import Path

    _, _, texts = read_library(Path())
    assert list(texts) == ["planengine.yaml", "parts.yaml"]
    _, _, texts = read_library(tmp_path)
    assert list(texts) == [f"{tmp_path}/planengine.yaml", f"{tmp_path}/parts.yaml"]


def test_one_file_is_checked_against_the_nearest_library(tmp_path):
    path = BASE / "plans" / "flood.yaml"
    entities, findings, _ = read_library(path)
    assert entities == base()
    assert findings == []


def test_a_document_that_cannot_be_used_makes_no_echoes(tmp_path):
    broken = (
        "vocabulary: x\nfacts:\n  gale: {type: count, unit: 人, unti: 3}\n  hail: {type: count}\n"
    )
    using = (
        "standard: gale\nscale: grade\nauthority: hill-province\nedition: {number: 1}\n"
        "applies: {hazards: [flood]}\nlevels: [{level: 重大, when: {gale: ≥ 1, hail: ≥ 2, deths: ≥ 3}}]\n"
    )
    write(tmp_path, broken=broken, using=using)
    extra = [tmp_path / "broken.yaml", tmp_path / "using.yaml"]
    _, findings, _ = read_library(BASE, extra=extra)
    assert [d.code for d in findings] == ["unknown-key", "unknown-fact"]
    assert "deths" in findings[1].message


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_is_collected_again_as_before(enabled):
    import gc

    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        read_library(BASE)
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if was else gc.disable)()


def test_editions_are_in_order_of_their_dates(tmp_path):
    text = (
        "standard: accident\nscale: grade\nauthority: hill-province\n"
        'edition: {number: "1999", in-force: 1999-01-01, until: 2007-06-01}\n'
        "applies: {hazards: [accident]}\nany: {死亡: {重大: 5人以上}}\n"
    )
    entities, findings = with_document(tmp_path, text)
    assert findings == []
    assert [s.edition.number for s in entities.standards["accident"]] == ["1999", "2007"]


class TestBase:
    def test_places(self):
        entities = base()
        assert entities.home == "river-city"
        assert entities.label == Label((("zh", "示例库"), ("en", "Base library")))
        assert entities.jurisdictions["north-county"].parent == "river-city"
        stage = entities.objects["bridge-station"].attributes["warning-stage"]
        changed = parse_date("2024-01-01", "Asia/Shanghai")
        assert [(str(d.value), d.period) for d in stage] == [
            ("25", Period(None, changed)),
            ("25.3", Period(changed, None)),
        ]
        assert entities.open_kinds == {"reservoir"}

    def test_facts(self):
        facts = base().facts
        assert facts["deaths"].cumulative
        assert facts["dead-and-missing"].derived.operands == (("deaths", 1), ("missing", 1))
        assert facts["evacuated-share"].derived.kind == "ratio"
        assert facts["density"].domain.values == ("sparse", "dense")
        assert facts["rainfall"].holds == 3 * 3600
        assert facts["water-level"].subject == "station"
        assert facts["dyke-breach"].by_exception
        assert facts["dyke-breach"].roll_up == "any"
        assert [f.order for f in facts.values()] == list(range(len(facts)))

    def test_standard(self):
        (accident,) = base().standards["accident"]
        (track,) = accident.tracks
        assert track.id is None
        assert track.scale == "grade"
        assert track.provided == ALWAYS_TERM
        assert [rule.rank for rule in track.rules] == [3, 2, 1]
        assert all(rule.basis == accident.basis for rule in track.rules)
        assert accident.basis[0].confidence == "read"
        assert accident.reports[0].ranks == {2, 3}
        assert accident.reports[0].timing.seconds == 7200
        assert accident.reports[0].timing.anchor == "receipt"

    def test_plan(self):
        (plan,) = base().plans["river-city/flood"]
        flood, drought = plan.tracks
        assert (flood.id, flood.raise_by) == ("flood", 1)
        assert isinstance(flood.raise_when, CalendarTerm)
        assert isinstance(flood.lower, FactTerm)
        assert [(rule.rank, rule.verb) for rule in flood.rules] == [(3, "must"), (2, "may")]
        assert flood.rules[0].text == "any: [danger, {judged: {what: 认定需要启动, by: flood-hq}}]"
        top = flood.duties[0]
        assert (top.approve.kind, top.approve.id, top.approve.jointly) == (
            "post",
            "commander",
            True,
        )
        assert top.approve.alternates[0].id == "deputy"
        assert top.duration == 72 * 3600
        assert flood.duties[1].decided_by == "province-flood-hq"
        assert drought.mapping.ranks == ((3, 3), (2, 2))
        assert isinstance(drought.mapping.source, LevelTerm)
        assert [w.id for w in plan.warnings] == ["flood"]
        assert plan.warnings[0].duties[0].measures == ("停课",)
        assert plan.warnings[0].duties[0].every_measure == ("停课",)
        assert plan.warnings[0].duties[0].propose.id == "weather-bureau"
        assert plan.exclusions[0].instead == "accident-response"

    def test_actions(self):
        (plan,) = base().plans["river-city/flood"]
        patrol, more, schools, save = plan.actions
        assert (patrol.id, patrol.ranks, more.id, more.ranks) == (
            "patrol",
            {1, 2, 3},
            "patrol",
            {3},
        )
        assert patrol.executors[0].kind == "role"
        assert more.executors[0].kind == "group"
        assert (schools.executors[0].kind, schools.executors[0].id) == (
            "agency",
            "emergency-bureau",
        )
        assert (schools.ranks, schools.after) == (None, ("patrol",))
        assert (save.mode, save.timing.seconds, save.timing.anchor) == (
            "first-response",
            0,
            DoneOf("river-city/flood", "patrol"),
        )
        assert patrol.basis[0].own_choice

    def test_links(self):
        (plan,) = base().plans["river-city/flood"]
        assert [(link.kind, link.target, link.rank) for link in plan.links] == [
            ("activate", "accident-response", 2),
            ("match-below", None, 3),
            ("report", "province-flood-hq", 3),
            ("cascade", "accident", None),
        ]
        assert plan.links[0].target_rank == 1

    def test_external_plan_has_a_track_to_be_in_force(self):
        (plan,) = base().plans["hill-province/flood"]
        assert plan.external
        assert [(track.id, track.scale, track.rules) for track in plan.tracks] == [
            (None, "response", ())
        ]

    def test_calendars(self):
        calendars = base().calendars
        assert calendars["flood-season"].yearly == (((5, 1), (10, 15)),)
        assert calendars["night"].clock == ((22 * 60, 6 * 60),)
        assert len(calendars["festival"].dates) == 1


@pytest.mark.parametrize("name", ["../secrets", "parts/../../secrets", "/etc", "/", "linked", ".."])
def test_a_library_reads_nothing_outside_its_folder(tmp_path, name):
    (tmp_path / "secrets").mkdir()
    write(tmp_path / "secrets", secret="registry: secret\njurisdictions: {town: {tier: city}}\n")
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "linked").symlink_to(tmp_path / "secrets")
    write(folder, planengine=f"library: tiny\ninclude: ['{name}']\nhome: town\n")
    _, findings, texts = read_library(folder)
    told = [(d.code, d.span.line, d.span.column) for d in findings if d.code == "outside-library"]
    assert told == [("outside-library", 2, 11)]
    assert list(texts) == [(folder / "planengine.yaml").as_posix()]


def test_a_link_or_pipe_among_the_files_of_a_folder_is_not_read(tmp_path):
    parts = tmp_path / "library" / "parts"
    parts.mkdir(parents=True)
    write(tmp_path, secret="registry: secret\njurisdictions: {town: {tier: city}}\n")
    write(tmp_path / "library", planengine="library: tiny\ninclude: [parts]\nhome: town\n")
    (parts / "a.yaml").symlink_to(tmp_path / "secret.yaml")
    (parts / "b.yaml").symlink_to(parts / "b.yaml")
    os.mkfifo(parts / "c.yaml")
    _, findings, texts = read_library(tmp_path / "library")
    codes = [d.code for d in findings]
    assert codes.count("outside-library") == 1
    assert codes.count("unreadable-file") == 2
    assert not any(name.endswith("a.yaml") for name in texts)


@pytest.mark.parametrize("name", ["x" * 300, "'parts\\0'", "parts.yaml/deeper"])
def test_a_name_that_no_file_can_have_is_one_finding(tmp_path, name):
    write(tmp_path, planengine=f"library: tiny\ninclude: [{name}]\nhome: town\n", parts=TINY)
    _, findings, _ = read_library(tmp_path)
    assert [d.code for d in findings if d.span and d.span.line == 2] == ["unreadable-file"]


def test_a_file_beyond_the_limit_is_not_read_whole(tmp_path, monkeypatch):
    from planengine.reading import contents, source

    monkeypatch.setattr(contents, "MAX_BYTES", 100)
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    write(tmp_path, planengine=MANIFEST, parts=TINY + "#" * 1_000)
    _, findings, texts = read_library(tmp_path)
    assert ("file-too-large", "parts.yaml") in [
        (d.code, d.span.file.rpartition("/")[2]) for d in findings if d.span
    ]
    assert max(map(len, texts.values())) == 101


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("Australia/Melborne", "did you mean `Australia/Melbourne`?"),
        ("Europa/London", "did you mean `Europe/London`?"),
        ("AEST", "write an IANA name such as Asia/Shanghai or Europe/London"),
    ],
)
def test_a_time_zone_that_is_none_has_its_nearest(tmp_path, zone, hint):
    write(tmp_path, planengine=MANIFEST.replace("Asia/Shanghai", zone), parts=TINY)
    _, findings, _ = read_library(tmp_path)
    assert [d.hint for d in findings if d.code == "bad-time-zone"] == [hint]


def test_a_level_keeps_the_measures_of_milder_ones_as_far_as_each_keeps_them(tmp_path):
    entities, findings = with_document(
        tmp_path,
        "plan: kept\nkind: special\nlabel: x\njurisdiction: river-city\n"
        'edition: {number: "1", in-force: 2026-01-01}\napplies: {hazards: [flood]}\nlevels:\n'
        "  - {level: II, approve: {post: deputy}, when: {deaths: ≥ 3}, measures: [b, c],"
        " milder-measures: replaced}\n"
        "  - {level: III, approve: {post: deputy}, when: {deaths: ≥ 1}, measures: [c, d]}\n"
        "  - {level: I, approve: {post: deputy}, when: {deaths: ≥ 9}, measures: [a, b],"
        " milder-measures: kept}\n",
    )
    assert [found for found in findings if found.severity == "error"] == []
    (plan,) = entities.plans["river-city/kept"]
    assert [(one.measures, one.every_measure) for one in plan.tracks[0].duties] == [
        (("b", "c"), ("b", "c")),
        (("c", "d"), ("c", "d")),
        (("a", "b"), ("a", "b", "c")),
    ]
