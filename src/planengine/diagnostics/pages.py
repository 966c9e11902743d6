"""A diagnostic's page: what it means, an example that has it, and the same mended."""

from __future__ import annotations

from typing import Literal

from planengine.diagnostics.code import Code

_HEADS = {
    "en": ("Severity", "What it means", "Wrong", "Right"),
    "zh": ("级别", "含义", "错误写法", "正确写法"),
}


def page(code: Code, language: Literal["en", "zh"] = "en") -> str:
    """The page of a code in Markdown."""
    severity, meaning, wrong, right = _HEADS[language]
    title = code.title.zh if language == "zh" else code.title.en
    explanation = code.explanation.zh if language == "zh" else code.explanation.en
    parts = [
        f"# `{code.id}`: {title}",
        f"{severity}: {code.severity}",
        f"## {meaning}",
        explanation,
    ]
    if code.bad:
        parts += [f"## {wrong}", f"```yaml\n{code.bad.strip()}\n```"]
    if code.good:
        parts += [f"## {right}", f"```yaml\n{code.good.strip()}\n```"]
    return "\n\n".join(parts) + "\n"
