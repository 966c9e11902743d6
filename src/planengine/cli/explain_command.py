"""`planengine explain`: a diagnostic's page in the terminal."""

from __future__ import annotations

import click

from planengine.cli.command import Command
from planengine.cli.common import language_option
from planengine.cli.language import Language, speaker


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "explain",
        language,
        _run,
        about=(
            say(
                "解释 check 报出的诊断代码：是什么意思，错的和对的各举一例。"
                "不写 CODE 则列出所有代码。",
                "Explain a code that check reports: what it means, with an example and the same "
                "mended. Without CODE, every code with its title.",
            ),
        ),
        examples=(
            (
                "planengine explain unknown-agency",
                say("这个代码的说明", "the page of this code"),
            ),
        ),
        params=[click.Argument(["code"], required=False), language_option(language)],
    )


def _run(code: str | None, language: Language) -> None:
    from planengine.diagnostics.codes import CODES
    from planengine.diagnostics.offered import offered_codes
    from planengine.diagnostics.pages import page
    from planengine.diagnostics.suggest import did_you_mean

    say = speaker(language)
    known = {**CODES, **offered_codes()}
    if code is None:
        width = max(map(len, known))
        severities = {"error": "错误", "warning": "警告", "advice": "建议"}
        for name, entry in sorted(known.items()):
            severity = say(severities[entry.severity], f"{entry.severity:8}")
            click.echo(f"{name:{width}}  {severity} {entry.title.in_language(language)}")
        return
    if code not in known:
        nearest = did_you_mean(code, known)
        hint = say(f"；是否要写 {nearest}？", f": did you mean {nearest}?") if nearest else ""
        raise click.UsageError(say(f"没有诊断“{code}”", f"there is no diagnostic `{code}`") + hint)
    click.echo(page(known[code], language))
