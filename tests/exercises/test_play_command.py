"""A person plays an exercise: through the command line, and through a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import sys
import time
from pathlib import Path

import pytest

from tests.cli.run import LIBRARY, run
from tests.shipped import ROOT

FILE = """\
exercise: short
label: {zh: 短演练, en: a short one}
hazards: [flood]
start: 2026-07-18T06:00
end: T+3:00
allowed: {decisions: 30 min}
objectives:
  - {id: level, label: {zh: 启动, en: it starts}, decisions: response.flood/flood}
pauses:
  - {at: T+1:00, for: 10 min, text: {zh: 复盘, en: look back}}
injects:
  - id: up
    at: T+0:10
    channel: phone
    from: hydrology-bureau
    to: flood-office
    text: {zh: 汉口站超警, en: Hankou is over its warning stage}
    object: hankou
    kind: observed
    facts: {water-level: 25.4 m}
  - {id: private, at: T+0:20, to: publicity-department, text: {zh: 记者来电, en: a journalist calls}}
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "short.exercise.yaml"
    path.write_text(FILE)
    return str(path)


def play(file: str, *lines: str, options: tuple[str, ...] = (), lang: str = "en") -> str:
    stdin = "".join(f"{line}\n" for line in lines)
    result = run("exercise", "play", file, *LIBRARY, "--lang", lang, *options, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.slow
def test_what_a_person_decides_and_does_is_scored(file: str, tmp_path: Path) -> None:
    report = tmp_path / "r.json"
    shown = play(
        file, "next", "decide 1 --by flood-office-director", "show", "done flood/patrol-dykes",
        "wait 20min", "leave", options=("--report", str(report)),
    )  # fmt: skip
    assert (
        "07-18 06:10 phone · Linjiang hydrology bureau → office of the flood and drought" in shown
    )
    assert "Hankou station water level 25.4 m" in shown
    assert "flood response: facts Level IV, as reported Level II, in force Level IV" in shown
    assert "told at 07-18 06:10" in shown
    assert "Pause 10 min" not in shown  # they left before
    assert "it starts: performed without challenges" in shown
    told = json.loads(report.read_text())
    flood = [one for one in told["expected"] if one["document"] == "linjiang/flood"]
    found = {(one["what"], one["level"], one["item"]): one["outcome"] for one in flood}
    assert found["start", "IV", None] == "met"
    times = {one["done_at"] for one in flood if one["item"] == "patrol-dykes"}
    assert times == {"2026-07-18T06:10:00+08:00"}


@pytest.mark.slow
def test_the_clock_stops_at_what_comes_and_pauses_are_pauses(file: str) -> None:
    shown = play(file, "wait 3h", "wait 3h", "until 07:30", "", "wait 3h", "", "")
    heads = [line for line in shown.splitlines() if line.startswith("[EXERCISE]")]
    assert [head[-7:-1] for head in heads][:3] == ["T+0:10", "T+0:20", "T+1:00"]
    assert "Pause 10 min: look back (Enter goes on)" in shown
    assert "[EXERCISE] 07-18 09:00 (T+3:00)\nThe exercise ends here" in shown
    assert "it starts: unable to be performed" in shown


@pytest.mark.slow
def test_who_plays_a_body_hears_and_owes_what_is_its_own(file: str, tmp_path: Path) -> None:
    others = tmp_path / "o.players.yaml"
    others.write_text("players: o\nhabits:\n  decisions: {delay: 5 min}\n  duties: {delay: 1 h}\n")
    shown = play(
        file, "", "", "", "due", "done 1", "leave",
        options=("--as", "publicity-department", "--players", str(others)),
    )  # fmt: skip
    assert "a journalist calls" in shown
    assert "Hankou" not in shown
    assert "patrol" not in shown
    assert "flood response" not in shown
    assert "due 1  publicity department: " in shown
    assert "it starts: performed without challenges" in shown  # by the others


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "lines", "told"),
    [
        ("en", ["fly"], "`fly` is no word"),
        ("en", ["decide"], "decide what?"),
        ("en", ["decide 7"], "nothing has number 7 now"),
        ("en", ["decide flood/flood=IX"], "IX"),
        ("en", ["decide nothing=IV"], "there is no plan `nothing`"),
        ("en", ["decline flood/flood=IV"], "say why: --reason TEXT"),
        ("en", ["done flood/no-such"], "is not in the library"),
        ("en", ["done x --by me"], "`done` has no --by; it takes --source"),
        ("en", ["tell deaths"], "write FACT=VALUE"),
        ("en", ["tell no-such=2"], "no-such"),
        ("en", ["tell deaths=many"], "many"),
        ("en", ["wait long"], "wait 20min"),
        ("en", ["until yesterday"], "until"),
        ("en", ["until 05:00"], "`05:00` is not between now and the end"),
        ("en", ["speed fast"], "`fast`: a number above 0, or paused"),
        ("en", ["tell 'x"], "a quotation mark is not closed"),
        ("zh", ["飞"], "没有“飞”这个词"),
        ("zh", ["决定"], "“决定”什么？"),
        ("zh", ["完成 9"], "现在没有编号 9"),
        ("zh", ["否决 flood/flood=IV"], "否决要写 --reason 理由"),
        ("zh", ["报 死亡=许多"], "许多"),
    ],
)
def test_what_cannot_be_done_is_told_and_one_may_try_again(
    file: str, lang: str, lines: list[str], told: str
) -> None:
    shown = play(file, *lines, "show", "leave", lang=lang)
    assert told in shown
    assert shown.count("> ") == len(lines) + 2


