"""Standards and plans: their rules as the oracle reads them, and as YAML has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from tests.worlds.small import LEVELS
from tests.worlds.written import Written

Yaml = dict[str, Any]


class _Dumper(yaml.CSafeDumper):
    """Writes YAML as authors must: what begins like a bracket is quoted."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if text[:1] in "([" else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)


@dataclass(frozen=True)
class Rule:
    """One reason for one rank."""

    rank: int
    when: Written
    verb: str = "must"


@dataclass(frozen=True)
class Row:
    """A row of a graded table: as YAML, and the rules that it means."""

    yaml: Yaml
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Track:
    """A set of levels. `acts` are the clauses that also give a rank, as (rank, `<plan>.<id>`)."""

    scale: str
    id: str | None = None
    rows: tuple[Row, ...] = ()
    levels: tuple[Rule, ...] = ()
    otherwise: bool = False  # the mildest level, when nothing else gives one
    provided: Written | None = None
    per: str | None = None
    mapping: tuple[str, str, tuple[tuple[int, int], ...]] | None = None  # scale, document, pairs
    raise_by: tuple[Written, int] | None = None
    lower: Written | None = None
    end: Written | None = None
    acts: tuple[tuple[int, str], ...] = ()

    @property
    def top(self) -> int:
        return len(LEVELS[self.scale])

    def verb(self, rank: int) -> str:
        return next((rule.verb for rule in self.levels if rule.rank == rank), "must")

    def to_yaml(self) -> Yaml:
        names = LEVELS[self.scale]
        found: Yaml = {}
        if self.per:
            found["per"] = self.per
        if self.provided:
            found["provided"] = self.provided.yaml
        if self.rows:
            found["any"] = [row.yaml for row in self.rows]
        if self.otherwise:
            found["otherwise"] = names[0]
        levels = []
        for rule in self.levels:
            acts = [
                {"judged": {"id": clause.partition(".")[2], "what": "an act", "by": "office"}}
                for rank, clause in self.acts
                if rank == rule.rank
            ]
            when = {"any": [rule.when.yaml, *acts]} if acts else rule.when.yaml
            levels.append({"level": names[rule.rank - 1], "when": when, "verb": rule.verb})
            if self.scale == "response":
                levels[-1]["approve"] = {"post": "chief"}
        if levels:
            found["levels"] = levels
        if self.mapping:
            scale, document, pairs = self.mapping
            theirs = LEVELS[scale]
            found["from"] = {
                "decision": f"{scale}.{document}",
                "map": {theirs[a - 1]: names[b - 1] for a, b in pairs},
            }
        if self.raise_by:
            found["raise-by"] = {"when": self.raise_by[0].yaml, "by": self.raise_by[1]}
        for key, part in (("lower", self.lower), ("end", self.end)):
            if part:
                found[key] = {"when": part.yaml}
        return found


@dataclass(frozen=True)
class Link:
    """`kind` is activate, below, above or cascade; the ranks are ours, and what it gives."""

    kind: str
    target: str = ""
    rank: int | None = None
    gives: int | None = None
    when: Written | None = None

    def to_yaml(self) -> Yaml:
        names = LEVELS["response"]
        found: Yaml = {}
        if self.rank is not None:
            found["from"] = names[self.rank - 1]
        if self.when is not None:
            found["when"] = self.when.yaml
        if self.kind in ("below", "above"):
            found["match"] = self.kind
        else:
            found[self.kind] = self.target
        if self.gives is not None:
            found["level"] = names[self.gives - 1]
        return found


@dataclass(frozen=True)
class Standard:
    id: str
    track: Track
    monotone: bool = False

    def to_yaml(self) -> Yaml:
        return {
            "standard": self.id,
            "label": {"en": f"the {self.id} standard"},
            "scale": self.track.scale,
            "authority": "province",
            "edition": {"number": "1", "in-force": "2020-01-01"},
            "applies": {"hazards": ["flood"]},
            "basis": {"source": "law", "clause": "1"},
            **({"monotone": True} if self.monotone else {}),
            **self.track.to_yaml(),
        }


@dataclass(frozen=True)
class Plan:
    id: str
    tracks: tuple[Track, ...]
    jurisdiction: str = "city"
    hazards: tuple[str, ...] = ("flood",)
    applies_when: Written | None = None
    exclusion: Written | None = None
    warnings: tuple[Rule, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.jurisdiction}/{self.id}"

    def to_yaml(self) -> Yaml:
        applies: Yaml = {"hazards": list(self.hazards)}
        if self.applies_when:
            applies["when"] = self.applies_when.yaml
        if self.exclusion:
            applies["not"] = {"when": self.exclusion.yaml}
        found: Yaml = {
            "plan": self.id,
            "kind": "special",
            "label": {"en": f"the {self.jurisdiction} {self.id} plan"},
            "jurisdiction": self.jurisdiction,
            "edition": {"number": "1", "in-force": "2020-01-01"},
            "basis": {"source": "law", "clause": "1"},
            "applies": applies,
        }
        warnings = [
            {"level": LEVELS["warning"][rule.rank - 1], "when": rule.when.yaml}
            for rule in self.warnings
        ]
        if len(self.tracks) == 1 and self.tracks[0].id is None:
            found.update(self.tracks[0].to_yaml())
            if warnings:
                found["warnings"] = warnings
        else:
            found["tracks"] = {str(track.id): track.to_yaml() for track in self.tracks}
        if self.links:
            found["links"] = [link.to_yaml() for link in self.links]
        return found


@dataclass(frozen=True)
class Drawn:
    """The documents of a library."""

    standards: tuple[Standard, ...] = ()
    plans: tuple[Plan, ...] = ()
    facts: frozenset[str] = field(default=frozenset())

    def reordered(self, order: Sequence[int]) -> Drawn:
        """The same library with its plans, and the files that hold them, in another order."""
        return replace(self, plans=tuple(self.plans[place] for place in order))

    def as_monotone(self) -> Drawn:
        """The same library with its standards declared monotone."""
        return replace(self, standards=tuple(replace(one, monotone=True) for one in self.standards))

    def files(self) -> dict[str, str]:
        """The text of each document, by file name; the names follow the documents' order."""
        documents: Sequence[Standard | Plan] = (*self.standards, *self.plans)
        names = [
            one.id if isinstance(one, Standard) else f"{one.jurisdiction}-{one.id}"
            for one in documents
        ]
        return {
            f"{number}-{name}.yaml": yaml.dump(
                one.to_yaml(), Dumper=_Dumper, allow_unicode=True, sort_keys=False
            )
            for number, (name, one) in enumerate(zip(names, documents, strict=True))
        }

    def __repr__(self) -> str:
        return "\n---\n".join(self.files().values())

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How Hypothesis shows it."""
        printer.text(f"\n{self!r}")
