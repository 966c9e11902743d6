"""Small libraries for tests: the base library, and it with more documents."""

from functools import cache
from pathlib import Path

from planengine.domain.entities import Entities
from planengine.linking.load import load_library, read_library

BASE = Path(__file__).parents[1] / "fixtures" / "valid" / "base"


@cache
def base() -> Entities:
    return load_library(BASE)


def with_document(folder: Path, text: str):
    """The base library with one more document: its entities and findings."""
    path = folder / "more.yaml"
    path.write_text(text, encoding="utf-8")
    entities, findings, _ = read_library(BASE, extra=[path])
    return entities, findings
