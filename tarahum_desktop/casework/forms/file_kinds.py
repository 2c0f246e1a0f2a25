"""A file somebody chose: a form document or a workbook, told by its first bytes and never by its name."""

from pathlib import Path
from typing import Final

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.errors import CaseworkError
from tarahum_desktop.casework.forms.import_xlsform import preview_xlsform, read_xlsform
from tarahum_desktop.casework.forms.publish import FormPreview, preview_form
from tarahum_desktop.domain.forms.publishing import Problem, check_document

LARGEST_FILE: Final = 5 << 20
_WORKBOOKS: Final = (b"PK", bytes.fromhex("d0cf11e0"))


class FormFileRefused(CaseworkError):
    """Codes ``form_file_unreadable`` and ``form_file_too_large``."""

    code = "form_file_unreadable"


def read_form_file(path: Path) -> bytes:
    """Read a file whole; raises FormFileRefused."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError:
        raise FormFileRefused from None  # the original names the path
    if len(content) > LARGEST_FILE:
        raise FormFileRefused("form_file_too_large")
    return content


def preview_file(desk: Desk, path: Path) -> FormPreview:
    """Preview a chosen file; raises NotAllowed, FormFileRefused or SheetRefused."""
    content = read_form_file(path)
    return preview_xlsform(desk, content) if _is_workbook(content) else preview_form(desk, content)


def check_file(path: Path) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Problems and notes of a file by itself, without the versions before it; raises FormFileRefused, SheetRefused."""
    content = read_form_file(path)
    if _is_workbook(content):
        converted = read_xlsform(content)
        return converted.problems, converted.notes
    return check_document(content).problems, ()


def _is_workbook(content: bytes) -> bool:
    return content.startswith(_WORKBOOKS)
