"""Searches that people named for themselves, kept on their machine."""
