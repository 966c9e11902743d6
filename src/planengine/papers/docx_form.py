"""A paper's HTML as a Word document: A4, the banner and state in the head of every page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from planengine.papers.markup import Element, body_of, one_line

_SONG, _HEI = "SimSun", "SimHei"
_RED = RGBColor(0xB0, 0x00, 0x00)
_SIZES = {"h1": 20, "h2": 13, "h3": 12}
_BLOCKS = {"h1", "h2", "h3", "h4", "p", "ul", "ol", "table", "div"}
_CENTRED = {"banner", "state", "number"}
_RED_CLASSES = {"banner", "state", "mark", "unverified", "late"}
_PAGE_WIDTH = 166.0  # in millimetres, between the margins
_COLUMNS = {
    "no": 9.0,
    "who": 38.0,
    "limit": 32.0,
    "force": 32.0,
    "step-limit": 40.0,
    "part": 32.0,
    "signed": 36.0,
    "signed-at": 54.0,
}
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # the same paper is the same file


def docx(page: str) -> bytes:
    """The Word document of an HTML page."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = _SONG, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _SONG)
    document.core_properties.created = document.core_properties.modified = _UNDATED
    body = body_of(page)
    _sheet(document.sections[0], body, english='<html lang="en">' in page)
    for one in body.elements():
        _block(document, one)
    held = BytesIO()
    document.save(held)
    return _undated(held)


def _undated(held: BytesIO) -> bytes:
    """The same document without the time at which it was packed."""
    packed = BytesIO()
    with ZipFile(held) as read, ZipFile(packed, "w", ZIP_DEFLATED) as written:
        for name in read.namelist():
            written.writestr(ZipInfo(name), read.read(name), ZIP_DEFLATED)
    return packed.getvalue()


def _sheet(section: Any, body: Element, *, english: bool) -> None:  # noqa: ANN401 - python-docx
    """A4, with the banner and the state in the head of every page and its number below."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    banner = _text_of(body, "banner")
    top = section.header.paragraphs[0]
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if banner:
        _styled(top.add_run(banner), 26, _HEI, bold=True, red=True)
    state = _text_of(body, "state")
    if state:
        _styled(top.add_run(f"　{state}" if banner else state), 9, _HEI, red=True)
    bottom = section.footer.paragraphs[0]
    bottom.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between, after = ("page ", " of ", "") if english else ("第", "页　共", "页")
    _styled(bottom.add_run(before), 9, _SONG)
    _field(bottom, "PAGE")
    _styled(bottom.add_run(between), 9, _SONG)
    _field(bottom, "NUMPAGES")
    _styled(bottom.add_run(after), 9, _SONG)


def _text_of(body: Element, name: str) -> str:
    for tag in ("div", "p"):
        for one in body.all(tag):
            if name in one.classes:
                return _tidy(one.text())
    return ""


def _block(document: Any, one: Element) -> None:  # noqa: ANN401
    if "watermark" in one.classes:
        return
    if one.tag == "table":
        _table(document, one)
    elif one.tag in {"ul", "ol"}:
        for item in one.elements():
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent = Pt(18)
            paragraph.paragraph_format.first_line_indent = Pt(-12)
            if "check" not in one.classes:  # its boxes are its bullets
                _styled(paragraph.add_run("· "), 12, _SONG)
            _fill(paragraph, item, 12)
    elif one.tag == "div" and any(child.tag in _BLOCKS for child in one.elements()):
        for child in one.elements():
            _block(document, child)
    elif _tidy(one.text()):
        paragraph = document.add_paragraph()
        size = 30 if "banner" in one.classes else _SIZES.get(one.tag, 12)
        if one.tag == "h1" or one.classes & _CENTRED:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if "date" in one.classes:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_with_next = one.tag in _SIZES
        paragraph.paragraph_format.page_break_before = "annex" in one.classes
        _fill(paragraph, one, size, bold=one.tag in _SIZES)


def _table(document: Any, one: Element) -> None:  # noqa: ANN401
    rows = [list(row.elements()) for row in one.all("tr")]
    if not rows:
        return
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    if "sign" not in one.classes:
        table.style = "Table Grid"
    table.autofit = False
    widths = _widths(max(rows, key=len))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
        for cell, written in zip(row.cells, cells, strict=False):
            _fill(cell.paragraphs[0], written, 10, bold=written.tag == "th")
        _mark(row, "cantSplit")
        if all(cell.tag == "th" for cell in cells):
            _mark(row, "tblHeader")
    document.add_paragraph()


def _widths(cells: list[Element]) -> list[float]:
    """The width of each column in millimetres: by its class, the others share what is left."""
    fixed = [next((_COLUMNS[name] for name in cell.classes & _COLUMNS.keys()), 0) for cell in cells]
    rest = (_PAGE_WIDTH - sum(fixed)) / max(fixed.count(0), 1)
    return [width or rest for width in fixed]


def _fill(paragraph: Any, one: Element, size: float, *, bold: bool = False) -> None:  # noqa: ANN401
    paragraph.paragraph_format.space_after = Pt(2)
    pieces = list(_pieces(one, frozenset(), frozenset()))
    while pieces and not pieces[0][0].strip():
        pieces.pop(0)
    for text, tags, classes in pieces:
        red = bool(classes & _RED_CLASSES)
        strong = bold or red or bool(tags & {"strong", "b"})
        small = "small" in tags
        shown = f"〔{text.strip()}〕" if "mark" in classes else text
        _styled(
            paragraph.add_run(shown),
            size * 0.75 if small else size,
            _HEI if bold or "mark" in classes else _SONG,
            bold=strong,
            red=red,
        )


def _pieces(
    one: Element, tags: frozenset[str], classes: frozenset[str]
) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """The texts of an element, each with the tags and classes around it."""
    tags, classes = tags | {one.tag}, classes | one.classes
    for child in one.children:
        if isinstance(child, Element):
            yield from _pieces(child, tags, classes)
        else:
            text = one_line(child)
            if text.strip(" "):
                yield text, tags, classes


def _tidy(text: str) -> str:
    return one_line(text).strip(" ")


def _styled(run: Any, size: float, font: str, *, bold: bool = False, red: bool = False) -> None:  # noqa: ANN401
    run.font.name, run.font.size, run.font.bold = font, Pt(size), bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001
    if red:
        run.font.color.rgb = _RED


def _field(paragraph: Any, name: str) -> None:  # noqa: ANN401
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)  # noqa: SLF001
    _styled(run, 9, _SONG)


def _mark(row: Any, name: str) -> None:  # noqa: ANN401
    """A row that stands whole on one page, or at the head of every page."""
    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001
