"""Conditions over decisions: `grade.x`, `warning.x`, `response.x`, `active.x`, and levels."""

from __future__ import annotations

from typing import Literal

from planengine.diagnostics import Span, finding
from planengine.diagnostics.codes.names import words_of
from planengine.domain.terms import NEVER_TERM, AnyOf, LevelTerm, Term
from planengine.domain.vocabulary import Scale, scale_for
from planengine.linking.conditions.reader import Reader, origin_of, place_of
from planengine.linking.conditions.scope import DocumentNames
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.values.languages import Relation
from planengine.values.numbers import plain_text
from planengine.values.wording import NotABoundError, read_halves

RESPONSE = "response"
ACTIVE = "active"
DocumentKind = Literal["standard", "plan"]
Read = Literal["computed", "response", "active"]


def read_level(key: ScalarNode, name: str, where: str | None, value: Node, reader: Reader) -> Term:
    """The term of `<scale>.<standard or plan>[/track]`, or `active.<plan>[/track]`."""
    prefix, _, rest = name.partition(".")
    target_text, slash, track_text = (part.strip() for part in rest.partition("/"))
    read, scale = _prefix(prefix.strip(), key.span, reader)
    if read is None:
        return NEVER_TERM
    track_written = track_text if slash else None
    if track_written is not None and _is_area(target_text, track_written, reader):
        suggestion = f"{prefix}.{track_written}@{target_text}"
        reader.findings.append(
            finding(
                "another-kind",
                key.span,
                name=target_text,
                found=words_of("jurisdiction"),
                wanted=words_of("plan"),
                suggestion=suggestion,
            )
        )
        return NEVER_TERM
    target = _target(read, scale, target_text, track_written, key.span, reader)
    place = place_of(where, key.span, reader)
    if target is None or place is None:
        return NEVER_TERM
    kind, id_ = target
    if kind == "standard":
        read = "computed"
    document = reader.names.document(kind, id_)
    track: str | None = None
    if track_written is not None:
        if document is not None and not document.tracks:
            track = track_written
        else:
            kind_of_track = f"track:{kind}/{id_}"
            track = reader.names.resolve(kind_of_track, track_written, key.span, reader.findings)
            if track is None:
                return NEVER_TERM
    scale_id = _scale(scale, id_, track, document, key.span, reader)
    if scale_id is None:
        return NEVER_TERM
    ranks = read_ranks(reader.names.scales[scale_id], value, reader)
    if ranks is None:
        return NEVER_TERM
    return LevelTerm(read, id_, track, scale_id, place, ranks, origin_of(key, value))


def read_any_standard(
    key: ScalarNode, name: str, where: str | None, value: Node, reader: Reader
) -> Term | None:
    """The term of `<scale>: <level>`: any other standard on the scale; None where there is none."""
    scale = reader.names.find("scale", name)[0]
    standards = reader.names.standards_on(scale, reader.scope.key)
    if not standards:
        return None
    reader.names.mention("scale", scale, name, key.span)
    place = place_of(where, key.span, reader)
    ranks = read_ranks(reader.names.scales[scale], value, reader)
    if place is None or ranks is None:
        return NEVER_TERM
    origin = origin_of(key, value)
    return AnyOf(
        tuple(LevelTerm("computed", one, None, scale, place, ranks, origin) for one in standards)
    )


def _is_area(text: str, track: str, reader: Reader) -> bool:
    """Whether `text/track` is a plan's full id, as links have it."""
    names = reader.names
    is_plan = any(names.find(kind, text) for kind in ("plan", "standard"))
    return not is_plan and bool(names.find("jurisdiction", text) and names.find("plan", track))


def _prefix(text: str, span: Span, reader: Reader) -> tuple[Read | None, str | None]:
    """What is read, and on which scale (None: the scale of the track)."""
    if text == ACTIVE:
        return "active", None
    if text == RESPONSE:
        return "response", None
    scale = reader.names.resolve("scale", text, span, reader.findings)
    if scale is None:
        return None, None
    if reader.names.scales[scale].meaning == "response":
        return "response", None if scale == RESPONSE else scale
    return "computed", scale


def _target(
    read: Read, scale: str | None, text: str, track: str | None, span: Span, reader: Reader
) -> tuple[DocumentKind, str] | None:
    """The plan or standard meant; where both have that name, one with levels on the scale.

    Otherwise a plan goes first where responses or tracks are asked of, else a standard.
    """
    kinds: tuple[DocumentKind, DocumentKind] = ("standard", "plan")
    if read != "computed" or track is not None:
        kinds = ("plan", "standard")
    if read == "active":
        kinds = ("plan", "plan")
    named = [(kind, found[0]) for kind in kinds if len(found := reader.names.find(kind, text)) == 1]
    if named:
        fitting = (one for one in named if _has_scale(reader.names.document(*one), scale, reader))
        meant = next(fitting, named[0])
        reader.names.mention(*meant, text, span)
        return meant
    suggested = next((kind for kind in kinds if reader.names.suggest(kind, text)), kinds[0])
    reader.names.resolve(suggested, text, span, reader.findings)
    return None


