"""What the nodes of the dependency graph are called, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planengine.assessment.words import Words
    from planengine.domain.ids import ActionKey, UnitKey


def label_of(words: Words, data: dict[str, Any]) -> str:
    """The label of a node, by its attributes."""
    name: str = data["name"]
    if data["kind"] == "level":
        unit: UnitKey = data["unit"]
        text = f"{words.level(data['scale'], data['level'])}｜{words.decision(unit)}"
        if unit.warning:
            text += "（预警）" if words.language == "zh" else " (warning)"
        return text
    if data["kind"] == "clause":
        what: str = data["what"]
        return what
    if data["kind"] == "action":
        action: ActionKey = data["action"]
        return words.action(action.plan, action.action)
    if data["kind"] in {"plan", "standard"}:
        return words.document(name)
    return words.named(name)
