"""The Python examples of the documentation run as written."""

from __future__ import annotations

import doctest
import re
from functools import cached_property
from pathlib import Path

import pytest

import planengine
from tests.docs.blocks import DOCS, ROOT, blocks

PAGES = {
    text: page  # a translation with the same examples is not run again
    for page in sorted(DOCS.rglob("*.md"), reverse=True)
    if (text := "\n".join(block.text for block in blocks(page, "pycon")))
}


@pytest.mark.slow
@pytest.mark.parametrize(("text", "page"), PAGES.items(), ids=lambda one: getattr(one, "name", ""))
def test_examples_run(text: str, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert test.examples
    assert result.failed == 0, "".join(report)


def test_every_public_name_is_described() -> None:
    text = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    for name in planengine.__all__:
        assert f"`{name}" in text
    for name, value in vars(planengine.Assessment).items():
        if isinstance(value, cached_property) and not name.startswith("_"):
            assert f"`{name}`" in text or f"`Assessment.{name}`" in text


@pytest.mark.parametrize("owner", ["Library", "Engine", "Assessment"])
def test_what_is_described_exists(owner: str, engine: planengine.Engine) -> None:
    text = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    section = text.partition(f"### {owner}\n")[2].partition("\n#")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    names = [name for row in rows for name in re.findall(r"`(\w+)", row)]
    assert names
    known = {"Library": engine.library, "Engine": engine}.get(owner, planengine.Assessment)
    attributes = {"at", "status", "incident"} if owner == "Assessment" else set()
    assert [name for name in names if not hasattr(known, name) and name not in attributes] == []
