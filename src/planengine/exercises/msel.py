"""The events of an exercise as a table (a MSEL): for spreadsheets, and back into a file.

What a column cannot hold in plain words (facts, branches) is written as YAML in one cell.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from msgspec import Struct

from planengine.assessment.words import Words
from planengine.diagnostics import Language
from planengine.domain.entities import Entities
from planengine.exercises.as_written import as_written
from planengine.exercises.phrases import thing
from planengine.exercises.report import Report
from planengine.exercises.script import Exercise, Inject
from planengine.exercises.virtual import virtual
from planengine.values.times import format_time, parse_time
from planengine.witnesses.scene import Plain, flow

COLUMNS = (
    "number", "id", "time", "channel", "from", "to", "description", "description-zh", "tells",
    "when", "unless", "expected", "objective",
)  # fmt: skip
HEADINGS = {
    "number": ("序号", "Event number"), "id": ("编号", "Event id"), "time": ("时刻", "Event time"),
    "channel": ("方式", "Delivery method"), "from": ("发出", "From"), "to": ("接收", "To"),
    "description": ("内容（英文）", "Event description"),
    "description-zh": ("内容", "Event description (Chinese)"),
    "tells": ("写入的事实", "Facts told"), "when": ("仅当", "Only when"),
    "unless": ("除非", "Unless"),
    "expected": ("预期行动", "Expected player action"), "objective": ("目标", "Objective"),
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t")
_OF_THE_TABLE = frozenset({"id", "at", "received", "source"})


class TableError(Exception):
    """A table that cannot be read: in which row (from 1, below the headings) and why."""

    def __init__(self, row: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.row, self.zh, self.en = row, zh, en


class Table(Struct, frozen=True):
    """Headings, and rows of cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def msel(exercise: Exercise, report: Report, entities: Entities, language: Language) -> Table:
    """The table of an exercise; `report` is of the exercise as nobody plays it.

    Beside each inject stands what the plans newly expect at that time.
    """
    zh = language == "zh"
    words = Words(entities, language)
    rows = tuple(
        tuple(_safe(cell) for cell in _row(number, one, exercise, report, words))
        for number, one in enumerate(exercise.injects, 1)
    )
    return Table(tuple(HEADINGS[name][not zh] for name in COLUMNS), rows)


def _row(
    number: int, one: Inject, exercise: Exercise, report: Report, words: Words
) -> Iterator[str]:
    text = dict(one.text.texts)
    begun = [item for item in report.expected if int(item.since.timestamp()) == one.at]
    newest = max(
        (other.at for other in exercise.injects if other.at <= one.at), default=exercise.start
    )
    is_first = next(other.id for other in exercise.injects if other.at == newest) == one.id
    ids = {item.id for item in begun}
    shown = [goal.id for goal in report.objectives if ids & {*goal.evidence}]
    yield str(number)
    yield one.id
    yield virtual(one.at, exercise.start)
    yield one.channel or ""
    yield one.sender or ""
    yield ", ".join(one.to)
    yield text.get("en", "")
    yield text.get("zh", "")
    yield flow(_tells(one)) if one.record is not None else ""
    yield _cell(one.written.get("when"))
    yield _cell(one.written.get("unless"))
    yield "; ".join(thing(item, words) for item in begun) if is_first else ""
    yield ", ".join(shown) if is_first else ""


def _cell(written: Any) -> str:  # noqa: ANN401 - plain data
    return "" if written is None else flow(as_written(written))


def _tells(one: Inject) -> Plain:
    """The observation in a cell: all that has no column of its own."""
    record = dict(one.record or {})
    stated = record.get("at")
    kept = {key: value for key, value in record.items() if key not in _OF_THE_TABLE}
    if stated != record.get("received"):
        kept = {"stated": stated, **kept}
    return as_written(kept)


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


# Files


