"""An incident as it goes on: one statement after the other, and what follows from each."""
