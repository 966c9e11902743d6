"""Who stated something: somebody of the library, or anybody else in the author's words."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cached_property

from planengine.diagnostics import Diagnostic, finding
from planengine.domain.names import Names, normal_spelling
from planengine.reading.validate import Name

PEOPLE = ("body", "role", "place")
KINDS = (*PEOPLE, "source")
MOST_GUESSES = 100  # of one incident: a feed may name many whom the library does not know
LONGEST = 200  # characters of a text that may be a misspelt name
NEAR = 0.75  # as close as this to the name of somebody a text is probably misspelt


class Observers:
    """Reads the `source` of observations; each text is looked up once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._found: dict[str, tuple[str, str | None]] = {}
        self._guesses = 0

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
        self._guesses += 1
        if self._guesses > MOST_GUESSES or len(text) > LONGEST:
            return text, None
        near = get_close_matches(normal_spelling(text), self._known, n=1, cutoff=NEAR)
        return text, self._known[near[0]] if near else None

    @cached_property
    def _known(self) -> dict[str, str]:
        return {
            normal_spelling(spelling): spelling
            for kind in PEOPLE
            for spelling in self._names.spellings.get(kind, ())
        }
