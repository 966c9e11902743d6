"""Bodies by names that they no longer have.

Chinese has no blanks: an old name may be a part of a present one (防汛办 of 防汛办公室). So at each
place the longest name counts that anything is known to have or to have had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from planengine.checks.checked import Checked
from planengine.checks.required import bases_shown
from planengine.checks.words import texts_of
from planengine.diagnostics import Diagnostic, Span, finding
from planengine.domain.requirements import FormerName
from planengine.values.times import format_time

_NAMED = ("agency", "post", "object", "jurisdiction", "source")
_TIERS = ("市", "县", "区", "省", "州", "旗")
_IN_BRACKETS = re.compile("(.*)（(.*)）")


def former_names(checked: Checked) -> Iterator[Diagnostic]:
    """`former-name`: a body called as it was before a reform, in a text or in the registry."""
    if not checked.entities.former_names:
        return
    names = _Names(checked)
    for plan in checked.plans:
        at, told = checked.beginning(plan), set[tuple[str, Span | None]]()
        longer = names.longer(at)
        for said in texts_of(plan):
            for name in names.found(said.text, longer):
                if names.former[name].until <= at and (name, said.span) not in told:
                    told.add((name, said.span))
                    yield _told(name, said.span, names.former[name], checked)
    for agency in checked.entities.agencies.values():
        label, until = agency.label.text("zh"), agency.period.until
        own = names.at_end(label)
        if own is not None and (until is None or until > names.former[own].until):
            yield _told(own, agency.span, names.former[own], checked)


def _told(name: str, span: Span | None, one: FormerName, checked: Checked) -> Diagnostic:
    date = format_time(one.until, checked.entities.time_zone)[:10]
    basis = bases_shown(one.basis, checked)
    return finding("former-name", span, name=name, now=one.now, date=date, basis=basis)


class _Names(Struct, frozen=True, dict=True):
    """The former names, and the longer names that have one of them as a part."""

    checked: Checked

    @cached_property
    def former(self) -> Mapping[str, FormerName]:
        known = self.checked.entities.former_names
        return {name: one for one in known for name in one.names}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.former, key=len, reverse=True)
        return re.compile("|".join(map(_whole, longest_first)))

    def found(self, text: str, longer: Mapping[str, bool]) -> Iterator[str]:
        """The former names in a text, those apart that are a part of a present name."""
        for match in self._pattern.finditer(text):
            around = [
                (len(name), is_present)
                for name, is_present in longer.items()
                if _covers(name, text, *match.span())
            ]
            if not around or not max(around)[1]:
                yield match[0]

    def at_end(self, label: str) -> str | None:
        """The former name that a body's name is, apart from the place before it."""
        for name in self.found(label, self._now):
            if label.endswith(name):
                return name
        return None

    def longer(self, at: int) -> Mapping[str, bool]:
        """Each name that has a former one as a part, and whether it is in use at a time."""
        found = dict(self._now)
        for name, ids in self._bodies.items():
            bodies = (self.checked.entities.agencies.get(one) for one in ids)
            ended = all(body is not None and not body.period.contains(at) for body in bodies)
            found[name] = found.get(name, False) or not ended
        return found

    @cached_property
    def _now(self) -> Mapping[str, bool]:
        """What bodies are called since: 应急管理局（部） is two names."""
        names = (name for one in self.former.values() for name in _spelt_out(one.now))
        return {name: True for name in names if self._is_longer(name)}

    @cached_property
    def _bodies(self) -> Mapping[str, tuple[str, ...]]:
        """The names in the registry, also without the place that they begin with."""
        spellings = self.checked.entities.spellings
        found: dict[str, tuple[str, ...]] = {}
        for name, ids in ((n, i) for kind in _NAMED for n, i in spellings.get(kind, {}).items()):
            if self._is_longer(name) and self.at_end(name) is None:
                for one in (name, *self._without_place(name)):
                    if self._is_longer(one):
                        found[one] = (*found.get(one, ()), *ids)
            elif self._is_longer(name):
                found.setdefault(name, ())  # a former name itself, with its place
        return found

    def _is_longer(self, name: str) -> bool:
        match = self._pattern.search(name)
        return match is not None and name not in self.former

    def _without_place(self, name: str) -> Iterator[str]:
        for place in (*self._places, *_TIERS):
            if name.startswith(place):
                yield name.removeprefix(place)

    @cached_property
    def _places(self) -> tuple[str, ...]:
        areas = self.checked.entities.jurisdictions.values()
        return tuple(text for area in areas for _, text in area.label.texts)


def _whole(name: str) -> str:
    """A pattern for a name: one in letters that have blanks between words only as whole words."""
    first = r"(?<![A-Za-z])" if name[:1].isascii() else ""
    last = r"(?![A-Za-z])" if name[-1:].isascii() else ""
    return first + re.escape(name) + last


def _covers(name: str, text: str, start: int, end: int) -> bool:
    """Whether a name stands in a text around a part of it."""
    at = text.find(name, max(0, end - len(name)))
    return 0 <= at <= start and at + len(name) >= end


def _spelt_out(now: str) -> Iterable[str]:
    match = _IN_BRACKETS.fullmatch(now)
    if match is None:
        return (now,)
    whole, others = match[1], match[2].split("、")
    return (whole, *(whole[:-1] + other for other in others))
