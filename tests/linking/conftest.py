"""The shipped library for every test of this folder."""

from tests.shipped import shipped

__all__ = ["shipped"]
