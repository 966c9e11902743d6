"""Journals on disk: what was told of an incident, append-only and chained by digests."""

from planengine.journal.entries import Broken, Entry, first_broken
from planengine.journal.journal import Journal, Writer

__all__ = ["Broken", "Entry", "Journal", "Writer", "first_broken"]
