"""The small parts that every document links the same way: names, dates, bases, executors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.library.entities import Basis, Edition, Executor, Period, Timing
from planengine.library.names import Names
from planengine.values.durations import parse_duration
from planengine.values.times import parse_date

if TYPE_CHECKING:
    from planengine.model.common import (
        BasisModel,
        EditionModel,
        ExecutorModel,
        Strict,
        TimingModel,
    )
    from planengine.reading.validate import Name

AT_ONCE = frozenset({"at once", "immediately", "立即", "即时", "第一时间", "0"})


@dataclass(slots=True)
class Linker:
    """Resolves names against the library, and collects findings.

    `mentions` are the agencies that the document being linked names, each with its place.
    """

    names: Names
    findings: list[Diagnostic]
    mentions: list[tuple[str, Span | None]] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)  # post → the body it is held in

    def name(self, kind: str, text: Name | None) -> str | None:
        """The id a name means; None when there is no name, or none of this kind."""
        if text is None:
            return None
        found = self.names.resolve(kind, str(text), text.span, self.findings)
        if found is not None:
            if kind in ("agency", "provider", "body", "authority"):
                self.mentions.append((found, text.span))
            elif kind == "post" and found in self.posts:
                self.mentions.append((self.posts[found], text.span))
        return found

    def all_names(self, kind: str, texts: Iterable[Name]) -> tuple[str, ...]:
        """The ids of those names that mean something, each once."""
        found = (self.name(kind, text) for text in texts)
        return tuple(dict.fromkeys(item_id for item_id in found if item_id is not None))

    def level(self, scale: str, text: Name | None) -> int | None:
        """The rank of a level of a scale."""
        if text is None:
            return None
        return self.names.level(scale, str(text), text.span, self.findings)

    def date(self, text: Name | None) -> int | None:
        """A date as seconds since the epoch."""
        if text is None:
            return None
        parsed = parse_date(str(text))
        if parsed is None:
            self.findings.append(finding("bad-date", text.span, text=str(text)))
        return parsed

    def duration(self, text: Name | None) -> int | None:
        """A duration in seconds."""
        if text is None:
            return None
        if text.strip() in AT_ONCE:
            return 0
        parsed = parse_duration(str(text))
        if parsed is None:
            self.findings.append(finding("bad-duration", text.span, text=str(text)))
        return parsed

    def period(self, since: Name | None, until: Name | None) -> Period:
        """A period of dates; a finding when it is empty."""
        period = Period(self.date(since), self.date(until))
        if until is not None and is_empty(period):
            self.findings.append(finding("empty-period", until.span))
        return period

    def basis(self, bases: Iterable[BasisModel]) -> tuple[Basis, ...]:
        """The bases whose source exists. A plan's id may stand for its source."""
        linked = []
        for basis in bases:
            source = self.source(basis.source)
            if source is not None:
                linked.append(
                    Basis(
                        source,
                        _text(basis.clause),
                        basis.confidence,
                        basis.own_choice,
                        _text(basis.note),
                    )
                )
        return tuple(linked)

    def source(self, text: Name) -> str | None:
        """The id of a source, or of a plan that is cited as one."""
        if not self.names.find("source", str(text)):
            plan = self.names.find("plan", str(text))
            if len(plan) == 1:
                return plan[0]
        return self.name("source", text)

    def edition(self, edition: EditionModel) -> Edition:
        """An edition; without `in-force` it has always been in force."""
        return Edition(
            number=str(edition.number),
            period=self.period(edition.in_force, edition.until),
            issued=self.date(edition.issued),
            assessed=self.date(edition.assessed),
            exercised=self.date(edition.exercised),
        )

    def executor(
        self, who: ExecutorModel | None, groups: Sequence[str], span: Span | None
    ) -> Executor | None:
        """Who acts; None when it is not said or names nobody known."""
        if who is None:
            return None
        span = executor_span(who) or span
        if not self.one_of(who, ("agency", "post", "role", "group"), span):
            return None
        alternates = tuple(
            linked
            for other in who.or_
            if (linked := self.executor(other, groups, span)) is not None
        )
        more = (alternates, who.jointly, _text(who.delegated))
        if who.group is not None:
            if str(who.group) in groups:
                return Executor("group", str(who.group), *more)
            from planengine.reading.suggest import did_you_mean

            nearest = did_you_mean(str(who.group), groups)
            self.findings.append(
                finding("unknown-group", who.group.span, name=str(who.group), nearest=nearest)
            )
            return None
        if who.post is not None and (post := self.name("post", who.post)) is not None:
            return Executor("post", post, *more)
        if who.role is not None and (role := self.name("role", who.role)) is not None:
            return Executor("role", role, *more)
        if who.agency is not None:
            found = self.name("provider", who.agency)
            if found is not None:
                is_role = found in self.names.find("role", found)
                return Executor("role" if is_role else "agency", found, *more)
        return None

    def timing(
        self, model: TimingModel, anchors: Sequence[str], span: Span | None
    ) -> Timing | None:
        """A deadline; None where none is written. `anchors` are the `done.…` there are."""
        anchor = self.anchor(model.of, anchors) or "start"
        repeat = self.duration(model.repeat or model.every)
        until = _text(model.until)
        if model.times is not None and model.within is None:
            return Timing("times", 0, anchor, repeat, until, model.times)
        written = [
            (kind, text)
            for kind, text in (("within", model.within), ("before", model.before), ("at", model.at))
            if text is not None
        ]
        if not written:
            if repeat is None:
                return None
            return Timing("within", 0, anchor, repeat, until, model.times)
        if len(written) > 1:
            keys = ("within", "before", "at")
            self.findings.append(finding("one-of", written[1][1].span or span, keys=keys))
        kind, text = written[0]
        seconds = self.duration(text)
        if seconds is None:
            return None
        if kind == "within":
            return Timing("within", seconds, anchor, repeat, until, model.times)
        if kind == "before":
            return Timing("before", seconds, anchor, repeat, until, model.times)
        return Timing("at", seconds, anchor, repeat, until, model.times)

    def anchor(self, text: Name | None, anchors: Sequence[str]) -> str | None:
        """A moment's id, or `done.<action>` of an action there is."""
        if text is None:
            return None
        if text.startswith("done."):
            if str(text) in anchors:
                return str(text)
            from planengine.reading.suggest import did_you_mean

            name = text.removeprefix("done.")
            nearest = did_you_mean(name, [a.removeprefix("done.") for a in anchors])
            self.findings.append(finding("unknown-action", text.span, name=name, nearest=nearest))
            return None
        return self.name("moment", text)

    def one_of(self, model: Strict, keys: tuple[str, ...], span: Span | None) -> bool:
        """Whether exactly one of the keys is written; a finding when not."""
        fields = (key.replace("-", "_") for key in keys)
        if sum(getattr(model, field) is not None for field in fields) == 1:
            return True
        self.findings.append(finding("one-of", span, keys=keys))
        return False


def is_empty(period: Period) -> bool:
    """Whether a period ends before it begins."""
    since, until = period.since, period.until
    return since is not None and until is not None and until <= since


def executor_span(who: ExecutorModel) -> Span | None:
    """Where an executor is named."""
    for name in (who.agency, who.post, who.role, who.group):
        if name is not None:
            return name.span
    return None


def _text(name: Name | None) -> str | None:
    return None if name is None else str(name)


def texts(names: Iterable[Name]) -> tuple[str, ...]:
    """Plain texts of free text fields."""
    return tuple(str(name) for name in names)


optional_text = _text
