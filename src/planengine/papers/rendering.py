"""Papers from templates: one template for each kind, which a city may replace.

A template is Jinja that makes HTML; it sees one name, `paper`, and runs in a sandbox. Markdown
and docx are made of the same HTML, so that a replaced template changes all three.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateError
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planengine.diagnostics import Text
from planengine.papers.parts import Paper

Form: TypeAlias = Literal["html", "md", "docx"]


class UnusableTemplateError(Exception):
    """A template that cannot be used: where, and why, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Templates:
    """The shipped templates, those in `folder` before them by the same names."""

    def __init__(self, folder: Path | None = None) -> None:
        shipped = PackageLoader("planengine.papers", "templates")
        loaders = [FileSystemLoader(folder), shipped] if folder is not None else [shipped]
        self._environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def html(self, paper: Paper) -> str:
        """A paper as an HTML document; raises `UnusableTemplateError`."""
        name = f"{paper.head.kind}.html.j2"
        try:
            return self._environment.get_template(name).render(paper=paper) + "\n"
        except TemplateSyntaxError as error:
            where = f"{error.filename or error.name or name}:{error.lineno}"
            raise UnusableTemplateError(_fault(where, error.message or str(error))) from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise UnusableTemplateError(_fault(_place(error, name), str(error))) from error

    def rendered(self, paper: Paper, form: Form) -> bytes:
        """A paper as the content of a file; raises `UnusableTemplateError`."""
        return _FORMS[form](self.html(paper))


def _place(error: BaseException, name: str) -> str:
    """The innermost line of a template that an error passed through."""
    found = name
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            found = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _fault(where: str, message: str) -> Text:
    return Text(
        f"{where}: the template cannot be used: {message}", f"{where}：模板不可用：{message}"
    )


def _html(page: str) -> bytes:
    return page.encode()


def _markdown(page: str) -> bytes:
    from planengine.papers.markdown import markdown

    return markdown(page).encode()


def _docx(page: str) -> bytes:
    from planengine.papers.docx_form import docx

    return docx(page)


_FORMS: dict[Form, Callable[[str], bytes]] = {"html": _html, "md": _markdown, "docx": _docx}
