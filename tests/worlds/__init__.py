"""Whole libraries, worlds and what is told of them, drawn by Hypothesis.

A *world* is everything that is so: one value of every fact at every place and time. The
modules here write a library as YAML files, say what its plans give in a world by a plain
two-valued reading of what was drawn (never of what planengine made of it), and tell part of
that world in observations. Whatever is told truly, an answer must fit the world.
"""
