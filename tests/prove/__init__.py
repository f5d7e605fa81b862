"""The long proofs: real data, hostile files, PostgreSQL."""
