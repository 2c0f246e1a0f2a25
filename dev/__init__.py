"""What developers run: setting up, testing, checking, measuring, building. Nothing here ships with the product."""
