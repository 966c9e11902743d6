"""The shipped library for every test of this folder."""

from tests.shipped import both, engine, nation, shipped

__all__ = ["both", "engine", "nation", "shipped"]
