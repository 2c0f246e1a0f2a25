"""The register as it came, with what is wrong in words beside each row: to be mended where it was kept."""

from tarahum_desktop.casework.imports.cells import Note
from tarahum_desktop.casework.imports.checked import Checked, Fate
from tarahum_desktop.domain.text import clean_lines, isolate
from tarahum_desktop.i18n.error_words import code_sentence
from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.import_words import fate_words
from tarahum_desktop.i18n.words import Words, msgid
from tarahum_desktop.reports.import_errors.workbook import ErrorPage, ErrorRow, error_workbook


def note_sentence(words: Words, formats: Formatter, checked: Checked, note: Note) -> str:
    """What is wrong and what to do, with the heading of the column where it is."""
    facts = {"row": formats.number(note.row) if note.row else "–", "number": note.number or "–"}
    sentence = code_sentence(words, note.code, facts)
    headings = checked.file.headings
    heading = headings[note.at] if 0 <= note.at < len(headings) else ""
    return f"{isolate(heading)}: {sentence}" if heading else sentence


def write_back(words: Words, formats: Formatter, checked: Checked, *, only_bad: bool = False) -> bytes:
    """The sheet as XLSX; with ``only_bad`` just the rows that were not saved or are doubtful."""
    rows = []
    for source, one in zip(checked.file.rows, checked.rows, strict=True):
        if only_bad and one.fate in {Fate.SAVE, Fate.ON_RECORD} and not one.row.warnings:
            continue
        errors, warnings = (
            # Sheet programs may not know the marks that keep two scripts apart on a screen.
            clean_lines("\n".join(note_sentence(words, formats, checked, note) for note in notes))
            for notes in (one.row.errors, one.row.warnings)
        )
        marks = frozenset(note.at for note in (*one.row.errors, *one.row.warnings) if note.at >= 0)
        rows.append(
            ErrorRow(source.number, source.cells, fate_words(words, one.fate), errors, warnings, marks)
        )
    added = tuple(
        words.t(text)
        for text in (msgid("Result"), msgid("Errors"), msgid("Warnings"), msgid("Row in the file"))
    )
    page = ErrorPage(
        words.t("Register with errors"), checked.file.headings, added, tuple(rows), words.language == "ar"
    )
    return error_workbook(page)
