"""How a validator in a model says what is wrong: with a diagnostic code."""

from __future__ import annotations

from functools import partial

from planengine.diagnostics.diagnostic import Diagnostic, Parameter, Span, finding


class Problem(ValueError):  # noqa: N818  # a finding on its way, not a fault of the program
    """Raised in a pydantic validator; becomes the finding of `code` with `params`.

    `at` leads from the validated value to the place to point at, for example ("levels", 2).
    """

    def __init__(
        self, code: str, /, *, at: tuple[str | int, ...] = (), **params: Parameter
    ) -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self._found = partial(finding, related=(), **params)

    def diagnostic(self, span: Span | None) -> Diagnostic:
        """The finding, at a place."""
        return self._found(self.code, span)
