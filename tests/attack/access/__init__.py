"""Attacks on who gets in: people with and without accounts, their cookies, what they ask for."""
