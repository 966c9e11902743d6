"""Journals: what is acknowledged is kept, and what was altered is found."""

from __future__ import annotations

import gc
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest

from planengine import Broken, Journal, PlanError
from planengine.journal import link

WRITER = """
import sys
from pathlib import Path
from planengine.journal import Journal
journal = Journal(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    with journal.writing() as writer:
        entry = writer.append("told", number, f'{{"n": {number}, "pad": "{"x" * 3000}"}}')
    sys.stdout.write(f"{entry.number} {number}\\n")
    sys.stdout.flush()
    number += 1
"""


def made(folder: Path, told: int = 3) -> Journal:
    texts = [f'{{"n": {number}}}' for number in range(told)]
    return Journal.create(folder / "a.journal", 100, '{"header": "{}"}', texts)


def alter(journal: Journal, statement: str) -> None:
    connection = sqlite3.connect(journal.path)
    with connection:
        connection.execute(statement)
    connection.close()


def code(raised: pytest.ExceptionInfo[PlanError]) -> list[str]:
    return [one.code for one in raised.value.diagnostics]


def test_entries_are_numbered_and_chained(tmp_path: Path) -> None:
    journal = made(tmp_path, told=1)
    with journal.writing() as writer:
        writer.append("told", 200, '{"水": 1}')
    found = journal.entries()
    assert [(one.number, one.kind, one.recorded, one.body) for one in found] == [
        (1, "opened", 100, '{"header": "{}"}'),
        (2, "told", 100, '{"n": 0}'),
        (3, "told", 200, '{"水": 1}'),
    ]
    before = "0" * 64
    for one in found:
        content = json.dumps(
            [before, one.number, one.kind, one.recorded, one.body],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        before = sha256(content.encode()).hexdigest()
        assert one.digest == before
    assert journal.verify() is None
    assert [one.number for one in journal.entries(2)] == [3]


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        (
            "UPDATE entries SET body = '{\"n\": 9}' WHERE number = 3",
            Broken(number=3, reason="altered"),
        ),
        ("UPDATE entries SET recorded = 99 WHERE number = 2", Broken(number=2, reason="altered")),
        (
            "UPDATE entries SET kind = 'edition' WHERE number = 4",
            Broken(number=4, reason="altered"),
        ),
        ("UPDATE entries SET digest = 'ab' WHERE number = 1", Broken(number=1, reason="altered")),
        ("UPDATE entries SET body = x'00ff' WHERE number = 3", Broken(number=3, reason="altered")),
        (
            "UPDATE entries SET recorded = 'noon' WHERE number = 3",
            Broken(number=3, reason="altered"),
        ),
        ("DELETE FROM entries WHERE number = 2", Broken(number=2, reason="missing")),
        ("DELETE FROM entries WHERE number = 1", Broken(number=1, reason="missing")),
        ("UPDATE entries SET number = -1 WHERE number = 4", Broken(number=1, reason="missing")),
        ("UPDATE entries SET number = 0 WHERE number = 4", Broken(number=1, reason="missing")),
        (
            "INSERT INTO entries SELECT 5, kind, recorded, body, digest FROM entries WHERE number = 4",
            Broken(number=5, reason="altered"),
        ),
    ],
)
def test_what_was_altered_is_found(tmp_path: Path, statement: str, broken: Broken) -> None:
    journal = made(tmp_path)
    alter(journal, statement)
    assert journal.verify() == broken


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    journal = made(tmp_path)

    def fail() -> None:
        with journal.writing() as writer:
            writer.append("told", 1, "{}")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(journal.entries()) == 4


def test_a_journal_that_nobody_has_any_more_is_closed(tmp_path: Path) -> None:
    log = tmp_path / "a.journal-wal"
    gc.disable()
    try:
        journal = made(tmp_path)
        assert len(journal.entries()) == 4
        with journal.writing() as writer:
            writer.append("told", 200, "{}")
        assert log.exists()
        del journal, writer
        assert not log.exists()  # SQLite takes it away when the file is closed
    finally:
        gc.enable()


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    journal = made(tmp_path)
    with pytest.raises(FileExistsError):
        made(tmp_path)
    other = tmp_path / "other.yaml"
    other.write_text("incident: a\n")
    with pytest.raises(FileExistsError):
        Journal.create(other, 1, "{}")
    assert other.read_text() == "incident: a\n"
    assert len(journal.entries()) == 4


