"""The form versions of this machine, read once each: reading and checking a document takes longer than a visit's commit."""

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, select

from tarahum_desktop.casework.errors import FormMissing
from tarahum_desktop.domain.forms.document import read_document
from tarahum_desktop.domain.forms.engine import FormEngine
from tarahum_desktop.domain.forms.form_errors import FormDocumentError
from tarahum_desktop.models import FormVersion
from tarahum_desktop.models.types import canonical_json
from tarahum_desktop.resource_files import resource

STUDY_FORM: Final = "social-study"
_SHIPPED_VERSION: Final = 2
_FORM: Any = FormVersion.__table__


@dataclass
class FormShelf:
    """Engines by form and version. A published version never changes, so what is read once stays right."""

    _engines: dict[tuple[str, int], FormEngine] = field(default_factory=dict)

    def latest(self, connection: Connection, code: str = STUDY_FORM) -> FormEngine:
        """The newest version here that this program can read; the shipped one until the catalogue has arrived.

        A version made for a newer program must not keep an older one from recording visits.
        """
        query = (
            select(_FORM.c.version).where(_FORM.c.code == code).order_by(_FORM.c.version.desc()).distinct()
        )
        for version in connection.scalars(query).all():
            try:
                return self.version(connection, code, version)
            except FormDocumentError:
                continue
        return self.version(connection, code, _SHIPPED_VERSION)

    def version(self, connection: Connection, code: str, version: int) -> FormEngine:
        """One version; raises FormMissing when neither the catalogue nor the program has it."""
        key = (code, version)
        if key not in self._engines:
            self._engines[key] = FormEngine(read_document(_document(connection, code, version)))
        return self._engines[key]


def _document(connection: Connection, code: str, version: int) -> bytes:
    query = (
        select(_FORM.c.document)
        .where(_FORM.c.code == code, _FORM.c.version == version)
        .order_by(_FORM.c.id)  # of two that two machines gave one number, the first counts, on every replica
        .limit(1)
    )
    found = connection.scalar(query)
    if found is not None:
        return canonical_json(found).encode()
    shipped = resource("catalogue", "forms", f"{STUDY_FORM}-{_SHIPPED_VERSION}.json")
    if (code, version) != (STUDY_FORM, _SHIPPED_VERSION) or not shipped.is_file():
        raise FormMissing(form=code, version=version)
    return shipped.read_bytes()
