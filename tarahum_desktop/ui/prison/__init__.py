"""The prison desk: arrivals, leaving, requests and courses, without touching the mouse."""
