"""One server for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.editor.client import Editor

pytest.importorskip("pygls")


@pytest.fixture(scope="session")
def editor() -> Iterator[Editor]:
    made = Editor()
    yield made
    made.end()
