"""Changes that an editor makes on request: quick fixes, new names, the layout in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lsprotocol import types as lsp

from planengine.diagnostics import Diagnostic, Edit, Language, Span
from planengine.diagnostics.fixes import edited, place_of, put_at
from planengine.domain.names import Mention
from planengine.editor.answers import Page
from planengine.editor.bench import Bench
from planengine.editor.desk import text_of
from planengine.editor.naming import Refusal, has_id, renamed
from planengine.editor.positions import Places
from planengine.editor.published import Publisher, uri_of
from planengine.linking.incidents.files import files_at, is_incident, is_test
from planengine.reading.tidy import tidied

_REFUSALS: Mapping[Refusal, tuple[str, str]] = {
    "missed": (
        "改名后库中会出现错误，没有改动",
        "the library would have errors with the new name: nothing was changed",
    ),
    "nothing-here": ("此处没有可以改名的标识", "there is no name here that can be changed"),
    "foreign": ("它声明在他人维护的文件中", "it is declared in a file that others keep"),
    "not-an-id": (
        "标识须为小写英文字母、数字和连字符",
        "an id is small letters, digits and hyphens",
    ),
    "taken": ("已有同名之物", "something else has this name"),
    "errors": (
        "库中有错误，改名会有遗漏：请先改正",
        "the library has errors, so places would be missed: mend them first",
    ),
}


def quick_fixes(
    file: str, text: str, place: lsp.Range, findings: Iterable[Diagnostic], publisher: Publisher
) -> list[lsp.CodeAction]:
    """What mends the findings at a place, and all sure fixes of the file together."""
    found = [one for one in findings if one.span is not None and one.span.file == file]
    places = publisher.places(file)
    actions = [
        _action(one, text, publisher, places)
        for one in found
        if _touches(publisher.range(one.span), place) and one.fix is not None
    ]
    sure = [fix for one in found if (fix := one.fix) is not None and fix.sure]
    edits = [edit for fix in sure for edit in fix.edits]
    if len(sure) > 1:
        title = (
            f"改正本文件中 {len(sure)} 处含义唯一的笔误"
            if publisher.language == "zh"
            else f"Mend the {len(sure)} slips of this file that have one meaning"
        )
        change = lsp.WorkspaceEdit({uri_of(Path(file)): _text_edits(edits, text, places)})
        actions.append(lsp.CodeAction(title, lsp.CodeActionKind.SourceFixAll, edit=change))
    return [action for action in actions if action is not None]


def _action(
    found: Diagnostic, text: str, publisher: Publisher, places: Places
) -> lsp.CodeAction | None:
    fix = found.fix
    if fix is None or found.span is None:
        return None
    edits = _text_edits(fix.edits, text, places)
    if not edits:
        return None
    said = edits[0].new_text.strip() or " "
    write = "改为" if publisher.language == "zh" else "Write"
    return lsp.CodeAction(
        title=f"{write} `{said}`",
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=[publisher.published(found)],
        is_preferred=fix.sure or None,
        edit=lsp.WorkspaceEdit({uri_of(Path(found.span.file)): edits}),
    )


def _text_edits(edits: Iterable[Edit], text: str, places: Places) -> list[lsp.TextEdit]:
    plain = text.removeprefix("\ufeff")
    made: dict[tuple[int, int], lsp.TextEdit] = {}
    for edit in edits:
        place = place_of(plain, edit)
        if place is not None:
            span = lsp.Range(*(_position(plain, at, places) for at in place))
            made.setdefault(place, lsp.TextEdit(span, put_at(plain, place[1], edit)))
    return list(made.values())


def _position(text: str, at: int, places: Places) -> lsp.Position:
    line = text.count("\n", 0, at) + 1
    return places.position(line, at - (text.rfind("\n", 0, at) + 1) + 1)


def _touches(one: lsp.Range, other: lsp.Range) -> bool:
    def key(position: lsp.Position) -> tuple[int, int]:
        return position.line, position.character

    return key(one.start) <= key(other.end) and key(other.start) <= key(one.end)


class RefusedError(Exception):
    """A name that is not changed; the message says why, in the editor's language."""


def can_rename(page: Page, position: lsp.Position) -> lsp.Range | None:
    """The words that a new name would take the place of; None where there are none."""
    named = page.named(position)
    if named is None or not has_id(named.mention, page.mentions):
        return None
    return page.places(page.file).range(named.span)


def rename(page: Page, position: lsp.Position, new: str) -> lsp.WorkspaceEdit:
    """Every change that a new name makes: in the library, the incidents and tests of its folder.

    Raises RefusedError where it is not done.
    """
    language = page.things.language
    named = page.named(position)
    look = page.bench.seen
    if named is None or look is None or look.entities is None:
        raise _refused("nothing-here", language)
    if look.errors:
        raise _refused("errors", language)
    mentions = [*look.mentions, *_of_others(page)]
    files = {one.span.file for one in mentions}
    lines = {file: page.places(file).lines for file in files}
    done = renamed(named, new, mentions, lines, look.entities.spellings, look.entities.foreign)
    if done.refusal is not None:
        raise _refused(done.refusal, language)
    if not _holds(page, done.edits):
        raise _refused("missed", language)
    changes: dict[str, list[lsp.TextEdit]] = {}
    for span, text in done.edits:
        place = page.places(span.file).range(span)
        changes.setdefault(uri_of(Path(span.file)), []).append(lsp.TextEdit(place, text))
    return lsp.WorkspaceEdit(changes)


def _holds(page: Page, edits: Iterable[tuple[Span, str]]) -> bool:
    """Whether the library, its incidents and tests have no error with these edits made."""
    by_file: dict[str, list[Edit]] = {}
    for span, new in edits:
        by_file.setdefault(span.file, []).append(Edit(span, "", new))
    texts: dict[Path, str] = {}
    for file, several in by_file.items():
        texts[Path(file)] = edited("\n".join(page.places(file).lines), several)[0]
    trial = Bench(page.bench.manifest)
    unsaved = {path: sheet.text for path, sheet in page.sheets.items() if page.bench.has(path)}
    look = trial.look({**unsaved, **texts})
    others = [path for path in texts if not page.bench.has(path)]
    return not look.errors and all(
        one.severity != "error" for path in others for one in _read(trial, path, texts[path])[0]
    )


def _of_others(page: Page) -> Iterator[Mention]:
    """What incidents and tests below the library's folder name; open ones as they are written."""
    for path in files_at(page.bench.manifest.parent):
        if is_incident(path) or is_test(path):
            sheet = page.sheets.get(path)
            text = sheet.text if sheet is not None else text_of(path)
            if text is not None:
                yield from (one for one in _read(page.bench, path, text)[1] if not one.declares)


def _read(
    bench: Bench, path: Path, text: str
) -> tuple[tuple[Diagnostic, ...], tuple[Mention, ...]]:
    """What is found and named in an incident or in tests."""
    return bench.test(path, text) if is_test(path) else bench.incident(path, text)


def _refused(why: Refusal, language: Language) -> RefusedError:
    return RefusedError(_REFUSALS[why][0 if language == "zh" else 1])


def in_order(text: str, places: Places) -> list[lsp.TextEdit]:
    """The layout of a document put in order; nothing where it is, or cannot be read."""
    made = tidied(text)
    if made is None or made == text:
        return []
    lines = len(places.lines)
    whole = lsp.Range(lsp.Position(0, 0), places.position(lines, len(places.lines[-1]) + 1))
    return [lsp.TextEdit(whole, made)]
