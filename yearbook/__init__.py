"""The heart: answers in, editions out; no screen, no Excel, no network."""
