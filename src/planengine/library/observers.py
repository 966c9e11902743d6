"""Who stated something: somebody of the library, or anybody else in the author's words."""

from __future__ import annotations

from difflib import get_close_matches

from planengine.diagnostics import Diagnostic, finding
from planengine.library.names import Names, normal_spelling
from planengine.reading.validate import Name

PEOPLE = ("body", "role", "place")
KINDS = (*PEOPLE, "source")
NEAR = 0.75  # as close as this to the name of somebody a text is probably misspelt


class Observers:
    """Reads the `source` of observations; each text is looked up once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._found: dict[str, tuple[str, str | None]] = {}

    def read(self, name: Name) -> str:
        """The id of the body, post, role, place or source that is named, else the text itself."""
        return self._look_up(str(name))[0]

    def check(self, name: Name, findings: list[Diagnostic]) -> None:
        """Warns of a text that is no name of the library, but nearly one."""
        nearest = self._look_up(str(name))[1]
        if nearest is not None:
            findings.append(finding("unknown-observer", name.span, name=str(name), nearest=nearest))

    def _look_up(self, text: str) -> tuple[str, str | None]:
        """The observer, and the name that was probably meant where it is none."""
        if text not in self._found:
            self._found[text] = self._read(text)
        return self._found[text]

    def _read(self, text: str) -> tuple[str, str | None]:
        for kind in KINDS:
            found = self._names.find(kind, text)
            if found:
                return found[0] if len(found) == 1 else text, None
        known = {
            normal_spelling(spelling): spelling
            for kind in PEOPLE
            for spelling in self._names.spellings.get(kind, ())
        }
        near = get_close_matches(normal_spelling(text), known, n=1, cutoff=NEAR)
        return text, known[near[0]] if near else None
