"""Where a pydantic error is in the node tree, and which keys its model knows there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel, RootModel, Tag
from typing_extensions import TypeAliasType

from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode

Path: TypeAlias = tuple[str | int, ...]
Annotation: TypeAlias = Any
"""Whatever may stand in an annotation."""
KEY_MARK = "[key]"


class Located(Struct, frozen=True):
    """A place in the node tree.

    `choices` are the branches of unions gone through: at which depth, and pydantic's label.
    `types` are what the model may have at this place.
    """

    path: Path
    node: Node
    key: ScalarNode | None
    choices: tuple[tuple[int, str], ...]
    types: tuple[Annotation, ...]

    @property
    def known_keys(self) -> tuple[str, ...]:
        """The keys that the models possible here know."""
        return tuple(
            dict.fromkeys(key for model in models_of(self.types) for key in keys_of(model))
        )


def locate(root: Node, model: type[BaseModel], loc: Path) -> Located:
    """Follow the location of a pydantic error, telling keys from labels of union branches."""
    node = root
    key: ScalarNode | None = None
    path: list[str | int] = []
    choices: list[tuple[int, str]] = []
    types = members_of(model)
    for step in loc:
        if step == KEY_MARK and isinstance(key, ScalarNode):
            node = key
            break
        child = _child(node, step)
        if step == 0 and not isinstance(node, SequenceNode):
            wrapped = tuple(m for t in types for m in _under(t, 0))
            if wrapped:  # a validator took one thing for a list of it
                types = wrapped
                continue
        labels = {label for one in types for label in _labels(one)}
        if child is None or (len(types) > 1 and str(step) in labels):
            choices.append((len(path), str(step)))
            types = tuple(t for t in types if str(step) in _labels(t)) or types
            types = tuple(member for t in types for member in members_of(t))
            continue
        key, node = child
        path.append(step)
        types = tuple(m for t in types for m in _under(t, step))
    return Located(tuple(path), node, key, tuple(choices), types)


def origin_of(annotation: Annotation) -> Annotation:
    """What a type is made from: of `list[str]`, `list`."""
    return get_origin(annotation)


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys an author may write for a model."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _child(node: Node, step: str | int) -> tuple[ScalarNode | None, Node] | None:
    if isinstance(node, MappingNode):
        for key, value in node.entries:
            if key.text == step:
                return key, value
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.items):
        return None, node.items[step]
    return None


def models_of(types: Iterable[Annotation]) -> Iterable[type[BaseModel]]:
    return (t for t in map(bare_type, types) if isinstance(t, type) and issubclass(t, BaseModel))


def bare_type(annotation: Annotation) -> Annotation:
    while origin_of(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def members_of(annotation: Annotation) -> tuple[Annotation, ...]:
    """The members of a union, None left out; of another type, itself."""
    bare = bare_type(annotation)
    if isinstance(bare, TypeAliasType):
        return members_of(bare.__value__)
    if isinstance(bare, type) and issubclass(bare, RootModel):
        return members_of(bare.model_fields["root"].annotation)
    if origin_of(bare) in (Union, UnionType):
        parts = [part for part in get_args(bare) if part is not NoneType]
        return tuple(member for part in parts for member in members_of(part))
    return (annotation,)


def _labels(annotation: Annotation) -> set[str]:
    """What pydantic may call a member of a union in the location of an error."""
    tags = {m.tag for m in getattr(annotation, "__metadata__", ()) if isinstance(m, Tag)}
    bare = bare_type(annotation)
    labels = {getattr(bare, "__name__", "")} | tags
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        labels |= _literals(bare)
    return labels


@cache
def _literals(model: type[BaseModel]) -> frozenset[str]:
    """The fixed values that fields of a model have."""
    annotations = (field.annotation for field in model.model_fields.values())
    literal = (one for one in annotations if origin_of(one) is Literal)
    return frozenset(str(value) for one in literal for value in get_args(one))


@cache
def _fields(model: type[BaseModel]) -> Mapping[str, tuple[Annotation, ...]]:
    """The types under each key of a model, by the field's name and by its alias."""
    found: dict[str, tuple[Annotation, ...]] = {}
    for name, field in model.model_fields.items():
        found[name] = found[field.alias or name] = members_of(field.annotation)
    return found


def _under(annotation: Annotation, step: str | int) -> tuple[Annotation, ...]:
    """The types a type may have under one key or index, unions taken apart."""
    bare = bare_type(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return _fields(bare).get(str(step), ())
    return tuple(member for inner in inside(bare, step) for member in members_of(inner))


def inside(bare: Annotation, step: str | int) -> tuple[Annotation, ...]:
    """The types of the members of a collection."""
    origin, arguments = origin_of(bare), get_args(bare)
    if not isinstance(origin, type) or not arguments:
        return ()
    if issubclass(origin, Mapping):
        return (arguments[-1],)
    if issubclass(origin, tuple) and isinstance(step, int) and arguments[-1] is not Ellipsis:
        return arguments[step : step + 1]
    return arguments[:1] if issubclass(origin, Sequence | set | frozenset) else ()
