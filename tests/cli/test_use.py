"""How commands explain themselves, and how they end: help, wrong use, pipes, Ctrl-C."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from wcwidth import wcswidth

from planengine.cli.command import Command
from planengine.cli.exercise_command import command
from planengine.cli.language import language_of
from planengine.cli.main import group
from tests.cli.run import FLOOD, LIBRARY, run
from tests.shipped import ROOT

COMMANDS = group.list_commands(click.Context(group))
PLANENGINE = (sys.executable, "-m", "planengine")


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_is_in_one_language_with_an_example(name: str, language: str) -> None:
    text = run(name, "--help", "--lang", language, columns=80).output
    assert text == run(name, "--lang", language, "-h", columns=80).output
    assert ("用法：" in text) is (language == "zh")
    assert ("usage: " in text) is (language == "en")
    chinese = re.sub(r"[-\w./]*\u4e00-\u9fff", "", text) if language == "en" else ""
    assert not re.search(r"[\u4e00-\u9fff]", chinese)
    assert re.search(rf"^  planengine {name}\b", text, re.MULTILINE)
    assert all(wcswidth(line) <= 80 for line in text.splitlines())


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_help_work(
    name: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    _go_to_a_copy(tmp_path_factory, monkeypatch)
    text = run(name, "--help", "--lang", "en").output
    lines = re.findall(r"^  planengine (.*)$", text, re.MULTILINE)
    assert lines
    for line in lines:
        words = shlex.split(line.partition(" | ")[0].partition(" > ")[0])
        result = run(*words)
        assert result.exit_code == 0, result.output


@pytest.mark.slow
def test_the_examples_of_each_exercise_command_work(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In their order: a table that one writes is read by the next."""
    _go_to_a_copy(tmp_path_factory, monkeypatch)
    for member in command("en").commands.values():
        assert isinstance(member, Command)
        assert member.examples
        for line, _ in member.examples:
            result = run(*shlex.split(line)[1:], "--lang", "en")
            assert result.exit_code == 0, result.output


