"""JSON Schema for editors: one per kind of document, with the names that a library declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from pydantic import BaseModel

from planengine.model.shapes import SCALAR, shapes

KINDS = (
    "vocabulary", "sources", "registry", "standard", "plan", "incident", "test", "exercise",
    "players", "library",
)  # fmt: skip
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_READS = ("response", "active")


class DeclaredNames(Protocol):
    """What the schema takes of a library: every spelling of every named thing, by kind."""

    @property
    def spellings(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]: ...


def document_schema(kind: str, library: DeclaredNames | None = None) -> dict[str, Any]:
    """The JSON Schema of one kind of document (see `KINDS`).

    With a library, names are enumerated by id, label and alias, and the keys of conditions are
    listed for completion. Raises KeyError for another kind.
    """
    schema, definitions = marked_schema(kind)
    spellings = library.spellings if library is not None else {}
    if library is not None:
        definitions["entries"]["properties"].update(_indicators(spellings))
        _put_facts_in_rows(definitions, spellings)
    enumerations: dict[str, Any] = {}
    made = {
        name: _finish(definition, spellings, enumerations)
        for name, definition in definitions.items()
    }
    document = _finish(schema, spellings, enumerations)
    made |= enumerations
    return {"$schema": _DIALECT, **document, "$defs": _used(document, made)}


def marked_schema(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of a kind of document and its definitions, with the marks of names in it.

    `x-names` says the kinds of things of which a text is the name, with `x-also` other words;
    `x-suggests` those that it may name; `x-shape` the definition that describes a node.
    """
    schema = _model(kind).model_json_schema(by_alias=True)
    definitions = {**schema.pop("$defs", {}), **shapes()}
    return schema, definitions


def _put_facts_in_rows(definitions: dict[str, Any], spellings: Mapping[str, Any]) -> None:
    """Let rows of tables be completed with facts, as conditions are."""
    columns = {"$ref": "#/$defs/table-columns"}
    facts = _told(spellings.get("fact", {}))
    definitions["fact-rows"] = {"properties": {name: {**columns, **facts[name]} for name in facts}}
    row = definitions["table-row"]
    for indicators in (
        definitions["graded-table"]["anyOf"][0],
        row["else"]["else"],
        row["then"]["properties"]["variants"]["items"]["else"],
    ):
        indicators["allOf"] = [{"$ref": "#/$defs/fact-rows"}]


