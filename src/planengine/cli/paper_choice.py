"""Which papers are asked for: kinds, a body or post, a plan, by what people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planengine.cli.language import Say

if TYPE_CHECKING:
    from planengine.facade import Library
    from planengine.papers.papers import Choice


def chosen(
    library: Library, kinds: tuple[str, ...], whose: str | None, plan: str | None, say: Say
) -> Choice:
    """The papers that options name; wrong use where a name means nothing or several things."""
    from planengine.papers.papers import ALL, Choice

    wanted = tuple(one for one in ALL if not kinds or one in kinds)
    return Choice(
        kinds=wanted,
        whose=None if whose is None else _body_or_post(library, whose, say),
        plan=None if plan is None else _plan(library, plan, say),
    )


def _body_or_post(library: Library, text: str, say: Say) -> str:
    """The agency or post that a name means."""
    names = library.entities.names
    for kind in ("agency", "post"):
        found = names.find(kind, text)
        if len(found) == 1:
            return found[0]
        if found:
            raise _several("--for", text, found, say)
    nearest = names.suggest("agency", text) or names.suggest("post", text)
    raise _nobody("--for", text, say("单位或岗位", "body or post"), nearest, say)


def _plan(library: Library, text: str, say: Say) -> str:
    """The key of the plan that a name means: of home before others."""
    from planengine.domain.plan_names import PLAN, plans_named

    names = library.entities.names
    found = plans_named(names, text)
    entities = library.entities
    own = tuple(one for one in found if entities.plans[one][-1].jurisdiction == entities.home)
    if len(own) == 1 or len(found) == 1:
        return (own or found)[0]
    if found:
        raise _several("--plan", text, found, say)
    raise _nobody("--plan", text, say("预案", "plan"), names.suggest(PLAN, text), say)


def _several(option: str, text: str, found: tuple[str, ...], say: Say) -> click.UsageError:
    listed = ", ".join(found)
    return click.UsageError(
        say(f"{option} 的“{text}”可指：{listed}", f"{option}: `{text}` may mean {listed}")
    )


def _nobody(option: str, text: str, kind: str, nearest: str | None, say: Say) -> click.UsageError:
    hint = say(f"；是否要写 {nearest}？", f": did you mean {nearest}?") if nearest else ""
    return click.UsageError(
        say(f"{option}：没有{kind}“{text}”", f"{option}: there is no {kind} `{text}`") + hint
    )
