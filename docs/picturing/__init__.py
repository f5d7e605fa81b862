"""Takes the pictures of the guides and the README anew: `.venv/bin/python -m docs.picturing`."""