def _told(known: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """For each spelling what else the thing is called."""
    called: dict[str, list[str]] = {}
    for spelling, ids in known.items():
        for item_id in ids:
            called.setdefault(item_id, []).append(spelling)
    return {
        spelling: {"description": "; ".join(" · ".join(called[item_id]) for item_id in ids)}
        for spelling, ids in known.items()
    }


def _used(document: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The definitions that the document refers to, however indirectly."""
    used: dict[str, Any] = {}
    waiting: list[object] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            name = str(value.get("$ref", "")).rpartition("/")[2]
            if name in definitions and name not in used:
                used[name] = definitions[name]
                waiting.append(definitions[name])
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return {name: used[name] for name in definitions if name in used}


def _model(kind: str) -> type[BaseModel]:
    from planengine.model.exercise import ExerciseModel, PlayersModel
    from planengine.model.incident import IncidentModel
    from planengine.model.manifest import ManifestModel
    from planengine.model.plan import PlanModel
    from planengine.model.registry import RegistryModel
    from planengine.model.scenario import TestModel
    from planengine.model.sources import SourcesModel
    from planengine.model.standard import StandardModel
    from planengine.model.vocabulary import VocabularyModel

    models: dict[str, type[BaseModel]] = {
        "vocabulary": VocabularyModel,
        "sources": SourcesModel,
        "registry": RegistryModel,
        "standard": StandardModel,
        "plan": PlanModel,
        "incident": IncidentModel,
        "test": TestModel,
        "exercise": ExerciseModel,
        "players": PlayersModel,
        "library": ManifestModel,
    }
    return models[kind]


def _finish(value: Any, spellings: Mapping[str, Any], made: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The schema with marks replaced and `null` left out: an absent key says the same."""
    if isinstance(value, list):
        return [_finish(item, spellings, made) for item in value]
    if not isinstance(value, dict):
        return value
    if "x-shape" in value:
        return {"$ref": f"#/$defs/{value['x-shape']}"}
    if "x-names" in value:
        return _names(value, spellings, made)
    if "x-suggests" in value:
        return _suggested(value, spellings, made)
    choices = value.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        left = [choice for choice in choices if choice != {"type": "null"}]
        rest = {k: v for k, v in value.items() if k not in ("anyOf", "default")}
        value = {**rest, **left[0]} if len(left) == 1 else {**rest, "anyOf": left}
        return _finish(value, spellings, made)
    made_here = {
        key: _finish(item, spellings, made)
        for key, item in value.items()
        if not (key == "title" and isinstance(item, str))
    }
    if value.get("type") == "string" and not value.keys() & {"enum", "pattern"}:
        made_here["type"] = SCALAR  # `number: 2007` is read as the text written
    return made_here


def _names(
    value: Mapping[str, Any], spellings: Mapping[str, Any], made: dict[str, Any]
) -> dict[str, Any]:
    kinds: list[str] = value["x-names"]
    also: list[str] = list(value.get("x-also", ()))
    known = _known(kinds, spellings)
    if not known:
        return {"type": SCALAR}
    name = "-or-".join([*kinds, *also])
    words = [{"description": ""} for _ in also]
    described = [*words, *known.values()]
    made[f"names-{name}"] = {
        "enum": [*also, *known],
        "enumDescriptions": [one["description"] for one in described],
    }
    return {"$ref": f"#/$defs/names-{name}"}


def _suggested(
    value: Mapping[str, Any], spellings: Mapping[str, Any], made: dict[str, Any]
) -> dict[str, Any]:
    """Any text, of which those that name something are offered."""
    rest = {key: item for key, item in value.items() if key not in ("type", "x-suggests")}
    free = {"type": "string"} if "pattern" in rest else {"type": SCALAR}
    names = _names({"x-names": value["x-suggests"]}, spellings, made)
    if "$ref" not in names:
        return {**free, **rest}
    return {"anyOf": [names, {**free, **rest}]}


def _known(kinds: Iterable[str], spellings: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Every spelling of the things of some kinds, with what else they are called, and of what.

    A level is told with its scale: `II · 二级 (response)`.
    """
    known: dict[str, list[str]] = {}
    for kind in kinds:
        for name, words in spellings.items():
            plain, _, owner = name.partition(":")
            if plain != kind:
                continue
            for spelling, told in _told(words).items():
                whose = f" ({owner})" if owner else ""
                known.setdefault(spelling, []).append(told["description"] + whose)
    return {spelling: {"description": "; ".join(told)} for spelling, told in known.items()}


def _indicators(spellings: Mapping[str, Mapping[str, tuple[str, ...]]]) -> dict[str, Any]:
    """The keys of conditions: every spelling of every fact, and every decision."""
    bound = {"$ref": "#/$defs/bound"}
    facts = _told(spellings.get("fact", {}))
    keys: dict[str, Any] = {name: {**bound, **told} for name, told in facts.items()}
    scales = _ids(spellings.get("scale", {}))
    plans = _ids(spellings.get("plan", {}))
    for standard in _ids(spellings.get("standard", {})):
        keys.update({name: bound for scale in scales for name in (scale, f"{scale}.{standard}")})
    for plan in plans:
        tracks = _ids(spellings.get(f"track:plan/{plan}", {}))
        for read in dict.fromkeys((*_READS, *scales)):
            for key in (f"{read}.{plan}", *(f"{read}.{plan}/{track}" for track in tracks)):
                keys[key] = bound
    return keys


def _ids(spellings: Mapping[str, tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(known for ids in spellings.values() for known in ids))
