"""What may be written at a place: keys, names with what they mean, values, units, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from planengine.domain.names import JOINED, Mention
from planengine.domain.plan_names import plans_named
from planengine.domain.vocabulary import scale_for
from planengine.editor.bounds import bounds_for
from planengine.editor.cursor import Cursor
from planengine.editor.grammar import Spot, grammar_of
from planengine.editor.things import Thing, Things

Sort = Literal["key", "name", "value", "word"]
_LOCAL = frozenset({"action", "report", "release", "group", "definition"})
_CONDITIONS = frozenset({"entries", "forecast"})
_ROWS = frozenset({"graded-table", "table-row"})


class Offer(Struct, frozen=True):
    """One thing that may be written; `also` are other words by which it is found."""

    text: str
    sort: Sort
    label: str = ""
    about: str = ""
    also: tuple[str, ...] = ()
    is_key: bool = False
    needs_quotes: bool = False


class Around(Struct, frozen=True):
    """What is known around a place: the library's things, and what the document declares."""

    things: Things
    kind: str
    document: str
    """The key of the document, as mentions of what it declares have it."""
    mentions: tuple[Mention, ...] = ()


def offers(cursor: Cursor, around: Around) -> list[Offer]:
    """Everything that may be written at a place, the likeliest first."""
    found: list[Offer] = []
    spots = grammar_of(around.kind).at(cursor.path)
    if cursor.stands != "value":
        found += _keys(cursor, spots, around)
    if cursor.stands != "key":
        found += _values(cursor, spots, around)
    return list({(one.text, one.is_key): one for one in found}.values())


def _keys(cursor: Cursor, spots: Iterable[Spot], around: Around) -> Iterator[Offer]:
    shapes = {spot.shape for spot in spots}
    kinds = [kind for spot in spots for kind in spot.key_kinds]
    for key, needed in grammar_of(around.kind).keys(cursor.path).items():
        if key not in cursor.beside:
            yield Offer(key, "key", about=_needed(around) if needed else "", is_key=True)
    if shapes & _CONDITIONS:
        yield from _as_keys(_asked(cursor, around, forecast="entries" not in shapes))
    elif shapes & _ROWS:
        yield from _as_keys(_facts(around))
    if "table-columns" in shapes:
        yield from _as_keys(_levels(_scale(cursor, around), around))
    if cursor.path[-1:] == ("attributes",) and around.kind == "registry":
        owner = cursor.around[-2].get("kind") if len(cursor.around) > 1 else None
        yield from _as_keys(
            _named(f"attribute:{_id_of('object-kind', owner, around) or 'area'}", around)
        )
    for kind in kinds:
        yield from _as_keys(_of_kind(kind, cursor, around))


def _values(cursor: Cursor, spots: Iterable[Spot], around: Around) -> Iterator[Offer]:
    shapes = {spot.shape for spot in spots}
    for spot in spots:
        for kind in spot.kinds:
            yield from _of_kind(kind, cursor, around)
        yield from (Offer(word, "word") for word in spot.words)
    if shapes & {"bound", "stated"}:
        yield from _compared(cursor, around, stated="stated" in shapes)
    for spot in spots:
        yield from (Offer(str(one), "word") for one in spot.schema.get("examples", ())
                    if spot.shape not in ("bound", "stated"))  # fmt: skip


def _of_kind(kind: str, cursor: Cursor, around: Around) -> Iterator[Offer]:
    """The things of a kind that may be named at a place."""
    match kind:
        case "level":
            yield from _levels(_scale(cursor, around), around)
        case "track":
            plan = cursor.beside.get("plan") or (
                cursor.around[0].get("plan") if cursor.around else ""
            )
            yield from _tracks(cursor.beside.get("activate", plan or ""), around)
        case "done":
            for offer in _local("action", cursor, around):
                yield Offer(f"done.{offer.text}", "name", offer.label, offer.about, offer.also)
        case "decision":
            yield from _decisions(around)
        case "clause":
            from planengine.domain.acts import acts_of

            for clause in acts_of(around.things.entities):
                yield Offer(clause, "name")
        case "unit":
            units = sorted(
                {fact.unit for fact in around.things.entities.facts.values() if fact.unit}
            )
            yield from (Offer(unit, "value") for unit in units)
        case "action-of-any" | "report-of-any" | "release-of-any":
            yield from _of_any(kind.removesuffix("-of-any"), around)
        case _ if kind in _LOCAL:
            yield from _local(kind, cursor, around)
        case _:
            for part in JOINED.get(kind, (kind,)):
                yield from _named(part, around)


