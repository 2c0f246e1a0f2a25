"""A register written back with what is wrong beside each row."""
