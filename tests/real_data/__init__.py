"""Catalogues for data that nobody here wrote, and the lists that are made of the data itself."""
