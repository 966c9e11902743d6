"""What is published works where nothing of the repository is: standards come with the wheel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.shipped import ROOT

pytestmark = pytest.mark.slow
NATION = sorted(path.relative_to(ROOT / "rules") for path in (ROOT / "rules").rglob("*.yaml"))


def ran(*words: str | Path, folder: Path, **environment: str) -> str:
    """What a command prints; it must succeed."""
    known = {**os.environ, **environment}
    known.pop("PYTHONPATH", None)
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=known,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, and the wheel that is made from it alone."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("built")
    build = (sys.executable, "-m", "hatchling", "build")
    ran(*build, "-t", "sdist", "-d", folder, folder=ROOT)
    (source,) = folder.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(folder / "source", filter="data")
    (unpacked,) = (folder / "source").iterdir()
    ran(*build, "-t", "wheel", "-d", folder, folder=unpacked)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, in an environment of its own that has the wheel and what it depends on."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(ran(python, "-c", asked, folder=home).strip())
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # Only the path: what the tests' own environment says of planengine is not followed.
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    asked = "import planengine; print(planengine.__file__)"
    assert Path(ran(python, "-c", asked, folder=home).strip()).is_relative_to(site)
    return python


def test_the_wheel_has_the_nation_and_nothing_of_the_model_city(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith(".yaml")]
        for path in NATION:
            packed = archive.read(f"planengine/libraries/cn/{path.as_posix()}")
            assert packed == (ROOT / "rules" / path).read_bytes()
        metadata = archive.read(
            next(name for name in archive.namelist() if name.endswith("/METADATA"))
        ).decode()
    assert len(names) == len(NATION)
    assert "](docs/" not in metadata
    assert "Project-URL: Source, https://" in metadata


def test_a_new_library_elsewhere_grades_five_dead_and_says_who_reports(
    installed: Path, tmp_path: Path
) -> None:
    def planengine(*words: str) -> str:
        state = {
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
        }
        return ran(installed, "-m", "planengine", *words, "--lang", "zh", folder=tmp_path, **state)

    planengine("new", "library", "xinghai", "--label", "星海市")
    assert "0 个错误，0 个警告，0 条建议" in planengine("check", "xinghai")
    at = ("--at", "2026-07-20T08:00", "--library", "xinghai")
    planengine("new", "incident", "blast.yaml", "--hazard", "生产安全事故", *at)
    said = ("say", "blast.yaml", "事故已发生=是", "死亡=5", "失踪=0", "--area", "示例工厂", *at)
    planengine(*said)
    words = ("assess", "blast.yaml", "--library", "xinghai", "--format", "json")
    answer = json.loads(planengine(*words))
    levels = {one["id"]: one["level"] for one in answer["decisions"]}
    assert levels["production-accident@xinghai"] == "large"
    assert levels["xinghai/production-safety@xinghai"] == "III"
    reports = {
        (one["report"], tuple(one["by"]), tuple(one["to"]))
        for one in answer["reports"]
        if one["document"] == "production-accident"
    }
    assert {
        ("unit-to-county", ("example-works-management",), ("example-county-emergency-bureau",)),
        ("county-to-city", ("example-county-emergency-bureau",), ("emergency-bureau",)),
        ("city-to-province", ("emergency-bureau",), ("provincial-emergency-department",)),
    } <= reports
