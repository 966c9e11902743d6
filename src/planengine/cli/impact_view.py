"""An impact as text for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from planengine.cli.impact_names import Called
from planengine.cli.language import Say, speaker
from planengine.diagnostics.diagnostic import Span, shown
from planengine.impact.following import Reached, ReachedKind
from planengine.impact.impact import Impact, Use
from planengine.impact.replaced import Replacement
from planengine.screens.screen import BOLD, CYAN, DIM, Screen

MOST_USES = 40
MOST_FOLLOWING = 6
_EXCERPT = 90

GROUPS: tuple[tuple[frozenset[ReachedKind], str, str], ...] = (
    (frozenset({"level"}), "可能变动的级别", "levels that may move"),
    (frozenset({"plan", "standard"}), "涉及的预案和标准", "plans and standards"),
    (frozenset({"action"}), "措施", "actions"),
    (frozenset({"report", "release"}), "报告和信息发布", "reports and releases"),
    (frozenset({"link"}), "预案之间的联动", "links between plans"),
    (frozenset({"agency"}), "单位", "bodies"),
    (frozenset({"fact"}), "指标", "facts"),
    (frozenset({"clause"}), "认定条款", "clauses that people may invoke"),
    (frozenset({"declaration"}), "其他声明", "other declarations"),
)


def show(
    impact: Impact,
    trial: Replacement | None,
    called: Called,
    texts: Mapping[str, str],
    at: int,
    *,
    whole: bool,
) -> str:
    """The text; without `whole` long lists end with how many they leave out."""
    say = speaker(called.words.language)
    screen = Screen.of_terminal()
    thing = impact.thing
    screen.line(
        (shown(called.thing(thing)), BOLD), (f"  {thing}  ", CYAN), (called.kind(thing), DIM)
    )
    for one in impact.declared:
        screen.line((say("声明于 ", "declared at ") + str(one.span), DIM), indent=2)
    screen.blank()
    screen.line((_summary(impact, say), BOLD))
    _show_uses(screen, impact.uses, called, texts, say, whole=whole)
    for role in impact.empty_roles:
        name, area = called.words.named(role.role), called.words.place(role.area)
        screen.line(
            (
                say(
                    f"角色“{name}”（{role.role}）在{area}按职能只找到它。",
                    f"The role {name} ({role.role}) finds nobody else in {area}.",
                ),
                "",
            ),
            indent=2,
        )
    if trial is not None:
        _show_trial(screen, trial, called, say)
    _show_following(screen, impact.follows, called, at, say, whole=whole)
    return screen.text()


def _summary(impact: Impact, say: Say) -> str:
    """How many places would have to be written anew."""
    count = len(impact.uses)
    files = len({use.mention.span.file for use in impact.uses})
    foreign = sum(use.foreign for use in impact.uses)
    if not count:
        return say("没有地方引用它。", "Nothing names it.")
    text = say(
        f"废止它须改写 {count} 处（{files} 个文件）",
        f"To abolish it {_places(count)} in {_many(files, 'file')} must be written anew",
    )
    if foreign:
        text += say(
            f"，其中 {foreign} 处在他人维护的文件中",
            f", {foreign} of them in files that others keep",
        )
    return text + say("：", ":")


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _places(count: int) -> str:
    return _many(count, "place")


def _show_uses(
    screen: Screen,
    uses: Sequence[Use],
    called: Called,
    texts: Mapping[str, str],
    say: Say,
    *,
    whole: bool,
) -> None:
    kept = uses if whole else uses[:MOST_USES]
    for use in kept:
        _show_use(screen, use, called, texts)
    if len(uses) > len(kept):
        left = len(uses) - len(kept)
        screen.line((say(f"还有 {left} 处：--all", f"{left} more: --all"), DIM), indent=2)


def _show_use(screen: Screen, use: Use, called: Called, texts: Mapping[str, str]) -> None:
    """Where it is as an editor opens it, in which rules, and the author's line."""
    owners = called.words.listed(map(called.owner, use.owners))
    screen.line((str(use.mention.span), CYAN), (f"  {shown(owners)}", ""), indent=2, hang=4)
    screen.line((excerpt(use.mention.span, texts), DIM), indent=4)


