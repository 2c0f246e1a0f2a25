"""Courses and group activities: members, sessions, attendance and completion."""
