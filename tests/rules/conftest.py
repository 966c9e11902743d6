"""The shipped library for every test of this folder."""

from tests.shipped import engine, shipped

__all__ = ["engine", "shipped"]
