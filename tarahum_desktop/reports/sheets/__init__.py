"""Sheets from outside, read as plain text after everything dangerous about them was refused."""
