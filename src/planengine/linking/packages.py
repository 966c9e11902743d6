"""Libraries that are included by name, such as `planengine:cn`: folders of installed packages."""

from __future__ import annotations

import re
from pathlib import Path

GROUP = "planengine.libraries"
"""The entry points by which other packages offer libraries: a name, and the package with them."""
_NAME = re.compile(r"([a-z][a-z0-9_-]+):([a-z0-9][a-z0-9_-]*)")
_OWN = "planengine"
_HERE = Path(__file__).parents[1]
_IN_THE_REPOSITORY = {"cn": "rules"}


def is_packaged(name: str) -> bool:
    """Whether a text has the form of such a name; two letters at least tell it from a drive."""
    return _NAME.fullmatch(name) is not None


def package_folder(name: str) -> Path | None:
    """The folder of a library that is included by name; None where nothing offers it.

    `acme:jp` is the folder `jp` of the package that the entry point `acme` names. That package
    is found, not imported.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    giver, library = match.groups()
    folders = (_own_folder(library),) if giver == _OWN else _offered(giver, library)
    return next((folder for folder in folders if folder.is_dir()), None)


def package_names() -> tuple[str, ...]:
    """The names of planengine's own libraries."""
    return tuple(f"{_OWN}:{library}" for library in _IN_THE_REPOSITORY)


def _own_folder(library: str) -> Path:
    """In the installed package; in a checkout, where its source is in `src`, beside that."""
    home = _IN_THE_REPOSITORY.get(library)
    beside = _HERE.parents[1] / (home or "")
    if home is not None and _HERE.parent.name == "src" and beside.is_dir():
        return beside
    return _HERE / "libraries" / library


def _offered(giver: str, library: str) -> tuple[Path, ...]:
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    found: list[Path] = []
    for point in entry_points(group=GROUP, name=giver):
        try:
            spec = find_spec(point.module)
        except (ImportError, ValueError):
            spec = None
        places = spec.submodule_search_locations if spec is not None else None
        found += [Path(place) / library for place in places or ()]
    return tuple(found)
