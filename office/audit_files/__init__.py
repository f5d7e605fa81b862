"""Writes what an audience can see, with the true counts behind it, for an independent audit."""

from office.audit_files.writing import Written, write, write_editions

__all__ = ["Written", "write", "write_editions"]
