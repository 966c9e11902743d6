"""Folders, links, pipes, devices and names that were made to lead a reader astray."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import planengine
from planengine import store as stores
from tests.linking.libraries import BASE
from tests.shipped import ROOT

PLANENGINE = (sys.executable, "-m", "planengine")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")


def found(path: str | Path) -> list[tuple[str, int, int] | str]:
    """The codes of what is wrong with a library, with line and column of the manifest."""
    with pytest.raises(planengine.PlanError) as caught:
        planengine.load(path)
    return [
        (one.code, one.span.line, one.span.column) if one.span else one.code
        for one in caught.value.diagnostics
        if one.code != "unknown-jurisdiction"
    ]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of one folder, `parts`; beside it lies a secret."""
    folder = tmp_path / "library"
    (folder / "parts").mkdir(parents=True)
    (folder / "planengine.yaml").write_text(
        "library: l\ninclude: [parts]\nhome: town\ntime-zone: UTC\n"
    )
    (tmp_path / "secret.yaml").write_text("vocabulary: secret\n")
    return folder


def test_a_manifest_that_is_a_link_is_not_read(library: Path, tmp_path: Path) -> None:
    (library / "planengine.yaml").unlink()
    (library / "planengine.yaml").symlink_to(tmp_path / "secret.yaml")
    assert found(library) == [("outside-library", 1, 1)]
    linked = tmp_path / "linked"
    linked.symlink_to(BASE)  # the folder itself may be reached by a link
    assert (
        planengine.load(linked).entities.facts.keys() == planengine.load(BASE).entities.facts.keys()
    )


@pytest.mark.parametrize("make", ["link", "device", "pipe", "loop", "folder"])
def test_what_is_no_plain_file_is_refused_at_the_name_that_leads_to_it(
    library: Path, tmp_path: Path, make: str
) -> None:
    bad = library / "parts" / "bad.yaml"
    if make == "pipe":
        os.mkfifo(bad)
    elif make == "folder":
        bad.mkdir()
    else:
        target = {"link": tmp_path / "secret.yaml", "device": "/dev/zero", "loop": "bad.yaml"}[make]
        bad.symlink_to(target)
    code = "outside-library" if make in ("link", "device") else "unreadable-file"
    assert found(library) == [(code, 2, 11)]


@pytest.mark.parametrize(
    "name", ["/dev/zero", "/", "..", "parts/../..", "//host/share", "/proc/self/mem"]
)
def test_names_that_lead_out(library: Path, name: str) -> None:
    (library / "planengine.yaml").write_text(
        f"library: l\ninclude: ['{name}']\nhome: town\ntime-zone: UTC\n"
    )
    assert found(library) == [("outside-library", 2, 11)]


@pytest.mark.parametrize("name", ["x" * 300, "a/" * 3000, "a\0b", "a\udcff", "loop"])
def test_a_path_that_no_file_can_have_is_one_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    assert found(name) == ["unreadable-file"]
    with pytest.raises(planengine.PlanError) as caught:
        planengine.load(BASE).read_incident(Path(name))
    assert [one.code for one in caught.value.diagnostics] == ["unreadable-file"]
    assert "\0" not in str(caught.value)


def test_a_name_that_is_not_utf8_is_shown_without_harm(library: Path, tmp_path: Path) -> None:
    name = os.fsencode(library / "parts") + b"/\xff\x1b[2J.yaml"
    Path(os.fsdecode(name)).write_text("x: 1\n")
    with pytest.raises(planengine.PlanError) as caught:
        planengine.load(library, cache=tmp_path / "cache")
    assert "parts/��[2J.yaml:1:1 error[unknown-document]" in str(caught.value)


@pytest.mark.parametrize("cache", ["a\0b", "x" * 300, "/dev/null/x", "loop", "file"])
def test_a_cache_that_cannot_be_is_no_reason_to_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_text("keep")
    library = planengine.load(BASE, cache=Path(cache))
    assert library.read_incident({"incident": "a", "hazards": ["flood"]}).events == ()
    assert (tmp_path / "file").read_text() == "keep"


