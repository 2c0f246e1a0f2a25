"""The screens of the window, each with what it may ask of casework on this unlocked machine."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from tarahum_desktop.bootstrap.exchanger import Exchanger
from tarahum_desktop.bootstrap.save_dialog import save_pdf
from tarahum_desktop.bootstrap.visit_wiring import latest_form, visit_ports
from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.casework.drafts import begin_visit
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.family_signals import family_signals, reference_lists
from tarahum_desktop.casework.form_lists import form_list
from tarahum_desktop.casework.register import NewFamily, NewMember, Registered, register_family
from tarahum_desktop.casework.search import find
from tarahum_desktop.casework.sync_state import sync_state
from tarahum_desktop.casework.today import today_board
from tarahum_desktop.casework.visit_report import print_visit_report
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.families.ports import FamiliesPorts
from tarahum_desktop.ui.families.spec import spec as families_spec
from tarahum_desktop.ui.family.ports import FamilyPorts
from tarahum_desktop.ui.family.spec import spec as family_spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec
from tarahum_desktop.ui.sync_centre.ports import SyncPorts
from tarahum_desktop.ui.sync_centre.view import spec as sync_spec
from tarahum_desktop.ui.today.ports import TodayPorts
from tarahum_desktop.ui.today.view import spec as today_spec
from tarahum_desktop.ui.visit.screen import spec as visit_spec

_NO_DRAFT: Final = uuid.UUID(int=0)


def screen_specs(place: Workplace, kit: Kit, exchanger: Exchanger) -> list[ScreenSpec]:
    """All screens in the order of the navigation; each call of a port asks for the desk as it is then."""
    return [
        today_spec(_today(place, kit)),
        families_spec(_families(place, kit)),
        sync_spec(_sync(place, exchanger)),
        family_spec(_family(place, kit)),
        visit_spec(lambda: latest_form(place), visit_ports(place, kit.words)),
    ]


def _now(place: Workplace) -> datetime:
    return place.desk.now().astimezone(SAUDI_TIME)


def _today(place: Workplace, kit: Kit) -> TodayPorts:
    user = place.desk.user
    return TodayPorts(
        board=lambda: today_board(place.desk),
        now=lambda: _now(place),
        name=(user.name_en if kit.words.language == "en" else user.name_ar) or user.login,
    )


def _families(place: Workplace, kit: Kit) -> FamiliesPorts:
    return FamiliesPorts(
        find=lambda typed: find(place.desk, typed),
        register=lambda head, home: _register(place, head, home),
        places=lambda: form_list(place.desk, _NO_DRAFT, "places", kit.words.language),
    )


def _register(place: Workplace, head: NewMember, home: Mapping[str, str]) -> Registered:
    """Register a family in the committee of the person at the desk."""
    scope = place.desk.user.committee_code or ""
    return register_family(place.desk, NewFamily(scope, head, home=home))


def _family(place: Workplace, kit: Kit) -> FamilyPorts:
    language = kit.words.language
    return FamilyPorts(
        load=lambda household: family_file(place.desk, household),
        signals=lambda household: family_signals(place.desk, household, language),
        lists=lambda: reference_lists(place.desk, language),
        begin_visit=lambda household: begin_visit(place.desk, household),
        print_visit=lambda visit: print_visit_report(place.desk, visit, kit.words, kit.formats),
        save_file=lambda name, content: save_pdf(kit.words, name, content),
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
    )


def _sync(place: Workplace, exchanger: Exchanger) -> SyncPorts:
    return SyncPorts(
        state=lambda: sync_state(place.desk),
        runner=exchanger.runner,
        now=lambda: _now(place),
        centre=place.enrolment.address,
    )
