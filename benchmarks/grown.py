"""The shipped library with more plans: copies of its own under other ids."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from shutil import copytree

ROOT = Path(__file__).parents[1]
_PLAN = re.compile(r"(?m)^plan: (\S+)$")
# of a copy there is none above to match, and an empty list is no list:
_ABOVE = re.compile(r"(?m)^.*match: above.*\n")
_EMPTY = re.compile(r"(?m)^ *links:\n(?! *- )")


def write_grown(folder: Path, plans: int) -> Path:
    """A library of so many plans of the home's own."""
    for name in ("plans", "rules", "examples"):
        copytree(ROOT / name, folder / name)
    manifest = (ROOT / "planengine.yaml").read_text(encoding="utf-8")
    (folder / "planengine.yaml").write_text(manifest, encoding="utf-8")
    own = [*sorted((folder / "plans").rglob("*.yaml"))]
    texts = {path: path.read_text(encoding="utf-8") for path in own}
    texts = {path: text for path, text in texts.items() if _PLAN.search(text)}
    missing = plans - len(texts)
    for number in count(1):
        for path, text in texts.items():
            if missing <= 0:
                return folder
            copy = path.with_name(f"{path.stem}-{number}.yaml")
            unlinked = _EMPTY.sub("", _ABOVE.sub("", text))
            renamed = _PLAN.sub(rf"plan: \1-{number}", unlinked)
            copy.write_text(renamed, encoding="utf-8")
            missing -= 1
    return folder
