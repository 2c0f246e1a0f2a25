"""Weeks of exchange: a pouch between the prison and the office and back, a laptop gone silent, a difference that was mended."""

import datetime as dt
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select, update

from tarahum_desktop.casework.attachments.picture import PNG, Picture, check_picture
from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.pouches.answer import answer_pouches
from tarahum_desktop.casework.pouches.read import read_pouches
from tarahum_desktop.casework.pouches.sticks import register_stick
from tarahum_desktop.casework.pouches.write import write_pouch
from tarahum_desktop.casework.prison.requests import NewRequest, make_request
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.demo.drawing import house
from tarahum_desktop.models import Attachment, CustodyEpisode, Device, DeviceContact, HealRecord, Visit
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.sync.blobs.store import keep_blob
from tarahum_desktop.sync.capture import captured_session

STICK_NAME: Final = "ذاكرة السجن المركزي"
_SILENT: Final = dt.timedelta(days=9)
_DEVICE: Any = Device.__table__
_CONTACT: Any = DeviceContact.__table__
_HEAL: Any = HealRecord.__table__
_STAY: Any = CustodyEpisode.__table__
_VISIT: Any = Visit.__table__


def play(office: Workplace, prison: Workplace, stick: Path) -> None:
    """Both are unlocked and have exchanged; the stick is an empty folder."""
    register_stick(office.desk, stick, STICK_NAME)
    _ask(prison.desk, 0, "يطلب الاتصال بأسرته")
    write_pouch(prison.desk, stick, _silent)
    came = read_pouches(office.desk, stick, _silent)
    answer_pouches(office.desk, stick, came, _silent)
    read_pouches(prison.desk, stick, _silent)
    _ask(prison.desk, 1, "يسأل عن موعد زيارة أسرته")
    write_pouch(prison.desk, stick, _silent)
    _photograph(office.desk)


def look_back(office: Desk) -> None:
    """What the office knows of the last weeks, after its latest exchange."""
    _mend(office)
    _fall_silent(office)


def _ask(clerk: Desk, at: int, wording: str) -> None:
    """One request, so that the pouch has something to carry."""
    query = select(_STAY.c.person_id, _STAY.c.facility_code).where(_STAY.c.release_day.is_(None))
    with clerk.reading() as connection:
        inside = connection.execute(query.order_by(_STAY.c.id).offset(at).limit(1)).one_or_none()
    if inside is not None:
        make_request(clerk, NewRequest(inside.person_id, "visit", wording, inside.facility_code or ""))


def _photograph(desk: Desk) -> None:
    """A picture of a dwelling whose content has not gone to the centre."""
    picture = Picture("dwelling_outside", house(), PNG, 320, 240)
    check_picture(picture)
    with desk.reading() as connection:
        visit = connection.execute(
            select(_VISIT.c.id, _VISIT.c.household_id, _VISIT.c.scope).order_by(_VISIT.c.id).limit(1)
        ).one_or_none()
    if visit is None:
        return
    with desk.replica.engine.begin() as connection:
        sha256 = keep_blob(connection, picture.content, desk.now())
    with captured_session(desk.replica, desk.user.id) as session:
        session.add(
            Attachment(
                scope=visit.scope, household_id=visit.household_id, owner_entity="visit", owner_id=visit.id,
                kind=picture.kind, sha256=sha256, media_type=PNG, size=len(picture.content), width=picture.width,
                height=picture.height, taken_at=desk.now(),
            )
        )  # fmt: skip
        session.commit()


def _mend(desk: Desk) -> None:
    """What an exchange writes down that found three rows to differ."""
    with desk.replica.engine.begin() as connection:
        connection.execute(
            insert(_HEAL).values(
                id=new_id(desk.replica.now()), scope=desk.user.committee_code or "national",
                at=desk.now() - dt.timedelta(days=2), peer=0, found=3, healed=3, detail={},
            )
        )  # fmt: skip


def _fall_silent(desk: Desk) -> None:
    """The office has not heard from the laptop since nine days."""
    seen = desk.now() - _SILENT
    with desk.replica.engine.begin() as connection:
        holds = connection.scalar(select(_CONTACT.c.holds).where(_CONTACT.c.device == desk.replica.device))
        lacking = {scope: [*held[:4], False] for scope, held in (holds or {}).items()}
        for device in connection.scalars(select(_DEVICE.c.number).where(_DEVICE.c.kind == "laptop")).all():
            values = {"seen_at": seen, "program": "0.1.0", "schema": 3, "carrier": "https", "holds": lacking}
            done = connection.execute(update(_CONTACT).where(_CONTACT.c.device == device).values(values))
            if not done.rowcount:
                connection.execute(insert(_CONTACT).values(device=device, **values))


def _silent(_told: object) -> None:
    """Nobody looks."""