def _go_to_a_copy(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Go to a folder with the library and the examples, as in a copy of the repository."""
    copy = tmp_path_factory.getbasetemp() / "shipped"  # at one place, so that it is linked once
    shutil.rmtree(copy, ignore_errors=True)
    for folder in ("examples", "plans"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=_other_tests)
    shutil.copy(ROOT / "planengine.yaml", copy)
    monkeypatch.chdir(copy)


def _other_tests(_: str, names: list[str]) -> list[str]:
    """All tests of plans but those that the help speaks of: the rest are run by `.ci/run`."""
    return [one for one in names if one.endswith(".test.yaml") and one != "flood.test.yaml"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_of_the_whole(language: str) -> None:
    text = run("--lang", language, "--help").output
    assert all(re.search(rf"^  {name} ", text, re.MULTILINE) for name in COMMANDS)
    assert ("命令：" in text) is (language == "zh")
    assert run("--version").output.startswith("planengine ")


def test_no_command_is_wrong_use() -> None:
    result = run()
    assert result.exit_code == 2
    assert "assess" in result.output


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        (("chek",), "没有命令“chek”；是否要写 check？", "there is no command `chek`: did you mean check?"),
        (("assess",), "缺少 FACTS", "Missing argument 'FACTS'."),
        (("assess", "nofile.yaml"), "没有这个文件或文件夹：nofile.yaml", "'nofile.yaml' does not exist."),
        (("assess", str(ROOT)), f"这是文件夹，须为文件：{ROOT}", "is a directory."),
        (("assess", FLOOD, "--at", "noon"), "--at 的“noon”不是时间", "--at: `noon` is not a time"),
        (("assess", FLOOD, "--known-at", "1"), "--known-at 的“1”不是时间", "--known-at: `1` is not a time"),
        (("assess", FLOOD, "--enginn"), "没有选项 --enginn；是否要写 --engine", "No such option '--enginn'"),
        (("check", "--format", "xml"), "--format 不能是“xml”，可写：text, json, sarif, github", "'xml' is not one of 'text', 'json', 'sarif', 'github'."),
        (("list", "plants"), "KIND 不能是“plants”，可写：plans, ", "'plants' is not one of 'plans', "),
        (("list", "rules", "flood", "more"), "多余的参数：more", "extra argument (more)"),
        (("list", "--library"), "选项 --library 后须有值", "Option '--library' requires an argument."),
        (("graph", "--distance", "-1"), "--distance 须为不小于 0 的整数", "-1 is not in the range x>=0."),
        (("graph", "--distance", "a"), "--distance 须为不小于 0 的整数", "'a' is not a valid int"),
        (("graph", "--detail=yes"), "选项 --detail 后不能有值", "Option '--detail' does not take a value."),
        (("explain", "unknwn-agency"), "没有诊断“unknwn-agency”；是否要写 unknown-agency？", "did you mean unknown-agency?"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_the_language_asked_for(
    words: tuple[str, ...], chinese: str, english: str
) -> None:
    for language, said in (("zh", chinese), ("en", english)):
        result = run("--lang", language, *words)
        assert result.exit_code == 2
        assert said in result.output
        assert ("错误：" in result.output) is (language == "zh")


@pytest.mark.parametrize("command", ["assess", "check"])
def test_a_file_that_may_not_be_read_is_wrong_use(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    for language, said in (("zh", f"没有读取 {FLOOD} 的权限"), ("en", "is not readable.")):
        result = run(command, FLOOD, "--lang", language)
        assert result.exit_code == 2
        assert said in result.output


@pytest.mark.parametrize(
    ("words", "setting", "language"),
    [
        (("check", "--lang", "zh"), "en_GB.UTF-8", "zh"),
        (("check", "--lang=en"), "zh_CN.UTF-8", "en"),
        (("check",), "zh_CN.UTF-8", "zh"),
        (("check", "--lang"), "C", "en"),
        (("check", "--lang", "fr"), "zh_CN.UTF-8", "zh"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_locales(
    words: tuple[str, ...], setting: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", setting)
    assert language_of(words) == language


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("explain",), ("list", "facts"), ("schema",), ("assess", FLOOD), ("--help",)]
)
def test_a_reader_that_goes_away_is_no_error(words: tuple[str, ...]) -> None:
    process = subprocess.Popen(
        [*PLANENGINE, *words, *(() if words[0] in {"explain", "--help"} else LIBRARY)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert told == b""


SIGNS_OF_LIFE = (
    "planengine.cli.main",  # the first import
    "planengine.facade",
    "planengine.linking.load",
    "planengine.rules.compile",
    "planengine.assessment.assessment",
)


@pytest.mark.slow
@pytest.mark.parametrize("module", SIGNS_OF_LIFE)
def test_ctrl_c_ends_at_any_moment_with_130_and_in_silence(module: str, tmp_path: Path) -> None:
    """The signal comes as soon as a module begins to be imported, wherever that leaves it."""
    code = (
        "import os, signal, sys\n"
        "class Watch:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == {module!r}: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Watch())\n"
        f"sys.argv = ['planengine', 'assess', {FLOOD!r}, *{LIBRARY!r}]\n"
        "from planengine.__main__ import main\n"
        "main()\n"
    )
    surroundings = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}  # nothing kept: all is imported
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, env=surroundings
    )
    assert done.returncode == 130
    assert done.stderr == b""


def test_ctrl_c_while_waiting_for_input() -> None:
    process = subprocess.Popen(
        [*PLANENGINE, "assess", "-", *LIBRARY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(b"#" * 1_000_000)  # returns when it has begun to read: a pipe holds less
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.strip() == b""


def test_commands_do_not_load_what_they_do_not_need() -> None:
    code = (
        "import sys; from planengine.cli.main import group\n"
        "try: group(['assess', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = ('pydantic', 'networkx', 'pint', 'yaml', 'wcwidth')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
