"""A paper's HTML as Markdown; what people wrote in labels is text there, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planengine.papers.markup import Element, body_of, one_line

_BLOCKS = {"h1", "h2", "h3", "h4", "p", "ul", "ol", "table", "div"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&])")
_STRONG = {"mark", "unverified", "late", "banner", "state"}


def markdown(page: str) -> str:
    """The Markdown of an HTML document."""
    return "\n\n".join(filter(None, _blocks(body_of(page)))) + "\n"


def _blocks(parent: Element) -> Iterator[str]:
    loose: list[Element | str] = []
    for one in parent.children:
        if isinstance(one, Element) and one.tag in _BLOCKS:
            yield _line(loose)
            loose = []
            yield from _block(one)
        else:
            loose.append(one)
    yield _line(loose)


def _block(one: Element) -> Iterator[str]:
    if "watermark" in one.classes:
        return
    if one.tag in {"h1", "h2", "h3", "h4"}:
        yield f"{'#' * int(one.tag[1])} {_line(one.children)}"
    elif one.tag in {"ul", "ol"}:
        yield "\n".join(f"- {_line(item.children)}" for item in one.elements() if item.tag == "li")
    elif one.tag == "table":
        yield _table(one)
    elif one.tag == "div" and any(child.tag in _BLOCKS for child in one.elements()):
        yield from _blocks(one)
    else:
        text = _line(one.children)
        yield f"**{text}**" if text and one.classes & _STRONG else text


def _table(one: Element) -> str:
    rows = [[_line(cell.children) for cell in row.elements()] for row in one.all("tr")]
    if not rows:
        return ""
    width = max(map(len, rows))
    headed = any(cell.tag == "th" for row in one.all("tr") for cell in row.elements())
    head = rows.pop(0) if headed else [""] * width
    lines = [head, ["---"] * width, *rows]
    return "\n".join(f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in lines)


def _line(children: list[Element | str]) -> str:
    return one_line("".join(map(_inline, children))).strip(" ")


def _inline(one: Element | str) -> str:
    if isinstance(one, str):
        return _SPECIAL.sub(r"\\\1", one)
    text = "".join(map(_inline, one.children))
    if one.tag == "br":
        return " "
    if one.tag == "small":
        return f"<small>{text}</small>"
    if "mark" in one.classes and text.strip():
        return f"**〔{text.strip()}〕**"
    if (one.tag in {"strong", "b"} or one.classes & _STRONG) and text.strip():
        return f"**{text.strip()}**"
    return text
