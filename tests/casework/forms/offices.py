"""An office with somebody of headquarters at the desk, and a questionnaire to fill."""

import uuid
from pathlib import Path

from tarahum_desktop.casework.desk import Desk, open_desk
from tarahum_desktop.casework.forms.import_xlsform import preview_xlsform
from tarahum_desktop.casework.forms.publish import publish_form
from tarahum_desktop.models import RoleGrant, User
from tests.casework.worlds import Office

HEADQUARTERS = uuid.UUID(int=0x77)
WINTER = Path(__file__).parents[2] / "vectors/xlsform/winter-clothing.xlsx"


def with_headquarters(office: Office) -> None:
    """Put a system administrator on record."""
    office.add(
        User(id=HEADQUARTERS, scope="national", login="hq", name_ar="الأمانة", name_en="HQ", active=True),
        RoleGrant(scope="national", user_id=HEADQUARTERS, role="system_admin", scope_code="national"),
    )


def hq(office: Office) -> Desk:
    """The desk of headquarters."""
    return open_desk(office.replica, HEADQUARTERS)


def with_winter_survey(office: Office) -> None:
    """Publish the winter clothing survey."""
    with_headquarters(office)
    desk = hq(office)
    publish_form(desk, preview_xlsform(desk, WINTER).content)
