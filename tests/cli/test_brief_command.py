"""`planengine brief`: which papers are written, where, and what is told of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import FLOOD, LIBRARY, run
from tests.shipped import ROOT

AT = ("--at", "2026-07-19T09:30:00+08:00", "--lang", "zh", *LIBRARY)
NOTICE = "启动通知-建议提升为一级-临江市防汛抗旱应急预案·防汛应急响应"
ADVISED = "建议稿　未经批准，不得印发，不具效力"


@pytest.fixture
def exercise(tmp_path: Path) -> str:
    text = (ROOT / "examples" / "flood-day.yaml").read_text("utf-8")
    path = tmp_path / "exercise.yaml"
    path.write_text(
        text.replace("incident: flood-day", "incident: flood-day\nstatus: exercise"), "utf-8"
    )
    return str(path)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_paper_is_a_file_and_is_listed_with_what_it_is_worth(tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = run(
        "brief",
        FLOOD,
        *AT,
        "--plan",
        "flood",
        "--paper",
        "notice",
        "--paper",
        "card",
        "--for",
        "市防指指挥长",
        "-o",
        str(out),
    )
    assert told.exit_code == 0
    assert names(out) == [f"{NOTICE}.html", "明白卡-市防指指挥长.html"]
    assert told.stdout.splitlines() == [
        f"{out}/{NOTICE}.html  {ADVISED}",
        f"{out}/明白卡-市防指指挥长.html",
    ]


@pytest.mark.slow
def test_without_a_place_the_folder_is_named_by_incident_and_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("brief", FLOOD, *AT, "--plan", "flood", "--paper", "notice").exit_code == 0
    assert names(tmp_path / "flood-day-20260719T0930") == [f"{NOTICE}.html"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after", "locale", "title"),
    [
        ((), (), "en_US.UTF-8", "# 关于将"),
        ((), ("--lang", "en"), "zh_CN.UTF-8", "# Notice: raise"),
        (("--lang", "en"), (), "zh_CN.UTF-8", "# Notice: raise"),
        ((), ("--lang", "zh"), "en_US.UTF-8", "# 关于将"),
    ],
)
def test_papers_are_in_english_only_where_that_was_asked_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: tuple[str, ...],
    after: tuple[str, ...],
    locale: str,
    title: str,
) -> None:
    """Papers that are signed do not follow a locale."""
    monkeypatch.setenv("LC_ALL", locale)
    path = tmp_path / "notice.md"
    at = ("--at", "2026-07-19T09:30:00+08:00", *LIBRARY)
    one = ("--plan", "flood", "--paper", "notice", "-o", str(path))
    assert run(*before, "brief", FLOOD, *at, *one, *after).exit_code == 0
    assert path.read_text("utf-8").startswith(title)


def test_the_ending_of_a_file_tells_the_form(tmp_path: Path) -> None:
    one = ("--plan", "flood", "--paper", "notice")
    for ending, begin in (("md", b"# "), ("html", b"<!DOCTYPE html>"), ("docx", b"PK")):
        path = tmp_path / f"notice.{ending}"
        assert run("brief", FLOOD, *AT, *one, "-o", str(path)).exit_code == 0
        assert path.read_bytes().lstrip().startswith(begin)
    wrong = run("brief", FLOOD, *AT, *one, "--format", "md", "-o", str(tmp_path / "a.docx"))
    assert (wrong.exit_code, wrong.stderr.splitlines()[-1]) == (
        2,
        "错误：--format md 与文件扩展名 .docx 不一致",
    )


def test_several_papers_are_not_pressed_into_one_file(tmp_path: Path) -> None:
    told = run("brief", FLOOD, *AT, "--paper", "notice", "-o", str(tmp_path / "all.html"))
    assert told.exit_code == 2
    assert "有 10 件文稿，不能写进一个文件" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_exercised_says_so_in_every_file_name(exercise: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert (
        run(
            "brief", exercise, *AT, "--plan", "flood", "--paper", "notice", "-o", str(out)
        ).exit_code
        == 0
    )
    assert names(out) == [f"演练-{NOTICE}.html"]
    one = run(
        "brief",
        exercise,
        *AT,
        "--plan",
        "flood",
        "--paper",
        "notice",
        "-o",
        str(tmp_path / "n.docx"),
    )
    assert one.stdout.splitlines() == [f"{tmp_path}/演练-n.docx  {ADVISED}"]
    assert not (tmp_path / "n.docx").exists()


def test_papers_of_an_earlier_run_are_told(tmp_path: Path) -> None:
    (tmp_path / "任务单-某单位.html").write_text("")
    told = run("brief", FLOOD, *AT, "--paper", "card", "-o", str(tmp_path))
    assert told.stderr.splitlines() == [f"不是这次写的：{tmp_path}/任务单-某单位.html"]


def test_names_that_mean_nothing_get_the_nearest(tmp_path: Path) -> None:
    nobody = run("brief", FLOOD, *AT, "--for", "市防指指挥", "-o", str(tmp_path))
    assert (nobody.exit_code, nobody.stderr.splitlines()[-1]) == (
        2,
        "错误：--for：没有单位或岗位“市防指指挥”；是否要写 市防指指挥长？",
    )
    plan = run("brief", FLOOD, *AT, "--plan", "flod", "-o", str(tmp_path))
    assert (plan.exit_code, plan.stderr.splitlines()[-1]) == (
        2,
        "错误：--plan：没有预案“flod”；是否要写 flood？",
    )


def test_where_there_is_nothing_to_write_nothing_is_written(tmp_path: Path) -> None:
    told = run("brief", FLOOD, *AT, "--plan", "earthquake", "-o", str(tmp_path / "out"))
    assert (told.exit_code, told.stderr) == (1, "没有这样的文稿可写。\n")
    assert not (tmp_path / "out").exists()


def test_a_bad_template_writes_nothing(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "notice.html.j2").write_text("{{ paper.nothing }}")
    told = run(
        "brief",
        FLOOD,
        *AT,
        "--paper",
        "notice",
        "--templates",
        str(own),
        "-o",
        str(tmp_path / "out"),
    )
    assert told.exit_code == 1
    assert told.stderr.startswith(f"错误：{own}/notice.html.j2:1：模板不可用：")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    told = run("brief", FLOOD, *AT, "--paper", "card", "-o", str(tmp_path / "out" / "deep"))
    assert told.exit_code == 2
    assert told.stderr.splitlines()[-1].startswith(f"错误：不能写入 {tmp_path}/out/deep/")


@pytest.mark.slow
def test_an_incident_cannot_choose_where_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    text = (ROOT / "examples" / "flood-day.yaml").read_text("utf-8")
    (inner / "facts.yaml").write_text(
        text.replace("incident: flood-day", 'incident: "../../etc"'), "utf-8"
    )
    assert run("brief", "facts.yaml", *AT, "--plan", "flood", "--paper", "notice").exit_code == 0
    assert names(inner) == ["etc-20260719T0930", "facts.yaml"]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: None if name == "docx" else object()
    )
    told = run("brief", FLOOD, *AT)
    assert told.exit_code == 2
    assert (
        told.stderr.splitlines()[-1]
        == "错误：写文稿需要 planengine[papers]：pip install 'planengine[papers]'；"
        "从文件夹安装的，在那里 pip install '.[papers]'"
    )
