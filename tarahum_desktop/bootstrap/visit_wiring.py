"""What the visit form may ask of casework on one unlocked machine."""

import uuid
from collections.abc import Sequence

from tarahum_desktop.casework.desk import SAUDI_TIME
from tarahum_desktop.casework.drafts import list_drafts, load_draft, save_field
from tarahum_desktop.casework.form_lists import form_list
from tarahum_desktop.casework.visits import submit_visit
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.forms.answers import Answers
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.ui.visit.ports import Draft, Listed, VisitPorts


class _VisitDesk:
    """Casework's functions in the shape of the form's ports; always asks for the desk as it is now."""

    def __init__(self, place: Workplace, words: Words) -> None:
        self._place = place
        self._language = words.language

    def load_draft(self, visit_id: str) -> Draft:
        desk = self._place.desk
        draft = load_draft(desk, uuid.UUID(visit_id))
        title = next(
            (line.head_name or line.file_number for line in list_drafts(desk) if line.id == draft.id), ""
        )
        return Draft(draft.answers, title, draft.last_path)

    def save_draft(self, visit_id: str, path: str, value: Value) -> None:
        save_field(self._place.desk, uuid.UUID(visit_id), path, value)

    def submit(self, visit_id: str, _answers: Answers) -> str:
        """Submit what is kept, not what the window holds: only kept answers were promised to be safe."""
        return submit_visit(self._place.desk, uuid.UUID(visit_id)).receipt_number

    def listed(self, visit_id: str, name: str) -> Sequence[Listed]:
        found = form_list(self._place.desk, uuid.UUID(visit_id), name, self._language)
        return [Listed(item.code, item.text) for item in found]


def latest_form(place: Workplace) -> FormDocument:
    """The newest version of the form on this machine."""
    desk = place.desk
    with desk.reading() as connection:
        return desk.forms.latest(connection).document


def visit_ports(place: Workplace, words: Words) -> VisitPorts:
    """The ports of the visit form."""
    desk = _VisitDesk(place, words)
    anywhere = str(uuid.UUID(int=0))
    return VisitPorts(
        load_draft=desk.load_draft,
        save_draft=desk.save_draft,
        submit=desk.submit,
        services=lambda: desk.listed(anywhere, "services"),
        household_members=lambda visit_id: desk.listed(visit_id, "members"),
        listed=desk.listed,
        today=lambda: place.desk.today(),  # noqa: PLW0108 - the desk is made anew after an exchange
        now=lambda: place.desk.now().astimezone(SAUDI_TIME),
        new_row_id=lambda: str(new_id()),
    )
