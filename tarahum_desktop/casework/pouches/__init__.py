"""Carrying records on a memory stick between machines that share no line: plan, write, read, answer, join."""
