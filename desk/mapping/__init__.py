"""The parts of the page Kytkentä: what a file's columns are, decided once and kept."""
