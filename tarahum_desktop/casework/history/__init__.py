"""What happened in a family and who changed what: read only, in pages."""
