"""Libraries that are included by name."""

import pytest

import planengine
from planengine.linking.load import load_library, read_library
from planengine.linking.manifest import library_files
from planengine.linking.packages import is_packaged, package_folder
from tests.linking.test_load import write
from tests.shipped import ROOT

TOWN = """library: tiny
include: ['{name}', parts]
home: town
time-zone: Asia/Shanghai
"""
PARTS = "registry: tiny\njurisdictions: {town: {tier: city, in: japan}}\n"
OFFERED = """registry: jp
jurisdictions: {japan: {label: {en: Japan}, tier: nation}}
"""
TIERS = "vocabulary: jp\ntiers: [{id: nation}, {id: city}]\n"


@pytest.fixture
def offered(tmp_path, monkeypatch):
    """The folder `jp` of an installed package, which cannot be imported without harm."""
    site = tmp_path / "site"
    folder = site / "acme_plans" / "jp"
    folder.mkdir(parents=True)
    (site / "acme_plans" / "__init__.py").write_text("raise AssertionError('imported')\n")
    write(folder, tiers=TIERS, areas=OFFERED)
    info = site / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[planengine.libraries]\nacme = acme_plans\n")
    monkeypatch.syspath_prepend(str(site))
    return folder


def library(folder, name):
    (folder / "library" / "parts").mkdir(parents=True)
    write(folder / "library", planengine=TOWN.format(name=name))
    write(folder / "library" / "parts", parts=PARTS)
    return folder / "library"


def test_in_a_checkout_the_nation_is_the_folder_rules():
    assert package_folder("planengine:cn") == ROOT / "rules"


@pytest.mark.parametrize(
    "name", ["planengine:jp", "nobody:cn", "planengine:../cn", "planengine:", "c:rules", "rules"]
)
def test_what_nothing_offers_has_no_folder(name):
    assert package_folder(name) is None
    assert is_packaged(name) is (name in {"planengine:jp", "nobody:cn"})


def test_another_package_offers_its_own_and_is_not_imported(tmp_path, offered):
    entities = load_library(library(tmp_path, "acme:jp"))
    assert package_folder("acme:jp") == offered
    assert [*entities.around("town")] == ["town", "japan"]


def test_a_name_that_nothing_offers_is_told_at_its_place(tmp_path):
    folder = library(tmp_path, "acme:jp")
    _, findings, texts = read_library(folder)
    (found,) = (d for d in findings if d.code == "unknown-package")
    assert (found.span.line, found.span.column) == (2, 11)
    assert dict(found.params)["name"] == "acme:jp"
    assert len(texts) == 2


def test_a_package_does_not_lead_out_of_its_folder(tmp_path, offered):
    write(tmp_path, secret=PARTS)
    (offered / "x.yaml").symlink_to(tmp_path / "secret.yaml")
    folder = library(tmp_path, "acme:jp")
    files = library_files(folder / "planengine.yaml", ["acme:jp", "parts"])
    names = ["planengine.yaml", "areas.yaml", "tiers.yaml", "parts.yaml"]
    assert [path.name for path in files] == names
    _, findings, texts = read_library(folder)
    assert [(d.code, d.span.line) for d in findings] == [("outside-library", 2)]
    assert not any(name.endswith(("x.yaml", "secret.yaml")) for name in texts)


def test_errors_in_a_package_are_told_and_advice_is_not(tmp_path, offered):
    folder = library(tmp_path, "acme:jp")
    entities, _, _ = read_library(folder)
    assert entities.foreign == {
        (offered / name).as_posix() for name in ("areas.yaml", "tiers.yaml")
    }
    write(offered, areas=OFFERED.replace("nation", "nashun"))
    _, findings, _ = read_library(folder)
    (found,) = (d for d in findings if d.code == "unknown-tier")
    assert found.span.file == (offered / "areas.yaml").as_posix()


def test_what_is_kept_follows_from_the_package_too(tmp_path, offered, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder, cache = library(tmp_path, "acme:jp"), tmp_path / "cache"

    def japan():
        return planengine.load(folder, cache=cache).entities.jurisdictions["japan"].label.text("en")

    assert [japan(), japan()] == ["Japan", "Japan"]
    write(offered, areas=OFFERED.replace("Japan", "Nippon"))
    assert japan() == "Nippon"


def test_a_packaged_folder_of_the_library_itself_is_its_own():
    """In the repository: named as the author reaches it, and advice on it is shown."""
    entities, _, texts = read_library(ROOT)
    assert (ROOT / "rules" / "national.yaml").as_posix() in texts
    assert entities.foreign == frozenset()


def test_a_package_below_the_library_is_still_anothers(tmp_path, offered):
    """As in an environment that lies in the library's folder."""
    write(tmp_path, planengine=TOWN.format(name="acme:jp"))
    (tmp_path / "parts").mkdir()
    write(tmp_path / "parts", parts=PARTS)
    entities, _, _ = read_library(tmp_path)
    assert (offered / "areas.yaml").as_posix() in entities.foreign
