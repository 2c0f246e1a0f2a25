"""A family's file on one page."""
