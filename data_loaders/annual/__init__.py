"""Reads the parts of an annual return; `annual_statistics` puts them together."""
