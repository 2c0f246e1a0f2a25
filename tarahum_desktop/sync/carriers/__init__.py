"""Ways for signed batches to travel; the engine does not know which one it is given."""
