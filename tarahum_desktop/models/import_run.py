"""One import of an existing register, so that it can be explained, and undone as a whole."""

from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Bytes,
    Code,
    Document,
    Moment,
    OptionalLink,
    OptionalMoment,
    Whole,
    Words,
)


class ImportRun(Replicated):
    """Counts of one import; ``mapping`` says which column became which field."""

    __tablename__ = "import_run"
    committee_code: Mapped[Code]
    title: Mapped[Words]
    file_hash: Mapped[Bytes]
    mapping: Mapped[Document]
    rows: Mapped[Whole]
    accepted: Mapped[Whole]
    refused: Mapped[Whole]
    made_by: Mapped[OptionalLink]
    made_at: Mapped[Moment]
    undone_by: Mapped[OptionalLink]
    undone_at: Mapped[OptionalMoment]
