"""The clauses of a condition: counts, durations, changes, acts, calendars, forecasts, cases."""

from __future__ import annotations

from typing import Literal

from planengine.diagnostics import Text, finding
from planengine.diagnostics.fixes import respelt
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.ids import DoneOf, MomentKey, Origin
from planengine.domain.terms import (
    HERE,
    NEVER_TERM,
    ActTerm,
    AnyOf,
    CalendarTerm,
    CaseOf,
    ChangeTerm,
    CountTerm,
    ElapsedTerm,
    HazardTerm,
    LastingTerm,
    Place,
    Term,
)
from planengine.domain.vocabulary import INCIDENT
from planengine.linking.conditions.bound_nodes import Measured, measured_in, read_numbers
from planengine.linking.conditions.entries import read_fact_at
from planengine.linking.conditions.reader import (
    ReadCondition,
    Reader,
    origin_of,
    read_duration,
    read_fields,
    read_place,
    read_text,
)
from planengine.linking.library.ids import check_id
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.validate import Name
from planengine.values.sets import COUNT, NumberDomain, at_least, number
from planengine.values.units import ANY_COUNTER

ActKind = Literal["judged", "recognised", "on-order"]
COMBINATORS = ("any", "all", "not", "at-least")
_SECONDS = NumberDomain(at_least(0), integer=True)
_TIME = Measured(NumberDomain(), "s", explicit_unit=True)
_NO_CHANGE = number(0)
_RISES = at_least(0)


def read_count(key: ScalarNode, node: Node, reader: Reader, read: ReadCondition) -> Term:
    """`count: {over, in, where, is}`: how many members satisfy a condition."""
    fields = read_fields(key, node, ("over", "where", "is"), ("in",), reader)
    if fields is None:
        return NEVER_TERM
    over = _counted(fields["over"], reader)
    within: Place = HERE
    place = fields.get("in")
    if place is not None:
        text = read_text(place, reader)
        found = None if text is None else read_place(text.strip(), place.span, reader)
        if found is None:
            return NEVER_TERM
        within = found
    accepts = read_numbers(fields["is"], Measured(COUNT, ANY_COUNTER), reader)
    if over is None:
        return NEVER_TERM
    over_id, over_type = over
    where = read(fields["where"], reader.counting(over_id))
    if accepts is None:
        return NEVER_TERM
    return CountTerm(over_id, over_type, within, where, accepts, origin_of(key, node))


def _counted(node: Node, reader: Reader) -> tuple[str, Literal["kind", "tier", "incident"]] | None:
    text = read_text(node, reader)
    if text is None:
        return None
    if text == INCIDENT:
        return INCIDENT, "incident"
    tiers = reader.names.find("tier", text)
    if not reader.names.find("object-kind", text) and len(tiers) == 1:
        reader.names.mention("tier", tiers[0], text, node.span)
        return tiers[0], "tier"
    kind = reader.names.resolve("object-kind", text, node.span, reader.findings)
    return None if kind is None else (kind, "kind")


def read_lasting(key: ScalarNode, node: Node, reader: Reader, read: ReadCondition) -> Term:
    """`lasting: {where, is: ≥ d, gaps-under}`: a condition held for a time, up to now."""
    fields = read_fields(key, node, ("where", "is"), ("gaps-under",), reader)
    if fields is None:
        return NEVER_TERM
    where = read(fields["where"], reader)
    accepts = read_numbers(fields["is"], Measured(_SECONDS, "s", explicit_unit=True), reader)
    gaps = fields.get("gaps-under")
    gaps_under = 0 if gaps is None else read_duration(gaps, reader)
    if accepts is None or gaps_under is None:
        return NEVER_TERM
    duration = accepts.low
    if not isinstance(duration, int) or duration <= 0 or accepts != at_least(duration):
        reader.findings.append(finding("lasting-bound", fields["is"].span))
        return NEVER_TERM
    return LastingTerm(where, duration, gaps_under, origin_of(key, node))


