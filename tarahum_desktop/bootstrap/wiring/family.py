"""One family's file."""

from collections.abc import Callable

from tarahum_desktop.bootstrap.fetcher import Fetcher
from tarahum_desktop.bootstrap.save_dialog import save_pdf
from tarahum_desktop.casework.attachments.pictures import picture_content
from tarahum_desktop.casework.conflicts.restore import put_back_edit
from tarahum_desktop.casework.drafts import begin_visit
from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.family_edit import edit_address, edit_contact, end_membership
from tarahum_desktop.casework.family_signals import open_conflicts_of, reference_lists
from tarahum_desktop.casework.history.answer_names import answer_name
from tarahum_desktop.casework.history.field_changes import field_changes
from tarahum_desktop.casework.history.timeline import family_timeline
from tarahum_desktop.casework.history.visit_reading import read_submitted
from tarahum_desktop.casework.visit_report import print_visit_report
from tarahum_desktop.casework.visit_slip import print_visit_slip
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.ui.family.ports import FamilyPorts
from tarahum_desktop.ui.family.spec import spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec


def screens(
    place: Workplace, kit: Kit, files: Fetcher, reach: Callable[[], frozenset[str]]
) -> list[ScreenSpec]:
    """The family file; ``reach`` tells the ids of the screens it may lead to."""
    language = kit.words.language
    ports = FamilyPorts(
        load=lambda household: family_file(place.desk, household),
        conflicts=lambda file: open_conflicts_of(place.desk, file, language),
        lists=lambda: reference_lists(place.desk, language),
        begin_visit=lambda household: begin_visit(place.desk, household),
        print_visit=lambda visit: print_visit_report(place.desk, visit, kit.words, kit.formats),
        print_slip=lambda visit: print_visit_slip(place.desk, visit, kit.words, kit.formats),
        save_file=lambda name, content: save_pdf(kit.words, name, content),
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
        timeline=lambda household, kinds, first: family_timeline(place.desk, household, kinds, first),
        changes=lambda household, row: field_changes(place.desk, household, row),
        put_back=lambda row, field, stamp: put_back_edit(place.desk, row, field, stamp),
        read_visit=lambda visit: read_submitted(place.desk, visit),
        picture=lambda sha256: picture_content(place.desk, sha256),
        fetch=files.fetch,
        named=lambda name, code: answer_name(place.desk, name, code, language),
        edit_contact=lambda person, entered: edit_contact(place.desk, person, entered),
        edit_address=lambda household, entered: edit_address(place.desk, household, entered),
        end_membership=lambda membership, day, reason: end_membership(place.desk, membership, day, reason),
        reach=reach,
    )
    return [spec(ports)]
