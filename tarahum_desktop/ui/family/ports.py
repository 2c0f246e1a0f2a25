"""What the family file needs from the rest of the program."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tarahum_desktop.casework.family_lines import FamilyFile
from tarahum_desktop.casework.family_signals import Signals

Lists = Mapping[str, Mapping[str, str]]
"""Reference lists: list code → item code → words in the reader's language."""


@dataclass(frozen=True)
class FamilyPorts:
    """Functions of the casework room. All but ``save_file`` and ``today`` run on the worker's thread.

    Attributes:
        load: household id → its file.
        signals: household id → what must catch the eye.
        lists: the reference lists in the reader's language.
        begin_visit: household id → the draft of this person's visit, new or begun before.
        print_visit: visit id → its report as PDF.
        save_file: suggested name, bytes → whether the person chose a place and it was written; asks on the Qt thread.
        today: the day of entry.
    """

    load: Callable[[uuid.UUID], FamilyFile]
    signals: Callable[[uuid.UUID], Signals]
    lists: Callable[[], Lists]
    begin_visit: Callable[[uuid.UUID], uuid.UUID]
    print_visit: Callable[[uuid.UUID], bytes]
    save_file: Callable[[str, bytes], bool]
    today: Callable[[], dt.date]


@dataclass(frozen=True)
class Loaded:
    """One reading of everything the page says."""

    file: FamilyFile
    signals: Signals
    lists: Lists = field(default_factory=dict)
