"""Care for a case along its life: what is due, preparation of releases, contacts after them, alerts."""
