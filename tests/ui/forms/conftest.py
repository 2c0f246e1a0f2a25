"""The office of casework's tests under these screens."""

from tests.casework.conftest import furnished, office

__all__ = ("furnished", "office")
