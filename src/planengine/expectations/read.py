"""Links what must hold: the names of decisions, duties and bodies, and the values expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.acts import acts_of
from planengine.domain.entities import Entities
from planengine.domain.plan_names import plans_named
from planengine.domain.statements import DutyKind
from planengine.domain.vocabulary import Scale
from planengine.expectations.parts import part
from planengine.expectations.refs import (
    NOT_JUDGED,
    AgencyRef,
    DecisionRef,
    DutyRef,
    Expectation,
    FactAt,
    ListName,
    ListRef,
    Value,
)
from planengine.linking.incidents.issued import document_of
from planengine.linking.incidents.no_time import no_time
from planengine.linking.library.duties import duties_of
from planengine.linking.library.linker import Linker
from planengine.linking.library.plans_meant import plan_key_meant
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.validate import Name
from planengine.values.times import parse_time

if TYPE_CHECKING:
    from pydantic import BaseModel

    from planengine.model.exercise import PlayersDidModel
    from planengine.model.scenario import ListedModel, MomentModel

LEVELS = ("level", "indicated", "could-reach", "obliged", "issued", "in-force")
_ALONE = frozenset({"exact", "proposal", "done", "overdue", "at-once", "mode"})
_KINDS: Mapping[str, DutyKind] = {"actions": "action", "reports": "report", "releases": "release"}
_FINDINGS = ("not-covered", "evidence", "issued", "unheard", "overdue", "authority", "edition")
_COMPARED = ("≥", "≤", ">", "<")


class ExpectationReader:
    """Turns what a test expects into expectations, with all findings."""

    def __init__(self, entities: Entities, findings: list[Diagnostic]) -> None:
        self.entities = entities
        self.findings = findings
        self.linker = Linker(entities.names, findings)
        self._clauses: tuple[str, ...] | None = None

    def of_moment(
        self, moment: MomentModel | PlayersDidModel, node: MappingNode
    ) -> tuple[Expectation, ...]:
        """All that must hold at one moment, which is written in a node."""
        found: list[Expectation] = []
        for name, model in moment.decisions.items():
            found += self._of(name, model) if self._says(name, model) else ()
        for key, kind in _KINDS.items():
            for name, model in getattr(moment, key).items():
                found += self._duty(name, kind, model) if self._says(name, model) else ()
        for name, agency in moment.agencies.items():
            found += self._agency(name, agency) if self._says(name, agency) else ()
        lists: tuple[ListName, ...] = ("ask", "findings", "may-invoke")
        for listed in lists:
            asked: ListedModel | None = getattr(moment, listed.replace("-", "_"), None)
            written = node.get(listed)
            if asked is not None and written is not None:
                if not (asked.has or asked.lacks or asked.only):
                    self.findings.append(finding("asserts-nothing", written.span))
                found += self._listed(listed, asked, written.span)
        return tuple(found)

    def _says(self, name: Name, model: BaseModel) -> bool:
        """Whether something is expected of what is named; a finding where nothing is."""
        if any(value is not None and value != [] for _, value in model):
            return True
        self.findings.append(finding("asserts-nothing", name.span))
        return False

    def decision(self, name: Name) -> DecisionRef | None:
        """The decision that `<scale>.<document>[/<track>][@<place>]` names."""
        written, at, where = name.rpartition("@") if "@" in name else (str(name), "", "")
        place = self.linker.name("place", Name(where.strip(), name.span)) if at else None
        scale_text, _, rest = written.partition(".")
        scale = self.linker.name("scale", Name(scale_text.strip(), name.span))
        if scale is None or (at and place is None):
            return None
        home = place or self.entities.home
        area = self.entities.objects[home].area if home in self.entities.objects else home
        found = document_of(Name(rest.strip(), name.span), scale, area, self.linker, self.entities)
        return DecisionRef(scale, *found, place) if found is not None else None

    def levels(
        self, about: DecisionRef, aspect: str, node: Node, subject: str
    ) -> Iterator[Expectation]:
        """The expectation that a decision has one of some levels."""
        scale = self.entities.scales[about.scale]
        ranks = self._ranks(scale, node)
        if ranks:
            wanted = tuple(sorted(ranks, reverse=True))
            yield Expectation(about, aspect, wanted, subject, _text(node), node.span)

    # One thing each

    def _of(self, name: Name, model: Any) -> Iterator[Expectation]:  # noqa: ANN401 - a model
        about = self.decision(name)
        if about is None:
            return
        for aspect in LEVELS:
            node = getattr(model, aspect.replace("-", "_"))
            if node is not None:
                yield from self.levels(about, aspect, node, str(name))
        yield from self._plain(about, name, model, ("exact", "proposal"))
        yield from self._named(about, name, model, {"verb": "verb"})
        yield from self._bodies(about, name, model, ("propose", "approve"))

    def plan(self, name: Name) -> str | None:
        """The key of the plan that a name means, of the home area before others."""
        home = self.entities.home
        return plan_key_meant(self.linker.names, str(name), home, name.span, self.findings)

    def duty(self, name: Name, kind: DutyKind) -> DutyRef | None:
        """The action, report or release that `<document>.<id>[@<place>]` names."""
        written, at, where = name.rpartition("@") if "@" in name else (str(name), "", "")
        place = self.linker.name("place", Name(where.strip(), name.span)) if at else None
        document_text, dot, item = written.rpartition(".")
        document = self._document(part(name, 0, len(document_text)), kind, item)
        if document is None or (at and place is None):
            return None
        known = self._known(document, kind)
        if item not in known:
            nearest = did_you_mean(item, known)
            self.findings.append(finding(f"unknown-{kind}", name.span, name=item, nearest=nearest))
            return None
        span = part(name, len(document_text + dot), len(written)).span
        self.linker.names.mention(f"{kind}:{document}", item, item, span)
        return DutyRef(kind, document, item, place)

    def _duty(self, name: Name, kind: DutyKind, model: Any) -> Iterator[Expectation]:  # noqa: ANN401
        about = self.duty(name, kind)
        if about is None:
            return
        yield from self._plain(about, name, model, ("state", "done", "overdue", "at-once"))
        if model.due is not None:
            due = parse_time(str(model.due), self.entities.time_zone)
            if due is None:
                zone = self.entities.time_zone
                self.findings.append(no_time(str(model.due), model.due.span, zone))
            else:
                yield _one(about, "due", due, name, model.due)
        within = self.linker.duration(model.within, "within")
        if within is not None:
            yield _one(about, "within", within, name, model.within)
        yield from self._named(about, name, model, {"verb": "verb"})
        yield from self._bodies(about, name, model, ("by", "to"))

    def _known(self, document: str, kind: DutyKind) -> list[str]:
        return sorted(one for other, one in duties_of(self.entities, document) if other == kind)

    def _document(self, name: Name, kind: DutyKind, item: str) -> str | None:
        """The plan of the home area before others, or the standard, that a name means.

        Both may have one name: a report that the plan does not have is the standard's.
        """
        names, home = self.linker.names, self.entities.home
        if kind == "report" and not plans_named(names, str(name)):
            return self.linker.name("standard", name)
        plan = plan_key_meant(names, str(name), home, name.span, self.findings)
        if kind != "report" or plan is None or item in self._known(plan, kind):
            return plan
        standards = names.find("standard", str(name))
        return next((one for one in standards if item in self._known(one, kind)), plan)

    def _agency(self, name: Name, model: Any) -> Iterator[Expectation]:  # noqa: ANN401
        agency = self.linker.name("agency", name)
        if agency is None:
            return
        about = AgencyRef(agency)
        if model.role is not None and str(model.role) in {"none", "无"}:
            yield _one(about, "role", "none", name, model.role)
        else:
            yield from self._named(about, name, model, {"role": "member-role"})
        yield from self._plain(about, name, model, ("mode",))

    def _listed(self, listed: ListName, model: ListedModel, span: Span) -> Iterator[Expectation]:
        about = ListRef(listed)
        kept: list[Value] = []
        for aspect, names in (("has", model.has), ("lacks", model.lacks)):
            for name in names:
                item = self._item(listed, name)
                if item is not None:
                    kept += [item] if aspect == "has" else []
                    yield _one(about, aspect, item, Name(listed, name.span), name)
        if model.only:
            yield Expectation(
                about, "only", tuple(kept), listed, ", ".join(map(str, kept)) or "none", span
            )

    def _item(self, listed: ListName, name: Name) -> Value | None:
        if listed == "findings":
            if str(name) in _FINDINGS:
                return str(name)
            nearest = did_you_mean(str(name), _FINDINGS)
            self.findings.append(
                finding("unknown-kind-of-finding", name.span, name=str(name), nearest=nearest)
            )
            return None
        if listed == "may-invoke":
            return self._clause(name)
        fact_text, at, where = str(name).partition("@")
        fact = self.linker.name("fact", Name(fact_text.strip(), name.span))
        place = self.linker.name("place", Name(where.strip(), name.span)) if at else None
        if fact is None or (at and place is None):
            return None
        return FactAt(fact, place or "")

    def _clause(self, name: Name) -> str | None:
        if self._clauses is None:
            self._clauses = tuple(acts_of(self.entities))
        if str(name) in self._clauses:
            return str(name)
        nearest = did_you_mean(str(name), self._clauses)
        self.findings.append(finding("unknown-clause", name.span, name=str(name), nearest=nearest))
        return None

    # Values

    def _plain(
        self,
        about: Any,  # noqa: ANN401 - one of the references
        name: Name,
        model: Any,  # noqa: ANN401
        aspects: Iterable[str],
    ) -> Iterator[Expectation]:
        for aspect in aspects:
            value = getattr(model, aspect.replace("-", "_"))
            if value is not None:
                wanted: Value = bool(value) if aspect in _FLAGS else str(value)
                written = str(wanted).lower() if aspect in _FLAGS else str(value)
                yield Expectation(about, aspect, (wanted,), str(name), written, _place(name))

    def _named(
        self,
        about: Any,  # noqa: ANN401
        name: Name,
        model: Any,  # noqa: ANN401
        aspects: Mapping[str, str],
    ) -> Iterator[Expectation]:
        for aspect, kind in aspects.items():
            value = getattr(model, aspect)
            found = self.linker.name(kind, value)
            if found is not None:
                yield _one(about, aspect, found, name, value)

    def _bodies(
        self,
        about: Any,  # noqa: ANN401
        name: Name,
        model: Any,  # noqa: ANN401
        aspects: Iterable[str],
    ) -> Iterator[Expectation]:
        for aspect in aspects:
            for body in getattr(model, aspect) or ():
                found = self.linker.name("body", body)
                if found is not None:
                    yield _one(about, aspect, found, name, body)

    def _ranks(self, scale: Scale, node: Node) -> frozenset[int]:
        every = frozenset(range(NOT_JUDGED, len(scale.levels) + 1))
        if isinstance(node, MappingNode):
            inner = node.get("not")
            if inner is None or len(node.entries) != 1:
                self.findings.append(finding("bound-shape", node.span))
                return frozenset()
            found = self._ranks(scale, inner)
            return every - found - {NOT_JUDGED} if found else found
        if isinstance(node, SequenceNode):
            if not node.items:
                self.findings.append(finding("missing-bound", node.span))
            parts = [self._listed_ranks(scale, item) for item in node.items]
            return frozenset().union(*parts) if all(parts) else frozenset()
        return self._rank(scale, node)

    def _listed_ranks(self, scale: Scale, node: Node) -> frozenset[int]:
        if isinstance(node, ScalarNode):
            return self._rank(scale, node)
        self.findings.append(finding("bound-shape", node.span))
        return frozenset()

    def _rank(self, scale: Scale, node: ScalarNode) -> frozenset[int]:
        text = node.text.strip()
        if text == "not-judged":
            return frozenset({NOT_JUDGED})
        sign = next((one for one in _COMPARED if text.startswith(one)), None)
        limit = self.linker.names.level(
            scale.id,
            text.removeprefix(sign or "").strip(),
            node.span,
            self.findings,
            none_allowed=True,
        )
        if limit is None:
            return frozenset()
        ranks = range(len(scale.levels) + 1)
        return frozenset(
            rank
            for rank in ranks
            if (sign in {"≥", ">"} and rank > limit)
            or (sign in {"≤", "<"} and rank < limit)
            or (sign in {None, "≥", "≤"} and rank == limit)
        )


_FLAGS = frozenset({"exact", "done", "overdue", "at-once"})


def _one(about: Any, aspect: str, value: Value, name: Name, written: Name) -> Expectation:  # noqa: ANN401
    span = written.span or _place(name)
    return Expectation(about, aspect, (value,), str(name), str(written), span)


def _place(name: Name) -> Span:
    assert name.span is not None, "what is read from a file knows its place"
    return name.span


def _text(node: Node) -> str:
    """What is written, as one may read it."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return "[" + ", ".join(map(_text, node.items)) + "]"
    return "{" + ", ".join(f"{key.text}: {_text(value)}" for key, value in node.entries) + "}"
