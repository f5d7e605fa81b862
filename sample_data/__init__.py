"""Invents the members' returns and the graduates' answers, to show the dashboard at work."""
