"""What a picture or paper is and whom it belongs to; its content is kept apart, by its hash."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from tarahum_desktop.models.base import Replicated
from tarahum_desktop.models.types import (
    Bytes,
    OptionalBytes,
    OptionalMoment,
    OptionalReference,
    OptionalWhole,
    OptionalWords,
    Reference,
    Whole,
    Words,
)


class Attachment(Replicated):
    """One attached file. Kinds are a closed list: pictures of identity documents are not among them (PDPL article 28).

    ``thumb_sha256`` names a small picture of it, which travels before it on a bad line.
    """

    __tablename__ = "attachment"
    household_id: Mapped[OptionalReference]
    owner_entity: Mapped[Words]
    owner_id: Mapped[Reference]
    kind: Mapped[Words]
    sha256: Mapped[Bytes]
    media_type: Mapped[Words]
    size: Mapped[Whole]
    width: Mapped[OptionalWhole]
    height: Mapped[OptionalWhole]
    taken_at: Mapped[OptionalMoment]
    caption: Mapped[OptionalWords]
    thumb_sha256: Mapped[OptionalBytes]
    thumb_size: Mapped[OptionalWhole]
    # An answering side asks for every piece of a content who may read or send it.
    __table_args__ = (Index(None, "scope", "id"), Index(None, "sha256"), Index(None, "thumb_sha256"))
