"""Where in a document a key belongs that stands in another place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from typing import get_args

from pydantic import BaseModel

from planengine.diagnostics.code import Text
from planengine.reading.authored import Takes
from planengine.reading.locate import (
    Annotation,
    Located,
    Path,
    bare_type,
    inside,
    keys_of,
    members_of,
    models_of,
    origin_of,
)
from planengine.reading.nodes import MappingNode

ANY = "*"
_MOST = 4  # homes that are named, where none is likelier


def home_of(
    root: type[BaseModel], key: str, place: Located | None = None, *, at_margin: bool = True
) -> Text | None:
    """Where a mapping of a model may have a key, in words; None where nowhere or in many places.

    The likeliest home is the value of the key above it, as if it were indented too little;
    then one below where the key stands, in what is written there; then the nearest around it.
    `at_margin` tells whether the mapping is a document and not, say, one observation of it.
    """
    known = homes(root).get(key, ())
    if place is None:
        return _words(known)
    above = _above(place, key)
    if above is not None:
        found = [(above, *rest) for rest in _below(known, (*place.path, above))]
        indented = _words(found)
        if indented is not None:
            return Text(f"{indented.en}: indent it further", f"{indented.zh}，请再缩进")
    below = _below(known, place.path)
    around = [one for one in known if _after(place.path, one) is not None]
    if place.path and around[-1:] == [()] and not at_margin and not below:
        return _beside(str(place.path[0]))
    return _words(_written(below, place)) or _words(around[-1:]) or _words(known)


@cache
def homes(root: type[BaseModel]) -> Mapping[str, tuple[Path, ...]]:
    """For each key, the places that may have it: keys, 0 for an entry of a list, `*` for any."""
    found: dict[str, list[Path]] = {}
    for path, keys in _in_model(root, (), ()):
        for key in keys:
            found.setdefault(key, []).append(path)
    return {key: tuple(sorted(paths, key=_depth)) for key, paths in found.items()}


def _in_model(
    model: type[BaseModel], path: Path, above: tuple[type[BaseModel], ...]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """A mapping and every one in it, with the keys that each may have; no model within itself."""
    model.model_rebuild()  # one that names a later type is only completed when it is used
    yield path, keys_of(model)
    for name, field in model.model_fields.items():
        inner = (*path, field.alias or name)
        optional = get_args(field.annotation) if type(None) in get_args(field.annotation) else ()
        for keys in _taken(field.metadata, *map(_metadata, optional)):
            yield inner, keys
        yield from _in_types(members_of(field.annotation), inner, (*above, model))


def _in_types(
    types: Iterable[Annotation], path: Path, above: tuple[type[BaseModel], ...]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for one in types:
        for model in models_of((one,)):
            if model not in above:
                yield from _in_model(model, path, above)
        bare = bare_type(one)
        step: str | int = ANY if origin_of(bare) is dict else 0
        for inner in inside(bare, step):
            for keys in _taken(_metadata(inner)):
                yield (*path, step), keys
            yield from _in_types(members_of(inner), (*path, step), above)


def _metadata(annotation: Annotation) -> Iterable[object]:
    return getattr(annotation, "__metadata__", ())


def _taken(*metadata: Iterable[object]) -> Iterator[tuple[str, ...]]:
    """The keys that a node takes which a model leaves as it is."""
    for marks in metadata:
        yield from (mark.keys() for mark in marks if isinstance(mark, Takes))


def _above(place: Located, key: str) -> str | None:
    """The nearest key above an unknown one that its mapping knows."""
    if not isinstance(place.node, MappingNode):
        return None
    known = frozenset(place.known_keys)
    entries, at = place.node.entries, place.node.places.get(key, 0)
    return next((n.text for n, _ in reversed(entries[:at]) if n.text in known), None)


def _written(paths: list[Path], place: Located) -> list[Path]:
    """Those of the places below another that begin with a key which is written there, or all."""
    node = place.node
    keys: Container[str] = node.places if isinstance(node, MappingNode) else ()
    return [path for path in paths if path and path[0] in keys] or paths


def _depth(path: Path) -> int:
    """How many keys lead to a place; an entry of a list is no deeper than the list."""
    return sum(isinstance(step, str) for step in path)


def _below(known: Iterable[Path], path: Path) -> list[Path]:
    """What those places that lie in another have after it."""
    rests = (_after(one, path) for one in known)
    return [rest for rest in rests if rest is not None]


def _after(template: Path, path: Path) -> Path | None:
    """What a template has after the steps of a path; None where it does not begin with them."""
    rest = template
    for step in path:
        if rest[:1] == (0,) and isinstance(step, str):
            rest = rest[1:]  # one thing stands for a list of it
        if rest[:1] != (0,) if isinstance(step, int) else rest[:1] not in ((step,), (ANY,)):
            return None
        rest = rest[1:]
    return rest


def _words(paths: Iterable[Path]) -> Text | None:
    """The shortest paths in words, such as an entry of `levels`; None for none, or too many."""
    paths = tuple(paths)
    shortest = [path for path in paths if _depth(path) == min(map(_depth, paths))]
    if not 0 < len(shortest) <= _MOST:
        return None
    said = tuple(map(_said, shortest))
    return Text(" or ".join(one.en for one in said), "或".join(one.zh for one in said))


def _beside(key: str) -> Text:
    return Text(f"the mapping around it, beside `{key}`", f"外层，与 `{key}` 并列")


def _said(path: Path) -> Text:
    name = ".".join(step for step in path if isinstance(step, str) and step != ANY)
    if not name:
        return Text("the document itself, at the margin", "文件顶层，不缩进")
    if path[-1] in (0, ANY):
        return Text(f"an entry of `{name}`", f" `{name}` 的一项中")
    return Text(f"`{name}`", f" `{name}` 中")
