"""Finding and registering families."""

import uuid
from collections.abc import Mapping
from typing import Final

from tarahum_desktop.casework.form_lists import form_list
from tarahum_desktop.casework.register import NewFamily, NewMember, Registered, register_family
from tarahum_desktop.casework.search import find
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.families.ports import FamiliesPorts
from tarahum_desktop.ui.families.spec import spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec

_NO_DRAFT: Final = uuid.UUID(int=0)


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The families screen."""
    ports = FamiliesPorts(
        find=lambda typed: find(place.desk, typed),
        register=lambda head, home: _register(place, head, home),
        places=lambda: form_list(place.desk, _NO_DRAFT, "places", kit.words.language),
    )
    return [spec(ports)]


def _register(place: Workplace, head: NewMember, home: Mapping[str, str]) -> Registered:
    """Register a family in the committee of the person at the desk."""
    scope = place.desk.user.committee_code or ""
    return register_family(place.desk, NewFamily(scope, head, home=home))
