"""The parts of the page on which the record is searched."""
