"""The catalogue on the screen: services, the rules that hold, the versions before, and publishing a new one."""
