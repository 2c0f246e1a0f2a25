"""What people do with a family, one use case at a time."""
