"""What the server tells of files as they are written."""

from pathlib import Path

from tests.editor.client import Editor
from tests.shipped import ROOT

FLOOD = ROOT / "plans/linjiang/special/flood.yaml"


def test_a_misspelt_agency(editor: Editor) -> None:
    editor.open(FLOOD)
    editor.wait_for(FLOOD, [])
    editor.replace(
        FLOOD,
        "propose: flood-office, approve: {post: mayor}",
        "propose: flod-office, approve: {post: mayor}",
    )
    editor.wait(lambda: bool(editor.told(FLOOD)))
    print(editor.told(FLOOD))
