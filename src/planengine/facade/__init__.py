"""The public doors: a library of plans, the engine compiled from it, the bare decider."""

from planengine.facade.arguments import BackendName, Moment, moment
from planengine.facade.decider import Decider
from planengine.facade.engine import Engine
from planengine.facade.library import Library, load

__all__ = ["BackendName", "Decider", "Engine", "Library", "Moment", "load", "moment"]
