"""The slip a family keeps of a visit: a number to ask by, and nothing that harms them when it is lost."""
