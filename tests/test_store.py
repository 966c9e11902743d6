"""What is kept on disk: read back whole, never stale, and never in the way."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

import planengine
from planengine.store import KEPT, Store, store_for


class Kept(Struct, frozen=True):
    name: str
    inner: tuple[Kept, ...] = ()


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "one")
    value = Kept("outer", (Kept("inner"),))
    store.put("value", value)
    assert store.get("value") == value
    assert store.get("other") is None
    assert store.part("of").get("value") is None


def test_a_damaged_file_counts_as_absent(tmp_path: Path) -> None:
    store = Store(tmp_path / "one")
    store.put("value", Kept("outer"))
    (path,) = (tmp_path / "one").iterdir()
    whole = path.read_bytes()
    for damaged in (b"", b"no pickle", whole[:-4], whole.replace(b"Kept", b"Gone"), bytes(40)):
        path.write_bytes(damaged)
        assert store.get("value") is None


def test_a_disk_that_refuses_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "below")
    store.put("value", 1)
    assert store.get("value") is None


def test_other_content_has_another_store(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("one")
    first = store_for([file], tmp_path / "cache")
    assert first is not None
    first.put("value", 1)
    file.write_text("two")
    second = store_for([file], tmp_path / "cache")
    assert second is not None
    assert second.get("value") is None
    file.write_text("one")
    again = store_for([file], tmp_path / "cache")
    assert again is not None
    assert again.get("value") == 1
    assert store_for([tmp_path / "absent.yaml"], tmp_path / "cache") is None


def test_only_so_many_stores_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 5):
        Store(tmp_path / str(number)).put("value", number)
    assert len(list(tmp_path.iterdir())) <= KEPT


def test_a_library_from_the_cache_is_the_library(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fresh = planengine.load(".", cache=cache)
    kept = planengine.load(".", cache=cache)
    assert kept.entities == fresh.entities
    assert kept.diagnostics == fresh.diagnostics
    incident = Path("examples/chemical-explosion.yaml")
    answers = [
        each.compile().assess(incident).to_dict()
        for each in (planengine.load("."), fresh, kept, planengine.load(".", cache=cache))
    ]
    assert all(answer == answers[0] for answer in answers)


def test_a_file_that_joins_the_library_is_seen(tmp_path: Path) -> None:
    registry = "registry: {name}\njurisdictions: {{{name}: {{tier: city}}}}\n"
    folder = tmp_path / "library"
    (folder / "parts").mkdir(parents=True)
    (folder / "planengine.yaml").write_text(
        "library: tiny\ninclude: [parts]\nhome: town\ntime-zone: Asia/Shanghai\n"
    )
    (folder / "parts" / "tiers.yaml").write_text("vocabulary: tiny\ntiers: [{id: city}]\n")
    (folder / "parts" / "town.yaml").write_text(registry.format(name="town"))
    before = planengine.load(folder, cache=tmp_path / "cache")
    assert planengine.load(folder, cache=tmp_path / "cache").entities == before.entities
    (folder / "parts" / "other.yaml").write_text(registry.format(name="other"))
    after = planengine.load(folder, cache=tmp_path / "cache")
    assert set(after.entities.jurisdictions) == {"town", "other"}