def excerpt(span: Span, texts: Mapping[str, str]) -> str:
    """The author's line around a place, without its indent, shortened on both sides."""
    lines = texts.get(span.file, "").split("\n")
    line = lines[span.line - 1].rstrip("\r") if span.line <= len(lines) else ""
    begin = len(line) - len(line.lstrip())
    if len(line) - begin > _EXCERPT:
        begin = max(begin, span.column - 1 - _EXCERPT // 2)
    end = begin + _EXCERPT
    before = "…" if line[:begin].strip() else ""
    return shown(before + line[begin:end].rstrip() + ("…" if line[end:].strip() else ""))


def _show_following(
    screen: Screen,
    follows: Sequence[Reached],
    called: Called,
    at: int,
    say: Say,
    *,
    whole: bool,
) -> None:
    screen.blank()
    day = called.words.full_time(at)
    if not follows:
        screen.line(
            (
                say(
                    f"按 {day} 有效的规则，没有后续影响。",
                    f"Nothing follows by the rules in force at {day}.",
                ),
                BOLD,
            )
        )
        return
    screen.line(
        (
            say(
                f"随之可能受影响的（按 {day} 有效的规则）",
                f"What may follow, by the rules in force at {day}",
            ),
            BOLD,
        )
    )
    for kinds, chinese, english in GROUPS:
        own = [one for one in follows if one.kind in kinds]
        if not own:
            continue
        screen.line((say(chinese, english), CYAN), (f"  {_by_steps(own, say)}", DIM), indent=2)
        for one in own if whole else own[:MOST_FOLLOWING]:
            through = "" if one.through is None else f"  ← {called.node(one.through)}"
            relation = called.relation(one.relation)
            screen.line(
                (f"{one.steps}  ", DIM),
                (shown(called.node(one.key)), ""),
                (shown(f"{relation}{through}"), DIM),
                indent=4,
                hang=7,
            )
        if not whole and len(own) > MOST_FOLLOWING:
            left = len(own) - MOST_FOLLOWING
            screen.line((say(f"还有 {left} 项：--all", f"{left} more: --all"), DIM), indent=4)


def _by_steps(reached: Iterable[Reached], say: Say) -> str:
    """How many, and how far: `91: 35 at 1 step, 44 at 2`."""
    counts = Counter(one.steps for one in reached)
    if say("zh", "en") == "zh":
        return f"{counts.total()} 项：" + "，".join(
            f"{steps} 步 {count}" for steps, count in sorted(counts.items())
        )
    return f"{counts.total()}: " + ", ".join(
        f"{count} at {_many(steps, 'step')}" for steps, count in sorted(counts.items())
    )


def _show_trial(screen: Screen, trial: Replacement, called: Called, say: Say) -> None:
    other = called.thing(trial.other)
    screen.blank()
    screen.line(
        (say(f"改为 {other}（{trial.other}）", f"Replaced by {other} ({trial.other})"), BOLD)
    )
    done = len(trial.rewritten)
    screen.line(
        (
            say(f"{done} 处可以直接改写；", f"{_places(done)} can be written anew as they are;")
            + " "
            + say(f"{len(trial.by_hand)} 处须人工改写。", f"{len(trial.by_hand)} by hand."),
            "",
        ),
        indent=2,
    )
    for mention in trial.by_hand:
        screen.line((str(mention.span), ""), indent=4)
    if trial.both:
        named = called.words.listed(map(called.owner, trial.both))
        screen.line(
            (say(f"两者已同在：{named}", f"Both are named already in: {named}"), ""), indent=2
        )
    nothing = say("（无）", "(none)")
    for one in trial.differences:
        screen.line(
            (say(f"{one.what} 不同：", f"{one.what} differs: "), ""),
            (f"{', '.join(one.of) or nothing} → {', '.join(one.other) or nothing}", ""),
            indent=2,
        )
    if not trial.findings:
        screen.line((say("改写后检查没有新的问题。", "Nothing new is wrong then."), ""), indent=2)
        return
    screen.line(
        (
            say(
                f"改写后新出现 {len(trial.findings)} 个问题：",
                f"Then {_many(len(trial.findings), 'thing')} would be wrong that are not now:",
            ),
            "",
        ),
        indent=2,
    )
    for found in trial.findings:
        message = f"{found.severity}[{found.code}] {found.message_in(called.words.language)}"
        screen.line((f"{found.span or ''}  {message}", ""), indent=4, hang=8)
