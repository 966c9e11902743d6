"""What a pydantic error means to the author of a file: findings in plain words."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from planengine.diagnostics.code import Text
from planengine.diagnostics.diagnostic import Diagnostic, Span, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.reading.choices import meant_by
from planengine.reading.commas import comma_in_text
from planengine.reading.homes import home_of
from planengine.reading.locate import Located, Path, locate
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode

_WHOLE = Text("a whole number", "整数")
_NUMBER = Text("a number", "数字")
_FLAG = Text("`true` or `false`", "`true` 或 `false`")
_LIST = Text("a list", "列表")
_MAPPING = Text("a mapping (lines of `key: value`)", "映射（`键: 值`）")
_TEXT = Text("text", "文本")
_DATE = Text("a date such as 2026-03-01", "日期，如 2026-03-01")
_TIME = Text("a time such as 2026-07-20T08:00:00+08:00", "时间，如 2026-07-20T08:00:00+08:00")

EXPECTED: Mapping[str, Text] = {
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "iterable_type": _LIST,
    "dict_type": _MAPPING,
    "mapping_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dataclass_type": _MAPPING,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _TIME,
    "datetime_parsing": _TIME,
    "datetime_from_date_parsing": _TIME,
    "timezone_aware": _TIME,
    "none_required": Text("nothing", "留空"),
}
_SYMBOLS = {
    "greater_than": "> {gt}",
    "greater_than_equal": "≥ {ge}",
    "less_than": "< {lt}",
    "less_than_equal": "≤ {le}",
    "multiple_of": "multiple of {multiple_of}",
}
_CHOICES = frozenset({"literal_error", "enum", "union_tag_invalid", "union_tag_not_found"})

_Model: TypeAlias = type[BaseModel]


class _Mistake(Struct, frozen=True):
    """One pydantic error with its place; `depth` counts the unions around it looked at so far."""

    type: str
    place: Located
    key: str
    context: Mapping[str, Any]
    message: str
    root: _Model
    whole: Node
    depth: int = 0

    def deeper(self) -> _Mistake:
        return replace(self, depth=self.depth + 1)

    @property
    def at_fault(self) -> Path:
        """The place, with the key for a missing or unknown one."""
        return (*self.place.path, self.key) if self.key else self.place.path


def explain(error: ValidationError, root: Node, model: type[BaseModel]) -> list[Diagnostic]:
    """One finding for each thing wrong, in the order of the file.

    Errors of the branches of a union are brought down to those of the branch most likely
    meant; a missing key is not reported beside the misspelt key that stands for it.
    """
    mistakes: list[_Mistake] = []
    for detail in error.errors(include_url=False):
        kind, loc, key = detail["type"], detail["loc"], ""
        if kind in ("missing", "extra_forbidden"):
            key, loc = str(loc[-1]), loc[:-1]
        place = locate(root, model, loc)
        context = detail.get("ctx", {})
        mistakes.append(_Mistake(kind, place, key, context, detail["msg"], model, root))
    findings = dict.fromkeys(_findings(_collapse(mistakes)))
    return sorted(findings, key=_position)


def _position(diagnostic: Diagnostic) -> tuple[int, int]:
    return (diagnostic.span.line, diagnostic.span.column) if diagnostic.span else (0, 0)


def _findings(mistakes: Sequence[_Mistake]) -> Iterable[Diagnostic]:
    missing = {mistake.place.path for mistake in mistakes if mistake.type == "missing"}
    stand_ins = {
        (mistake.place.path, _nearest_key(mistake))
        for mistake in mistakes
        if mistake.type == "extra_forbidden" and mistake.place.path in missing
    }
    for mistake in mistakes:
        if mistake.type == "missing" and (mistake.place.path, mistake.key) in stand_ins:
            continue
        yield _finding(mistake)


def _collapse(mistakes: Sequence[_Mistake]) -> list[_Mistake]:
    """For each union, keep only the mistakes of the branch most likely meant."""
    kept: list[_Mistake] = []
    unions: dict[Path, dict[str, list[_Mistake]]] = {}
    for mistake in mistakes:
        choices = mistake.place.choices
        if mistake.depth < len(choices):
            length, label = choices[mistake.depth]
            branches = unions.setdefault(mistake.place.path[:length], {})
            branches.setdefault(label, []).append(mistake.deeper())
        else:
            kept.append(mistake)
    for path, branches in unions.items():
        kept.extend(_best_branch(path, [_collapse(branch) for branch in branches.values()]))
    return kept


def _best_branch(path: Path, branches: Sequence[Sequence[_Mistake]]) -> Sequence[_Mistake]:
    fitting = [
        branch
        for branch in branches
        if not any(m.type in EXPECTED and m.at_fault == path for m in branch)
    ]
    if fitting:
        return min(fitting, key=_distance)
    named = [m.type for branch in branches for m in branch if m.type in EXPECTED]
    first = branches[0][0]
    expected = tuple(dict.fromkeys(EXPECTED[kind] for kind in named))
    return [replace(first, type="no_branch", key="", context={"expected": expected}, message="")]


def _distance(branch: Sequence[_Mistake]) -> tuple[int, int]:
    wrong_keys = sum(m.type in ("missing", "extra_forbidden") for m in branch)
    return wrong_keys, len(branch)


def _finding(mistake: _Mistake) -> Diagnostic:
    place, node = mistake.place, mistake.place.node
    if mistake.type == "missing":
        return finding("missing-key", _head(node), key=mistake.key, place=_owner(place))
    if mistake.type == "extra_forbidden":
        key = _key_span(node, mistake.key)
        return comma_in_text(node, mistake.key) or _unknown_key(mistake, key)
    if mistake.type == "no_branch":
        return _wrong_type(node, mistake.context["expected"])
    if mistake.type in EXPECTED:
        cut = _label_cut(mistake) if mistake.type == "string_type" else None
        if cut is not None:
            return cut
        return _wrong_type(node, (EXPECTED[mistake.type],))
    if mistake.type in _CHOICES:
        return _not_a_choice(mistake)
    return _refused(mistake)


def _unknown_key(mistake: _Mistake, span: Span) -> Diagnostic:
    """A key that is misspelt, or one of another place in the document."""
    nearest = _nearest_key(mistake)
    slip = nearest is not None and nearest.rstrip("s") == mistake.key.rstrip("s")
    home = None if slip else _home(mistake)
    if home is not None:
        return finding("key-misplaced", span, key=mistake.key, home=home)
    return finding("unknown-key", span, key=mistake.key, suggestion=nearest)


def _home(mistake: _Mistake) -> Text | None:
    begins = _head(mistake.whole)
    at_margin = begins.column == 1 and "[" not in begins.path
    return home_of(mistake.root, mistake.key, mistake.place, at_margin=at_margin)


def _label_cut(mistake: _Mistake) -> Diagnostic | None:
    """A text of a label that a comma cut off, so that its rest became a key of the label."""
    place = mistake.place
    if place.key is None or str not in place.types:
        return None
    return comma_in_text(_inner(mistake.whole, place.path[:-1]), place.key.text)


def _refused(mistake: _Mistake) -> Diagnostic:
    node = mistake.place.node
    problem = mistake.context.get("error")
    if mistake.type in _SYMBOLS:
        wanted = _SYMBOLS[mistake.type].format_map(mistake.context)
        return finding("out-of-range", node.span, expected=wanted, found=_found(node))
    if mistake.type in ("too_short", "string_too_short"):
        least = mistake.context["min_length"]
        return finding("too-few", node.span, least=least)
    if mistake.type in ("too_long", "string_too_long"):
        return finding("too-many", node.span, most=mistake.context["max_length"])
    if mistake.type == "string_pattern_mismatch":
        pattern = mistake.context["pattern"]
        return finding("wrong-form", node.span, found=_found(node), pattern=pattern)
    reason = str(problem) if problem is not None else mistake.message
    return finding("not-valid", node.span, reason=reason)


def _not_a_choice(mistake: _Mistake) -> Diagnostic:
    """A value outside a closed list: a literal, an enumeration, or the key telling kinds apart."""
    node, context = mistake.place.node, mistake.context
    listed = str(context.get("expected") or context.get("expected_tags") or "")
    words = [word.strip(" '\"") for word in listed.replace(" or ", ",").split(",")]
    if mistake.type.startswith("union_tag"):
        tag = str(context.get("discriminator", "")).strip("'")
        value = node.get(tag) if isinstance(node, MappingNode) else None
        if value is None:
            return finding("missing-key", _head(node), key=tag, place=_owner(mistake.place))
        node = value
    text = node.text if isinstance(node, ScalarNode) else ""
    nearest = meant_by(text, words) or did_you_mean(text, words)
    expected = tuple(f"`{word}`" for word in words if word)
    found = _found(node)
    return finding("not-a-choice", node.span, found=found, expected=expected, suggestion=nearest)


def _wrong_type(node: Node, expected: tuple[Text, ...]) -> Diagnostic:
    advice = None
    if isinstance(node, ScalarNode) and node.text:
        before, colon, after = node.text.partition("：")
        if _MAPPING in expected and colon:
            line = f"`{before}: {after.strip()}`"
            advice = Text(f"a key ends with a plain colon: {line}", f"键之后是半角冒号：{line}")
        elif _LIST in expected:
            advice = Text(f"write `[{node.text}]`", f"请写 `[{node.text}]`")
    wanted = Text(" or ".join(e.en for e in expected), "或".join(e.zh for e in expected))
    return finding("wrong-type", node.span, expected=wanted, found=_found(node), advice=advice)


def _found(node: Node) -> Text:
    if isinstance(node, MappingNode):
        return Text("a mapping", "映射")
    if isinstance(node, SequenceNode):
        return Text("a list", "列表")
    if node.value is None and not node.text:
        return Text("nothing", "空")
    text = node.text if len(node.text) <= 40 else node.text[:39] + "…"
    return Text(f"`{text}`", f"`{text}`")


def _owner(place: Located) -> Text:
    """What a mapping is, by the key it stands under."""
    names = [step for step in place.path if isinstance(step, str)]
    if not names:
        return Text("this document", "本文件")
    if isinstance(place.path[-1], int):
        return Text(f"this entry of `{names[-1]}`", f"`{names[-1]}` 的这一项")
    return Text(f"`{names[-1]}`", f"`{names[-1]}`")


def _nearest_key(mistake: _Mistake) -> str | None:
    node = mistake.place.node
    present: Container[str] = node.places if isinstance(node, MappingNode) else ()
    return did_you_mean(mistake.key, [k for k in mistake.place.known_keys if k not in present])


def _head(node: Node) -> Span:
    """Where a mapping begins as a reader sees it: at its first key; data as a whole."""
    if isinstance(node, MappingNode) and node.entries and not node.span.path:
        return node.entries[0][0].span
    return node.span


def _key_span(node: Node, name: str) -> Span:
    place = node.places.get(name) if isinstance(node, MappingNode) else None
    if place is None or not isinstance(node, MappingNode):
        return node.span
    return node.entries[place][0].span


def _inner(node: Node, at: tuple[str | int, ...]) -> Node:
    """What stands at a path in a node, as far as it leads."""
    for step in at:
        if isinstance(node, MappingNode):
            inner = node.get(str(step))
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
            inner = node.items[step]
        else:
            inner = None
        if inner is None:
            break
        node = inner
    return node
