"""Results on a terminal: what failed and why, what nobody has confirmed, and how many passed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from planengine.diagnostics import Span
from planengine.scenarios.run import Failure, Result
from planengine.scenarios.words import Telling
from planengine.screens.screen import BOLD, DIM, GREEN, RED, YELLOW, Screen

_MARKS = {
    "passed": ("✓", GREEN), "failed": ("✗", RED), "unconfirmed": ("?", YELLOW),
}  # fmt: skip


def show_results(results: Sequence[Result], telling: Telling, screen: Screen) -> None:
    """Each result that is not passed, then one line for each file, and the sum of all."""
    for result in results:
        if result.state != "passed":
            _show(result, telling, screen)
    files: dict[str, Counter[str]] = {}
    for result in results:
        files.setdefault(result.suite.file, Counter())[result.state] += 1
    for file, counts in files.items():
        worst = next(one for one in ("failed", "unconfirmed", "passed") if counts[one])
        mark, style = _MARKS[worst]
        passed, every = counts["passed"], counts.total()
        screen.line((f"{mark} ", style), (file, ""), (f"  {passed}/{every}", DIM))
    screen.line((summary(results, telling), BOLD))


def summary(results: Iterable[Result], telling: Telling) -> str:
    """How many passed, failed, and are not confirmed."""
    counts = Counter(result.state for result in results)
    parts = [telling.say(f"{counts['passed']} 项通过", f"{counts['passed']} passed")]
    if counts["failed"]:
        parts.append(telling.say(f"{counts['failed']} 项失败", f"{counts['failed']} failed"))
    if counts["unconfirmed"]:
        number = counts["unconfirmed"]
        parts.append(telling.say(f"{number} 项待确认", f"{number} not confirmed"))
    return telling.say("，", ", ").join(parts)


def _show(result: Result, telling: Telling, screen: Screen) -> None:
    mark, style = _MARKS[result.state]
    screen.line(
        (f"{mark} ", style), (telling.name(result), BOLD), (f"  {_place(result.moment.span)}", DIM),
        hang=2,
    )  # fmt: skip
    later = telling.beyond(result)
    if later is not None:
        screen.line((later, DIM), indent=2)
    if result.state == "unconfirmed":
        text = telling.say(
            "结果与所拟一致，但尚未有人确认：核对后删去 proposed",
            "as proposed, and nobody has confirmed it: take `proposed` away once you have",
        )
        screen.line((text, YELLOW), indent=2)
    for failure in result.failures:
        _show_failure(failure, result, telling, screen)
    screen.blank()


def _show_failure(failure: Failure, result: Result, telling: Telling, screen: Screen) -> None:
    place = failure.expectation.span
    where = "" if place.line == result.moment.span.line else f"  {_place(place)}"
    screen.line((telling.failure(failure), ""), (where, DIM), indent=2, hang=4)
    for one in failure.because:
        bullet = "→ " if one.depth else "· "
        written = ""
        if one.origin is not None:
            at = f"  {_place(one.origin.span)}" if one.origin.span is not None else ""
            written = f"  {one.origin.text}{at}"
        indent = 4 + 2 * one.depth
        screen.line(
            (bullet, DIM), (telling.because(one), ""), (written, DIM),
            indent=indent, hang=indent + 2,
        )  # fmt: skip


def _place(span: Span) -> str:
    return str(span)
