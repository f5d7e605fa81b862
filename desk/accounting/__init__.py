"""The parts of the page on which accounts are made, changed and blocked."""
