"""The command line as documented is the command line there is."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import click
import pytest

from planengine.cli.main import group
from tests.docs.blocks import DOCS, ROOT, blocks

REFERENCES = {
    name: dict(
        re.findall(
            r"^## (\S+)\n(.*?)(?=^## |\Z)",
            (DOCS / "reference" / name).read_text(encoding="utf-8"),
            re.MULTILINE | re.DOTALL,
        )
    )
    for name in ("cli.md", "cli.zh-CN.md")
}
COMMANDS = group.list_commands(click.Context(group))
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def command(name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


def parameters(name: str) -> list[click.Parameter]:
    """Those of a command, and of the commands under its name."""
    found = command(name)
    under = found.commands.values() if isinstance(found, click.Group) else ()
    return [item for one in (found, *under) for item in one.params]


def options(name: str) -> dict[str, click.Option]:
    found = (item for item in parameters(name) if isinstance(item, click.Option))
    return {spelling: item for item in found for spelling in item.opts}


@pytest.mark.parametrize("page", REFERENCES)
def test_every_command_has_its_section(page: str) -> None:
    assert sorted(REFERENCES[page]) == sorted(COMMANDS)


@pytest.mark.parametrize("page", REFERENCES)
@pytest.mark.parametrize("name", COMMANDS)
def test_the_options_are_those_listed(name: str, page: str) -> None:
    lines = REFERENCES[page][name].splitlines()
    rows = "\n".join(line for line in lines if line.startswith("| `-"))
    cells = "\n".join(re.split(r"(?<!\\)\|", row)[1] for row in rows.splitlines())
    assert set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", cells)) == set(options(name))


@pytest.mark.parametrize("page", REFERENCES)
@pytest.mark.parametrize("name", COMMANDS)
def test_the_choices_are_those_listed(name: str, page: str) -> None:
    section = REFERENCES[page][name]
    for item in parameters(name):
        if isinstance(item.type, click.Choice):
            for choice in item.type.choices:
                assert re.search(rf"(?<![\w-]){re.escape(str(choice))}(?![\w-])", section)


def shown(page: Path) -> list[str]:
    """The `planengine` commands that a page shows."""
    return [
        line.removeprefix("$ ")
        for language in ("console", "sh", "bash")
        for block in blocks(page, language)
        for line in block.text.splitlines()
        if line.removeprefix("$ ").startswith("planengine ")
    ]


@pytest.mark.parametrize("page", [p for p in PAGES if shown(p)], ids=lambda page: page.name)
def test_the_commands_shown_can_be_given(page: Path) -> None:
    for line in shown(page):
        words = shlex.split(line.split(" > ")[0].split(" | ")[0], comments=True)[1:]
        if words[0].startswith("-"):
            continue
        known = options(words[0])
        given = [word for word in words[1:] if word.startswith("-") and word != "-"]
        assert [word for word in given if word not in known] == [], line
        for option, value in pairwise(words):
            item = known.get(option)
            if item is not None and isinstance(item.type, click.Choice):
                assert value in item.type.choices, line
