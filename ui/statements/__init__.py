"""The parts of the page on which statements are written: the list, the builder, the ways out."""
