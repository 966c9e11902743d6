"""The fixed words of the language by what authors write in Chinese; for hints only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_CHINESE: Mapping[str, str] = {
    "先期处置": "first-response",
    "先期响应": "first-response",
    "命令": "order",
    "指令": "order",
    "请求": "request",
    "商请": "request",
    "下级": "below",
    "上级": "above",
    "计数": "count",
    "数量": "quantity",
    "类别": "category",
    "是否": "flag",
    "上升": "up",
    "越大越重": "up",
    "下降": "down",
    "越小越重": "down",
    "无": "none",
    "合计": "sum",
    "求和": "sum",
    "最大": "max",
    "最小": "min",
    "任一": "any",
    "最新": "latest",
    "持续": "continuous",
    "例外报告": "by-exception",
    "实际": "actual",
    "演练": "exercise",
    "测试": "test",
    "观测": "observed",
    "研判": "judged",
    "估计": "estimated",
    "预报": "forecast",
    "已核对": "read",
    "高": "high",
    "中": "medium",
    "未核实": "unverified",
    "同上": "same",
    "同前": "same",
    "与启动相同": "same",
}


def meant_by(text: str, words: Iterable[str]) -> str | None:
    """The one of some fixed words that a Chinese word stands for; None for any other."""
    word = _CHINESE.get(text.strip())
    return word if word in tuple(words) else None
