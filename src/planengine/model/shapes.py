"""The JSON Schema of conditions, bounds, values and graded tables, which no model describes.

The reader and the linker decide what these mean; here stands what they may look like.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_BOUND_EXAMPLES = [
    "30人以上",
    "3人以上10人以下",
    "≥ 30",
    "[10..30)",
    "> 100 例",
    "≥ @warning-stage + 0.5 m",
]
SCALAR = ["string", "number", "boolean"]
"""What counts as a text where one is wanted: `2026` and `true` are taken as written."""

DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_DURATION = {"type": "string", "examples": ["30 min", "24 h", "72 小时"]}
_TEXT = {"type": "string"}
_HAZARD = {"type": "string", "x-names": ["hazard"]}
_CONDITION = {"$ref": "#/$defs/condition"}
_CONDITIONS = {"$ref": "#/$defs/condition-list"}
_FORECAST = {"$ref": "#/$defs/forecast"}
_BOUND = {"$ref": "#/$defs/bound"}
_COLUMNS = {"$ref": "#/$defs/table-columns"}
_ROW_KEYS = ["when", "row", "basis", "variants"]


def shapes() -> dict[str, Any]:
    """Definitions for `$defs`; facts and decisions are added to `entries` by the caller."""
    return {
        "condition": {
            "description": "All entries of a mapping hold, or a definition by its name.",
            "anyOf": [
                {"type": "string", "pattern": r"\S", "x-suggests": ["definition"]},
                {"$ref": "#/$defs/entries"},
            ],
        },
        "entries": {
            "description": "All entries hold: operators, `<fact>[@place]: <bound>`, decisions.",
            "type": "object",
            "minProperties": 1,
            "properties": _operators(),
            "additionalProperties": _BOUND,
        },
        "condition-list": _some(_CONDITION),
        "forecast": {
            "description": "What a forecast may be asked: facts, any, all, not, at-least.",
            "type": "object",
            "minProperties": 1,
            "properties": _forecast_operators(),
            "additionalProperties": _BOUND,
        },
        "bound": {
            "description": "A threshold as the law writes it, in symbols, or as an interval; a "
            "level (that or worse); a list is membership.",
            "anyOf": [
                {"type": SCALAR, "examples": _BOUND_EXAMPLES},
                _some({"type": SCALAR}),
                _object({"exactly": {"type": SCALAR}}, ["exactly"]),
            ],
        },
        "stated": {
            "description": "What a fact is: a number with its unit, an interval, a truth value, "
            "a category, `unknown` or `n/a`; a list is one of these.",
            "anyOf": [{"type": SCALAR, "examples": ["102 mm", "[0..4]"]}, _some({"type": SCALAR})],
        },
        "dated-value": _object(
            {"value": {"$ref": "#/$defs/stated"}, "from": DATE, "until": DATE, "note": _TEXT},
            ["value"],
        ),
        "attribute-value": {
            "description": "One value, or a list of values with their dates.",
            "anyOf": [
                {"type": SCALAR},
                {"$ref": "#/$defs/dated-value"},
                {"type": "array", "items": {"$ref": "#/$defs/dated-value"}},
            ],
        },
        "graded-table": {
            "description": "Indicator rows against level columns.",
            "anyOf": [
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"not": {"enum": [*_ROW_KEYS, *_operators()]}},
                    "additionalProperties": _COLUMNS,
                },
                _some({"$ref": "#/$defs/table-row"}),
            ],
        },
        "table-columns": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"$ref": "#/$defs/level"},
            "additionalProperties": _BOUND,
        },
        "table-row": _choice(
            "variants",
            _object(
                {"when": _CONDITION, "basis": _bases(), "variants": _some(_variant())},
                ["variants"],
            ),
            _indicators_or_conditions({"when": _CONDITION, "basis": _bases()}),
        ),
        "level": {"type": "string", "x-names": ["level"]},
    }


def operators() -> tuple[str, ...]:
    """The keys of a condition that are neither facts nor decisions."""
    return tuple(_operators())


def _variant() -> dict[str, Any]:
    """One variant of a row: the rows that count where its `when` is the first to hold."""
    keys = {"when": _CONDITION, "otherwise": {"default": True}, "basis": False}
    return {
        "oneOf": [{"required": ["when"]}, {"required": ["otherwise"]}],
        **_indicators_or_conditions(keys),
    }


def _indicators_or_conditions(keys: Mapping[str, Any]) -> dict[str, Any]:
    """A row of conditions where it has a `row`, else one or more rows of indicators."""
    label = {"type": "string", "description": "The label of a condition row."}
    indicators = {
        "type": "object",
        "propertyNames": {"not": {"enum": ["variants", *_operators()]}},
        "properties": keys,
        "additionalProperties": _COLUMNS,
        "not": {"propertyNames": {"enum": list(keys)}},  # at least one indicator
    }
    conditions = {
        "type": "object",
        "properties": {**keys, "row": label, "variants": False},
        "additionalProperties": _CONDITION,
    }
    return _choice("row", conditions, indicators)


def _operators() -> dict[str, Any]:
    holder = {"type": "string", "x-names": ["body", "role"]}
    holders = {"anyOf": [holder, {"type": "array", "items": holder, "minItems": 1}]}
    act = _object({"what": _TEXT, "by": holders, "id": _TEXT}, ["what"])
    counted = {"type": "string", "x-names": ["object-kind", "tier"], "x-also": ["incident"]}
    return {
        "any": {**_CONDITIONS, "description": "One of these holds."},
        "all": {**_CONDITIONS, "description": "All of these hold."},
        "not": _CONDITION,
        "at-least": _at_least(_CONDITIONS),
        "count": _object(
            {"over": counted, "in": _suggested("place", "tier"), "where": _CONDITION, "is": _BOUND},
            ["over", "where", "is"],
        ),
        "expected": {
            "description": "A forecast says so within this time.",
            "type": "object",
            "minProperties": 2,
            "properties": {
                "within": _DURATION,
                "covering": _DURATION,
                "days": {"type": "integer", "minimum": 1, "maximum": 31},
                **_forecast_operators(),
            },
            "anyOf": [{"required": ["within"]}, {"required": ["days"]}],
            "additionalProperties": _BOUND,
        },
        "lasting": _object(
            {"where": _CONDITION, "is": _BOUND, "gaps-under": _DURATION}, ["where", "is"]
        ),
        "elapsed": _object({"since": _suggested("moment", "done"), "is": _BOUND}, ["since", "is"]),
        "change": _object(
            {"of": _suggested("fact"), "is": _BOUND, "within": _DURATION}, ["of", "is", "within"]
        ),
        "judged": act,
        "recognised": act,
        "on-order": act,
        "done": _duty("action"),
        "reported": _duty("report", "release"),
        "overdue": _duty("action", "report", "release"),
        "during": {"type": "string", "x-names": ["calendar"]},
        "hazards": {"anyOf": [_HAZARD, _some(_HAZARD)]},
        "use": {**_suggested("definition"), "description": "A name under `define`."},
        "case": {
            "description": "The first branch whose `when` holds.",
            **_some(
                _choice(
                    "otherwise",
                    _object({"otherwise": _CONDITION}, ["otherwise"]),
                    _object({"when": _CONDITION, "then": _CONDITION}, ["when", "then"]),
                )
            ),
        },
    }


def _duty(*kinds: str) -> dict[str, Any]:
    """A duty of the same document by its id, or of another one."""
    keys = {
        "plan": {"type": "string", "x-names": ["plan", "plan-key"]},
        "standard": {"type": "string", "x-names": ["standard"]},
        **{kind: _suggested(kind) for kind in kinds},
    }
    pairs = [["plan", "standard"], *([a, b] for a in kinds for b in kinds if a < b)]
    return {
        "anyOf": [
            _suggested(*kinds),
            {
                **_object(keys, []),
                "anyOf": [{"required": [kind]} for kind in kinds],
                "not": {"anyOf": [{"required": pair} for pair in pairs]},
            },
        ]
    }


def _forecast_operators() -> dict[str, Any]:
    """The operators of a forecast; the others cannot stand there."""
    listed = _some(_FORECAST)
    allowed = {"any": listed, "all": listed, "not": _FORECAST, "at-least": _at_least(listed)}
    times = ("expected", "lasting", "elapsed", "change", "during")
    others = ("count", *times, "hazards", "use", "case")
    people = ("judged", "recognised", "on-order", "done", "reported", "overdue")
    return {**allowed, **dict.fromkeys((*others, *people), False)}


def _at_least(listed: dict[str, Any]) -> dict[str, Any]:
    return _object({"count": {"type": "integer", "minimum": 1}, "of": listed}, ["count", "of"])


def _bases() -> dict[str, Any]:
    one = {"$ref": "#/$defs/BasisModel"}
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _suggested(*kinds: str) -> dict[str, Any]:
    """A text that may name a thing of one of these kinds."""
    return {"type": "string", "x-suggests": [*kinds]}


def _some(item: dict[str, Any]) -> dict[str, Any]:
    """A list that is not empty."""
    return {"type": "array", "items": item, "minItems": 1}


def _choice(key: str, having: dict[str, Any], lacking: dict[str, Any]) -> dict[str, Any]:
    """One shape where a key is written, another where it is not."""
    return {
        "type": "object",
        "minProperties": 1,
        "if": {"required": [key]},
        "then": having,
        "else": lacking,
    }


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
