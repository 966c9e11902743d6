"""`planengine schema`: JSON Schema for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planengine.cli.common import (
    Language,
    find_library,
    language_option,
    library_option,
    load_library,
)

KINDS = ("plan", "standard", "vocabulary", "registry", "sources", "incident", "library")


@click.command(name="schema")
@click.argument("kind", type=click.Choice(KINDS), default="plan")
@click.option("--plain", is_flag=True, help="Without the ids and labels of a library.")
@library_option
@language_option
def command(kind: str, plain: bool, folder: Path | None, language: Language) -> None:
    """Print the JSON Schema of one KIND of file (default: plan).

    The names that a library declares are listed in it, so that an editor completes them.
    """
    from planengine.model.schema import document_schema

    entities = None
    if not plain:
        entities = load_library(find_library(folder), language).entities
    click.echo(json.dumps(document_schema(kind, entities), ensure_ascii=False, indent=2))
