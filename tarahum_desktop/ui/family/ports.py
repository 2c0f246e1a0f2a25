"""What the family file needs from the rest of the program."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tarahum_desktop.casework.family_lines import FamilyFile
from tarahum_desktop.casework.family_signals import OpenConflict
from tarahum_desktop.casework.history.events import EventKind
from tarahum_desktop.casework.history.field_changes import FieldPast
from tarahum_desktop.casework.history.timeline import Timeline
from tarahum_desktop.casework.history.visit_reading import VisitReading
from tarahum_desktop.domain.errors import TarahumError

Lists = Mapping[str, Mapping[str, str]]
"""Reference lists: list code → item code → words in the reader's language."""


@dataclass(frozen=True)
class FamilyPorts:
    """Functions of the casework room. All but ``save_file``, ``today`` and ``reach`` run on the worker's thread.

    Attributes:
        load: household id → its file.
        conflicts: a file → its open conflicts with both values.
        lists: the reference lists in the reader's language.
        begin_visit: household id → the draft of this person's visit, new or begun before.
        print_visit: visit id → its report as PDF.
        print_slip: visit id → the receipt slip for the family as PDF.
        save_file: suggested name, bytes → whether the person chose a place and it was written; asks on the Qt thread.
        today: the day of entry.
        timeline: household id, kinds (none for all), place of the first event → a page of the past.
        changes: household id, row id or None for all its records → who changed which field.
        put_back: row id, field and stamp of an earlier edit, whose value is written again.
        read_visit: visit id → its answers beside the earlier visit's.
        picture: SHA-256 → the file of a picture; None when it is not here.
        fetch: SHA-256, who is told that it is here, who is told why not; both on the Qt thread.
        named: list name, code → the words for it, for answers that name a place or a service.
        edit_contact: person id, entered fields → codes of warnings.
        edit_address: household id, entered fields → codes of warnings.
        end_membership: membership id, last day, reason code.
        reach: the ids of the screens there are.
    """

    load: Callable[[uuid.UUID], FamilyFile]
    conflicts: Callable[[FamilyFile], tuple[OpenConflict, ...]]
    lists: Callable[[], Lists]
    begin_visit: Callable[[uuid.UUID], uuid.UUID]
    print_visit: Callable[[uuid.UUID], bytes]
    print_slip: Callable[[uuid.UUID], bytes]
    save_file: Callable[[str, bytes], bool]
    today: Callable[[], dt.date]
    timeline: Callable[[uuid.UUID, frozenset[EventKind], int], Timeline]
    changes: Callable[[uuid.UUID, uuid.UUID | None], FieldPast]
    put_back: Callable[[uuid.UUID, str, bytes], object]
    read_visit: Callable[[uuid.UUID], VisitReading]
    picture: Callable[[bytes], bytes | None]
    fetch: Callable[[bytes, Callable[[], None], Callable[[TarahumError], None]], None]
    named: Callable[[str, str], str]
    edit_contact: Callable[[uuid.UUID, Mapping[str, str]], tuple[str, ...]]
    edit_address: Callable[[uuid.UUID, Mapping[str, str]], tuple[str, ...]]
    end_membership: Callable[[uuid.UUID, dt.date, str], None]
    reach: Callable[[], frozenset[str]]


@dataclass(frozen=True)
class Loaded:
    """One reading of everything the page says."""

    file: FamilyFile
    conflicts: tuple[OpenConflict, ...] = ()
    lists: Lists = field(default_factory=dict)
