"""One server for all tests of this folder, and one library, as new for each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editor.client import Editor
from tests.editor.library import write_library


@pytest.fixture(scope="session")
def server() -> Iterator[Editor]:
    made = Editor()
    yield made
    made.end()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("library") / "海城"


@pytest.fixture
def library(folder: Path) -> Path:
    return write_library(folder)


@pytest.fixture
def editor(server: Editor) -> Iterator[Editor]:
    yield server
    server.close_all()
