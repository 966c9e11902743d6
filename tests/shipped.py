"""The shipped library, loaded once, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import planengine

ROOT = Path(__file__).parents[1]
Assess = Callable[..., planengine.Assessment]


@pytest.fixture(scope="session")
def shipped() -> planengine.Library:
    return planengine.load(ROOT)


@pytest.fixture(scope="session")
def engine(shipped: planengine.Library) -> planengine.Engine:
    return shipped.compile()


@pytest.fixture(scope="session")
def both(shipped: planengine.Library) -> planengine.Engine:
    pytest.importorskip("durable_rules_engine")
    return shipped.compile(engine="both")


class Nation:
    """The shipped standards in a country of one city, whose attributes a test chooses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engines: dict[str, planengine.Engine] = {}

    def assess(
        self,
        hazard: str,
        facts: dict[str, Any],
        at: str = "2026-07-01T12:00:00+08:00",
        attributes: str = "{}",
    ) -> planengine.Assessment:
        if attributes not in self._engines:
            self._engines[attributes] = self._compiled(attributes)
        incident = {
            "incident": "test",
            "hazards": [hazard],
            "observations": [{"at": at, "facts": facts}],
        }
        return self._engines[attributes].assess(incident)

    def levels(self, standard: str, *args: Any, **kwargs: Any) -> tuple[str | None, str | None]:
        """(level, could_reach) of one standard."""
        found = self.assess(*args, **kwargs)
        decision = next(d for d in found.decisions if d.standard == standard)
        return decision.level, decision.could_reach

    def level(self, standard: str, *args: Any, **kwargs: Any) -> str | None:
        return self.levels(standard, *args, **kwargs)[0]

    def _compiled(self, attributes: str) -> planengine.Engine:
        folder = self._folder / f"library-{len(self._engines)}"
        folder.mkdir()
        (folder / "planengine.yaml").write_text(
            "library: one-city\nlabel: {en: one city}\ninclude: [planengine:cn, city.yaml]\nhome: somecity\ntime-zone: Asia/Shanghai\n"
        )
        (folder / "city.yaml").write_text(
            "registry: somecity\njurisdictions:\n"
            "  someprovince: {label: {en: Someprovince}, tier: province, in: china}\n"
            "  somecity: {label: {en: Somecity}, tier: city, in: someprovince,"
            f" attributes: {attributes}}}\n"
        )
        return planengine.load(folder).compile()


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Nation:
    return Nation(tmp_path_factory.mktemp("nation"))
