"""Values and plain bounds written in documents, read in the unit of what they are stated of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, finding
from planengine.library.names import Names
from planengine.reading.nodes import Node, ScalarNode, SequenceNode
from planengine.values.bounds import BoundError, join_tests, parse_bound, parse_value
from planengine.values.sets import ChoiceSet, Domain, NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.values.sets import Choice


@dataclass(frozen=True, slots=True)
class NamedChoices:
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


def bound_of(
    node: Node, domain: Domain, unit: str | None, findings: list[Diagnostic]
) -> NumberSet | ChoiceSet | None:
    """A bound of constants; None with a finding for anything else."""
    if not isinstance(node, ScalarNode):
        findings.append(finding("plain-value-needed", node.span))
        return None
    parsed = parse_bound(node.text, domain=domain, unit=unit)
    if isinstance(parsed, BoundError):
        findings.append(parsed.at(node.span))
        return None
    if not isinstance(parsed, NumberSet | ChoiceSet):
        findings.append(finding("plain-value-needed", node.span))
        return None
    return parsed


def value_of(
    node: Node,
    domain: Domain,
    unit: str | None,
    names: Names,
    kind: str,
    findings: list[Diagnostic],
) -> ValueSet | None:
    """What a stated value says a thing can be; None for `unknown`, and where it is bad.

    A list is one of its members.
    """
    if isinstance(node, SequenceNode):
        parts = [value_of(item, domain, unit, names, kind, findings) for item in node.items]
        return join_tests(part for part in parts if part is not None)
    if not isinstance(node, ScalarNode):
        findings.append(finding("plain-value-needed", node.span))
        return None
    parsed = parse_value(node.text, domain=domain, unit=unit, choices=NamedChoices(names, kind))
    if isinstance(parsed, BoundError):
        findings.append(parsed.at(node.span))
        return None
    return parsed
