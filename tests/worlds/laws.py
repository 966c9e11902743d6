"""Settings for laws over whole libraries, which cost a tenth of a second an example."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def law(share: float) -> settings:
    """The chosen profile, with a share of its examples."""
    return settings(
        max_examples=max(1, int(settings().max_examples * share)), suppress_health_check=SLOW
    )