def read_elapsed(key: ScalarNode, node: Node, reader: Reader) -> Term:
    """`elapsed: {since: <moment>, is: <bound>}`."""
    fields = read_fields(key, node, ("since", "is"), (), reader)
    if fields is None:
        return NEVER_TERM
    text = read_text(fields["since"], reader)
    moment: MomentKey | None = None
    if text is not None and text.startswith("done."):
        moment = _done(text, fields["since"], reader)
    elif text is not None:
        moment = reader.names.resolve("moment", text, fields["since"].span, reader.findings)
    accepts = read_numbers(fields["is"], _TIME, reader)
    if moment is None or accepts is None:
        return NEVER_TERM
    return ElapsedTerm(moment, accepts, origin_of(key, node))


def _done(text: str, node: Node, reader: Reader) -> DoneOf | None:
    """`done.<action>` of an action of the plan."""
    anchors, name = reader.scope.anchors, text.removeprefix("done.")
    if text in anchors:
        reader.names.mention(f"action:{reader.scope.key}", name, name, node.span)
        return anchors[text]
    known = [one.action for one in anchors.values()]
    nearest = did_you_mean(name, known)
    fix = respelt(name, nearest, known, node.span)
    reader.findings.append(
        finding("unknown-action", node.span, name=name, nearest=nearest, fix=fix)
    )
    return None


def read_change(key: ScalarNode, node: Node, reader: Reader) -> Term:
    """`change: {of: <fact>[@place], is: <bound>, within: <duration>}`: a rise, or a fall."""
    fields = read_fields(key, node, ("of", "is", "within"), (), reader)
    if fields is None:
        return NEVER_TERM
    of = fields["of"]
    found = read_fact_at(of, reader) if isinstance(of, ScalarNode) else None
    within = read_duration(fields["within"], reader, "within")
    if found is None:
        if not isinstance(of, ScalarNode):
            reader.findings.append(finding("text-needed", of.span))
        return NEVER_TERM
    fact, place = found
    if not isinstance(fact.domain, NumberDomain):
        reader.findings.append(finding("change-not-number", of.span, fact=fact.id))
        return NEVER_TERM
    domain = NumberDomain(integer=fact.domain.integer)
    accepts = read_numbers(fields["is"], measured_in(fact.unit, domain, difference=True), reader)
    if accepts is None or within is None:
        return NEVER_TERM
    rises = accepts.issubset(_RISES)
    if not rises and accepts.intersects(_RISES) and not (accepts & _RISES).issubset(_NO_CHANGE):
        reader.findings.append(finding("change-direction", fields["is"].span))
        return NEVER_TERM
    return ChangeTerm(fact.id, place, within, not rises, accepts, origin_of(key, node))


def read_act(key: ScalarNode, node: Node, reader: Reader, kind: ActKind) -> Term:
    """`judged:`, `recognised:`, `on-order:` with `{what, by, id}`: an act of people."""
    fields = read_fields(key, node, ("what",), ("by", "id"), reader)
    if fields is None:
        return NEVER_TERM
    what = read_text(fields["what"], reader)
    holder = fields.get("by")
    by = () if holder is None else _holders(holder, reader)
    clause = _clause(fields.get("id"), kind, reader)
    if what is None or clause is None or by is None:
        return NEVER_TERM
    origin = Origin(what, origin_of(key, node).span)
    local = clause.removeprefix(f"{reader.scope.document}.")
    term = ActTerm(clause, kind, what, by, origin, local, named="id" in fields)
    reader.scope.acts.append(term)
    return term


def _holders(node: Node, reader: Reader) -> tuple[str, ...] | None:
    """Those who may act, each by itself; None with findings."""
    nodes = node.items if isinstance(node, SequenceNode) and node.items else (node,)
    found = [_holder(one, reader) for one in nodes]
    known = tuple(dict.fromkeys(one for one in found if one is not None))
    return known if len(found) == sum(one is not None for one in found) else None


