"""The form of ids: English kebab-case, with Roman numerals of levels in capitals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, finding

if TYPE_CHECKING:
    from planengine.reading.validate import Name

_PART = "(?:[a-z0-9]+|[IVX]+)"
_ID = re.compile(rf"{_PART}(?:-{_PART})*")
_RESERVED = "/@:"  # they join ids to names of more parts, such as `city/flood` and `deaths@city`
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BREAK = re.compile(r"[^A-Za-z0-9]+")


def check_id(item_id: Name, findings: list[Diagnostic]) -> None:
    """An error for an id that no reference could name, a warning for one in another form.

    References to the latter keep working as it is written.
    """
    if _ID.fullmatch(item_id) is not None:
        return
    suggestion = kebab_case(str(item_id))
    reserved = next((mark for mark in _RESERVED if mark in item_id), None)
    if reserved is not None:
        findings.append(
            finding(
                "id-reserved",
                item_id.span,
                name=str(item_id),
                mark=reserved,
                suggestion=suggestion,
            )
        )
    else:
        findings.append(finding("id-form", item_id.span, name=str(item_id), suggestion=suggestion))


def kebab_case(text: str) -> str | None:
    """The id that was meant: `Flood_Plan` is flood-plan; None where it cannot be told."""
    if not text.isascii():
        return None
    parts = [part for part in _BREAK.split(_HUMP.sub("-", text)) if part]
    return "-".join(parts).lower() or None


def is_id(text: str) -> bool:
    """Whether a text is an id as it should be written."""
    return _ID.fullmatch(text) is not None
