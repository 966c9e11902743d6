"""The clauses of a condition over duties: `done`, `reported` and `overdue`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from planengine.diagnostics import Text, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.statements import DutyKind
from planengine.domain.terms import NEVER_TERM, DutyTerm, Term
from planengine.linking.conditions.reader import Reader, origin_of, read_fields, read_text
from planengine.reading.nodes import MappingNode, Node, ScalarNode

_KINDS: Mapping[str, tuple[DutyKind, ...]] = {
    "done": ("action",),
    "reported": ("report", "release"),
    "overdue": ("action", "report", "release"),
}
_DOCUMENTS = ("plan", "standard")


def read_duty(key: ScalarNode, node: Node, reader: Reader) -> Term:
    """`done: <action>`, `reported: <report>`, `overdue: <id>`; of another document `{plan, …}`."""
    kinds = _KINDS[key.text]
    found: tuple[str, tuple[DutyKind, ...], ScalarNode] | None
    if isinstance(node, MappingNode):
        found = _of_document(key, node, kinds, reader)
    else:
        text = read_text(node, reader)
        if text is None or not isinstance(node, ScalarNode):
            return NEVER_TERM
        found = reader.scope.key, kinds, node
    if found is None:
        return NEVER_TERM
    document, among, name = found
    kind = _kind(document, among, name, reader)
    if kind is None:
        return NEVER_TERM
    read: Literal["done", "overdue"] = "overdue" if key.text == "overdue" else "done"
    return DutyTerm(read, kind, document, name.text.strip(), origin_of(key, node))


def _of_document(
    key: ScalarNode, node: MappingNode, kinds: tuple[DutyKind, ...], reader: Reader
) -> tuple[str, tuple[DutyKind, ...], ScalarNode] | None:
    """The document, the kind and the name that a mapping gives; None with findings."""
    fields = read_fields(key, node, (), (*_DOCUMENTS, *kinds), reader)
    if fields is None:
        return None
    written = [kind for kind in kinds if kind in fields]
    whose = [name for name in _DOCUMENTS if name in fields]
    if len(written) != 1 or len(whose) > 1:
        keys = kinds if len(written) != 1 else _DOCUMENTS
        reader.findings.append(finding("one-of", node.span, keys=keys))
        return None
    name = fields[written[0]]
    text = read_text(name, reader)
    document = reader.scope.key if not whose else _document(whose[0], fields[whose[0]], reader)
    if document is None or text is None or not isinstance(name, ScalarNode):
        return None
    return document, (written[0],), name


def _document(kind: str, node: Node, reader: Reader) -> str | None:
    text = read_text(node, reader)
    if text is None:
        return None
    if kind == "plan":
        return reader.scope.plan(text.strip(), node.span)
    return reader.names.resolve("standard", text, node.span, reader.findings)


def _kind(
    document: str, among: tuple[DutyKind, ...], name: ScalarNode, reader: Reader
) -> DutyKind | None:
    """The kind of the one duty of a document that a name means; None with a finding."""
    known = reader.names.document("plan" if "/" in document else "standard", document)
    duties = known.duties if known is not None else frozenset()
    text = name.text.strip()
    meant = [kind for kind in among if (kind, text) in duties]
    if len(meant) == 1:
        reader.names.mention(f"{meant[0]}:{document}", text, text, name.span)
        return meant[0]
    if meant:
        reason = Text("several duties have this id", "多项职责使用此标识")
        keys = ", ".join(meant)
        reader.findings.append(finding("key-needed", name.span, key=keys, reason=reason))
        return None
    nearest = did_you_mean(text, sorted(item for kind, item in duties if kind in among))
    reader.findings.append(finding(f"unknown-{among[0]}", name.span, name=text, nearest=nearest))
    return None