def _named(kind: str, around: Around) -> Iterator[Offer]:
    yield from (_offer(thing) for thing in around.things.of_kind(kind))


def _offer(thing: Thing, text: str | None = None) -> Offer:
    also = tuple(one for one in thing.spellings if one != thing.id)
    return Offer(text or thing.id, "name", thing.label, thing.about, also)


def _as_keys(found: Iterable[Offer]) -> Iterator[Offer]:
    for one in found:
        yield Offer(
            one.text, one.sort, one.label, one.about, one.also, True, one.text.startswith("@")
        )


def _local(kind: str, cursor: Cursor, around: Around) -> Iterator[Offer]:
    """What a document declares of a kind: the one that is named beside, else this one."""
    whose = cursor.beside.get("plan") or cursor.beside.get("standard")
    names = around.things.entities.names
    documents: tuple[str, ...] = (around.document,)
    if whose is not None:
        documents = (*plans_named(names, whose), *names.find("standard", whose))
    for mention in around.mentions:
        key = mention.owner
        if mention.declares and mention.plain == kind and key in documents:
            label = around.things.words.action(key, mention.id) if kind == "action" else ""
            yield Offer(mention.id, "name", label if label != mention.id else "")


def _of_any(kind: str, around: Around) -> Iterator[Offer]:
    """The actions, reports or releases of every document, each after its document."""
    for mention in around.mentions:
        if mention.declares and mention.plain == kind:
            label = (
                around.things.words.action(mention.owner, mention.id) if kind == "action" else ""
            )
            document = mention.owner.rpartition("/")[2]
            yield Offer(f"{document}.{mention.id}", "name", label if label != mention.id else "")


def _tracks(plan: str, around: Around) -> Iterator[Offer]:
    yield from _named(f"track:plan/{plan}", around)


def _levels(scale: str | None, around: Around) -> Iterator[Offer]:
    scales = around.things.entities.scales
    for one in [scale] if scale in scales else [*scales]:
        yield from _named(f"level:{one}", around)


def _facts(around: Around) -> Iterator[Offer]:
    yield from _named("fact", around)


def _asked(cursor: Cursor, around: Around, *, forecast: bool) -> Iterator[Offer]:
    """What a condition may ask: facts, attributes, decisions; places after an `@`."""
    name, at, _ = cursor.written.rpartition("@")
    if at and name:
        for kind in ("jurisdiction", "object", "tier"):
            for thing in around.things.of_kind(kind):
                yield _offer(thing, f"{name}@{thing.id}")
        return
    owner = _owner(cursor, around) or "area"
    yield from _facts(around)
    if forecast:
        return
    for thing in around.things.of_kind(f"attribute:{owner}"):
        yield _offer(thing, f"@{thing.id}")
    yield from _decisions(around)


def _decisions(around: Around) -> Iterator[Offer]:
    """Every decision that may be asked or issued, and how."""
    entities, things = around.things.entities, around.things
    for (kind, key), document in entities.names.documents.items():
        if "/" in key:
            continue
        known = things.thing(kind, key)
        reads = ["response", "active"] if kind == "plan" else []
        warned = scale_for("warning", entities.scales)
        scales = {*document.scales, *([warned] if document.warnings and warned else [])}
        reads += sorted(scales - {scale_for("response", entities.scales)})
        for read in reads:
            yield _offer(known, f"{read}.{key}")
            for track in document.tracks:
                if track is not None:
                    label = things.thing(f"track:plan/{key}", track).label
                    yield Offer(f"{read}.{key}/{track}", "name", f"{known.label}·{label}")


