"""Who gets in: accounts, sessions, roles, and the record of what was done."""
