"""The kernel: rule sets compiled to Python; the reference engine and the default."""

from planengine.engines.kernel.kernel import Kernel

__all__ = ["Kernel"]
