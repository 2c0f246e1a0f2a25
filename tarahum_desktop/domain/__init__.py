"""Pure rules of the field: no database, no clock, no window."""
