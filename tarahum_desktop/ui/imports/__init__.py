"""The screen on which an existing register is brought in."""
