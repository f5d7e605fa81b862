"""How much a file may hold before we stop reading it."""

FILE_MEGABYTES = 25
FILE_BYTES = FILE_MEGABYTES * 1024 * 1024
UNPACKED_MEGABYTES = 200
UNPACKED_BYTES = UNPACKED_MEGABYTES * 1024 * 1024
RATIO = 100
RATIO_APPLIES_FROM_BYTES = 10 * 1024 * 1024
"""A small sheet of zeros packs a hundredfold in all innocence; below this size it does no harm."""
ENTRIES = 2_000
CELLS = 5_000_000
ELEMENTS = 16_000_000
"""Elements of XML in one part: three for each cell, and some."""
ROWS = 1_048_576
COLUMNS = 16_384
LISTED_CELLS = 10_000
"""How many cells of one kind (formulas without a value) are listed; nobody mends more by hand."""
