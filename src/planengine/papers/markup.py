"""The HTML that templates make, read as a tree: what Markdown and docx are written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_BLANKS = re.compile(r"[ \t\r\n]+")  # not the full-width space, which is a sign
_VOID = {"meta", "br", "hr", "img", "link", "input", "col"}
_HIDDEN = {"style", "script", "head", "title"}


class Element:
    """An element with its children; a text is a plain `str` among them."""

    def __init__(self, tag: str, classes: frozenset[str] = frozenset()) -> None:
        self.tag = tag
        self.classes = classes
        self.children: list[Element | str] = []

    def elements(self) -> Iterator[Element]:
        """The children that are elements."""
        return (one for one in self.children if isinstance(one, Element))

    def all(self, tag: str) -> Iterator[Element]:
        """Every element of a tag below this one, in order."""
        for one in self.elements():
            if one.tag == tag:
                yield one
            yield from one.all(tag)

    def text(self) -> str:
        """All text in it."""
        return "".join(one if isinstance(one, str) else one.text() for one in self.children)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = frozenset((dict(attrs).get("class") or "").split())
        found = Element(tag, classes)
        self._open[-1].children.append(found)
        if tag not in _VOID:
            self._open.append(found)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, one in enumerate(self._open) if one.tag == tag]
        if places and places[-1] > 0:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        if not any(one.tag in _HIDDEN for one in self._open):
            self._open[-1].children.append(data)


def one_line(text: str) -> str:
    """A text with every run of blanks and breaks as one blank."""
    return _BLANKS.sub(" ", text)


def body_of(page: str) -> Element:
    """The body of an HTML document, without styles and scripts."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return next(reader.root.all("body"), reader.root)
