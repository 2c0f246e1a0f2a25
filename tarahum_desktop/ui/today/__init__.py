"""Today: where the day starts, with what waits for this person and no search."""