def _compared(cursor: Cursor, around: Around, *, stated: bool) -> Iterator[Offer]:
    """Bounds of the fact, attribute, level or count that the value belongs to."""
    steps = [step for step in cursor.path if isinstance(step, str)]
    columns = _is_column(cursor, around)
    if columns and len(steps) > 1:
        steps = steps[:-1]
    if steps[-1:] == ["exactly"]:
        steps = steps[:-1]
    about = steps[-1] if steps else ""
    if about == "is" and cursor.beside.get("of"):
        about = cursor.beside["of"]
    scale = _asked_scale(about, around)
    if scale is not None:
        yield from _levels(scale, around)
        return
    yield from (
        Offer(text, "value", label)
        for text, label in bounds_for(
            about,
            cursor.written,
            around.things,
            _owner(cursor, around),
            stated=stated,
        )
    )
    if about == "is" and not cursor.beside.get("of"):
        yield from (Offer(text, "word") for text in ("≥ 1", "≥ 24 h", "≥ 30 min"))
    if stated:
        yield from (Offer(word, "word") for word in ("unknown", "n/a"))


def _owner(cursor: Cursor, around: Around) -> str | None:
    """The kind of object that a condition is about: what is counted, or decided once per."""
    named = (one.get("over") or one.get("per") for one in reversed(cursor.around))
    return _id_of("object-kind", next((text for text in named if text), None), around)


def _is_column(cursor: Cursor, around: Around) -> bool:
    """Whether a value is that of a table's column: its key is a level."""
    spots = grammar_of(around.kind).at(cursor.path[:-1])
    return any(spot.shape == "table-columns" for spot in spots)


def _asked_scale(about: str, around: Around) -> str | None:
    """The scale of the level that is asked: by `<scale>[.…]`, `response.x`, `active.x`."""
    entities = around.things.entities
    name = about.partition("@")[0]
    prefix, dot, rest = name.partition(".")
    if not dot:
        found = entities.names.find("scale", name)
        is_fact = bool(entities.names.find("fact", name))
        return found[0] if len(found) == 1 and not is_fact else None
    if prefix in ("response", "active"):
        plan, _, track = rest.partition("/")
        ids = entities.names.find("plan", plan)
        document = entities.names.document("plan", ids[0]) if ids else None
        scales = dict(document.tracks) if document is not None else {}
        return scales.get(track) or next(
            iter(scales.values()), scale_for("response", entities.scales)
        )
    found = entities.names.find("scale", prefix)
    return found[0] if len(found) == 1 else None


def _scale(cursor: Cursor, around: Around) -> str | None:
    """The scale of a level at a place: as it is said beside or around, else the usual one."""
    scales = around.things.entities.scales
    decision = cursor.beside.get("decision") or (
        cursor.around[-2].get("decision") if len(cursor.around) > 1 else None
    )
    if cursor.path[-1:] == ("map",) and decision:
        return _asked_scale(decision, around)
    if around.kind in ("incident", "test"):
        named = [one for one in cursor.path if isinstance(one, str) and "." in one]
        of_table = [one["decision"] for one in cursor.around if one.get("decision")]
        about = [*of_table, *named][-1:]
        return _asked_scale(about[0], around) if about else scale_for("response", scales)
    if "warnings" in cursor.path:
        return scale_for("warning", scales)
    if "activate" in cursor.beside and cursor.path[-1:] == ("level",):
        return scale_for("response", scales)
    said = [one["scale"] for one in cursor.around if one.get("scale")]
    found = _id_of("scale", said[-1], around) if said else None
    return found or (scale_for("response", scales) if around.kind == "plan" else None)


def _id_of(kind: str, text: str | None, around: Around) -> str | None:
    found = around.things.entities.names.find(kind, text) if text else ()
    return found[0] if len(found) == 1 else None


def _needed(around: Around) -> str:
    return "必填" if around.things.language == "zh" else "required"
