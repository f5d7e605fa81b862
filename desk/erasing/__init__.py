"""The parts of the page on which data are erased for good."""
