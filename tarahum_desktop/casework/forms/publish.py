"""Publishing a version: headquarters changes a form by data, and every office has it with its next exchange.

All or nothing: a document with one problem is refused as a whole with all of its problems. Drafts stay with the version
they were begun with; a new visit begins with the newest.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from tarahum_desktop.casework.desk import Desk
from tarahum_desktop.casework.form_shelf import STUDY_FORM, FormShelf
from tarahum_desktop.casework.forms.errors import FormNotPublished
from tarahum_desktop.casework.forms.needed import needed_by_program
from tarahum_desktop.casework.forms.versions import raw_document
from tarahum_desktop.casework.unit_of_work import UnitOfWork
from tarahum_desktop.domain.forms.model import FormDocument
from tarahum_desktop.domain.forms.publishing import Before, Checked, Problem, check_document
from tarahum_desktop.domain.forms.versions import VersionChange, version_changes
from tarahum_desktop.domain.permissions import NATIONAL, Action
from tarahum_desktop.models import FormVersion

_FORM: Any = FormVersion.__table__


@dataclass(frozen=True, slots=True)
class FormPreview:
    """A file before it is published: the form it would be, or its problems.

    Attributes:
        content: what ``publish_form`` takes.
        before: the version it follows; 0 for a new form.
        notes: what was left out or chosen, without being wrong.
    """

    content: bytes
    document: FormDocument | None
    problems: tuple[Problem, ...]
    before: int = 0
    changes: tuple[VersionChange, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """What was published."""

    code: str
    version: int


def preview_form(desk: Desk, content: bytes) -> FormPreview:
    """Check a form document without keeping anything; raises NotAllowed."""
    desk.require(Action.PUBLISH_FORM, NATIONAL)
    with desk.reading() as connection:
        checked, before = _check(connection, desk.forms, content)
        if checked.document is None:
            return FormPreview(content, None, checked.problems)
        raw = raw_document(connection, checked.document.form, before) if before else None
    changes = version_changes(raw, checked.raw) if raw is not None else ()
    return FormPreview(content, checked.document, (), before, changes)


def publish_form(desk: Desk, content: bytes) -> Published:
    """Publish a form document (UTF-8 JSON) as a new version.

    Raises:
        NotAllowed: only who holds ``PUBLISH_FORM`` publishes.
        FormNotPublished: with every problem; nothing was kept.
    """
    desk.require(Action.PUBLISH_FORM, NATIONAL)
    with UnitOfWork(desk) as work:
        checked, _ = _check(work.session.connection(), desk.forms, content)
        document = checked.document
        if document is None:
            raise FormNotPublished(checked.problems)
        work.session.add(
            FormVersion(scope=NATIONAL, code=document.form, version=document.version, document=checked.raw)
        )
    return Published(document.form, document.version)


def newest_version(connection: Connection, code: str) -> int:
    """The newest version of a form here; 0 for an unknown form."""
    query = select(func.max(_FORM.c.version)).where(_FORM.c.code == code, _FORM.c.removed_at.is_(None))
    return connection.scalar(query) or 0


def _check(connection: Connection, shelf: FormShelf, content: bytes) -> tuple[Checked, int]:
    newest: dict[str, int] = {}

    def before(code: str) -> Before | None:
        newest[code] = newest_version(connection, code)
        if not newest[code] and code != STUDY_FORM:
            return None
        return Before(shelf.latest(connection, code).document, needed_by_program(code))

    checked = check_document(content, before)
    return checked, newest.get(checked.document.form, 0) if checked.document is not None else 0
