"""The office of the plans' use cases, for their screens."""

from tests.casework.conftest import furnished, office
from tests.casework.plans.conftest import plans

__all__ = ["furnished", "office", "plans"]
