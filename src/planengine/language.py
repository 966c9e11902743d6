"""The language of the surroundings, for what people see without having asked for one."""

from __future__ import annotations

import os

from planengine.diagnostics.code import Language


def locale_language() -> Language:
    """Chinese where the locale is a Chinese one, else English."""
    named = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
    if not named:
        import locale

        named = locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"