def as_csv(table: Table) -> bytes:
    """The table as CSV, with the mark by which spreadsheets know UTF-8."""
    text = StringIO(newline="")
    csv.writer(text).writerows([table.headings, *table.rows])
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(table: Table) -> bytes:
    """The table as a workbook; needs the extra `planengine[exercises]`."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "MSEL"
    for row in (table.headings, *table.rows):
        sheet.append([*row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s"
    sheet.freeze_panes = "A2"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def read_csv(content: bytes) -> Table:
    """A table from CSV in UTF-8; raises `TableError`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(0, "文件不是 UTF-8 编码", "the file is not in UTF-8") from None
    rows = [tuple(row) for row in csv.reader(StringIO(text, newline="")) if any(row)]
    return _table(rows)


def read_xlsx(content: bytes) -> Table:
    """A table from the first sheet of a workbook; raises `TableError`."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise TableError(0, "文件不是 xlsx 工作簿", "the file is no xlsx workbook") from None
    sheet = book.worksheets[0]
    rows = [
        tuple("" if cell is None else str(cell) for cell in row)
        for row in sheet.iter_rows(values_only=True)
    ]
    return _table([row for row in rows if any(row)])


def _table(rows: Sequence[tuple[str, ...]]) -> Table:
    if not rows:
        raise TableError(0, "表中没有内容", "the table is empty")
    known = {text: name for name, words in HEADINGS.items() for text in (name, *words)}
    headings = tuple(known.get(text.strip(), "") for text in rows[0])
    if "time" not in headings:
        raise TableError(0, "表头中没有“时刻”一列", "no heading says `Event time`")
    return Table(headings, tuple(rows[1:]))


def exercise_text(
    table: Table,
    *,
    name: str,
    hazards: Iterable[str],
    start: int,
    zone: str,
    is_known: Callable[[str], bool],
) -> str:
    """The text of an exercise file with the events of a table as its injects.

    `is_known` says whether a library knows a sender. Raises `TableError`.
    """
    lines = [
        f"exercise: {flow(name)}",
        f"hazards: {flow([*hazards])}",
        f"start: {format_time(start, zone)}",
        "injects:",
    ]
    for number, row in enumerate(table.rows, 1):
        cells = {
            name: cell.removeprefix("'").strip() if cell.startswith("'") else cell.strip()
            for name, cell in zip(table.headings, row, strict=False)
            if name
        }
        sender: Plain = cells.get("from", "")
        if sender and not is_known(str(sender)):
            sender = {"other": sender}
        lines.append(f"  - {_inject(cells, sender, number, start, zone)}")
    return "\n".join(lines) + "\n"


def _inject(cells: Mapping[str, str], sender: Plain, number: int, start: int, zone: str) -> str:
    time = cells.get("time", "")
    at = parse_time(time, zone)
    if not time:
        raise TableError(number, "没有时刻", "there is no time")
    made: dict[str, Plain] = {"id": cells.get("id") or f"i{number}"}
    made["at"] = virtual(at, start) if at is not None and at >= start else time
    if cells.get("channel"):
        made["channel"] = cells["channel"]
    if sender:
        made["from"] = sender
    if cells.get("to"):
        made["to"] = [one.strip() for one in cells["to"].split(",") if one.strip()]
    text = {"zh": cells.get("description-zh", ""), "en": cells.get("description", "")}
    if any(text.values()):
        made["text"] = {language: said for language, said in text.items() if said}
    written = flow(made)[:-1]
    for key in ("when", "unless"):
        if cells.get(key):
            written += f", {key}: {_yaml(cells[key], number)}"
    if cells.get("tells"):
        written += f", {_yaml(cells['tells'], number)[1:-1]}"
    return written + "}"


def _yaml(text: str, row: int) -> str:
    """What stands in a cell, on one line; it is read with all else when the exercise is."""
    line = " ".join(text.split())
    if not (line.startswith("{") and line.endswith("}")):
        raise TableError(row, f"“{line}”不是 {{键: 值}}", f"`{line}` is not {{key: value}}")
    return line
