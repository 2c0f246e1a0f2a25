"""The parts of the day that happen at a desktop; each runs in a process of its own."""

import json
import os
import signal
import uuid
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tarahum_desktop.casework.family import family_file
from tarahum_desktop.casework.sync_state import sync_state
from tarahum_desktop.demo.day.answers import HALF_TYPED, KILLED_AFTER, answers_for
from tarahum_desktop.demo.day.desk_hands import DeskHands
from tarahum_desktop.demo.day.family_choice import ChosenFamily
from tarahum_desktop.demo.day.form_filling import FormFiller
from tarahum_desktop.demo.hands import HandsWaitedError
from tarahum_desktop.domain.forms.answers import canonical_answers
from tarahum_desktop.ui.visit.screen import VisitFormScreen

FAMILY_FILE = "family.json"
FINISHED_FILE = "finished-before-the-power-cut.json"
RESULT_FILE = "results.json"
REPORT_FILE = "visit-report.pdf"
Stage = Callable[[DeskHands], None]


def visit_until_the_power_fails(desk: DeskHands) -> None:
    """Unlock, find the family by another spelling, begin the visit, and end by SIGKILL in the middle of the form."""
    family = _chosen(desk)
    desk.unlock()
    view = desk.open_family(family.typed)
    page = view.presenter.page
    if page is None or page.household_id.hex != family.household.replace("-", ""):
        raise HandsWaitedError("another family was found")
    desk.picture("family-file")
    _note(desk, "members_before", _members(desk, family))
    desk.hands.enter()
    filler, form = open_form(desk, family)
    filler.fill(until=KILLED_AFTER)
    filler.kept()
    desk.hands.type(HALF_TYPED)
    finished = canonical_answers(form.presenter.answers)
    (desk.out / FINISHED_FILE).write_bytes(finished)
    desk.picture("visit-power-cut")
    _note(desk, "keys_until_the_power_cut", desk.hands.keys)
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def go_on_and_submit(desk: DeskHands) -> None:
    """Find the draft on the first screen, see that every finished field is there, finish, submit, print."""
    family = _chosen(desk)
    today = desk.unlock()
    draft = today.presenter.last_draft()
    if draft is None:
        raise HandsWaitedError("the draft is not on the first screen")
    _note(desk, "visit", draft.params["draft"])
    today.lists["drafts"].buttons[0].setFocus()
    desk.hands.enter()
    filler, form = open_form(desk, family)
    here = canonical_answers(form.presenter.answers)
    before = (desk.out / FINISHED_FILE).read_bytes()
    _note(desk, "answers_kept", here == before)
    _note(desk, "resumed_at", filler.focused_path())
    desk.picture("visit-resumed")
    filler.fill()
    filler.kept()
    desk.hands.shortcut("Ctrl+S")
    desk.hands.wait(
        lambda: bool(form.presenter.draft.receipt), f"not submitted: {form.presenter.state.problems}"
    )
    _note(desk, "receipt", form.presenter.draft.receipt)
    _note(desk, "members_after", _members(desk, family))
    desk.picture("visit-submitted")
    desk.open_family(family.file_number)
    _print(desk)
    _note(desk, "keys_afterwards", desk.hands.keys)


def exchange_from_the_laptop(desk: DeskHands) -> None:
    """The line came back: exchange, and see that everything is confirmed and proven."""
    desk.unlock()
    desk.exchange()
    _note_exchange(desk)


def see_it_in_the_office(desk: DeskHands) -> None:
    """The office exchanges and finds the visit in the family's file."""
    family = _chosen(desk)
    desk.unlock()
    desk.exchange()
    _note_exchange(desk)
    view = desk.open_family(family.file_number)
    desk.picture("family-file")
    page = view.presenter.page
    shown = () if page is None else page.visits
    _note(desk, "visits_shown", [str(visit.id) for visit in shown])


STAGES: Mapping[str, Stage] = MappingProxyType(
    {
        "visit": visit_until_the_power_fails,
        "submit": go_on_and_submit,
        "exchange": exchange_from_the_laptop,
        "office": see_it_in_the_office,
    }
)


def _members(desk: DeskHands, family: ChosenFamily) -> dict[str, list[str]]:
    """Name and education of everybody on record in the household, by the person's id."""
    file = family_file(desk.workspace.place.desk, uuid.UUID(family.household))
    return {str(one.person_id): [one.name, one.education] for one in file.members}


def _chosen(desk: DeskHands) -> ChosenFamily:
    return ChosenFamily.read(desk.out / FAMILY_FILE)


def open_form(desk: DeskHands, family: ChosenFamily) -> tuple[FormFiller, VisitFormScreen]:
    """The visit form once it is loaded, and somebody to fill it."""
    hands = desk.hands
    hands.wait(lambda: desk.shows(VisitFormScreen), "the visit form does not open")
    form = desk.screen(VisitFormScreen)
    assert isinstance(form, VisitFormScreen)
    hands.wait(lambda: form.view.page is not None, "the draft is not loaded")
    answers = answers_for(family, desk.workspace.place.desk.today(), desk.language)
    return FormFiller(hands, form.view, answers, lambda code: desk.picture(f"visit-{code}")), form


def _print(desk: DeskHands) -> None:
    view = desk.family()
    desk.hands.wait(
        lambda: view.presenter.page is not None and view.presenter.page.last_report is not None, "no report"
    )
    desk.picture("family-file-after")
    desk.hands.shortcut("Ctrl+P")
    desk.hands.wait(lambda: view.previewing, "the report is not shown")
    desk.picture("report")
    desk.save_as("Ctrl+S", desk.out / REPORT_FILE)


def _note_exchange(desk: DeskHands) -> None:
    end = desk.workspace.exchanger.runner.last
    assert end is not None
    assert end.outcome is not None
    _note(desk, "proven", sorted(end.outcome.proven))
    _note(desk, "disputed", sorted(end.outcome.disputed))
    _note(desk, "digests", desk.digests())
    _note(desk, "kept_here", sync_state(desk.workspace.place.desk).kept_here)


def _note(desk: DeskHands, name: str, value: object) -> None:
    """Add to what the day's processes found out."""
    file = desk.out / RESULT_FILE
    results = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    results.setdefault(desk.machine.name, {})[name] = value
    file.write_text(json.dumps(results, ensure_ascii=False, indent=1), "utf-8")
