"""Which files a library is made of. Kept apart from reading them, which imports far more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

MANIFEST = "planengine.yaml"


def manifest_of(path: Path) -> Path | None:
    """The manifest of a library given as its folder, its manifest, or any file of it.

    For another file it is the nearest planengine.yaml in its folder or above.
    """
    try:
        if path.is_dir():
            own = path / MANIFEST
            return own if own.is_file() else None
        if path.name == MANIFEST:
            return path if path.is_file() else None
        above = (folder / MANIFEST for folder in (*path.parents, *real_path(path).parents))
        return next((manifest for manifest in above if manifest.is_file()), None)
    except (OSError, ValueError):  # a name that no file can have
        return None


def included(content: bytes) -> tuple[str, ...]:
    """The files and folders that a manifest names, as far as it can be read.

    What is wrong with it is for `library.files.Files` to say.
    """
    from planengine.reading.nodes import MappingNode, ScalarNode, SequenceNode
    from planengine.reading.yaml import read_document

    node = read_document(content, MANIFEST, [])
    include = node.get("include") if isinstance(node, MappingNode) else None
    names = include.items if isinstance(include, SequenceNode) else (include,)
    return tuple(name.text for name in names if isinstance(name, ScalarNode))


def library_files(manifest: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """A library's manifest and every document in the files and folders that it names."""
    root = manifest.parent
    usable = (name for name in names if not is_outside(name, root) and is_there(root / name))
    found = (path for name in usable for path in documents_at(root / name))
    inside = (path for path in found if not is_outside(path.relative_to(root), root))
    return tuple(dict.fromkeys((manifest, *inside)))


def is_outside(name: str | Path, root: Path) -> bool:
    """Whether a name in a library leads out of its folder: by `..`, from `/`, or by a link."""
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return True
    return not real_path(root / name).is_relative_to(real_path(root))


def real_path(path: Path) -> Path:
    """Where a path leads; itself where that is nowhere: a loop of links, an impossible name."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def is_there(path: Path) -> bool:
    """Whether there is a file or folder at a path that any can have."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def documents_at(path: Path) -> Iterator[Path]:
    """A file, or the documents of a folder."""
    if not path.is_dir():
        yield path
        return
    for found in sorted(path.rglob("*.yaml")):
        hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
        if found.name != MANIFEST and not hidden:
            yield found
