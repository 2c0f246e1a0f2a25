"""Keys of main flows, counted through the real widgets."""
