"""A diagnostic: one finding about something a user wrote, as a value."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter
from typing import NamedTuple, TypeAlias
from unicodedata import category

from msgspec import Struct, field

from planengine.diagnostics.code import Code, Language, Severity, Text
from planengine.diagnostics.errors import PlanengineError

_JOINER = "\u200d"  # joins emoji to one
Parameter: TypeAlias = str | int | Text | tuple[str | Text, ...] | None
"""A value put into a message; a tuple is shown as a list with commas."""


class Span(NamedTuple):
    """A place in a file. Lines and columns count characters from 1; the end is exclusive.

    In what a program gave as data, `path` leads to it: `observations[0].facts.deaths`.
    A named tuple, for every scalar of every file has one.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    path: str = ""

    def __str__(self) -> str:
        place = self.path or f"{self.file}:{self.line}:{self.column}"
        return place if place.isprintable() else shown(place)


def shown(text: str) -> str:
    """A text as it may be shown: no character in it can break the lines, or colour them."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or _is_shown(c) else "\ufffd" for c in text)


def _is_shown(character: str) -> bool:
    """Whether what Python does not call printable is a space or joins emoji to one."""
    return character == _JOINER or category(character) == "Zs"


Related: TypeAlias = tuple[Text | str, Span]
"""Another place that helps to understand a finding, with what is to be seen there."""


class Edit(Struct, frozen=True):
    """Put `new` for `old`, which stands once within the place, or begins there."""

    span: Span
    old: str
    new: str


class Fix(Struct, frozen=True):
    """The edits that mend a finding together, and whether they are sure."""

    edits: tuple[Edit, ...]
    sure: bool = False


class Diagnostic(Struct, frozen=True):
    """One finding: a stable code, its parameters, and where; the words come from the code."""

    code: str
    span: Span | None = None
    params: tuple[tuple[str, Parameter], ...] = field(default=())
    related: tuple[Related, ...] = field(default=())
    known_fix: Fix | None = None  # where it takes more to know than its code and parameters

    @property
    def fix(self) -> Fix | None:
        """What would mend it, as edits of the text, where that is known."""
        from planengine.diagnostics.fixes import fix_of

        return self.known_fix or fix_of(self)

    @property
    def severity(self) -> Severity:
        """How bad it is: as the code says."""
        return declared(self.code).severity

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.message_in("en")

    @property
    def hint(self) -> str | None:
        """What to write instead, in English, where the code has a hint for these parameters."""
        return self.hint_in("en")

    def message_in(self, language: Language) -> str:
        """What is wrong, in one language."""
        return _fill(declared(self.code).message, dict(self.params), language)

    def hint_in(self, language: Language) -> str | None:
        """What to write instead, in one language, or None."""
        code = declared(self.code)
        hint, params = code.hint, dict(self.params)
        if hint is None or any(params.get(name) is None for name in parameter_names(hint)):
            return code.otherwise.in_language(language) if code.otherwise else None
        return _fill(hint, params, language)

    def __str__(self) -> str:
        place = f"{self.span} " if self.span else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.severity}[{self.code}] {self.message}{hint}"


class PlanError(PlanengineError):
    """What the user wrote cannot be used; holds every diagnostic, the errors first."""

    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        rank = {"error": 0, "warning": 1, "advice": 2}
        self.diagnostics = tuple(sorted(diagnostics, key=lambda d: rank[d.severity]))
        super().__init__("\n".join(str(d) for d in self.diagnostics))

    def __reduce__(self) -> tuple[type[PlanError], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


def finding(
    code: str,
    span: Span | None,
    /,
    *,
    related: Iterable[Related] = (),
    fix: Fix | None = None,
    **params: Parameter,
) -> Diagnostic:
    """A diagnostic of a declared code at a place.

    The parameters fill the code's message (all required) and hint (optional, None leaves the
    hint out). Raises KeyError for an undeclared code and TypeError for parameters that do not
    fit it: mistakes of the caller, never of the user.
    """
    required, optional = parameters_of(declared(code))
    missing = required - {name for name, value in params.items() if value is not None}
    surplus = params.keys() - required - optional
    if missing or surplus:
        raise TypeError(f"{code}: missing {sorted(missing)}, not known {sorted(surplus)}")
    return Diagnostic(code, span, tuple(params.items()), tuple(related), fix)


def declared(code: str) -> Code:
    """A code's declaration; raises KeyError where there is none.

    The declarations, with all their words, are imported when the first is asked for, those of
    other packages when a code is none of ours.
    """
    from planengine.diagnostics.codes import CODES

    if code in CODES:
        return CODES[code]
    from planengine.diagnostics.offered import offered_codes

    return offered_codes()[code]


def parameters_of(code: Code) -> tuple[frozenset[str], frozenset[str]]:
    """The parameters a code's message needs, and those only its hint takes."""
    required = parameter_names(code.message)
    return required, (parameter_names(code.hint) if code.hint else frozenset()) - required


def parameter_names(template: Text) -> frozenset[str]:
    """The names in braces in a template."""
    return frozenset(
        name
        for words in (template.en, template.zh)
        for _, name, _, _ in Formatter().parse(words)
        if name
    )


def _fill(template: Text, params: dict[str, Parameter], language: Language) -> str:
    shown = {name: _show(value, language) for name, value in params.items()}
    return template.in_language(language).format_map(shown)


def _show(value: Parameter, language: Language) -> str:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, tuple):
        return ("、" if language == "zh" else ", ").join(_show(part, language) for part in value)
    text = str(value)
    return text if text.isprintable() else shown(text.replace("\n", " "))
