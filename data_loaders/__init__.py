"""Brings workbooks in: opens files, knows their headings, finds what is wrong."""
