"""The desktop replica: case records kept encrypted on the machine, exchanged when a line allows."""

__version__ = "0.1.0"
