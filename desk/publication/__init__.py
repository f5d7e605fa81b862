"""The parts of the page Julkaisu: preview, publish, roll back."""
