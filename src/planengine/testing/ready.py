"""The laws as a test that pytest runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from planengine.facade import Engine
from planengine.testing.laws import ALL
from planengine.testing.strategies import incidents

_EXAMPLES = 20


def laws_test(
    engine: Engine, *, hazards: Iterable[str] | None = None, examples: int = _EXAMPLES
) -> Callable[..., None]:
    """What to assign to a name that pytest collects: every law over drawn incidents of a library.

    `hazards` are those of the incidents (default: all that something is for), `examples` how
    many incidents each law is shown.
    """

    @pytest.mark.parametrize("law", ALL, ids=[law.__name__ for law in ALL])
    @settings(max_examples=examples, deadline=None, suppress_health_check=[*HealthCheck])
    @given(incident=incidents(engine, hazards=hazards))
    def test_laws(law: Callable[[Engine, dict[str, Any]], None], incident: dict[str, Any]) -> None:
        law(engine, incident)

    found: Callable[..., None] = test_laws
    return found
