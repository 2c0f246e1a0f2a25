"""What the vectors tell of: a laptop writes of a family, the office edits the same field without knowing, and decides."""

import datetime as dt
import hashlib
from typing import Any

from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.sync.change import Batch, BatchHeader, Change, FieldEdit, InsertGroup
from tarahum_desktop.sync.clock import make_stamp
from tarahum_desktop.sync.signatures import SigningKey

TIME_MS = 1_795_000_000_000  # 2026-11-18
LAPTOP, OFFICE, CENTRE = 7, 12, 1
SCOPE = "ryd"
AUTHOR = bytes.fromhex("0199a0b0c0d07000800000000000a001")


def key(device: int) -> SigningKey:
    """The signing key of a device of these vectors."""
    return SigningKey(bytes([device]) * 32)


def row_id(number: int) -> bytes:
    """A row's id: six bytes of time, ten of chance."""
    return (TIME_MS + number).to_bytes(6, "big") + hashlib.sha256(b"row %d" % number).digest()[:10]


def stamp(step: int, device: int = LAPTOP) -> bytes:
    """The stamp of a step of the story."""
    return make_stamp((TIME_MS + step) << 16 | step, device)


PERSON, HOME, SECOND = row_id(1), row_id(2), row_id(3)
FIRST_NAME, MOBILE, ID_NUMBER = "first_name", "mobile", "id_number"


def people() -> InsertGroup:
    names = ("first_name", "family_name", "gender", "nationality", "id_kind", "id_number", "id_seen")
    names += ("birth", "birth_first", "birth_last", "mobile", "father_id")
    born = dt.date(1988, 5, 2).toordinal()
    document = canonical_json({"calendar": "hijri", "typed": "1408/09/15", "exact": True})
    return InsertGroup(
        "person",
        names,
        [1, 3],
        [PERSON, SECOND],
        [stamp(1), stamp(2)],
        [AUTHOR, AUTHOR],
        [
            ["نورة", "سالم"], ["الدوسري", "الدوسري"], ["female", "male"], ["SA", "SA"], ["national", "national"],
            ["1900000017", "1900000025"], [True, False], [document, None], [born, None], [born, None],
            ["0500000001", None], [SECOND, None],
        ],
    )  # fmt: skip


def _homes() -> InsertGroup:
    names = ("file_number", "committee_code", "head_person_id", "annual_rent_halalas", "rooms")
    return InsertGroup(
        "household",
        names,
        [2],
        [HOME],
        [stamp(1)],
        [AUTHOR],
        [["RYD-1"], ["ryd"], [PERSON], [1_800_000], [3]],
    )


def _edit(device: int, sequence: int, at: int, number: str, before: str = "1900000017") -> Change:
    edits = {
        MOBILE: FieldEdit(f"05000000{at:02}", (stamp(1),)),
        ID_NUMBER: FieldEdit(number, (stamp(1),), before),
    }
    return Change(sequence, "person", PERSON, stamp(at, device), AUTHOR, None, edits)


def insert_batch() -> Batch:
    """Three new rows of two tables."""
    return Batch(BatchHeader(1, SCOPE, LAPTOP, 1, 3, {}), [people(), _homes()], [])


def update_batch() -> Batch:
    """Two edits by the laptop, which had seen what the office wrote before."""
    rooms = Change(5, "household", HOME, stamp(5), None, None, {"rooms": FieldEdit(4, (stamp(1),))})
    return Batch(
        BatchHeader(1, SCOPE, LAPTOP, 4, 5, {OFFICE: 1}), [], [_edit(LAPTOP, 4, 4, "1900000033"), rooms]
    )


def concurrent_batch() -> Batch:
    """An edit by the office, which had not seen the laptop's."""
    return Batch(BatchHeader(1, SCOPE, OFFICE, 2, 2, {LAPTOP: 3}), [], [_edit(OFFICE, 2, 6, "1900000041")])


def resolving_batch() -> Batch:
    """Somebody at the office decided: the edit replaces both heads."""
    heads = (stamp(6, OFFICE), stamp(4))
    decided = FieldEdit("1900000033", heads, "1900000041")
    change = Change(3, "person", PERSON, stamp(8, OFFICE), AUTHOR, None, {ID_NUMBER: decided})
    return Batch(BatchHeader(1, SCOPE, OFFICE, 3, 3, {LAPTOP: 5}), [], [change])


def told(value: Any) -> Any:
    """A wire value as JSON: byte strings as ``{"hex": ...}``."""
    return {"hex": value.hex()} if isinstance(value, bytes) else value
