"""The parts of the page Vastaanotto: hand over, check, keep, look back, ask for more."""
