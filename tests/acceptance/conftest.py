"""The shipped library and a small one for every test of this folder."""

from tests.assessment.conftest import small
from tests.shipped import both, engine, nation, shipped

__all__ = ["both", "engine", "nation", "shipped", "small"]
