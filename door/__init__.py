"""The visitor's door: who may come in, and what meets them."""
