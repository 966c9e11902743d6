"""What a click opens: documents, levels and sources with their texts, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planengine.assessment.words import Words
from planengine.atlas.bilingual import Both
from planengine.atlas.excerpts import excerpt
from planengine.atlas.matter import Matter
from planengine.diagnostics.diagnostic import Span
from planengine.domain.documents import Action, Basis, Executor, Plan, Report
from planengine.rules.ruleset import Unit

COLOURS: Mapping[str, str] = {
    "red": "#c62828", "orange": "#ef8a17", "yellow": "#f7d038", "blue": "#2f6fb7"
}  # fmt: skip
_BY_RANK = ("blue", "yellow", "orange", "red")  # of scales that declare no colours


def documents(matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every plan and standard in force."""
    for key, groups in matter.of_document.items():
        ruled = matter.ruled(key)
        plan = ruled if isinstance(ruled, Plan) else None
        yield key, {
            "kind": "plan" if plan is not None else "standard",
            "label": matter.words.say(Words.document, key),
            "id": key,
            "edition": ruled.edition.number,
            "hazards": [matter.words.say(Words.hazard, h) for h in ruled.hazards],
            "basis": _basis(matter, ruled.basis),
            "place": _place(matter, ruled.span),
            "groups": [group.key for group in groups],
            "actions": len(plan.actions) if plan else 0,
            "others": list(_duties(matter, key, None)),
            "reports": len(ruled.reports),
            "reads": len({
                one.source
                for group in groups
                for level in group.levels
                for one in matter.by_level.get(level, ())
                if one.source.kind == "fact"
            }),
            "members": [
                matter.words.say(Words.named, m.agency) for m in plan.members
            ] if plan else [],
        }  # fmt: skip


def levels(matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every level: its colour, its rules as written and in words, what it brings."""
    for group in matter.groups:
        unit = group.unit
        for key, level in zip(group.levels, unit.scale.levels, strict=True):
            rules = [rule for rule in unit.rules if rule.rank == level.rank]
            yield (
                key,
                {
                    "document": unit.document,
                    "group": group.key,
                    "label": matter.words.say(Words.level, unit.scale.id, level.id),
                    "colour": _colour(level.colour, level.rank, len(unit.scale.levels)),
                    "rules": [
                        {
                            "kind": rule.kind,
                            "words": matter.words.condition(rule.condition),
                            "verb": matter.words.say(Words.verb, rule.verb),
                            "text": excerpt(rule.span, matter.texts, matter.roots),
                            "place": _place(matter, rule.span),
                            "basis": _basis(matter, rule.basis),
                        }
                        for rule in rules
                    ],
                    "brings": list(_duties(matter, unit.document, (unit, level.rank))),
                },
            )


def sources(matter: Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every fact, clause and plain condition that some level asks for."""
    acts = {act.clause: act for act in matter.rules.acts}
    for source in matter.sources:
        key = str(source)
        data: dict[str, Any] = {"kind": source.kind, "id": "", "label": matter.label_of[key]}
        if source.kind == "fact":
            fact = matter.entities.facts[source.name]
            data |= {
                "id": fact.id,
                "unit": fact.unit or "",
                "provider": _named(matter, (fact.provider,) if fact.provider else ()),
                "text": excerpt(fact.span, matter.texts, matter.roots),
                "place": _place(matter, fact.span),
            }
        elif source.kind == "clause":
            act = acts.get(source.name)
            data |= {"id": source.name, "provider": _named(matter, act.by if act else ())}
        yield key, data


def _duties(matter: Matter, document: str, at: tuple[Unit, int] | None) -> Iterator[dict[str, Any]]:
    """The actions and reports that begin at a level, or (None) those that hang on no level."""
    ruled = matter.ruled(document)
    for action in ruled.actions if isinstance(ruled, Plan) else ():
        if _begins(action, at):
            yield {
                "kind": "action",
                "label": matter.words.say(Words.label, action.do, action.id),
                "who": _who(matter, action.executors),
                "place": _place(matter, action.span),
            }
    for report in ruled.reports:
        if _begins(report, at):
            yield {
                "kind": "report",
                "label": matter.words.say(Words.report, document, report.id),
                "who": _who(matter, report.by),
                "place": _place(matter, report.span),
            }


def _who(matter: Matter, executors: tuple[Executor, ...]) -> Both:
    return matter.words.of(lambda words: words.listed(map(words.executor, executors)))


def _named(matter: Matter, names: tuple[str, ...]) -> Both:
    return matter.words.of(lambda words: words.listed(map(words.named, names)))


def _basis(matter: Matter, bases: tuple[Basis, ...]) -> list[dict[str, Any]]:
    return [
        {
            "source": matter.words.say(Words.source, basis.source),
            "clause": basis.clause or "",
            "unverified": basis.confidence == "unverified",
            "own": basis.own_choice,
        }
        for basis in bases
    ]


def _place(matter: Matter, span: Span | None) -> str:
    return "" if span is None else str(span).removeprefix(f"{matter.folder}/")


def _begins(duty: Action | Report, at: tuple[Unit, int] | None) -> bool:
    if at is None or not duty.ranks:
        return at is None and not duty.ranks
    unit, rank = at
    own = duty.track in {None, unit.track} and not unit.id.warning
    return own and min(duty.ranks) == rank


def _colour(named: str | None, rank: int, count: int) -> str:
    """The declared colour, else one by how severe the level is."""
    place = max(0, len(_BY_RANK) - 1 - (count - rank))
    return COLOURS.get(named or "", COLOURS[_BY_RANK[place]])
