"""For those who test a library of their own: strategies, laws, and a plugin for pytest.

Needs the extra `planengine[testing]`. `incidents` and `timelines` are Hypothesis strategies of what
may be told by a library's own facts and places, mostly at and beside the bounds of its rules;
`laws` are what must hold of every answer, and `laws_test` makes a test of them all. With the
extra installed pytest collects `*.test.yaml` files by itself.
"""

from planengine.testing import laws
from planengine.testing.ready import laws_test
from planengine.testing.strategies import incidents, observations, stated, timelines

__all__ = ["incidents", "laws", "laws_test", "observations", "stated", "timelines"]
