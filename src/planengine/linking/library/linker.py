"""The small parts that every document links the same way: names, dates, bases, executors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.diagnostics.codes.names import words_of
from planengine.diagnostics.fixes import respelt
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.documents import Basis, Edition, Executor
from planengine.domain.ids import DoneOf, MomentKey
from planengine.domain.names import Names
from planengine.domain.parts import Period
from planengine.domain.plan_names import plans_named
from planengine.linking.library.built_in import BuiltIn
from planengine.linking.library.plans_meant import plan_meant
from planengine.values.durations import Role, parse_duration
from planengine.values.times import WITHOUT_ZONE, is_zone, parse_date, zones

if TYPE_CHECKING:
    from planengine.model.common import (
        BasisModel,
        EditionModel,
        ExecutorModel,
        Strict,
    )
    from planengine.reading.validate import Name

ExecutorKind = Literal["agency", "post", "role", "group", "members", "areas"]
ActorKind = Literal["agency", "post", "role", "group"]
_ACTORS: tuple[ActorKind, ...] = ("agency", "post", "role", "group")
EACH_MEMBER = frozenset({"member", "members", "成员单位", "成员", "各成员单位"})
AT_ONCE = frozenset({"at once", "immediately", "立即", "即时", "第一时间", "0"})


class Linker(Struct):
    """Resolves names against the library, and collects findings.

    `mentions` are the agencies that the document being linked names, each with its place;
    `member_roles` the roles of its members.
    """

    names: Names
    findings: list[Diagnostic]
    mentions: list[tuple[str, Span | None]] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)  # post → the body it is held in
    built_in: BuiltIn = field(default_factory=BuiltIn)
    governed: Mapping[str, str | None] = field(default_factory=dict)  # tier → its `government`
    member_roles: frozenset[str] = frozenset()  # those that the members of the plan have
    zone: str = WITHOUT_ZONE  # the time zone of dates
    document: str = ""  # the key of the document being linked

    def name(self, kind: str, text: Name | None) -> str | None:
        """The id a name means; None when there is no name, or none of this kind."""
        if text is None:
            return None
        found = self._named(kind, text, self._body(kind, str(text)))
        if found is not None:
            if kind in ("agency", "provider", "body", "authority"):
                self.mentions.append((found, text.span))
            elif kind == "post" and found in self.posts:
                self.mentions.append((self.posts[found], text.span))
        return found

    def declares(self, kind: str, name: Name | None) -> None:
        """Keep where the document being linked declares something of its own."""
        if name is not None:
            item_id = str(name)
            kind = f"{kind}:{self.document}"
            self.names.mention(kind, item_id, item_id, name.span, declares=True)

    def _named(self, kind: str, text: Name, suggestion: str | None) -> str | None:
        """The id a name means; `suggestion` is what to write for a name of another kind."""
        if suggestion is None or self.names.find(kind, str(text)):
            return self.names.resolve(kind, str(text), text.span, self.findings)
        self.findings.append(self.names.unknown(kind, str(text), text.span, suggestion))
        return None

    def _body(self, kind: str, text: str) -> str | None:
        """The body that a post is held in, where a body was wanted."""
        posts = self.names.find("post", text) if kind in ("agency", "provider") else ()
        return self.posts.get(posts[0]) if len(posts) == 1 else None

    def division(self, text: Name | None) -> str | None:
        """The kind of object or the tier that something is decided once for."""
        if text is None:
            return None
        kinds = self.names.find("object-kind", str(text))
        if len(kinds) == 1:
            self.names.mention("object-kind", kinds[0], str(text), text.span)
            return kinds[0]
        tier = self.names.find("tier", str(text))
        unknown = not tier and self.names.suggest("tier", str(text)) is None
        near_kind = unknown and self.names.suggest("object-kind", str(text)) is not None
        return self.name("object-kind" if near_kind else "tier", text)

    def all_names(self, kind: str, texts: Iterable[Name]) -> tuple[str, ...]:
        """The ids of those names that mean something, each once."""
        found = (self.name(kind, text) for text in texts)
        return tuple(dict.fromkeys(item_id for item_id in found if item_id is not None))

    def level(self, scale: str, text: Name | None) -> int | None:
        """The rank of a level of a scale."""
        if text is None:
            return None
        return self.names.level(scale, str(text), text.span, self.findings)

    def time_zone(self, text: Name | None) -> str | None:
        """A time zone's name."""
        if text is None:
            return None
        if is_zone(str(text)):
            return str(text)
        nearest = did_you_mean(str(text), zones())
        self.findings.append(finding("bad-time-zone", text.span, text=str(text), nearest=nearest))
        return None

    def in_zone(self, zone: str | None) -> Linker:
        """The same, for dates of another time zone; itself for None."""
        return self if zone is None or zone == self.zone else replace(self, zone=zone)

    def date(self, text: Name | None) -> int | None:
        """A date as seconds since the epoch."""
        if text is None:
            return None
        parsed = parse_date(str(text), self.zone)
        if parsed is None:
            self.findings.append(finding("bad-date", text.span, text=str(text)))
        return parsed

    def duration(self, text: Name | None, role: Role | None = None) -> int | None:
        """A duration in seconds; `role` lets words stand beside it: 24小时内, `every hour`."""
        if text is None:
            return None
        if text.strip() in AT_ONCE:
            return 0
        parsed = parse_duration(str(text), role)
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
                if basis.clause is not None:
                    clause = str(basis.clause)
                    self.names.mention(f"clause:{source}", clause, clause, basis.clause.span)
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
            plans = {key.partition("/")[2] for key in plans_named(self.names, str(text))}
            if len(plans) == 1:
                plan = plans.pop()
                self.names.mention("plan", plan, str(text), text.span)
                return plan
        return self.name("source", text)

    def plan(self, text: Name | None, own: str) -> str | None:
        """A plan as a plan of the jurisdiction `own` names it: an id, or a key of another's."""
        if text is None:
            return None
        return plan_meant(self.names, str(text), own, text.span, self.findings)

    def edition(self, edition: EditionModel) -> Edition:
        """An edition; without `in-force` it has always been in force."""
        period, issued = self.period(edition.in_force, edition.until), self.date(edition.issued)
        if issued is not None and period.since is not None and issued > period.since:
            span = edition.issued.span if edition.issued is not None else None
            self.findings.append(finding("issued-after-in-force", span))
        return Edition(
            number=str(edition.number),
            period=period,
            issued=issued,
            assessed=self.date(edition.assessed),
            exercised=self.date(edition.exercised),
            span=edition.number.span,
        )

    def verb(self, text: Name | None, span: Span | None) -> str:
        """The verb that is written, else the one that obliges."""
        return self.name("verb", text) or self.built_in.verb(span)

    def executor(
        self, who: ExecutorModel | None, groups: Mapping[str, str], span: Span | None
    ) -> Executor | None:
        """Who acts; None when it is not said or names nobody known.

        `groups` are the working groups of the plan, by every spelling.
        """
        if who is None:
            return None
        each = self._each(who, span) if who.each is not None else None
        if who.each is None and not self.one_of(
            who, (*_ACTORS, "each"), executor_span(who) or span
        ):
            return None
        alternates = tuple(
            linked
            for other in who.or_
            if (linked := self.executor(other, groups, span)) is not None
        )
        found: tuple[ExecutorKind, str] | None = each
        if who.each is None:
            name, kind = next((name, kind) for name, kind in _named(who) if name is not None)
            found = self._actor(kind, name, groups)
        if found is None:
            return None
        return Executor(*found, alternates, who.jointly, _text(who.delegated))

    def executors(
        self, who: Iterable[ExecutorModel] | None, groups: Mapping[str, str], span: Span | None
    ) -> tuple[Executor, ...]:
        """Each of those who act; () when it is not said or names nobody known."""
        linked = (self.executor(one, groups, span) for one in who or ())
        return tuple(dict.fromkeys(one for one in linked if one is not None))

    def _each(
        self, who: ExecutorModel, span: Span | None
    ) -> tuple[Literal["members", "areas"], str] | None:
        """`each: member`, of a member role or all; `each: <tier>`, its affected areas."""
        name = who.each
        assert name is not None
        if any(one is not None for one in (who.agency, who.post, who.group)):
            self.findings.append(finding("one-of", name.span or span, keys=(*_ACTORS, "each")))
            return None
        if name.strip().casefold() in EACH_MEMBER:
            role = self.name("member-role", who.role)
            missing = not self.member_roles if who.role is None else role not in self.member_roles
            if missing and (role is not None or who.role is None):
                self.findings.append(finding("no-such-member", (who.role or name).span, role=role))
            return None if missing else ("members", role or "")
        if who.role is not None:
            reason = Text("beside `each` it is the role of members", "与 each 并用时它指成员的角色")
            self.findings.append(finding("key-unsuited", who.role.span, key="role", reason=reason))
        tier = self.name("tier", name)
        if tier is not None and self.governed.get(tier) is None:
            self.findings.append(finding("tier-ungoverned", name.span, name=tier))
            return None
        return None if tier is None else ("areas", tier)

    def _actor(
        self, kind: ActorKind, name: Name, groups: Mapping[str, str]
    ) -> tuple[ActorKind, str] | None:
        """The actor of a kind that a name means: an agency's name may be that of a role."""
        text = str(name)
        wanted = "provider" if kind == "agency" else kind
        if kind == "group" and text in groups:
            self.names.mention(f"group:{self.document}", groups[text], text, name.span)
            return kind, groups[text]
        if self.names.find(wanted, text):
            found = self.name(wanted, name)
            if found is not None and kind == "agency" and found in self.names.find("role", found):
                return "role", found
            return (kind, found) if found is not None else None
        self.findings.append(self._no_actor(wanted, name, groups))
        return None

    def _no_actor(self, wanted: str, name: Name, groups: Mapping[str, str]) -> Diagnostic:
        """The finding for a name of no such actor, with the key it should stand under."""
        text = str(name)
        if text in groups:
            found, kind = words_of("group"), words_of(wanted)
            key = f"{{group: {text}}}"
            return finding(
                "another-kind", name.span, name=text, found=found, wanted=kind, suggestion=key
            )
        other = self.names.other_kind(wanted, text)
        if other is None and wanted == "group":
            nearest = did_you_mean(text, groups)
            known = {spelling: (group,) for spelling, group in groups.items()}
            fix = respelt(text, nearest, known, name.span)
            return finding("unknown-group", name.span, name=text, nearest=nearest, fix=fix)
        write = f"{{{other}: {text}}}" if other in _ACTORS else None
        return self.names.unknown(wanted, text, name.span, write)

    def anchor(self, text: Name | None, anchors: Mapping[str, DoneOf]) -> MomentKey | None:
        """A moment's id, or `done.<action>` of an action there is."""
        if text is None:
            return None
        if text.startswith("done."):
            name = text.removeprefix("done.")
            known = anchors.get(str(text))
            if known is not None:
                self.names.mention(f"action:{self.document}", name, name, text.span)
                return known
            actions = [one.action for one in anchors.values()]
            nearest = did_you_mean(name, actions)
            fix = respelt(name, nearest, actions, text.span)
            self.findings.append(
                finding("unknown-action", text.span, name=name, nearest=nearest, fix=fix)
            )
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
    names = (who.each, *(name for name, _ in _named(who)))
    return next((name.span for name in names if name is not None), None)


def _named(who: ExecutorModel) -> Iterator[tuple[Name | None, ActorKind]]:
    """Each way to name an executor with what is written there."""
    yield from zip((who.agency, who.post, who.role, who.group), _ACTORS, strict=True)


def _text(name: Name | None) -> str | None:
    return None if name is None else str(name)


def texts(names: Iterable[Name]) -> tuple[str, ...]:
    """Plain texts of free text fields."""
    return tuple(str(name) for name in names)


optional_text = _text
