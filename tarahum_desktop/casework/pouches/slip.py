"""The slip of a pouch that was written here."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.pouches.history import find_pouch
from tarahum_desktop.casework.pouches.parties import party
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.models import Committee, Pouch, Scope
from tarahum_desktop.reports.pouch_slip.content import PouchSlip, ScopeCounts
from tarahum_desktop.sync.pouch import shelf

_COMMITTEE: Any = Committee.__table__
_SCOPE: Any = Scope.__table__
_POUCH: Any = Pouch.__table__


def print_pouch_slip(desk: Desk, pouch: uuid.UUID, words: Words, formatter: Formatter) -> bytes:
    """The slip as a PDF file; raises NotAllowed, or RecordMissing for a pouch that was not written here."""
    from tarahum_desktop.reports.pouch_slip.slip import (  # noqa: PLC0415 - the PDF stack takes half a second to load
        render_pouch_slip,
    )

    return render_pouch_slip(read_pouch_slip(desk, pouch, words), words, formatter)


def read_pouch_slip(desk: Desk, pouch: uuid.UUID, words: Words) -> PouchSlip:
    """What the slip says, as plain values; raises as ``print_pouch_slip``."""
    line = find_pouch(desk, pouch)
    if line.direction != shelf.OUT or not line.fingerprint:
        raise RecordMissing(entity="pouch")
    arabic = words.language == "ar"
    with desk.reading() as connection:
        here = party(connection, desk)
        kept = connection.scalar(select(_POUCH.c.summary).where(_POUCH.c.id == pouch)) or {}
        return PouchSlip(
            committee=_committee(connection, here.committee, arabic=arabic),
            number=line.number,
            sender=here.me.name,
            receiver=line.other_name,
            fingerprint=line.fingerprint,
            made_at=line.made_at,
            expires_at=line.expires_at,
            scopes=tuple(_counts(connection, line.scopes, arabic=arabic)),
            files=line.files,
            receipts=kept.get("receipts", 0),
            printed_by=(desk.user.name_ar if arabic else desk.user.name_en) or desk.user.login,
            printed_at=desk.now(),
        )


def _committee(connection: Connection, code: str, *, arabic: bool) -> str:
    name = _COMMITTEE.c.name_ar if arabic else _COMMITTEE.c.name_en
    return connection.scalar(select(name).where(_COMMITTEE.c.code == code)) or code


def _counts(
    connection: Connection, scopes: Mapping[str, tuple[int, int]], *, arabic: bool
) -> list[ScopeCounts]:
    name = _SCOPE.c.name_ar if arabic else _SCOPE.c.name_en
    query = select(_SCOPE.c.code, name).where(_SCOPE.c.code.in_(list(scopes)))
    names = {row.code: row[1] for row in connection.execute(query)}
    return [
        ScopeCounts(names.get(code) or code, changes, rows)
        for code, (changes, rows) in sorted(scopes.items())
    ]
