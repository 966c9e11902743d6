"""Which files a library is made of. Kept apart from reading them, which imports far more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from planengine.linking.packages import is_packaged, package_folder

MANIFEST = "planengine.yaml"
TEST_ENDING = ".test.yaml"
EXERCISE_ENDING = ".exercise.yaml"
PLAYERS_ENDING = ".players.yaml"
_NO_DOCUMENTS = (TEST_ENDING, EXERCISE_ENDING, PLAYERS_ENDING)
"""How the files of tests end: they lie among a library's documents, and are none of them."""


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
    """The files and folders that a manifest includes, as far as it can be read.

    What is wrong with it is for `library.files.Files` to say.
    """
    return _listed(content, "include")


def _listed(content: bytes, key: str) -> tuple[str, ...]:
    """The texts under a key of a manifest."""
    from planengine.reading.nodes import MappingNode, ScalarNode, SequenceNode
    from planengine.reading.yaml import read_document

    node = read_document(content, MANIFEST, [])
    listed = node.get(key) if isinstance(node, MappingNode) else None
    names = listed.items if isinstance(listed, SequenceNode) else (listed,)
    return tuple(name.text for name in names if isinstance(name, ScalarNode))


class Included(NamedTuple):
    """A name in a manifest, and the folder that it is looked up in and may not lead out of."""

    name: str
    within: Path
    is_packaged: bool = False

    @property
    def path(self) -> Path:
        """Where it leads."""
        return self.within / self.name


def included_at(name: str, root: Path) -> Included | None:
    """A file, folder or packaged library that the library at `root` includes.

    None for a packaged library that is not installed. One that is a folder of this library
    itself, as in planengine's own repository, is that folder, and the author's own.
    """
    if not is_packaged(name):
        return Included(name, root)
    folder = package_folder(name)
    if folder is None:
        return None
    own = real_path(folder)
    if own.parent == real_path(root):
        return Included(own.name, root)
    return Included("", folder, is_packaged=True)


def library_files(manifest: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """A library's manifest and every document in what it includes."""
    found = {manifest: None}
    for name in names:
        place = included_at(name, manifest.parent)
        if place and not is_outside(place.name, place.within) and is_there(place.path):
            inside = Inside(place.within)
            found.update(dict.fromkeys(filter(inside.holds, documents_at(place.path))))
    return tuple(found)


def library_tests(manifest: Path, content: bytes) -> tuple[Path, ...]:
    """The files of tests in what a manifest names as `tests`, else in what it includes.

    Those of libraries that others keep are left out.
    """
    return _own_files(manifest, content, TEST_ENDING, other=True)


def library_exercises(manifest: Path, content: bytes) -> tuple[Path, ...]:
    """The files of exercises, and of those who play them, beside the tests of a library."""
    endings = (EXERCISE_ENDING, PLAYERS_ENDING)
    found = (_own_files(manifest, content, ending, other=False) for ending in endings)
    return tuple(path for each in found for path in each)


def _own_files(manifest: Path, content: bytes, ending: str, *, other: bool) -> tuple[Path, ...]:
    """The files with an ending where a library keeps its tests; `other` takes named files too."""
    found: dict[Path, None] = {}
    own = _listed(content, "tests")
    for name in own or included(content):
        place = included_at(name, manifest.parent)
        if place is None or place.is_packaged or is_outside(place.name, place.within):
            continue
        if is_there(place.path):
            found.update(dict.fromkeys(_files_at(place.path, "*" + ending)))
    return tuple(path for path in found if (own and other) or path.name.endswith(ending))


def tests_at(path: Path) -> Iterator[Path]:
    """A file, or the files of tests in a folder."""
    return _files_at(path, "*" + TEST_ENDING)


def is_outside(name: str | Path, root: Path) -> bool:
    """Whether a name in a library leads out of its folder: by `..`, from `/`, or by a link."""
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return True
    return not real_path(root / name).is_relative_to(real_path(root))


class Inside:
    """A library's folder, out of which no link in it may lead."""

    def __init__(self, root: Path) -> None:
        self._root = real_path(root)
        self._folders: dict[Path, bool] = {}

    def holds(self, path: Path) -> bool:
        """Whether what was found in the folder is there and not elsewhere."""
        if path.is_symlink():
            return self._is_below(path)
        folder = path.parent
        if folder not in self._folders:
            self._folders[folder] = self._is_below(folder)
        return self._folders[folder]

    def _is_below(self, path: Path) -> bool:
        return real_path(path).is_relative_to(self._root)


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
    for found in _files_at(path, "*.yaml"):
        if found == path or not found.name.endswith(_NO_DOCUMENTS):
            yield found


def _files_at(path: Path, pattern: str) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for found in sorted(path.rglob(pattern)):
        hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
        if found.name != MANIFEST and not hidden:
            yield found
