"""The forms on the screen: every version, what it changed, how it asks, and publishing another from a file."""
