"""Each screen's ports, tied to casework on one unlocked machine: one file a screen or desk."""
