"""Sync centre: what is kept here, what the centre confirmed, what is missing, and one button to exchange."""
