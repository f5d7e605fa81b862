"""The director's work without a screen: receive, publish, roll back, withdraw."""
