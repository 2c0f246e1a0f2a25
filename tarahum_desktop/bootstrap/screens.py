"""The screens of the window in the order of its navigation; those reached from others come last."""

from tarahum_desktop.bootstrap.exchanger import Exchanger
from tarahum_desktop.bootstrap.form_bench import FormBench
from tarahum_desktop.bootstrap.hub_keeper import HubKeeper
from tarahum_desktop.bootstrap.looker import Looker
from tarahum_desktop.bootstrap.visit_wiring import latest_form, visit_ports
from tarahum_desktop.bootstrap.wiring import (
    amending,
    care,
    families,
    family,
    forms,
    giving,
    imports,
    moving,
    partners,
    plans,
    prison,
    review,
    sync_centre,
    today,
)
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec
from tarahum_desktop.ui.visit.screen import spec as visit_spec


def screen_specs(
    place: Workplace, kit: Kit, exchanger: Exchanger, looker: Looker, hub: HubKeeper
) -> list[ScreenSpec]:
    """All screens; each call of a port asks for the desk as it is then."""
    specs: list[ScreenSpec] = []
    bench = FormBench(place)
    specs += [
        *today.screens(place, kit),
        *families.screens(place, kit),
        *care.screens(place, kit),
        *prison.screens(place, kit),
        *plans.screens(place, kit, exchanger.files),
        *giving.screens(place, kit),
        *review.screens(place, kit, looker),
        *moving.screens(place, kit),
        *imports.screens(place, kit),
        *partners.screens(place, kit),
        *amending.screens(place, kit),
        *sync_centre.screens(place, kit, exchanger, hub),
        *plans.catalogue_screens(place),
        *family.screens(place, kit, exchanger.files, lambda: frozenset(one.id for one in specs)),
        *forms.screens(place, kit, bench),
        visit_spec(lambda: latest_form(place), visit_ports(place, kit, bench)),
    ]
    return specs