def test_a_journal_that_was_never_finished_can_be_made_again(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a.journal")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    assert len(made(tmp_path).entries()) == 4


@pytest.mark.parametrize(
    "content", [None, b"", b"incident: a\n", b"SQLite format 3\0" + b"\1" * 5000]
)
def test_what_is_no_journal_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.journal"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PlanError) as raised:
        Journal(path).entries()
    assert code(raised) == ["journal-unreadable"]


def test_a_journal_of_another_version_is_told(tmp_path: Path) -> None:
    journal = made(tmp_path)
    alter(journal, "PRAGMA user_version=7")
    with pytest.raises(PlanError) as raised:
        journal.entries()
    assert code(raised) == ["journal-unreadable"]
    assert "another version: 7" in str(raised.value)


def test_one_broken_journal_does_not_stop_another(tmp_path: Path) -> None:
    good = made(tmp_path)
    (tmp_path / "b.journal").write_bytes(good.path.read_bytes()[:5000])
    with pytest.raises(PlanError):
        Journal(tmp_path / "b.journal").entries()
    assert len(good.entries()) == 4


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planengine.journal.link.BUSY_SECONDS", 0.05)
    journal = made(tmp_path)

    def second() -> None:
        with Journal(journal.path).writing() as writer:
            writer.append("told", 1, "{}")

    with journal.writing() as writer:
        with pytest.raises(PlanError) as raised:
            second()
        writer.append("told", 2, "{}")
    assert code(raised) == ["journal-busy"]
    assert [one.recorded for one in journal.entries(4)] == [2]


def test_what_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = made(tmp_path)
    connect = link.connected

    def full(path: Path, mode: str) -> sqlite3.Connection:
        connection = connect(path, mode)
        connection.execute("PRAGMA max_page_count=1")  # no more than there are
        return connection

    monkeypatch.setattr(link, "connected", full)
    with pytest.raises(PlanError) as raised, Journal(journal.path).writing() as writer:
        writer.append("told", 1, "x" * 100_000)
    assert code(raised) == ["journal-unwritable"]
    assert len(journal.entries()) == 4


@pytest.mark.parametrize("name", ["事件 #1?.journal", "100%25.journal"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    Journal.create(path, 1, "{}").close()
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert len(Journal(path).entries()) == 1


@pytest.mark.slow
def test_threads_write_one_after_the_other(tmp_path: Path) -> None:
    journal = made(tmp_path, told=0)

    def write(start: int) -> None:
        for number in range(start, start + 20):
            with journal.writing() as writer:
                writer.append("told", number, "{}")

    threads = [Thread(target=write, args=(100 * number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.verify() is None
    told = [one.recorded for one in journal.entries(1)]
    assert sorted(told) == [100 * number + each for number in range(4) for each in range(20)]


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_writers_are_killed(tmp_path: Path) -> None:
    """Two writers at a time, each killed at a random moment, again and again."""
    journal = made(tmp_path, told=0)
    chance = random.Random(7)
    acknowledged: dict[int, int] = {}
    for turn in range(4):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(journal.path), str(10_000 * (2 * turn + each))],
                stdout=subprocess.PIPE,
                text=True,
            )
            for each in range(2)
        ]
        first = [writer.stdout.readline() for writer in writers if writer.stdout]
        time.sleep(chance.random() * 0.2)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        for writer, line in zip(writers, first, strict=True):
            assert writer.stdout is not None
            lines = [line, *writer.stdout.read().splitlines(keepends=True)]
            acknowledged.update(
                (int(number), int(told))
                for number, told in (one.split() for one in lines if one.endswith("\n"))
            )
            writer.wait()
            writer.stdout.close()
        assert journal.verify() is None
    kept = {one.number: one for one in journal.entries()}
    assert len(acknowledged) >= 8
    for number, told in acknowledged.items():
        assert kept[number].recorded == told
        assert json.loads(kept[number].body)["n"] == told
