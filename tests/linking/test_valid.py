"""Every library under fixtures/valid loads without a finding."""

from pathlib import Path

import pytest

from planengine.linking.load import load_library, read_library

LIBRARIES = sorted(
    path.parent
    for path in (Path(__file__).parents[1] / "fixtures" / "valid").rglob("planengine.yaml")
)


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.name)
def test_valid_library(path):
    _, findings, texts = read_library(path)
    assert findings == []
    assert len(texts) == len(list(path.rglob("*.yaml")))
    assert load_library(path) == load_library(path / "planengine.yaml")
