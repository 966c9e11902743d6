"""Kills writers of journals again and again, and looks at what is left.

`python benchmarks/crash.py [--kills 500] [--seed 1] [--folder DIR]`: needs Linux or macOS; see
README.md. Exits with 1 where anything acknowledged was lost, a rebuilt state differs from the
uninterrupted one, or a changed byte changed an answer without being found.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import select
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import planengine

ROOT = Path(__file__).parents[1]
HEAD = {"incident": "crash", "hazards": ["flood"], "scope": ["linjiang"], "status": "test"}
BEGIN, END = "2026-07-18T06:00:00+08:00", "2026-07-18T09:00:00+08:00"
JOURNALS = 3
WRITERS = 2  # processes at a time, each with as many threads
FAULTS = ("kill", "kill", "kill", "full", "torn")
BYTES_CHANGED = 200


class PromiseError(Exception):
    """What was promised and did not hold."""


class Trial:
    """Journals that are written and killed, with what was acknowledged of each."""

    def __init__(self, engine: planengine.Engine, folder: Path, seed: int) -> None:
        self.engine = engine
        self.chance = random.Random(seed)
        self.paths = [folder / f"{number}.journal" for number in range(JOURNALS)]
        self.through = [engine.begin(path, HEAD, now=BEGIN) for path in self.paths]
        self.acknowledged: list[dict[str, int]] = [{} for _ in self.paths]
        self.counts: Counter[str] = Counter()
        self.broken: set[int] = set()

    def turn(self, number: int) -> None:
        """Some write, are killed, and what is left is looked at."""
        fault = self.chance.choice(FAULTS)
        sound = [one for one in range(JOURNALS) if one not in self.broken]
        target = self.chance.choice(sound)
        for writer in [self._writer(target, f"{number}-{each}", fault) for each in range(WRITERS)]:
            self._kill(*writer, target)
        self.counts[fault] += 1
        if fault == "torn":
            self._tear(self.paths[target])
        self._check(target)

    def _writer(self, target: int, name: str, fault: str) -> tuple[int, int]:
        """A process that tells until it is killed, and a pipe with what was acknowledged to it."""
        out, into = os.pipe()
        child = os.fork()
        if child:
            os.close(into)
            return child, out
        try:
            os.close(out)
            if fault == "full":
                _fill(self.paths[target], self.chance)
            _write(self.engine, self.paths[target], name, into)
        finally:
            os._exit(0)

    def _kill(self, child: int, pipe: int, target: int) -> None:
        if select.select([pipe], [], [], 10.0)[0]:
            time.sleep(self.chance.random() * 0.1)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        self.counts["kills"] += 1
        with os.fdopen(pipe) as told:
            for line in told.read().splitlines(keepends=True):
                if not line.endswith("\n"):
                    continue  # it was killed while it said so
                told_id, _, entry = line.rpartition(" ")
                if told_id == "refused":
                    self.counts["refused"] += 1
                else:
                    self.acknowledged[target][told_id] = int(entry)

    def _tear(self, path: Path) -> None:
        """The beginning of one more record, as a power cut leaves it behind the whole ones."""
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            with log.open("ab") as tail:
                tail.write(self.chance.randbytes(self.chance.randrange(1, 4096)))

    def _check(self, target: int) -> None:
        path = self.paths[target]
        broken = planengine.Journal(path).verify()
        if broken is not None:
            raise PromiseError(f"{path.name}: entry {broken.number} is {broken.reason}")
        kept = {
            json.loads(one.body)["id"]: one.number
            for one in planengine.Journal(path).entries()
            if one.kind == "told"
        }
        lost = [one for one, at in self.acknowledged[target].items() if kept.get(one) != at]
        if lost:
            raise PromiseError(f"{path.name}: acknowledged and lost: {lost[:5]}")

    def compare(self) -> None:
        """Rebuilt states against those of sessions that nobody interrupted, byte for byte."""
        for target, path in enumerate(self.paths):
            if target in self.broken:
                continue
            again, through = self.engine.session(path), self.through[target]
            if again.export() != through.export():
                raise PromiseError(f"{path.name}: another incident when it is read again")
            answers = {one.at(END).to_json() for one in (again, through)}
            if len(answers) != 1:
                raise PromiseError(f"{path.name}: another answer when it is read again")
            self.counts["compared"] += 1

    def change_bytes(self, count: int) -> None:
        """A byte changed anywhere is found, or changes nothing that is answered from."""
        path = self.paths[0]
        whole = planengine.Journal(path).entries()
        for one in self.through:
            one.close()
        copy = path.with_name("changed.journal")
        with closing(sqlite3.connect(path)) as connection:  # all of it is in the one file
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = path.read_bytes()
        for _ in range(count):
            place = self.chance.randrange(len(content))
            changed = bytearray(content)
            changed[place] ^= 1 << self.chance.randrange(8)
            copy.write_bytes(changed)
            journal = planengine.Journal(copy)
            try:
                found = journal.verify() is not None
                silent = not found and journal.entries() != whole
            except planengine.PlanError:
                found, silent = True, False
            finally:
                journal.close()
            if silent:
                raise PromiseError(f"byte {place} of {len(content)} changed an entry unseen")
            self.counts["bytes found" if found else "bytes that hold nothing"] += 1
            for left in copy.parent.glob(f"{copy.name}*"):
                left.unlink()

    def break_one(self) -> None:
        """One journal is destroyed; the others must go on."""
        target = JOURNALS - 1
        self.through[target].close()
        for left in self.paths[target].parent.glob(f"{self.paths[target].name}-*"):
            left.unlink()
        self.paths[target].write_bytes(self.chance.randbytes(20_000))
        self.broken.add(target)
        try:
            self.engine.session(self.paths[target]).at(END)
        except planengine.PlanError:
            return
        raise PromiseError("a destroyed journal gave an answer")


def _fill(path: Path, chance: random.Random) -> None:
    """Let no file grow much further, as on a disk that is nearly full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    log = path.with_name(f"{path.name}-wal")
    largest = max(path.stat().st_size, log.stat().st_size if log.exists() else 0)
    most = largest + chance.randrange(100, 20_000)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _write(engine: planengine.Engine, path: Path, name: str, into: int) -> None:
    session = engine.session(path)

    def tell(thread: int) -> None:
        for number in range(1_000_000):
            own = f"{name}-{thread}-{number}"
            level = f"2{number % 6}.{number % 10} m"
            record: dict[str, Any] = {
                "id": own,
                "object": "hankou",
                "note": "x" * (number % 7 * 200),
                "facts": {"water-level": level},
            }
            try:
                told = session.tell(record, now=f"2026-07-18T07:{number % 60:02}:00+08:00")
                line = f"{own} {told.number}\n"
            except planengine.PlanError:
                line = "refused 0\n"
                time.sleep(0.001)
            os.write(into, line.encode())

    threads = [Thread(target=tell, args=(each,)) for each in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(engine: planengine.Engine, folder: Path, kills: int, seed: int) -> dict[str, int]:
    """Kills so many times; how often what happened. Raises `PromiseError`."""
    trial = Trial(engine, folder, seed)
    turns = -(-kills // WRITERS)
    for number in range(turns):
        if number == turns // 2:
            trial.break_one()
        trial.turn(number)
        if number % 50 == 49:
            trial.compare()
    trial.compare()
    trial.change_bytes(min(BYTES_CHANGED, kills))
    trial.counts["acknowledged"] = sum(map(len, trial.acknowledged))
    return dict(sorted(trial.counts.items()))


def main() -> int:
    """Runs it on the shipped library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="crash-", dir=given.folder))
    engine = planengine.load(ROOT, cache=folder / "cache").compile()
    started = time.perf_counter()
    try:
        counts = run(engine, folder, given.kills, given.seed)
    except PromiseError as failure:
        print(f"FAILED (seed {given.seed}, journals in {folder}): {failure}")
        return 1
    shutil.rmtree(folder)
    seconds = time.perf_counter() - started
    print(f"{seconds:.0f} s: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
