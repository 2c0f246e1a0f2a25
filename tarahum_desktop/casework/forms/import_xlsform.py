"""A questionnaire from a workbook of the field's convention, ready to be looked at and published."""

import json
from pathlib import Path

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.form_shelf import STUDY_FORM
from tarahum_desktop.casework.forms.publish import FormPreview, newest_version, preview_form
from tarahum_desktop.domain.forms.publishing import Problem
from tarahum_desktop.domain.permissions import NATIONAL, Action
from tarahum_desktop.domain.xlsform.convert import SETTINGS, Converted, convert_xlsform
from tarahum_desktop.reports.sheets.limits import SheetLimits
from tarahum_desktop.reports.sheets.read import read_workbook

_LIMITS = SheetLimits(file_bytes=5 << 20, unpacked_bytes=40 << 20, rows=5_000, columns=100)


def read_xlsform(content: bytes | Path, version: int = 1) -> Converted:
    """Convert a workbook without a desk, as the command line does; raises SheetRefused."""
    sheets = {
        sheet.name: [(row.number, row.cells) for row in sheet.rows]
        for sheet in read_workbook(content, _LIMITS)
    }
    return convert_xlsform(sheets, version)


def preview_xlsform(desk: Desk, content: bytes | Path) -> FormPreview:
    """Convert and check a workbook as the next version of the form it names; nothing is kept.

    Raises:
        NotAllowed: only who publishes forms brings them in.
        SheetRefused: the file itself was not read (macros, merged cells, too large, no workbook).
    """
    desk.require(Action.PUBLISH_FORM, NATIONAL)
    first = read_xlsform(content)
    if first.document is None:
        return FormPreview(b"", None, first.problems, notes=first.notes)
    code = str(first.document["form"])
    if code == STUDY_FORM:
        taken = Problem("form_id_taken", facts={"name": code}, sheet=SETTINGS)
        return FormPreview(b"", None, (taken,), notes=first.notes)
    with desk.reading() as connection:
        version = newest_version(connection, code) + 1
    document = {**first.document, "version": version}
    found = preview_form(desk, json.dumps(document, ensure_ascii=False, indent=1).encode())
    return FormPreview(
        found.content, found.document, found.problems, found.before, found.changes, first.notes
    )
