"""Corrections of submitted visits: what was signed, what it should say, why, and one decision."""
