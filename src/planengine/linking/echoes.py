"""One finding for one slip: what only repeats another finding is left out or told with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Text
from planengine.diagnostics.diagnostic import Related
from planengine.domain.names import Names
from planengine.linking.files import Files

_UNKNOWN = "unknown-"
_BY_DATES = frozenset(
    {
        "agency-abolished",
        "agency-not-yet",
        "agency-outlived",
        "edition-overlap",
        "empty-period",
        "period-overlap",
    }
)


def without_echoes(findings: Sequence[Diagnostic], read: int, files: Files) -> list[Diagnostic]:
    """The findings of a library without echoes; the first `read` are those of reading its files.

    Where a folder that it includes is not there, nothing of what is missing can be judged.
    Names that a document declares which could not be used are not called unknown, and what
    dates say of each other is not told where one of them could not be read.
    """
    if files.missing:
        return list(findings[:read])
    return list(_dated(_known(findings, files)))


def _known(findings: Sequence[Diagnostic], files: Files) -> Iterable[Diagnostic]:
    """Without unknown names that stand in a document which could itself not be used."""
    if not files.unusable:
        return findings
    lost = "\n".join(files.texts.get(file, "") for file in sorted(files.unusable))

    def echo(found: Diagnostic) -> bool:
        if found.code == "default-undeclared":
            return "vocabulary:" in lost
        if not found.code.startswith(_UNKNOWN) or found.span is None:
            return False
        if found.span.file in files.unusable:
            return False
        words = (value for key, value in found.params if key in ("name", "key", "text"))
        return any(isinstance(word, str) and word.partition("@")[0] in lost for word in words)

    return [found for found in findings if not echo(found)]


def _dated(findings: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Without what is wrong between dates, in files that have a date which is none."""
    every = list(findings)
    undated = {found.span.file for found in every if found.code == "bad-date" and found.span}
    return (
        found
        for found in every
        if found.code not in _BY_DATES or found.span is None or found.span.file not in undated
    )


def told_once(findings: Iterable[Diagnostic], names: Names) -> Iterator[Diagnostic]:
    """Each unknown name once, where it stands first.

    With it go the next place, how many more there are, and where what is near is declared: the
    slip may as well be there.
    """
    order = list(findings)
    alike = sorted(range(len(order)), key=lambda n: (_name(order[n]), n))
    kept: dict[int, Diagnostic] = {}
    for name, group in groupby(alike, key=lambda n: _name(order[n])):
        places = list(group)
        if not any(name):
            kept.update((place, order[place]) for place in places)
            continue
        first, *others = dict.fromkeys(order[place] for place in places)
        kept[places[0]] = replace(first, related=(*first.related, *_more(first, others, names)))
    return (kept[place] for place in sorted(kept))


def _name(found: Diagnostic) -> tuple[str, str]:
    """What an unknown name is, and what it is near to or of which kind; else empty."""
    params = dict(found.params)
    name, nearest = params.get("name"), params.get("nearest")
    if not found.code.startswith(_UNKNOWN) or not isinstance(name, str) or found.span is None:
        return "", ""
    return name, nearest if isinstance(nearest, str) else found.code


def _more(first: Diagnostic, others: Sequence[Diagnostic], names: Names) -> Iterator[Related]:
    if not others:
        return
    span = others[0].span
    count = len(others)
    if span is not None:
        more = f"{count} more places: the next" if count > 1 else "one more place"
        yield Text(f"it stands in {more}", f"另有 {count} 处，下一处在此"), span
    near = dict(first.params).get("nearest")
    kind = first.code.removeprefix(_UNKNOWN)
    ids = names.find(kind, near) if isinstance(near, str) else ()
    place = names.place(kind, ids[0]) if len(ids) == 1 else None
    if place is not None:
        yield Text(f"`{near}` is declared here", f"`{near}` 声明于此"), place