@pytest.mark.parametrize(
    ("options", "lang", "told"),
    [
        (("--as", "nobody"), "en", "--as: `nobody` is no body or post"),
        (("--as", "没有的局"), "zh", "--as 的“没有的局”不是一个机构或岗位"),
        (("--speed", "0"), "en", "`0`: a number above 0, or paused"),
        (("--report", "x.doc"), "zh", "--report 的文件须以 .html、.json、.md 结尾"),
    ],
)
def test_wrong_use_is_told(file: str, options: tuple[str, ...], lang: str, told: str) -> None:
    result = run("exercise", "play", file, *LIBRARY, *options, "--lang", lang, stdin="")
    assert result.exit_code == 2
    assert told in result.output


class Terminal:
    """A command in a terminal of its own."""

    def __init__(self, *words: str) -> None:
        self.shown = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # pragma: no cover - the command itself
            os.environ.update(
                PYTHONPATH=":".join(sys.path), COLUMNS="120", NO_COLOR="1", PYTHONUTF8="1"
            )
            os.execv(sys.executable, [sys.executable, "-m", "planengine", *words])

    def until(self, text: str, timeout: float = 60) -> str:
        """What is shown up to a text, and what comes with it."""
        start, stop = len(self.shown), time.monotonic() + timeout
        while text not in self.shown[start:]:
            left = stop - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise AssertionError(f"{text!r} did not come:\n{self.shown}")
            try:
                self.shown += os.read(self.fd, 65536).decode("utf-8", "replace")
            except OSError:
                break
        assert text in self.shown[start:], self.shown
        return self.shown[start:]

    def type(self, line: str) -> None:
        os.write(self.fd, f"{line}\n".encode())

    def status(self) -> int:
        while True:
            try:
                if not os.read(self.fd, 65536):
                    break
            except OSError:
                break
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.mark.slow
def test_played_in_a_terminal_with_the_clock_stopped(file: str) -> None:
    terminal = Terminal("exercise", "play", file, "--library", str(ROOT), "--lang", "zh")
    terminal.until("> ")
    terminal.type("下一步")
    assert "汉口站 水位 25.4 m" in terminal.until("> ")
    terminal.type("决定 1 --by flood-office-director")
    terminal.until("已记下，07-18 06:10")
    terminal.until("> ")
    terminal.type("完成 1")
    terminal.until("已记下")
    terminal.type("离开")
    assert "启动：顺利完成" in terminal.until("启动：顺利完成")
    assert terminal.status() == 0


@pytest.mark.slow
def test_played_in_a_terminal_with_a_running_clock(file: str) -> None:
    words = ("exercise", "play", file, "--library", str(ROOT), "--lang", "en", "--speed", "1200")
    terminal = Terminal(*words)
    terminal.until("Hankou station water level 25.4 m")  # after half a second
    terminal.type("decide 1 --by flood-office-director")
    terminal.until("told at 07-18 06:")
    terminal.until("Pause 10 min: look back")
    terminal.type("")
    terminal.until("> ")
    terminal.type("until 08:55")
    terminal.until("The exercise ends here")
    terminal.until("it starts: performed")
    assert terminal.status() == 0
