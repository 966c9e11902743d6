"""The JSON Schema of conditions, bounds and graded tables, which no pydantic model describes."""

from __future__ import annotations

from typing import Any

_BOUND_EXAMPLES = [
    "30人以上",
    "3人以上10人以下",
    "≥ 30",
    "[10..30)",
    "> 100 例",
    "≥ @warning-stage + 0.5 m",
]
_DURATION = {"type": "string", "examples": ["30 min", "24 h", "72 小时"]}
_LIST = {"$ref": "#/$defs/condition-list"}
_CONDITION = {"$ref": "#/$defs/condition"}
_BOUND = {"$ref": "#/$defs/bound"}


def shapes() -> dict[str, Any]:
    """Definitions for `$defs`; facts and decisions are added to `condition` by the caller."""
    return {
        "condition": {
            "description": "All entries hold: operators, `<fact>[@place]: <bound>`, decisions.",
            "type": "object",
            "minProperties": 1,
            "properties": _operators(),
            "additionalProperties": _BOUND,
        },
        "condition-item": {
            "description": "A condition, or the name of a definition.",
            "anyOf": [_CONDITION, {"type": "string"}],
        },
        "condition-list": {
            "type": "array",
            "items": {"$ref": "#/$defs/condition-item"},
            "minItems": 1,
        },
        "bound": {
            "description": "A threshold as the law writes it, in symbols, or as an interval; a "
            "level (that or worse); a list is membership.",
            "anyOf": [
                {"type": ["string", "number", "boolean"], "examples": _BOUND_EXAMPLES},
                {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
                _object({"exactly": {"$ref": "#/$defs/any-level"}}, ["exactly"]),
            ],
        },
        "graded-table": {
            "description": "Indicator rows against level columns.",
            "anyOf": [
                {"type": "object", "additionalProperties": {"$ref": "#/$defs/table-columns"}},
                {"type": "array", "items": {"$ref": "#/$defs/table-row"}},
            ],
        },
        "table-columns": {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/any-level"},
            "additionalProperties": _BOUND,
        },
        "table-row": {
            "type": "object",
            "properties": {
                "when": _CONDITION,
                "row": {"type": "string", "description": "The label of a condition row."},
                "otherwise": {"const": True},
                "basis": {},
                "variants": {"type": "array", "items": {"$ref": "#/$defs/table-row"}},
            },
        },
        "any-level": {"type": "string", "x-names": ["level"], "x-also": ["none", "无"]},
    }


def _operators() -> dict[str, Any]:
    act = _object(
        {
            "what": {"type": "string"},
            "by": {"type": "string", "x-names": ["body"]},
            "id": {"type": "string"},
        },
        ["what"],
    )
    return {
        "any": {**_LIST, "description": "One of these holds."},
        "all": {**_LIST, "description": "All of these hold."},
        "not": {"$ref": "#/$defs/condition-item"},
        "at-least": _object(
            {"count": {"type": "integer", "minimum": 1}, "of": _LIST}, ["count", "of"]
        ),
        "count": _object(
            {
                "over": {
                    "type": "string",
                    "x-names": ["object-kind", "tier"],
                    "x-also": ["incident"],
                },
                "in": {"type": "string"},
                "where": _CONDITION,
                "is": _BOUND,
            },
            ["over", "is"],
        ),
        "expected": {
            "description": "A forecast says so within this time.",
            "type": "object",
            "properties": {"within": _DURATION},
            "required": ["within"],
            "additionalProperties": _BOUND,
        },
        "lasting": _object(
            {"where": _CONDITION, "is": _BOUND, "gaps-under": _DURATION}, ["where", "is"]
        ),
        "elapsed": _object(
            {"since": {"type": "string", "x-names": ["moment"]}, "is": _BOUND}, ["since", "is"]
        ),
        "change": _object(
            {"of": {"type": "string"}, "is": _BOUND, "within": _DURATION}, ["of", "is", "within"]
        ),
        "judged": act,
        "recognised": act,
        "on-order": act,
        "during": {"type": "string", "x-names": ["calendar"]},
        "use": {"type": "string", "description": "A name under `define`."},
        "case": {
            "description": "The first branch whose `when` holds.",
            "type": "array",
            "items": _object({"when": _CONDITION, "then": _CONDITION, "otherwise": _CONDITION}, []),
        },
    }


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
