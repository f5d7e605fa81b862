"""Attacks on what is published, from outside: three yearly editions, their files, every view."""
