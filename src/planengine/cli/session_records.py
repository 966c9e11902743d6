"""What the commands of `planengine session` do that are about the journal itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planengine.cli.common import fail, json_text, print_findings
from planengine.cli.language import Language, Say, speaker
from planengine.cli.session_actions import told_errors

if TYPE_CHECKING:
    from planengine.diagnostics import Diagnostic
    from planengine.journal import Entry, Journal


def log(file: Path, form: str, language: Language) -> None:
    """Every entry of the journal, the oldest first; of an altered one those that are whole."""
    from planengine.sessions.contents import contents

    with told_errors(language):
        entries = _journal(file).entries()
        broken = _broken(file, entries)
        whole = _before_break(entries, broken)
        contents(_journal(file), whole)
    if form == "json":
        click.echo(json_text([_entry(one) for one in whole]))
    else:
        say = speaker(language)
        for one in whole:
            click.echo(_entry_line(one, say))
    if broken is not None:
        fail([broken], {}, language)


def verify(file: Path, head: str | None, form: str, language: Language) -> None:
    """Whether every entry is what was written."""
    say = speaker(language)
    with told_errors(language):
        entries = _journal(file).entries()
        broken = _broken(file, entries)
    lost = head is not None and not any(one.digest.startswith(head) for one in entries)
    newest = entries[-1].digest if entries else None
    if form == "json":
        number = None if broken is None else dict(broken.params)["number"]
        data = {"entries": len(entries), "newest": newest, "broken": number, "found": not lost}
        click.echo(json_text(data))
    elif broken is None and not lost:
        click.echo(
            say(
                f"{file}：{len(entries)} 条完好，最新一条摘要 {newest}",
                f"{file}: {len(entries)} entries are whole; the newest has the digest {newest}",
            )
        )
    if broken is not None:
        fail([broken], {}, language)
    if lost:
        from planengine.sessions.contents import broken_finding

        fail([broken_finding(_journal(file), len(entries) + 1, "missing")], {}, language)


def export(file: Path, output: Path | None, *, lenient: bool, language: Language) -> None:
    """The incident as a JSONL stream that `assess` reads; with `lenient`, up to a broken entry."""
    from planengine.cli.writing import write_new
    from planengine.sessions.contents import contents, stream_of

    with told_errors(language):
        entries = _journal(file).entries()
        broken = _broken(file, entries)
        if broken is not None:
            if not lenient:
                fail([broken], {}, language)
            print_findings([broken], {}, language, to_stderr=True)
        header, _, records = contents(_journal(file), _before_break(entries, broken))
    text = stream_of(header, (text for _, text in records))
    if output is None:
        click.echo(text, nl=False)
    else:
        write_new({output: text}, speaker(language))


def _journal(file: Path) -> Journal:
    from planengine.journal import Journal

    return Journal(file)


def _before_break(entries: tuple[Entry, ...], broken: Diagnostic | None) -> tuple[Entry, ...]:
    """The entries that are whole: those before the first that is not."""
    if broken is None:
        return entries
    number = dict(broken.params)["number"]
    assert isinstance(number, int)
    return entries[: number - 1]


def _broken(file: Path, entries: tuple[Entry, ...]) -> Diagnostic | None:
    from planengine.journal import first_broken
    from planengine.sessions.contents import broken_finding

    if not entries:
        return broken_finding(_journal(file), 1, "missing")
    found = first_broken(entries)
    return None if found is None else broken_finding(_journal(file), found.number, found.reason)


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "recorded": one.recorded,
        "digest": one.digest,
        "body": json.loads(one.body),
    }


def _entry_line(one: Entry, say: Say) -> str:
    from planengine.diagnostics.diagnostic import shown

    data = json.loads(one.body)
    if one.kind == "opened":
        header = json.loads(data["header"])
        return shown(say(f"{one.number}  建立：", f"{one.number}  opened: ") + _words(header))
    if one.kind == "edition":
        digest = data["library"][:12]
        return say(
            f"{one.number}  改用预案库 {digest}", f"{one.number}  went over to library {digest}"
        )
    at, received = data.pop("at", ""), data.pop("received", None)
    name = data.pop("id", "")
    late = "" if received in {None, at} else say(f"（{received} 收到）", f" (received {received})")
    return shown(f"{one.number}  [{name}] {at}{late}  {_words(data)}")


def _words(data: Any) -> str:  # noqa: ANN401 - what JSON holds
    """Data in one line, without the marks that only JSON needs."""
    if isinstance(data, dict):
        return ", ".join(f"{key}: {_inner(one)}" for key, one in data.items())
    return _inner(data)


def _inner(data: Any) -> str:  # noqa: ANN401 - what JSON holds
    if isinstance(data, dict):
        return "{" + _words(data) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_inner, data)) + "]"
    return data if isinstance(data, str) else json.dumps(data)
