"""A visit report as the program prints it, for the preview to show."""

from tarahum_desktop.i18n.formatting import Formatter
from tarahum_desktop.i18n.words import load_words
from tarahum_desktop.reports.visit_report.document import render_visit_report
from tests.reports.visit_samples import arabic_visit


def report_pdf() -> bytes:
    """An Arabic report of a few pages."""
    words = load_words("ar")
    return render_visit_report(arabic_visit(), words, Formatter(words))
