"""Words, numbers and dates as people read them; the rooms below speak in codes."""
