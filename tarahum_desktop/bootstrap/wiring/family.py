"""One family's file."""

from tarahum_desktop.bootstrap.save_dialog import save_pdf
from tarahum_desktop.casework.drafts import begin_visit
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.family_signals import family_signals, reference_lists
from tarahum_desktop.casework.visit_report import print_visit_report
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.family.ports import FamilyPorts
from tarahum_desktop.ui.family.spec import spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The family file."""
    language = kit.words.language
    ports = FamilyPorts(
        load=lambda household: family_file(place.desk, household),
        signals=lambda household: family_signals(place.desk, household, language),
        lists=lambda: reference_lists(place.desk, language),
        begin_visit=lambda household: begin_visit(place.desk, household),
        print_visit=lambda visit: print_visit_report(place.desk, visit, kit.words, kit.formats),
        save_file=lambda name, content: save_pdf(kit.words, name, content),
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
    )
    return [spec(ports)]
