"""The same replica without a window: what the desktop does, scripts can do."""
