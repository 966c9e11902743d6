"""`planengine list`: what a library declares."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.common import (
    Language,
    find_library,
    language_option,
    library_option,
    load_library,
)

if TYPE_CHECKING:
    from planengine.assessment.words import Words
    from planengine.library.entities import Entities, Label

Row = dict[str, str]

KINDS = (
    "plans", "standards", "facts", "hazards", "agencies", "posts", "roles",
    "areas", "objects", "scales", "sources", "calendars",
    "verbs", "moments", "member-roles", "tiers", "object-kinds",
)  # fmt: skip


@click.command(name="list")
@click.argument("kind", type=click.Choice(KINDS), default="plans")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@library_option
@language_option
def command(kind: str, form: str, folder: Path | None, language: Language) -> None:
    """List what the library declares of one KIND (default: plans)."""
    from planengine.assessment.words import Words

    entities = load_library(find_library(folder), language).entities
    rows = _rows(kind, entities, Words(entities, language))
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in rows[0] if rows else ():
        table.add_column(name, overflow="fold", no_wrap=name in {"id", "label"})
    for row in rows:
        table.add_row(*row.values())
    console = Console()
    if not console.is_terminal:  # for grep and files: a row is a line
        console = Console(width=1_000)
    console.print(table)


def _rows(kind: str, entities: Entities, words: Words) -> list[Row]:
    match kind:
        case "plans":
            return [
                {
                    "id": key,
                    "label": words.label(plan.label),
                    "kind": plan.kind,
                    "edition": plan.edition.number,
                    "tracks": ", ".join(track.id or "-" for track in plan.tracks),
                    "hazards": ", ".join(plan.hazards),
                }
                for key, editions in entities.plans.items()
                for plan in editions
            ]
        case "standards":
            return [
                {
                    "id": key,
                    "label": words.label(standard.label),
                    "edition": standard.edition.number,
                    "scale": standard.tracks[0].scale if standard.tracks else "",
                    "hazards": ", ".join(standard.hazards),
                }
                for key, editions in entities.standards.items()
                for standard in editions
            ]
        case "facts":
            return [
                {
                    "id": fact.id,
                    "label": words.label(fact.label),
                    "type": fact.type,
                    "unit": fact.unit or "",
                    "of": fact.subject,
                    "roll-up": fact.roll_up,
                    "provider": fact.provider or "",
                }
                for fact in entities.facts.values()
            ]
        case "agencies":
            return [
                {
                    "id": agency.id,
                    "label": words.label(agency.label),
                    "area": agency.area,
                    "function": agency.function or "",
                    "vertical": "yes" if agency.vertical else "",
                }
                for agency in entities.agencies.values()
            ]
        case "posts":
            return [
                {
                    "id": post.id,
                    "label": words.label(post.label),
                    "in": post.body,
                    "held by": post.held_by or "",
                }
                for post in entities.posts.values()
            ]
        case "areas":
            return [
                {
                    "id": area.id,
                    "label": words.label(area.label),
                    "tier": area.tier,
                    "in": area.parent or "",
                }
                for area in entities.jurisdictions.values()
            ]
        case "objects":
            return [
                {
                    "id": item.id,
                    "label": words.label(item.label),
                    "kind": item.kind,
                    "in": item.area,
                }
                for item in entities.objects.values()
            ]
        case "scales":
            return [
                {
                    "id": scale.id,
                    "label": words.label(scale.label),
                    "levels": " > ".join(
                        f"{one.id} {words.label(one.label)}" for one in scale.levels
                    ),
                }
                for scale in entities.scales.values()
            ]
        case "sources":
            return [
                {
                    "id": source.id,
                    "label": words.label(source.label),
                    "rank": source.rank,
                    "number": source.number or "",
                    "editions": ", ".join(edition.number for edition in source.editions),
                }
                for source in entities.sources.values()
            ]
    labels: dict[str, dict[str, Label]] = {
        "hazards": {key: item.label for key, item in entities.hazards.items()},
        "roles": {key: item.label for key, item in entities.roles.items()},
        "calendars": {key: item.label for key, item in entities.calendars.items()},
        "verbs": {key: item.label for key, item in entities.verbs.items()},
        "moments": {key: item.label for key, item in entities.moments.items()},
        "member-roles": {item.id: item.label for item in entities.member_roles},
        "tiers": {item.id: item.label for item in entities.tiers},
        "object-kinds": {key: item.label for key, item in entities.object_kinds.items()},
    }
    return [{"id": key, "label": words.label(label)} for key, label in labels[kind].items()]
