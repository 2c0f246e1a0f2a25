"""Reusable, keyboard-complete widgets; each is built with a ``Kit`` and knows no screen."""
