"""Faults, changes and versions as lines of words."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt

from tarahum_desktop.casework.forms.versions import FormLine
from tarahum_desktop.domain.forms.model import Text
from tarahum_desktop.domain.forms.publishing import Problem
from tarahum_desktop.domain.forms.versions import VersionChange
from tarahum_desktop.i18n.sentences_forms import change_words, problem_sentence
from tarahum_desktop.ui.kit import Kit
from tarahum_desktop.ui.widgets.table import Column, DataTable


def shown_title(kit: Kit, title: Text) -> str:
    """A form's title in the reader's language."""
    return title.in_language(kit.words.language)


def place_words(kit: Kit, problem: Problem) -> str:
    """Where a fault stands; empty when it concerns the whole file."""
    words, number = kit.words, kit.formats.number
    if problem.sheet:
        if not problem.line:
            return words.t("Sheet {sheet}").format(sheet=problem.sheet)
        return words.t("Sheet {sheet}, row {row}").format(sheet=problem.sheet, row=number(problem.line))
    return words.t("Line {line}").format(line=number(problem.line)) if problem.line else ""


def said_problem(kit: Kit, problem: Problem) -> str:
    """What is wrong."""
    return problem_sentence(kit.words, problem.code, problem.facts, kit.formats.digits)


def change_lines(kit: Kit, changes: Iterable[VersionChange]) -> Iterator[str]:
    """One line for each question that changed."""
    words = kit.words
    between = words.p("list separator", ", ")
    for one in changes:
        told = between.join(change_words(words, change.value) for change in one.changes)
        yield words.t("{name}: {value}").format(name=one.label.in_language(words.language), value=told)


def made_words(kit: Kit, line: FormLine) -> str:
    """Since when a version is there, and by whom."""
    words = kit.words
    if line.published_at is None:
        return words.t("Came with the program")
    name = line.by_ar if words.language == "ar" else line.by_en or line.by_ar
    day = kit.formats.date(line.published_at.date())
    return words.t("{day}, by {name}").format(day=day, name=name) if name else day


def forms_table(kit: Kit) -> DataTable:
    """A table whose rows are ``FormLine``."""
    words, number = kit.words, kit.formats.number
    columns = [
        Column[FormLine](words.t("Form"), lambda line: shown_title(kit, line.title), 6),
        Column[FormLine](words.t("Version"), lambda line: number(line.version), 2),
        Column[FormLine](words.t("Published"), lambda line: _day(kit, line), 11),
        Column[FormLine](words.t("Filled"), lambda line: number(line.filled), 2),
    ]
    made = DataTable(kit, columns, words.t("Forms"))
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the columns share the width
    return made


def _day(kit: Kit, line: FormLine) -> str:
    """The day alone; who it was stands beside the list."""
    return "–" if line.published_at is None else kit.formats.date(line.published_at.date())
