"""Reads single cells: numbers, years, times and days as people and tools write them."""
