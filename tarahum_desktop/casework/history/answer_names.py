"""The words for what an answer names by a code: a place, a service, a prison, a person, a colleague."""

import uuid
from typing import Any, Final, Literal

from sqlalchemy import select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.form_lists import form_list
from tarahum_desktop.casework.person_names import NAME_COLUMNS, full_name
from tarahum_desktop.casework.visit_custody import NEW_PERSON
from tarahum_desktop.models import Person, User

_PERSON: Any = Person.__table__
_USER: Any = User.__table__
_ANYWHERE: Final = uuid.UUID(int=0)


def answer_name(desk: Desk, list_name: str, code: str, language: Literal["ar", "en"]) -> str:
    """The reader's words; the code itself where nothing here bears it."""
    if code.startswith(NEW_PERSON):
        return code.removeprefix(NEW_PERSON)
    try:
        row_id = uuid.UUID(code)
    except ValueError:
        found = form_list(desk, _ANYWHERE, list_name, language)
        return next((one.text for one in found if one.code == code), code)
    with desk.reading() as connection:
        person = connection.execute(select(*NAME_COLUMNS).where(_PERSON.c.id == row_id)).one_or_none()
        if person is not None:
            return full_name(person)
        user = connection.execute(
            select(_USER.c.name_ar, _USER.c.name_en).where(_USER.c.id == row_id)
        ).one_or_none()
    if user is None:
        return code
    return str((user.name_en or user.name_ar) if language == "en" else user.name_ar)
