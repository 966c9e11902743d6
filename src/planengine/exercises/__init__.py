"""Exercises: a script on a virtual clock, what the plans expect of it, and how it was played."""