def test_whatever_lies_in_the_cache_the_library_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each entry damaged, emptied, made a folder, a link, a pipe, another's: it is made anew."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    cache = tmp_path / "cache"
    entities = planengine.load(BASE, cache=cache).entities
    (tmp_path / "elsewhere").write_bytes(b"keep")

    def damage(path: Path, how: int) -> None:
        whole = path.read_bytes()
        path.unlink()
        if how < 4:
            path.write_bytes((b"", whole[:-1], b"\0" + whole[1:], b"\x80\x04." * 1000)[how])
            path.chmod(0o600)
        elif how == 4:
            path.symlink_to(tmp_path / "elsewhere")
        elif how == 5:
            os.mkfifo(path, 0o600)
        else:
            path.write_bytes(whole)
            path.chmod(0o666)

    for how in range(7):
        entries = list(cache.rglob("*.sealed"))
        assert entries
        for path in entries:
            damage(path, how)
        assert planengine.load(BASE, cache=cache).entities == entities
        assert (tmp_path / "elsewhere").read_bytes() == b"keep"
        assert planengine.load(BASE, cache=cache).sources == {}  # it was kept again


def test_a_link_among_the_stores_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "mine.sealed").write_text("keep")
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / f"planengine-{'0' * 40}").symlink_to(target)
    os.utime(target, (0, 0))
    for number in range(1, stores.KEPT + 5):
        stores.Store(cache / f"planengine-{number:040x}", bytes(32)).put("value", number)
    assert (target / "mine.sealed").read_text() == "keep"
    assert (cache / f"planengine-{'0' * 40}").is_symlink()


# The command line


def command(*words: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT / "src"), **settings}
    return subprocess.run([*PLANENGINE, *words], capture_output=True, env=surroundings, check=False)


def test_a_deleted_folder_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    shutil.rmtree(gone)
    for language, said in (
        ("en", "error: the current folder no longer exists: change to another\n"),
        ("zh", "错误：当前文件夹已不存在：请先换到别处\n"),
    ):
        done = command("check", "--lang", language)
        assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", said)


@pytest.mark.slow
def test_what_a_latin_pipe_cannot_show_is_escaped_and_said_once(tmp_path: Path) -> None:
    (tmp_path / "storm.yaml").write_text(
        "incident: storm\nlabel: {zh: 暴雨😀}\nhazards: [flood]\nobservations:\n"
        "  - {at: 2026-07-20T08:00:00+08:00, facts: {deaths: 40}}\n",
        "utf-8",
    )
    words = ("assess", str(tmp_path / "storm.yaml"), "--library", str(BASE))
    done = command(*words, "--lang", "zh", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert done.stdout.startswith(rb"\u66b4\u96e8\ud83d\ude00  2026-07-20 08:00+08:00")
    done = command(*words, "--lang", "en", PYTHONIOENCODING="latin-1")
    assert (
        done.stderr.decode() == "what latin-1 cannot show is written as \\uXXXX: set PYTHONUTF8=1\n"
    )
    narrow = command(*words, "--format", "json", PYTHONIOENCODING="latin-1")
    wide = command(*words, "--format", "json")
    assert json.loads(narrow.stdout) == json.loads(wide.stdout)
    assert narrow.stderr == b""


def test_names_of_files_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\x1b[2J.yaml"
    Path(os.fsdecode(name)).write_text("incident: a\nhazards: [flod]\n")
    done = command("assess", os.fsdecode(name), "--library", str(BASE), "--lang", "en")
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr
    assert "��[2J.yaml:2:11 error[unknown-hazard]" in done.stderr.decode()
    (tmp_path / "loop").symlink_to("loop")
    for path in (tmp_path / "loop", tmp_path / ("x" * 300)):
        done = command("assess", str(path), "--library", str(BASE), "--lang", "en")
        assert (done.returncode, done.stdout) == (2, b"")
        assert len(done.stderr.decode().splitlines()) == 4
    done = command("list", "\x1b[2J", "--library", str(BASE), "--lang", "en")
    assert (done.returncode, b"\x1b" in done.stderr) == (2, False)


def test_standard_input_that_is_no_text() -> None:
    done = subprocess.run(
        [*PLANENGINE, "assess", "-", "--library", str(BASE), "--lang", "en"],
        input=b"incident: \xff\n",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"facts:1:11 error[not-utf8]" in done.stderr
