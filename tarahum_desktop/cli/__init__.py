"""The same replica without a window."""
