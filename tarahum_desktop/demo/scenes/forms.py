"""A questionnaire of headquarters in its second version, asked of some families: submitted, begun, and still to be asked."""

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.drafts import save_fields
from tarahum_desktop.casework.forms.import_xlsform import preview_xlsform
from tarahum_desktop.casework.forms.publish import publish_form
from tarahum_desktop.casework.forms.questionnaires import begin_questionnaire, submit_questionnaire
from tarahum_desktop.domain.forms.values import Value
from tarahum_desktop.domain.permissions import Action
from tarahum_desktop.models import Case
from tarahum_desktop.resource_files import resource
from tarahum_desktop.sync.publish import publish_own
from tarahum_desktop.synthetic.staff import user_id
from tarahum_server.centre import Centre

FORM: Final = "winter-clothing"
_CASE: Any = Case.__table__
_SUBMITTED: Final = 3


def published_by_headquarters(centre: Centre) -> None:
    """Have headquarters publish the survey from its workbook, and a second version with one more question."""
    desk = open_desk(centre.replica, user_id("hq.admin"), "hq.admin")
    first = preview_xlsform(desk, resource("demo", f"{FORM}.xlsx"))
    publish_form(desk, first.content)
    document = json.loads(first.content)
    document["version"] = 2
    fields = document["sections"][0]["fields"]
    fields[1]["help"] = {
        "ar": "اختر ما تعتمد عليه الأسرة أكثر",
        "en": "Choose what the family relies on most",
    }
    fields.append(
        {
            "code": "remarks",
            "type": "textarea",
            "label": {"ar": "ملاحظات", "en": "Remarks"},
            "max_length": 1000,
        }
    )
    publish_form(desk, json.dumps(document, ensure_ascii=False).encode())
    publish_own(centre.replica)


def play(desk_of: Callable[[str], Desk]) -> None:
    """Submit the survey for some families of an officer and leave one begun."""
    officer = desk_of("officer1")
    homes = _own_families(officer)[: _SUBMITTED + 1]
    for place, home in enumerate(homes):
        draft = begin_questionnaire(officer, home, FORM)
        save_fields(officer, draft, _answers(officer, place))
        if place < len(homes) - 1:
            submit_questionnaire(officer, draft)


def _own_families(desk: Desk) -> list[uuid.UUID]:
    query = (
        select(_CASE.c.household_id, _CASE.c.scope)
        .where(_CASE.c.officer_id == desk.user.id, _CASE.c.removed_at.is_(None))
        .order_by(_CASE.c.id)
    )
    with desk.reading() as connection:
        rows = list(connection.execute(query))
    allowed = (
        row.household_id for row in rows if row.household_id and desk.may(Action.SUBMIT_VISIT, row.scope)
    )
    return list(dict.fromkeys(allowed))


def _answers(desk: Desk, place: int) -> Mapping[str, Value]:
    found: dict[str, Value] = {
        "asked_on": desk.today().isoformat(), "heater": ("gas", "o1", "gas", "other")[place % 4],
    }  # fmt: skip
    if found["heater"] != "o1":
        found["needs"] = ("coat",)
    if found["heater"] == "other":
        found["heater_other"] = "مدفأة حطب"
    for number, (name, age) in enumerate((("ريم", 7), ("فيصل", 12))):
        row = f"children/c{number}"
        found |= {
            row: {},
            f"{row}/child_name": name,
            f"{row}/child_age": age,
            f"{row}/coat_price": 12_000 + 500 * age,
        }
    return found
