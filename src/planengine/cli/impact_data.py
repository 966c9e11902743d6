"""An impact as plain data, nothing left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planengine.cli.impact_names import Called
from planengine.cli.impact_view import excerpt
from planengine.diagnostics.diagnostic import Span
from planengine.diagnostics.json import to_json
from planengine.impact.following import Reached
from planengine.impact.impact import Impact, Use
from planengine.impact.owners import Owner
from planengine.impact.replaced import Replacement
from planengine.impact.things import Thing


def data_of(
    impact: Impact,
    trial: Replacement | None,
    called: Called,
    texts: Mapping[str, str],
    at: int,
) -> dict[str, Any]:
    """All of it, nothing left out."""
    return {
        "thing": {
            "kind": impact.thing.whole_kind,
            "id": impact.thing.id,
            "label": called.thing(impact.thing),
        },
        "at": called.words.full_time(at),
        "declared": [_place(one.span) for one in impact.declared],
        "uses": [_use(use, called, texts) for use in impact.uses],
        "empty_roles": [{"role": one.role, "area": one.area} for one in impact.empty_roles],
        "follows": list(_following(impact.follows, called)),
        "replaced_by": None if trial is None else _trial(trial, called),
    }


def _use(use: Use, called: Called, texts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "place": _place(use.mention.span),
        "written": use.mention.text,
        "text": excerpt(use.mention.span, texts),
        "foreign": use.foreign,
        "in": [_owner(one, called) for one in use.owners],
    }


def _owner(owner: Owner, called: Called) -> dict[str, Any]:
    if isinstance(owner, Thing):
        return {"id": str(owner), "kind": owner.whole_kind, "label": called.owner(owner)}
    return {"id": owner.id, "kind": owner.kind, "label": called.owner(owner)}


def _following(follows: Iterable[Reached], called: Called) -> Iterator[dict[str, Any]]:
    for one in follows:
        yield {
            "id": one.key,
            "kind": one.kind,
            "label": called.node(one.key),
            "steps": one.steps,
            "relation": one.relation,
            "through": one.through,
        }


def _trial(trial: Replacement, called: Called) -> dict[str, Any]:
    language = called.words.language
    return {
        "thing": {
            "kind": trial.other.whole_kind,
            "id": trial.other.id,
            "label": called.thing(trial.other),
        },
        "rewritten": [_place(one.span) for one in trial.rewritten],
        "by_hand": [_place(one.span) for one in trial.by_hand],
        "both": [_owner(one, called) for one in trial.both],
        "differences": [
            {"what": one.what, "of": list(one.of), "other": list(one.other)}
            for one in trial.differences
        ],
        "findings": [to_json(one, language=language) for one in trial.findings],
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
