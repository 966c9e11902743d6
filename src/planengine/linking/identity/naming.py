"""Gives the condition leaves of one edition their ids, and notes what each of them is."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from planengine.diagnostics.diagnostic import Span
from planengine.domain.ids import Origin, RuleId
from planengine.domain.terms import (
    ActTerm,
    AllOf,
    AnyOf,
    AtLeastOf,
    CaseOf,
    ConstantTerm,
    CountTerm,
    LastingTerm,
    NotOf,
    Term,
)
from planengine.domain.written import Written, WrittenKind
from planengine.linking.identity.content import content_of, digest, name_of

_MADE_OF_PARTS = (AllOf, AnyOf, AtLeastOf, CaseOf)


class Namer:
    """The ids of one edition while it is linked.

    `named` collects what has got one. Of two things that say the same in the same place the
    second is told apart by a number; `times` tells how often a name has been given already.
    """

    def __init__(self, times: Mapping[str, int] | None = None) -> None:
        self.named: dict[RuleId, Written] = {}
        self._times: dict[str, int] = dict(times or {})

    def unique(self, name: str) -> RuleId:
        """An id that begins with `name`."""
        times = self._times[name] = self._times.get(name, 0) + 1
        return RuleId(name if times == 1 else f"{name}~{times}")

    def add(self, written: Written) -> Written:
        """Note what has got an id."""
        self.named[written.id] = written
        return written

    def part(
        self,
        of: Written,
        name: str,
        kind: WrittenKind,
        text: str,
        span: Span | None,
    ) -> Written:
        """A part of something, with the same document, track and level."""
        return self.add(
            replace(
                of,
                id=self.unique(name),
                kind=kind,
                text=text,
                span=span,
                within=of.id,
                item=None,
            )
        )

    def term(self, term: Term, of: Written) -> Term:
        """A condition with the ids of its leaves; they are parts of `of`."""
        return self._term(term, of, of.id)

    def optional(self, term: Term | None, of: Written) -> Term | None:
        """The same of a condition that may not be written."""
        return None if term is None else self.term(term, of)

    def _term(self, term: Term, of: Written, stem: str) -> Term:
        """`stem` is what the ids of leaves begin with: more than `of` inside a branch."""
        match term:
            case ConstantTerm():
                return term
            case AllOf() | AtLeastOf():
                return replace(term, of=tuple(self._term(part, of, stem) for part in term.of))
            case AnyOf():
                return AnyOf(tuple(self._alternative(part, of, stem) for part in term.of))
            case NotOf():
                return NotOf(self._term(term.of, of, stem))
            case CaseOf():
                return self._case(term, of, stem)
            case CountTerm() | LastingTerm():
                kind: WrittenKind = "count" if isinstance(term, CountTerm) else "leaf"
                own = self._named(term, of, stem, kind, term.origin)
                where = self._term(term.where, own, own.id)
                return replace(term, where=where, origin=_with_id(term.origin, own))
            case _:
                own = self._named(term, of, stem, "leaf", term.origin)
                return replace(term, origin=_with_id(term.origin, own))

    def _alternative(self, term: Term, of: Written, stem: str) -> Term:
        """One of several conditions; one that is made of parts is something of its own."""
        inner = term.of if isinstance(term, NotOf) else term
        if isinstance(inner, AnyOf) or not isinstance(inner, _MADE_OF_PARTS):
            return self._term(term, of, stem)
        own = self._named(term, of, stem, "alternative", None)
        return self._term(term, own, own.id)

    def _case(self, term: CaseOf, of: Written, stem: str) -> CaseOf:
        branches: list[tuple[Term, Term]] = []
        for guard, body in term.branches:
            inner = self.unique(f"{stem}/case~{digest(content_of(guard))}")
            branches.append((self._term(guard, of, inner), self._term(body, of, inner)))
        otherwise = self._term(term.otherwise, of, f"{stem}/otherwise")
        return CaseOf(tuple(branches), otherwise)

    def _named(
        self, term: Term, of: Written, stem: str, kind: WrittenKind, origin: Origin | None
    ) -> Written:
        name = f"{stem}/{name_of(term)}"
        if not (isinstance(term, ActTerm) and term.named):
            name = f"{name}~{digest(content_of(term))}"
        if origin is not None:
            return self.part(of, name, kind, origin.text, origin.span)
        leaves = origins_of(term)
        text = "; ".join(leaf.text for leaf in leaves)
        return self.part(of, name, kind, text, leaves[0].span if leaves else of.span)


def origins_of(term: Term) -> list[Origin]:
    """What the leaves of a condition say, in the author's order."""
    match term:
        case ConstantTerm():
            return []
        case AllOf() | AnyOf() | AtLeastOf():
            return [origin for part in term.of for origin in origins_of(part)]
        case NotOf():
            return origins_of(term.of)
        case CaseOf():
            parts = (*(part for branch in term.branches for part in branch), term.otherwise)
            return [origin for part in parts for origin in origins_of(part)]
        case _:
            return [term.origin]


def _with_id(origin: Origin, own: Written) -> Origin:
    return Origin(origin.text, origin.span, own.id)
