"""The desktop replica: case records kept encrypted on the machine, exchanged when a line allows."""
