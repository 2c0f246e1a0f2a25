"""What the catalogue asks of the program."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from tarahum_desktop.casework.plans.publish import Catalogue, NewRules


@dataclass(frozen=True)
class CataloguePorts:
    """Both may raise a TarahumError and run on the worker."""

    load: Callable[[], Catalogue]
    publish: Callable[[NewRules], uuid.UUID]
