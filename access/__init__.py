"""Who gets in: accounts, sessions, roles, and the record of what was done."""

from access.tables import SHORT_LIVED, metadata

__all__ = ["SHORT_LIVED", "metadata"]