def _has_scale(document: DocumentNames | None, scale: str | None, reader: Reader) -> bool:
    if document is None or scale is None:
        return False
    of_warnings = scale == scale_for("warning", reader.names.scales)
    return scale in document.tracks.values() or (of_warnings and bool(document.warnings))


def _scale(
    scale: str | None,
    name: str,
    track: str | None,
    document: DocumentNames | None,
    span: Span,
    reader: Reader,
) -> str | None:
    """The scale of the levels that are asked for; None with a finding."""
    tracks = document.tracks if document is not None else {}
    if scale is not None:
        on_scale = [other for other, its in tracks.items() if its == scale]
        if scale == scale_for("warning", reader.names.scales) and document is not None:
            on_scale += document.warnings
        fits = bool(on_scale) if track is None else track in on_scale
        if fits or not tracks:
            return scale
        shown = tuple(sorted(set(tracks.values())))
        reader.findings.append(finding("wrong-scale", span, name=name, scale=scale, scales=shown))
        return None
    if not tracks:
        usual = scale_for("response", reader.names.scales)
        return reader.names.resolve("scale", usual or RESPONSE, span, reader.findings)
    if track in tracks:
        return tracks[track]
    scales = set(tracks.values())
    if len(scales) == 1:
        return scales.pop()
    choices = tuple(str(other) for other in tracks)
    reader.findings.append(finding("track-needed", span, name=name, tracks=choices))
    return None


def read_ranks(scale: Scale, node: Node, reader: Reader) -> frozenset[int] | None:
    """The ranks a test over levels accepts: a bare level is that or worse."""
    if isinstance(node, SequenceNode):
        return _listed(scale, node, reader)
    if isinstance(node, MappingNode):
        inner = node.get("exactly")
        if inner is None or len(node.entries) != 1 or not isinstance(inner, ScalarNode):
            reader.findings.append(finding("bound-shape", node.span))
            return None
        rank = read_rank(scale, inner.text, inner.span, reader)
        return None if rank is None else frozenset({rank})
    text = plain_text(node.text)
    if not text:
        reader.findings.append(finding("missing-bound", node.span))
        return None
    if reader.names.is_none(scale.id, text):
        reader.findings.append(finding("bare-none", node.span, text=text))
        return None
    if len(reader.names.find(f"level:{scale.id}", text)) == 1:
        rank = read_rank(scale, text, node.span, reader)
        return None if rank is None else frozenset(range(rank, len(scale.levels) + 1))
    return _compared(scale, text, node, reader)


def read_rank(scale: Scale, text: str, span: Span, reader: Reader) -> int | None:
    """The rank of a level, 0 for `none`; None with a finding."""
    text = plain_text(text)
    if reader.names.is_none(scale.id, text):
        return 0
    found = reader.names.resolve(f"level:{scale.id}", text, span, reader.findings)
    return None if found is None else scale.rank(found)


def _listed(scale: Scale, node: SequenceNode, reader: Reader) -> frozenset[int] | None:
    if not node.items:
        reader.findings.append(finding("missing-bound", node.span))
        return None
    ranks: set[int] = set()
    for item in node.items:
        if not isinstance(item, ScalarNode):
            reader.findings.append(finding("bound-shape", item.span))
            continue
        rank = read_rank(scale, item.text, item.span, reader)
        if rank is not None:
            ranks.add(rank)
    return frozenset(ranks) if len(ranks) == len(node.items) else None


def _compared(scale: Scale, text: str, node: ScalarNode, reader: Reader) -> frozenset[int] | None:
    """A comparison such as `< II` or 三级以上."""
    ranks = frozenset(range(len(scale.levels) + 1))
    everything = ranks
    try:
        halves = read_halves(text, None, reader.names.dialect_at(node.span).languages)
    except NotABoundError:
        reader.names.resolve(f"level:{scale.id}", text, node.span, reader.findings)
        return None
    for half in halves:
        limit = read_rank(scale, half.operand, node.span, reader)
        if limit is None:
            return None
        ranks &= _related(half.relation, limit, everything)
    if not ranks:
        levels = ", ".join(level.id for level in scale.levels)
        reader.findings.append(finding("never-true", node.span, text=text, domain=levels))
        return None
    if ranks == everything:
        reader.findings.append(finding("always-true", node.span, text=text))
    return ranks


def _related(relation: Relation, limit: int, ranks: frozenset[int]) -> frozenset[int]:
    return frozenset(
        rank
        for rank in ranks
        if (relation in ("≥", ">", "≠") and rank > limit)
        or (relation in ("≤", "<", "≠") and rank < limit)
        or (relation in ("≥", "≤", "=") and rank == limit)
    )
