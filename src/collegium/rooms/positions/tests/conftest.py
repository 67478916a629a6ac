"""The visits these tests make."""

from collegium.web.tests.visits import today, visit

__all__ = ["today", "visit"]
