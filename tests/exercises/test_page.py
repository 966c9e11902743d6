"""The after-action page: it is whole, needs nothing from elsewhere, and its drawings are true."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest

import planengine
from planengine import exercises
from planengine.exercises import LevelCourse, LevelStep, Report, charts

VOID = {"meta", "br", "link", "img", "input", "hr"}
ZONE = timezone(timedelta(hours=8))
SIX = datetime(2026, 7, 18, 6, tzinfo=ZONE)
AXIS = charts.Axis(SIX, SIX + timedelta(hours=10))
LEVELS = ("IV", "III", "II", "I")


class Parsed(HTMLParser):
    """A document of which each element that is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def report(poor: exercises.Played, engine: planengine.Engine) -> Report:
    return exercises.score_exercise(poor, engine)


def course(*steps: tuple[float, str | None, str | None, str | None]) -> LevelCourse:
    return LevelCourse(
        decision="x",
        label={"en": "x"},
        scale="response",
        steps=tuple(
            LevelStep(
                at=SIX + timedelta(hours=hours), recommended=given, indicated=told, in_force=on
            )
            for hours, given, told, on in steps
        ),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "mark", "team"),
    [("en", "EXERCISE", "a slow team (flood-day-poor)"), ("zh", "演练", "迟缓的一组")],
)
def test_the_page_is_whole_and_needs_nothing_from_elsewhere(
    language: str, mark: str, team: str, report: Report, shipped: planengine.Library
) -> None:
    page = exercises.report_page(report, shipped, language)
    parsed = Parsed(page)
    ids = [value for _, name, value in parsed.attributes if name == "id"]
    assert len(ids) == len({*ids})
    links = {value for _, name, value in parsed.attributes if name in {"href", "src"} and value}
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link[1:] for link in links} <= {*ids}
    assert re.search(r"https?://|url\((?!#)|@import|<script", page) is None
    assert page.count("<tr id=") == len(report.expected) + len(report.messages)
    assert f"<dd><b>{mark}</b></dd>" in page
    assert team in page
    assert shipped.digest in page
    assert exercises.report_page(report, shipped, language) == page


@pytest.mark.slow
def test_the_time_line_shows_the_levels(report: Report, shipped: planengine.Library) -> None:
    page = exercises.report_page(report, shipped, "en")
    flood = page.split('data-decision="linjiang/flood/flood@linjiang"')[1].split("</figure>")[0]
    assert (
        "recommended: 07-18 06:00 Level IV; 07-18 12:05 Level III\n"
        "indicated: 07-18 06:00 Level IV; 07-18 12:00 Level III\n"
        "in force: 07-18 06:00 none; 07-18 07:00 Level IV; 07-18 13:15 Level III</desc>"
    ) in flood
    assert "milder than recommended for 2 h 10 min in all" in flood
    (path,) = re.findall(r'<path class="in-force" d="([^"]+)"', flood)
    span = charts.WIDTH - charts.LEFT - charts.RIGHT
    seven, quarter = (round(charts.LEFT + span * hours / 14, 1) for hours in (1, 7.25))
    assert path == f"M78.0 81.0H{seven}V63.0H{quarter}V45.0H970.0"
    lane = page.split('data-body="grain-reserves-bureau"')[1].split("</figure>")[0]
    assert re.search(r'class="met"><title>x\d+ [^<]*: met</title>', lane)


def test_before_the_first_step_nothing_is_drawn_as_reached() -> None:
    panel = charts.panel(course((1, "IV", "III", None), (2, "IV", "III", "IV")), LEVELS, AXIS)
    assert panel.recommended.changes == ((SIX, None), (SIX + timedelta(hours=1), "IV"))
    assert panel.indicated.path == "M78.0 81.0H167.2V45.0H970.0"
    assert panel.in_force.path == "M78.0 81.0H256.4V63.0H970.0"
    assert panel.gaps == ((167.2, 63.0, 89.2, 18.0),)


def test_what_was_so_before_the_start_is_drawn_from_the_start() -> None:
    panel = charts.panel(course((-3, "IV", "IV", None), (-1, "II", "II", "III")), LEVELS, AXIS)
    assert panel.in_force.changes == ((SIX, "III"),)
    assert panel.recommended.path == "M78.0 27.0H970.0"
    assert charts.differed(panel.course, LEVELS, AXIS) == 10 * 3600


@pytest.mark.parametrize(
    ("minutes", "hours", "ticks"),
    [
        (0, 1, ["07-18 06:00", "07:00"]),
        (10, 2, ["07-18 07:00", "08:00"]),
        (0, 36, ["07-18 06:00", "09:00", "12:00", "15:00", "18:00", "21:00", "07-19 00:00",
                 "03:00", "06:00", "09:00", "12:00", "15:00", "18:00"]),
    ],
)  # fmt: skip
def test_ticks_are_whole_hours_that_can_be_read(minutes: int, hours: int, ticks: list[str]) -> None:
    start = SIX + timedelta(minutes=minutes)
    axis = charts.Axis(start, start + timedelta(hours=hours))
    assert [text for _, text in axis.ticks()] == ticks


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no chromium")
def test_the_page_prints_as_an_exercise_on_every_sheet(
    report: Report, shipped: planengine.Library, tmp_path: Path
) -> None:
    path, printed = tmp_path / "report.html", tmp_path / "report.pdf"
    path.write_text(exercises.report_page(report, shipped, "en"), "utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path}", f"--print-to-pdf={printed}", path.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    if shutil.which("pdftotext") is None:
        assert printed.read_bytes().startswith(b"%PDF")
        return
    text = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    sheets = text.split("\f")[:-1]
    assert len(sheets) > 5
    assert all("EXERCISE" in sheet for sheet in sheets)
