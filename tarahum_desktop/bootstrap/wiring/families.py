"""Finding, listing and registering families."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Final

from tarahum_desktop.casework.duplicates.typed import similar_people
from tarahum_desktop.casework.form_lists import form_list
from tarahum_desktop.casework.register import NewFamily, NewMember, Registered, register_family
from tarahum_desktop.casework.saved_lists.saved_lists import forget_list, save_list, saved_lists
from tarahum_desktop.casework.search.find import MOST_HITS, find
from tarahum_desktop.casework.search.labels import facet_labels, reference_list
from tarahum_desktop.casework.search.lists import browse
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.families.ports import FamiliesPorts, ListPorts, RegisterLists
from tarahum_desktop.ui.families.spec import spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec

_NO_DRAFT: Final = uuid.UUID(int=0)


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The families screen."""
    language = kit.words.language
    ports = FamiliesPorts(
        find=lambda typed: find(place.desk, typed, MOST_HITS),
        register=lambda head, members, home: _register(place, head, members, home),
        similar=lambda typed: similar_people(place.desk, typed),
        choices=lambda: RegisterLists(
            form_list(place.desk, _NO_DRAFT, "places", language),
            [one for one in reference_list(place.desk, "kinship", language) if one.code != "self"],
            reference_list(place.desk, "no_id_reason", language),
        ),
        lists=ListPorts(
            browse=lambda wish: browse(place.desk, wish),
            labels=lambda: facet_labels(place.desk, language),
            saved=lambda: saved_lists(place.desk),
            save=lambda title, wish: save_list(place.desk, title, wish),
            forget=lambda list_id: forget_list(place.desk, list_id),
        ),
    )
    return [spec(ports)]


def _register(
    place: Workplace, head: NewMember, members: Sequence[NewMember], home: Mapping[str, str]
) -> Registered:
    """Register a family in the committee of the person at the desk."""
    scope = place.desk.user.committee_code or ""
    return register_family(place.desk, NewFamily(scope, head, tuple(members), home=home))
