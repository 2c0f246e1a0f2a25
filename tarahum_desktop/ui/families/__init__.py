"""Finding a family as one types, and registering a new one."""
