"""`planengine assess`: the main job."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.common import (
    FINDINGS,
    MANIFEST,
    Language,
    fail,
    find_library,
    language_option,
    library_option,
    load_library,
    print_findings,
)

if TYPE_CHECKING:
    from planengine.facade import BackendName


@click.command(name="assess")
@click.argument("facts", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--at", help="Assess at this time, ISO 8601 with offset (default: the newest fact's)."
)
@click.option("--known-at", help="Count only what had been received by then (default: --at).")
@click.option(
    "--engine",
    type=click.Choice(["kernel", "durable", "both"]),
    default="kernel",
    show_default=True,
    help="`both` refuses to answer where the two engines differ.",
)
@click.option("--status", type=click.Choice(["actual", "exercise", "test"]), help="What is seen.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--why", is_flag=True, help="Show the reasons of every decision.")
@click.option("--all", "everything", is_flag=True, help="Show every row, not the first ones.")
@library_option
@language_option
def command(
    facts: str,
    at: str | None,
    known_at: str | None,
    engine: BackendName,
    status: str | None,
    form: str,
    why: bool,
    everything: bool,
    folder: Path | None,
    language: Language,
) -> None:
    """Assess the incident in FACTS (YAML, JSON or JSONL; `-` reads standard input)."""
    from planengine.diagnostics import PlanError
    from planengine.engines import EngineRefusal

    above = () if facts == "-" else Path(facts).resolve().parents
    near = next((up for up in above if (up / MANIFEST).is_file()), None)
    library = load_library(find_library(folder, near), language)
    source = sys.stdin.read() if facts == "-" else Path(facts)
    texts = {"<stdin>": source} if isinstance(source, str) else {}
    try:
        incident = library.read_incident(source)
        assessment = library.compile(engine=engine).assess(
            incident,
            at=at,
            known_at=known_at,
            status=status,  # type: ignore[arg-type]
        )
    except PlanError as error:
        fail(error.diagnostics, {**library.sources, **texts}, language)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except EngineRefusal as refusal:
        click.echo(f"error: {refusal}", err=True)
        sys.exit(FINDINGS)
    if assessment.incident.warnings:
        print_findings(assessment.incident.warnings, texts, language, to_stderr=True)
    if form == "json":
        click.echo(json.dumps(assessment.to_dict(), ensure_ascii=False, indent=2))
        return
    from planengine.cli.assessment_view import show

    show(assessment, language, why=why, everything=everything)
