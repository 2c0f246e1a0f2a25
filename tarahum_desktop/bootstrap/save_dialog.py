"""Asks where a report goes and writes it there whole, or not at all."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from tarahum_desktop.i18n.words import Words
from tarahum_desktop.reports.write_file import write_file


def save_pdf(words: Words, name: str, content: bytes) -> bool:
    """Ask for a place and write the file; False when the person thought better of it.

    Raises:
        FileNotWrittenError: the disk is full, or the place cannot be written to.
    """
    chosen, _ = QFileDialog.getSaveFileName(None, words.t("Save the report"), name, "PDF (*.pdf)")
    if not chosen:
        return False
    write_file(Path(chosen), content)
    return True
