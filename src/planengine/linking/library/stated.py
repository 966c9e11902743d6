"""Values and plain bounds written in documents, read in the unit of what they are stated of."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.names import Names
from planengine.reading.nodes import Node, ScalarNode, SequenceNode
from planengine.values.bounds import BoundError, join_tests, parse_bound, parse_value
from planengine.values.dialect import PLAIN, Dialect
from planengine.values.numbers import rounded_text
from planengine.values.sets import ChoiceSet, Domain, NumberSet, ValueSet
from planengine.values.slips import unit_meant

if TYPE_CHECKING:
    from planengine.domain.vocabulary import Attribute, Fact
    from planengine.values.sets import Choice

_ABOUT = re.compile(
    r"大约|约|大概|左右|上下|接近|近|\b(?:about|around|approximately|approx|roughly|circa)\b",
    re.IGNORECASE,
)
_WRITTEN_BY_HAND = (".yaml", ".yml")  # systems write numbers in the declared unit
_NOT_KNOWN = ("unknown", "未知", "不明", "不详", "待查")
_AND_MORE = re.compile(r"(?<=[0-9一二两三四五六七八九十百千万亿])[余多]")


class NamedChoices(Struct, frozen=True):
    """The values of a category by id, label or alias; `kind` is `value:<fact>` and the like."""

    names: Names
    kind: str

    def find(self, text: str) -> Choice | None:
        """The value that `text` means, or None."""
        found = self.names.find(self.kind, text)
        return found[0] if len(found) == 1 else None

    def suggest(self, text: str) -> str | None:
        """The nearest spelling to a mistyped one."""
        return self.names.suggest(self.kind, text)


def is_by_hand(span: Span) -> bool:
    """Whether a person wrote what stands there: systems write JSON."""
    return span.file.endswith(_WRITTEN_BY_HAND)


def bound_of(
    node: Node,
    domain: Domain,
    unit: str | None,
    findings: list[Diagnostic],
    *,
    difference: bool = False,
    dialect: Dialect = PLAIN,
) -> NumberSet | ChoiceSet | None:
    """A bound of constants; None with a finding for anything else."""
    if not isinstance(node, ScalarNode):
        findings.append(finding("plain-value-needed", node.span))
        return None
    parsed = parse_bound(
        node.text, domain=domain, unit=unit, difference=difference, dialect=dialect
    )
    if isinstance(parsed, BoundError):
        findings.append(parsed.at(node.span))
        return None
    if not isinstance(parsed, NumberSet | ChoiceSet):
        findings.append(finding("plain-value-needed", node.span))
        return None
    return parsed


def value_of(
    node: Node, of: Fact | Attribute, names: Names, kind: str, findings: list[Diagnostic]
) -> ValueSet | None:
    """What a stated value says a thing can be; None for `unknown`, and where it is bad.

    A list is one of its members: anything, where one of them is `unknown`.
    """
    if isinstance(node, SequenceNode) and node.items:
        parts: list[ValueSet] = []
        for item in node.items:
            if not isinstance(item, ScalarNode):
                findings.append(finding("plain-value-needed", item.span))
                return None
            part = value_of(item, of, names, kind, findings)
            if part is not None:
                parts.append(part)
        return join_tests(parts) if len(parts) == len(node.items) else None
    if not isinstance(node, ScalarNode):
        findings.append(finding("plain-value-needed", node.span))
        return None
    dialect = names.dialect_at(node.span)
    read = partial(
        parse_value, domain=of.domain, unit=of.unit, difference=of.difference, dialect=dialect
    )
    parsed = read(node.text, choices=NamedChoices(names, kind))
    if not isinstance(parsed, BoundError):
        if is_by_hand(node.span) and isinstance(parsed, NumberSet):
            slip = unit_meant(node.text, parsed, of.unit, dialect)
            findings += [] if slip is None else [replace(slip, span=node.span)]
        return parsed
    if parsed.diagnostic.code == "inexact-number":
        rounded = rounded_text(node.text)
        again = read(rounded, choices=NamedChoices(names, kind))
        if rounded != node.text and not isinstance(again, BoundError):
            note = finding("number-rounded", node.span, text=node.text, rounded=rounded)
            findings.append(note)
            return again
        parsed = again if isinstance(again, BoundError) else parsed
    if parsed.diagnostic.code != "vague-bound":
        findings.append(_perhaps_unknown(parsed.at(node.span), node.text))
        return None
    plain: str | None = _exact(node.text)
    if plain and isinstance(read(plain), BoundError):
        plain = None
    findings.append(finding("vague-value", node.span, text=node.text, plain=plain or None))
    return None


def _perhaps_unknown(found: Diagnostic, text: str) -> Diagnostic:
    """The finding with what is near `unknown` told so, where nothing nearer is told already."""
    params = dict(found.params)
    hint = {"unreadable-bound": "example", "unknown-choice": "suggestion"}.get(found.code)
    told = hint == "suggestion" and params["suggestion"] is not None
    meant = None if hint is None or told else did_you_mean(text, _NOT_KNOWN)
    if hint is None or meant is None:
        return found
    return replace(found, params=tuple({**params, hint: meant}.items()))


def _exact(text: str) -> str:
    """A vague number as an exact one: 约30人 is 30人, 30余人 is more than 30人."""
    plain = _ABOUT.sub("", text).strip()
    more = _AND_MORE.sub("", plain)
    return plain if more == plain else f"超过{more}"
