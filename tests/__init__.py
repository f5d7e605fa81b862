"""Facts that must hold, a file for each room."""
