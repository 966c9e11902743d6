"""Gives everything that an author wrote in a standard or plan its id (docs/decisions/0011)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeVar

from msgspec.structs import replace

from planengine.diagnostics.diagnostic import Span
from planengine.domain.documents import (
    Action,
    Executor,
    Information,
    LevelDuties,
    LevelMapping,
    LevelRule,
    Link,
    Plan,
    Report,
    Ruled,
    Standard,
    Track,
)
from planengine.domain.terms import ALWAYS_TERM, LevelTerm, Term
from planengine.domain.vocabulary import Scale
from planengine.domain.written import Written, WrittenKind
from planengine.linking.identity.content import content_of, digest, name_of
from planengine.linking.identity.naming import Namer, origins_of

RuledT = TypeVar("RuledT", bound=Standard | Plan)
_Entry: TypeAlias = tuple[int, str, Span | None]
_MAIN = "main"  # what stands for the track of a document without tracks


def identify(document: RuledT, key: str, scales: Mapping[str, Scale], namer: Namer) -> RuledT:
    """The same edition with the ids of all that stands in it; `namer` notes them."""
    return _Edition(document, key, scales, namer).identified(document)


class _Edition:
    """One edition while its parts get their ids; `key` is a standard's id or a plan's key."""

    def __init__(self, ruled: Ruled, key: str, scales: Mapping[str, Scale], namer: Namer) -> None:
        self._scales = scales
        self._namer = namer
        number = ruled.edition.number
        self._own = namer.add(
            Written(
                id=namer.unique(f"{key}@{number}"),
                kind="document",
                document=key,
                edition=number,
                text=ruled.label.text("zh"),
                span=ruled.span,
                within=None,
                item=ruled.id,
            )
        )
        self._scale_of = {track.id: track.scale for track in ruled.tracks}

    def identified(self, document: RuledT) -> RuledT:
        made = replace(
            document,
            rule_id=self._own.id,
            tracks=tuple(self._track(track, "level") for track in document.tracks),
            warnings=tuple(self._track(track, "warning") for track in document.warnings),
            reports=tuple(self._report(report) for report in document.reports),
        )
        if not isinstance(made, Plan):
            return made
        return replace(
            made,
            applies_when=self._clause(made.applies_when, self._own, "applies", "applies"),
            exclusions=tuple(
                replace(one, when=self._exclusion(one.when, one.text)) for one in made.exclusions
            ),
            actions=tuple(self._action(action) for action in made.actions),
            links=tuple(self._link(link) for link in made.links),
            information=tuple(self._release(one) for one in made.information),
        )

    # Levels

    def _track(self, track: Track, part: str) -> Track:
        stem = f"{part}.{track.id or _MAIN}"
        head = replace(self._own, track=track.id, span=track.span)
        texts = {_entry_of(rule): rule.text for rule in track.rules}
        entries: dict[_Entry, Written] = {}
        duties: list[LevelDuties] = []
        for entry in track.duties:
            key = _entry_of(entry)
            entries[key] = self._entry(entry, track, head, stem, texts.get(key))
            duties.append(self._with_measures(entry, entries[key]))
        made = replace(
            track,
            provided=self._clause(track.provided, head, f"{stem}.provided", "provided")
            or track.provided,
            rules=tuple(
                self._rule(rule, entries.get(_entry_of(rule)), track, head, stem)
                for rule in track.rules
            ),
            duties=tuple(duties),
            mapping=self._mapping(track.mapping, head, stem),
            lower=self._clause(track.lower, head, f"{stem}.lower", "lower"),
            end=self._clause(track.end, head, f"{stem}.end", "end"),
        )
        if track.raise_when is None:
            return made
        text = f"raise-by: {track.raise_by}"
        raising = self._part(head, f"{stem}.raise", "raise", text, track.raise_span)
        when = self._namer.term(track.raise_when, raising)
        return replace(made, raise_when=when, raise_id=raising.id)

    def _clause(
        self, term: Term | None, head: Written, name: str, kind: WrittenKind
    ) -> Term | None:
        """A condition that stands once under a key of its own; a constant is nothing written."""
        origins = origins_of(term) if term is not None else []
        if term is None or not origins:
            return term
        own = self._part(head, name, kind, kind, origins[0].span)
        return self._namer.term(term, own)

    def _entry(
        self, entry: LevelDuties, track: Track, head: Written, stem: str, text: str | None
    ) -> Written:
        level = self._level(track.scale, entry.rank)
        placed = replace(head, rank=entry.rank, level=level)
        name = f"{stem}.{level}.{entry.verb}"
        return self._part(placed, name, "level", text or level, entry.span)

    def _with_measures(self, entry: LevelDuties, own: Written) -> LevelDuties:
        ids = (
            self._namer.part(
                own, f"{own.id}/measure~{digest(text)}", "measure", text, entry.span
            ).id
            for text in entry.measures
        )
        return replace(entry, rule_id=own.id, measure_ids=tuple(ids))

    def _rule(
        self, rule: LevelRule, entry: Written | None, track: Track, head: Written, stem: str
    ) -> LevelRule:
        """The condition of an entry of `levels`, or (without one) a cell of the table."""
        own = entry if entry is not None else self._cell(rule, track, head, stem)
        return replace(rule, when=self._namer.term(rule.when, own), rule_id=own.id)

    def _cell(self, rule: LevelRule, track: Track, head: Written, stem: str) -> Written:
        level = self._level(track.scale, rule.rank)
        placed = replace(head, rank=rule.rank, level=level)
        row = "otherwise" if rule.when == ALWAYS_TERM else name_of(rule.when)
        name = f"{stem}.{level}.{row}~{digest(content_of(rule.when))}"
        return self._part(placed, name, "cell", rule.text, rule.span)

    def _mapping(
        self, mapping: LevelMapping | None, head: Written, stem: str
    ) -> LevelMapping | None:
        if mapping is None or not isinstance(mapping.source, LevelTerm):
            return mapping
        text = f"from: {mapping.source.origin.text}"
        own = self._part(head, f"{stem}.from", "mapping", text, mapping.span)
        return replace(mapping, source=self._namer.term(mapping.source, own), rule_id=own.id)

    # The rest of a plan

    def _exclusion(self, when: Term, text: str) -> Term:
        origins = origins_of(when)
        span = origins[0].span if origins else self._own.span
        name = f"not~{digest(content_of(when))}"
        return self._namer.term(when, self._part(self._own, name, "exclusion", text, span))

    def _action(self, action: Action) -> Action:
        text = action.do.text("zh")
        own = self._duty("action", action.id, action, text, action.id)
        return replace(
            action,
            on=self._namer.optional(action.on, own),
            when=self._namer.optional(action.when, own),
            rule_id=own.id,
        )

    def _report(self, report: Report) -> Report:
        to = _bodies(report.to)
        name = (
            report.id if report.named else f"to.{to}~{digest(_asked(report), _bodies(report.by))}"
        )
        own = self._duty("report", name, report, f"to: {to}", report.id)
        return replace(
            report,
            on=self._namer.optional(report.on, own),
            when=self._namer.optional(report.when, own),
            rule_id=own.id,
        )

    def _release(self, release: Information) -> Information:
        own = self._duty("release", release.id, release, release.part, release.id)
        return replace(release, when=self._namer.optional(release.when, own), rule_id=own.id)

    def _link(self, link: Link) -> Link:
        text = link.kind if link.target is None else f"{link.kind}: {link.target}"
        said = (link.rank, link.target_rank, link.target_track, link.matter)
        asked = "" if link.when is None else content_of(link.when)
        name = ".".join(one for one in (link.kind, link.target, link.track) if one is not None)
        name = link.id if link.named else f"{name}~{digest(*said, asked)}"
        level = self._level(self._scale(link.track), link.rank) if link.rank else None
        placed = replace(self._own, track=link.track, rank=link.rank, level=level)
        own = self._part(placed, f"link.{name}", "link", text, link.span, link.id)
        return replace(link, when=self._namer.optional(link.when, own), rule_id=own.id)

    def _duty(
        self,
        kind: WrittenKind,
        name: str,
        duty: Action | Report | Information,
        text: str,
        item: str,
    ) -> Written:
        """A duty; the same id may be due from several levels, each with its own words."""
        rank = min(duty.ranks) if duty.ranks else None
        level = None if rank is None else self._level(self._scale(duty.track), rank)
        placed = replace(self._own, track=duty.track, rank=rank, level=level)
        name = ".".join(one for one in (kind, name, duty.track, level) if one is not None)
        return self._part(placed, name, kind, text, duty.span, item)

    def _part(
        self,
        of: Written,
        name: str,
        kind: WrittenKind,
        text: str,
        span: Span | None,
        item: str | None = None,
    ) -> Written:
        made = self._namer.part(of, f"{self._own.id}#{name}", kind, text, span)
        return made if item is None else self._namer.add(replace(made, item=item))

    def _scale(self, track: str | None) -> str | None:
        """The scale of a track; of any where all tracks are meant."""
        return self._scale_of.get(track, next(iter(self._scale_of.values()), None))

    def _level(self, scale: str | None, rank: int) -> str:
        known = self._scales.get(scale or "")
        level = known.by_rank(rank) if known is not None and rank <= len(known.levels) else None
        return level.id if level is not None else str(rank)


def _entry_of(one: LevelDuties | LevelRule) -> _Entry:
    """What an entry of `levels` and its condition have in common."""
    return one.rank, one.verb, one.span


def _bodies(executors: Sequence[Executor]) -> str:
    return "+".join(one.id for one in executors)


def _asked(report: Report) -> str:
    asked = (report.on, report.when)
    return " ".join("" if term is None else content_of(term) for term in asked)
