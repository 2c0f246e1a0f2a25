"""What people do with a family, one use case at a time: the only room that changes records for a person."""
