"""The central server: one more replica, reached over HTTPS."""
