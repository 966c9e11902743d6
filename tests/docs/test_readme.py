"""What the READMEs say is so: their commands, their output, their Python, their twin."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import tomllib

import pytest

from tests.shipped import ROOT

READMES = ("README.md", "README.zh-CN.md")
SECTIONS = {
    "README.md": ("## Try it", "## Test it"),
    "README.zh-CN.md": ("## 试一试", "## 运行测试"),
}


def section(name: str, heading: str) -> str:
    text = (ROOT / name).read_text(encoding="utf-8")
    return text.split(f"{heading}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("name", READMES)
def test_each_section_has_one_command_line(name: str) -> None:
    for heading in SECTIONS[name]:
        (block,) = re.findall(r"```sh\n(.*?)```", section(name, heading), re.DOTALL)
        assert block.count("\n") == 1


def test_the_twin_is_in_step() -> None:
    blocks = [
        re.findall(r"```(?:sh|pycon)\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
        for name in READMES
    ]
    assert blocks[0] == blocks[1]


@pytest.mark.parametrize("name", READMES)
def test_its_python_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / name), module_relative=False)
    assert result.attempted
    assert not result.failed


@pytest.mark.slow
@pytest.mark.parametrize("script", ["generate.py", "outputs.py"])
def test_generated_docs_are_up_to_date(script: str) -> None:
    command = [sys.executable, str(ROOT / "docs" / script), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_links_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_page_is_in_the_navigation_of_the_site() -> None:
    """Those of diagnostics are reached from their list."""
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    shown = re.findall(r'= "([^"]+\.md)"', (ROOT / "zensical.toml").read_text("utf-8"))
    assert set(shown) == {page for page in pages if not re.match(r"diagnostics/(?!README)", page)}


def test_links_of_the_published_readme_lead_to_files_of_the_repository() -> None:
    """It is shown where the files are not; so its links are whole, and under the project's URL."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    source = project["urls"]["Source"]
    links = re.findall(r"\]\(([^)#\s]+)", (ROOT / project["readme"]).read_text("utf-8"))
    assert links
    for link in links:
        match = re.fullmatch(rf"{re.escape(source)}/(?:blob|tree)/main/(.+)", link)
        assert match is not None, link
        assert (ROOT / match[1]).exists(), link
