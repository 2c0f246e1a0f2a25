"""Corrections of submitted visits: proposed in the field, decided in the office; what was signed stays as it was signed."""
