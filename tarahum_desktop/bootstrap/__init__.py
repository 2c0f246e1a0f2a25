"""The only place that builds and wires the desktop's objects."""
