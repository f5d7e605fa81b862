"""Reads frames and old results that exist only as tables."""