def _holder(node: Node, reader: Reader) -> str | None:
    """The agency, post or role that may act."""
    text = read_text(node, reader)
    if text is None:
        return None
    kinds = ("agency", "post", "role")
    for kind in kinds:
        found = reader.names.find(kind, text)
        if len(found) == 1:
            reader.names.mention(kind, found[0], text, node.span)
            return found[0]
    suggested = next((kind for kind in kinds if reader.names.suggest(kind, text)), kinds[0])
    return reader.names.resolve(suggested, text, node.span, reader.findings)


def _clause(node: Node | None, kind: ActKind, reader: Reader) -> str | None:
    """`<document>.<id>` of an act with an id of its own, else `<prefix>.<kind>-<number>`."""
    acts = reader.scope.acts
    if node is None:
        prefix = reader.scope.clause_prefix.rstrip(".")
        stem = f"{prefix}.{kind}-" if prefix else f"{kind}-"
        taken = {act.clause for act in acts}
        return next(
            clause for n in range(1, len(acts) + 2) if (clause := f"{stem}{n}") not in taken
        )
    text = read_text(node, reader)
    if text is None:
        return None
    check_id(Name(text, node.span), reader.findings)
    clause = f"{reader.scope.document}.{text}" if reader.scope.document else text
    for act in acts:
        if act.clause == clause:
            related = ((Text("first written here", "首次出现于此"), act.origin.span),)
            reader.findings.append(
                finding(
                    "duplicate-clause",
                    node.span,
                    related=[(words, span) for words, span in related if span is not None],
                    name=text,
                )
            )
            return None
    return clause


def read_during(key: ScalarNode, node: Node, reader: Reader) -> Term:
    """`during: <calendar>`: a declared period is running."""
    text = read_text(node, reader)
    if text is None:
        return NEVER_TERM
    calendar = reader.names.resolve("calendar", text, node.span, reader.findings)
    return NEVER_TERM if calendar is None else CalendarTerm(calendar, origin_of(key, node))


def read_hazards(key: ScalarNode, node: Node, reader: Reader) -> Term:
    """`hazards: <hazard>` or a list: the incident has one of these, or one below it."""
    items = node.items if isinstance(node, SequenceNode) else (node,)
    if not items:
        reader.findings.append(finding("empty-condition", node.span))
        return NEVER_TERM
    found: list[Term] = []
    for item in items:
        text = read_text(item, reader)
        hazard = (
            None
            if text is None
            else reader.names.resolve("hazard", text, item.span, reader.findings)
        )
        if hazard is not None:
            found.append(HazardTerm(hazard, origin_of(key, item)))
    return AnyOf(tuple(found)) if found else NEVER_TERM


def read_case(key: ScalarNode, node: Node, reader: Reader, read: ReadCondition) -> Term:
    """`case: [{when, then}, …, {otherwise}]`: the first branch whose guard holds."""
    example = "case: [{when: …, then: …}, {otherwise: …}]"
    if not isinstance(node, SequenceNode) or not node.items:
        reader.findings.append(finding("clause-shape", node.span, key=key.text, example=example))
        return NEVER_TERM
    branches: list[tuple[Term, Term]] = []
    otherwise: Term = NEVER_TERM
    for item in node.items:
        last = item.get("otherwise") if isinstance(item, MappingNode) else None
        if last is not None:
            read_fields(key, item, ("otherwise",), (), reader)
            otherwise = read(last, reader)
            if item is not node.items[-1] or not node.items[:-1]:
                reader.findings.append(finding("otherwise-last", item.span))
            continue
        fields = read_fields(key, item, ("when", "then"), (), reader)
        if fields is not None:
            branches.append((read(fields["when"], reader), read(fields["then"], reader)))
    return CaseOf(tuple(branches), otherwise)
