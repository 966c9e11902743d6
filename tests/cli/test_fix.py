"""`check --fix` and `fmt`: what is written, and what is left alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from planengine.cli.fixing import fixed
from planengine.diagnostics import Diagnostic
from planengine.editor.naming import part_of
from planengine.linking.kept import FilesInMemory, while_writing
from planengine.linking.load import read_library
from tests.cli.run import run
from tests.editor.library import INCIDENT, PLAN, write_library
from tests.shipped import ROOT

pytestmark = pytest.mark.slow

SLIPS = {
    "kind: special": "kind：special",
    "propose: water-office": "propose: water-ofice",
    "role: lead": "role: leadd",
    "≥ @warning-stage}": ">= @warning-stage}",
    "within: 2 h, of": "within: 2 h， of",
    "after: [patrol]": "after: [patroll]",
    "approve: {post: mayor}\n    when: {any": "aprove: {post: mayr}\n    when: {any",
}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_library(tmp_path / "库")
    monkeypatch.chdir(folder)
    return folder


def with_slips(text: str) -> str:
    for good, bad in SLIPS.items():
        assert text.count(good) == 1, good
        text = text.replace(good, bad)
    return text


def test_slips_are_mended_round_by_round(library: Path) -> None:
    plan, incident = library / "plans/flood.yaml", library / "july.yaml"
    plan.write_text(with_slips(PLAN), encoding="utf-8")
    incident.write_text(INCIDENT.replace("action: patrol", "action: patrool"), encoding="utf-8")
    result = run("check", "--fix", "--lang", "en", "plans", "july.yaml")
    assert result.exit_code == 0, result.output
    assert plan.read_text(encoding="utf-8") == PLAN
    assert incident.read_text(encoding="utf-8") == INCIDENT
    assert (
        "mended plans/flood.yaml:11:14 water-ofice → water-office (unknown-provider)"
        in result.stderr
    )
    assert result.stderr.count("mended") == 9
    again = run("check", "--fix", "--lang", "zh")
    assert (again.exit_code, again.stderr) == (0, "")


def test_line_breaks_and_byte_order_marks_stay(library: Path) -> None:
    plan = library / "plans/flood.yaml"
    dos = "\ufeff" + PLAN.replace("\n", "\r\n")
    plan.write_bytes(dos.replace("propose: water-office", "propose: water-ofice").encode())
    assert run("check", "--fix", "--lang", "en").exit_code == 0
    assert plan.read_bytes() == dos.encode()


@pytest.mark.parametrize(
    "good, bad",
    [
        ("propose: water-office", "propose: wtr-office"),  # too far
        ("propose: water-office", "propose: mayor"),  # another kind of thing
        ("source: emergency-response-law-2024, clause", "source: emergency-response-law-2042, clause"),
        ("within: 2 h", "within: soon"),
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_left_alone(library: Path, good: str, bad: str) -> None:
    plan = library / "plans/flood.yaml"
    text = PLAN.replace(good, bad)
    plan.write_text(text, encoding="utf-8")
    result = run("check", "--fix", "--lang", "en")
    assert result.exit_code == 1
    assert "mended" not in result.stderr
    assert plan.read_text(encoding="utf-8") == text


def test_only_the_files_that_are_given_are_mended(library: Path) -> None:
    plan, registry = library / "plans/flood.yaml", library / "plans/registry.yaml"
    plan.write_text(PLAN.replace("kind: special", "kind: speciall"), encoding="utf-8")
    before = registry.read_text(encoding="utf-8").replace("tier: city", "tier: citty")
    registry.write_text(before, encoding="utf-8")
    run("check", "--fix", "--lang", "en", "plans/flood.yaml")
    assert plan.read_text(encoding="utf-8") == PLAN
    assert registry.read_text(encoding="utf-8") == before


def test_an_incident_of_a_plan_that_could_not_be_linked(library: Path) -> None:
    plan, incident = library / "plans/flood.yaml", library / "july.yaml"
    plan.write_text(PLAN.replace("kind: special", "kind: nonsense"), encoding="utf-8")
    issued = "  - {at: 2026-07-20T10:00+08:00, issued: {response.flood: III}}\n"
    incident.write_text(INCIDENT.replace("patrol}", "patrool}") + issued, encoding="utf-8")
    result = run("check", "--fix", "--lang", "en", "plans", "july.yaml")
    assert result.exit_code == 1
    assert "plans/flood.yaml:2:7 error[unknown-plan-kind]" in result.output
    assert "mended" not in result.stderr


def test_fmt(library: Path) -> None:
    plan = library / "plans/flood.yaml"
    untidy = PLAN.replace("levels:\n", "levels:   \n\n\n\n").replace("role: lead, ", "role: lead,")
    wanted = PLAN.replace("levels:\n", "levels:\n\n")
    plan.write_text(untidy, encoding="utf-8")
    check = run("fmt", "--check", "--lang", "en")
    assert (check.exit_code, check.stdout) == (1, "plans/flood.yaml\n")
    diff = run("fmt", "--diff", "--lang", "en")
    assert diff.exit_code == 0
    assert "-  - {agency: water-office, role: lead,duties: [水情监测]}\n" in diff.stdout
    assert "+  - {agency: water-office, role: lead, duties: [水情监测]}\n" in diff.stdout
    assert plan.read_text(encoding="utf-8") == untidy
    assert run("fmt", "--lang", "en").exit_code == 0
    assert plan.read_text(encoding="utf-8") == wanted
    again = run("fmt", "--check", "--lang", "zh")
    assert (again.exit_code, again.output) == (0, "")


@pytest.mark.parametrize(
    "language, told",
    [("en", "plans/flood.yaml cannot be read and was left alone"), ("zh", "plans/flood.yaml 读不出，没有改动")],
)  # fmt: skip
def test_fmt_leaves_what_it_cannot_read(library: Path, language: str, told: str) -> None:
    plan = library / "plans/flood.yaml"
    plan.write_text("plan: [\n", encoding="utf-8")
    result = run("fmt", "--lang", language)
    assert (result.exit_code, result.stderr) == (1, f"{told}\n")
    assert plan.read_text(encoding="utf-8") == "plan: [\n"


def test_the_shipped_library_means_the_same_in_any_layout() -> None:
    """Its files laid out worse and put in order again are linked to the same library."""
    from planengine.reading.tidy import tidied

    before, _, texts = read_library(ROOT)
    contents: dict[Path, bytes] = {}
    for file, text in texts.items():
        lines = text.split("\n")
        in_blocks = re.search(r": [|>][-+]?$", text, re.MULTILINE)  # whose blanks are words
        worse = text if in_blocks else "\n".join(line + "  " for line in lines)
        made = tidied(worse)
        assert made is not None, file
        assert made == text, file
        contents[Path(file)] = made.encode()
    after, findings, _ = read_library(ROOT, contents=contents)
    assert after == before
    assert findings == []


def _slips(word: str, number: int) -> str:
    """A word with a letter left out, doubled, wrong or exchanged, by turns."""
    at = 1 + number % (len(word) - 2)
    return (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + "q" + word[at + 1 :],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    )[number % 4]


def test_a_slip_in_any_name_becomes_that_name_or_stays(library: Path) -> None:
    kept = while_writing(FilesInMemory())
    plan = Path("plans/flood.yaml")
    read_library(Path(), kept=kept, once=False)
    lines = PLAN.split("\n")
    named = [
        one for one in kept.mentions or () if one.span.file == plan.as_posix() and not one.declares
    ]
    mended = 0
    for number, mention in enumerate(named):
        if not mention.text.isascii() or len(mention.text) < 4:
            continue
        span = part_of(mention, tuple(lines))
        line = lines[span.line - 1]
        wrong = line[: span.column - 1] + _slips(mention.text, number) + line[span.end_column - 1 :]
        text = "\n".join([*lines[: span.line - 1], wrong, *lines[span.line :]])
        plan.write_text(text, encoding="utf-8")

        def find(contents: Mapping[Path, bytes]) -> list[Diagnostic]:
            return read_library(Path(), contents=contents, kept=kept, once=False)[1]

        texts = fixed(find, lambda path: path == plan).texts
        assert [after.decode() for _, after in texts.values()] in ([], [PLAN])
        mended += bool(texts)
    assert mended >= 12


def test_without_pygls_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "planengine.editor.server", None)
    result = run("lsp", "--lang", "en")
    assert result.exit_code == 2
    assert "install planengine[editor]" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
@pytest.mark.parametrize("command", [("fmt",), ("check", "--fix")])
def test_a_folder_is_not_left_by_a_link(library: Path, command: tuple[str, ...]) -> None:
    outside = library.parent / "outside.yaml"
    untidy = PLAN.replace("role: lead", "role:   leadd") + "x:   {a: 1,b: 2}\n"
    outside.write_text(untidy, encoding="utf-8")
    (library / "plans/link.yaml").symlink_to(outside)
    run(*command, "plans", "--lang", "en")
    assert outside.read_text("utf-8") == untidy
