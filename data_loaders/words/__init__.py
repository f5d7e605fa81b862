"""Knows the words of the catalogue: what a heading, a name or an answer means by them."""
