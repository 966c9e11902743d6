"""What is kept on disk: read back whole, never stale, never another's, and never in the way."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from msgspec import Struct

import planengine
from planengine import store as stores
from planengine.diagnostics import Diagnostic
from planengine.linking import file as files
from planengine.reading.nodes import Node
from planengine.store import KEPT, Store, store_for

KEY = bytes(32)


class Held(Struct, frozen=True):
    name: str
    inner: tuple[Held, ...] = ()


class Explosive:
    """What runs when it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("exploded",)


@pytest.fixture(autouse=True)
def _own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "one", KEY)
    value = Held("outer", (Held("inner"),))
    store.put("value", value)
    assert store.get("value") == value
    assert store.get("other") is None
    assert store.part("of").get("value") is None


def test_a_damaged_entry_counts_as_absent_and_is_made_anew(tmp_path: Path) -> None:
    store = Store(tmp_path / "one", KEY)
    store.put("value", Held("outer"))
    (path,) = (tmp_path / "one").iterdir()
    whole = path.read_bytes()
    flipped = (whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in (3, 70))
    for damaged in (b"", b"no pickle", whole[:-4], whole.replace(b"Held", b"Gone"), *flipped):
        path.write_bytes(damaged)
        assert store.get("value") is None
    store.put("value", Held("again"))
    assert store.get("value") == Held("again")


def test_what_another_wrote_is_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mine, other = Store(tmp_path / "one", KEY), Store(tmp_path / "one", bytes(31) + b"\1")
    other.put("value", Explosive())
    assert mine.get("value") is None
    path = tmp_path / "one" / "value.sealed"
    path.write_bytes(bytes(64) + pickle.dumps(Explosive()))
    assert mine.get("value") is None
    assert not (tmp_path / "exploded").exists()


def test_an_entry_moved_to_another_name_is_not_that_entry(tmp_path: Path) -> None:
    store = Store(tmp_path / "one", KEY)
    store.put("value", 1)
    (tmp_path / "one" / "value.sealed").rename(tmp_path / "one" / "other.sealed")
    assert store.get("other") is None
    (tmp_path / "one").rename(tmp_path / "two")
    assert Store(tmp_path / "two", KEY).get("other") is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs owners and modes")
def test_only_a_private_regular_file_is_read(tmp_path: Path) -> None:
    store = Store(tmp_path / "one", KEY)
    store.put("value", 1)
    path = tmp_path / "one" / "value.sealed"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    assert store.get("value") is None
    path.chmod(0o600)
    assert store.get("value") == 1
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert store.get("value") is None
    path.unlink()
    os.mkfifo(path, 0o600)
    assert store.get("value") is None


def test_without_a_private_key_nothing_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("one")
    assert store_for([file], tmp_path / "cache") is not None
    key = tmp_path / "state" / "planengine" / "cache-key"
    assert len(key.read_bytes()) == 32
    key.chmod(0o644)
    assert store_for([file], tmp_path / "cache") is None


def test_a_disk_that_refuses_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "below", KEY)
    store.put("value", 1)
    assert store.get("value") is None


def kept_for(file: Path, cache: Path) -> Store:
    found = store_for([file], cache)
    assert found is not None
    assert found.contents == {file: file.read_bytes()}
    return found.store


def test_other_content_has_another_store(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("one")
    kept_for(file, tmp_path / "cache").put("value", 1)
    file.write_text("two")
    assert kept_for(file, tmp_path / "cache").get("value") is None
    file.write_text("one")
    assert kept_for(file, tmp_path / "cache").get("value") == 1
    assert store_for([tmp_path / "absent.yaml"], tmp_path / "cache") is None


def test_another_state_of_the_package_has_another_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("one")
    kept_for(file, tmp_path / "cache").put("value", 1)
    monkeypatch.setattr(stores, "_package_state", lambda: "another version")
    assert kept_for(file, tmp_path / "cache").get("value") is None


def test_only_so_many_stores_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    others = [cache / "photographs", cache / f"planengine-{'0' * 40}"]
    for other in others:
        other.mkdir(parents=True)
        (other / "mine.txt").write_text("keep")
    for number in range(KEPT + 5):
        Store(cache / f"planengine-{number:040x}", KEY).put("value", number)
    assert all((other / "mine.txt").read_text() == "keep" for other in others)
    ours = [entry for entry in cache.iterdir() if entry.name.startswith("planengine-")]
    assert KEPT - 1 <= len(ours) <= KEPT + 1


@pytest.mark.slow
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


def tiny(folder: Path) -> Path:
    registry = "registry: {name}\njurisdictions: {{{name}: {{tier: city}}}}\n"
    (folder / "parts").mkdir(parents=True)
    (folder / "planengine.yaml").write_text(
        "library: tiny\ninclude: [parts]\nhome: town\ntime-zone: Asia/Shanghai\n"
    )
    (folder / "parts" / "tiers.yaml").write_text("vocabulary: tiny\ntiers: [{id: city}]\n")
    (folder / "parts" / "town.yaml").write_text(registry.format(name="town"))
    return folder


def test_a_file_that_joins_the_library_is_seen(tmp_path: Path) -> None:
    folder = tiny(tmp_path / "library")
    before = planengine.load(folder, cache=tmp_path / "cache")
    assert planengine.load(folder, cache=tmp_path / "cache").entities == before.entities
    (folder / "parts" / "other.yaml").write_text(
        "registry: other\njurisdictions: {other: {tier: city}}\n"
    )
    after = planengine.load(folder, cache=tmp_path / "cache")
    assert set(after.entities.jurisdictions) == {"town", "other"}


def test_what_is_hashed_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file saved between the two is not kept under the content that it had before."""
    folder, cache = tiny(tmp_path / "library"), tmp_path / "cache"
    town = folder / "parts" / "town.yaml"
    old = town.read_text()
    real = stores.content_of

    def saved_just_after(path: Path) -> bytes | None:
        content = real(path)
        if path.name == "town.yaml":
            town.write_text(old.replace("town: {tier", "village: {tier"))
        return content

    monkeypatch.setattr(stores, "content_of", saved_just_after)
    assert set(planengine.load(folder, cache=cache).entities.jurisdictions) == {"town"}
    monkeypatch.setattr(stores, "content_of", real)
    town.write_text(old)
    assert set(planengine.load(folder, cache=cache).entities.jurisdictions) == {"town"}


def test_of_an_edited_library_only_the_edited_file_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny(tmp_path / "library")
    before = planengine.load(folder, cache=tmp_path / "cache")
    read: list[str] = []
    reading = files.read_document

    def noted(content: bytes, file: str, findings: list[Diagnostic]) -> Node | None:
        read.append(Path(file).name)
        return reading(content, file, findings)

    monkeypatch.setattr(files, "read_document", noted)
    edited = folder / "parts" / "town.yaml"
    edited.write_text(edited.read_text(encoding="utf-8") + "# another line\n", encoding="utf-8")
    after = planengine.load(folder, cache=tmp_path / "cache")
    assert read == ["town.yaml"]
    anew = planengine.load(folder)
    assert after.entities == anew.entities == before.entities
    assert after.diagnostics == anew.diagnostics
    assert after.sources == anew.sources
