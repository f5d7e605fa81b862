"""The parts of the page Avovastaukset."""
