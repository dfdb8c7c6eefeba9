"""Runs references, answers and keys in sandboxes and says what they prove."""
