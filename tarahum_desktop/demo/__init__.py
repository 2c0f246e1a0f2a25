"""A small world to try the product in: a centre, an office, a laptop and a prison PC, all with invented data."""
