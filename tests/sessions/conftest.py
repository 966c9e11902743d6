"""The shipped library, for the tests of this folder."""

from tests.shipped import engine, shipped

__all__ = ["engine", "shipped"]
