"""Finds the tables in a sheet, and the headings of their columns."""
