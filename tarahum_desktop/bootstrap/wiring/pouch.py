"""The pouch desk: sticks, what would go, writing, reading and answering."""

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from tarahum_desktop.bootstrap.exchanger import Exchanger
from tarahum_desktop.bootstrap.save_dialog import save_pdf
from tarahum_desktop.bootstrap.wiring.clock import now_at
from tarahum_desktop.casework.errors import RecordMissing
from tarahum_desktop.casework.pouches.answer import answer_pouches
from tarahum_desktop.casework.pouches.history import pouch_history
from tarahum_desktop.casework.pouches.look import look_at_stick, look_for_sticks, pouch_rights
from tarahum_desktop.casework.pouches.plan import plan_pouch
from tarahum_desktop.casework.pouches.read import read_pouches
from tarahum_desktop.casework.pouches.slip import print_pouch_slip
from tarahum_desktop.casework.pouches.sticks import register_stick
from tarahum_desktop.casework.pouches.tidy import tidy_stick
from tarahum_desktop.casework.pouches.write import write_pouch
from tarahum_desktop.casework.workplace import Workplace
from tarahum_desktop.i18n.words import Words
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.sync_centre.pouch_ports import PouchPorts


def pouch_ports(place: Workplace, kit: Kit, exchanger: Exchanger) -> PouchPorts:
    """Each call asks for the desk as it is then: an exchange makes it anew."""
    words = kit.words
    return PouchPorts(
        rights=lambda: pouch_rights(place.desk),
        sticks=lambda: look_for_sticks(place.desk),
        look=lambda folder: look_at_stick(place.desk, folder),
        choose=lambda: _choose(words),
        plan=lambda to: plan_pouch(place.desk, to),
        write=lambda folder, to, progress: write_pouch(
            place.desk, folder, exchanger.while_open(progress), to
        ),
        read=lambda folder, progress: read_pouches(place.desk, folder, exchanger.while_open(progress)),
        answer=lambda folder, read, progress: answer_pouches(
            place.desk, folder, read, exchanger.while_open(progress)
        ),
        register=lambda folder, name: register_stick(place.desk, folder, name),
        tidy=lambda folder: tidy_stick(place.desk, folder),
        history=lambda: pouch_history(place.desk),
        slip=lambda fingerprint: _slip(place, kit, fingerprint),
        save_slip=lambda name, content: save_pdf(words, name, content),
        took=exchanger.took,
        now=lambda: now_at(place),
        beside=exchanger.beside,
    )


def _slip(place: Workplace, kit: Kit, fingerprint: str) -> bytes:
    for line in pouch_history(place.desk):
        if line.fingerprint == fingerprint and line.direction == "out":
            return print_pouch_slip(place.desk, line.id, kit.words, kit.formats)
    raise RecordMissing(entity="pouch")


def _choose(words: Words) -> Path | None:
    """Ask for the folder of the stick."""
    chosen = QFileDialog.getExistingDirectory(None, words.t("Choose the stick"), os.fspath(Path.home()))
    return Path(chosen) if chosen else None
