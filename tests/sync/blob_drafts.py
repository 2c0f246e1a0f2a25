"""A draft whose answers name a picture."""

from sqlalchemy import Connection, insert

from tarahum_desktop.models import Draft, DraftField
from tarahum_desktop.models.ids import new_id
from tarahum_desktop.models.types import from_milliseconds
from tests.sync.worlds import START_MS


def draft_naming(connection: Connection, sha256: bytes) -> None:
    draft, now = new_id(START_MS), from_milliseconds(START_MS)
    connection.execute(
        insert(Draft).values(
            id=draft, kind="visit", subject_id=None, user_id=None, form_code="f", form_version=1, begun_at=now,
            changed_at=now, last_path=None,
        )
    )  # fmt: skip
    value = [{"kind": "damage", "sha256": sha256.hex()}]
    connection.execute(insert(DraftField).values(draft_id=draft, path="pictures", value=value))
