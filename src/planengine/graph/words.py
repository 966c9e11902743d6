"""What kinds of nodes and edges are called, in both languages, and how they are coloured.

A relation is read along its arrow: a fact is *tested by* a level.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]
NodeKind: TypeAlias = Literal["fact", "clause", "standard", "plan", "level", "action", "agency"]

KINDS: Mapping[NodeKind, tuple[str, str]] = {  # in Chinese, and the colour of its box
    "fact": ("指标", "#dbeafe"),
    "clause": ("认定条款", "#ffedd5"),
    "standard": ("标准", "#e0e7ff"),
    "plan": ("预案", "#fde68a"),
    "level": ("级别", "#fecaca"),
    "action": ("措施", "#dcfce7"),
    "agency": ("单位", "#f3e8ff"),
}

RELATIONS: Mapping[str, tuple[str, str]] = {  # in Chinese, and the colour of its line
    "provides": ("提供", "#0e7490"),
    "invokes": ("认定", "#c2410c"),
    "derived": ("推算", "#0ea5e9"),
    "tested by": ("判定", "#2563eb"),
    "applies": ("适用条件", "#4f46e5"),
    "activates": ("启动", "#dc2626"),
    "cascades to": ("引发", "#9f1239"),
    "level of": ("属于", "#64748b"),
    "lower": ("降级条件", "#a16207"),
    "end": ("终止条件", "#713f12"),
    "brings": ("要求", "#16a34a"),
    "before": ("先于", "#84cc16"),
    "carried out by": ("执行", "#9333ea"),
    "member": ("成员", "#8b7cc8"),
    "requests": ("商请", "#db2777"),
    "reports to": ("报告", "#ea580c"),
    "reported by": ("由其报告", "#f59e0b"),
    "informs by": ("信息发布", "#be185d"),
}


def kind_word(kind: NodeKind, language: Language) -> str:
    """What a kind of node is called."""
    return KINDS[kind][0] if language == "zh" else kind


def relation_word(relation: str, language: Language) -> str:
    """What a relation is called."""
    return RELATIONS[relation][0] if language == "zh" else relation
