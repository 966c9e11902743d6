"""`planengine explain`: a diagnostic's page in the terminal."""

from __future__ import annotations

import click

from planengine.cli.common import Language, language_option


@click.command(name="explain")
@click.argument("code", required=False)
@language_option
def command(code: str | None, language: Language) -> None:
    """Explain the diagnostic CODE; without one, list every code with its title."""
    from planengine.diagnostics.codes import CODES
    from planengine.diagnostics.pages import page
    from planengine.reading.suggest import did_you_mean

    if code is None:
        width = max(map(len, CODES))
        for name, entry in sorted(CODES.items()):
            title = entry.title.zh if language == "zh" else entry.title.en
            click.echo(f"{name:{width}}  {entry.severity:8} {title}")
        return
    if code not in CODES:
        nearest = did_you_mean(code, CODES)
        hint = f": did you mean {nearest}?" if nearest else ""
        raise click.UsageError(f"there is no diagnostic `{code}`{hint}")
    click.echo(page(CODES[code], language))
