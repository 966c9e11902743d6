"""Texts as scalars of YAML."""

from __future__ import annotations

import json
import re

# What YAML reads as it stands, in block and in flow style: no mark of its own, no space at an end.
_PLAIN = re.compile(r"[\w≥≤<+./(（-](?:[\w≥≤><+./()（）%°²³@、，。·-]|:(?=[0-9])| (?=[^\s#]))*")


def scalar(text: str) -> str:
    """A text as a scalar that reads as this text; in quotes where YAML would take it otherwise."""
    plain = _PLAIN.fullmatch(text) is not None and not text.startswith(("- ", "<<", "---", "..."))
    return text if plain else json.dumps(text, ensure_ascii=False)
