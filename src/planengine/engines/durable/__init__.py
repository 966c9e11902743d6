"""The durable engine: an optional second opinion on every decision, by durable_rules."""

from planengine.engines.durable.adapter import DurableFailure, DurableUnavailable
from planengine.engines.durable.engine import DurableEngine
from planengine.engines.durable.rules import CannotExpress

__all__ = ["CannotExpress", "DurableEngine", "DurableFailure", "DurableUnavailable"]
