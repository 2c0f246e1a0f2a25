"""The queue of corrections."""

import uuid
from collections.abc import Sequence

from tarahum_desktop.casework.amending.amendments import (
    PROPOSED,
    AmendmentLine,
    decide_amendment,
    list_amendments,
    read_visit,
)
from tarahum_desktop.casework.form_lists import form_list
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.domain.forms.answers import read_answers
from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.ui.amending.ports import AmendingPorts, Correction
from tarahum_desktop.ui.amending.spec import spec
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.shell.screen import ScreenSpec

MOST_SHOWN = 50


class _AmendingDesk:
    """Casework's functions in the shape of the screen's ports."""

    def __init__(self, place: Workplace, kit: Kit) -> None:
        self._place, self._kit = place, kit

    def waiting(self) -> Sequence[Correction]:
        return self._filled(list_amendments(self._place.desk, state=PROPOSED))

    def decided(self) -> Sequence[Correction]:
        lines = list_amendments(self._place.desk)
        return self._filled([line for line in lines if line.state != PROPOSED])

    def named(self, name: str, code: str) -> str:
        anywhere = uuid.UUID(int=0)
        found = form_list(self._place.desk, anywhere, name, self._kit.words.language)
        return next((one.text for one in found if one.code == code), code)

    def approve(self, amendment: uuid.UUID) -> None:
        decide_amendment(self._place.desk, amendment, approve=True)

    def reject(self, amendment: uuid.UUID, reason: str) -> None:
        decide_amendment(self._place.desk, amendment, approve=False, reason=reason)

    def _filled(self, lines: Sequence[AmendmentLine]) -> list[Correction]:
        desk = self._place.desk
        with desk.reading() as connection:
            found = []
            for line in lines[:MOST_SHOWN]:
                visit = read_visit(connection, line.visit_id)
                document = desk.forms.version(connection, line.form_code, line.form_version).document
                signed = read_answers(canonical_json(visit.answers).encode())
                found.append(Correction(line, document, signed))
            return found


def screens(place: Workplace, kit: Kit) -> list[ScreenSpec]:
    """The screen where corrections are decided."""
    desk = _AmendingDesk(place, kit)
    return [spec(AmendingPorts(desk.waiting, desk.decided, desk.named, desk.approve, desk.reject))]
