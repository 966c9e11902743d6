"""The extension for VS Code: what its manifest names is there, and it can be read."""

import json
import re
import shutil
import subprocess

import pytest

from tests.shipped import ROOT

FOLDER = ROOT / "editors" / "vscode"
MANIFEST = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))


def test_it_needs_one_package_and_no_build() -> None:
    assert list(MANIFEST["dependencies"]) == ["vscode-languageclient"]
    assert "scripts" not in MANIFEST
    assert (FOLDER / MANIFEST["main"]).is_file()


@pytest.mark.parametrize("language", ["", ".zh-cn"])
def test_its_words_are_those_that_it_names(language: str) -> None:
    words = json.loads((FOLDER / f"package.nls{language}.json").read_text(encoding="utf-8"))
    assert set(re.findall(r'"%([a-z]+)%"', json.dumps(MANIFEST))) == set(words)


def test_its_settings_are_those_described() -> None:
    settings = set(MANIFEST["contributes"]["configuration"]["properties"])
    read = (FOLDER / "README.md").read_text(encoding="utf-8")
    for part in read.split("\n---\n"):
        assert set(re.findall(r"^\| `(planengine\.\w+)`", part, re.MULTILINE)) == settings


@pytest.mark.skipif(shutil.which("node") is None, reason="node reads JavaScript")
def test_its_code_can_be_read() -> None:
    node = shutil.which("node")
    assert node is not None
    subprocess.run([node, "--check", str(FOLDER / MANIFEST["main"])], check=True, timeout=60)
